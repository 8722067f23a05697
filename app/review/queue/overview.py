"""What stands above the queue, whatever list is open, in one statement: the counts, the urgent cases, corrections that
wait, and alerts that reached nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Subquery, cast, func, literal, null, select, true, union_all

from app.core.access import Actor, cases_for
from app.core.act import Act
from app.mail import outbox
from app.mail.outbox import UndeliveredAlert
from app.models import Case, Queue
from app.review.corrections import service as corrections
from app.review.corrections.service import WaitingCorrection
from app.review.queue.queries import FoundRow, Query
from app.screening.workflow import Status

COUNTED = 100
"""Counts stop here: "99+" says enough, and costs the same with a million cases."""
NAMED_URGENT = 3
TAB_ORDER = (Queue.TO_REVIEW, Queue.WAITING, Queue.DECIDED, Queue.UNFINISHED)


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands above the list."""

    counts: Mapping[Queue, str]
    """How many cases each tab holds, "99+" for more than that."""
    urgent_count: str
    """How many are urgent, likewise."""
    longest: Sequence[FoundRow]
    """The urgent cases that wait longest: id, wait and summary."""
    newest: Sequence[FoundRow]
    """The one that came last, where it is not among those; else none."""
    corrections: Sequence[WaitingCorrection]
    """The cases in which a correction waits, longest first."""
    alerts: Sequence[UndeliveredAlert]
    """The cases whose alert reached nobody, the newest first."""


def read_overview(act: Act) -> Overview:
    """All of it."""
    # The counts come with each row, and alone where there is none.
    found = act.session.execute(_query(act.actor), outbox.late_times(act.now)).all()
    rows: dict[str | None, list[FoundRow]] = {}
    for row in found:
        rows.setdefault(row.part, []).append(row)
    longest = sorted(rows.get("longest", ()), key=lambda row: (row.waiting_since, row.id))
    named = {row.id for row in longest}
    words = [
        f"{COUNTED - 1}+" if count >= COUNTED else str(count) for count in found[0][: len(TAB_ORDER) + 1]
    ]
    return Overview(
        dict(zip(TAB_ORDER, words, strict=False)),
        words[-1],
        longest,
        [row for row in rows.get("latest", ()) if row.id not in named],
        corrections.waiting_of(sorted(rows.get("correction", ()), key=lambda row: row.key)),
        outbox.undelivered_of(sorted(rows.get("alert", ()), key=lambda row: row.key, reverse=True)),
    )


@lru_cache
def _query(actor: Actor) -> Query:
    """Made once for each member of staff: to make it costs more than to ask it."""
    every = (
        cases_for(actor)
        .with_only_columns(Case.id, Case.waiting_since, Case.sealed_summary)
        .where(Case.queue == Queue.TO_REVIEW, Case.level_rank == 0)
    )
    longest = every.order_by(Case.waiting_since, Case.id).limit(NAMED_URGENT).subquery()
    latest = every.order_by(Case.waiting_since.desc(), Case.id.desc()).limit(1).subquery()
    asked, late = corrections.open_query(actor).subquery(), outbox.undelivered_query().subquery()

    kinds = {column.name: column.type for rows in (longest, asked, late) for column in rows.c}

    def part(name: str, rows: Subquery) -> Query:
        nothing = {column: cast(null(), kind).label(column) for column, kind in kinds.items()}
        return select(literal(name).label("part"), *(nothing | dict(rows.c.items())).values())

    parts = {"longest": longest, "latest": latest, "correction": asked, "alert": late}
    above = union_all(*(part(name, rows) for name, rows in parts.items())).subquery()
    counts = _counts(actor).subquery()
    return select(counts, above).select_from(counts.outerjoin(above, true()))


def _in_tab(queue: Queue) -> ColumnElement[bool]:
    return Case.status == Status.DRAFT if queue is Queue.UNFINISHED else Case.queue == queue


def _counts(actor: Actor) -> Query:
    """How many cases each tab holds, and how many are urgent, in one row."""

    def counted(*where: ColumnElement[bool]) -> Any:
        some = cases_for(actor).with_only_columns(Case.id).where(*where).limit(COUNTED).subquery()
        return select(func.count()).select_from(some).scalar_subquery()

    return select(
        *(counted(_in_tab(tab)).label(f"in_{tab.value}") for tab in TAB_ORDER),
        counted(Case.queue == Queue.TO_REVIEW, Case.level_rank == 0).label("urgent"),
    )
