"""An admin at a browser."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.browsing import as_staff, staff
from tests.factories import NOW, Factory


@pytest.fixture
def admin(app: Flask, client: FlaskClient, make: Factory, session: Session) -> FlaskClient:
    """An admin's browser, on the day of NOW."""
    app.config["CLOCK"] = lambda: NOW
    return as_staff(client, staff(app, make, session, "admin"))
