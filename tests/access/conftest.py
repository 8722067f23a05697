"""What the tests of who may open what start from."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.models import unseal
from app.screening.workflow import Status
from tests.access.world import World
from tests.factories import CANARY, NOW, Factory


@pytest.fixture
def world(app: Flask, session: Session, make: Factory) -> Iterator[World]:
    sent, person = make.case(), make.person()
    told: dict[str, Any] = {
        name: str(words) for name, words in unseal(session, person, "sealed_identity").items()
    }
    told |= {"harm_others": "yes", "goals": f"A walk with {CANARY}", "reasons": ["pain"]}
    made = World(
        app,
        session,
        draft=make.case(person, status=Status.DRAFT, answers=told),
        others=make.case(),
        sent=sent,
        flag=make.flag(make.screening(sent)),
        correction=make.correction(sent),
        invitation=make.mailed_invitation("a-token", paused_at=NOW),
        open_invitation=make.invitation(expires_at=datetime.now(UTC) + timedelta(days=1)),
        clinician=make.user("clinician"),
        admin=make.user("admin"),
        disabled=make.user("clinician", "admin", active=False),
    )
    session.commit()
    yield made
    made.rest()
