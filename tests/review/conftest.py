"""Two clinicians, each at their own browser, on the day of NOW."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.models import Case, User
from tests.browsing import as_staff, staff
from tests.factories import NOW, Factory
from tests.judged import sent


@pytest.fixture
def clara(app: Flask, make: Factory, session: Session) -> User:
    """A clinician."""
    app.config["CLOCK"] = lambda: NOW
    return staff(app, make, session, "clinician", name="Clara Park")


@pytest.fixture
def lee(app: Flask, make: Factory, session: Session, clara: User) -> User:
    """Another."""
    return staff(app, make, session, "clinician", name="Lee Moss")


@pytest.fixture
def desk(app: Flask, clara: User) -> FlaskClient:
    """Clara's browser."""
    return as_staff(app.test_client(), clara)


@pytest.fixture
def other_desk(app: Flask, lee: User) -> FlaskClient:
    """Lee's browser."""
    return as_staff(app.test_client(), lee)


@pytest.fixture
def case(make: Factory, session: Session) -> Case:
    """Somebody having chemotherapy: one flag that must be settled, and others."""
    made = sent(make, {"chemo_now": "yes", "chemo_last": "this_month"})
    session.commit()
    return made


@pytest.fixture
def healthy(make: Factory, session: Session) -> Case:
    """Somebody with nothing in the way."""
    made = sent(make)
    session.commit()
    return made


NO_READING = {"bp_known": "no", "bp_top": None, "bp_bottom": None}
OPEN = NO_READING | {"chemo_now": "not_sure", "ketamine_allergy": None, "aneurysm": "rather_not"}


@pytest.fixture
def unknown(make: Factory, session: Session) -> Case:
    """Somebody with a healthy form, but for some safety questions that nobody has an answer to."""
    case = sent(make, OPEN)
    session.commit()
    return case


@pytest.fixture
def unsure(make: Factory, session: Session) -> Case:
    """Somebody who is not sure about chemotherapy, and left out an allergy and a blood pressure."""
    open_still = {"chemo_now": "not_sure", "steroid_allergy": None, "bp_top": None, "bp_bottom": None}
    case = sent(make, open_still)
    session.commit()
    return case
