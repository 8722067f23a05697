"""Sealed values that cannot be read: altered, sealed with a key that is gone, or of a shape that is not known now.

One such row takes nothing else away: a list marks it, logs it here, and goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Base, ring
from app.models.sealing import SealBroken

READ_ERRORS = (SealBroken, AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What reading such a value raises."""
BATCH = 500

log = structlog.get_logger("foreroom.damage")


@dataclass(frozen=True, slots=True)
class DamagedValue:
    """A sealed value that cannot be opened."""

    place: str
    """"table.column"."""
    row: UUID
    """The id of its row."""
    case_id: UUID | None
    """The case it belongs to, None for what belongs to no one case."""


def log_unreadable(place: str, row: UUID, error: Exception, case_id: UUID | None = None) -> None:
    """Write to the program's log that a value could not be read: its place ("table.column") and ids alone."""
    case = {"case": str(case_id)} if case_id else {}
    log.error("record unreadable", reason=place, row=str(row), error=type(error).__name__, **case)


def find_damaged(session: Session) -> Iterator[DamagedValue]:
    """Open every sealed value there is. Logs and yields those that cannot be opened."""
    keys = ring(session)
    for table in Base.metadata.sorted_tables:
        of_case = table.c.id if table.name == "case" else table.c.get("case_id")
        for column in (each for each in table.columns if each.name.startswith("sealed_")):
            place = f"{table.name}.{column.name}"
            wanted = [table.c.id, column, *([] if of_case is None else [of_case.label("of_case")])]
            filled = select(*wanted).where(column.is_not(None)).order_by(table.c.id)
            for row in session.execute(filled.execution_options(yield_per=BATCH)):
                try:
                    keys.open(place, row[0], row[1])
                except SealBroken as error:
                    found = DamagedValue(place, row[0], None if of_case is None else row.of_case)
                    log_unreadable(place, found.row, error, found.case_id)
                    yield found
