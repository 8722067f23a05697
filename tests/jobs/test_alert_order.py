"""Alerts leave before other mail, and before those that were tried already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from time import monotonic
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from app.jobs import sending, worker
from app.mail import outbox, smtp
from app.models import MailKind
from tests.acts import act
from tests.factories import NOW, Factory
from tests.jobs.test_alerts import ON_CALL, to
from tests.jobs.workers import at, wait_for
from tests.mail_server import Received


def other_mail(records: Callable[[], Any], count: int = 30) -> list[UUID]:
    with records() as session:
        make = Factory(session)
        return [
            outbox.post(act(session, now=NOW), MailKind.REMINDER, make.mailed_invitation(f"{n:043d}")).id
            for n in range(count)
        ]


def test_an_alert_leaves_before_thirty_reminders_that_waited_longer(
    own_app: Flask, received: Received, records: Callable[[], Any]
) -> None:
    other_mail(records)
    with records() as session:
        outbox.post_alert(act(session, now=NOW + timedelta(minutes=1)), Factory(session).case().id)
    at(own_app, NOW + timedelta(minutes=1))
    sending.deliver_due(own_app)
    assert received.envelopes[0][1] == [ON_CALL]
    assert len(received.letters) == 31


def test_a_server_that_hangs_with_other_mail_holds_up_no_alert(
    own_app: Flask, received: Received, records: Callable[[], Any]
) -> None:
    received.silent_for = "@example.test"
    with worker.running(own_app):
        other_mail(records)
        began = monotonic()
        with records() as session:
            outbox.post_alert(act(session, now=NOW), Factory(session).case().id)
        wait_for(lambda: to(received) == 1)
        took = monotonic() - began
        received.silent_for = ""
    assert took < 4


def test_a_new_alert_does_not_wait_behind_those_tried_before(
    own_app: Flask, received: Received, records: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[UUID] = []
    fresh: list[UUID] = []

    def hand(letter: smtp.Letter, mail_id: UUID, tries: int) -> bool:
        handed.append(mail_id)
        if len(handed) == 4:
            with records() as session:
                fresh.append(outbox.post_alert(act(session, now=NOW), Factory(session).case().id).id)
        raise smtp.MailRefused("connection")

    monkeypatch.setattr(sending, "_hand_over", hand)
    with records() as session:
        for _ in range(3):
            outbox.post_alert(act(session, now=NOW), Factory(session).case().id)
    sending.deliver_due(own_app)
    at(own_app, NOW + timedelta(minutes=1))
    sending.deliver_due(own_app)
    assert handed[4] == fresh[0]
    assert len(handed) == 7, "each once a look"
