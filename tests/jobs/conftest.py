"""The clinic's clock, a mailbox of the test's own, and an app on a database that keeps what it commits."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from app.mail import outbox
from app.models import MailKind
from app.web.extensions import db
from tests.acts import act
from tests.factories import NOW, Factory
from tests.intake.conftest import clock, own_app
from tests.invitations.conftest import post_office
from tests.jobs.workers import TOKEN
from tests.mail_server import Received, receiving, server

__all__ = ["clock", "own_app", "post_office"]


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
