"""A number far from usual is asked about once more, and what the patient then says stands."""

import pytest

from tests.intake.patient import Patient
from tests.people import HEALTHY, Answers

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")

CHECK = "/intake/help/number_check"


def heavy(pounds: int = 480) -> Answers:
    return HEALTHY | {"weight": {"unit": "lb", "value": pounds}}


def test_an_unusual_number_is_saved_and_asked_about(patient: Patient) -> None:
    assert patient.save("measures", heavy()).path == CHECK
    assert patient.draft.answers["weight"]["value"] == 480
    seen = patient.open(CHECK)
    assert "You told us you weigh 480 pounds (218 kg). Is that right?" in seen.words
    assert seen.buttons["answer"] == ["keep", "change"]


def test_a_number_that_is_right_is_not_asked_about_again(patient: Patient) -> None:
    patient.save("measures", heavy())
    assert patient.send(CHECK, answer="keep").path == "/intake/reasons"
    assert patient.draft.confirmed == ["weight"]
    assert patient.save("measures", heavy()).path != CHECK
    assert patient.save("reasons", HEALTHY).path != CHECK


def test_another_unusual_number_is_asked_about_anew(patient: Patient) -> None:
    patient.save("measures", heavy())
    patient.send(CHECK, answer="keep")
    assert patient.save("measures", heavy(700)).path == CHECK


def test_a_number_to_be_changed_leads_back_to_it(patient: Patient) -> None:
    patient.save("measures", heavy())
    assert patient.send(CHECK, answer="change").path == "/intake/measures"
    assert patient.open("/intake/measures").values["weight-value"] == ["480"]
    assert patient.save("measures", heavy(490)).path == CHECK, "still far from usual"
    patient.send(CHECK, answer="change")
    assert patient.save("measures", heavy(180)).path != CHECK


def test_a_number_mended_without_answering_is_not_asked_about(patient: Patient) -> None:
    patient.save("measures", heavy())
    assert patient.save("measures", heavy(180)).path == "/intake/reasons"
    assert patient.save("reasons", HEALTHY).path != CHECK
    assert patient.open(CHECK).path == "/intake/"


def test_several_numbers_are_asked_about_together(patient: Patient) -> None:
    odd = heavy() | {"height": {"unit": "cm", "value": 215}, "bp_top": 210}
    patient.save("measures", odd)
    words = patient.open(CHECK).words
    for told in ("you are 215 cm tall", "you weigh 480 pounds", "your top blood pressure number is 210"):
        assert told in words
    patient.send(CHECK, answer="keep")
    assert patient.draft.confirmed == ["bp_top", "height", "weight"]


@pytest.mark.parametrize("also", [{}, {"harm_others": "yes"}], ids=["alone", "beside a danger"])
def test_what_a_number_would_mean_is_not_said_before_it_is_checked(patient: Patient, also: Answers) -> None:
    """A slip of the finger frightens nobody. What is known stays: other help, and a number that was checked before."""
    pressure = {"bp_top": 210, "bp_bottom": 130, "bp_when": "week"}
    patient.have(HEALTHY | also, seen_help=["harm_others"])
    assert patient.save("measures", HEALTHY | pressure).path == CHECK
    seen = patient.open(CHECK)
    assert "your top blood pressure number is 210" in seen.words
    assert "Please have your blood pressure checked today" not in seen.words
    assert ("Call 988" in seen.words) is bool(also)
    patient.send(CHECK, answer="keep")
    patient.save("measures", heavy() | pressure)
    seen = patient.open(CHECK)
    assert "you weigh 480 pounds" in seen.words
    assert "Please have your blood pressure checked today" in seen.words


def test_the_question_waits_until_the_page_is_complete(patient: Patient) -> None:
    seen = patient.save("measures", heavy() | {"bp_bottom": None})
    assert seen.path != CHECK
    assert patient.save("measures", heavy()).path == CHECK


def test_an_open_question_hides_no_gap_of_the_page(patient: Patient) -> None:
    """It was asked, and left by the way back: the next Continue tells what is missing, and then it comes again."""
    slip = HEALTHY | {"email": "robin@gmial.com"}
    assert patient.save("you", slip).path == CHECK
    seen = patient.save("you", slip | {"last_name": None}, **{"last_name": ""})
    assert (seen.status, [target for _, target in seen.problems]) == (422, ["last_name"])
    assert patient.save("you", slip).path == CHECK


def test_without_an_unusual_number_there_is_no_such_page(patient: Patient) -> None:
    assert patient.open(CHECK).path == "/intake/"
    assert patient.send(CHECK, answer="keep").status == 303
    assert patient.draft.confirmed == []
