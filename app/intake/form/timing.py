"""How long the form takes: what is left of a draft, what is promised at the start, and adding up what was measured.

A page's time runs on the server, from the Continue that led to it to the one that finished it, and is kept in the
sealed draft. Sending adds it to counts and sums over everyone. Until enough were measured, the model stands in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.intake.draft import Draft
from app.intake.progress import Progress
from app.models import WHOLE_FORM, PageTime
from app.questionnaire.form_kinds import FormKind
from app.questionnaire.reading import Reading
from app.questionnaire.timing import PROMISED, seconds

ENOUGH = 30
"""How many measurements make one that is used."""
LONGEST = 120
"""Minutes of the longest whole forms, which are counted as one: a rare one would stand out."""
MOST_MODELLED = 1 / 4
"""Of a whole form's pages: those with a pause on them, and the first, are reckoned as the model has them."""

_TABLE = cast(Table, PageTime.__table__)
_KEY = ("kind", "page", "minutes")


def _adding(insert: postgresql.Insert | sqlite.Insert) -> postgresql.Insert | sqlite.Insert:
    sums = {name: _TABLE.c[name] + insert.excluded[name] for name in ("count", "seconds")}
    return insert.on_conflict_do_update(index_elements=_KEY, set_=sums)


_ADD = {"postgresql": _adding(postgresql.insert(_TABLE)), "sqlite": _adding(sqlite.insert(_TABLE))}


@dataclass(frozen=True, slots=True)
class ExpectedMinutes:
    """How long the form takes, as the start page promises it."""

    minutes: int = PROMISED
    """Minutes within which half of the forms are done."""
    most: int = 30
    """Minutes of those who have many answers."""


def seconds_left(progress: Progress, mean_seconds: Mapping[str, float]) -> float:
    """How long the pages still to do will take, check and send apart: as measured, or else by the model."""
    pages = list(progress.open_pages())
    modelled = sum(seconds(p, progress.reading, to_do=True) for p in pages if p.id not in mean_seconds)
    measured = sum(mean_seconds[page.id] for page in pages if page.id in mean_seconds)
    return measured + modelled * _details_to_come(progress) if modelled else measured


def minutes_left(progress: Progress, mean_seconds: Mapping[str, float]) -> int | None:
    """Whole minutes for the task list, 0 for less than one; None when nothing is left to do."""
    left = seconds_left(progress, mean_seconds)
    return None if not left else max(1, round(left / 60)) if left >= 60 else 0


def _details_to_come(progress: Progress) -> float:
    """By how much the model falls short of the promise while nobody knows which details this person will be asked for.

    What the start page says and what the task list says of the same form then agree; who is asked more is told more.
    """
    if progress.draft.kind is not FormKind.INTAKE:
        return 1.0
    pages = progress.questionnaire.pages
    return max(1.0, 60 * PROMISED / sum(seconds(page, progress.reading) for page in pages))


def mean_seconds(session: Session, kind: FormKind) -> dict[str, float]:
    """The measured seconds of each page that enough forms of this kind have."""
    found = select(PageTime.page, (PageTime.seconds / PageTime.count).label("mean")).where(
        PageTime.kind == kind, PageTime.page != WHOLE_FORM, PageTime.count >= ENOUGH
    )
    return {row.page: row.mean for row in session.execute(found)}


def expected_minutes(session: Session, kind: FormKind = FormKind.INTAKE) -> ExpectedMinutes:
    """How long whole forms of a kind take: as measured once enough were sent, else as modelled."""
    found = select(PageTime.minutes, PageTime.count).where(PageTime.kind == kind, PageTime.page == WHOLE_FORM)
    counts = [(minutes, count) for minutes, count in session.execute(found.order_by(PageTime.minutes))]
    promised = ExpectedMinutes()
    if sum(count for _, count in counts) < ENOUGH:
        return promised
    return ExpectedMinutes(_within(counts, 0.5), max(promised.most, _within(counts, 0.95)))


def _within(counts: Sequence[tuple[int, int]], share: float) -> int:
    """The minutes within which this share of forms was done."""
    wanted = share * sum(count for _, count in counts)
    for minutes, count in counts:
        wanted -= count
        if wanted <= 0:
            return minutes
    raise ValueError("Nothing was counted.")


def measured_rows(draft: Draft, reading: Reading) -> list[dict[str, object]]:
    """Rows of page_time to add for a form that is being sent. Sorted: two sent at once lock them alike."""
    rows = [_row(draft.kind, page, 0, took) for page, took in draft.page_seconds.items()]
    met = [page for page in draft.form.asks.pages if page.id in draft.saved and reading.shown_questions(page)]
    modelled = [page for page in met if page.id not in draft.page_seconds]
    if len(modelled) <= MOST_MODELLED * len(met):
        took = sum(draft.page_seconds.get(page.id) or seconds(page, reading) for page in met)
        rows.append(_row(draft.kind, WHOLE_FORM, min(round(took / 60), LONGEST), took))
    return sorted(rows, key=lambda row: [row[name] for name in _KEY])


def add_measured(session: Session, rows: Sequence[Mapping[str, object]]) -> None:
    """Add these to the counts and sums, in one statement."""
    if rows:
        session.execute(_ADD[session.get_bind().dialect.name], rows)


def _row(kind: FormKind, page: str, minutes: int, took: float) -> dict[str, object]:
    return {"kind": kind, "page": page, "minutes": minutes, "count": 1, "seconds": took}
