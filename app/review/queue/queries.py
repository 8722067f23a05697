"""The queue's queries: one page of a tab, the urgent strip and the counts, each over one index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    union_all,
)

from app.core.access import Actor, cases_for
from app.core.act import Act
from app.models import Case, Decision, Person, Queue, User
from app.screening.workflow import Status

PAGE = 50
"""Rows of one page of a tab."""
MOST_LOOKED_THROUGH = 500
"""Rows below the first page that are looked through for a summary that cannot be opened: some 20 µs for each."""
COUNTED = 100
"""Counts stop here: "99+" says enough, and costs the same with a million cases."""
NAMED_URGENT = 3
TAB_ORDER = (Queue.TO_REVIEW, Queue.WAITING, Queue.DECIDED, Queue.UNFINISHED)

FoundRow: TypeAlias = "Row[*tuple[Any, ...]]"
Query: TypeAlias = "Select[*tuple[Any, ...]]"


class Overview(NamedTuple):
    """What stands above the list."""

    counts: Mapping[Queue, str]
    """How many cases each tab holds, "99+" for more than that."""
    urgent_count: str
    """How many are urgent, likewise."""
    longest: Sequence[FoundRow]
    """The urgent cases that wait longest: id, wait and summary."""
    newest: Sequence[FoundRow]
    """The one that came last, where it is not among those; else none."""


def overview(act: Act) -> Overview:
    """The counts and the urgent cases, in one statement."""
    # The counts come with each urgent case, and alone where there is none.
    found = act.session.execute(_overview_query(act.actor)).all()
    rows = [row for row in found if row.id is not None]
    first = sorted((row for row in rows if not row.is_latest), key=lambda row: (row.waiting_since, row.id))
    named = {row.id for row in first}
    words = [
        f"{COUNTED - 1}+" if count >= COUNTED else str(count) for count in found[0][: len(TAB_ORDER) + 1]
    ]
    by_tab = dict(zip(TAB_ORDER, words, strict=False))
    return Overview(by_tab, words[-1], first, [row for row in rows if row.is_latest and row.id not in named])


@lru_cache
def _overview_query(actor: Actor) -> Query:
    """Made once for each member of staff: to make it costs more than to ask it."""
    every = (
        cases_for(actor)
        .with_only_columns(Case.id, Case.waiting_since, Case.sealed_summary)
        .where(Case.queue == Queue.TO_REVIEW, Case.level_rank == 0)
    )
    longest = every.order_by(Case.waiting_since, Case.id).limit(NAMED_URGENT).subquery()
    latest = every.order_by(Case.waiting_since.desc(), Case.id.desc()).limit(1).subquery()
    urgent = union_all(
        select(literal(False).label("is_latest"), longest), select(literal(True).label("is_latest"), latest)
    ).subquery()
    counts = _counts(actor).subquery()
    return select(counts, urgent).select_from(counts.outerjoin(urgent, true()))


def query_of(act: Act, queue: Queue, after: UUID | None) -> Query:
    """The query for one page of a tab, after the case `after`; one row more than a page shows that there is a next."""
    match queue:
        case Queue.DECIDED:
            return _decided(act, after)
        case Queue.UNFINISHED:
            return _unfinished(act, after)
        case _:
            return _waiting(act, queue, after)


def _unfinished(act: Act, after: UUID | None) -> Query:
    """Every form that was not sent, those that alert and wait for review too: strongest first, then longest begun."""
    # Its lines may have no summary yet; who the person is was perhaps told by an invitation.
    query = (
        _columns(act.actor)
        .join(Person, Person.id == Case.person_id)
        .add_columns(Person.sealed_identity)
        .where(Case.status == Status.DRAFT)
        .order_by(Case.level_rank, Case.id)
    )
    if after is None:
        return query
    rank = act.session.scalar(cases_for(act.actor).with_only_columns(Case.level_rank).where(Case.id == after))
    return query if rank is None else query.where(tuple_(Case.level_rank, Case.id) > tuple_(rank, after))


def _waiting(act: Act, queue: Queue, after: UUID | None) -> Query:
    """Strongest first, then longest waiting: the order of the index, so any page costs the same."""
    order = (Case.level_rank, Case.waiting_since, Case.id)
    query = _columns(act.actor).where(Case.queue == queue).order_by(*order)
    if after is None:
        return query
    place = act.session.execute(
        cases_for(act.actor).with_only_columns(Case.level_rank, Case.waiting_since).where(Case.id == after)
    ).first()
    return query.where(_beyond(place, after)) if place else query


def _beyond(place: FoundRow, after: UUID) -> ColumnElement[bool]:
    """The condition for what follows a case in the order of the index. A form that was not sent has no waiting time."""
    if place.waiting_since is not None:
        return tuple_(Case.level_rank, Case.waiting_since, Case.id) > tuple_(
            place.level_rank, place.waiting_since, after
        )
    return or_(
        Case.level_rank > place.level_rank,
        and_(Case.level_rank == place.level_rank, Case.waiting_since.is_(None), Case.id > after),
    )


def _decided(act: Act, after: UUID | None) -> Query:
    """Newest decision first: ids are made in the order of time, so their own index gives it."""
    query = (
        _columns(act.actor)
        .join(Decision, and_(Decision.case_id == Case.id, Decision.invalidated_at.is_(None)))
        .add_columns(Decision.made_at)
        .order_by(Decision.id.desc())
    )
    if after is None:
        return query
    place = act.session.scalar(
        select(Decision.id).where(Decision.case_id == after, Decision.invalidated_at.is_(None))
    )
    return query.where(Decision.id < place) if place else query


def _columns(actor: Actor) -> Query:
    """What a line needs, without the answers: they are a hundred times as large."""
    return (
        cases_for(actor)
        .with_only_columns(
            Case.id, Case.kind, Case.person_id, Case.status, Case.level_rank, Case.waiting_since, Case.started_at,
            Case.to_ask_count, Case.decision_outcome, Case.owner_id, Case.sealed_summary, User.name.label("owner"),
        )
        .outerjoin(User, User.id == Case.owner_id)
        .limit(PAGE + 1)
    )  # fmt: skip


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
