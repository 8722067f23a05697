"""What tests do as a person at a browser would: find every address, carry a form's token, sign in."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from uuid import UUID

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from flask_security import hash_password
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.models import Case, User
from app.web.extensions import db
from tests.factories import Factory

PASSWORD = "correct horse battery staple"
SIGN_IN = "/account/login"
SAMPLES: dict[str, object] = {"UUIDConverter": UUID(int=7), "IntegerConverter": 7}


@cache
def _hashed(app: Flask) -> str:
    with app.app_context():
        return str(hash_password(PASSWORD))


def addresses(app: Flask, **values: object) -> Iterator[tuple[Rule, str, str]]:
    """Every (rule, method, path) of the app, with `values` or a sample for each part of the path."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        parts = {
            name: values.get(name, SAMPLES.get(type(converter).__name__, "sample"))
            for name, converter in rule._converters.items()
        }
        for method in sorted(rule.methods or ()):
            yield rule, method, adapter.build(rule.endpoint, parts, method=method)


def token(client: FlaskClient) -> str:
    """A token that forms of this browser may carry."""
    secret = client.application.secret_key
    assert secret
    with client.session_transaction() as cookie:
        raw = cookie.setdefault("csrf_token", "a" * 40)
    return str(URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps(raw))


def case_field(client: FlaskClient) -> dict[str, str]:
    """The hidden field by which every form of a patient's page says whose it is: here, the case this browser holds."""
    held = cookie_contents(client).get("case")
    if not held:
        return {}
    with client.application.app_context(), db.sessionmaker() as session:
        case = session.get(Case, UUID(str(held)))
        return {"submission": str(case.submission_id)} if case else {}


OF = re.compile(r"([?&])of=[0-9a-f]{12}(&|$|(?=#))")


def unmarked(address: str) -> str:
    """An address without the mark of the form that it is of."""
    return OF.sub(lambda found: found[1] if found[2] == "&" else "", address)


def post(client: FlaskClient, path: str, **fields: object) -> TestResponse:
    """Send a form as a page of ours would, with its token and the mark of its case."""
    return client.post(path, data={"csrf_token": token(client)} | case_field(client) | fields)


def staff(app: Flask, make: Factory, session: Session, *roles: str, **columns: object) -> User:
    """Someone who can sign in with PASSWORD."""
    with app.app_context():
        user = make.user(*roles, password=_hashed(app), **columns)
    session.commit()
    return user


def sign_in(client: FlaskClient, user: User, password: str = PASSWORD, **fields: object) -> TestResponse:
    """Fill in the sign-in page."""
    return post(client, SIGN_IN, email=user.email, password=password, **fields)


def cookie_contents(client: FlaskClient) -> dict[str, object]:
    """What the browser's session cookie says, opened with the server's key."""
    app = client.application
    interface = app.session_interface
    assert isinstance(interface, SecureCookieSessionInterface)
    serializer = interface.get_signing_serializer(app)
    assert serializer
    found = client.get_cookie(interface.get_cookie_name(app))
    return dict(serializer.loads(found.value)) if found else {}


def as_staff(client: FlaskClient, user: User) -> FlaskClient:
    """The browser of someone who signed in a moment ago, without the cost of a password."""
    moment = _moment(client)
    with client.session_transaction() as cookie:
        cookie.update(
            {"_user_id": user.fs_uniquifier, "_fresh": True, "staff_since": moment, "staff_seen": moment}
        )
    return client


def as_patient(client: FlaskClient, case: Case) -> FlaskClient:
    """The browser of someone who opened this case a moment ago."""
    moment = _moment(client)
    with client.session_transaction() as cookie:
        cookie.update({"case": str(case.id), "case_since": moment, "case_seen": moment})
    return client


def _moment(client: FlaskClient) -> int:
    clock = client.application.config.get("CLOCK")
    return int((clock() if clock else datetime.now(UTC)).timestamp())
