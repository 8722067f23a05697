"""How often a request unseals the answers of its form: once, and once more to change them."""

import pytest

from app.models.sealing import KeyRing
from tests.intake.answers import page_fields
from tests.intake.patient import Patient
from tests.people import HEALTHY, but

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")

PLACE = "case.sealed_answers"
TYPED = page_fields("reasons", {"reasons": ["pain"], "reason_duration": "over_5_years"}) | {"version": ["1"]}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The places of all that was unsealed so far, in order."""
    places: list[str] = []
    unsealed = KeyRing.open

    def count(ring: KeyRing, place: str, *rest: object) -> object:
        places.append(place)
        return unsealed(ring, place, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(KeyRing, "open", count)
    return places


@pytest.mark.parametrize("path", ["", "reasons", "sign", "saved", "withdraw", "help/crisis_now"])
def test_a_page_that_is_opened_unseals_its_draft_once(patient: Patient, opened: list[str], path: str) -> None:
    patient.have(HEALTHY, queued_help=["crisis_now"])
    opened.clear()
    assert patient.open(f"/intake/{path}").status == 200
    assert opened.count(PLACE) == 1


@pytest.mark.parametrize("path", ["reasons", "reasons/draft", "help/crisis_now"])
def test_a_page_that_is_saved_unseals_its_draft_once_more(
    patient: Patient, opened: list[str], path: str
) -> None:
    patient.have(HEALTHY, queued_help=["crisis_now"])
    opened.clear()
    assert patient.send(f"/intake/{path}", TYPED).status < 400
    assert opened.count(PLACE) == 2


def test_a_page_that_comes_back_to_be_mended_unseals_its_draft_no_more_often(
    patient: Patient, opened: list[str]
) -> None:
    patient.have(HEALTHY)
    opened.clear()
    assert patient.send("/intake/measures", weight="a lot", version="1").status == 422
    assert opened.count(PLACE) == 2


@pytest.mark.parametrize("path", ["confirmation", "copy", "opened", "correction"])
def test_a_page_of_a_form_that_was_sent_unseals_it_once(
    patient: Patient, opened: list[str], path: str
) -> None:
    patient.have(but(HEALTHY, {"agree_screen": None, "sign_name": None}))
    assert patient.sign().status == 303
    opened.clear()
    assert patient.open(f"/intake/{path}").status == 200
    assert opened.count(PLACE) == 1
