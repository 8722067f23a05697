"""The product answering in this process, without a server: what a request costs it, and nothing of who asks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from cProfile import Profile
from io import BytesIO
from pathlib import Path
from time import process_time
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from benchmarks.clients import FORM
from benchmarks.patients import Answer


class InProcess:
    """Calls the app as a server does.

    `spent` is the CPU seconds of its last answer, without those of making the request and reading what came.
    `profiler` gives what listens while a request is answered, by its method and path; None while nobody does.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self.spent = 0.0
        self.profiler: Callable[[str, str], Profile] | None = None

    def __call__(self, method: str, path: str, cookie: str, body: str | None) -> Answer:
        """One request, and its whole answer."""
        environ, told = _environ(method, path, cookie, body), dict[str, Any]()

        def start(status: str, headers: list[tuple[str, str]], *_failure: Any) -> Callable[[bytes], object]:
            told.update(status=status, headers=headers)
            return lambda _: None

        listening = self.profiler(method, environ["PATH_INFO"]) if self.profiler else nullcontext()
        with listening:
            began = process_time()
            sent = _read(self._app.wsgi_app(environ, start))
            self.spent = process_time() - began
        headers = {name.lower(): value for name, value in told["headers"]}
        given = headers.get("set-cookie")
        return Answer(
            int(told["status"].split()[0]),
            headers.get("location", ""),
            given.partition(";")[0] if given else None,
            sent,
            headers.get("content-encoding") == "gzip",
        )


def _read(parts: Any) -> bytes:
    try:
        return b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()


def _environ(method: str, path: str, cookie: str, body: str | None) -> dict[str, Any]:
    """What a server gives the app."""
    address, sent = urlsplit(path), (body or "").encode()
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": address.path,
        "QUERY_STRING": address.query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(sent),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if cookie:
        environ["HTTP_COOKIE"] = cookie
    if body is not None:
        environ |= {"CONTENT_TYPE": FORM, "CONTENT_LENGTH": str(len(sent))}
    return environ


@contextmanager
def logging_to(file: Path) -> Iterator[None]:
    """Let the product write its log to a file, as a server's goes to a disk."""
    kept = sys.stderr
    with file.open("a") as log:
        sys.stderr = log
        try:
            yield
        finally:
            sys.stderr = kept
