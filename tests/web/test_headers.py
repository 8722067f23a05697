"""Every response carries exactly these headers: pages, files, redirects, refusals and failures."""

import gzip
import os
import re
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from app.screening.workflow import Status
from app.web import headers
from app.web.guards import public
from config import Settings
from tests.browsing import addresses, as_patient, as_staff, post, staff, token
from tests.conftest import make_settings
from tests.factories import Factory

pytestmark = pytest.mark.sqlite_alone("what is said, in which words and language")

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), payment=(), usb=()"
    ),
}
HSTS = "Strict-Transport-Security"


def check(response: TestResponse, caching: str = "no-store") -> None:
    for name, value in (SECURITY | {"Cache-Control": caching}).items():
        assert response.headers.getlist(name) == [value], (response.request.path, name)
    assert "Access-Control-Allow-Origin" not in response.headers


def test_every_route_and_method_carries_them(app: Flask, client: FlaskClient) -> None:
    asked = 0
    for rule, method, path in addresses(app):
        if rule.endpoint != "static":
            check(client.open(path, method=method))
            asked += 1
    assert asked > 5


def test_every_page_says_what_it_is_written_in(app: Flask, client: FlaskClient) -> None:
    for _, method, path in addresses(app):
        response = client.open(path, method=method)
        if response.data:
            assert response.mimetype in ("text/html", "application/json", "text/css")
            charset = response.mimetype_params.get("charset", "").lower()
            assert response.mimetype == "application/json" or charset == "utf-8", path


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "DELETE", "PATCH"])
def test_methods_that_no_route_lists_are_refused(client: FlaskClient, method: str) -> None:
    response = client.open("/account/login", method=method)
    assert response.status_code in (400, 405)
    check(response)


def test_refusals_carry_them(client: FlaskClient) -> None:
    for response, status in (
        (client.get("/nowhere"), 404),
        (client.get("/account/logout"), 405),
        (client.post("/account/login"), 400),
        (client.post("/account/login", json={}), 415),
        (client.post("/account/login", data={"text": "a" * 300_000}), 413),
        (post(client, "/account/login", email="x", password="y"), 422),
    ):
        assert response.status_code == status
        check(response)


def test_failures_carry_them(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError

    monkeypatch.setitem(app.view_functions, "health.live", public("a test")(fail))
    response = client.get("/health/live")
    assert response.status_code == 500
    check(response)


def test_files_may_be_kept_for_good_when_their_address_names_their_content(
    app: Flask, client: FlaskClient
) -> None:
    with app.test_request_context():
        address = render_template_string("{{ file_address('foreroom.css') }}")
    assert "?v=" in address
    named = client.get(address, buffered=True)
    assert named.status_code == 200
    check(named, "public, max-age=31536000, immutable")
    plain = client.get("/static/foreroom.css", buffered=True)
    check(plain, "public, max-age=3600")
    again = client.get("/static/foreroom.css", headers={"If-Modified-Since": plain.headers["Last-Modified"]})
    assert again.status_code == 304
    check(again, "public, max-age=3600")


def test_files_that_are_refused_are_not_kept(client: FlaskClient) -> None:
    for response, status in (
        (client.get("/static/nowhere.css?v=1"), 404),
        (client.post("/static/foreroom.css"), 405),
        (client.get("/static/../config.py"), 404),
    ):
        assert response.status_code == status
        check(response)


def test_browsers_are_told_to_insist_on_tls_only_where_there_is_tls(
    client: FlaskClient, database_url: str, settings: Settings
) -> None:
    assert HSTS not in client.get("/health/live").headers
    clinic = create_app(make_settings(database_url, settings.instance, ENV="production"))
    for path in ("/health/live", "/nowhere", "/static/foreroom.css"):
        assert (
            clinic.test_client().get(path, buffered=True).headers[HSTS]
            == "max-age=31536000; includeSubDomains"
        )


def test_a_patients_pages_are_compressed_for_whoever_can_read_that(app: Flask, make: Factory) -> None:
    case = make.case(status=Status.DRAFT)
    make.session.commit()
    patient = as_patient(app.test_client(), case)
    plain = patient.get("/intake/right_now")
    small = patient.get("/intake/right_now", headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert small.content_length == len(small.data) < len(plain.data) / 2
    for response in (plain, small):
        assert {"Cookie", "Accept-Encoding"} <= set(response.vary)
    without_token = re.compile(rb'name="csrf_token" value="[^"]*"')
    assert without_token.sub(b"", gzip.decompress(small.data)) == without_token.sub(b"", plain.data)


def test_nothing_is_compressed_beside_what_somebody_else_wrote(app: Flask, make: Factory) -> None:
    case = make.case(status=Status.DRAFT)
    clinician = as_staff(app.test_client(), staff(app, make, make.session, "clinician"))
    patient = as_patient(app.test_client(), case)
    wanted = {"Accept-Encoding": "gzip"}
    typed = {
        "csrf_token": token(patient),
        "submission": str(case.submission_id),
        "version": "0",
        "urgent_now": "what somebody made me send",
    }
    for response in (
        clinician.get("/review/", headers=wanted),
        clinician.get(f"/review/{case.id}", headers=wanted),
        app.test_client().get("/", headers=wanted),
        patient.post("/intake/right_now", data=typed, headers=wanted),
    ):
        assert response.status_code in (200, 422)
        assert "Content-Encoding" not in response.headers


def test_a_smaller_copy_that_is_older_than_its_file_is_not_served(tmp_path: Path) -> None:
    new = b"a { color: red }" * 20
    (tmp_path / "page.css").write_bytes(new)
    (tmp_path / "page.css.gz").write_bytes(gzip.compress(b"old"))
    address, agent = "/static/page.css", {"Accept-Encoding": "gzip"}
    for older, served in ((True, new), (False, b"old")):
        when = (tmp_path / "page.css").stat().st_mtime + (-60 if older else 60)
        os.utime(tmp_path / "page.css.gz", (when, when))
        app = Flask(__name__)
        app.wsgi_app = headers._StaticFiles(app.wsgi_app, root=str(tmp_path), prefix="static/")  # type: ignore[method-assign]
        with app.test_client().get(address, headers=agent) as response:
            body = response.data
        assert (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body) == served
