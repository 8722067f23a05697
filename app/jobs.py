"""Work that no page waits for: mail leaves after the commit that calls for it. The queue is huey's, and holds ids only.
Alerts to whoever is on call have a worker of their own, and are in no queue.

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
from sqlalchemy.exc import InterfaceError, NoResultFound, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session, sessionmaker

from app.core.act import Act
from app.invitations import codes
from app.invitations import service as invitations
from app.mail import letters, outbox, smtp
from app.models import Invitation, Mail, SignInCode, Trouble, short_id
from app.models.sealing import SealBroken
from app.web.act import system_act
from app.web.extensions import db
from app.web.language import SPANISH, say_in
from app.web.request import current_settings, local, now

WORKERS = 2
LONGEST_PAUSE = 1.0
"""Seconds between two looks into an empty queue: what is asked for now leaves within a second or two."""
LOOK_FOR_ALERTS = 5.0
"""Seconds between two looks for alerts that are to be tried again, or that another process posted."""
STOP_SECONDS = 25
DATABASE_AWAY = (OperationalError, InterfaceError, PoolTimeoutError)
Chore: TypeAlias = Callable[[Act], int]
"""Does some of a work in one transaction, and says how much it did: 0 when nothing is left."""

log = structlog.get_logger("foreroom.jobs")


class Jobs:
    """The queue of one app. It is a file of its own, made when it is first needed."""

    def __init__(self, app: Flask, chores: Sequence[Chore]) -> None:
        self.app = app
        self.chores = chores
        self.send: Any = None
        self.alert_posted = threading.Event()
        self.began = False
        """Whether this process took up the alerts that were given up before."""

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
            deliver_others(app)

        self.send = made.task()(send)
        made.periodic_task(crontab(minute="*"))(look)
        made.periodic_task(crontab(minute="17"))(self.tidy)
        return made

    @property
    def sender(self) -> Any:
        """What asks for a mail to be sent: made with the queue, when that is first needed."""
        return self.send if self.queue is not None else None

    def tidy(self) -> None:
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

    def nudge(self, session: Session) -> None:
        """After a commit: have its mails sent. What goes wrong here is made good within a minute."""
        if session.in_nested_transaction():
            return
        for mail_id, kind in session.info.pop(outbox.POSTED, ()):
            if kind == outbox.ALERT:
                self.alert_posted.set()
                continue
            try:
                self.sender(str(mail_id))
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
    stopped = threading.Event()
    threads = [
        threading.Thread(target=consumer.run, name="jobs", daemon=True),
        threading.Thread(target=_keep_alerting, args=(app, stopped), name="alerts", daemon=True),
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


def _keep_alerting(app: Flask, stopped: threading.Event) -> None:
    """Send alerts, and nothing else: no other mail and no server that hangs with one is in their way."""
    posted = app.extensions["jobs"].alert_posted
    while not stopped.is_set():
        posted.clear()
        try:
            deliver_alerts(app)
        except Exception as problem:
            log.error("alerts not looked for", error=type(problem).__name__)
        posted.wait(LOOK_FOR_ALERTS)


def deliver_due(app: Flask) -> None:
    """Send every mail that is due: alerts before all others."""
    deliver_alerts(app)
    deliver_others(app)


def deliver_alerts(app: Flask) -> None:
    """Send every alert that is due, those of jobs that died and those given up before this process began among them.

    After each it looks again: a new one does not wait behind those that were tried before.
    """
    tried: set[UUID] = set()
    while True:
        with app.app_context(), db.sessionmaker.begin() as session:
            if not app.extensions["jobs"].began:
                outbox.take_up(system_act(session))
            outbox.free_stale(system_act(session), alerts=True)
            ids = outbox.due(system_act(session), alerts=True)
        app.extensions["jobs"].began = True
        mail_id = next((one for one in ids if one not in tried), None)
        if mail_id is None:
            return
        tried.add(mail_id)
        _try(app, mail_id)


def deliver_others(app: Flask) -> None:
    """Send every other mail that is due, those of jobs that died among them."""
    with app.app_context(), db.sessionmaker.begin() as session:
        outbox.free_stale(system_act(session), alerts=False)
        ids = list(outbox.due(system_act(session), alerts=False))
    for mail_id in ids:
        _try(app, mail_id)


def _try(app: Flask, mail_id: UUID) -> None:
    """Send one mail. Whatever goes wrong with it is nothing to the others."""
    try:
        deliver(app, mail_id)
    except Exception as problem:
        log.error("mail not sent", error=type(problem).__name__)


def deliver(app: Flask, mail_id: UUID) -> None:
    """Send one mail if it is due and nobody else does. Each step is committed before the next is taken.

    Raises what the database raises: the claim is freed by itself.
    """
    with app.app_context():
        with db.sessionmaker.begin() as session:
            claimed = outbox.claim(system_act(session), mail_id)
            if claimed is None:
                return
            tries = claimed.tries

        def note(what: Callable[..., None], *facts: object, **more: object) -> None:
            with db.sessionmaker.begin() as session:
                what(system_act(session), mail_id, tries, *facts, **more)

        try:
            letter = _write(mail_id, tries)
            if letter is not None and _hand(letter, mail_id, tries):
                note(outbox.sent)
        except (_Unwritten, smtp.BadAddress) as problem:
            trouble = problem.trouble if isinstance(problem, _Unwritten) else Trouble.ADDRESS
            log.error(
                "mail cannot be written", mail=str(mail_id), reason=trouble.value, error=_cause(problem)
            )
            note(outbox.not_written, trouble)
        except smtp.Refused as problem:
            log.warning("mail refused", reason=str(problem))
            note(outbox.refused, for_good=problem.for_good)
        except smtp.Unsure:
            log.warning("mail may not have been taken")
            note(outbox.broke_off)
        except DATABASE_AWAY:
            raise
        except Exception as problem:
            log.error("mail not sent", error=type(problem).__name__)
            note(outbox.broke_off)


def _cause(problem: BaseException) -> str:
    return type(problem.__cause__ or problem).__name__


class _Unwritten(Exception):
    """No text could be made of a mail."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


def _write(mail_id: UUID, tries: int) -> smtp.Letter | None:
    """The letter, as things stand now; None when the claim was lost, or nobody is to have it any more.

    Raises _Unwritten, Refused while the clinic's settings name nobody to write to, and what the database raises.
    """
    try:
        with db.sessionmaker.begin() as session:
            claimed = outbox.claimed(session, mail_id, tries)
            if claimed is None:
                return None
            letter = _letter(session, claimed)
            if letter is None:
                outbox.drop_claimed(claimed, now())
            return letter
    except (smtp.Refused, *DATABASE_AWAY):
        raise
    except NoResultFound as problem:
        raise _Unwritten(Trouble.MISSING) from problem
    except SealBroken as problem:
        raise _Unwritten(Trouble.SEALED) from problem
    except Exception as problem:
        raise _Unwritten(Trouble.TEXT) from problem


def _hand(letter: smtp.Letter, mail_id: UUID, tries: int) -> bool:
    """Give the letter to the server, or put it into the folder of a demonstration."""

    def handing() -> bool:
        with db.sessionmaker.begin() as session:
            return outbox.hand_over(system_act(session), mail_id, tries)

    settings = current_settings()
    if settings.mail is not None:
        return smtp.send(settings.mail, letter, handing)
    if settings.mailbox is None:
        raise smtp.Refused("no server")
    if not handing():
        return False
    smtp.keep(settings.mailbox, letter)
    return True


def _letter(session: Session, wanted: Mail) -> smtp.Letter | None:
    """What the mail says and whom it goes to; None when nobody is to have it any more. Raises Refused."""
    settings = current_settings()
    clinic = settings.clinic
    if wanted.case_id is not None:
        if clinic is None:
            raise smtp.Refused("nobody is on call")
        return letters.alert(
            letters.Addressed(wanted.id, now(), clinic.on_call),
            f"{settings.base_url}/review/{wanted.case_id}",
            short_id(wanted.case_id),
            f"{local(wanted.created_at):%d %B, %H:%M}",
        )
    invitation = session.get_one(Invitation, wanted.invitation_id)
    link = invitations.link_of(session, invitation)
    if link is None:
        return None
    named = (clinic.name, clinic.phone) if clinic and settings.name_in_mail else None
    say = say_in(invitation.language) if settings.spanish and invitation.language == SPANISH else str
    to = letters.Addressed(wanted.id, now(), link["email"], named, say)
    if wanted.kind == "erased":
        return letters.erased(to)
    if invitation.cancelled_at or invitation.is_paused(now()) or invitation.expires_at <= now():
        return None
    if wanted.kind == "code":
        digits = codes.make(system_act(session), session.get_one(SignInCode, wanted.code_id))
        return None if digits is None else letters.code(to, digits)
    if wanted.kind == "reminder" and invitations.was_sent(session, invitation):
        return None
    write = {"invitation": letters.invitation, "reminder": letters.reminder, "checkin": letters.check_in}
    return write[wanted.kind](to, f"{settings.base_url}/i/{link['token']}")
