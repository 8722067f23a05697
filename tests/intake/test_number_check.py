"""A number far from usual is asked about once more, and what the patient then says stands."""

import pytest

from tests.intake.patient import Patient
from tests.intake.test_quiet_save import quietly
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


SWAPPED = HEALTHY | {"bp_top": 80, "bp_bottom": 120, "bp_when": "week"}
TURNED = "You typed “80/120”. The top number should be bigger than the bottom one. Check both"


@pytest.mark.parametrize(
    "also", [{}, {"weight": {"unit": "lb", "value": 480}}], ids=["alone", "beside a slip"]
)
def test_a_pressure_turned_round_is_refused_before_anything_is_asked_or_calls_for_help(
    patient: Patient, also: Answers
) -> None:
    seen = patient.save("measures", SWAPPED | also)
    assert (seen.status, seen.problems) == (422, [(TURNED, "bp_top")])
    assert (seen.values["bp_top"], seen.values["bp_bottom"]) == (["80"], ["120"])
    assert patient.save("measures", SWAPPED | also).status == 422, "sent again as it is"
    again = patient.open("/intake/measures")
    assert (again.values["bp_top"], again.values["bp_bottom"]) == (["80"], ["120"]), "nothing typed is lost"
    assert again.values["bp_when"] == ["week"]
    assert patient.save("reasons", HEALTHY).path != "/intake/help/pressure_crisis"
    assert patient.facts("alert.raised") == []
    assert patient.screenings == []


def test_a_pressure_turned_round_raises_no_alert_when_the_page_saves_itself(patient: Patient) -> None:
    status, told = quietly(patient, "measures", SWAPPED)
    assert (status, told["whole"]) == (200, False)
    assert patient.open("/intake/measures").values["bp_bottom"] == ["120"]
    assert patient.facts("alert.raised") == []
    assert patient.draft.queued_help == []


@pytest.mark.parametrize("quiet", [False, True])
def test_a_pressure_turned_the_right_way_still_calls_for_help(patient: Patient, quiet: bool) -> None:
    patient.save("measures", SWAPPED)
    crisis = SWAPPED | {"bp_top": 185, "bp_bottom": 125}
    if quiet:
        quietly(patient, "measures", crisis)
    else:
        assert patient.save("measures", crisis).path == CHECK
        assert patient.send(CHECK, answer="keep").path == "/intake/help/pressure_crisis"
    assert "blood-pressure-crisis" in patient.flags()
    assert patient.facts("alert.raised") == [{"rules": ["blood-pressure-crisis"]}]


def test_a_top_number_that_cannot_be_read_keeps_no_danger_below_it_back(patient: Patient) -> None:
    """An older top number says nothing of the new bottom one, so the two are no pair."""
    patient.save("measures", HEALTHY | {"bp_top": 110, "bp_bottom": 80, "bp_when": "week"})
    typed = HEALTHY | {"bp_top": "high", "bp_bottom": 125, "bp_when": "week"}
    seen = patient.save("measures", typed, later="yes")
    assert "blood-pressure-crisis" in patient.flags(), seen.path
    assert patient.open("/intake/measures").values["bp_top"] == ["high"]
