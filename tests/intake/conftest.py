"""A patient's browser and clock, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app import create_app
from app.models import Case
from app.web.extensions import db
from tests import databases, locking
from tests.conftest import make_settings
from tests.factories import NOW, Factory
from tests.intake.patient import Clock, Patient
from tests.people import HEALTHY, but


@pytest.fixture
def clock(app: Flask) -> Clock:
    """The app's clock, in the test's hand."""
    made = Clock(NOW)
    app.config["CLOCK"] = lambda: made.now
    return made


@pytest.fixture
def someone(client: FlaskClient, session: Session, clock: Clock) -> Patient:
    """Somebody who has not begun."""
    return Patient(client, session, clock)


@pytest.fixture
def patient(someone: Patient) -> Patient:
    """Somebody who has just opened a new form."""
    assert someone.start().status == 303
    return someone


@pytest.fixture
def own_app(own_database: str, tmp_path: Path) -> Iterator[Flask]:
    """An app on a database of its own, which keeps what it commits: for races, and for what fails half way."""
    app = create_app(make_settings(own_database, tmp_path))
    app.testing = True
    app.config["CLOCK"] = lambda: NOW
    with app.app_context():
        engine = db.engine
    with locking.in_order(engine):
        yield app
    engine.dispose()


@pytest.fixture
def filled_in(own_app: Flask) -> Iterator[Patient]:
    """Somebody in that app who has answered everything and signed nothing. Looks into it over an engine apart."""
    with own_app.app_context():
        url, maker = own_app.config["SETTINGS"].database_url, db.sessionmaker
    with databases.engine_for(url) as engine, maker(bind=engine) as session:
        patient = Patient(own_app.test_client(), session, Clock(NOW))
        patient.start()
        patient.have(but(HEALTHY, {"agree_screen": None, "sign_name": None}))
        yield patient


SATURDAY = datetime(2026, 3, 7, 15, 30, tzinfo=UTC)


@pytest.fixture
def closed(someone: Patient) -> Patient:
    """Somebody who began on a Saturday, and told no name and no number."""
    someone.clock.now = SATURDAY
    someone.start()
    return someone


@pytest.fixture
def paciente(someone: Patient) -> Patient:
    """Somebody who has just opened a new form in Spanish."""
    assert someone.start(language="es").status == 303
    return someone


FIRST, SECOND = "/i/the-link-of-one-person", "/i/the-link-of-another"
ANNA, BEN = ({"first_name": "Anna", "dob": "1985-03-27"}, {"first_name": "Ben", "dob": "1972-11-30"})


@pytest.fixture
def two(someone: Patient) -> tuple[Patient, Case, Case]:
    """One browser, in which the links of two people were opened, the second last."""
    make = Factory(someone.session)
    cases = []
    for link, person in ((FIRST, ANNA), (SECOND, BEN)):
        make.invitation(make.person(**person, preferred_name=""), link.removeprefix("/i/"))
        someone.session.commit()
        assert someone.start(person["dob"], link).path == "/intake/"
        cases.append(someone.case)
    return someone, cases[0], cases[1]
