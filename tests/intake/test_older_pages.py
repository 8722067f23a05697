"""Pages that stood open in a browser while version 1.9 made one of several: nothing that was typed in them is lost."""

import pytest

from tests.intake.patient import Patient
from tests.people import HEALTHY, Answers, but

BEFORE = "1.8"
WANTED: Answers = but(HEALTHY, {"agree_screen": None, "sign_name": None, "tried_list": ["physio"]})
PAIN: Answers = {"reasons": ["pain"], "pain_sites": ["back"], "back_warning": "no"}

pytestmark = pytest.mark.sqlite_alone("what becomes of a page that an earlier version drew")


@pytest.fixture
def begun(patient: Patient) -> Patient:
    """Somebody who was in the middle of the form of the version before."""
    patient.have(WANTED | PAIN)
    patient.case.questionnaire_version = BEFORE
    patient.session.commit()
    return patient


def test_a_page_that_is_gone_leads_to_the_list_of_tasks(begun: Patient) -> None:
    assert begun.open("/intake/pain").location == "/intake/"
    assert begun.open("/intake/nowhere").status == 404


@pytest.mark.parametrize("quietly", ["", "/draft"])
def test_a_danger_told_on_a_page_that_is_gone_is_kept_and_helped_with(begun: Patient, quietly: str) -> None:
    typed = {"pain_sites": "back", "back_warning": "yes", "version": "0", "questions": BEFORE}
    seen = begun.send(f"/intake/pain{quietly}", typed)
    assert begun.draft.answers["back_warning"] == "yes"
    assert begun.draft.answers["tried_list"] == ["physio"], "what the page did not ask stands"
    assert begun.draft.answers["goals"] == WANTED["goals"]
    assert quietly or seen.path == "/intake/help/back_warning"
    assert begun.events.count("alert.raised") == 1


def test_what_was_typed_on_a_page_that_is_gone_comes_on_the_page_that_asks_it_now(begun: Patient) -> None:
    seen = begun.send(
        "/intake/surgery", {"surgery_last": "under_6_weeks", "version": "0", "questions": BEFORE}
    )
    assert seen.path == "/intake/safety_rows"
    assert begun.draft.answers["surgery_last"] == "under_6_weeks"
    assert begun.draft.answers["steroid_allergy"] == "no"


def test_a_page_that_asked_less_takes_nothing_away(begun: Patient) -> None:
    version = str(begun.draft.saved["reasons"])
    typed = {"reasons": "ocd", "reason_duration": "over_5_years", "goals": "To walk", "version": version}
    begun.send("/intake/reasons", typed | {"questions": BEFORE})
    kept = begun.draft.answers
    assert (kept["reasons"], kept["goals"], kept["tried_list"]) == (["ocd"], "To walk", ["physio"])
    assert kept["ketamine_before"] == ["none"]
    assert "reasons" in begun.draft.asked_again
