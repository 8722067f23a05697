"""The model of how long a page takes: what is answered takes no time again, and every question has its seconds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questionnaire.all_forms import FORMS
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import Group
from app.questionnaire.pages import Page
from app.questionnaire.reading import Reading
from app.questionnaire.timing import ENTRY, KNOWN, seconds
from app.records.identity import IDENTITY
from tests.people import HEALTHY, ON, Answers, but
from tests.strategies import ASKED, UNWELL, changes, one_of_kind, steady

STORED = st.builds(but, st.sampled_from([HEALTHY, UNWELL, {}]), changes)


def to_do(page: Page, answers: Answers) -> float:
    return seconds(page, Reading(INTAKE, answers, ON), to_do=True)


def shown(answers: Answers) -> list[str]:
    reading = Reading(INTAKE, answers, ON)
    return [name for name in INTAKE.questions if reading.shown(name)]


@steady
@given(st.data(), STORED)
def test_an_answer_never_makes_the_rest_longer_unless_it_opens_questions(
    data: st.DataObject, stored: Answers
) -> None:
    name = data.draw(st.sampled_from(sorted(ASKED)))
    before = but(stored, {name: None})
    after = before | {name: data.draw(one_of_kind(ASKED[name]))}
    if set(shown(after)) <= set(shown(before)):
        for page in INTAKE.pages:
            assert to_do(page, after) <= to_do(page, before), page.id


@pytest.mark.parametrize("page", INTAKE.pages, ids=lambda page: page.id)
def test_a_page_nobody_is_asked_takes_no_time_and_any_other_does(page: Page) -> None:
    for answers in ({}, HEALTHY, UNWELL):
        reading = Reading(INTAKE, answers, ON)
        assert (seconds(page, reading) > 0) is bool(reading.shown_questions(page))
        assert to_do(page, answers) <= seconds(page, reading) or not answers


def test_half_a_scale_leaves_half_its_time() -> None:
    page = INTAKE.page_of("scale_phq9")
    whole, half = HEALTHY, HEALTHY | {"scale_phq9": [1, 1, 1, 1, None, None, None, None, None]}
    assert to_do(page, half) - to_do(page, whole) == pytest.approx(5 * 5)
    assert to_do(page, but(HEALTHY, {"scale_phq9": None})) - to_do(page, whole) == pytest.approx(9 * 5)


def test_the_next_medicine_is_reckoned_before_the_first_is_typed() -> None:
    page = INTAKE.page_of("medicines")
    none = but(HEALTHY, {"medicines": None})
    assert to_do(page, none) - to_do(page, HEALTHY) == pytest.approx(12.5)


def test_whatever_is_listed_entry_by_entry_has_its_seconds() -> None:
    groups = [
        question.kind.item_name
        for form in FORMS.values()
        for question in form.asks.questions.values()
        if isinstance(question.kind, Group)
    ]
    assert set(groups) == ENTRY.keys()


def test_what_is_only_looked_at_is_what_an_invitation_knows() -> None:
    assert set(IDENTITY) == KNOWN <= INTAKE.questions.keys()
