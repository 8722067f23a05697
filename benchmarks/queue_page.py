"""The clinician's list with a thousand cases behind it and with a hundred thousand: it should not matter."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from sqlalchemy import Engine, select, text

from app.models import Case, Queue
from benchmarks.cases import EMAIL, PASSWORD, sizes, with_cases
from benchmarks.clients import Request, by_turns, load, page_text, sign_in
from benchmarks.databases import NAMES
from benchmarks.report import Figure, Mark
from benchmarks.serve import HELLO
from benchmarks.servers import COOKIE, Server, serving

if TYPE_CHECKING:
    from benchmarks.bench import Bench

LIST = "/review/"
TIMES, ROUNDS = 60, 2
LONGEST = 4
"""Seconds of a round after which a slow machine may stop short of its share of TIMES."""
RAW = """
SELECT id, person_id, status, level_rank, waiting_since, started_at, to_ask_count, decision_outcome, owner_id,
       sealed_summary
FROM "case" WHERE queue = 'to_review' ORDER BY level_rank, waiting_since, id LIMIT 51
"""


def measure(bench: Bench) -> None:
    """First and last page of the list on both databases, small and large."""
    for kind in bench.kinds("queue"):
        each: dict[int, float] = {}
        for size in sizes(bench):
            database = with_cases(bench, kind, size)
            with database.engine() as engine:
                last, raw = _last_page(engine), _raw(engine)
            with serving(database, bench.scratch) as server:
                each[size] = _figures(bench, server, size, last, raw)
        few, many = each
        bench.add(Figure(f"queue, {NAMES[kind]}, {many:,} cases over {few:,}", each[many] / each[few], "x",
                         mark=Mark(1.5, 1.1)))  # fmt: skip


def _figures(bench: Bench, server: Server, size: int, last: str, raw: float) -> float:
    """The figures of one size; returns the CPU of the first page."""
    text, cookie = page_text(server.ports[0], LIST, sign_in(server.ports[0], COOKIE, EMAIL, PASSWORD))
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
    before = server.cpu()
    busy = load(server.ports, [Request("GET", LIST, cookie)], 8, bench.seconds)
    cpu = 1000 * (server.cpu() - before) / max(1, len(busy.times))
    hello8 = load(server.ports, [Request("GET", HELLO)], 8, bench.seconds / 2)
    bench.failed(f"8 clients, {here}", busy.failures)
    large = size > 1_000
    for figure in (
        Figure(f"queue, server and database, {here}", cpu, "CPU-ms", mark=Mark(8, 5) if large else None,
               note=f"p50 {first.ms(50):.1f}, p95 {first.ms(95):.1f} ms alone"),
        Figure(f"queue p50, {here}", first.ms(50), "ms", hello.ms(50), "hello"),
        Figure(f"queue p50, {here}", first.ms(50), "ms", raw, "its one indexed query"),
        Figure(f"queue, last page over first, {here}", final.ms(50) / first.ms(50), "x", mark=Mark(1.5, 1.1),
               note=f"last p50 {final.ms(50):.1f} p95 {final.ms(95):.1f} ms"),
        Figure(f"queue pages, {here}, 8 clients", busy.rate, "/s", hello8.rate, "hello",
               Mark(0.2, None, "fraction")),
    ):  # fmt: skip
        bench.add(figure)
    return cpu


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
