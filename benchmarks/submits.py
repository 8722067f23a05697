"""How many forms a second can be sent, how long that takes, and what it costs."""

from __future__ import annotations

from collections import deque
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from sqlalchemy import Column, Engine, LargeBinary, MetaData, Table, Uuid, insert
from uuid_utils.compat import uuid7

from app.questionnaire.intake import INTAKE
from benchmarks.clients import Outcome, Request, by_turns, load
from benchmarks.databases import Database
from benchmarks.people import Browsers, Copies, Kept, fill, ring_here
from benchmarks.processes import Speed, against_one
from benchmarks.report import Figure, Mark
from benchmarks.serve import HELLO
from benchmarks.servers import Server, product, serving

if TYPE_CHECKING:
    from flask import Flask

    from benchmarks.bench import Bench

SIGN, SENT = "/intake/sign", "/intake/confirmation"
CLIENTS = (8, 32)
MARKED = 8
"""How many clients the marks are for."""
CPU = {"sqlite": Mark(3.5, 2.6), "postgresql": Mark(5, 3.5)}
"""CPU milliseconds of server and database for one form sent."""
MOST_A_SECOND = 450
"""Forms prepared for each second of load. A server that is faster runs out of them, and its rate stays right."""
WARM, ROUNDS = 24, 2


def measure(bench: Bench) -> None:
    """Every number of clients on both databases; then two processes on PostgreSQL, which the rates are asked of."""
    for kind in bench.kinds("submits"):
        with bench.databases.new(kind) as database:
            twice = kind == "postgresql" and not bench.quick
            with product(database, bench.scratch) as app, database.engine() as engine:
                people = bench.people(app)
                alone = _insert_and_commit(engine, _bytes_a_form(people), bench.seconds / 2)
                count = 2 * WARM + int((len(CLIENTS) + twice) * MOST_A_SECOND * bench.seconds)
                forms = prepare(app, engine, people, count)
            database.settle()
            one = _load(bench, database, forms, alone, 1, CLIENTS)
            if twice:
                two = _load(bench, database, forms, alone, 2, (MARKED,))
                bench.add(against_one("submits", one, two))


def prepare(app: Flask, engine: Engine, people: list[Kept], count: int) -> deque[Request]:
    """Store drafts with every page but the last saved. Returns the request that signs and sends each."""
    copies, browsers, requests = Copies(ring_here()), Browsers(app), deque[Request]()
    drafts = [(kept.unsigned(), kept.answers) for kept in people]

    def add(number: int) -> None:
        kept, answers = drafts[number % len(drafts)]
        case = copies.add(kept)
        hidden = {"version": "0", "submission": str(case["submission_id"])}
        body = browsers.body(case["id"], INTAKE.pages[-1], answers, hidden)
        requests.append(Request("POST", SIGN, browsers.cookie(case["id"]), body, 303, SENT))

    fill(engine, copies, count, add)
    return requests


def _load(
    bench: Bench,
    database: Database,
    forms: deque[Request],
    alone: float,
    processes: int,
    loads: tuple[int, ...],
) -> Speed:
    """The figures of so many processes; returns the speed with the number of clients that marks are for."""
    rates: dict[int, float] = {}
    speed = Speed(0, 0)
    with serving(database, bench.scratch, processes) as server:
        load(server.ports, [Request("GET", HELLO)], 8, 5, most=200)
        bench.failed("first submits", load(server.ports, forms, 8, 30, most=WARM).failures)
        for clients in loads:
            used: list[float] = []
            hello, sent = by_turns(
                [
                    partial(load, server.ports, [Request("GET", HELLO)], clients, bench.seconds / 2 / ROUNDS),
                    partial(_counted, used, server, forms, clients, bench.seconds / ROUNDS),
                ],
                ROUNDS,
            )
            rates[clients] = sent.rate
            here = f"{database.name}, {clients} client{'s' if clients > 1 else ''}"
            here += f", {processes} processes" if processes > 1 else ""
            bench.failed(f"submit, {here}", sent.failures)
            each = 1000 * sum(used) / max(1, len(sent.times))
            if clients == MARKED:
                speed = Speed(sent.rate, each)
            asked = (400, None) if database.kind == "sqlite" else (300, 500)
            core = alone * processes
            for figure in (
                Figure(f"submits, {here}", sent.rate, "/s", mark=_at_8(clients, *asked)),
                Figure(f"submits, {here}", sent.rate, "/s", hello.rate, "hello",
                       _at_8(clients, 0.1, 0.2, fraction=True)),
                Figure(f"submits, {here}", sent.rate, "/s", core, f"Core insert + commit x {processes}",
                       _at_8(clients, 0.3, 0.5, fraction=True)),
                Figure(f"submit p95, {here}", sent.ms(95), "ms", hello.ms(95), "hello", _at_8(clients, 45, 25),
                       f"p50 {sent.ms(50):.1f}"),
                Figure(f"submit CPU, server and database, {here}", each, "CPU-ms",
                       mark=CPU[database.kind] if clients == MARKED else None),
            ):  # fmt: skip
                bench.add(figure)
    if 32 in rates:
        name = f"submits, {database.name}, 32 clients against 8"
        bench.add(Figure(name, rates[32], "/s", rates[MARKED], "with 8", Mark(0.95, 1.0, "fraction")))
    return speed


def _counted(
    used: list[float], server: Server, forms: deque[Request], clients: int, seconds: float
) -> Outcome:
    """Send forms, and note the CPU seconds that took."""
    before = server.cpu()
    outcome = load(server.ports, forms, clients, seconds)
    used.append(server.cpu() - before)
    return outcome


def _at_8(clients: int, must: float, good: float | None, *, fraction: bool = False) -> Mark | None:
    return Mark(must, good, "fraction" if fraction else "figure") if clients == MARKED else None


def _bytes_a_form(people: list[Kept]) -> int:
    """What sending one writes: the sealed columns of the case and of its last screening's flags."""
    total = 0
    for kept in people:
        total += sum(
            len(kept.case[name]) for name in ("sealed_answers", "sealed_summary", "sealed_signature")
        )
        total += sum(len(flag["sealed_evidence"]) for flag, _ in kept.screenings[-1][1])
    return total // len(people)


def _insert_and_commit(engine: Engine, size: int, seconds: float) -> float:
    """How often a second one thread inserts a row of as many bytes, and one like an audit row, and commits."""
    tables = MetaData()
    forms, log = (
        Table(name, tables, Column("id", Uuid, primary_key=True), Column("body", LargeBinary))
        for name in ("bench_form", "bench_log")
    )
    tables.create_all(engine)
    body, line = bytes(size), bytes(300)
    done, began = 0, perf_counter()
    while perf_counter() - began < seconds:
        with engine.begin() as connection:
            connection.execute(insert(forms), {"id": uuid7(), "body": body})
            connection.execute(insert(log), {"id": uuid7(), "body": line})
        done += 1
    rate = done / (perf_counter() - began)
    tables.drop_all(engine)
    return rate
