"""Reading a list of entries on a page: what is asked of half an entry, and what a refused box costs."""

from tests.people import Answers
from tests.questionnaire.forms import Form, lists, send, told

SAFETY: Form = {
    "surgery_last": "never",
    **dict.fromkeys(("anesthetic_allergy", "steroid_allergy", "cancer_now", "chemo_now"), "no"),
    **dict.fromkeys(("surgery_major", "anesthetic_problem"), "no"),
}
"""No to what else the page of the allergies asks."""


def test_half_a_group_entry_is_asked_for_and_what_it_says_already_is_kept() -> None:
    before: Answers = {"allergy_any": "yes", "allergies": [{"allergy_to": "latex"}]}
    form: Form = {
        "allergy_any": "yes",
        "allergies-0-allergy_to": "penicillin",
        "allergies-1-allergy_to": "latex",
    }
    result = send("safety_rows", SAFETY | form, before)
    assert told(result) == {
        f"allergies-{index}-{column}": message.format(name)
        for index, name in enumerate(("penicillin", "latex"))
        for column, message in (
            ("allergy_reaction", "Tell us what happens when you have {}"),
            ("allergy_when", "Tell us when {} last made you ill"),
            ("allergy_hospital", "Tell us if you needed a hospital for {}"),
        )
    }
    assert result.unread == {}
    assert result.answers["allergies"] == [{"allergy_to": "penicillin"}, {"allergy_to": "latex"}]


def test_an_entry_that_cannot_be_taken_does_not_take_the_place_of_one_saved_before() -> None:
    before: Answers = {"allergy_any": "yes", "allergies": [{"allergy_to": "latex"}]}
    form: Form = {
        "allergy_any": "yes",
        "allergies-0-allergy_to": "latex",
        "allergies-0-allergy_when": "never",
    }
    assert send("safety_rows", SAFETY | form, before).answers["allergies"] == before["allergies"]


def test_a_box_that_is_refused_costs_no_other_and_each_is_led_to() -> None:
    form: Form = {
        "allergy_any": "yes",
        "allergies-0-allergy_to": "x" * 101,
        "allergies-0-allergy_when": "child",
        "allergies-2-allergy_to": "latex",
        "allergies-2-allergy_reaction": ["rash", "not_sure"],
        "allergies-2-allergy_when": "year",
        "allergies-2-allergy_hospital": "no",
        "allergies-3-allergy_to": "a\x1b",
    }
    result = send("safety_rows", SAFETY | form, {"allergy_any": "yes", "allergies": [{"allergy_to": "tape"}]})
    assert result.answers["allergies"] == [
        {"allergy_when": "child"},
        {"allergy_to": "latex", "allergy_when": "year", "allergy_hospital": "no"},
    ]
    assert list(told(result)) == [
        "allergies-0-allergy_to",
        "allergies-0-allergy_reaction",
        "allergies-0-allergy_hospital",
        "allergies-2-allergy_reaction",
        "allergies-3-allergy_to",
        "allergies-3-allergy_reaction",
        "allergies-3-allergy_when",
        "allergies-3-allergy_hospital",
    ]
    assert result.unread == {
        "allergies": {name: lists(form)[name] for name in form if name.startswith("allergies-")}
    }


def test_no_entry_at_all_is_asked_for() -> None:
    result = send("safety_rows", SAFETY | {"allergy_any": "yes"}, {"allergy_any": "yes"})
    assert told(result) == {"allergies-0-allergy_to": "Add at least one allergy, or change your answer to No"}
