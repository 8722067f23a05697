"""A worker that dies: its mail is sent at most once, and its claim is freed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from app.jobs import sending
from app.mail import claims, outbox, smtp
from app.models import Delivery, MailKind
from tests.acts import act
from tests.databases import ROOT
from tests.factories import CANARY, NOW, Factory
from tests.jobs.workers import TOKEN, Killed, at, die, stored
from tests.mail_server import Received
from tests.waiting import LONGEST_WAIT, run_together


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
