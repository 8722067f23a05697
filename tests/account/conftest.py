"""A member of staff who may sign in, where nobody has tried too often."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.models import User
from app.web.rates import RATE_LIMITER
from tests.browsing import staff
from tests.factories import Factory


@pytest.fixture(autouse=True)
def fresh_limits(app: Flask) -> Iterator[None]:
    """Misses are counted in memory, beside the transaction that is undone."""
    yield
    app.extensions[RATE_LIMITER].storage.reset()


@pytest.fixture
def clinician(app: Flask, make: Factory, session: Session) -> User:
    return staff(app, make, session, "clinician")
