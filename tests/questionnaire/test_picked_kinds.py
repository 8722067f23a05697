"""Answers picked from a list, ticked, or added one entry at a time."""

import pytest

from app.questionnaire.answers import State, state_of
from app.questionnaire.countries import Country
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import InvalidAnswer, accept_answer, answer_words
from tests.people import ON
from tests.questionnaire.forms import Form, read, refusal


def empty(key: str) -> str:
    question = INTAKE.questions[key]
    return question.kind.empty(question)


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("heart_attack", "Pick Yes, No or Not sure for “A heart attack, ever”"),
        ("bp_known", "Pick Yes or No for “Do you know your blood pressure from the last 6 months?”"),
        (
            "harm_others",
            f"Pick Yes, No, Not sure or Rather not say for “{INTAKE.questions['harm_others'].label}”",
        ),
        ("reason_duration", "Pick how long the main problem has gone on"),
        ("urgent_now", "Pick all that apply for “Any of these right now?”, or pick None of these"),
        ("reasons", "Pick all that apply for “What do you want help with?”, or pick Not sure"),
        ("ketamine_before", "Pick all that apply for “Have you ever had ketamine?”, or pick Never"),
        ("reason_other", "Tell us what else you want help with"),
        ("dob", "Enter your date of birth"),
        ("first_name", "Enter your first name"),
        ("height", "Enter your height, or pick “Please measure me”"),
        ("bp_top", "Enter both numbers, or pick No if you don't know them"),
        ("bp_bottom", "Enter both numbers, or pick No if you don't know them"),
        ("allergies", "Add at least one allergy, or change your answer to No"),
        ("medicines", "Add at least one medicine, or change your answer"),
        ("agree_screen", "Tick the box if you agree. If you don't, call us and we can help"),
        ("sign_name", "Type your full name to sign"),
    ],
)
def test_what_is_said_of_an_empty_answer(key: str, message: str) -> None:
    assert empty(key) == message


@pytest.mark.parametrize("key", [key for key, q in INTAKE.questions.items() if q.required])
def test_every_required_question_says_what_to_do(key: str) -> None:
    message = empty(key)
    assert message[0].isupper()
    assert not message.endswith(".")
    assert not {"invalid", "must", "failed"} & set(message.lower().split())


def test_a_choice() -> None:
    assert read("heart_attack", {"heart_attack": "yes"}) == "yes"
    assert read("heart_attack", {"heart_attack": ""}) is None
    assert read("heart_attack", {}) is None
    told = refusal("heart_attack", {"heart_attack": "maybe"})
    assert told == ("Pick one of the answers offered for “A heart attack, ever”", "heart_attack")
    assert refusal("heart_attack", {"heart_attack": ["yes", "no"]})[0] == "Give one answer here, not 2"


@pytest.mark.parametrize(
    ("picked", "stored"),
    [
        (["pain"], ["pain"]),
        (["pain", "ocd"], ["pain", "ocd"]),
        (["pain", "pain"], ["pain"]),
        (["", "pain"], ["pain"]),
        (["not_sure"], ["not_sure"]),
        ([""], None),
        ([], None),
    ],
)
def test_a_tick_list(picked: list[str], stored: list[str] | None) -> None:
    assert read("reasons", {"reasons": picked}) == stored


@pytest.mark.parametrize(
    ("key", "picked", "message"),
    [
        (
            "urgent_now",
            ["none", "seizure"],
            "You picked None of these and something else. Pick one or the other",
        ),
        (
            "urgent_now",
            ["seizure", "none"],
            "You picked None of these and something else. Pick one or the other",
        ),
        (
            "reasons",
            ["pain", "not_sure"],
            "You picked Not sure and something else. Pick one or the other",
        ),
        (
            "ketamine_before",
            ["rather_not", "clinic"],
            "You picked Rather not say and something else. Pick one or the other",
        ),
        ("reasons", ["gold"], "Pick from the answers offered for “What do you want help with?”"),
        ("reasons", ["ask_me"], "Pick from the answers offered for “What do you want help with?”"),
    ],
)
def test_a_tick_list_is_refused(key: str, picked: list[str], message: str) -> None:
    assert refusal(key, {key: picked}) == (message, key)


def test_a_statement_is_agreed_to_or_not() -> None:
    assert read("privacy_ok", {"privacy_ok": "yes"}) is True
    assert read("privacy_ok", {}) is None
    with pytest.raises(InvalidAnswer, match="true or false"):
        accept_answer(INTAKE.questions["privacy_ok"], "yes", ON)


def scale(key: str, *scores: str) -> Form:
    return {f"{key}-{item}": score for item, score in enumerate(scores, 1)}


def test_a_scale_is_stored_item_by_item_blanks_among_them() -> None:
    assert read("scale_phq9", scale("scale_phq9", *"012301230")) == [0, 1, 2, 3, 0, 1, 2, 3, 0]
    half = scale("scale_phq9", *"012") | {"scale_phq9-9": "1"}
    assert read("scale_phq9", half) == [0, 1, 2, None, None, None, None, None, 1]
    assert read("scale_phq9", {}) is None
    assert refusal("scale_phq9", {"scale_phq9-4": "4"}) == (
        "Item 4 of PHQ-9 has no such score",
        "scale_phq9-4",
    )
    offered = "Pick one of the answers offered for question 4"
    assert refusal("scale_phq9", {"scale_phq9-4": "x"}) == (offered, "scale_phq9-4")


@pytest.mark.parametrize(
    "answer",
    [[0] * 8, [0] * 10, ["0"] * 9, [True] * 9, [4] + [0] * 8, [-1] + [0] * 8, [0.0] * 9, {"1": 0}, 9],
)
def test_a_scale_of_another_shape_is_refused(answer: object) -> None:
    with pytest.raises(InvalidAnswer, match=r"PHQ-9|score"):
        accept_answer(INTAKE.questions["scale_phq9"], answer, ON)


@pytest.mark.parametrize(
    ("key", "answer", "words"),
    [
        ("heart_attack", "no", "No"),
        ("heart_attack", "not_sure", "Not sure"),
        ("heart_attack", "ask_me", "Ask me by phone or at the clinic"),
        ("heart_attack", None, "Not answered"),
        ("reasons", ["pain", "ocd"], "Pain; OCD"),
        ("reasons", ["not_sure"], "Not sure"),
        ("height", "not_sure", "Please measure me"),
        ("ec_name", "rather_not", "No one I can name"),
        ("gender", "rather_not", "Rather not say"),
        ("scale_phq9", [1, 1, 1, 1, 1, 0, 0, 0, 0], "5 of 27, mild"),
        ("scale_phq9", [1, 1, 1, 1, 1, 0, 0, 0, None], "Incomplete"),
        ("scale_auditc", [0, None, None], "0 of 12"),
        ("privacy_ok", True, "I agree"),
        ("medicines", [{"med_name": "Zoloft", "med_often": "once"}], "Zoloft, Once a day"),
        (
            "allergies",
            [{"allergy_to": "penicillin", "allergy_reaction": ["rash", "swelling"], "allergy_when": "child"}],
            "penicillin, Rash or itching; Swollen face, lips or throat, As a child",
        ),
    ],
)
def test_an_answer_in_words(key: str, answer: object, words: str) -> None:
    assert answer_words(INTAKE.questions[key], answer, Country.US) == words


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (None, State.BLANK),
        ("", State.BLANK),
        ([], State.BLANK),
        ("not_sure", State.NOT_SURE),
        (["not_sure"], State.NOT_SURE),
        ("rather_not", State.RATHER_NOT),
        ("ask_me", State.ASK_ME),
        ("no", State.ANSWERED),
        (0, State.ANSWERED),
        (False, State.ANSWERED),
        (["none"], State.ANSWERED),
        ([0, None], State.ANSWERED),
    ],
)
def test_the_ways_of_not_answering_are_kept_apart(answer: object, state: State) -> None:
    assert state_of(answer) is state


PENICILLIN: Form = {
    "allergies-0-allergy_to": "penicillin",
    "allergies-0-allergy_reaction": ["rash"],
    "allergies-0-allergy_when": "child",
    "allergies-0-allergy_hospital": "no",
}


def test_entries_are_read_one_by_one_and_empty_ones_left_out() -> None:
    form: Form = PENICILLIN | {"medicines-0-med_name": "not mine"} | {
        name.replace("-0-", "-4-"): value for name, value in PENICILLIN.items()
    }  # fmt: skip
    stored = {
        "allergy_to": "penicillin",
        "allergy_reaction": ["rash"],
        "allergy_when": "child",
        "allergy_hospital": "no",
    }
    assert read("allergies", form) == [stored, stored]
    assert read("allergies", {}) is None


@pytest.mark.parametrize(
    ("left_out", "message"),
    [
        ("allergy_to", "Tell us what you are allergic to"),
        ("allergy_reaction", "Tell us what happens when you have penicillin"),
        ("allergy_when", "Tell us when penicillin last made you ill"),
        ("allergy_hospital", "Tell us if you needed a hospital for penicillin"),
    ],
)
def test_a_half_filled_entry_says_what_is_missing(left_out: str, message: str) -> None:
    form: Form = {name: value for name, value in PENICILLIN.items() if not name.endswith(left_out)}
    told, field = refusal("allergies", form)
    assert field == f"allergies-0-{left_out}"
    assert told == message


def test_an_optional_column_may_stay_empty() -> None:
    form: Form = {"medicines-0-med_name": "Zoloft", "medicines-0-med_often": "once"}
    assert read("medicines", form) == [{"med_name": "Zoloft", "med_often": "once"}]
    assert refusal("medicines", {"medicines-0-med_name": "Zoloft"}) == (
        "Tell us how often you take Zoloft",
        "medicines-0-med_often",
    )


def test_an_entry_with_a_bad_value_links_to_its_own_box() -> None:
    form: Form = {"medicines-2-med_name": "x" * 121, "medicines-2-med_often": "once"}
    assert refusal("medicines", form) == (
        "You have 1 letter too many. This box holds 120",
        "medicines-2-med_name",
    )


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("Zoloft", "must be a list"),
        (["Zoloft"], "must be a list"),
        ({"med_name": "Zoloft"}, "must be a list"),
        ([{"name": "Zoloft"}], "There is no “name”"),
        ([{"med_name": 5}], "must be text"),
        ([{"med_often": "hourly"}], "Pick one of the answers offered"),
        ([{"med_name": "Zoloft"}] * 31, "Give up to 30"),
    ],
)
def test_a_list_in_a_file_is_refused(answer: object, says: str) -> None:
    with pytest.raises(InvalidAnswer, match=says):
        accept_answer(INTAKE.questions["medicines"], answer, ON)


@pytest.mark.parametrize("name", [None, "", "not_sure"])
def test_a_medicine_without_a_name_is_taken_from_a_file(name: str | None) -> None:
    """It counts as an unclear name: refusing it would lose the person's other answers."""
    stored = accept_answer(INTAKE.questions["medicines"], [{"med_name": name, "med_often": "once"}], ON)
    assert stored == [{"med_name": name or None, "med_often": "once"}]


BLANKS: tuple[object, ...] = (None, "", [])


@pytest.mark.parametrize("key", INTAKE.questions)
def test_any_question_may_be_blank_or_hold_a_state_in_place_of_its_value(key: str) -> None:
    for blank in BLANKS:
        assert accept_answer(INTAKE.questions[key], blank, ON) is None
    for state in ("not_sure", "rather_not", "ask_me"):
        assert state_of(accept_answer(INTAKE.questions[key], state, ON)) == state
