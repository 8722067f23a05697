"""From the start of `flask serve` to its first answer, as a clinic waits for it after a restart."""

from __future__ import annotations

import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import TYPE_CHECKING

from benchmarks.databases import ROOT
from benchmarks.machine import cpu_seconds
from benchmarks.report import Figure, Mark
from benchmarks.servers import environment_of, product

if TYPE_CHECKING:
    from benchmarks.bench import Bench
    from benchmarks.databases import Database

TIMES = 3
LONGEST = 60
"""Seconds after which a server that does not answer is given up."""


def measure(bench: Bench) -> None:
    """Seconds to the first page on SQLite, beside what Python and Flask alone take."""
    with bench.databases.new("sqlite") as database:
        with product(database, bench.scratch):
            pass  # its rulebook is signed: without, no form opens
        runs = [_first_answer(database, bench.scratch) for _ in range(1 if bench.quick else TIMES)]
    began = perf_counter()
    subprocess.run(
        [sys.executable, "-c", "import flask, sqlalchemy.orm, waitress.server"], check=True, cwd=ROOT
    )
    bare = perf_counter() - began
    seconds, cpu = (median(each) for each in zip(*runs, strict=True))
    bench.add(Figure("first answer after start", seconds, "s", bare, "importing Flask, SQLAlchemy and waitress",
                     Mark(2, 1)))  # fmt: skip
    bench.add(Figure("first answer after start, CPU", cpu, "CPU-s"))


def _first_answer(database: Database, scratch: Path) -> tuple[float, float]:
    """Seconds, and CPU seconds, until the start page was answered. Raises RuntimeError when it is not."""
    port = _free_port()
    command = [str(Path(sys.executable).parent / "flask"), "serve", "--port", str(port)]
    with (scratch / "server.log").open("ab") as log:
        began = perf_counter()
        running = subprocess.Popen(
            command, cwd=ROOT, env=environment_of(database, scratch), stdout=log, stderr=log
        )
        try:
            while perf_counter() - began < LONGEST and running.poll() is None:
                if _answers(port):
                    return perf_counter() - began, cpu_seconds(running.pid)
                sleep(0.005)
        finally:
            running.terminate()
            running.wait(timeout=20)
    raise RuntimeError(f"flask serve gave no answer and ended with {running.returncode}.")


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    try:
        connection.request("GET", "/", headers={"Host": "127.0.0.1"})
        return connection.getresponse().status == 200
    except ConnectionRefusedError:
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
