"""What an admin does to take a file out, and what is in it."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.models import AuditEvent
from tests.browsing import post

FILES = ("cases", "flags")


def download(admin: FlaskClient, file: str = "cases", **fields: object) -> TestResponse:
    return post(admin, f"/export/{file}.csv", **{"reason": "care"} | fields)


def rows(admin: FlaskClient, file: str = "cases", **fields: object) -> list[dict[str, str]]:
    response = download(admin, file, **fields)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.text, newline="")))


def events(session: Session, name: str) -> list[AuditEvent]:
    return list(session.scalars(select(AuditEvent).where(AuditEvent.event == name)))


@contextmanager
def kept(session: Session) -> Iterator[Session]:
    """A session that is not closed: what it holds was not committed."""
    yield session
