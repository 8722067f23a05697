"""What a page tells its own script of when a question is shown."""

from app.questionnaire.intake import INTAKE
from app.questionnaire.posted import condition_json
from app.questionnaire.reading import Reading
from tests.people import ON, Answers


def condition(key: str, answers: Answers) -> object:
    question = INTAKE.questions[key]
    return condition_json(question, INTAKE.page_of(key), Reading(INTAKE, answers, ON))


def test_the_page_s_own_script_is_told_what_to_watch() -> None:
    assert condition("bp_top", {}) == {"q": "bp_known", "in": ["yes"]}
    assert condition("fam_psychosis", {}) == {"q": "fam_known", "not_in": ["no"]}
    assert condition("otc_list", {}) == {"q": "med_classes", "has_any": ["otc"]}
    assert condition("heart_attack", {}) is True


def test_conditions_on_other_pages_are_worked_out_for_the_script() -> None:
    """A script cannot see what was answered elsewhere; and what was answered there stays there."""
    told_yes = condition("suicide_today", {"suicide_thoughts": "often"})
    assert told_yes == {"any": [True, None]}
    assert condition("suicide_today", {"suicide_thoughts": "no", "scale_phq9": [0] * 9}) == {
        "any": [False, False]
    }
    # Hidden from someone who stopped drinking, the scale gives no score; having stopped opens it.
    assert condition("alcohol_withdrawal", {"alcohol_any": "past"}) == {
        "any": [False, {"q": "alcohol_any", "in": ["past"]}]
    }
