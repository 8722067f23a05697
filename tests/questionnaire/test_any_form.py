"""Whatever is posted is read or refused, and what is stored would be taken from a file too."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.questionnaire.answers import STATES
from app.questionnaire.countries import Country
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import accept_answer
from app.questionnaire.pages import Page
from app.questionnaire.posted import read_page
from app.questionnaire.reading import Reading
from tests.people import HEALTHY, ON, Answers, but
from tests.strategies import ASKED, UNWELL, changes, one_of_kind, posted, steady

STORED = st.builds(but, st.sampled_from([HEALTHY, UNWELL, {}]), changes)


@steady
@given(st.data(), STORED)
def test_any_posted_form_is_read_and_what_is_kept_is_sound(data: st.DataObject, before: Answers) -> None:
    page: Page = data.draw(st.sampled_from(INTAKE.pages))
    form = data.draw(posted(page))
    result = read_page(page, form, Reading(INTAKE, before, ON))
    own = {question.id for question in page.questions}
    names = {name for question in page.questions for name in question.form_names()}
    reading = Reading(INTAKE, result.answers, ON)
    for key, value in result.answers.items():
        if key in own:
            assert accept_answer(INTAKE.questions[key], value, ON) == value
            assert reading.shown(key) or value == before[key], "a hidden answer was taken"
        else:
            assert value == before[key]
    assert before.keys() - own <= result.answers.keys()
    for problem in result.problems:
        assert problem.text
        assert problem.question in own
        assert problem.target in names | own
    assert not {problem.question for problem in result.problems} & set(result.opened)
    assert set(result.opened) <= own
    assert set(result.soft) <= own


@steady
@given(st.data(), STORED)
def test_reading_a_page_again_changes_nothing(data: st.DataObject, before: Answers) -> None:
    """A patient who goes back and presses Continue on the same page loses nothing and adds nothing."""
    page: Page = data.draw(st.sampled_from(INTAKE.pages))
    kept = from_forms(before)
    result = read_page(page, shown_again(page, kept), Reading(INTAKE, kept, ON))
    if not result.refused:
        assert Reading(INTAKE, result.answers, ON).kept() == kept


def from_forms(answers: Answers) -> Answers:
    """What pages can have stored: "ask me" is pressed for a whole step, and other states only where offered."""
    offered = {
        key: answer
        for key, answer in answers.items()
        if not (isinstance(answer, str) and answer in STATES) or answer in ways_out(key)
    }
    return Reading(INTAKE, offered, ON).kept()


def ways_out(key: str) -> set[str]:
    question = INTAKE.questions[key]
    return {*question.exit, *getattr(question.kind, "options", ())}


def shown_again(page: Page, answers: Answers) -> dict[str, list[str]]:
    """The page's form, filled in from what is stored."""
    form: dict[str, list[str]] = {}
    for question in page.questions:
        answer = answers.get(question.id)
        if isinstance(answer, str) and answer in question.exit:
            form[question.exit_name] = [answer]
        elif answer is not None:
            form |= question.kind.post(question, answer)
    return form


@pytest.mark.parametrize("key", sorted(ASKED))
@settings(steady, max_examples=8)
@given(data=st.data())
def test_an_answer_shown_again_reads_the_same(key: str, data: st.DataObject) -> None:
    question = ASKED[key]
    answer: Any = data.draw(one_of_kind(question))
    assert accept_answer(question, answer, ON) == answer
    form = question.kind.post(question, answer)
    assert set(form) <= set(question.form_names())
    assert question.kind.read(question, form, ON) == answer
    for jurisdiction in (Country.US, Country.UK):
        assert isinstance(question.kind.words(question, answer, jurisdiction), str)
    assert len(question.kind.cells(question, answer)) == len(question.kind.columns(question))
