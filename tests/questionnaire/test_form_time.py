"""The modelled minutes of the form: of people who could have sent it, and moved by what is asked."""

from dataclasses import replace

import pytest

from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import Text, accept_answer, yes_no
from app.questionnaire.pages import Page, Question, Questionnaire
from app.questionnaire.reading import Reading
from benchmarks.form_people import PEOPLE, WELL, Someone
from benchmarks.form_time import ON, TYPICAL_TARGET, form_time
from tests.people import HEALTHY

four = pytest.mark.parametrize("someone", PEOPLE, ids=lambda someone: someone.name[:1])


def asking(extra: Question, on: str) -> Questionnaire:
    """The form with one more question at the end of a page."""

    def page(old: Page) -> Page:
        return replace(old, questions=(*old.questions, extra)) if old.id == on else old

    steps = (replace(step, pages=tuple(map(page, step.pages))) for step in INTAKE.steps)
    return replace(INTAKE, steps=tuple(steps))


@four
def test_the_form_takes_every_answer_they_give(someone: Someone) -> None:
    for name, answer in someone.answers.items():
        assert accept_answer(INTAKE.questions[name], answer, ON) == answer, name


@four
def test_they_leave_nothing_required_open(someone: Someone) -> None:
    reading = Reading(INTAKE, someone.answers, ON)
    assert [question.id for page in INTAKE.pages for question in reading.missing(page)] == []


@four
def test_they_answer_no_detail_that_is_not_asked(someone: Someone) -> None:
    reading = Reading(INTAKE, someone.answers, ON)
    assert [name for name in someone.answers.keys() - WELL.keys() if not reading.shown(name)] == []


def test_a_healthy_adult_is_done_within_the_promise() -> None:
    assert form_time(HEALTHY).minutes < TYPICAL_TARGET
    assert form_time(PEOPLE[0].answers).minutes < TYPICAL_TARGET


@four
def test_one_more_question_takes_more_time_even_left_empty(someone: Someone) -> None:
    extra = Question("extra", "Is there anything else? (optional)", Text(max_length=80), required=False)
    before, after = form_time(someone.answers), form_time(someone.answers, asking(extra, "reasons"))
    answered = form_time(someone.answers | {"extra": "My knee"}, asking(extra, "reasons"))
    assert before.seconds < after.seconds < answered.seconds
    assert (after.questions, after.pages) == (before.questions + 1, before.pages)
    assert (after.typed, answered.typed) == (before.typed, before.typed + 1)


def test_one_more_line_takes_about_three_seconds() -> None:
    """The design's "36 lines answered at about 3 seconds each"."""
    line = Question("extra", "An infection of your ears or nose, ever", yes_no())
    more = form_time(WELL | {"extra": "no"}, asking(line, "head")).seconds - form_time(WELL).seconds
    assert 2 < more < 4


def test_one_more_medicine_takes_twelve_and_a_half_seconds() -> None:
    two = WELL | {"medicines": [*WELL["medicines"], {"med_name": "Buspirone", "med_often": "once"}]}
    assert form_time(two).seconds - form_time(WELL).seconds == pytest.approx(12.5)
