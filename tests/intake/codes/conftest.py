"""A link that was mailed, and the post office that takes its codes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.models import Invitation
from app.web.extensions import db
from tests.browsing import token
from tests.factories import Factory
from tests.intake.codes.asking import LINK, TOKEN
from tests.mailing import Post


@pytest.fixture
def post_office(app: Flask, tmp_path: Path) -> Post:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], instance=tmp_path)
    return Post(app)


@pytest.fixture
def invitation(make: Factory) -> Invitation:
    made = make.mailed_invitation(TOKEN)
    make.session.commit()
    return made


# ---- Two at once


@pytest.fixture
def asked(own_app: Flask) -> tuple[Flask, str, dict[str, object]]:
    """An app on its own database, a code that was mailed, and the cookie of the browser that asked."""
    with own_app.app_context():
        maker = db.sessionmaker
    with maker.begin() as session:
        Factory(session).mailed_invitation(TOKEN)
    client = own_app.test_client()
    typed = {"verify_dob-day": "27", "verify_dob-month": "3", "verify_dob-year": "1985", "language": "en"}
    assert client.post(LINK, data=typed | {"csrf_token": token(client)}).status_code == 303
    code = Post(own_app).code()
    with client.session_transaction() as cookie:
        return own_app, code, dict(cookie)
