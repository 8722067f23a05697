"""What tests of sending do to a worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Flask

from app.models import Delivery, Mail

TOKEN = "t" * 43


def at(app: Flask, moment: datetime) -> None:
    app.config["CLOCK"] = lambda: moment


def stored(records: Callable[[], Any], mail_id: UUID) -> tuple[Delivery, int]:
    with records() as session:
        found = session.get_one(Mail, mail_id)
        return found.state, found.tries


class Killed(BaseException):
    """The worker's process is gone: nothing after it runs."""


def die(*_args: object, **_more: object) -> None:
    raise Killed


def wait_for(holds: Callable[[], bool], seconds: float = 20) -> None:
    from time import monotonic, sleep

    end = monotonic() + seconds
    while not holds():
        assert monotonic() < end, "it does not come"
        sleep(0.05)
