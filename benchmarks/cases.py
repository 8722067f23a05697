"""A clinic's records by the thousand, for the pages of staff: filled once and kept between runs."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from random import Random
from time import monotonic
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, exists, insert, select
from uuid_utils.compat import uuid7

from app.commands.staff import make_user
from app.models import Case, Decision, Queue, Screening, User
from app.screening.workflow import Outcome, Status
from app.web.clock import now
from app.web.extensions import db
from benchmarks import people
from benchmarks.databases import migration_head
from benchmarks.people import Copies, Kept, Row, fill, ring_here
from benchmarks.servers import product

if TYPE_CHECKING:
    from benchmarks.bench import Bench
    from benchmarks.databases import Database

EMAIL, PASSWORD = "clinician@bench.example", "a bench is for sitting on"
PLACES = ((Queue.TO_REVIEW, 60), (Queue.WAITING, 10), (Queue.DECIDED, 25), (Queue.UNFINISHED, 5))
"""Where cases stand, of a hundred. Far more wait for review than in any clinic: that is the list that is measured."""
FLAGS_OF_EACH = 5
"""Each fifth case has its screenings and flags; with those of all, filling would take half an hour."""


def sizes(bench: Bench) -> tuple[int, int]:
    """How many cases are few, and how many are many."""
    return (200, 2_000) if bench.quick else (1_000, 100_000)


def with_cases(bench: Bench, kind: str, count: int) -> Database:
    """A database of so many cases and one clinician, kept for as long as neither tables nor what fills them change."""
    filling = (Path(each).read_bytes() for each in (__file__, people.__file__))
    mark = hashlib.sha256(b"".join((migration_head().encode(), *filling))).hexdigest()[:10]

    def fill_in(database: Database) -> None:
        with product(database, bench.scratch) as app, database.engine() as engine:
            with db.sessionmaker.begin() as session:
                make_user(session, now(), EMAIL, "Clara Bench", "clinician", PASSWORD)
            _store(engine, bench.people(app), count)

    began = monotonic()
    database = bench.databases.kept(kind, f"cases_{count}_{mark}", fill_in)
    bench.until += monotonic() - began  # what is done once takes no time from what is measured
    return database


def shown_cases(engine: Engine, count: int) -> list[str]:
    """Ids of cases that wait for review and have flags, from all over the list."""
    judged = exists().where(Screening.case_id == Case.id)
    waiting = select(Case.id).where(Case.queue == Queue.TO_REVIEW, judged).order_by(Case.id)
    with engine.connect() as connection:
        found = connection.scalars(waiting).all()
    return [str(found[number * len(found) // count]) for number in range(count)]


def _store(engine: Engine, people: list[Kept], count: int) -> None:
    """So many cases, spread over the lists."""
    with db.sessionmaker() as session:
        user = session.scalars(select(User.id)).one()
    draw, copies, decisions = Random(count), Copies(ring_here()), list[Row]()
    drafts = [kept.unsigned() for kept in people]
    places, weights = [place for place, _ in PLACES], [weight for _, weight in PLACES]

    def add(number: int) -> None:
        place = draw.choices(places, weights)[0]
        waiting = now() - timedelta(minutes=draw.randrange(60 * 24 * 90))
        which, flags = number % len(people), number % FLAGS_OF_EACH == 0
        if place is Queue.UNFINISHED:
            copies.add(drafts[which], flags=flags)
            return
        columns: dict[str, Any] = {"queue": place, "waiting_since": waiting}
        if place is Queue.WAITING:
            columns["status"] = Status.WAITING_ON_PATIENT
        if place is Queue.DECIDED:
            columns |= {"status": Status.DECIDED, "decision_outcome": Outcome.SUITABLE}
        case = copies.add(people[which], flags=flags, **columns)
        if place is Queue.DECIDED:
            decided = {"id": uuid7(), "case_id": case["id"], "outcome": Outcome.SUITABLE, "sealed_note": None}
            decisions.append(decided | {"made_by": user, "made_at": now(), "invalidated_at": None})

    fill(engine, copies, count, add)
    with engine.begin() as connection:
        connection.execute(insert(Decision), decisions)
