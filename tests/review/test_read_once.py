"""A case page reads its answers once, and judges nothing while its screening holds."""

import pytest
from flask.testing import FlaskClient

from app.models import Case
from tests.counting import count_readings

pytestmark = pytest.mark.sqlite_alone("it counts what is done beside the database")


def test_a_case_page_is_drawn_with_one_reading(
    desk: FlaskClient, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = count_readings(monkeypatch)
    assert desk.get(f"/review/{case.id}").status_code == 200
    assert work == {"read": 1}
