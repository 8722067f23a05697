"""The page of one case, with a thousand cases behind it and with a hundred thousand: it should not matter."""

from __future__ import annotations

from collections import deque
from functools import partial
from itertools import cycle, islice
from typing import TYPE_CHECKING

from benchmarks.cases import EMAIL, PASSWORD, shown_cases, sizes, with_cases
from benchmarks.clients import Request, by_turns, load, sign_in
from benchmarks.databases import NAMES
from benchmarks.report import Figure, Mark
from benchmarks.serve import HELLO
from benchmarks.servers import COOKIE, serving

if TYPE_CHECKING:
    from benchmarks.bench import Bench
    from benchmarks.clients import Outcome
    from benchmarks.servers import Server

CASES, TIMES = 20, 120
LONGEST = 6
"""Seconds of a round after which a slow machine may stop short of TIMES."""
MARK = Mark(20, 12)
"""CPU milliseconds of server and database for one case page."""


def measure(bench: Bench) -> None:
    """Cases that wait for review, one after the other, on both databases, small and large."""
    for kind in bench.kinds("case"):
        each: dict[int, float] = {}
        for size in sizes(bench):
            database = with_cases(bench, kind, size)
            with database.engine() as engine:
                ids = shown_cases(engine, CASES)
            with serving(database, bench.scratch) as server:
                each[size] = _figures(bench, server, size, ids)
        few, many = each
        bench.add(Figure(f"case page, {NAMES[kind]}, {many:,} cases over {few:,}", each[many] / each[few], "x",
                         mark=Mark(1.5, 1.1)))  # fmt: skip


def _figures(bench: Bench, server: Server, size: int, ids: list[str]) -> float:
    """The figures of one size; returns the CPU of one page."""
    cookie = sign_in(server.ports[0], COOKIE, EMAIL, PASSWORD)
    pages, hello = [Request("GET", f"/review/{each}", cookie) for each in ids], [Request("GET", HELLO)]
    here = f"{server.database.name}, {size:,} cases"
    bench.failed(f"case page, {here}", load(server.ports, pages, 4, LONGEST, most=len(pages)).failures)
    used: list[float] = []
    bare, shown = by_turns(
        [partial(load, server.ports, hello, 1, LONGEST, most=TIMES), partial(_in_turn, used, server, pages)],
        2,
    )
    bench.failed(f"case page, {here}", shown.failures)
    cpu = 1000 * sum(used) / max(1, len(shown.times))
    note = f"p50 {shown.ms(50):.1f}, p95 {shown.ms(95):.1f} ms"
    bench.add(Figure(f"case page, server and database, {here}", cpu, "CPU-ms", mark=MARK, note=note))
    bench.add(Figure(f"case page p50, {here}", shown.ms(50), "ms", bare.ms(50), "hello"))
    return cpu


def _in_turn(used: list[float], server: Server, pages: list[Request]) -> Outcome:
    """Open cases one after the other, and note the CPU seconds that took."""
    before = server.cpu()
    outcome = load(server.ports, deque(islice(cycle(pages), TIMES // 2)), 1, LONGEST)
    used.append(server.cpu() - before)
    return outcome
