"""Taking every case out as CSV: rows a second, and what it does to the server's memory."""

from __future__ import annotations

import csv
import io
import re
from http.client import HTTPConnection
from time import perf_counter, process_time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.commands.staff import make_user
from app.questionnaire.columns import headings
from app.questionnaire.intake import INTAKE
from app.web.clock import now
from app.web.extensions import db
from benchmarks.clients import FORM, page_text, sign_in
from benchmarks.machine import forget_peak, peak_mib, resident_mib
from benchmarks.people import Browsers, Copies, Kept, fill, ring_here
from benchmarks.report import Figure, Mark
from benchmarks.servers import Server, product, serving

if TYPE_CHECKING:
    from benchmarks.bench import Bench

EMAIL, PASSWORD = "admin@bench.example", "a bench is for sitting on"
CHUNK = 1 << 16


def measure(bench: Bench) -> None:
    """One export on both databases, with all answers, screenings and flags behind it."""
    count = 1_000 if bench.quick else 5_000
    for kind in bench.kinds("export"):
        with bench.databases.new(kind) as database:
            with product(database, bench.scratch) as app, database.engine() as engine:
                with db.sessionmaker.begin() as session:
                    make_user(session, now(), EMAIL, "Adam Bench", "admin", PASSWORD)
                people, copies = bench.people(app), Copies(ring_here())
                fill(engine, copies, count, lambda number: copies.add(people[number % len(people)]))  # noqa: B023
                cookie_name = Browsers(app).cookie_name
            database.settle()
            with serving(database, bench.scratch) as server:
                cookie = sign_in(server.ports[0], cookie_name, EMAIL, PASSWORD)
                page, cookie = page_text(server.ports[0], "/export/", cookie)
                resting = resident_mib(server.pids[0])
                forget_peak(server.pids[0])
                before, began = server.cpu(), perf_counter()
                body = _download(server, page, cookie)
                seconds, cpu = perf_counter() - began, server.cpu() - before
                growth = peak_mib(server.pids[0]) - resting
        rows = list(csv.reader(io.StringIO(body.decode(), newline="")))
        if len(rows) != count + 1 or rows[0] != headings(INTAKE):
            raise RuntimeError(f"The file holds {len(rows) - 1} rows, not {count}.")
        width = len(rows[0])
        ceiling = _opened_and_written(people, rows[1:2_001])
        rate = count / cpu
        note = (
            f"{width} columns, {len(body) / count / 1000:.1f} kB a row, {count / seconds:.0f}/s by the clock"
        )
        for figure in (
            Figure(f"CSV, rows a CPU second, {database.name}, {count:,} cases", rate, "rows/s", ceiling,
                   "decrypt + orjson + csv writer",
                   Mark(0.35, 0.5, "fraction"), note),
            Figure(f"CSV, growth of memory, {database.name}", growth, "MiB", mark=Mark(40, 10),
                   note=f"from {resting:.0f}"),
        ):  # fmt: skip
            bench.add(figure)


def _download(server: Server, page: str, cookie: str) -> bytes:
    """Ask for the file as the export page does, and read all of it."""
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token, "The export page carries no token."
    connection = HTTPConnection("127.0.0.1", server.ports[0], timeout=120)
    body = urlencode({"csrf_token": token[1], "reason": "quality"})
    connection.request("POST", "/export/cases.csv", body, {"Content-Type": FORM, "Cookie": cookie})
    answer = connection.getresponse()
    if answer.status != 200:
        raise RuntimeError(f"The export was answered with {answer.status}.")
    parts = []
    while part := answer.read(CHUNK):
        parts.append(part)
    connection.close()
    return b"".join(parts)


def _opened_and_written(people: list[Kept], rows: list[list[str]]) -> float:
    """Rows a second of nothing but decrypting and reading what is sealed of each, and writing its finished cells."""
    cipher, nonce = AESGCM(bytes(32)), bytes(12)
    sealed = [
        [cipher.encrypt(nonce, orjson.dumps(value), None) for value in kept.opened.values() if value]
        for kept in people
    ]
    began = process_time()
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for number, row in enumerate(rows):
        for document in sealed[number % len(sealed)]:
            orjson.loads(cipher.decrypt(nonce, document, None))
        writer.writerow(row)
    text.getvalue().encode()
    return len(rows) / (process_time() - began)
