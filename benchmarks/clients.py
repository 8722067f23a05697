"""The load: browsers as threads of this process, which is not the server's. http.client, one kept connection each."""

import gc
import re
import threading
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from time import perf_counter
from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"
TIMEOUT = 30


@dataclass(frozen=True)
class Request:
    """One request and the answer that counts as success: a status, and where a redirect must lead."""

    method: str
    path: str
    cookie: str = ""
    body: str | None = None
    status: int = 200
    location: str = ""

    def headers(self) -> dict[str, str]:
        """As a browser would send them, as far as they matter."""
        told = {"Host": "127.0.0.1"}
        if self.cookie:
            told["Cookie"] = self.cookie
        if self.body is not None:
            told["Content-Type"] = FORM
        return told


@dataclass
class Outcome:
    """What came of a load. `times` are seconds, of successes only; `failures` counts the others by what came back."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Successes a second."""
        return len(self.times) / self.seconds if self.seconds else 0.0

    def add(self, other: "Outcome") -> None:
        """Put another round's results to these."""
        self.seconds += other.seconds
        self.times += other.times
        self.failures += other.failures

    def ms(self, percentile: int) -> float:
        """The time within which so many of a hundred were answered."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, len(ordered) * percentile // 100)] * 1000 if ordered else 0.0


def load(
    ports: Sequence[int],
    requests: Sequence[Request] | deque[Request],
    clients: int,
    seconds: float,
    most: int | None = None,
) -> Outcome:
    """Send for so long, or `most` requests. A deque is used up, each request once; of a sequence, every client
    repeats its own.
    """
    outcome, ready = Outcome(), threading.Barrier(clients + 1)
    ends: list[float] = []
    lock, left = threading.Lock(), iter(range(most if most is not None else 1 << 60))

    def one(number: int) -> None:
        connection = HTTPConnection("127.0.0.1", ports[number % len(ports)], timeout=TIMEOUT)
        connection.connect()
        times: list[float] = []
        failures: Counter[str] = Counter()
        ready.wait()
        until = perf_counter() + seconds
        while perf_counter() < until:
            with lock:
                if next(left, None) is None:
                    break
            if isinstance(requests, deque):
                try:
                    request = requests.popleft()
                except IndexError:
                    break
            else:
                request = requests[number % len(requests)]
            began = perf_counter()
            told = _send(connection, request)
            took = perf_counter() - began
            if told:
                failures[told] += 1
            else:
                times.append(took)
        end = perf_counter()
        connection.close()
        with lock:
            ends.append(end)
            outcome.times += times
            outcome.failures += failures

    threads = [threading.Thread(target=one, args=(number,)) for number in range(clients)]
    gc.collect()
    gc.disable()  # what was prepared here is large, and a collection would count as the server's time
    try:
        for thread in threads:
            thread.start()
        ready.wait()
        began = perf_counter()
        for thread in threads:
            thread.join()
    finally:
        gc.enable()
    outcome.seconds = max(ends) - began
    return outcome


def by_turns(contestants: Sequence[Callable[[], Outcome]], rounds: int = 3) -> list[Outcome]:
    """Let each work in turn, several times, so that a passing disturbance meets them all."""
    totals = [Outcome() for _ in contestants]
    for _ in range(rounds):
        for total, contestant in zip(totals, contestants, strict=True):
            total.add(contestant())
    return totals


def _send(connection: HTTPConnection, request: Request) -> str:
    """Why the answer is not the one asked for; empty when it is."""
    try:
        connection.request(request.method, request.path, request.body, request.headers())
        answer = connection.getresponse()
        answer.read()
    except (OSError, HTTPException) as problem:
        connection.close()
        return type(problem).__name__
    location = answer.getheader("Location", "").partition("?")[0]  # what comes after says whose form it is
    if answer.status != request.status or not location.endswith(request.location):
        return f"{answer.status} {location}".strip()
    return ""


def sign_in(port: int, cookie_name: str, email: str, password: str) -> str:
    """Sign in as a person would, once. Returns the Cookie header. Raises RuntimeError when refused."""
    connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    connection.request("GET", "/account/login")
    page = connection.getresponse()
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.read().decode())
    assert found, "The sign-in page carries no token."
    body = urlencode({"csrf_token": found[1], "email": email, "password": password})
    headers = {"Content-Type": FORM, "Cookie": _cookie(page.headers.get_all("Set-Cookie"), cookie_name)}
    connection.request("POST", "/account/login", body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 303:
        raise RuntimeError(f"Signing in was answered with {answer.status}.")
    return _cookie(answer.headers.get_all("Set-Cookie"), cookie_name)


def page_text(port: int, path: str, cookie: str) -> tuple[str, str]:
    """A page, read once, and the Cookie header to go on with. Raises RuntimeError when it does not come."""
    connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} was answered with {answer.status}.")
    given = answer.headers.get_all("Set-Cookie")
    return text, _cookie(given, cookie.partition("=")[0]) if given else cookie


def _cookie(given: Sequence[str] | None, name: str) -> str:
    for line in given or ():
        if line.startswith(f"{name}="):
            return line.partition(";")[0]
    raise RuntimeError(f"No cookie {name} was given.")
