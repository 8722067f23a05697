"""Help pages: which are due when a page is saved, who is woken, and going on from one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy.orm import Session

from app.core import audit
from app.core.act import Act
from app.intake.draft import Draft
from app.intake.help import calls
from app.intake.help.support import settled_call
from app.intake.progress import Progress
from app.intake.store import draft_to_change, store_draft
from app.mail import outbox
from app.models import Case, Person, Queue
from app.questionnaire.answers import Answer
from app.questionnaire.interruption import Interruption, Limits
from app.questionnaire.interruption_triggers import BY_ID, trigger_of, triggered_interruptions
from app.questionnaire.pages import Page, Question
from app.questionnaire.posted import PageRead, unusual
from app.records import judging, summary
from app.records.identity import identity_of, seal_identity
from app.screening.evaluation import ScreeningResult

NUMBER_CHECK = "number_check"


def queue_help(
    act: Act, case: Case, draft: Draft, read: PageRead, done: bool, *, left: bool = False
) -> list[str]:
    """Queue the help pages these answers call for, flag what they raise, and alert who is on call where a rule does.

    A call that is newly asked for on a page of the form is confirmed on the help page that offers one; `left`: it was
    asked for there. Returns the slugs of the rules that are newly raised, or newly wake somebody.
    """
    reading = draft.reading(act.today, case.jurisdiction)
    called_for = triggered_interruptions(draft.form.asks, reading, act.terms.limits)
    for interruption in called_for:
        if interruption.id not in draft.seen_help and interruption.id not in draft.queued_help:
            draft.queued_help = [other for other in draft.queued_help if other not in interruption.outranks]
            draft.queued_help.append(interruption.id)
    offers = [interruption.id for interruption in called_for if call_question(interruption, draft)]
    if (
        offers
        and calls.promise_call(draft, act.terms, act.now)
        and not left
        and offers[0] not in draft.queued_help
    ):
        draft.queued_help.append(offers[0])
    checks = NUMBER_CHECK in draft.queued_help
    # The most urgent first, whichever answer came first.
    draft.queued_help = [
        other for other in BY_ID if other in draft.queued_help and _is_called_for(other, called_for)
    ]
    far = [name for name in read.soft if name not in draft.confirmed]
    draft.confirmed = [name for name in draft.confirmed if name in reading.answers]
    of_number = [other for other in draft.queued_help if other in BY_ID and BY_ID[other].of_typed_number]
    if checks or (far and (done or of_number)):
        # A slip of the finger is found before anyone is told that a number is dangerous.
        place = draft.queued_help.index(of_number[0]) if of_number else len(draft.queued_help)
        draft.queued_help.insert(place, NUMBER_CHECK)
    if NUMBER_CHECK in draft.queued_help and not unusual_answers(Progress(draft, reading)):
        # Mended meanwhile, by the way back.
        draft.queued_help.remove(NUMBER_CHECK)
    # Those raised before are judged again, though a stronger page stands in for theirs: else they would seem changed.
    first = draft.is_flagged is False
    before = set() if first else set(judging.raised_rules(act.session, case))
    rules = before | {rule for interruption in called_for for rule in interruption.rules}
    told, part = draft.merged_answers, draft.form.part
    asked = judging.judge(
        judging.submitted(told, act.today, case.jurisdiction, part, draft.due),
        act.terms.rules,
        rules,
        draft.reading(act.today, case.jurisdiction),
    )
    new = {raised.rule.slug for raised in asked.screening.raised} - before
    new |= alert_on_call(act, case, draft, asked.screening)
    if not new:
        return []
    case_summary = judging.store_screening(act, case, asked, interim=True, first=first)
    draft.is_flagged = True
    case.queue = Queue.TO_REVIEW
    case.waiting_since = case.waiting_since or act.now
    summary.seal_summary(act.session, case, told, case_summary)
    return sorted(new)


def alert_on_call(act: Act, case: Case, draft: Draft, screening: ScreeningResult) -> set[str]:
    """Alert the clinician on call to the raised rules that wake them, each once in a form. Returns the new ones.

    A rule may be raised first, and wake somebody only when a later answer is worse.
    """
    waking = {raised.rule.slug for raised in screening.raised if raised.wakes} - set(draft.alerted_rules)
    if waking:
        outbox.post_alert(act, case.id)
        draft.alerted_rules += sorted(waking)
    return waking


def _is_called_for(pending: str, called_for: tuple[Interruption, ...]) -> bool:
    return any(interruption.id == pending for interruption in called_for)


def listed_rules(session: Session, case: Case, interruption: Interruption) -> set[str]:
    """The rules behind a help page that are in the clinic's list."""
    return set(interruption.rules) & set(judging.raised_rules(session, case))


def causing_page(progress: Progress, interruption: str, limits: Limits) -> Page:
    """The page whose answers brought up a help page."""
    asked = progress.questionnaire
    if interruption == NUMBER_CHECK:
        names = list(unusual_answers(progress))
    else:
        because = trigger_of(BY_ID[interruption], limits).because(progress.reading, True)
        names = [name for name in because if name in asked.questions]
    return asked.page_of(names[-1]) if names else asked.pages[1]


def call_question(interruption: Interruption, draft: Draft) -> Question | None:
    """What a help page asks about a call, by the form it interrupts; None when it asks nothing."""
    asked = draft.form.asks.questions
    return next((asked[name] for name in interruption.asks if name in asked), None)


def audit_help_shown(act: Act, case: Case, interruption: str) -> None:
    """Audit that a help page was opened."""
    audit.record(act, "interruption.shown", case_id=case.id, id=interruption)


class HelpChoice(StrEnum):
    """The button that was pressed on a help page. Any other value is NONE."""

    NONE = ""
    CARRY_ON = "carry_on"
    """A call that was asked for is confirmed on the same page before it is left."""
    KEEP = "keep"
    """The unusual numbers are right."""
    CHANGE = "change"
    MISTAKE = "mistake"
    """The answer is to be taken back; the page comes again while it is left as it is."""
    STOP = "stop"

    @classmethod
    def _missing_(cls, value: object) -> HelpChoice:
        return cls.NONE


@dataclass(frozen=True, slots=True)
class HelpReply:
    """What a patient sends from a help page."""

    choice: HelpChoice = HelpChoice.NONE
    """The button that was pressed."""
    wish: str | None = None
    """The answer to its question about a call; None without one."""
    reach: Mapping[str, Answer] = field(default_factory=dict)
    """A new name or number, by question id."""
    refused: Mapping[str, str] | None = None
    """What was typed as a name or number and could not be taken, by question id; None from a page that asked for
    neither. Where a call is wanted it is shown with its message once, and holds nobody up after that."""


@dataclass(frozen=True, slots=True)
class HelpLeft:
    """The result of going on from a help page."""

    left: bool
    """False when it is to be shown once more, with what could not be taken."""
    draft: Draft
    """The draft as it is stored now."""


def leave_interruption(act: Act, case: Case, interruption: str, reply: HelpReply) -> HelpLeft:
    """Go on from a help page: it is not shown again. A wish to be called is an answer, and may alert.

    Raises AlreadySent after the form was sent.
    """
    draft = draft_to_change(act, case)
    draft.queued_help = [other for other in draft.queued_help if other != interruption]
    draft.restart_page_clock(act.now)
    asked = call_question(BY_ID[interruption], draft) if interruption in BY_ID else None
    wish, reach, refused = reply.wish, reply.reach, reply.refused or {}
    call = asked is not None and (wish or draft.answers.get(asked.id)) in calls.WISHES[asked.id]
    stays = call and any(draft.refused_reach.get(name) != text for name, text in refused.items())
    if interruption == NUMBER_CHECK:
        if reply.choice is HelpChoice.KEEP:
            asked_about = unusual_answers(Progress.of(draft, act.today, case.jurisdiction))
            draft.confirmed = sorted({*draft.confirmed, *asked_about})
    elif interruption not in draft.seen_help and reply.choice is not HelpChoice.MISTAKE and not stays:
        draft.seen_help.append(interruption)
        draft.seen_help += [other for other in BY_ID[interruption].outranks if other not in draft.seen_help]
    alert: list[str] = []
    over = settled_call(act.session, case, draft) is not None
    before = draft.promised_call if calls.is_promised(draft, act.now) and not over else None
    changed = bool(reach)
    calls.keep_reach(draft, reach)
    if reply.refused is not None:
        calls.keep_refused(draft, reply.refused)
    if asked and wish in getattr(asked.kind, "options", ()):
        changed = changed or draft.answers.get(asked.id) != wish
        if wish in calls.WISHES[asked.id]:
            # One whose time has passed is promised anew; one that stands is not put off by asking twice.
            draft.promised_call = before
            changed = changed or before is None
            if over:
                # Asked for once more after a call: whoever is on call is to know of this one too.
                draft.alerted_rules = [rule for rule in draft.alerted_rules if rule not in calls.ASKED_FOR]
        draft.answers[asked.id] = wish
    if changed:
        case.answers_version += 1
        nothing = PageRead(draft.answers, (), False, (), {})
        alert = queue_help(act, case, draft, nothing, done=False, left=True)
        confirms = calls.wanted_call(draft) and (reach or draft.promised_call != before) and not refused
        if reply.choice is HelpChoice.CARRY_ON and confirms:
            draft.queued_help.insert(0, interruption)
    if stays and interruption not in draft.queued_help:
        draft.queued_help.insert(0, interruption)
    if reach:
        person = act.session.get_one(Person, case.person_id)
        seal_identity(act.session, person, identity_of(act.session, person) | dict(reach))
        summary.update_name(act.session, case, draft.merged_answers)
    case.updated_at = act.now
    store_draft(act.session, case, draft)
    if reply.choice is HelpChoice.MISTAKE and interruption in BY_ID and BY_ID[interruption].mistaken:
        audit.record(act, "interruption.mistaken", case_id=case.id, id=interruption)
    if reach:
        audit.record(act, "intake.saved", case_id=case.id, page=interruption, version=case.answers_version)
    if alert:
        audit.record(act, "alert.raised", case_id=case.id, rules=alert)
    return HelpLeft(not stays, draft)


def unusual_answers(progress: Progress) -> dict[str, str]:
    """Answers far from usual that the patient has not confirmed: by question id, in words."""
    found: dict[str, str] = {}
    for question in progress.questionnaire.questions.values():
        if question.id in progress.draft.confirmed or not progress.reading.shown(question.id):
            continue
        if asked := unusual(question, progress.draft.answers):
            found[question.id] = asked
    return found
