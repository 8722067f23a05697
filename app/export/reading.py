"""What every file of the export shares: reading cases some at a time, and opening what is sealed.

What cannot be opened is written as "unreadable" and logged: it holds nothing else back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias
from uuid import UUID

import structlog
from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app.core.access import Actor, cases_for
from app.core.damage import READ_ERRORS
from app.models import Case, Screening
from app.models.sealing import JSON, KeyRing
from app.questionnaire.kinds import Cell

UNREADABLE = "unreadable"

ReadRow: TypeAlias = "Row[*tuple[Any, ...]]"

log = structlog.get_logger("foreroom.export")


class Batch(Protocol):
    """Some cases with their rows of a file, fetched in full: no connection is held any more."""

    @property
    def last(self) -> UUID:
        """The last case's id."""

    def rows(self) -> Iterator[list[Cell]]:
        """The cells under the file's headings."""


def count_cases(session: Session, actor: Actor, kind: str) -> int:
    """How many cases of a kind the actor may take."""
    cases = cases_for(actor).with_only_columns(Case.id).where(Case.kind == kind).subquery()
    return session.scalar(select(func.count()).select_from(cases)) or 0


def next_cases(
    session: Session,
    actor: Actor,
    after: UUID | None,
    newest: UUID,
    most: int,
    kind: str | None,
    *columns: Any,
) -> Sequence[ReadRow]:
    """The actor's next cases after one, up to the newest: their ids, and these columns. `kind`: of that alone."""
    every = cases_for(actor).with_only_columns(Case.id, *columns)
    if kind is not None:
        every = every.where(Case.kind == kind)
    wanted = every.where(Case.id <= newest).order_by(Case.id).limit(most)
    # Rows and no objects: the session's own way of loading costs as much again.
    return session.connection().execute(wanted if after is None else wanted.where(Case.id > after)).all()


def latest_screenings(session: Session, cases: Sequence[ReadRow], *columns: Any) -> dict[UUID, ReadRow]:
    """The newest screening of each of these cases, which lie together, by case."""
    found = session.connection().execute(
        select(
            Screening.id,
            Screening.case_id,
            Screening.rulebook,
            Screening.settings_hash,
            Screening.on_date,
            Screening.sealed_validity,
            *columns,
        )
        .where(Screening.case_id.between(cases[0].id, cases[-1].id))
        .order_by(Screening.id)
    )
    return {screening.case_id: screening for screening in found}


class ValidityCells(NamedTuple):
    """The validity of a screening, in cells."""

    until: Cell = None
    """The date until which it holds."""
    changes: Cell = None
    """The rules that come out otherwise after it, separated by semicolons."""


def validity_cells(ring: KeyRing, screening: ReadRow) -> ValidityCells:
    """The cells of a screening's validity; empty when none was worked out."""
    try:
        value = open_sealed(ring, "screening.sealed_validity", screening.id, screening.sealed_validity)
        return ValidityCells(value["until"], ";".join(value["changes"])) if value else ValidityCells()
    except READ_ERRORS as error:
        log.error("validity unreadable", case=str(screening.case_id), error=type(error).__name__)
        return ValidityCells(UNREADABLE, UNREADABLE)


def open_sealed(ring: KeyRing, place: str, row: UUID, sealed: bytes | None) -> JSON:
    """The value of a sealed column, None when it is empty. Raises SealBroken."""
    return None if sealed is None else ring.open(place, row, sealed)
