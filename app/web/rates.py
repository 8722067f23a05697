"""How often something may be sent: counted in this process's memory, and asked at the views that have a limit."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from math import ceil
from time import time
from typing import Any

from flask import Flask, make_response, request
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

RATE_LIMITER = "rate_limiter"
"""The key of the app's extensions that holds its counts. With several processes, each has counts of its own."""


def limit_posts(
    app: Flask,
    endpoint: str,
    *limits: tuple[str, Callable[[], str]],
    counted: Callable[[Response], bool] | None = None,
) -> None:
    """Refuse what is posted to a view more often than it may be. Called once the view is registered.

    `limits`: how often ("10 per hour"), each with a function that names who sends; `counted`: which responses count,
    None for everything that is sent. Beyond any of them the view answers 429, with the seconds to wait.
    """
    limiter: MovingWindowRateLimiter = app.extensions.setdefault(
        RATE_LIMITER, MovingWindowRateLimiter(MemoryStorage())
    )
    parsed = [(parse(most), sender) for most, sender in limits]
    view: Callable[..., Any] = app.view_functions[endpoint]

    @wraps(view)
    def limited(**values: Any) -> Response:
        if request.method != "POST":
            return make_response(view(**values))
        counts = [(most, f"{endpoint} {sender()}") for most, sender in parsed]
        # What counts whatever comes of it is counted in the step that asks: of many sent at once, none slips through.
        allowed = limiter.hit if counted is None else limiter.test
        for most, key in counts:
            if not allowed(most, key):
                wait = limiter.get_window_stats(most, key).reset_time - time()
                raise TooManyRequests(retry_after=max(1, ceil(wait)))
        response = make_response(view(**values))
        if counted is not None and counted(response):
            for most, key in counts:
                limiter.hit(most, key)
        return response

    app.view_functions[endpoint] = limited


def sender_address() -> str:
    """The network address that the request came from."""
    return request.remote_addr or ""
