"""What tests of signing in look at."""

from datetime import UTC, datetime

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import AuditEvent

START = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
OUT = "/account/logout"


def is_in(client: FlaskClient) -> bool:
    response = client.get("/account/")
    return response.headers.get("Location", "") in ("/review/", "/export/") or response.status_code == 403


def events(session: Session) -> list[str]:
    session.expire_all()
    return list(session.scalars(select(AuditEvent.event).order_by(AuditEvent.seq)))


def at(client: FlaskClient, moment: datetime) -> None:
    client.application.config["CLOCK"] = lambda: moment
