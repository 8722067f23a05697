"""A session of staff: what its cookie holds, and all that ends it."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask import session as flask_session
from flask.testing import FlaskClient
from flask_login import LoginManager
from sqlalchemy.orm import Session

from app import create_app
from app.models import User
from app.web.patient_session import open_patient_session
from config import Settings
from tests.account.looks import OUT, START, at, events, is_in
from tests.browsing import PASSWORD, SIGN_IN, as_patient, cookie_contents, post, sign_in
from tests.conftest import make_settings
from tests.factories import Factory

pytestmark = pytest.mark.sqlite_alone("who is let in, and what is shown to whom")


def test_the_cookie_holds_ids_and_times_and_nothing_else(client: FlaskClient, clinician: User) -> None:
    sign_in(client, clinician)
    client.get("/account/")
    contents = cookie_contents(client)
    assert contents["_user_id"] == clinician.fs_uniquifier
    for name, value in contents.items():
        is_time = isinstance(value, int | float)
        is_id = isinstance(value, str) and re.fullmatch("[0-9a-f]{32,128}|a{40}", value)
        assert is_time or is_id or (name, value) in (("fs_cc", "set"), ("_permanent", False)), name
    assert len(client.get_cookie("foreroom").value) < 1024  # type: ignore[union-attr]


def test_the_cookie_of_a_clinic_is_bound_to_its_host_and_to_tls(
    settings: Settings, database_url: str
) -> None:
    clinic = create_app(make_settings(database_url, settings.instance, ENV="production"))
    (cookie,) = clinic.test_client().get(SIGN_IN).headers.getlist("Set-Cookie")
    name, _, rest = cookie.partition("=")
    assert name == "__Host-foreroom"
    assert {part.strip() for part in rest.split(";")[1:]} == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_signing_in_gives_a_new_token_and_closes_a_patients_form(
    app: Flask, client: FlaskClient, clinician: User, make: Factory, session: Session
) -> None:
    with client.session_transaction() as cookie, app.test_request_context():
        open_patient_session(make.case().id)
        cookie.update(flask_session)
    session.commit()
    before = cookie_contents(client)
    sign_in(client, clinician)
    after = cookie_contents(client)
    assert "case" in before
    assert "case" not in after
    assert after.get("csrf_token") != "a" * 40


def test_starting_a_form_signs_staff_out(app: Flask, make: Factory, session: Session) -> None:
    with app.test_request_context():
        flask_session.update({"_user_id": "someone", "staff_since": 1, "staff_seen": 1})
        open_patient_session(make.case().id)
        assert not [name for name in flask_session if name.startswith(("_user", "staff"))]


@pytest.mark.parametrize(
    ("minutes", "seconds", "inside"), [(14, 59, True), (15, 0, False), (15, 1, False), (-2, 0, False)]
)
def test_staff_are_signed_out_after_15_idle_minutes(
    client: FlaskClient, clinician: User, minutes: int, seconds: int, inside: bool
) -> None:
    at(client, START)
    sign_in(client, clinician)
    at(client, START + timedelta(minutes=minutes, seconds=seconds))
    assert is_in(client) is inside
    if not inside:
        # And for good: a clock that is set back does not bring the session to life again.
        at(client, START)
        assert not is_in(client)


@pytest.mark.parametrize(("seconds", "inside"), [(-1, True), (0, False), (1, False)])
def test_staff_are_signed_out_after_8_hours_of_work(
    client: FlaskClient, clinician: User, seconds: int, inside: bool
) -> None:
    at(client, START)
    sign_in(client, clinician)
    for minutes in range(10, 8 * 60, 10):
        at(client, START + timedelta(minutes=minutes))
        assert is_in(client)
    at(client, START + timedelta(hours=8, seconds=seconds))
    assert is_in(client) is inside


def test_signing_out_ends_the_session_and_empties_the_browser(
    client: FlaskClient, clinician: User, session: Session
) -> None:
    sign_in(client, clinician)
    response = post(client, OUT)
    assert (response.status_code, response.headers["Location"]) == (303, SIGN_IN)
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(client)
    assert not cookie_contents(client).keys() - {"csrf_token", "fs_cc"}
    assert events(session) == ["staff.signed_in", "staff.signed_out"]


def test_signing_out_takes_a_form_of_ours(client: FlaskClient, clinician: User) -> None:
    sign_in(client, clinician)
    assert client.get(OUT).status_code == 405
    assert client.post(OUT).status_code == 400
    assert client.post(OUT, data={"csrf_token": "forged"}).status_code == 400
    assert is_in(client)


def test_signing_in_takes_a_form_of_ours(client: FlaskClient, clinician: User) -> None:
    response = client.post(SIGN_IN, data={"email": clinician.email, "password": PASSWORD})
    assert response.status_code == 400
    assert not is_in(client)


def test_leavers_are_out_at_their_next_request(
    client: FlaskClient, clinician: User, session: Session
) -> None:
    sign_in(client, clinician)
    clinician.active = False
    session.commit()
    assert client.get("/account/").headers["Location"] == "/account/login?next=/account/"


def test_a_changed_role_counts_at_the_next_request(
    client: FlaskClient, clinician: User, make: Factory, session: Session
) -> None:
    sign_in(client, clinician)
    clinician.roles[:] = [make.role("admin")]
    session.commit()
    assert client.get("/account/").headers["Location"] == "/export/"


def test_a_new_uniquifier_ends_every_session(client: FlaskClient, clinician: User, session: Session) -> None:
    sign_in(client, clinician)
    clinician.fs_uniquifier = "f" * 32
    session.commit()
    assert not is_in(client)


def test_patients_never_run_the_sign_in_of_staff(
    app: Flask, client: FlaskClient, make: Factory, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make.case()
    session.commit()

    def loaded(_manager: LoginManager) -> None:
        pytest.fail("A patient's request asked who of the staff it is")

    monkeypatch.setattr(LoginManager, "_load_user", loaded)
    assert as_patient(client, case).get("/intake/").status_code in (200, 303)
    assert app.test_client().get("/").status_code == 200
