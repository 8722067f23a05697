"""What a patient told us, in the words a clinician reads."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from app.questionnaire.intake import INTAKE
from app.questionnaire.reading import Reading
from app.review.case import answers_view
from tests.people import HEALTHY, ON, Answers, allergic_to, but, takes
from tests.strategies import left_over_and_all, steady

pytestmark = pytest.mark.sqlite_alone("what is said, in which words and language")

TODAY = date(2026, 8, 3)
NO_ALLERGIES = dict.fromkeys((*answers_view.NAMED_ALLERGIES, "allergy_any"), "no")


def read(changes: Answers | None = None) -> Reading:
    return Reading(INTAKE, but(HEALTHY, changes or {}), ON)


def numbers(changes: Answers | None = None) -> dict[str, answers_view.LabelledAnswer]:
    return {told.label: told for told in answers_view.numbers(read(changes), INTAKE)}


def test_who_this_is() -> None:
    shown = answers_view.banner(read({"preferred_name": "Sam", "dob": "1969-05-03"}), TODAY)
    assert (shown.called, shown.legal) == ("Sam", "Robin Ashdown")
    assert shown.born == "3 May 1969 (57)"
    assert shown.sex == "Female"


def test_nobody_yet() -> None:
    shown = answers_view.banner(Reading(INTAKE, {}, ON), TODAY)
    assert (shown.called, shown.legal, shown.born) == ("No name yet", "Not answered", "Not answered")
    assert shown.allergies == "Not yet asked"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (NO_ALLERGIES, "None known"),
        (NO_ALLERGIES | {"steroid_allergy": "yes"}, "a steroid"),
        (NO_ALLERGIES | {"steroid_allergy": "not_sure"}, "Not known: a steroid"),
        (NO_ALLERGIES | {"steroid_allergy": None}, "Not known: a steroid"),
        (NO_ALLERGIES | {"allergy_any": "not_sure"}, "Not known: anything else"),
        (NO_ALLERGIES | {"allergy_any": "yes"}, "something not yet named"),
        (
            NO_ALLERGIES | {"anesthetic_allergy": "yes", "allergy_any": "not_sure"},
            "an anesthetic. Not known: anything else",
        ),
        (dict.fromkeys(NO_ALLERGIES), "Not yet asked"),
        (
            NO_ALLERGIES | allergic_to("penicillin"),
            "penicillin (rash or itching, longer ago)",
        ),
    ],
)  # fmt: skip
def test_allergies_are_none_known_only_when_every_question_was_answered_no(
    changes: Answers, words: str
) -> None:
    assert answers_view.allergies(read(changes)) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {
                "reasons": ["depression", "pain"],
                "reason_duration": "over_5_years",
                "goals": "play with my kids",
            },
            "Robin, 36, wants help with depression or low mood and pain (over 5 years). "
            "Hopes to: play with my kids",
        ),
        ({"reasons": ["ocd"], "goals": None, "reason_duration": None}, "Robin, 36, wants help with OCD."),
        (
            {"reasons": ["other"], "reason_other": "My hands", "goals": None, "reason_duration": None},
            "Robin, 36, wants help with “My hands”.",
        ),
        ({"reasons": ["not_sure"], "goals": None}, "Robin, 36, has not said what they want help with."),
    ],
)
def test_one_line_says_what_they_came_for(changes: Answers, words: str) -> None:
    assert answers_view.one_line(read(changes), TODAY) == words


def test_numbers_are_told_in_both_units_and_as_told() -> None:
    told = numbers(
        {"weight": {"unit": "lb", "value": 172}, "height": {"unit": "ft_in", "feet": 5, "inches": 9}}
    )
    assert told["Weight"].words == "78.0 kg, 172 pounds, told by patient"
    assert told["Height"].words == "5 feet 9 inches (175 cm), told by patient"
    assert told["BMI"].words == "25.4 kg/m²"
    assert told["Blood pressure"].words == "118 over 76 mmHg, told by patient"


@pytest.mark.parametrize("answer", [None, "not_sure", "ask_me"])
def test_without_a_weight_there_is_no_bmi(answer: Any) -> None:
    told = numbers({"weight": answer})
    assert told["BMI"] == answers_view.LabelledAnswer("BMI", "Not known", quiet=True)
    assert told["Weight"].quiet


def test_no_reading_is_not_a_normal_reading() -> None:
    assert numbers({"bp_known": "no"})["Blood pressure"].words == "Not known"


def test_scores_have_their_bands() -> None:
    told = numbers({"scale_phq9": [3, 3, 3, 3, 3, 0, 0, 0, 0], "scale_auditc": [1, 1, 0]})
    assert told["PHQ-9"].words == "15 of 27, moderately severe"
    assert told["AUDIT-C"].words == "2 of 12"
    assert numbers({"scale_phq9": [3, None, 0, 0, 0, 0, 0, 0, 0]})["PHQ-9"].words == "Incomplete"


def test_lists_have_a_row_for_each_entry() -> None:
    rows = answers_view.entries(read(takes("Zoloft", "Keppra")), "medicines")
    assert [row[0] for row in rows] == ["Zoloft", "Keppra"]
    assert all(len(row) == len(answers_view.entry_heads("medicines")) for row in rows)
    assert answers_view.entries(read({"meds_how": "none"}), "medicines") == []


def test_a_question_without_a_list_has_none() -> None:
    with pytest.raises(TypeError):
        answers_view.entries(read(), "height")


@steady
@given(left_over_and_all)
def test_every_question_stands_on_the_page_once_asked_or_not(answers: Answers) -> None:
    reading = Reading(INTAKE, answers, ON)
    asked: list[str] = []
    hidden: list[str] = []
    for step in answers_view.answers_by_step(reading, INTAKE, {}):
        asked += [answer.id for answer in step.asked]
        hidden += [name for name, _ in step.not_asked]
    assert sorted(asked + hidden) == sorted(set(INTAKE.questions) - {"verify_dob"})
    assert set(asked) == {name for name in INTAKE.questions if reading.shown(name)} - {"verify_dob"}


def test_ways_of_not_answering_keep_their_own_words() -> None:
    answers = {
        answer.id: answer
        for step in answers_view.answers_by_step(
            read({"steroid_allergy": None, "ketamine_allergy": "not_sure", "suicide_thoughts": "rather_not"}),
            INTAKE,
            {},
        )
        for answer in step.asked
    }
    words = [answers[name].words for name in ("steroid_allergy", "ketamine_allergy", "suicide_thoughts")]
    assert words == ["Not answered", "Not sure", "Rather not say"]
    assert all(answers[name].quiet for name in ("steroid_allergy", "ketamine_allergy", "suicide_thoughts"))


def test_the_items_of_a_scale_are_shown_with_what_was_picked() -> None:
    steps = answers_view.answers_by_step(read({"scale_phq9": [0, 1, 2, 3, None, 0, 0, 0, 1]}), INTAKE, {})
    (phq9,) = [answer for step in steps for answer in step.asked if answer.id == "scale_phq9"]
    assert [item.words for item in phq9.items[:5]] == [
        "0, Not at all", "1, Several days", "2, More than half the days", "3, Nearly every day", "Not answered"
    ]  # fmt: skip
