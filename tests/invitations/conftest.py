"""The clinic's clock, and a mailbox of the test's own."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browsing import as_staff
from tests.factories import Factory
from tests.intake.conftest import clock
from tests.intake.patient import Clock
from tests.mailing import Post

__all__ = ["clock"]


@pytest.fixture
def post_office(app: Flask, tmp_path: Path) -> Post:
    """Where this test's mail goes."""
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], instance=tmp_path)
    return Post(app)


@pytest.fixture(params=["clinician", "admin"])
def desk(
    request: pytest.FixtureRequest, app: Flask, make: Factory, clock: Clock, post_office: Post
) -> FlaskClient:
    """The browser of whoever may invite."""
    user = make.user(request.param)
    make.session.commit()
    return as_staff(app.test_client(), user)
