"""Reading one page as a whole: what is shown, what is asked, what is kept."""

import pytest

from app.questionnaire.intake import INTAKE
from app.questionnaire.reading import Reading, is_open
from tests.people import HEALTHY, ON, but
from tests.questionnaire.forms import Form, send, told

MEASURES: Form = {
    "sex_at_birth": "female",
    "height-unit": "cm",
    "height-value": "168",
    "weight-unit": "kg",
    "weight-value": "64",
    "bp_known": "no",
}
FAMILY: Form = {
    "fam_known": "yes",
    **dict.fromkeys(("fam_psychosis", "fam_seizures", "fam_heart_attack", "fam_anesthetic"), "no"),
}


def test_a_page_filled_in_is_stored() -> None:
    result = send("measures", MEASURES)
    assert result.answers == {
        "sex_at_birth": "female",
        "height": {"unit": "cm", "value": 168},
        "weight": {"unit": "kg", "value": 64},
        "bp_known": "no",
    }
    assert (result.problems, result.opened, result.refused, result.soft) == ((), (), False, {})


def test_an_empty_page_is_asked_for_everything_required_and_shown() -> None:
    assert told(send("measures", {})) == {
        "sex_at_birth": "Pick the sex on your birth record",
        "height-unit": "Enter your height, or pick “Please measure me”",
        "weight-unit": "Enter your weight, or pick “Please weigh me”",
        "bp_known": "Pick Yes or No for “Do you know your blood pressure from the last 6 months?”",
    }


def test_optional_questions_may_stay_empty() -> None:
    form: Form = {
        "first_name": "Robin",
        "last_name": "Ashdown",
        **{"dob-day": "3", "dob-month": "5", "dob-year": "1990"},
        "phone": "555 010 0199",
        "email": "robin@example.com",
        "ec_name": "Kit Ashdown",
        "ec_phone": "555 010 0198",
    }
    assert send("you", form).problems == ()


def test_answers_of_other_pages_stand() -> None:
    before = {"seizure_ever": "yes", "reasons": ["pain"]}
    assert send("measures", MEASURES, before).answers.items() >= before.items()


def test_a_hidden_question_is_neither_required_nor_kept() -> None:
    result = send("measures", MEASURES | {"bp_top": "120", "bp_bottom": "nonsense"})
    assert not {"bp_top", "bp_bottom"} & set(result.answers)
    assert result.problems == ()


def test_an_answer_hidden_by_this_page_stays_for_a_change_of_mind_and_counts_for_nothing() -> None:
    before = {"bp_known": "yes", "bp_top": 120, "bp_bottom": 80}
    result = send("measures", MEASURES | {"bp_top": "190", "bp_bottom": "nonsense"}, before)
    assert (result.answers["bp_top"], result.answers["bp_bottom"]) == (120, 80)
    assert (result.problems, result.soft) == ((), {})
    assert Reading(INTAKE, result.answers, ON).kept().keys() == {
        "sex_at_birth",
        "height",
        "weight",
        "bp_known",
    }


def test_a_question_this_page_opens_is_asked_and_not_blamed() -> None:
    """Without script the patient has not seen it yet."""
    result = send("measures", MEASURES | {"bp_known": "yes"})
    assert result.opened == ("bp_top", "bp_bottom", "bp_when")
    assert result.problems == ()
    assert not result.refused


def test_once_seen_an_opened_question_is_required() -> None:
    form = MEASURES | {"bp_known": "yes", "opened": ["bp_top", "bp_bottom", "bp_when"]}
    assert told(send("measures", form)) == {
        "bp_top": "Enter both numbers, or pick No if you don't know them",
        "bp_bottom": "Enter both numbers, or pick No if you don't know them",
        "bp_when": "Pick when that reading was",
    }
    stored = send("measures", MEASURES | {"bp_known": "yes"})
    assert set(told(send("measures", MEASURES | {"bp_known": "yes"}, stored.answers))) == {
        "bp_top",
        "bp_bottom",
        "bp_when",
    }


def test_what_script_opened_and_the_patient_filled_in_is_taken_at_once() -> None:
    result = send("measures", MEASURES | {"bp_known": "yes", "bp_top": "120", "bp_bottom": "80"})
    assert (result.answers["bp_top"], result.answers["bp_bottom"]) == (120, 80)
    assert result.problems == ()


def test_one_of_a_pair_left_out_is_asked_for() -> None:
    form = MEASURES | {"bp_known": "yes", "bp_top": "120", "opened": ["bp_top", "bp_bottom"]}
    assert told(send("measures", form)) == {
        "bp_bottom": "Enter both numbers, or pick No if you don't know them"
    }


@pytest.mark.parametrize(("top", "bottom"), [("80", "120"), ("100", "100")])
def test_the_top_number_must_be_the_bigger(top: str, bottom: str) -> None:
    result = send("measures", MEASURES | {"bp_known": "yes", "bp_top": top, "bp_bottom": bottom})
    assert told(result) == {
        "bp_top": f"You typed “{top}/{bottom}”. The top number should be bigger than the bottom one. Check both"
    }
    assert result.refused
    assert "bp_top" not in result.answers


def test_a_refused_value_keeps_the_good_ones_and_what_was_saved_before() -> None:
    before = {"height": {"unit": "cm", "value": 170}, "weight": {"unit": "kg", "value": 60}}
    result = send("measures", MEASURES | {"height-value": "tall"}, before)
    assert told(result) == {"height-value": "You typed “tall”. Height must be a number, like 168"}
    assert result.refused
    assert result.answers["height"] == before["height"]
    assert result.answers["weight"] == {"unit": "kg", "value": 64}


def test_a_way_out_is_an_answer() -> None:
    form: Form = {
        "sex_at_birth": "male",
        "weight-unit": "kg",
        "bp_known": "no",
        "height-exit": "not_sure",
        "weight-exit": "not_sure",
    }
    result = send("measures", form)
    assert result.answers == {
        "sex_at_birth": "male",
        "height": "not_sure",
        "weight": "not_sure",
        "bp_known": "no",
    }
    assert result.problems == ()
    assert result.soft == {}


def test_a_way_out_beside_an_answer_is_a_contradiction() -> None:
    result = send("measures", MEASURES | {"height-exit": "not_sure"})
    assert told(result) == {
        "height": "You gave an answer and picked “Please measure me”. Pick one or the other"
    }
    assert "height" not in result.answers


def test_only_the_way_out_that_is_offered_is_taken() -> None:
    form = {"height-exit": "ask_me", "weight-exit": "not_sure", "bp_known": "no", "sex_at_birth": "male"}
    result = send("measures", dict(form))
    assert told(result) == {"height-exit": "Pick one of the answers offered for “Your height?”"}
    assert "height" not in result.answers


def test_a_way_out_hides_what_hangs_on_the_answer() -> None:
    result = send("you", {"ec_name-exit": "rather_not", "ec_phone": "555 010 0199"})
    assert result.answers == {"ec_name": "rather_not"}
    assert not {"ec_name", "ec_phone"} & set(told(result))


def test_a_number_far_from_usual_is_told_back() -> None:
    result = send("measures", MEASURES | {"weight-unit": "lb", "weight-value": "480"})
    assert result.soft == {"weight": "you weigh 480 pounds (218 kg)"}
    assert result.answers["weight"] == {"unit": "lb", "value": 480}


def test_adopted_people_are_not_asked_about_relatives() -> None:
    assert send("family", {"fam_known": "no"}).problems == ()
    assert send("family", FAMILY | {"fam_known": "no"}).answers == {"fam_known": "no"}
    assert set(send("family", {"fam_known": "some"}).opened) == set(FAMILY) - {"fam_known"}


def test_the_missing_items_of_a_scale_are_asked_for_one_by_one() -> None:
    form: Form = {f"scale_phq9-{item}": "1" for item in range(1, 10) if item not in (4, 9)}
    result = send("phq9", form)
    assert told(result) == {
        "scale_phq9-4": "Pick an answer for question 4",
        "scale_phq9-9": "Pick an answer for question 9",
    }
    assert not result.refused
    assert result.answers["scale_phq9"] == [1, 1, 1, None, 1, 1, 1, 1, None]


def test_someone_who_never_drinks_need_not_say_how_much() -> None:
    form: Form = {
        "opioid_ever": "no",
        "alcohol_any": "yes",
        "drugs_used": ["none"],
        "opened": ["scale_auditc"],
    }
    assert send("substances", form | {"scale_auditc-1": "0"}).problems == ()
    later = send("substances", form | {"scale_auditc-1": "1"})
    assert set(told(later)) == {"scale_auditc-2", "scale_auditc-3"}


def test_what_a_score_opens_comes_once_its_scale_is_answered() -> None:
    form: Form = {"opioid_ever": "no", "alcohol_any": "yes", "drugs_used": ["none"]}
    score: Form = {f"scale_auditc-{item}": str(1) for item in (1, 2, 3)}
    assert send("substances", form | score).opened == ()
    assert send("substances", form | score | {"scale_auditc-3": "2"}).opened == ("alcohol_withdrawal",)


def test_follow_ups_open_with_their_cause() -> None:
    page = INTAKE.page("substances")
    assert page is not None
    taken = Reading(INTAKE, but(HEALTHY, {"opioid_ever": "yes", "opioid_last": "year"}), ON)
    before = Reading(INTAKE, HEALTHY, ON).shown_questions(page)
    opened = [question.id for question in taken.shown_questions(page) if question not in before]
    assert opened == [
        "opioid_last",
        "opioid_control",
        "opioid_which",
        "opioid_source",
        "opioid_reason",
        "overdose_ever",
    ]


def test_what_is_kept_is_what_is_shown_and_not_blank() -> None:
    answers = HEALTHY | {"seizure_last": "month", "goals": "", "preferred_name": None, "gone_question": "x"}
    kept = Reading(INTAKE, answers, ON).kept()
    assert kept == but(HEALTHY, {"goals": None})


@pytest.mark.parametrize(
    ("key", "answer", "open_"),
    [
        ("privacy_ok", None, True),
        ("privacy_ok", False, True),
        ("privacy_ok", True, False),
        ("heart_attack", "", True),
        ("heart_attack", "ask_me", False),
        ("scale_phq9", [0] * 9, False),
        ("scale_phq9", [0] * 8 + [None], True),
        ("scale_phq9", "ask_me", False),
        ("scale_auditc", [0, None, None], False),
        ("reasons", [], True),
    ],
)
def test_what_still_waits_for_an_answer(key: str, answer: object, open_: bool) -> None:
    assert is_open(INTAKE.questions[key], answer) is open_


def test_every_page_and_question_has_one_place() -> None:
    ids = [question.id for page in INTAKE.pages for question in page.questions]
    assert len(ids) == len(set(ids)) == len(INTAKE.questions)
    assert len({page.id for page in INTAKE.pages}) == len(INTAKE.pages)
    names = [name for question in INTAKE.questions.values() for name in question.form_names()]
    assert len(names) == len(set(names))
    for page in INTAKE.pages:
        assert INTAKE.page(page.id) is page
        assert page in INTAKE.step_of(page.id).pages
        for question in page.questions:
            assert INTAKE.page_of(question.id) is page
    assert INTAKE.page("no-such-page") is None


def test_a_condition_reads_only_what_was_asked_before() -> None:
    """Else a page could need an answer that comes after it."""
    order = {key: place for place, key in enumerate(INTAKE.questions)}
    for key, question in INTAKE.questions.items():
        for name in question.show_if.names() if question.show_if else ():
            derived = INTAKE.derived.get(name)
            assert order[derived.question if derived else name] < order[key], key
