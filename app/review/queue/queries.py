"""The queue's queries: one page of a tab, the urgent strip and the counts, each over one index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, tuple_

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


def urgent_rows(act: Act) -> tuple[Sequence[FoundRow], Sequence[FoundRow]]:
    """The urgent cases that wait longest, and the newest one where it is not among them: id, wait and summary."""
    every = (
        cases_for(act.actor)
        .with_only_columns(Case.id, Case.waiting_since, Case.sealed_summary)
        .where(Case.queue == Queue.TO_REVIEW, Case.level_rank == 0)
    )
    longest = act.session.execute(every.order_by(Case.waiting_since, Case.id).limit(NAMED_URGENT)).all()
    latest = act.session.execute(every.order_by(Case.waiting_since.desc(), Case.id.desc()).limit(1)).all()
    return longest, [row for row in latest if row not in longest]


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


def counts(act: Act) -> tuple[dict[Queue, str], str]:
    """How many cases each tab holds, and how many are urgent, in one statement."""

    def counted(*where: ColumnElement[bool]) -> Any:
        some = cases_for(act.actor).with_only_columns(Case.id).where(*where).limit(COUNTED).subquery()
        return select(func.count()).select_from(some).scalar_subquery()

    row = act.session.execute(
        select(
            *(counted(_in_tab(tab)) for tab in TAB_ORDER),
            counted(Case.queue == Queue.TO_REVIEW, Case.level_rank == 0),
        )
    ).one()
    words = [f"{COUNTED - 1}+" if count >= COUNTED else str(count) for count in row]
    return dict(zip(TAB_ORDER, words[:-1], strict=True)), words[-1]
