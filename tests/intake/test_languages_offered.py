"""Which languages a clinic offers, and what it says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.questionnaire.countries import Country
from app.web.extensions import db
from tests.browsing import cookie_contents, post
from tests.conftest import make_settings
from tests.factories import NOW
from tests.intake.patient import birth_date


def another(url: str, path: Path, **more: str) -> Flask:
    app = create_app(make_settings(url, path, **more))
    app.testing = True
    app.config["CLOCK"] = lambda: NOW
    return app


@pytest.fixture
def clinic(own_database: str, tmp_path: Path) -> Iterator[Callable[..., FlaskClient]]:
    """A browser at a clinic with further settings."""
    made: list[Flask] = []

    def at(**more: str) -> FlaskClient:
        made.append(another(own_database, tmp_path, **more))
        return made[-1].test_client()

    yield at
    for app in made:
        with app.app_context():
            db.engine.dispose()


def begun(client: FlaskClient, language: str) -> None:
    assert post(client, "/", **birth_date("1990-05-03"), language=language).status_code == 303


def test_switched_off_it_is_not_offered(clinic: Callable[..., FlaskClient]) -> None:
    client = clinic(SPANISH="0")
    first = client.get("/").text
    assert "switch_language" not in first
    assert "In English for now" in first
    begun(client, "es")
    assert '<html lang="en">' in client.get("/intake/right_now").text
    assert "language" not in cookie_contents(client)
    post(client, "/language", switch_language="es", page="/")
    assert "language" not in cookie_contents(client)


def test_a_demonstration_says_that_the_spanish_is_a_draft(clinic: Callable[..., FlaskClient]) -> None:
    client = clinic(ENV="demo")
    begun(client, "es")
    assert "Ningún traductor lo ha aprobado todavía" in client.get("/intake/right_now").text
    post(client, "/language", switch_language="en", page="/")
    assert "aprobado" not in client.get("/intake/right_now").text


def test_a_clinic_in_the_uk_speaks_british_english(clinic: Callable[..., FlaskClient]) -> None:
    client = clinic(JURISDICTION=Country.UK)
    begun(client, "en")
    html = "".join(client.get(f"/intake/{page}").text for page in ("safety_rows", "you", "right_now"))
    assert '<html lang="en-GB">' in html
    assert "anaesthetic" in html
    assert "an anesthetic" not in html
