"""Private questions can be left to a talk. They are then neither asked again nor taken for a no."""

import pytest

from app.models import Flag
from app.questionnaire.intake import INTAKE
from tests.intake.answers import path_after
from tests.intake.patient import Patient
from tests.people import HEALTHY, but

pytestmark = pytest.mark.sqlite_alone("what is said, in which words and language")

MOOD = next(step for step in INTAKE.steps if step.id == "mood")
PRIVATE = [step for step in INTAKE.steps if step.private]
HELPED = {"filled_by": "self_with_help", "helper_name": "Kit Ashdown"}


def test_every_private_page_offers_it_and_no_other(patient: Patient) -> None:
    patient.have(HEALTHY)
    for page in INTAKE.pages[1:-1]:
        seen = patient.open(f"/intake/{page.id}")
        if seen.status == 200:
            assert ("ask_me" in seen.buttons) is INTAKE.step_of(page.id).private


def test_a_step_left_to_voice_is_not_asked_again(patient: Patient) -> None:
    seen = patient.save("phq9", ask_me="yes")
    assert seen.path == "/intake/substances"
    asked = [question.id for question in MOOD.questions()]
    assert [patient.draft.answers.get(name) for name in asked] == ["ask_me"] * len(asked)
    assert patient.open("/intake/").tasks["Your mood and mental health"] == "We will ask you"
    assert patient.facts("intake.saved")[-1]["page"] == "mood"


def test_what_was_answered_before_stays(patient: Patient) -> None:
    patient.save("phq9", HEALTHY)
    patient.save("suicide", ask_me="yes")
    answers = patient.draft.answers
    assert answers["scale_phq9"] == HEALTHY["scale_phq9"]
    assert answers["suicide_thoughts"] == answers["psychosis_ever"] == "ask_me"


def test_a_half_filled_scale_can_be_left_to_voice(patient: Patient) -> None:
    patient.save("phq9", HEALTHY, **{"scale_phq9-4": ""})
    assert patient.save("phq9", ask_me="yes").path == "/intake/substances"
    assert patient.draft.answers["scale_phq9"] == "ask_me"
    assert patient.open("/intake/").tasks["Your mood and mental health"] == "We will ask you"


def test_the_rest_of_a_half_answered_page_can_be_left_to_voice(patient: Patient) -> None:
    seen = patient.save("suicide", {"suicide_thoughts": "no"}, ask_me="yes")
    assert seen.path == "/intake/substances"
    assert patient.draft.answers["suicide_thoughts"] == "no"
    assert patient.draft.answers["suicide_attempt"] == "ask_me"
    assert patient.open("/intake/").tasks["Your mood and mental health"] == "We will ask you"


def test_a_sign_of_danger_on_the_page_is_not_lost_with_it(patient: Patient) -> None:
    seen = patient.save("phq9", ask_me="yes", **{"scale_phq9-9": "3"})
    assert seen.path == "/intake/help/crisis_now"
    assert patient.open(seen.path).heading.startswith("Thank you for telling us. Let's get you some help now")
    assert "phq9-self-harm-item" in patient.flags()
    assert patient.case.level_rank == 0
    assert patient.draft.answers["suicide_thoughts"] == "ask_me"


def test_on_other_pages_the_button_means_nothing(patient: Patient) -> None:
    seen = patient.save("reasons", HEALTHY, ask_me="yes")
    assert seen.path == path_after("reasons")
    assert patient.draft.answers["reasons"] == HEALTHY["reasons"]
    assert "ask_me" not in patient.draft.answers.values()


def test_a_helper_at_the_keyboard_leaves_all_private_steps_to_voice(patient: Patient) -> None:
    patient.save("begin", HEALTHY | HELPED | {"private_part": "ask_me"})
    tasks = patient.open("/intake/").tasks
    for step in PRIVATE:
        assert tasks.get(step.name, "We will ask you") == "We will ask you"
    patient.save("begin", HEALTHY | HELPED | {"private_part": "alone"})
    assert "ask_me" not in patient.draft.answers.values()
    assert patient.open("/intake/").tasks["Your mood and mental health"] == "To do"


def test_questions_that_come_up_later_are_left_to_voice_too(patient: Patient) -> None:
    patient.save("begin", HEALTHY | HELPED | {"private_part": "ask_me"})
    patient.save("measures", HEALTHY)
    assert patient.draft.answers["pregnancy_status"] == "ask_me"
    assert patient.open("/intake/").tasks["Pregnancy and breastfeeding"] == "We will ask you"


def test_what_was_left_to_voice_is_unknown_and_on_the_list_to_ask(patient: Patient) -> None:
    left = but(HEALTHY, dict.fromkeys((q.id for q in MOOD.questions()), None))
    patient.have(left, saved={p.id: 1 for p in INTAKE.pages if p.id != "sign" and p not in MOOD.pages})
    assert patient.save("phq9", ask_me="yes").path == "/intake/sign"
    assert patient.sign().status == 303
    final = patient.screenings[-1]
    unknown = {flag.rule for flag in final.flags if isinstance(flag, Flag) and flag.outcome == "undetermined"}
    assert {"suicide-risk-now", "phq9-self-harm-item"} <= unknown
    assert patient.case.to_ask_count > 0


@pytest.mark.parametrize("stale", ["", "another"])
def test_a_stale_token_leaves_nothing_to_voice(patient: Patient, stale: str) -> None:
    assert patient.save("phq9", ask_me="yes", csrf_token=stale).status == 422
    assert "ask_me" not in patient.draft.answers.values()
