"""Mail leaves after its commit, once, whoever dies on the way. Both databases, real commits, a real mail server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import audit
from app.jobs import sending, worker
from app.mail import claims, outbox
from app.models import AuditEvent, Delivery, Invitation, Mail, MailKind
from tests.acts import act
from tests.factories import CANARY, NOW, Factory
from tests.jobs.workers import TOKEN, Killed, at, die, stored, wait_for
from tests.mail_server import Received
from tests.mailing import Post


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
