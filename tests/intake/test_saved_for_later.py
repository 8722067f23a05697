"""Save for later: what is good is saved, and the saved page says what is still to be mended."""

import pytest

from app.questionnaire.intake import INTAKE
from tests.intake.answers import asked_pages
from tests.intake.patient import Patient
from tests.people import HEALTHY

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")


def test_save_and_come_back_later(patient: Patient) -> None:
    seen = patient.save("reasons", {"reasons": ["anxiety"]}, later="yes")
    assert seen.path == "/intake/saved"
    assert patient.draft.answers["reasons"] == ["anxiety"]
    seen = patient.open("/intake/saved")
    assert "30 days in this browser" in seen.words
    assert patient.open("/intake/").tasks["What you want help with"] == "Started"
    for page_id in asked_pages(HEALTHY):
        if INTAKE.step_of(page_id) is INTAKE.step_of("reasons"):
            assert patient.save(page_id, HEALTHY, later="yes").path == "/intake/saved"
    assert patient.open("/intake/").tasks["What you want help with"] == "Done"


def test_saving_for_later_keeps_what_is_good_and_says_what_is_still_to_be_mended(patient: Patient) -> None:
    seen = patient.save("measures", HEALTHY, later="yes", **{"height-feet": "5", "height-inches": "40"})
    assert (seen.status, seen.path) == (303, "/intake/saved")
    assert patient.draft.answers["weight"] == HEALTHY["weight"]
    seen = patient.open("/intake/saved")
    assert "Still to mend" in seen.words
    assert "You typed “40”. Inches must be 0 to 11" in seen.words
    assert "/intake/measures#height-inches" in seen.links
    assert patient.draft.incomplete_pages == ["measures"]
    page = patient.open("/intake/measures")
    assert (page.values["height-inches"], [target for _, target in page.problems]) == (
        ["40"],
        ["height-inches"],
    )
    assert patient.save("measures", HEALTHY).status == 303
    assert "Still to mend" not in patient.open("/intake/saved").words


def test_an_entry_that_lacks_a_part_is_still_to_be_mended(patient: Patient) -> None:
    half = HEALTHY | {"medicines": [{"med_name": "Sertraline"}]}
    assert patient.save("medicines", half, later="yes").path == "/intake/saved"
    assert "/intake/medicines#medicines-0-med_often" in patient.open("/intake/saved").links


def test_the_subject_of_a_private_page_does_not_stand_on_the_saved_page(patient: Patient) -> None:
    patient.save("mental_history", HEALTHY | {"mania_ever": None}, later="yes", mania_ever="now and then")
    seen = patient.open("/intake/saved")
    assert "/intake/mental_history#mania_ever" in seen.links
    assert "Private questions" in seen.words
    assert "Your mental health" not in seen.words
