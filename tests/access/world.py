"""A clinic in which everybody of the table is at home, asked over HTTP as each of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.models import AuditEvent, Base, Case, Correction, Flag, Invitation, User, unseal
from app.web.rates import RATE_LIMITER
from tests.access.table import ACTORS, SIGN_IN, TABLE
from tests.browsing import as_patient, as_staff, case_field, token

ALONE = pytest.mark.sqlite_alone("who is let in: the first of these tests asks every view on both")


def left(client: FlaskClient, ago: timedelta, *seen: str) -> FlaskClient:
    """A browser whose form nobody touched for so long."""
    moment = int((datetime.now(UTC) - ago).timestamp())
    with client.session_transaction() as cookie:
        cookie.update(dict.fromkeys(seen or ("case_seen",), moment))
    return client


@dataclass(frozen=True)
class World:
    """One clinic: someone filling in a form, two who sent theirs, and staff."""

    app: Flask
    session: Session
    draft: Case
    others: Case
    sent: Case
    flag: Flag
    correction: Correction
    invitation: Invitation
    open_invitation: Invitation
    clinician: User
    admin: User
    disabled: User

    def browser(self, actor: str) -> FlaskClient:
        client = self.app.test_client()
        match actor:
            case "patient":
                return as_patient(client, self.draft)
            case "other patient":
                return as_patient(client, self.others)
            case "patient, away":
                return left(as_patient(client, self.draft), timedelta(minutes=31))
            case "other patient, away":
                return left(as_patient(client, self.others), timedelta(minutes=31))
            case "tablet, away":
                return left(as_patient(client, self.draft), timedelta(minutes=6), "tablet", "case_seen")
            case "clinician":
                return as_staff(client, self.clinician)
            case "admin":
                return as_staff(client, self.admin)
            case "disabled staff":
                return as_staff(client, self.disabled)
        return client

    def ask(
        self,
        key: tuple[str, str],
        client: FlaskClient,
        fields: Mapping[str, str] | None = None,
        method: str = "",
        headers: Mapping[str, str] | None = None,
        **elsewhere: str,
    ) -> TestResponse:
        endpoint, method = key[0], method or key[1]
        line = TABLE[key]
        parts = {name: value.format(world=self) for name, value in {**line.path, **elsewhere}.items()}
        path = self.app.url_map.bind("localhost").build(endpoint, parts, method=method)
        if method in ("GET", "HEAD"):
            return client.open(path, method=method, headers=headers, buffered=True)
        given = {name: value.format(world=self) for name, value in line.fields.items()}
        sent = {"csrf_token": token(client)} | given if fields is None else fields
        # Of those who hold a form: a page that names none has its own tests.
        sent = case_field(client) | dict(sent)
        return client.open(path, method=method, data=sent, headers=headers, buffered=True)

    def rest(self) -> None:
        """Let so much time pass that nobody has tried anything too often."""
        self.app.extensions[RATE_LIMITER].storage.reset()

    def stored(self, *, but: str = "") -> dict[str, list[Any]]:
        """Everything in the database, table by table."""
        self.session.expire_all()
        tables = [table for table in Base.metadata.sorted_tables if table.name != but]
        return {table.name: sorted(map(repr, self.session.execute(select(table)).all())) for table in tables}

    def words_of(self, case: Case) -> set[str]:
        """What only this person's pages, and those of staff, may show."""
        identity = unseal(self.session, case.person, "sealed_identity")
        return {identity[name] for name in ("first_name", "last_name", "preferred_name", "phone", "email")}

    def events(self) -> list[str]:
        self.session.expire_all()
        return list(self.session.scalars(select(AuditEvent.event).order_by(AuditEvent.seq)))


def lines(wanted: Callable[[tuple[str, str]], bool] = lambda _: True) -> pytest.MarkDecorator:
    """Run the test for each line of the table that is wanted."""
    return pytest.mark.parametrize("key", [key for key in TABLE if wanted(key)], ids=" ".join)


def changes(key: tuple[str, str]) -> bool:
    """Whether the line is one of those that are meant to change something."""
    return key[1] != "GET"


def closed(key: tuple[str, str]) -> bool:
    """Whether only staff get in."""
    return TABLE[key].cells[0] == SIGN_IN and key[0] != "account.sign_out"


def check(world: World, key: tuple[str, str], actor: str, client: FlaskClient | None = None) -> TestResponse:
    client = client or world.browser(actor)
    expected = TABLE[key].cells[ACTORS.index(actor)]
    response = world.ask(key, client)
    if isinstance(expected, int):
        assert response.status_code == expected, (
            key,
            actor,
            response.status_code,
            response.headers.get("Location"),
        )
    else:
        assert response.status_code in (302, 303), (key, actor, response.status_code)
        where = response.headers["Location"].format(world=world)
        assert where.partition("?")[0] == expected.format(world=world), (key, actor, where)
    return response
