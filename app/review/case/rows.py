"""The rows of one case that its page is made of, in as few statements as they need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.access import Actor, cases_for
from app.core.act import Act
from app.mail.outbox import HAS_UNDELIVERED_ALERT, late_times
from app.models import Amendment, AuditEvent, Case, Decision, Flag, Treatment, User
from app.questionnaire.all_forms import FORMS
from app.review.case.case_page import RelatedForm
from app.review.case.history import HistoryContext, events_of
from app.review.case.stored import JudgedCase, judged_case
from app.review.corrections.service import HAS_CORRECTION, CorrectionRequest, corrections_of
from app.review.words import STATUS_WORDS

_OTHER = aliased(Case)


@dataclass(frozen=True, slots=True)
class CaseRows:
    """One case with what belongs to it."""

    case: Case
    """The case itself."""
    untold: bool
    """Whether its alert reached nobody so far."""
    others: Sequence[RelatedForm]
    """The health check that it follows, and what follows it."""
    judged: JudgedCase
    """What the rulebook made of its newest answers."""
    decisions: Sequence[Decision]
    """Newest first."""
    amendments: Sequence[Amendment]
    """Oldest first."""
    corrections: Sequence[CorrectionRequest]
    """What its patient asked to have corrected, oldest first."""
    events: Sequence[AuditEvent]
    """What its history shows, newest first."""
    names: dict[UUID, str]
    """The members of staff who own it, decided, wrote down answers or stand in its events."""


def read_rows(act: Act, case_id: UUID) -> CaseRows | None:
    """The rows of a case, or None when there is none for this actor."""
    asked = {"case": case_id, **late_times(act.now)}
    found = act.session.execute(_case_query(act.actor), asked).all()
    if not found:
        return None
    case, owner, any_correction, untold = found[0][:4]
    judged = judged_case(act.session, case)
    decisions = act.session.execute(
        select(Decision, User.name)
        .join(User, User.id == Decision.made_by)
        .where(Decision.case_id == case.id)
        .order_by(Decision.id.desc())
    ).all()
    amendments = act.session.execute(
        select(Amendment, User.name)
        .join(User, User.id == Amendment.made_by)
        .where(Amendment.case_id == case.id)
        .order_by(Amendment.id)
    ).all()
    events = events_of(act.session, case)
    names = {one.made_by: name for one, name in decisions} | {one.made_by: name for one, name in amendments}
    names |= {event.actor_id: name for event, name in events if event.actor_id and name is not None}
    return CaseRows(
        case,
        untold,
        [
            RelatedForm(other, FORMS[kind].name, STATUS_WORDS[status])
            for *_, other, kind, status in found
            if other is not None
        ],
        judged,
        [decision for decision, _ in decisions],
        [amendment for amendment, _ in amendments],
        corrections_of(act.session, case.id) if any_correction else (),
        [event for event, _ in events],
        names | ({case.owner_id: owner} if case.owner_id else {}),
    )


@lru_cache
def _case_query(actor: Actor) -> Select[*tuple[Any, ...]]:
    """A case with its owner's name, and its related forms: a row for each. Made once for each member of staff."""
    belongs = or_(_OTHER.follows_id == Case.id, _OTHER.id == Case.follows_id)
    return (
        cases_for(actor)
        .outerjoin(User, User.id == Case.owner_id)
        .outerjoin(_OTHER, belongs)
        .add_columns(User.name, HAS_CORRECTION, HAS_UNDELIVERED_ALERT, _OTHER.id, _OTHER.kind, _OTHER.status)
        .where(Case.id == bindparam("case"))
        .order_by(_OTHER.id)
    )


def history_context(
    session: Session,
    found: CaseRows,
    calls: Iterable[tuple[UUID, str]],
    told: Mapping[tuple[str, datetime], list[list[str]]],
) -> HistoryContext:
    """What the events of a case refer to. `calls` are those to the patient, by id, and `told` the questions that were
    answered on calls, by the event and its time, newest first.
    """
    facts = {
        name: {str(event.facts[name]) for event in found.events if event.facts.get(name)}
        for name in ("flag", "treatment")
    }
    return HistoryContext(
        flags=_rows_named(
            session, Flag, found, facts["flag"], {str(flag.id): flag for flag in found.judged.flags}
        ),
        decisions={str(one.id): one for one in found.decisions},
        corrections={str(one.id): one.at for one in found.corrections},
        treatments=_rows_named(session, Treatment, found, facts["treatment"], {}),
        calls={str(attempt): words for attempt, words in calls},
        told=told,
    )


def _rows_named(
    session: Session, table: Any, found: CaseRows, ids: Set[str], known: Mapping[str, Any]
) -> Mapping[str, Any]:
    """The rows of a case by id as text, for events that name these: those that are known, where they are among them."""
    if ids <= known.keys():
        return known
    return {str(row.id): row for row in session.scalars(select(table).where(table.case_id == found.case.id))}
