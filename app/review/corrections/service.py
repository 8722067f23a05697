"""Corrections that patients asked for: which wait, and that a clinician dealt with one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.core import audit, damage
from app.core.access import Actor, cases_for
from app.core.act import Act
from app.models import Case, Correction, User, unseal

NAMED = 20
"""How many the queue names: the oldest first, so that none is overtaken for good."""

HAS_CORRECTION = select(Correction.id).where(Correction.case_id == Case.id).exists()
"""Whether a case that is selected has any correction: most have none, and their page asks no more for it."""


@dataclass(frozen=True, slots=True)
class CorrectionRequest:
    """A correction that a patient asked for."""

    id: UUID
    """The correction's id."""
    at: datetime
    """When it was asked for, aware."""
    text: str | None
    """None when it cannot be read."""
    answered_at: datetime | None
    """When a clinician dealt with it; None while it waits."""
    by: str | None
    """The name of who dealt with it."""


@dataclass(frozen=True, slots=True)
class WaitingCorrection:
    """A case with a correction that waits."""

    case_id: UUID
    """The case's id."""
    since: datetime
    """When the oldest of them was asked for."""


def corrections_of(session: Session, case_id: UUID) -> list[CorrectionRequest]:
    """What the patient of a case asked to have corrected, oldest first, for the page of a case that is being read.

    Reading the case is written down by whoever reads it.
    """
    found = session.execute(
        select(Correction, User.name)
        .outerjoin(User, User.id == Correction.answered_by)
        .where(Correction.case_id == case_id)
        .order_by(Correction.id)
    )
    return [
        CorrectionRequest(one.id, one.asked_at, _text(session, one), one.answered_at, name)
        for one, name in found
    ]


def _text(session: Session, correction: Correction) -> str | None:
    try:
        return str(unseal(session, correction, "sealed_text"))
    except damage.READ_ERRORS as error:
        damage.log_unreadable("correction.sealed_text", correction.id, error, correction.case_id)
        return None


def open_query(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The query for the corrections that wait, in whatever list their case is, also one that is decided: `key` in the
    order in which they were asked for, `case_id` and `asked_at`.
    """
    return (
        cases_for(actor)
        .join(Correction, Correction.case_id == Case.id)
        .with_only_columns(Correction.id.label("key"), Case.id.label("case_id"), Correction.asked_at)
        .where(Correction.answered_at.is_(None))
        .order_by(Correction.id)
        .limit(NAMED)
    )


def waiting_of(rows: Iterable[Any]) -> list[WaitingCorrection]:
    """The cases in which a correction waits, longest first, by the rows of that query in their order."""
    since: dict[UUID, datetime] = {}
    for row in rows:
        since.setdefault(row.case_id, row.asked_at)
    return [WaitingCorrection(case_id, at) for case_id, at in since.items()]


def mark_answered(act: Act, case_id: UUID, correction_id: UUID) -> bool:
    """Note that the actor dealt with a correction; nothing when somebody did before. False when there is none."""
    found = act.session.scalar(
        select(Correction)
        .where(
            Correction.id == correction_id,
            Correction.case_id.in_(cases_for(act.actor).with_only_columns(Case.id).where(Case.id == case_id)),
        )
        .with_for_update()
    )
    if found is None:
        return False
    if found.answered_at is None:
        found.answered_at, found.answered_by = act.now, act.actor.id
        act.session.flush()
        audit.record(act, "correction.answered", case_id=case_id, correction=correction_id)
    return True
