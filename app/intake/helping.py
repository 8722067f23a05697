"""Help pages: which are due when a page is saved, the alert behind them, and going on from one."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from app import audit, judging
from app.access import Actor
from app.intake.draft import Draft, Way
from app.intake.store import Terms, draft_of, lock, store
from app.models import Case, Queue
from app.questionnaire.answers import is_blank
from app.questionnaire.interruptions import BY_ID, Interruption, fired
from app.questionnaire.pages import Page, PageRead, Questionnaire, Reading

NUMBER_CHECK = "number_check"


def interrupt(
    session: Session,
    now: datetime,
    today: date,
    terms: Terms,
    case: Case,
    draft: Draft,
    read: PageRead,
    done: bool,
) -> list[str]:
    """Queue the help pages these answers call for, and store the alert behind them. Returns the rules newly raised."""
    reading = draft.reading(today, case.jurisdiction)
    called_for = called_up(draft, reading, terms.minimum_age)
    for interruption in called_for:
        if interruption.id not in draft.shown and interruption.id not in draft.pending:
            draft.pending = [other for other in draft.pending if other not in interruption.outranks]
            draft.pending.append(interruption.id)
    draft.pending = [other for other in draft.pending if other == NUMBER_CHECK or _still(other, called_for)]
    unusual = [name for name in read.soft if name not in draft.confirmed]
    draft.confirmed = [name for name in draft.confirmed if name in reading.answers]
    if done and unusual and NUMBER_CHECK not in draft.pending:
        draft.pending.append(NUMBER_CHECK)
    if NUMBER_CHECK in draft.pending and not unusual_answers(Way(draft, reading)):
        # Mended meanwhile, by the way back.
        draft.pending.remove(NUMBER_CHECK)
    # Those raised before are judged again, though a stronger page stands in for theirs: else they would seem changed.
    before = set(judging.alerts(session, case))
    rules = before | {rule for interruption in called_for for rule in interruption.rules}
    told, part = draft.everything, draft.form.part
    asked = judging.judge(told, today, case.jurisdiction, terms.rules, rules, part=part)
    new = {raised.rule.slug for raised in asked.screening.raised} - before
    if not new:
        return []
    standing = judging.write(session, case, asked, now, interim=True)
    case.queue = Queue.TO_REVIEW
    case.waiting_since = case.waiting_since or now
    judging.summarise(session, case, told, standing.cards)
    return sorted(new)


def called_up(draft: Draft, reading: Reading, minimum_age: int) -> tuple[Interruption, ...]:
    """The help pages that answers of this form call for: what was told before had its help then."""
    asked = draft.form.asks
    return tuple(
        interruption
        for interruption in fired(reading, minimum_age)
        if interruption.when is not None
        and any(_question_of(asked, name) in asked.questions for name in interruption.when.names())
    )


def _question_of(asked: Questionnaire, name: str) -> str:
    return asked.derived[name].question if name in asked.derived else name


def _still(pending: str, called_for: tuple[Interruption, ...]) -> bool:
    return any(interruption.id == pending for interruption in called_for)


def told_team(session: Session, case: Case, interruption: Interruption) -> bool:
    """Whether the alert behind a help page is stored: only then may the page say that the team was told."""
    return bool(set(interruption.rules) & set(judging.alerts(session, case)))


def page_of(way: Way, interruption: str) -> Page:
    """The page whose answers brought up a help page."""
    if interruption == NUMBER_CHECK:
        names = list(unusual_answers(way))
    else:
        when = BY_ID[interruption].when
        names = list(when.because(way.reading, True)) if when is not None else []
    ids = [_question_of(way.questionnaire, name) for name in names]
    return way.questionnaire.page_of(ids[-1]) if ids else way.questionnaire.pages[1]


def see_interruption(session: Session, actor: Actor, now: datetime, case: Case, interruption: str) -> None:
    """Write down that a help page was opened."""
    audit.record(session, actor, "interruption.shown", now, case_id=case.id, id=interruption)


def leave_interruption(
    session: Session, actor: Actor, now: datetime, today: date, terms: Terms, case: Case, interruption: str,
    callback: str | None, *, confirm: bool = False,
) -> None:  # fmt: skip
    """The patient goes on from a help page: it is not shown again. A wish to be called is an answer, and may alert."""
    lock(session, case)
    draft = draft_of(session, case)
    draft.pending = [other for other in draft.pending if other != interruption]
    draft.show_again(now)
    if interruption == NUMBER_CHECK:
        if confirm:
            unusual = unusual_answers(Way.of(draft, today, case.jurisdiction))
            draft.confirmed = sorted({*draft.confirmed, *unusual})
    elif interruption not in draft.shown:
        draft.shown.append(interruption)
        draft.shown += [other for other in BY_ID[interruption].outranks if other not in draft.shown]
    alert: list[str] = []
    if callback in ("today", "visit", "no") and draft.answers.get("callback") != callback:
        draft.answers["callback"] = callback
        case.answers_version += 1
        nothing = PageRead(draft.answers, (), False, (), {})
        alert = interrupt(session, now, today, terms, case, draft, nothing, done=False)
    case.updated_at = now
    store(session, case, draft)
    if alert:
        audit.record(session, actor, "alert.raised", now, case_id=case.id, rules=alert)


def unusual_answers(way: Way) -> dict[str, str]:
    """Answers far from usual that the patient has not confirmed: question id to what they told us."""
    found: dict[str, str] = {}
    for question in way.questionnaire.questions.values():
        answer = way.draft.answers.get(question.id)
        if question.id in way.draft.confirmed or is_blank(answer) or isinstance(answer, str):
            continue
        told = question.kind.soft(question, answer) if way.reading.shown(question.id) else None
        if told:
            found[question.id] = told
    return found
