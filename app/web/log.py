"""Logs: one event is one line of JSON, made of named ids, counts and words of ours.

What people typed has no way in: only the fields in ALLOWED are written, an error is its type and the lines it came
through without its message (a database's message quotes the row), and other libraries' messages are written without
what they were filled with.
"""

import logging
import sys
import time
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

import orjson
import structlog
from flask import Flask, Response, request
from structlog.typing import EventDict, Processor

from app.web.request import request_id

ALLOWED = frozenset(
    {
        *("timestamp", "level", "logger", "event", "request"),
        *("method", "endpoint", "status", "ms"),
        *("actor", "case", "flag", "row", "permission", "reason", "error", "where"),
    }
)
FRAMES = 12


def init_app(app: Flask) -> None:
    """Write one line for each request, with its endpoint and never its address."""
    _configure()

    @app.before_request
    def begin() -> None:
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request_id())
        request.environ["foreroom.began"] = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        began: float = request.environ.get("foreroom.began", time.perf_counter())
        _write_line(
            {
                "request": request_id(),
                "method": request.method,
                "endpoint": request.endpoint,
                "status": response.status_code,
                "ms": round((time.perf_counter() - began) * 1000, 1),
                "event": "request",
                "logger": "foreroom.request",
                "level": "info",
                "timestamp": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
            }
        )
        return response


def _write_line(event: EventDict) -> None:
    """Write a line of fields that are named where it is called. Past structlog and logging, which take ten times as
    long: each request has one. A log that cannot be written to fails no request, as with them.
    """
    with suppress(OSError, ValueError):
        sys.stderr.write(orjson.dumps(event).decode() + "\n")
        sys.stderr.flush()


def where(trace: TracebackType | None) -> list[str]:
    """The last lines an error came through, innermost last, without values."""
    return [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-FRAMES:]
    ]


def _configure() -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_allowed,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    if not any(isinstance(handler, _LineHandler) for handler in root.handlers):
        root.addHandler(_LineHandler())
    logging.getLogger("foreroom").setLevel(logging.INFO)
    # It names what must stay out: the address of a page.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)


class _LineHandler(logging.StreamHandler[TextIO]):
    """Writes to whatever standard error is at the time."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)
        foreign: list[Processor] = [
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _of_others,
            _only_allowed,
        ]
        self.setFormatter(
            structlog.stdlib.ProcessorFormatter(
                foreign_pre_chain=foreign,
                processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _as_json],
            )
        )

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)


def _of_others(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Another library's message as it was written in its code, and its error without the error's words."""
    record: logging.LogRecord = event["_record"]
    event["event"] = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
    if record.exc_info and record.exc_info[0]:
        event["error"] = record.exc_info[0].__name__
        event["where"] = where(record.exc_info[2])
        event.pop("exc_info", None)
    return event


def _only_allowed(_logger: Any, _method: str, event: EventDict) -> EventDict:
    return {name: value for name, value in event.items() if name in ALLOWED or name.startswith("_")}


def _as_json(_logger: Any, _method: str, event: EventDict) -> str:
    return orjson.dumps(event, default=str).decode()
