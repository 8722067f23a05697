"""The clinician's list with a thousand cases behind it and with a hundred thousand: it should not matter."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, insert, select, text
from uuid_utils.compat import uuid7

from app.commands.staff import make_user
from app.models import Case, Decision, Queue, User
from app.screening.workflow import Outcome, Status
from app.web.clock import now
from app.web.extensions import db
from benchmarks.clients import Request, by_turns, load, page_text, sign_in
from benchmarks.people import Browsers, Copies, Kept, Row, fill, ring_here
from benchmarks.report import Figure, Mark
from benchmarks.serve import HELLO
from benchmarks.servers import Server, product, serving

if TYPE_CHECKING:
    from benchmarks.bench import Bench

EMAIL, PASSWORD = "clinician@bench.example", "a bench is for sitting on"
LIST = "/review/"
TIMES, ROUNDS = 200, 4
LONGEST = 4
"""Seconds of a round after which a slow machine may stop short of its share of TIMES."""
# Where cases stand, of a hundred. Far more wait for review than in any clinic: that is the list that is measured.
PLACES = ((Queue.TO_REVIEW, 60), (Queue.WAITING, 10), (Queue.DECIDED, 25), (Queue.UNFINISHED, 5))
RAW = """
SELECT id, person_id, status, level_rank, waiting_since, started_at, to_ask_count, decision_outcome, owner_id,
       sealed_summary
FROM "case" WHERE queue = 'to_review' ORDER BY level_rank, waiting_since, id LIMIT 51
"""


def measure(bench: Bench) -> None:
    """First and last page of the list on both databases, small and large."""
    few, many = (200, 2_000) if bench.quick else (1_000, 100_000)
    for kind in bench.kinds("queue"):
        with (
            bench.databases.new(kind) as database,
            product(database, bench.scratch) as app,
            database.engine() as engine,
        ):
            with db.sessionmaker.begin() as session:
                make_user(session, now(), EMAIL, "Clara Bench", "clinician", PASSWORD)
            people, p50 = bench.people(app), dict[int, float]()
            with serving(database, bench.scratch) as server:
                cookie = sign_in(server.ports[0], Browsers(app).cookie_name, EMAIL, PASSWORD)
                for size, more in ((few, few), (many, many - few)):
                    _store(engine, people, more)
                    database.settle()
                    last, raw = _last_page(engine), _raw(engine)
                    engine.dispose()
                    p50[size] = _figures(bench, server, cookie, size, last, raw)
        bench.add(Figure(f"queue p50, {database.name}, {many:,} cases over {few:,}", p50[many] / p50[few], "x",
                         mark=Mark(1.5, 1.1)))  # fmt: skip


def _figures(bench: Bench, server: Server, cookie: str, size: int, last: str, raw: float) -> float:
    """The figures of one size; returns the first page's median."""
    text, cookie = page_text(server.ports[0], LIST, cookie)
    rows = len(re.findall(r"/review/[0-9a-f-]{36}\"", text))
    if rows < 50:
        raise RuntimeError(f"The list shows {rows} cases.")
    here = f"{server.database.name}, {size:,} cases"
    each = (TIMES // 5 if bench.quick else TIMES) // ROUNDS
    pages = [Request("GET", LIST, cookie), Request("GET", last, cookie), Request("GET", HELLO)]
    load(server.ports, pages, 4, 5, most=each)
    first, final, hello = by_turns(
        [partial(load, server.ports, [page], 1, LONGEST, most=each) for page in pages], ROUNDS
    )
    bench.failed(f"first page, {here}", first.failures)
    bench.failed(f"last page, {here}", final.failures)
    hello8 = load(server.ports, [Request("GET", HELLO)], 8, bench.seconds / 2)
    before = server.cpu()
    busy = load(server.ports, [Request("GET", LIST, cookie)], 8, bench.seconds)
    cpu = 1000 * (server.cpu() - before) / max(1, len(busy.times))
    bench.failed(f"8 clients, {here}", busy.failures)
    large = size > 1_000
    for figure in (
        Figure(f"queue p50, {here}", first.ms(50), "ms", hello.ms(50), "hello", Mark(20, 8) if large else None,
               f"p95 {first.ms(95):.1f}"),
        Figure(f"queue p50, {here}", first.ms(50), "ms", raw, "its one indexed query"),
        Figure(f"queue, last page over first, {here}", final.ms(50) / first.ms(50), "x", mark=Mark(1.5, 1.1),
               note=f"last p50 {final.ms(50):.1f} p95 {final.ms(95):.1f} ms"),
        Figure(f"queue pages, {here}, 8 clients", busy.rate, "/s", hello8.rate, "hello",
               Mark(0.2, None, "fraction"), f"CPU {cpu:.1f} ms each"),
    ):  # fmt: skip
        bench.add(figure)
    return first.ms(50)


def _store(engine: Engine, people: list[Kept], count: int) -> None:
    """So many more cases, spread over the lists. Flags are left out: the list reads none."""
    with db.sessionmaker() as session:
        user = session.scalars(select(User.id)).one()
    draw, copies, decisions = Random(count), Copies(ring_here()), list[Row]()
    drafts = [kept.unsigned() for kept in people]
    places, weights = [place for place, _ in PLACES], [weight for _, weight in PLACES]

    def add(number: int) -> None:
        place = draw.choices(places, weights)[0]
        waiting = now() - timedelta(minutes=draw.randrange(60 * 24 * 90))
        which = number % len(people)
        if place is Queue.UNFINISHED:
            copies.add(drafts[which], flags=False)
            return
        columns: dict[str, Any] = {"queue": place, "waiting_since": waiting}
        if place is Queue.WAITING:
            columns["status"] = Status.WAITING_ON_PATIENT
        if place is Queue.DECIDED:
            columns |= {"status": Status.DECIDED, "decision_outcome": Outcome.SUITABLE}
        case = copies.add(people[which], flags=False, **columns)
        if place is Queue.DECIDED:
            decided = {"id": uuid7(), "case_id": case["id"], "outcome": Outcome.SUITABLE, "sealed_note": None}
            decisions.append(decided | {"made_by": user, "made_at": now(), "invalidated_at": None})

    fill(engine, copies, count, add)
    with engine.begin() as connection:
        connection.execute(insert(Decision), decisions)


def _raw(engine: Engine) -> float:
    """Median milliseconds of the list's one query as plain SQL, rows fetched."""
    with engine.connect() as connection:
        return _median_ms(lambda: connection.execute(text(RAW)).all())


def _median_ms(act: Callable[[], object], times: int = TIMES) -> float:
    taken = []
    for _ in range(times):
        began = perf_counter()
        act()
        taken.append(perf_counter() - began)
    return sorted(taken)[times // 2] * 1000


def _last_page(engine: Engine) -> str:
    """The address of the last page of the list, found from its end."""
    backwards = (
        select(Case.id)
        .where(Case.queue == Queue.TO_REVIEW)
        .order_by(Case.level_rank.desc(), Case.waiting_since.desc(), Case.id.desc())
        .offset(50)
        .limit(1)
    )
    with engine.connect() as connection:
        return f"{LIST}?after={connection.execute(backwards).scalar_one()}"
