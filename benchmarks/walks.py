"""Many patients at once, each going through a whole health check over HTTP."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.clients import FORM, TIMEOUT
from benchmarks.patients import Answer, Patient, WrongAnswer, again

if TYPE_CHECKING:
    from benchmarks.servers import Server


@dataclass
class Walked:
    """What came of it: how many finished, in how many seconds, and what the server and its database used of the CPU."""

    finished: int = 0
    requests: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    failures: Counter[str] = field(default_factory=Counter)


class OverHttp:
    """Sends over one kept connection, as one browser does."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)

    def __call__(self, method: str, path: str, cookie: str, body: str | None) -> Answer:
        """One request, and its whole answer."""
        told = {"Host": "127.0.0.1", "Accept-Encoding": "gzip"}
        if cookie:
            told["Cookie"] = cookie
        if body is not None:
            told["Content-Type"] = FORM
        self._connection.request(method, path, body, told)
        answer = self._connection.getresponse()
        sent, given = answer.read(), answer.getheader("Set-Cookie")
        return Answer(
            answer.status,
            answer.getheader("Location", ""),
            given.partition(";")[0] if given else None,
            sent,
            answer.getheader("Content-Encoding") == "gzip",
        )

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()


def walk_all(server: Server, patients: Sequence[Patient], clients: int, count: int) -> Walked:
    """Let so many health checks be filled in and sent, by as many browsers at once as `clients`."""
    walked, lock = Walked(), threading.Lock()
    waiting = deque(patients[number % len(patients)] for number in range(count))

    def one(number: int) -> None:
        send = OverHttp(server.ports[number % len(server.ports)])
        while True:
            try:
                patient = waiting.popleft()
            except IndexError:
                break
            try:
                requests = sum(1 for _ in again(patient, send))
            except (OSError, HTTPException, WrongAnswer, StopIteration, RuntimeError) as problem:
                with lock:
                    walked.failures[f"{type(problem).__name__}: {problem}"] += 1
                continue
            with lock:
                walked.finished += 1
                walked.requests += requests
        send.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(clients)]
    before, began = server.cpu(), perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    walked.seconds, walked.cpu = perf_counter() - began, server.cpu() - before
    return walked
