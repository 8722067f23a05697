"""The queue's queries: one page of a tab, over one index."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, String, and_, cast, or_, select, tuple_

from app.core.access import Actor, cases_for
from app.core.act import Act
from app.models import Case, Decision, Person, Queue, User
from app.screening.workflow import Status

PAGE = 50
"""Rows of one page of a tab."""
MOST_LOOKED_THROUGH = 500
"""Rows below the first page that are looked through for a summary that cannot be opened."""

FoundRow: TypeAlias = "Row[*tuple[Any, ...]]"
Query: TypeAlias = "Select[*tuple[Any, ...]]"


def query_of(act: Act, queue: Queue, after: UUID | None) -> Query:
    """The query for one page of a tab, after the case `after`; one row more than a page shows that there is a next."""
    query, beyond = _first_page(act.actor, queue), None if after is None else _beyond(act, queue, after)
    return query if beyond is None else query.where(beyond)


@lru_cache
def below_query(actor: Actor, queue: Queue) -> Query:
    """What is below the first page of a tab: of each row the id, as text, and what is sealed, with whose it is. To make
    UUIDs of so many, of which hardly one is shown, costs more than to read them.
    """
    query = _first_page(actor, queue)
    sealed = [column for column in query.selected_columns if column.name.startswith("sealed_")]
    named = (Case.id, Case.person_id) if queue is Queue.UNFINISHED else (Case.id,)
    ids = (cast(column, String).label(column.name) for column in named)
    return query.with_only_columns(*ids, *sealed).offset(PAGE).limit(MOST_LOOKED_THROUGH)


@lru_cache
def _first_page(actor: Actor, queue: Queue) -> Query:
    """Made once for each member of staff: to make it costs more than to ask it."""
    query = _columns(actor)
    match queue:
        case Queue.DECIDED:
            # Newest decision first: ids are made in the order of time, so their own index gives it.
            of_case = and_(Decision.case_id == Case.id, Decision.invalidated_at.is_(None))
            query = query.join(Decision, of_case).add_columns(Decision.made_at)
            return query.order_by(Decision.id.desc())
        case Queue.UNFINISHED:
            # Every form that was not sent, those that alert and wait for review too: strongest first, then longest
            # begun. Lines may have no summary yet; who the person is was perhaps told by an invitation.
            query = query.join(Person, Person.id == Case.person_id).add_columns(Person.sealed_identity)
            return query.where(Case.status == Status.DRAFT).order_by(Case.level_rank, Case.id)
        case _:
            # Strongest first, then longest waiting.
            order = (Case.level_rank, Case.waiting_since, Case.id)
            return query.where(Case.queue == queue).order_by(*order)


def _beyond(act: Act, queue: Queue, after: UUID) -> ColumnElement[bool] | None:
    """The condition for what follows a case in the order of a tab; None when the case is gone."""
    if queue is Queue.DECIDED:
        decided = select(Decision.id).where(Decision.case_id == after, Decision.invalidated_at.is_(None))
        last = act.session.scalar(decided)
        return Decision.id < last if last else None
    place = act.session.execute(
        cases_for(act.actor).with_only_columns(Case.level_rank, Case.waiting_since).where(Case.id == after)
    ).first()
    if place is None:
        return None
    if queue is Queue.UNFINISHED:
        return tuple_(Case.level_rank, Case.id) > tuple_(place.level_rank, after)
    if place.waiting_since is not None:
        return tuple_(Case.level_rank, Case.waiting_since, Case.id) > tuple_(
            place.level_rank, place.waiting_since, after
        )
    # A form that was not sent has no waiting time.
    return or_(
        Case.level_rank > place.level_rank,
        and_(Case.level_rank == place.level_rank, Case.waiting_since.is_(None), Case.id > after),
    )


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
