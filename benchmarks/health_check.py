"""A whole health check as its patient goes through it: every page opened, saved, and sent, and what that costs."""

from __future__ import annotations

import gc
import pstats
from collections import defaultdict
from cProfile import Profile
from time import process_time
from typing import TYPE_CHECKING

from app.web.extensions import db
from benchmarks.in_process import InProcess, logging_to
from benchmarks.patients import OPENED, OTHER, SAVED, SIGNED, again, kind_of
from benchmarks.report import Figure, Mark
from benchmarks.servers import product, serving
from benchmarks.statements import counted
from benchmarks.walks import walk_all

if TYPE_CHECKING:
    from flask import Flask

    from benchmarks.bench import Bench
    from benchmarks.databases import Database
    from benchmarks.patients import Patient

WHOLE = Mark(0.15, 0.10)
"""CPU seconds of a whole health check."""
MARKS = {
    "sqlite": {OPENED: Mark(2.5, 1.5), SAVED: Mark(3.5, 2.5), SIGNED: Mark(3.5, 2.6)},
    "postgresql": {OPENED: Mark(2.5, 1.5), SAVED: Mark(3.5, 2.5), SIGNED: Mark(5, 3.5)},
}
"""CPU milliseconds of one request, those of the database's own processes among them."""
PROFILED = (OPENED, SAVED, SIGNED)
LINES = 40
"""How much of a profile is printed."""


def measure(bench: Bench) -> None:
    """On both databases: in this process, where nothing but the product is counted, and over a real server."""
    for kind in bench.kinds("health-check"):
        with bench.databases.new(kind) as database:
            with product(database, bench.scratch) as app, logging_to(bench.scratch / "product.log"):
                patients = bench.patients(app)
                _in_process(bench, app, database, patients)
            _over_http(bench, database, patients)


def _in_process(bench: Bench, app: Flask, database: Database, patients: list[Patient]) -> None:
    """CPU of each kind of request, and of all of a patient's."""
    send = InProcess(app)
    # The first time counts statements and warms what the product keeps; it is not timed.
    statements: dict[str, list[int]] = defaultdict(list)
    with counted(db.engine) as sent:
        for patient in patients:
            for kind in again(patient, send):
                statements[kind].append(sent.taken())
    spent: dict[str, list[float]] = defaultdict(list)
    gc.collect()
    gc.freeze()  # what the benchmark itself holds must not be searched through in the product's time
    try:
        for _ in range(1 if bench.quick else 2):
            for patient in patients:
                before = database.cpu()
                for kind in again(patient, send):
                    after = database.cpu()
                    spent[kind].append(send.spent + after - before)
                    before = after
    finally:
        gc.unfreeze()
    walks = len(spent[SIGNED])
    requests = sum(map(len, spent.values())) / walks
    whole = sum(map(sum, spent.values())) / walks
    bench.add(Figure(f"whole health check, in process, {database.name}", whole, "CPU-s", mark=WHOLE,
                     note=f"{requests:.0f} requests"))  # fmt: skip
    for kind in (OPENED, SAVED, SIGNED, OTHER):
        times = sorted(spent[kind])
        share = 100 * sum(times) / walks / whole
        note = f"median {times[len(times) // 2] * 1000:.2f}, {share:.0f}% of it"
        note += f", {_mean(statements[kind]):.1f} statements"
        bench.add(Figure(f"health check, a page {kind}, {database.name}", 1000 * _mean(times), "CPU-ms",
                         mark=MARKS[database.kind].get(kind), note=note))  # fmt: skip
    if bench.profile:
        _print_profiles(send, patients, database.name)


def _over_http(bench: Bench, database: Database, patients: list[Patient]) -> None:
    """CPU of a whole health check at a real server, its reading of requests and writing of answers with it."""
    with serving(database, bench.scratch) as server:
        bench.failed("first health checks", walk_all(server, patients, 8, 8).failures)
        walked = walk_all(server, patients, 8, 8 if bench.quick else 16)
    here = f"whole health check, server and database, {database.name}, 8 clients"
    bench.failed(here, walked.failures)
    each = walked.cpu / max(1, walked.finished)
    note = f"{walked.finished / walked.seconds:.2f}/s, {walked.requests / walked.seconds:.0f} requests/s"
    bench.add(Figure(here, each, "CPU-s", mark=WHOLE, note=note))


def _print_profiles(send: InProcess, patients: list[Patient], database: str) -> None:
    """Where the CPU time of each kind of request goes, as cProfile sees it: calls weigh more in it than they do."""
    profiles: dict[str, Profile] = defaultdict(lambda: Profile(process_time))
    send.profiler = lambda method, path: profiles[kind_of(method, path)]
    for patient in patients:
        for _ in again(patient, send):
            pass
    send.profiler = None
    for kind in PROFILED:
        print(f"\n=== a page {kind}, {database}, {len(patients)} people")
        pstats.Stats(profiles[kind]).strip_dirs().sort_stats("cumulative").print_stats(LINES)


def _mean(values: list[float] | list[int]) -> float:
    return sum(values) / len(values)
