"""Mail leaves after its commit, once, whoever dies on the way. Both databases, real commits, a real mail server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import audit
from app.jobs import sending, worker
from app.mail import claims, outbox, smtp
from app.models import AuditEvent, Delivery, Invitation, Mail, MailKind
from app.web.extensions import db
from tests.acts import act
from tests.databases import ROOT
from tests.factories import CANARY, NOW, Factory
from tests.mail_server import Received, receiving, server
from tests.mailing import Post
from tests.waiting import LONGEST_WAIT, run_together

TOKEN = "t" * 43


@pytest.fixture
def received(own_app: Flask) -> Iterator[Received]:
    with receiving() as (found, port):
        own_app.config["SETTINGS"] = replace(own_app.config["SETTINGS"], mail=server(port))
        yield found


@pytest.fixture
def records(own_app: Flask) -> Callable[[], Any]:
    """A transaction in the app's database."""
    with own_app.app_context():
        maker = db.sessionmaker
    return maker.begin


@pytest.fixture
def posted(own_app: Flask, received: Received, records: Callable[[], Any]) -> UUID:
    """A mail that is due, of an invitation."""
    with records() as session:
        return outbox.post(
            act(session, now=NOW), MailKind.INVITATION, Factory(session).mailed_invitation(TOKEN)
        ).id


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


def test_a_mail_is_sent_once_however_often_it_is_asked_for(
    own_app: Flask, received: Received, records: Callable[[], Any], posted: UUID
) -> None:
    for _ in range(3):
        sending.deliver(own_app, posted)
        sending.deliver_due(own_app)
    assert len(received.letters) == 1
    assert f"/i/{TOKEN}" in str(received.letters[0].get_content())
    assert stored(records, posted) == (Delivery.SENT, 1)
    with records() as session:
        (told,) = session.scalars(select(AuditEvent).where(AuditEvent.event == "mail.ended"))
        assert (told.facts["state"], told.facts["tries"], told.actor_kind) == ("sent", 1, "system")
        assert audit.verify(session) is None


def test_two_workers_at_the_same_moment_send_it_once(
    own_app: Flask, received: Received, records: Callable[[], Any], posted: UUID
) -> None:
    barrier = Barrier(4)

    def work() -> None:
        barrier.wait(LONGEST_WAIT)
        sending.deliver(own_app, posted)

    run_together([work] * 4)
    assert len(received.letters) == 1
    assert stored(records, posted) == (Delivery.SENT, 1)


BEFORE, AFTER = "before the text", "after the text"
KILLS: dict[str, tuple[Any, str, str]] = {
    "while the letter is written": (sending, "compose", BEFORE),
    "before the server is called": (sending, "_hand_over", BEFORE),
    "at the greeting": (smtp, "_connected", BEFORE),
    "at the recipient": (smtp, "_accepted", BEFORE),
    "before it says that it hands over": (claims, "begin_handing", BEFORE),
    "after the server took it": (claims, "mark_sent", AFTER),
}


@pytest.mark.parametrize("kill", KILLS)
def test_a_worker_that_dies_never_sends_twice_and_its_claim_is_freed(
    own_app: Flask,
    received: Received,
    records: Callable[[], Any],
    posted: UUID,
    monkeypatch: pytest.MonkeyPatch,
    kill: str,
) -> None:
    where, name, when = KILLS[kill]
    with monkeypatch.context() as killing:
        killing.setattr(where, name, die)
        with pytest.raises(Killed):
            sending.deliver(own_app, posted)
    for minutes in (1, 4):
        at(own_app, NOW + timedelta(minutes=minutes))
        sending.deliver_due(own_app)
    at(own_app, NOW + timedelta(minutes=6))
    sending.deliver_due(own_app)
    at(own_app, NOW + timedelta(minutes=7))
    sending.deliver_due(own_app)
    assert len(received.letters) == 1
    state, tries = stored(records, posted)
    if when == AFTER:
        assert state is Delivery.UNSURE, "a person decides whether to send it again"
    else:
        assert state is Delivery.SENT
    assert tries <= 2


def test_without_saying_so_before_it_is_sent_twice(
    own_app: Flask, received: Received, posted: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: a worker that only marks what it has sent."""
    monkeypatch.setattr(claims, "begin_handing", lambda *_: True)
    with monkeypatch.context() as killing:
        killing.setattr(claims, "mark_sent", die)
        with pytest.raises(Killed):
            sending.deliver(own_app, posted)
    for minutes in (6, 7):
        at(own_app, NOW + timedelta(minutes=minutes))
        sending.deliver_due(own_app)
    assert len(received.letters) == 2


SCRIPT = """
import os, signal, sys
from uuid import UUID
from app import create_app
from app.jobs import sending
from app.mail import claims
from config import Settings
claims.mark_sent = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
app = create_app(Settings.from_env(os.environ))
sending.deliver(app, UUID(sys.argv[1]))
"""


def test_a_process_that_is_killed_after_the_server_took_it(
    own_app: Flask, received: Received, records: Callable[[], Any], tmp_path: Path
) -> None:
    settings = own_app.config["SETTINGS"]
    now = datetime.now(NOW.tzinfo)
    with records() as session:
        invitation = Factory(session).mailed_invitation(
            TOKEN, created_at=now, expires_at=now + timedelta(days=1)
        )
        mail_id = outbox.post(act(session, now=now), MailKind.INVITATION, invitation).id
    from tests.conftest import KEYS

    environment = {f"FOREROOM_{name}": value for name, value in KEYS.items()} | {
        "FOREROOM_ENV": "test",
        "FOREROOM_INSTANCE": str(tmp_path),
        "FOREROOM_DATABASE_URL": settings.database_url,
        "FOREROOM_SMTP_HOST": "127.0.0.1",
        "FOREROOM_SMTP_PORT": str(settings.mail.port),
        "FOREROOM_SMTP_FROM": settings.mail.sender,
        "FOREROOM_SMTP_STARTTLS": "0",
        "PATH": os.environ["PATH"],
    }
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(mail_id)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=LONGEST_WAIT,
    )
    assert run.returncode == -signal.SIGKILL, run.stderr
    assert stored(records, mail_id) == (Delivery.HANDING, 1)
    for minutes in (6, 7, 60):
        at(own_app, now + timedelta(minutes=minutes))
        sending.deliver_due(own_app)
    assert len(received.letters) == 1
    assert stored(records, mail_id) == (Delivery.UNSURE, 1)
    assert CANARY not in run.stderr
    assert "example.test" not in run.stderr


def test_a_refusal_is_tried_again_ever_later_and_five_times_at_most(
    own_app: Flask, received: Received, records: Callable[[], Any], posted: UUID
) -> None:
    received.to_recipient = "451 try later"
    moment, waits = NOW, []
    for _ in range(8):
        at(own_app, moment)
        sending.deliver_due(own_app)
        with records() as session:
            found = session.get_one(Mail, posted)
            due, over = found.due_at, found.ended_at
        if over:
            break
        waits.append(due - moment)
        at(own_app, due - timedelta(seconds=1))
        sending.deliver_due(own_app)
        moment = due
    assert waits == list(claims.BACK_OFF)
    assert stored(records, posted) == (Delivery.FAILED, claims.MOST_TRIES)
    assert received.letters == []


def test_a_server_that_comes_back_gets_it(
    own_app: Flask, received: Received, records: Callable[[], Any], posted: UUID
) -> None:
    received.to_text = "452 no room"
    sending.deliver_due(own_app)
    received.to_text = "250 taken"
    at(own_app, NOW + timedelta(minutes=1))
    sending.deliver_due(own_app)
    assert len(received.letters) == 1
    assert stored(records, posted) == (Delivery.SENT, 2)


def test_an_address_that_does_not_exist_is_tried_once(
    own_app: Flask, received: Received, records: Callable[[], Any], posted: UUID
) -> None:
    received.to_recipient = "550 no such user"
    sending.deliver_due(own_app)
    assert stored(records, posted) == (Delivery.FAILED, 1)


def test_a_silence_after_the_text_is_left_to_people(
    own_app: Flask, received: Received, records: Callable[[], Any], posted: UUID
) -> None:
    received.to_text = None
    sending.deliver_due(own_app)
    at(own_app, NOW + timedelta(hours=2))
    sending.deliver_due(own_app)
    assert len(received.letters) == 1
    assert stored(records, posted) == (Delivery.UNSURE, 1)


def test_whoever_was_taken_for_dead_sends_nothing_any_more(
    own_app: Flask,
    received: Received,
    records: Callable[[], Any],
    posted: UUID,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A worker that slept for an hour between its claim and the server: another sent the mail meanwhile."""
    whole = smtp._connected
    asleep = [True]

    def slow(*args: Any) -> Any:
        if asleep.pop() if asleep else False:
            for minutes in (6, 7):
                at(own_app, NOW + timedelta(minutes=minutes))
                sending.deliver_due(own_app)
        return whole(*args)

    monkeypatch.setattr(smtp, "_connected", slow)
    sending.deliver(own_app, posted)
    assert len(received.letters) == 1
    assert stored(records, posted) == (Delivery.SENT, 2)


@pytest.mark.parametrize(
    "column",
    [{"cancelled_at": NOW}, {"paused_at": NOW}, {"expires_at": NOW, "created_at": NOW - timedelta(1)}],
)
def test_a_link_that_no_longer_works_is_not_mailed(
    own_app: Flask, received: Received, records: Callable[[], Any], posted: UUID, column: dict[str, Any]
) -> None:
    with records() as session:
        invitation = session.scalars(select(Invitation)).one()
        for name, value in column.items():
            setattr(invitation, name, value)
    sending.deliver_due(own_app)
    assert received.letters == []
    assert stored(records, posted)[0] is Delivery.DROPPED


def test_what_is_due_later_leaves_later(
    own_app: Flask, received: Received, records: Callable[[], Any]
) -> None:
    due = NOW + timedelta(days=2)
    with records() as session:
        outbox.post(
            act(session, now=NOW), MailKind.INVITATION, Factory(session).mailed_invitation(TOKEN), due=due
        )
    sending.deliver_due(own_app)
    assert received.letters == []
    at(own_app, due)
    sending.deliver_due(own_app)
    assert len(received.letters) == 1


def test_the_queue_hears_of_a_commit_and_holds_ids_alone(
    own_app: Flask, received: Received, records: Callable[[], Any], capfd: pytest.CaptureFixture[str]
) -> None:
    with worker.running(own_app):
        with records() as session:
            mail_id = outbox.post(
                act(session, now=NOW), MailKind.INVITATION, Factory(session).mailed_invitation(TOKEN)
            ).id
        wait_for(lambda: bool(received.letters) and stored(records, mail_id)[0] is Delivery.SENT)
    assert len(received.letters) == 1
    with records() as session:
        outbox.post(act(session, now=NOW), MailKind.INVITATION, Factory(session).mailed_invitation("u" * 43))
    instance = own_app.config["SETTINGS"].instance
    held = b"".join(path.read_bytes() for path in instance.glob("jobs.sqlite*"))
    assert b"send" in held, "something is in the queue"
    for secret in (CANARY, CANARY.lower(), "example.test", TOKEN, "uuuuuu"):
        assert secret.encode() not in held
        assert secret not in capfd.readouterr().err


def test_what_is_rolled_back_is_not_sent(
    own_app: Flask, received: Received, records: Callable[[], Any]
) -> None:
    def half_done() -> None:
        with records() as session:
            outbox.post(act(session, now=NOW), MailKind.INVITATION, Factory(session).mailed_invitation(TOKEN))
            die()

    with pytest.raises(Killed):
        half_done()
    sending.deliver_due(own_app)
    assert received.letters == []


def test_a_queue_that_cannot_be_written_costs_a_minute_and_no_mail(
    own_app: Flask, received: Received, records: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        worker.JobQueue, "queue", property(lambda _: (_ for _ in ()).throw(OSError("disk full")))
    )
    with records() as session:
        outbox.post(act(session, now=NOW), MailKind.INVITATION, Factory(session).mailed_invitation(TOKEN))
    sending.deliver_due(own_app)
    assert len(received.letters) == 1


def wait_for(holds: Callable[[], bool], seconds: float = 20) -> None:
    from time import monotonic, sleep

    end = monotonic() + seconds
    while not holds():
        assert monotonic() < end, "it does not come"
        sleep(0.05)


def test_mail_is_in_the_language_of_the_invitation_where_the_clinic_offers_it(
    app: Flask, session: Session, post_office: Post
) -> None:
    app.config["CLOCK"] = lambda: NOW
    make = Factory(session)
    for token, language in (("s" * 43, "es"), ("e" * 43, "en")):
        outbox.post(
            act(session, now=NOW), MailKind.INVITATION, make.mailed_invitation(token, language=language)
        )
    session.commit()
    spanish, english = sorted(post_office.collect(), key=lambda text: "Hola," not in text)
    assert "Tiene un formulario para llenar" in spanish
    assert "You have a form to fill in" in english
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], spanish=False)
    outbox.post(act(session, now=NOW), MailKind.INVITATION, make.mailed_invitation("t" * 43, language="es"))
    session.commit()
    assert sum("Hola," in text for text in post_office.collect()) == 1
