"""A mail that cannot be written, or taken, ends; and the rest leave."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from app.jobs import sending
from app.mail import letters, outbox, smtp
from app.models import AuditEvent, Delivery, Invitation, MailKind, Trouble, seal
from tests.acts import act
from tests.factories import NOW, Factory
from tests.jobs.test_alerts import ON_CALL, desk_of, stored
from tests.jobs.workers import at
from tests.mail_server import Received, server

# ---- What cannot be written


def break_seal(session: Any, invitation: Invitation) -> None:
    sealed = bytearray(invitation.sealed_link or b"")
    sealed[-1] ^= 1
    invitation.sealed_link = bytes(sealed)


def break_address(session: Any, invitation: Invitation) -> None:
    seal(session, invitation, "sealed_link", {"token": "p" * 43, "email": "a@b.test\nBcc: all@b.test"})


def break_parts(session: Any, invitation: Invitation) -> None:
    seal(session, invitation, "sealed_link", {"token": "p" * 43})


POISONS = {
    "seal": (break_seal, Trouble.SEALED),
    "address": (break_address, Trouble.ADDRESS),
    "parts": (break_parts, Trouble.TEXT),
}


@pytest.mark.parametrize("poison", POISONS)
def test_a_mail_that_cannot_be_written_ends_and_the_rest_leave(
    own_app: Flask, received: Received, records: Callable[[], Any], poison: str
) -> None:
    spoil, trouble = POISONS[poison]
    with records() as session:
        make = Factory(session)
        spoiled = make.mailed_invitation("p" * 43)
        spoil(session, spoiled)
        poisoned = outbox.post(act(session, now=NOW), MailKind.INVITATION, spoiled).id
        for n in range(3):
            outbox.post(
                act(session, now=NOW + timedelta(seconds=1)),
                MailKind.INVITATION,
                make.mailed_invitation(str(n) * 43),
            )
    at(own_app, NOW + timedelta(minutes=1))
    sending.deliver_due(own_app)
    assert len(received.letters) == 3
    ended = stored(records, poisoned)
    assert (ended.state, ended.trouble, ended.tries) == (Delivery.FAILED, trouble, 1)
    with records() as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.event == "mail.ended")).all()
        assert sorted(event.facts["state"] for event in events) == ["failed", "sent", "sent", "sent"]


def test_staff_read_why_a_mail_failed(own_app: Flask, received: Received, records: Callable[[], Any]) -> None:
    received.to_recipient = "550 no such user"
    with records() as session:
        make = Factory(session)
        outbox.post(act(session, now=NOW), MailKind.INVITATION, make.mailed_invitation("a" * 43))
        make.mail(
            make.mailed_invitation("b" * 43),
            kind="reminder", state=Delivery.FAILED, trouble=Trouble.TEXT, ended_at=NOW,
        )  # fmt: skip
    sending.deliver_due(own_app)
    page = desk_of(own_app, "admin").get("/clinic/invitations").text
    assert "Email could not be sent: the mail server refused it for good" in page
    assert "The last reminder could not be sent: its text could not be made" in page


# ---- A server that drips


@pytest.fixture
def dripping() -> Iterator[int]:
    """A server that greets, and then says its next word one letter at a time, without an end."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            talk, _ = listening.accept()
            with talk:
                talk.sendall(b"220 clinic.test\r\n")
                talk.recv(100)
                talk.settimeout(0.02)
                try:
                    while True:
                        talk.sendall(b"2")
                        try:
                            if not talk.recv(1):
                                return
                        except TimeoutError:
                            pass
                except OSError:
                    pass

        thread = Thread(target=drip, daemon=True)
        thread.start()
        yield listening.getsockname()[1]


def test_a_server_that_drips_holds_no_mail_for_ever(dripping: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "LONGEST_SECONDS", 0.3)
    letter = letters.alert(letters.Envelope(UUID(int=7), NOW, ON_CALL), "https://c.test/review/7", "7", "now")
    with pytest.raises(smtp.MailRefused):
        smtp.send(server(dripping), letter, lambda: True)
