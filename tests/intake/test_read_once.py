"""A request reads the same answers once, and judges them once; what it draws uses that reading."""

from collections import Counter

import pytest

from tests.counting import count_readings
from tests.intake.patient import Patient
from tests.people import HEALTHY, but

pytestmark = pytest.mark.sqlite_alone("it counts what is done beside the database")


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    return count_readings(monkeypatch)


def test_a_page_is_opened_with_one_reading(patient: Patient, work: Counter[str]) -> None:
    work.clear()
    assert patient.open("/intake/right_now").status == 200
    assert work == {"read": 1}


def test_a_page_is_saved_with_two_readings_and_judged_once(patient: Patient, work: Counter[str]) -> None:
    """As it was stored, and as it was posted."""
    work.clear()
    assert patient.save("right_now", urgent_now=["none"]).status == 303
    assert work == {"read": 2, "judged": 1}


def test_a_page_that_comes_back_is_drawn_with_the_reading_it_was_judged_by(
    patient: Patient, work: Counter[str]
) -> None:
    work.clear()
    assert patient.save("begin", filled_by="").status == 422
    assert work["read"] <= 2
    assert work["judged"] == 1


def test_a_form_is_sent_with_three_readings_and_judged_once(patient: Patient, work: Counter[str]) -> None:
    """As it was stored, as it was posted, and as it is sent: without what is hidden."""
    patient.have(but(HEALTHY, {"agree_screen": None, "sign_name": None}))
    work.clear()
    assert patient.open("/intake/sign").status == 200
    assert work == {"read": 1}
    work.clear()
    assert patient.sign().path == "/intake/confirmation"
    assert work["read"] <= 3
    assert work["judged"] == 1
