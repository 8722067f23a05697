"""When something fails: plain words, a reference that is in the log, no patient's words, nothing half done."""

import json
import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog
from flask import Flask, abort
from flask.testing import FlaskClient
from psycopg.errors import LockNotAvailable
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app import create_app
from app.models import Role
from app.web.guards import public
from app.web.transaction import request_session
from config import Settings
from tests.browsing import post
from tests.conftest import make_settings
from tests.factories import CANARY

pytestmark = pytest.mark.sqlite_alone("what is said, in which words and language")

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def break_view(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Put another view in the place of the sign-out, which anyone may post to."""

    def put(view: Callable[[], Any]) -> None:
        monkeypatch.setitem(app.view_functions, "account.sign_out", public("a test")(view))

    return put


def raising(failure: BaseException) -> Callable[[], Any]:
    def view() -> None:
        request_session().add(Role(name="admin"))
        request_session().flush()
        raise failure

    return view


def logged(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Every line of the log: each must be one JSON object."""
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_an_unexpected_failure_shows_a_reference_and_saves_nothing(
    client: FlaskClient,
    break_view: Callable[[Callable[[], Any]], None],
    session: Session,
    capsys: pytest.CaptureFixture[str],
) -> None:
    break_view(raising(ValueError(f"the patient wrote {CANARY}")))
    response = post(client, "/account/logout", note=CANARY)
    assert response.status_code == 500
    assert session.scalars(select(Role)).all() == []
    page = response.text
    assert "What you just sent was not saved" in page
    for never in ("Traceback", "ValueError", ".py", CANARY):
        assert never not in page
    lines = logged(capsys)
    (failure,) = [line for line in lines if line["logger"] == "foreroom.error"]
    assert failure["error"] == "ValueError"
    assert failure["request"] in page
    assert any("test_errors.py" in place for place in failure["where"])
    assert CANARY not in json.dumps(lines)


@pytest.mark.parametrize(
    "failure",
    [
        OperationalError("SELECT", {"name": CANARY}, Exception("server closed the connection")),
        OperationalError("SELECT", {}, LockNotAvailable("canceling statement due to lock timeout")),
        OperationalError("INSERT", {}, Exception("database is locked")),
        InterfaceError("SELECT", {}, Exception("connection already closed")),
        TimeoutError("QueuePool limit of size 8 overflow 4 reached"),
        DBAPIError("SELECT", {}, Exception("lost"), connection_invalidated=True),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_a_database_that_does_not_answer_gives_back_what_was_typed(
    client: FlaskClient, break_view: Callable[[Callable[[], Any]], None], failure: Exception, session: Session
) -> None:
    break_view(raising(failure))
    typed = f'{CANARY} "quoted" <b>\nsecond line'
    response = post(client, "/account/logout", note=typed)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert session.scalars(select(Role)).all() == []
    assert "Your answers are still here" in response.text
    found = re.search(r'name="note" value="([^"]*)"', response.text)
    assert found
    assert "&lt;b&gt;" in found[1]
    assert "&#34;quoted&#34;" in found[1]
    assert len(re.findall('name="csrf_token"', response.text)) == 1


def test_a_record_that_someone_else_saved_first_is_a_conflict(
    client: FlaskClient, break_view: Callable[[Callable[[], Any]], None]
) -> None:
    break_view(raising(StaleDataError("0 rows matched")))
    response = post(client, "/account/logout")
    assert response.status_code == 409
    assert "This was changed while you looked at it" in response.text


def test_a_password_is_never_sent_back(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        app.view_functions, "security.login", raising(OperationalError("SELECT", {}, Exception()))
    )
    response = post(client, "/account/login", email="a@example.test", password="my secret password")
    assert response.status_code == 503
    assert "my secret password" not in response.text


@pytest.mark.parametrize(
    ("method", "path", "content_type", "data", "status", "words"),
    [
        ("GET", "/nowhere", None, b"", 404, "We could not find this page"),
        ("GET", "/account/logout", None, b"", 405, "This page cannot be used in that way"),
        ("POST", "/account/login", FORM, b"email=a", 400, "This page was open too long"),
        ("POST", "/nowhere", FORM, b"a=%00", 400, "We could not read that"),
        ("POST", "/nowhere", FORM, b"a=" + b"b" * 20_000, 413, "That is too much at once"),
        ("POST", "/nowhere", "text/plain", b"a", 415, "We cannot take that kind of data"),
    ],
)
def test_each_refusal_says_in_plain_words_how_to_mend_it(
    client: FlaskClient,
    method: str,
    path: str,
    content_type: str | None,
    data: bytes,
    status: int,
    words: str,
) -> None:
    response = client.open(path, method=method, content_type=content_type, data=data)
    assert response.status_code == status
    assert f">{words}</h1>" in response.text
    assert re.search(r"reference: <strong>[0-9a-f]{12}</strong>", response.text)


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 415, 418, 429, 500, 501, 503])
def test_every_status_has_a_page_in_the_layout(
    client: FlaskClient, break_view: Callable[[Callable[[], Any]], None], status: int
) -> None:
    break_view(lambda: abort(status))
    response = post(client, "/account/logout")
    assert response.status_code == (500 if status == 500 else status)
    assert response.text.count("<h1") == 1
    assert "Need help now?" in response.text
    if status in (429, 503):
        assert int(response.headers["Retry-After"]) > 0


def test_wrong_methods_are_told_the_right_ones(client: FlaskClient) -> None:
    assert client.get("/account/logout").headers["Allow"] == "POST"


@pytest.fixture
def unreachable(settings: Settings) -> Flask:
    """An app whose database is down: nothing listens where it should be."""
    down = "postgresql+psycopg://nobody:secret@127.0.0.1:9/none"
    return create_app(make_settings(down, settings.instance))


def test_a_database_that_is_down_is_said_in_time_and_the_process_stays_up(
    unreachable: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    client = unreachable.test_client()
    for path in ("/health/ready", "/health/alerts"):
        asked = client.get(path)
        assert asked.status_code == 503
        assert asked.headers["Retry-After"] == "30"
    assert client.get("/health/live").status_code == 200
    assert "secret" not in json.dumps(logged(capsys))


def test_staff_see_a_page_and_not_a_failure_of_the_failure_page(unreachable: Flask) -> None:
    client = unreachable.test_client()
    with client.session_transaction() as cookie:
        moment = int(datetime.now(UTC).timestamp())
        cookie.update({"_user_id": "someone", "staff_since": moment, "staff_seen": moment})
    response = client.get("/account/")
    assert response.status_code == 503
    assert "We cannot show this page right now" in response.text
    assert "Need help now?" in response.text


def test_when_even_the_error_page_cannot_be_drawn_there_are_words(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(app.jinja_env, "get_or_select_template", fail)
    response = client.get("/nowhere")
    assert response.status_code == 404
    assert "Something went wrong" in response.text
    assert "Reference: " in response.text


def test_a_forged_host_is_refused(settings: Settings, database_url: str) -> None:
    clinic = create_app(make_settings(database_url, settings.instance, TRUSTED_HOSTS="intake.clinic.test"))
    client = clinic.test_client()
    assert client.get("/health/live", base_url="https://intake.clinic.test").status_code == 200
    for host in ("evil.test", "intake.clinic.test.evil.test", "xintake.clinic.test"):
        response = client.get("/account/", base_url=f"https://{host}")
        assert response.status_code == 400
        assert host not in response.text
        assert "Location" not in response.headers


def test_the_log_names_the_endpoint_and_never_the_address(
    client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    client.get(f"/i/{CANARY}?name={CANARY}", headers={"User-Agent": CANARY, "Referer": f"/{CANARY}"})
    lines = logged(capsys)
    assert lines
    assert CANARY not in json.dumps(lines)
    assert {"method", "endpoint", "status", "ms", "request", "timestamp"} <= lines[-1].keys()


def test_a_log_line_cannot_be_forged(client: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    client.get("/health/live%0a%7b%22event%22%3a%22forged%22%7d", headers={"X-Request-Id": "\x1b[31mred"})
    client.open("/health/live", method='GET\x1b[31m{"event": "forged"}')
    for line in logged(capsys):
        assert line["event"] != "forged"
        assert "\x1b" not in json.dumps(line, ensure_ascii=False)


def test_errors_of_the_database_do_not_quote_what_was_stored(
    client: FlaskClient, break_view: Callable[[Callable[[], Any]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    def view() -> None:
        request_session().execute(
            text("insert into role (id, name) values (:id, :name)"), {"id": None, "name": CANARY}
        )

    break_view(view)
    assert post(client, "/account/logout").status_code == 500
    assert CANARY not in json.dumps(logged(capsys))


def test_only_named_fields_reach_the_log(
    client: FlaskClient,
    break_view: Callable[[Callable[[], Any]], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    def view() -> str:
        structlog.get_logger("foreroom.test").info("seen", case="a-case", answer=CANARY)
        logging.getLogger("another.library").warning("could not read %s", CANARY)
        try:
            raise KeyError(CANARY)
        except KeyError:
            logging.getLogger("another.library").exception("failed at %s", CANARY)
        return "done"

    break_view(view)
    assert post(client, "/account/logout").status_code == 200
    lines = logged(capsys)
    assert CANARY not in json.dumps(lines)
    events = {line["event"]: line for line in lines}
    assert events["seen"]["case"] == "a-case"
    assert events["could not read %s"]["request"] == events["seen"]["request"]
    assert events["failed at %s"]["error"] == "KeyError"
