"""A page of questions: opening it over HTTP, and saving it, which a patient does thirty times."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy import Engine

from app.intake.draft import SIGN_PAGE, START_PAGE, Draft
from app.intake.progress import Progress
from app.questionnaire.intake import INTAKE
from app.questionnaire.pages import Page
from app.web.clock import today
from benchmarks.clients import Request, load
from benchmarks.databases import Database
from benchmarks.people import Browsers, Copies, Kept, fill, ring_here
from benchmarks.processes import Speed, against_one
from benchmarks.report import Figure, Mark
from benchmarks.serve import HELLO
from benchmarks.servers import product, serving

if TYPE_CHECKING:
    from benchmarks.bench import Bench

HERE = "http://127.0.0.1"
CPU = {"open a page": Mark(2.5, 1.5), "save a page": Mark(3.5, 2.5)}
"""CPU milliseconds of server and database."""


def measure(bench: Bench) -> None:
    """Whole requests on both databases; on PostgreSQL with two processes, too."""
    for kind in bench.kinds("page"):
        with bench.databases.new(kind) as database:
            with product(database, bench.scratch) as app, database.engine() as engine:
                people = bench.people(app)
                opens, saves = _prepare(app, engine, people, 20 if bench.quick else 160)
            database.settle()
            one = _load(bench, database, opens, saves, 1)
            if kind == "postgresql" and not bench.quick:
                two = _load(bench, database, opens, saves, 2)
                for name, speed in one.items():
                    bench.add(against_one(name, speed, two[name]))


def _prepare(
    app: Flask, engine: Engine, people: list[Kept], count: int
) -> tuple[deque[Request], deque[Request]]:
    """Store drafts. Returns the requests that open each of their pages, and those that save it as it is."""
    copies, browsers = Copies(ring_here()), Browsers(app)
    opens, saves = deque[Request](), deque[Request]()

    def add(number: int) -> None:
        kept = people[number % len(people)].unsigned()
        case = copies.add(kept)
        cookie = browsers.cookie(case["id"])
        versions = kept.opened["case.sealed_answers"]["saved"]
        for page in _asked(app, kept):
            hidden = {
                "version": str(versions.get(page.id, 0)),
                "submission": str(case["submission_id"]),
            }
            body = browsers.body(case["id"], page, kept.answers, hidden)
            opens.append(Request("GET", f"/intake/{page.id}", cookie))
            saves.append(Request("POST", f"/intake/{page.id}", cookie, body, 303))

    fill(engine, copies, count, add)
    return _by_turns(opens), _by_turns(saves)


def _by_turns(requests: deque[Request]) -> deque[Request]:
    """The first page of everybody, then the second of everybody: a patient fills in one page at a time, and clients
    that save pages of one form together would wait for each other.
    """
    turns: Counter[str] = Counter()
    placed: list[tuple[int, int]] = []
    for number, request in enumerate(requests):
        placed.append((turns[request.cookie], number))
        turns[request.cookie] += 1
    return deque(requests[number] for _, number in sorted(placed))


def _load(
    bench: Bench, database: Database, opens: deque[Request], saves: deque[Request], processes: int
) -> dict[str, Speed]:
    """Pages opened, then saved, by 8 browsers and by 32; returns the speed of each with 8."""
    speeds: dict[str, Speed] = {}
    with serving(database, bench.scratch, processes) as server:
        load(server.ports, [Request("GET", HELLO)], 8, 5, most=200)
        for name, requests in (("open a page", opens), ("save a page", saves)):
            bench.failed(f"first times to {name}", load(server.ports, requests, 8, 30, most=48).failures)
            rates: dict[int, float] = {}
            for clients in (8, 32) if processes == 1 else (8,):
                hello = load(server.ports, [Request("GET", HELLO)], clients, bench.seconds / 4)
                before = server.cpu()
                done = load(server.ports, requests, clients, bench.seconds * 3 / 4)
                each = 1000 * (server.cpu() - before) / max(1, len(done.times))
                here = f"{name}, {database.name}, {clients} clients"
                here += f", {processes} processes" if processes > 1 else ""
                bench.failed(here, done.failures)
                bench.add(
                    Figure(here, done.rate, "/s", hello.rate, "hello", note=f"p95 {done.ms(95):.0f} ms")
                )
                rates[clients] = done.rate
                if clients == 8:
                    speeds[name] = Speed(done.rate, each)
                    bench.add(Figure(f"{name}, server and database, {here.partition(', ')[2]}", each, "CPU-ms",
                                     mark=CPU[name]))  # fmt: skip
            if 32 in rates:
                bench.add(Figure(f"{name}, {database.name}, 32 clients against 8", rates[32], "/s", rates[8],
                                 "with 8", Mark(0.95, 1.0, "fraction")))  # fmt: skip
    return speeds


def _asked(app: Flask, kept: Kept) -> Iterator[Page]:
    """The pages this person filled in."""
    with app.test_request_context(base_url=HERE):
        progress = Progress.of(Draft(kept.answers), today(), kept.case["jurisdiction"])
    for page in INTAKE.pages:
        if page.id not in (START_PAGE, SIGN_PAGE) and progress.is_asked(page):
            yield page
