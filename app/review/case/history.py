"""What happened to a case, in words: who did what, and which flag, alert, help page or letter it was about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.core.events import IN_HISTORY
from app.models import AuditEvent, Case, Decision, Flag, Treatment, User
from app.questionnaire.all_forms import WHOLE
from app.questionnaire.interruption import MISTAKE
from app.questionnaire.interruption_triggers import BY_ID
from app.questionnaire.kinds import date_words
from app.review.case.flags import StoredFlag, title_of
from app.review.words import OUTCOME_WORDS
from app.screening.settling import reason_stored
from app.screening.source_questions import item_of, items_of, question_of
from app.screening.workflow import Outcome

HISTORY = 200
"""The newest events that are read: a page stays a page however often a case was opened."""

ALERT_MAIL = {
    "sent": "The alert was mailed to whoever is on call",
    "failed": "The alert could not be mailed to whoever is on call",
    "unsure": "The alert to whoever is on call may not have arrived",
}


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """Something that happened to a case, once or several times in a row."""

    who: str
    """The name or role of who did it."""
    what: str
    """What was done, in words."""
    at: datetime
    """The last time."""
    times: int
    """How many times it happened in a row."""
    of: datetime | None = None
    """The time of the thing that it was about, where that is shown."""


@dataclass(frozen=True, slots=True)
class HistoryContext:
    """The rows that the ids in a case's events refer to, each by its id as text."""

    flags: Mapping[str, Flag | StoredFlag]
    """The flags, by id."""
    decisions: Mapping[str, Decision]
    """The decisions, by id."""
    corrections: Mapping[str, datetime]
    """When each correction was asked for, by id."""
    treatments: Mapping[str, Treatment]
    """The treatment sessions, by id."""
    calls: Mapping[str, str]
    """Calls to the patient, in words."""
    told: Mapping[tuple[str, datetime], list[list[str]]]
    """Ids of the questions that were answered on calls, by the event and its time, newest first."""


def events_of(session: Session, case: Case) -> Sequence[Row[AuditEvent, str | None]]:
    """The events of a case that its history shows, newest first, each with the name of the member of staff, if it was
    one.
    """
    newest = (
        select(AuditEvent, User.name)
        .outerjoin(User, User.id == AuditEvent.actor_id)
        .where(AuditEvent.case_id == case.id, AuditEvent.event.in_(IN_HISTORY))
    )
    return session.execute(newest.order_by(AuditEvent.seq.desc()).limit(HISTORY)).all()


def history(
    events: Iterable[AuditEvent], names: Mapping[UUID, str], known: HistoryContext
) -> Iterator[HistoryEntry]:
    """Newest first; the same thing done by the same person again and again is one line."""
    run: HistoryEntry | None = None
    for event in events:
        what, of = _about(event, known)
        past = HistoryEntry(_who(event, names), what, event.at, 1, of)
        if run and (run.who, run.what, run.of) == (past.who, past.what, past.of):
            run = HistoryEntry(run.who, run.what, run.at, run.times + 1, run.of)
            continue
        if run:
            yield run
        run = past
    if run:
        yield run


def _who(event: AuditEvent, names: Mapping[UUID, str]) -> str:
    if event.actor_kind == "staff" and event.actor_id:
        return names.get(event.actor_id, "Staff")
    return {"patient": "The patient", "anonymous": "Someone with the link"}.get(event.actor_kind, "Foreroom")


def _about(event: AuditEvent, known: HistoryContext) -> tuple[str, datetime | None]:
    """What happened, in words, and the time of what it was about."""
    what = IN_HISTORY[event.event]
    about = ABOUT.get(event.event)
    if about is None:
        return what, None
    return about(what, event, known)


_About = Callable[[str, AuditEvent, HistoryContext], tuple[str, datetime | None]]


def _flag(what: str, event: AuditEvent, known: HistoryContext) -> tuple[str, datetime | None]:
    flag = known.flags.get(str(event.facts.get("flag")))
    if flag is None:
        return what, None
    code = str(event.facts.get("reason"))
    reason = reason_stored(flag.rule, flag.card, code)
    return f"Settled “{title_of(flag.rule)}”: {reason.words if reason else code}", None


def _alert(what: str, event: AuditEvent, _known: HistoryContext) -> tuple[str, datetime | None]:
    titles = "; ".join(title_of(str(rule)) for rule in event.facts.get("rules") or ())
    return f"{what}: {titles}" if titles else what, None


def _help(_what: str, event: AuditEvent, _known: HistoryContext) -> tuple[str, datetime | None]:
    return f"Saw the help page {_help_page(event)}", None


def _mistake(_what: str, event: AuditEvent, _known: HistoryContext) -> tuple[str, datetime | None]:
    return f"Said “{MISTAKE}” on the help page {_help_page(event)}", None


def _help_page(event: AuditEvent) -> str:
    """The heading of a help page, and its id in words; the latter alone when there is no such page any more."""
    name = str(event.facts.get("id"))
    page, words = BY_ID.get(name), name.replace("_", " ")
    return f"“{page.heading}” ({words})" if page else words


def _outcome(what: str, event: AuditEvent, _known: HistoryContext) -> tuple[str, datetime | None]:
    return f"{what}: {_outcome_words(event.facts.get('outcome'))}", None


def _outcome_words(code: object) -> str:
    return OUTCOME_WORDS[Outcome(code)] if code in {outcome.value for outcome in Outcome} else str(code)


def _decision(what: str, event: AuditEvent, known: HistoryContext) -> tuple[str, datetime | None]:
    decision = known.decisions.get(str(event.facts.get("decision")))
    return (f"{what} “{_outcome_words(decision.outcome)}” of", decision.made_at) if decision else (what, None)


def _correction(what: str, event: AuditEvent, known: HistoryContext) -> tuple[str, datetime | None]:
    asked_at = known.corrections.get(str(event.facts.get("correction")))
    return (f"{what} asked for on", asked_at) if asked_at else (what, None)


def _session(what: str, event: AuditEvent, known: HistoryContext) -> tuple[str, datetime | None]:
    treatment = known.treatments.get(str(event.facts.get("treatment")))
    return f"{what}, of {date_words(treatment.on_date)}" if treatment else what, None


def _answers(what: str, event: AuditEvent, known: HistoryContext) -> tuple[str, datetime | None]:
    calls = known.told.get((event.event, event.at))
    names = calls.pop(0) if calls else []
    labels = [label for name in names if (label := _asked(name))]
    return f"{what}: {'; '.join(labels)}" if labels else what, None


def _asked(place: str) -> str:
    """What was asked on a call, in words; an item of a list with its list."""
    question, item = WHOLE.questions.get(question_of(place)), item_of(place)
    if question is None or not item:
        return question.label if question else ""
    return f"{question.label}: {items_of(question.id).get(item, item)}"


def _call(what: str, event: AuditEvent, known: HistoryContext) -> tuple[str, datetime | None]:
    return known.calls.get(str(event.facts.get("attempt")), what), None


def _mail(what: str, event: AuditEvent, _known: HistoryContext) -> tuple[str, datetime | None]:
    return ALERT_MAIL.get(str(event.facts.get("state")), what), None


ABOUT: Mapping[str, _About] = MappingProxyType(
    {
        "alert.raised": _alert,
        "answers.told": _answers,
        "answers.unknown": _answers,
        "contact.tried": _call,
        "correction.answered": _correction,
        "decision.ended": _decision,
        "decision.recorded": _outcome,
        "flag.settled": _flag,
        "interruption.mistaken": _mistake,
        "interruption.shown": _help,
        "mail.ended": _mail,
        "treatment.recorded": _session,
        "treatment.removed": _session,
    }
)
"""How to word what an event was about, for those that carry it."""
