"""What cannot be opened: a sealed value that was altered or whose key is gone, or one whose shape nobody knows now.

One such row takes nothing else away. Whoever reads many marks it, writes it down here, and goes on.
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

BROKEN = (SealBroken, AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What reading one raises."""
AT_ONCE = 500

log = structlog.get_logger("foreroom.damage")


@dataclass(frozen=True, slots=True)
class Damaged:
    """A sealed value that cannot be opened: "table.column", its row, and the case it is of."""

    place: str
    row: UUID
    case_id: UUID | None


def tell(place: str, row: UUID, error: Exception, case_id: UUID | None = None) -> None:
    """Write to the program's log that a value could not be read: ids alone."""
    case = {"case": str(case_id)} if case_id else {}
    log.error("record unreadable", reason=place, row=str(row), error=type(error).__name__, **case)


def find(session: Session) -> Iterator[Damaged]:
    """Open every sealed value there is, and tell those that stay shut."""
    keys = ring(session)
    for table in Base.metadata.sorted_tables:
        of_case = table.c.id if table.name == "case" else table.c.get("case_id")
        for column in (each for each in table.columns if each.name.startswith("sealed_")):
            place = f"{table.name}.{column.name}"
            wanted = [table.c.id, column, *([] if of_case is None else [of_case.label("of_case")])]
            filled = select(*wanted).where(column.is_not(None)).order_by(table.c.id)
            for row in session.execute(filled.execution_options(yield_per=AT_ONCE)):
                try:
                    keys.open(place, row[0], row[1])
                except SealBroken as error:
                    found = Damaged(place, row[0], None if of_case is None else row.of_case)
                    tell(place, found.row, error, found.case_id)
                    yield found
