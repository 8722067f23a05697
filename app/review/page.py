"""One case, read from the database and laid out for its page. Reading it is written down."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app import audit, damage
from app.access import Actor, Permission, cases_for
from app.models import Amendment, AuditEvent, Case, Decision, User, short_id
from app.questionnaire.answers import STATE_WORDS, State
from app.questionnaire.pages import Reading
from app.questionnaire.whole import FORMS, WHOLE
from app.review import record
from app.review.cards import Card, cards, still_to_clear
from app.review.corrections import ANY_WANTED, Wanted, wanted
from app.review.holding import Holds, read_holds
from app.review.opening import (
    IN_THE_WAY,
    NOTE_UNREAD,
    Opened,
    latest_screening,
    note_of,
    open_case,
    read_flags,
    unread_flags,
)
from app.review.queue import OUTCOME_WORDS
from app.review.script import Ask, to_ask
from app.screening.rules import ClinicRules
from app.screening.workflow import Outcome, Status

STATUS_WORDS: Mapping[Status, str] = {
    Status.DRAFT: "Not finished",
    Status.SUBMITTED: "To review",
    Status.IN_REVIEW: "In review",
    Status.WAITING_ON_PATIENT: "Waiting on the patient",
    Status.WAITING_UNTIL: "Waiting",
    Status.DECIDED: "Decided",
    Status.REOPENED: "Opened again",
}
# What is told of a case's past. Events that say nothing to a clinician are left out.
EVENT_WORDS: Mapping[str, str] = {
    "intake.started": "Started the form",
    "intake.resumed": "Came back to the form",
    "intake.submitted": "Sent the form",
    "alert.raised": "An alert was raised",
    "interruption.shown": "Saw a help page",
    "case.viewed": "Looked at the case",
    "case.taken": "Took the case",
    "treatment.recorded": "Recorded a treatment session",
    "treatment.removed": "Took back a treatment session",
    "treatments.viewed": "Looked at the treatment sessions",
    "flag.settled": "Settled a flag",
    "answers.told": "Wrote down answers from a call",
    "decision.ended": "Answers from a call ended the decision",
    "decision.recorded": "Decided",
    "correction.asked": "Asked for a correction",
    "correction.answered": "Dealt with a correction",
    "intake.expired": "Deleted the form, which nobody went on with for 30 days. Its answers are erased, but for the "
    "alert and how to reach the patient",
    "intake.withdrawn": "Withdrew the form. Its answers are erased, but for the alert and how to reach the patient",
}
UNREAD = "Cannot be read"
HISTORY = 200
"""The newest events that are read: a page stays a page however often a case was opened."""


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision. `stands` is false once a later one ended it, or (`by_call`) answers from a call did."""

    outcome: str
    note: str
    by: str
    at: datetime
    stands: bool
    by_call: bool


@dataclass(frozen=True, slots=True)
class Past:
    """What happened to a case: `times` in a row, last at `at`."""

    who: str
    what: str
    at: datetime
    times: int


@dataclass(frozen=True, slots=True)
class Other:
    """Another form of the same person that belongs to this one: what it is called, and how it stands."""

    id: UUID
    form: str
    status: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything a case's page shows. `spanish`: the patient filled it in in Spanish. `blocked` says why "suitable"
    cannot be picked yet; `undone` is the decision that answers from a call ended, until there is another; `treated`
    the health check whose sessions can be looked at. `unread` says what cannot be read; `whole` is false when
    that is the form itself.
    """

    id: UUID
    short_id: str
    form: str
    spanish: bool
    others: tuple[Other, ...]
    revision: int
    status: str
    draft: bool
    decided: bool
    sent_at: datetime | None
    changed_at: datetime
    owner_id: UUID | None
    owner: str | None
    mine: bool
    banner: record.Banner
    line: str
    cards: tuple[Card, ...]
    holds: Holds | None
    jurisdiction: str
    asks: tuple[Ask, ...]
    numbers: tuple[record.Told, ...]
    medicines: tuple[list[str], ...]
    medicine_heads: list[str]
    medicine_words: tuple[record.Told, ...]
    allergies: tuple[list[str], ...]
    allergy_heads: list[str]
    allergy_words: tuple[record.Told, ...]
    steps: tuple[record.StepAnswers, ...]
    history: tuple[Past, ...]
    decisions: tuple[DecisionView, ...]
    undone: DecisionView | None
    blocked: tuple[str, ...]
    outcomes: tuple[tuple[str, str], ...]
    can_decide: bool
    can_settle: bool
    rulebook: str | None
    interim: bool
    corrections: tuple[Wanted, ...]
    treated: UUID | None
    unread: tuple[str, ...]
    whole: bool


def read_case(
    session: Session, actor: Actor, now: datetime, today: date, rules: ClinicRules, case_id: UUID
) -> CasePage | None:
    """The page of a case, or None when there is none for this actor. That it was seen is written down."""
    found = session.execute(cases_for(actor).add_columns(ANY_WANTED).where(Case.id == case_id)).first()
    if found is None:
        return None
    case, any_wanted = found
    screening = latest_screening(session, case)
    flags = list(read_flags(session, screening))
    decisions = list(
        session.scalars(select(Decision).where(Decision.case_id == case.id).order_by(Decision.id.desc()))
    )
    events = _events(session, case)
    calls = list(
        session.scalars(select(Amendment).where(Amendment.case_id == case.id).order_by(Amendment.id))
    )
    names = _names(
        session,
        [
            case.owner_id,
            *(decision.made_by for decision in decisions),
            *(call.made_by for call in calls),
            *(event.actor_id for event in events),
        ],
    )
    on = screening.on_date if screening and not screening.interim else today
    form = FORMS[case.kind]
    opened = open_case(session, case, calls)
    reading = Reading(WHOLE, opened.answers, on, case.jurisdiction, opened.document.get("due", ()))
    unread = [*opened.unread, *unread_flags(flags)]
    in_the_way = [IN_THE_WAY] if unread else []
    holds = None
    try:
        holds = (
            read_holds(session, screening, flags, reading, today, rules, form.part) if opened.whole else None
        )
    except damage.BROKEN as error:
        damage.tell("screening.sealed_validity", screening.id if screening else case.id, error, case.id)
        unread.append("Until when the flags hold")
    decided = tuple(_decision(session, one, names, {call.made_at for call in calls}) for one in decisions)
    asked_for = tuple(wanted(session, case.id)) if any_wanted else ()
    unread += [f"The note of a decision of {one.at:%d %B %Y}" for one in decided if one.note == NOTE_UNREAD]
    unread += [f"A correction asked for on {one.at:%d %B %Y}" for one in asked_for if one.text is None]
    audit.record(session, actor, "case.viewed", now, case_id=case.id)
    return CasePage(
        id=case.id,
        short_id=short_id(case.id),
        form=form.name,
        spanish=opened.document.get("spoken") == "es",
        others=tuple(_others(session, actor, case)),
        revision=case.revision,
        status=STATUS_WORDS[case.status],
        draft=case.status is Status.DRAFT,
        decided=case.status is Status.DECIDED,
        sent_at=case.submitted_at,
        changed_at=case.updated_at,
        owner_id=case.owner_id,
        owner=names.get(case.owner_id) if case.owner_id else None,
        mine=case.owner_id == actor.id,
        banner=_banner(reading, today, opened),
        line=record.one_line(reading, today),
        cards=cards(flags),
        holds=holds,
        jurisdiction=case.jurisdiction,
        asks=to_ask(flags, reading),
        numbers=tuple(record.numbers(reading, form.asks)),
        medicines=tuple(record.entries(reading, "medicines")),
        medicine_heads=record.entry_heads("medicines"),
        medicine_words=tuple(record.said(reading, name) for name in ("med_classes", "otc_list", "meds_how")),
        allergies=tuple(record.entries(reading, "allergies")),
        allergy_heads=record.entry_heads("allergies"),
        allergy_words=tuple(record.said(reading, name) for name in (*record.NAMED_ALLERGIES, "allergy_any")),
        steps=tuple(record.answers_by_step(reading, form.asks, _by_phone(opened, names))),
        history=tuple(_history(events, names)),
        decisions=decided,
        undone=decided[0] if decided and decided[0].by_call else None,
        blocked=(*in_the_way, *still_to_clear(flags)),
        outcomes=outcomes(),
        can_decide=Permission.DECIDE in actor.permissions and case.status is not Status.DRAFT,
        can_settle=Permission.DECIDE in actor.permissions,
        rulebook=screening.rulebook if screening else None,
        interim=screening.interim if screening else True,
        corrections=asked_for,
        treated=(case.follows_id or case.id) if case.submitted_at else None,
        unread=tuple(unread),
        whole=opened.whole,
    )


def _others(session: Session, actor: Actor, case: Case) -> Iterator[Other]:
    """The health check that a form follows, and what follows a health check."""
    belongs = or_(Case.follows_id == case.id, Case.id == case.follows_id)
    for other in session.scalars(cases_for(actor).where(belongs).order_by(Case.id)):
        yield Other(other.id, FORMS[other.kind].name, STATUS_WORDS[other.status])


def outcomes() -> tuple[tuple[str, str], ...]:
    """What can be decided: code and words."""
    return tuple((outcome.value, OUTCOME_WORDS[outcome]) for outcome in Outcome)


def _banner(reading: Reading, today: date, opened: Opened) -> record.Banner:
    """The top of the page: what is not there to be read is said to be so."""
    told = record.banner(reading, today)
    return told if opened.whole else replace(told, sex=UNREAD, allergies=UNREAD)


def _by_phone(opened: Opened, names: Mapping[UUID, str]) -> dict[str, record.ByPhone]:
    """The answers that were told on a call, by question."""
    told = {}
    for call, replaced in opened.calls:
        for name, state in replaced.items():
            was = STATE_WORDS[State(state or State.BLANK)]
            told[name] = record.ByPhone(names.get(call.made_by, ""), call.made_at, was)
    return told


def _decision(
    session: Session, decision: Decision, names: Mapping[UUID, str], calls: Collection[datetime]
) -> DecisionView:
    return DecisionView(
        outcome=OUTCOME_WORDS[decision.outcome],
        note=note_of(session, decision),
        by=names.get(decision.made_by, ""),
        at=decision.made_at,
        stands=decision.invalidated_at is None,
        by_call=decision.invalidated_at in calls,
    )


def _events(session: Session, case: Case) -> list[AuditEvent]:
    newest = select(AuditEvent).where(AuditEvent.case_id == case.id, AuditEvent.event.in_(EVENT_WORDS))
    return list(session.scalars(newest.order_by(AuditEvent.seq.desc()).limit(HISTORY)))


def _history(events: Iterable[AuditEvent], names: Mapping[UUID, str]) -> Iterator[Past]:
    """Newest first; the same thing done by the same person again and again is one line."""
    run: list[AuditEvent] = []
    for event in events:
        if run and (run[0].event, run[0].actor_id) != (event.event, event.actor_id):
            yield _past(run, names)
            run = []
        run.append(event)
    if run:
        yield _past(run, names)


def _past(run: list[AuditEvent], names: Mapping[UUID, str]) -> Past:
    newest = run[0]
    who = {"patient": "The patient", "staff": "Staff", "anonymous": "The patient"}.get(
        newest.actor_kind, "Foreroom"
    )
    if newest.actor_kind == "staff" and newest.actor_id:
        who = names.get(newest.actor_id, who)
    what = EVENT_WORDS[newest.event]
    if newest.event == "decision.recorded":
        what += f": {_outcome(newest.facts)}"
    return Past(who, what, newest.at, len(run))


def _outcome(facts: Mapping[str, Any]) -> str:
    code = facts.get("outcome")
    return OUTCOME_WORDS[Outcome(code)] if code in {outcome.value for outcome in Outcome} else str(code)


def _names(session: Session, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of members of staff. Other ids among them are passed over."""
    wanted = {one for one in ids if one}
    if not wanted:
        return {}
    found = session.execute(select(User.id, User.name).where(User.id.in_(wanted)))
    return {user.id: user.name for user in found}
