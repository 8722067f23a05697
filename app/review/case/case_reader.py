"""One case, read from the database and laid out for its page. Reading it is written down."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import audit, damage
from app.core.access import Permission
from app.core.act import Act
from app.core.signatures import RulebookIdentity, running, signatures_of
from app.models import Case, Flag, short_id
from app.questionnaire.all_forms import FORMS, WHOLE, Form
from app.questionnaire.countries import Country
from app.questionnaire.kinds import answer_words
from app.questionnaire.reading import Reading
from app.records.evidence import is_answer_changed
from app.review.case import answers_view, listed_names
from app.review.case.calls import UNREAD as UNREAD_CALL
from app.review.case.calls import (
    call_words,
    calls_about,
    can_record_calls,
    contact_details,
    options,
)
from app.review.case.card_groups import CardGroups
from app.review.case.cards import FlagView, cards
from app.review.case.case_page import CarriedLine, CasePage, StillUnknown
from app.review.case.decisions import decision_view, outcomes, overlooked
from app.review.case.flags import StoredFlag, titles
from app.review.case.history import history
from app.review.case.obstacles import Obstacle, carriable_lines, obstacles
from app.review.case.phone_script import phone_script
from app.review.case.rows import history_context, read_rows
from app.review.case.stored import (
    IN_THE_WAY,
    NOTE_UNREAD,
    OpenedCase,
    open_case,
    unread_flags,
)
from app.review.case.validity import read_validity
from app.review.case.versions import moved_on
from app.review.words import STATUS_WORDS
from app.screening.settling import FOR_UNKNOWN
from app.screening.workflow import Status

UNREAD = "Cannot be read"


def read_case(act: Act, case_id: UUID) -> CasePage | None:
    """The page of a case, or None when there is none for this actor. That it was seen is written down."""
    found = read_rows(act, case_id)
    if found is None:
        return None
    case, names = found.case, found.names
    screening, flags, signed = found.judged
    on = screening.on_date if screening and not screening.interim else act.today
    form = FORMS[case.kind]
    opened = open_case(act.session, case, found.amendments)
    reading = Reading(WHOLE, opened.answers, on, case.jurisdiction, opened.document.get("due", ()))
    unread = [*opened.unread, *unread_flags(flags)]
    in_the_way = (
        [Obstacle("", IN_THE_WAY, "see above", "main", unknown=False, open=False, carried=False)]
        if unread
        else []
    )
    holds = None
    try:
        holds = read_validity(act, screening, flags, reading, form.part) if opened.whole else None
    except damage.READ_ERRORS as error:
        damage.log_unreadable(
            "screening.sealed_validity", screening.id if screening else case.id, error, case.id
        )
        unread.append("Until when the flags hold")
    decided = tuple(
        decision_view(act.session, one, names, {call.made_at for call in found.amendments})
        for one in found.decisions
    )
    asked_for = tuple(found.corrections)
    unread += [f"The note of a decision of {one.at:%d %B %Y}" for one in decided if one.note == NOTE_UNREAD]
    unread += [f"The conditions of a decision of {one.at:%d %B %Y}" for one in decided if not one.readable]
    unread += [f"A correction asked for on {one.at:%d %B %Y}" for one in asked_for if one.text is None]
    script = phone_script(flags, reading)
    blocked = tuple(obstacles(flags))
    rang = calls_about(act.session, [case.id]).get(case.id, ())
    unread += [f"How a call on {one.at:%d %B %Y} went" for one in rang if one.outcome == UNREAD_CALL]
    now = running(act.terms.rules)
    judged_by = RulebookIdentity(screening.rulebook, screening.settings_hash) if screening else None
    now_signed = signed if judged_by == now else signatures_of(act.session, [now]).get(now)
    audit.record(act, "case.viewed", case_id=case.id)
    return CasePage(
        id=case.id,
        short_id=short_id(case.id),
        form=form.name,
        spanish=opened.document.get("spoken") == "es",
        others=tuple(found.others),
        untold=found.untold,
        revision=case.revision,
        status=STATUS_WORDS[case.status],
        draft=case.status is Status.DRAFT,
        decided=case.status is Status.DECIDED,
        sent_at=case.submitted_at,
        changed_at=case.updated_at,
        owner_id=case.owner_id,
        owner=names.get(case.owner_id) if case.owner_id else None,
        mine=case.owner_id == act.actor.id,
        banner=_banner(reading, act.today, opened),
        line=answers_view.one_line(reading, act.today),
        card_groups=CardGroups(
            cards(
                _marked(flags, case, reading, opened),
                _on_page(case, form, reading, opened),
                confirmed=now_signed is not None,
            )
        ),
        holds=holds,
        jurisdiction=case.jurisdiction,
        script=script,
        asked=_still_unknown(opened, names),
        numbers=tuple(answers_view.numbers(reading, form.asks)),
        medicines=listed_names.rows(reading, "medicines"),
        medicine_heads=listed_names.heads("medicines"),
        medicine_words=tuple(
            answers_view.labelled_answer(reading, name) for name in ("med_classes", "otc_list", "meds_how")
        ),
        allergies=listed_names.rows(reading, "allergies"),
        allergy_heads=listed_names.heads("allergies"),
        allergy_words=tuple(
            answers_view.labelled_answer(reading, name)
            for name in (*answers_view.NAMED_ALLERGIES, "allergy_any")
        ),
        steps=tuple(
            answers_view.answers_by_step(reading, form.asks, _by_phone(opened, case.jurisdiction, names))
        ),
        history=tuple(
            history(
                found.events,
                names,
                history_context(act.session, found, call_words(rang), _answers_by_call(opened)),
            )
        ),
        contact_details=contact_details(act.session, case, reading, opened.document),
        moved=tuple(moved_on(opened, form)),
        calls=rang,
        can_record_call=Permission.DECIDE in act.actor.permissions and can_record_calls(act.session, case),
        decisions=decided,
        undone=decided[0] if decided and decided[0].by_call else None,
        blocked=(*in_the_way, *blocked),
        carried=tuple(CarriedLine(line.key, titles(line.rules)) for line in carriable_lines(flags)),
        overlooked=tuple(overlooked(case, decided, blocked)),
        outcomes=options(dict(outcomes())),
        can_decide=Permission.DECIDE in act.actor.permissions and case.status is not Status.DRAFT,
        can_settle=Permission.DECIDE in act.actor.permissions,
        unknown_reasons=FOR_UNKNOWN,
        rulebook=(judged_by or now).rulebook,
        signed=signed if screening else now_signed,
        interim=screening.interim if screening else True,
        corrections=asked_for,
        treated=(case.follows_id or case.id) if case.submitted_at else None,
        unread=tuple(unread),
        whole=opened.whole,
    )


def current_flag(session: Session, shown: CasePage, seen: Collection[UUID]) -> FlagView | None:
    """The present view of a flag from an earlier page of the case; None when it cannot be settled now. The case may
    have been judged again since, and the same rule has another flag.
    """
    rules = set(session.scalars(select(Flag.rule).where(Flag.id.in_(seen), Flag.case_id == shown.id)))
    views = (view for card in shown.card_groups.cards for view in (*card.open, *card.settled))
    return next((view for view in views if view.rule in rules and view.must_settle), None)


def _marked(
    flags: Iterable[StoredFlag], case: Case, reading: Reading, opened: OpenedCase
) -> Iterator[StoredFlag]:
    """The flags; those of a draft that the patient changed an answer behind since are marked with it."""
    # Of a draft that was erased, only some answers are left: nothing can be said by the others.
    compared = case.status is Status.DRAFT and case.withdrawn_at is None and opened.whole
    for flag in flags:
        if compared and not flag.broken and is_answer_changed(flag.evidence, flag.rule, reading):
            yield replace(flag, evidence={**flag.evidence, "changed": True, "changed_by": "patient"})
        else:
            yield flag


def _on_page(case: Case, form: Form, reading: Reading, opened: OpenedCase) -> dict[str, bool]:
    """By question of a form, whether it is asked and its answer on the page; those alone that are, where the answers
    were erased, and none when they cannot be read.
    """
    asked = form.asks.questions if opened.whole else {}
    shown = {name: reading.shown(name) for name, one in asked.items() if one.kind.name != "identity"}
    return {name: asks for name, asks in shown.items() if asks or case.withdrawn_at is None}


def _banner(reading: Reading, today: date, opened: OpenedCase) -> answers_view.Banner:
    """The top of the page: what is not there to be read is said to be so."""
    told = answers_view.banner(reading, today)
    return told if opened.whole else replace(told, sex=UNREAD, allergies=UNREAD)


def _by_phone(
    opened: OpenedCase, jurisdiction: Country, names: Mapping[UUID, str]
) -> dict[str, answers_view.PhoneAnswer]:
    """The answers given on calls, by question, each with the answer before it."""
    found = {}
    for call, document, before in opened.calls:
        for name in document["answers"]:
            was = answer_words(WHOLE.questions[name], before.get(name), jurisdiction)
            found[name] = answers_view.PhoneAnswer(names.get(call.made_by, ""), call.made_at, was)
    return found


def _still_unknown(opened: OpenedCase, names: Mapping[UUID, str]) -> dict[str, StillUnknown]:
    """What was asked on a call and is still not known, by question."""
    return {
        name: StillUnknown(names.get(call.made_by, ""), call.made_at)
        for call, document, _ in opened.calls
        for name in document.get("asked", ())
    }


def _answers_by_call(opened: OpenedCase) -> dict[tuple[str, datetime], list[list[str]]]:
    """The questions that were answered on calls, and those still not known, by the event and the time, newest first."""
    found: dict[tuple[str, datetime], list[list[str]]] = {}
    for call, document, _ in reversed(opened.calls):
        found.setdefault(("answers.told", call.made_at), []).append(list(document["answers"]))
        if document.get("asked"):
            found.setdefault(("answers.unknown", call.made_at), []).append(list(document["asked"]))
    return found
