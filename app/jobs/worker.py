"""The queue and the threads that work it off: mail leaves after the commit that calls for it.

The queue is huey's, and holds ids only. Alerts to the person on call have a thread of their own, and are in no queue.

The records are the truth and the queue is a nudge: every minute a job looks in the records for what is due, and for
what a job that died left behind. So a queue that is lost, or that each of several machines has alone, loses nothing.
"""

from __future__ import annotations

import hmac
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, TypeAlias
from uuid import UUID

import structlog
from flask import Flask
from huey import SqliteHuey, crontab
from huey.consumer import Consumer
from huey.serializer import SignedSerializer
from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from app.core.act import Act
from app.jobs.sending import deliver, deliver_alerts, deliver_others
from app.mail import outbox
from app.models import MailKind
from app.web.act import system_act
from app.web.extensions import db

WORKERS = 2
LONGEST_PAUSE = 1.0
"""Seconds between two looks into an empty queue: what is asked for now leaves within a second or two."""
LOOK_FOR_ALERTS = 5.0
"""Seconds between two looks for alerts that are to be tried again, or that another process posted."""
STOP_SECONDS = 25
Chore: TypeAlias = Callable[[Act], int]
"""Processes one batch in one transaction. Returns the number of rows handled, 0 when nothing is left."""

log = structlog.get_logger("foreroom.jobs")


class JobQueue:
    """The queue of one app. It is a file of its own, made when it is first needed."""

    def __init__(self, app: Flask, chores: Sequence[Chore]) -> None:
        self.app = app
        self.chores = chores
        self.send: Any = None
        self.alert_posted = threading.Event()
        """Set when an alert was committed: the alert thread looks at once."""
        self.alerts_retried = False
        """Whether this process has made the alerts due again that were given up before it began."""

    @cached_property
    def queue(self) -> Any:
        """The huey instance, with its tasks."""
        settings = self.app.config["SETTINGS"]
        settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Pickled by default: whoever could write the file could run code.
        secret = hmac.digest(settings.secret_key, b"jobs", "sha256")
        made = SqliteHuey(
            "foreroom",
            filename=str(settings.instance / "jobs.sqlite"),
            results=False,
            serializer=SignedSerializer(secret=secret),
        )
        app = self.app

        def send(mail_id: str) -> None:
            deliver(app, UUID(mail_id))

        def look() -> None:
            deliver_others(app)

        self.send = made.task()(send)
        made.periodic_task(crontab(minute="*"))(look)
        made.periodic_task(crontab(minute="17"))(self.do_chores)
        return made

    @property
    def sender(self) -> Any:
        """The task that sends one mail: made with the queue, when that is first needed."""
        return self.send if self.queue is not None else None

    def do_chores(self) -> None:
        """Do each chore until nothing is left of it. One that goes wrong is tried again in an hour."""
        for chore in self.chores:
            try:
                with self.app.app_context():
                    while True:
                        with db.sessionmaker.begin() as session:
                            if not chore(system_act(session)):
                                break
            except Exception as problem:
                log.error("chore not done", error=type(problem).__name__)

    def enqueue_posted(self, session: Session) -> None:
        """After a commit: have its mails sent. What goes wrong here is made good within a minute."""
        if session.in_nested_transaction():
            return
        for mail_id, kind in session.info.pop(outbox.POSTED, ()):
            if kind == MailKind.ALERT:
                self.alert_posted.set()
                continue
            try:
                self.sender(str(mail_id))
            except Exception as problem:
                log.error("queue unavailable", error=type(problem).__name__)


def init_app(app: Flask, chores: Sequence[Chore] = ()) -> None:
    """Give `app` a queue that takes the mails of every commit. `chores` are done every hour."""
    jobs = JobQueue(app, chores)
    app.extensions["jobs"] = jobs
    with app.app_context():
        made: sessionmaker[Session] = db.sessionmaker
    event.listen(made, "after_commit", jobs.enqueue_posted)
    event.listen(made, "after_rollback", lambda session: session.info.pop(outbox.POSTED, None))


class _Consumer(Consumer):  # type: ignore[misc] # it carries no types
    """A consumer among the server's threads: signals are the server's to handle."""

    def _set_signal_handlers(self) -> None:
        pass


@contextmanager
def running(app: Flask) -> Iterator[None]:
    """Work off the queue of `app` in threads of this process until the block ends; jobs that run are finished."""
    consumer = _Consumer(
        app.extensions["jobs"].queue,
        workers=WORKERS,
        max_delay=LONGEST_PAUSE,
        shutdown_timeout=STOP_SECONDS,
    )
    stopped = threading.Event()
    threads = [
        threading.Thread(target=consumer.run, name="jobs", daemon=True),
        threading.Thread(target=_send_alerts_until, args=(app, stopped), name="alerts", daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopped.set()
        app.extensions["jobs"].alert_posted.set()
        consumer.stop(graceful=True)
        for thread in threads:
            thread.join(timeout=STOP_SECONDS)


def _send_alerts_until(app: Flask, stopped: threading.Event) -> None:
    """Send alerts and no other mail until `stopped` is set: no server that hangs with another is in their way."""
    posted = app.extensions["jobs"].alert_posted
    while not stopped.is_set():
        posted.clear()
        try:
            deliver_alerts(app)
        except Exception as problem:
            log.error("alerts not looked for", error=type(problem).__name__)
        posted.wait(LOOK_FOR_ALERTS)
