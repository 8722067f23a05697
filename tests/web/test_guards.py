"""The door and the transaction: no view without a guard, no answer before its commit, nothing half saved."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from flask import Blueprint, Flask, Response, abort, session, stream_with_context
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine, create_engine, delete, event, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

import app.web.health
from app import create_app
from app.core.access import Permission
from app.models import Role
from app.web.extensions import db
from app.web.guards import UnguardedView, guard_of, patient, public, requires
from app.web.transaction import keep_despite_errors, request_session
from config import Settings
from tests.browsing import cookie_contents

probes = Blueprint("health", __name__, url_prefix="/probe")


def save() -> None:
    request_session().add(Role(name="admin"))
    session["probe"] = "saved"


@probes.get("/saved")
@public("a test")
def saved() -> ResponseReturnValue:
    save()
    return "Saved"


@probes.get("/status/<int:status>")
@public("a test")
def answered(status: int) -> ResponseReturnValue:
    save()
    return "Answered", status


@probes.get("/kept")
@public("a test")
def kept() -> ResponseReturnValue:
    save()
    keep_despite_errors()
    return "Mend this", 422


@probes.get("/aborted/<int:status>")
@public("a test")
def aborted(status: int) -> ResponseReturnValue:
    save()
    abort(status)


@probes.get("/raised")
@public("a test")
def raised() -> ResponseReturnValue:
    save()
    request_session().flush()
    raise RuntimeError("half way")


@probes.get("/streamed")
@public("a test")
def streamed() -> ResponseReturnValue:
    save()

    def body() -> Iterator[str]:
        yield "first"
        request_session().add(Role(name="clinician"))

    return Response(stream_with_context(body()))


@pytest.fixture
def probe(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An app with the views above, in which a commit is one: what they save is removed after the test."""
    monkeypatch.setattr(app.web.health, "bp", probes)
    made = create_app(settings)
    yield made
    with made.app_context():
        with db.engine.begin() as connection:
            connection.execute(delete(Role))
        db.engine.dispose()


@pytest.fixture
def other(probe: Flask) -> Iterator[Engine]:
    """A second way into the same database, which sees only what was committed."""
    with probe.app_context():
        url = db.engine.url
    engine = create_engine(url)
    yield engine
    engine.dispose()


def roles(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(Role)) or 0


def test_a_view_without_a_guard_stops_the_app_from_starting(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    unguarded = Blueprint("health", __name__)
    unguarded.add_url_rule("/forgotten", "forgotten", lambda: "Everyone may read this")
    monkeypatch.setattr(app.web.health, "bp", unguarded)
    with pytest.raises(UnguardedView, match=r"health\.forgotten"):
        create_app(settings)


def test_every_view_says_who_may_open_it(assembled_app: Flask) -> None:
    for rule in assembled_app.url_map.iter_rules():
        guard = guard_of(assembled_app, rule.endpoint)
        assert guard is not None, rule.endpoint
        assert guard.kind != "public" or guard.reason, rule.endpoint


def test_a_view_that_loses_its_guard_later_is_closed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.view_functions, "health.live", lambda: "open")
    assert app.test_client().get("/health/live").status_code == 403


def test_the_guard_is_asked_before_the_view(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    guarded = Blueprint("health", __name__)

    def view() -> str:
        ran.append("view")
        return "shown"

    for name, mark in (("staff", requires(Permission.REVIEW)), ("patient", patient)):
        guarded.add_url_rule(f"/{name}", name, mark(lambda: view()))
    monkeypatch.setattr(app.web.health, "bp", guarded)
    client = create_app(settings).test_client()
    assert client.get("/staff?name=secret").headers["Location"] == "/account/login?next=/staff"
    assert client.get("/patient").headers["Location"] == "/"
    assert ran == []


def test_what_a_view_did_is_saved_when_it_succeeds(probe: Flask, other: Engine) -> None:
    client = probe.test_client()
    assert client.get("/probe/saved").status_code == 200
    assert roles(other) == 1
    assert cookie_contents(client)["probe"] == "saved"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *((f"/probe/status/{status}", status) for status in (400, 404, 409, 422, 500)),
        *((f"/probe/aborted/{status}", status) for status in (400, 403, 404, 409, 503)),
        ("/probe/raised", 500),
    ],
)
def test_what_is_refused_saves_nothing(probe: Flask, other: Engine, path: str, status: int) -> None:
    assert probe.test_client().get(path).status_code == status
    assert roles(other) == 0


@pytest.mark.parametrize("status", [200, 201, 302, 303, 399])
def test_statuses_below_400_are_saved(probe: Flask, other: Engine, status: int) -> None:
    assert probe.test_client().get(f"/probe/status/{status}").status_code == status
    assert roles(other) == 1


def test_the_answer_begins_after_the_commit(probe: Flask, other: Engine) -> None:
    seen: list[int] = []
    environ = probe.test_request_context("/probe/saved").request.environ | {"wsgi.input": BytesIO()}

    def start_response(status: str, headers: list[tuple[str, str]], failure: Any = None) -> None:
        seen.append(roles(other))

    assert b"".join(probe(environ, start_response)) == b"Saved"  # type: ignore[arg-type]
    assert seen == [1]


@pytest.mark.parametrize(
    ("failure", "status"),
    [(OperationalError("COMMIT", {}, Exception("gone")), 503), (RuntimeError("broken"), 500)],
)
def test_a_commit_that_fails_never_shows_the_page_of_success(
    probe: Flask, other: Engine, failure: Exception, status: int
) -> None:
    def fail(_session: Session) -> None:
        raise failure

    with probe.app_context():
        event.listen(db.sessionmaker, "before_commit", fail)
    client = probe.test_client()
    response = client.get("/probe/saved")
    assert response.status_code == status
    assert b"Saved" not in response.data
    assert roles(other) == 0
    assert "probe" not in cookie_contents(client)


def test_a_failed_view_leaves_the_cookie_as_it_was(probe: Flask) -> None:
    client = probe.test_client()
    with client.session_transaction() as cookie:
        cookie["kept"] = "before"
    client.get("/probe/raised")
    assert cookie_contents(client) == {"kept": "before"}


def test_a_stream_cannot_use_the_transaction_that_is_over(probe: Flask, other: Engine) -> None:
    response = probe.test_client().get("/probe/streamed")
    with pytest.raises(RuntimeError, match="transaction is over"):
        response.get_data()
    response.close()
    assert roles(other) == 1


def test_no_connection_is_held_while_a_page_is_drawn_or_sent(probe: Flask) -> None:
    held: list[str] = []

    @probe.after_request
    def look(response: Response) -> Response:
        held.append(db.engine.pool.status())
        return response

    client = probe.test_client()
    for path in ("/probe/saved", "/probe/raised", "/probe/status/422", "/probe/aborted/404", "/nowhere"):
        client.get(path)
    assert len(held) == 5
    assert all("checked out connections: 0" in status.lower() for status in held)


def test_a_page_that_comes_back_may_keep_what_was_good_in_it(probe: Flask, other: Engine) -> None:
    assert probe.test_client().get("/probe/kept").status_code == 422
    assert roles(other) == 1
