"""Work that no page waits for: mail leaves after the commit that calls for it. The queue is huey's, and holds ids only.

The records are the truth and the queue is a nudge: every minute a job looks in the records for what is due, and for
what a job that died left behind. So a queue that is lost, or that each of several machines has alone, loses nothing.
"""

from __future__ import annotations

import hmac
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
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

from app import codes, inviting, letters, mail, outbox
from app.extensions import db
from app.models import Invitation, Mail, SignInCode, short_id
from app.web.language import SPANISH, say_in
from app.web.request import current_settings, local, now

WORKERS = 2
LONGEST_PAUSE = 1.0
"""Seconds between two looks into an empty queue: what is asked for now leaves within a second or two."""
STOP_SECONDS = 25
Chore: TypeAlias = Callable[[Session, datetime], int]
"""Does some of a work in one transaction, and says how much it did: 0 when nothing is left."""

log = structlog.get_logger("foreroom.jobs")


class Jobs:
    """The queue of one app. It is a file of its own, made when it is first needed."""

    def __init__(self, app: Flask, chores: Sequence[Chore]) -> None:
        self.app = app
        self.chores = chores
        self.send: Any = None

    @cached_property
    def queue(self) -> Any:
        """huey, with what it can do."""
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
            deliver_due(app)

        self.send = made.task()(send)
        made.periodic_task(crontab(minute="*"))(look)
        made.periodic_task(crontab(minute="17"))(self.tidy)
        return made

    def tidy(self) -> None:
        """Do each chore until nothing is left of it. One that goes wrong is tried again in an hour."""
        for chore in self.chores:
            try:
                with self.app.app_context():
                    while True:
                        with db.sessionmaker.begin() as session:
                            if not chore(session, now()):
                                break
            except Exception as problem:
                log.error("chore not done", error=type(problem).__name__)

    def nudge(self, session: Session) -> None:
        """After a commit: have its mails sent. What goes wrong here is made good within a minute."""
        if session.in_nested_transaction():
            return
        for mail_id in session.info.pop(outbox.POSTED, ()):
            try:
                assert self.queue
                self.send(str(mail_id))
            except Exception as problem:
                log.error("queue unavailable", error=type(problem).__name__)


def init_app(app: Flask, chores: Sequence[Chore] = ()) -> None:
    """Give `app` a queue, which hears of every commit that wrote a mail. `chores` are done every hour."""
    jobs = Jobs(app, chores)
    app.extensions["jobs"] = jobs
    with app.app_context():
        made: sessionmaker[Session] = db.sessionmaker
    event.listen(made, "after_commit", jobs.nudge)
    event.listen(made, "after_rollback", lambda session: session.info.pop(outbox.POSTED, None))


class _Consumer(Consumer):  # type: ignore[misc] # it carries no types
    """A consumer among the server's threads: signals are the server's to handle."""

    def _set_signal_handlers(self) -> None:
        pass


@contextmanager
def running(app: Flask) -> Iterator[None]:
    """Do the work of `app` in threads of this process until the block ends, and end what is being done."""
    consumer = _Consumer(
        app.extensions["jobs"].queue,
        workers=WORKERS,
        max_delay=LONGEST_PAUSE,
        shutdown_timeout=STOP_SECONDS,
    )
    thread = threading.Thread(target=consumer.run, name="jobs", daemon=True)
    thread.start()
    try:
        yield
    finally:
        consumer.stop(graceful=True)
        thread.join(timeout=STOP_SECONDS)


def deliver_due(app: Flask) -> None:
    """Send every mail that is due, those of jobs that died among them."""
    with app.app_context():
        with db.sessionmaker.begin() as session:
            outbox.free_stale(session, now())
        with db.sessionmaker() as session:
            ids = list(outbox.due(session, now()))
    for mail_id in ids:
        try:
            deliver(app, mail_id)
        except Exception as problem:
            log.error("mail not sent", error=type(problem).__name__)


def deliver(app: Flask, mail_id: UUID) -> None:
    """Send one mail if it is due and nobody else does. Each step is committed before the next is taken."""
    with app.app_context():
        with db.sessionmaker.begin() as session:
            claimed = outbox.claim(session, now(), mail_id)
            if claimed is None:
                return
            letter = _letter(session, claimed)
            if letter is None:
                outbox.drop_claimed(claimed, now())
                return
            tries = claimed.tries
        try:
            if not _hand(letter, mail_id, tries):
                return
        except mail.Refused as problem:
            log.warning("mail refused", reason=str(problem))
            with db.sessionmaker.begin() as session:
                outbox.refused(session, now(), mail_id, tries, for_good=problem.for_good)
        except mail.Unsure:
            log.warning("mail may not have been taken")
            with db.sessionmaker.begin() as session:
                outbox.unsure(session, now(), mail_id, tries)
        else:
            with db.sessionmaker.begin() as session:
                outbox.sent(session, now(), mail_id, tries)


def _hand(letter: mail.Letter, mail_id: UUID, tries: int) -> bool:
    """Give the letter to the server, or put it into the folder of a demonstration."""

    def handing() -> bool:
        with db.sessionmaker.begin() as session:
            return outbox.hand_over(session, now(), mail_id, tries)

    settings = current_settings()
    if settings.mail is not None:
        return mail.send(settings.mail, letter, handing)
    if settings.mailbox is None:
        raise mail.Refused("no server")
    if not handing():
        return False
    mail.keep(settings.mailbox, letter)
    return True


def _letter(session: Session, wanted: Mail) -> mail.Letter | None:
    """What the mail says and whom it goes to, as things stand now; None when nobody is to have it any more."""
    settings = current_settings()
    clinic = settings.clinic
    if wanted.invitation_id is None:
        if clinic is None or wanted.case_id is None:
            return None
        return letters.alert(
            letters.Addressed(wanted.id, now(), clinic.on_call),
            f"{settings.base_url}/review/{wanted.case_id}",
            short_id(wanted.case_id),
            f"{local(wanted.created_at):%d %B, %H:%M}",
        )
    invitation = session.get_one(Invitation, wanted.invitation_id)
    link = inviting.link_of(session, invitation)
    if link is None:
        return None
    named = (clinic.name, clinic.phone) if clinic and settings.name_in_mail else None
    say = say_in(invitation.language) if settings.spanish and invitation.language == SPANISH else str
    to = letters.Addressed(wanted.id, now(), link["email"], named, say)
    if wanted.kind == "erased":
        return letters.erased(to)
    if invitation.cancelled_at or invitation.paused_at or invitation.expires_at <= now():
        return None
    if wanted.kind == "code":
        digits = codes.make(session, now(), session.get_one(SignInCode, wanted.code_id))
        return None if digits is None else letters.code(to, digits)
    if wanted.kind == "reminder" and inviting.was_sent(session, invitation):
        return None
    write = {"invitation": letters.invitation, "reminder": letters.reminder, "checkin": letters.check_in}
    return write[wanted.kind](to, f"{settings.base_url}/i/{link['token']}")
