"""One clinic a worker, where everybody of the table is at home. What a test does there is undone after it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app import create_app
from app.models import unseal
from app.screening.workflow import Status
from app.web.extensions import db
from tests import databases
from tests.access.world import World
from tests.conftest import make_settings
from tests.factories import CANARY, NOW, Factory


@pytest.fixture(scope="session")
def assembled_app(
    database_kind: str,
    run_id: str,
    template: Callable[..., str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Flask]:
    """An app on a database of its own, in which what is committed before the tests stays. They use `app`."""
    folder = tmp_path_factory.mktemp("access")
    with databases.new_database(database_kind, folder, run_id, template(database_kind)) as url:
        app = create_app(make_settings(url, folder))
        app.testing = True
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def at_home(assembled_app: Flask) -> dict[str, tuple[type, UUID]]:
    """Whom and what the clinic knows: of which class, and its id, by the World's name for it."""
    with assembled_app.app_context():
        maker = db.sessionmaker
    with maker() as session:
        make = Factory(session)
        sent, person = make.case(), make.person()
        told: dict[str, Any] = {
            name: str(words) for name, words in unseal(session, person, "sealed_identity").items()
        }
        told |= {"harm_others": "yes", "goals": f"A walk with {CANARY}", "reasons": ["pain"]}
        made: dict[str, Any] = {
            "draft": make.case(person, status=Status.DRAFT, answers=told),
            "others": make.case(),
            "sent": sent,
            "flag": make.flag(make.screening(sent)),
            "correction": make.correction(sent),
            "invitation": make.mailed_invitation("a-token", paused_at=NOW),
            "open_invitation": make.invitation(expires_at=datetime.now(UTC) + timedelta(days=1)),
            "clinician": make.user("clinician"),
            "admin": make.user("admin"),
            "disabled": make.user("clinician", "admin", active=False),
        }
        session.commit()
        return {name: (type(row), row.id) for name, row in made.items()}


@pytest.fixture
def world(at_home: dict[str, tuple[type, UUID]], app: Flask, session: Session) -> Iterator[World]:
    made = World(app, session, **{name: session.get_one(kind, id) for name, (kind, id) in at_home.items()})
    yield made
    made.rest()
