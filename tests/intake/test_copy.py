"""What a patient's copy holds, and what it never does."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.intake.after.copied_answers import CopiedAnswer
from app.intake.after.copy import CopiedSignature, FormCopy, copied_answers, copied_steps, copy_document
from app.questionnaire.all_forms import WHOLE
from app.questionnaire.countries import Country
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import Identity, Scale
from app.questionnaire.pages import Questionnaire
from app.questionnaire.reading import Reading
from app.screening.cases import read_case
from app.screening.rulebook import RULEBOOK
from tests.people import CHECKED_IN, HEALTHY, Answers, but

pytestmark = pytest.mark.sqlite_alone("what is said, in which words and language")

ON = date(2026, 3, 2)
SENT = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)


def reading(
    answers: Answers, questionnaire: Questionnaire = INTAKE, jurisdiction: Country = Country.US
) -> Reading:
    return Reading(questionnaire, answers, ON, jurisdiction)


def lines(read: Reading) -> dict[str, CopiedAnswer]:
    return {line.id: line for step in copied_steps(read, read.questionnaire) for line in step.lines}


def copy_of(answers: Answers, jurisdiction: Country = Country.US) -> FormCopy:
    read = reading(answers, jurisdiction=jurisdiction)
    signed = CopiedSignature("Robin Ashdown", "I agree", SENT, INTAKE.version)
    return FormCopy(
        INTAKE.id,
        1,
        INTAKE.version,
        jurisdiction,
        SENT,
        ON,
        signed,
        copied_steps(read, read.questionnaire),
        copied_answers(read, read.questionnaire),
    )


def test_every_question_that_was_asked_is_there_in_the_form_s_order() -> None:
    read = reading(HEALTHY)
    asked = [
        question.id
        for page in INTAKE.pages
        for question in read.shown_questions(page)
        if not isinstance(question.kind, Identity)
    ]
    assert list(lines(read)) == asked
    assert "seizure_last" not in asked
    assert [step.name for step in copied_steps(read, read.questionnaire)] == [
        step.name for step in INTAKE.steps
    ]


def test_answers_are_in_words_and_missing_ones_are_said_to_be() -> None:
    told = lines(reading(but(HEALTHY, {"goals": None, "seizure_ever": "not_sure"})))
    assert told["reason_duration"].words == "1 to 5 years"
    assert (told["goals"].words, told["goals"].quiet) == ("Not answered", True)
    assert (told["seizure_ever"].words, told["seizure_ever"].quiet) == ("Not sure", True)
    assert [(item.label, item.words) for item in told["medicines"].items] == [
        ("Medicine 1", "Medicine name: Sertraline 50 mg; How often? Once a day")
    ]


@pytest.mark.parametrize("jurisdiction", [Country.US, Country.UK])
def test_a_scale_shows_what_was_picked_and_no_total_nor_band(jurisdiction: Country) -> None:
    answers = but(CHECKED_IN, {"scale_phq9": [3, 3, 3, 3, 3, 3, 3, 3, 3], "scale_gad7": [3] * 7})
    read = reading(answers, WHOLE, jurisdiction)
    told = lines(read)
    scales = [
        question
        for question in WHOLE.questions.values()
        if isinstance(question.kind, Scale) and question.id in told
    ]
    assert {question.id for question in scales} >= {"scale_phq9", "scale_gad7", "scale_auditc"}
    assert [item.words for item in told["scale_phq9"].items] == ["Nearly every day"] * 9
    for question in scales:
        assert isinstance(question.kind, Scale)
        total = question.kind.words(question, answers[question.id], jurisdiction)
        assert total.split(",")[0] not in str(told[question.id]), question.id
        for band in question.kind.instrument.bands:
            assert band.label not in str(told[question.id]), (question.id, band.label)


def test_items_that_an_earlier_one_settled_were_not_asked_and_others_were_left_open() -> None:
    never = lines(reading(but(HEALTHY, {"scale_auditc": [0, None, None]})))["scale_auditc"]
    assert len(never.items) == 1
    left = lines(reading(but(HEALTHY, {"scale_phq9": [1, None, 1, 1, 1, 1, 1, 1, 1]})))["scale_phq9"]
    assert (len(left.items), left.items[1].words) == (9, "Not answered")


def test_what_is_declared_private_is_off_every_copy_with_its_whole_page() -> None:
    private = {
        other.id
        for page in WHOLE.pages
        if any(not question.on_copy for question in page.questions)
        for other in page.questions
    }
    assert {"safe_home", "contraception", "lives_with"} <= private
    read = reading(but(CHECKED_IN, {"safe_home": "no"}), WHOLE)
    assert read.shown("safe_home"), "it was asked and answered"
    told, answers = lines(read), copied_answers(read, read.questionnaire)
    assert not private & (told.keys() | answers.keys())
    assert WHOLE.questions["safe_home"].text not in str(told)
    assert {"escort", "scale_gad7", "agree_home"} <= told.keys() & answers.keys(), "and nothing else is"


def test_it_is_the_declaration_that_leaves_a_question_off() -> None:
    step = next(step for step in WHOLE.steps if any(q.id == "safe_home" for q in step.questions()))
    open_to_all = replace(
        step,
        pages=tuple(
            replace(page, questions=tuple(replace(q, on_copy=True) for q in page.questions))
            for page in step.pages
        ),
    )
    assert len(list(open_to_all.copied_pages())) == len(list(step.copied_pages())) + 1


def test_the_file_for_programs_is_read_back_by_the_command_s_own_door() -> None:
    copy = copy_of(HEALTHY)
    sent: dict[str, Any] = json.loads(json.dumps(copy_document(copy)))
    received = read_case(sent["case"], WHOLE, RULEBOOK)
    assert received.submitted.answers == HEALTHY
    assert received.submitted.on == ON
    assert received.submitted.jurisdiction == Country.US
    assert sent["questionnaire"] == {"id": INTAKE.id, "version": INTAKE.version}
    assert sent["signed"]["name"] == "Robin Ashdown"
    words = {line["id"]: line["words"] for step in sent["told"] for line in step["lines"]}
    assert words["reason_duration"] == "1 to 5 years"
