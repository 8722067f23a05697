"""The queue: who is next, and why. One query over one index for the rows, whatever their number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from app.core import audit
from app.core.act import Act
from app.mail.outbox import UndeliveredAlert
from app.models import Case, Queue
from app.review.case.calls import RecordedCall, calls_about
from app.review.corrections.service import WaitingCorrection
from app.review.queue import queries
from app.review.queue.lines import QueueLine, queue_lines, read_summary, unreadable
from app.review.queue.overview import read_overview
from app.review.queue.queries import FoundRow

TABS: Mapping[Queue, str] = MappingProxyType(
    {
        Queue.TO_REVIEW: "To review",
        Queue.WAITING: "Waiting",
        Queue.DECIDED: "Decided",
        Queue.UNFINISHED: "Not finished",
    }
)

SINCE_HEADS: Mapping[Queue, str] = MappingProxyType({Queue.DECIDED: "Decided", Queue.UNFINISHED: "Started"})
"""What the time on a line is of; "Waiting" on all other tabs."""


@dataclass(frozen=True, slots=True)
class TabCount:
    """A tab of the queue, with how many cases are in it."""

    queue: Queue
    """Which tab it is."""
    name: str
    """Its name, in words."""
    count: str
    """A number, or "99+" for more than that."""


@dataclass(frozen=True, slots=True)
class UrgentCase:
    """An urgent case, for the strip above the list."""

    id: UUID
    """The case's id."""
    name: str
    """As on a line of the list."""
    since: datetime | None
    """When its wait began."""
    broken: bool
    """Whether its summary cannot be read."""


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of one tab."""

    queue: Queue
    """The tab that is open."""
    tabs: tuple[TabCount, ...]
    """All tabs, in order."""
    urgent: tuple[UrgentCase, ...]
    """Those that wait longest, with what cannot be read on top, then the newest."""
    urgent_count: str
    """How many are urgent in all, "99+" for more than that."""
    lines: tuple[QueueLine, ...]
    """What cannot be read is on top of its page, and of the first one, where it stands among the next 500."""
    next_after: UUID | None
    """The case after which the next page begins; None on the last."""
    first: bool
    """Whether it is the first page."""
    last_calls: Mapping[UUID, RecordedCall]
    """The newest call about each case that somebody was rung about."""
    newest: UUID | None
    """The urgent case that came last, where it is not among those that wait longest."""
    corrections: Sequence[WaitingCorrection]
    """The cases in which a correction waits, longest first."""
    alerts: Sequence[UndeliveredAlert]
    """The cases whose alert reached nobody, the newest first."""

    @property
    def urgent_people(self) -> str:
        """How many people are urgent in all, in words."""
        return f"{self.urgent_count} {'person' if self.urgent_count == '1' else 'people'}"

    @property
    def decided(self) -> bool:
        """Whether its cases are decided."""
        return self.queue is Queue.DECIDED

    @property
    def tab_name(self) -> str:
        """The name of the tab that is open."""
        return TABS[self.queue]

    @property
    def order(self) -> str:
        """The order of the lines, in a sentence."""
        return "Newest decision first." if self.decided else "Strongest level first, then longest waiting."

    @property
    def shares_cases(self) -> bool:
        """Whether a case of this tab may be in another one too."""
        return self.queue in (Queue.TO_REVIEW, Queue.UNFINISHED)

    @property
    def third_head(self) -> str:
        """The heading of the column that says why a case is in the list."""
        return "Decision" if self.decided else "Why"

    @property
    def sixth_head(self) -> str:
        """The heading of the column with the time since."""
        return SINCE_HEADS.get(self.queue, "Waiting")

    @property
    def empty(self) -> str:
        """What is said of a tab without a case."""
        if self.queue is Queue.TO_REVIEW:
            return "Nobody is waiting for a review."
        return "There is nobody in this list."

    @property
    def more_urgent(self) -> str:
        """How many urgent cases the strip does not name; "" for none."""
        if not self.urgent_count.isdecimal():
            return self.urgent_count
        more = int(self.urgent_count) - len(self.urgent)
        return str(more) if more > 0 else ""


def read_queue(act: Act, queue: Queue, after: UUID | None) -> QueuePage:
    """Read one page and write down who saw whom. `after` is the last case of the page before; None for the first."""
    found = act.session.execute(queries.query_of(act, queue, after)).all()
    above = read_overview(act)
    longest, newest = above.longest, above.newest
    shown, more = found[: queries.PAGE], found[queries.PAGE :]
    # On the first page, also those further down whose summary cannot be opened.
    rows = [*(_unreadable_below(act, queue) if more and after is None else ()), *shown]
    lines = sorted(queue_lines(act.session, rows, act.today, queue), key=lambda line: not line.broken)
    named = [(row, read_summary(act.session, row, act.today)) for row in (*longest, *newest)]
    urgent = [UrgentCase(row.id, known.name, row.waiting_since, known.broken) for row, known in named]
    strip = [*sorted(urgent[: len(longest)], key=lambda one: not one.broken), *urgent[len(longest) :]]
    seen = dict.fromkeys([line.id for line in lines] + [one.id for one in strip])
    audit.record(act, "queue.viewed", queue=queue.value, cases=list(seen))
    return QueuePage(
        queue=queue,
        tabs=tuple(TabCount(tab, name, above.counts[tab]) for tab, name in TABS.items()),
        urgent=tuple(strip),
        urgent_count=above.urgent_count,
        lines=tuple(lines),
        next_after=shown[-1].id if more else None,
        first=after is None,
        last_calls={case_id: calls[0] for case_id, calls in calls_about(act.session, seen).items()},
        newest=newest[0].id if newest else None,
        corrections=above.corrections,
        alerts=above.alerts,
    )


def _unreadable_below(act: Act, queue: Queue) -> Sequence[FoundRow]:
    """The rows below the first page of a tab whose summary cannot be opened."""
    # Of the connection: the session's own reading of rows is for objects, and here are hundreds of bare values.
    below = act.session.connection().execute(queries.below_query(act.actor, queue)).all()
    broken = unreadable(act.session, below)
    if not broken:
        return ()
    return act.session.execute(
        queries.query_of(act, queue, None).where(Case.id.in_(broken)).limit(None)
    ).all()
