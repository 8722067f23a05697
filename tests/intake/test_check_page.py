"""The check page: what needs a second look is in view, the rest and all that is private is folded."""

import re

import pytest

from app.intake.draft import SIGN_PAGE, Draft
from app.intake.form.check import CheckedStep, check_steps
from app.intake.progress import Progress
from app.questionnaire.countries import Country
from app.questionnaire.intake import INTAKE
from benchmarks.form_people import PEOPLE
from tests.intake.patient import Patient
from tests.people import HEALTHY, ON, Answers, but, mood

pytestmark = pytest.mark.sqlite_alone("how one page folds stored answers")

UNSIGNED = but(HEALTHY, {"agree_screen": None, "sign_name": None})


def checked(answers: Answers, *, private: bool = False) -> dict[str, CheckedStep]:
    draft = Draft(dict(answers), dict.fromkeys((page.id for page in INTAKE.pages), 1))
    steps = check_steps(Progress.of(draft, ON, Country.US), SIGN_PAGE, private=private)
    return {step.title: step for step in steps}


def folds(html: str) -> str:
    """The words of a page without what is folded on it."""
    while "<details" in html:
        html = re.sub(r"<details(?:(?!<details).)*?</details>", "", html, count=1, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", html)


def test_only_what_says_something_is_in_view() -> None:
    safety = checked(UNSIGNED | {"steroid_allergy": "yes", "ketamine_allergy": "not_sure", "chemo_now": "no"})
    told = safety["Safety checks"]
    assert {row.value for row in told.rows} >= {"Yes", "Not sure"}
    assert not {row.value for row in told.rows} & {"No", "Never", "None of these"}
    assert "Chemotherapy now" in str(told.folded[0].value)
    wanted = checked(UNSIGNED)["What you want help with"]
    assert "Never" in [row.value for row in wanted.folded]


def test_no_answer_is_lost_between_the_two() -> None:
    for someone in PEOPLE:
        every = [*checked(someone.answers).values(), *checked(someone.answers, private=True).values()]
        told = sum(len(step.rows) + step.folded_count for step in every)
        reading = Progress.of(Draft(dict(someone.answers)), ON, Country.US).reading
        asked = [q for page in INTAKE.pages[1:-1] for q in reading.shown_questions(page)]
        assert told == len(asked)


def test_a_yes_with_more_words_is_in_view_as_a_yes_is() -> None:
    mind = checked(UNSIGNED | {"suicide_thoughts": "sometimes"}, private=True)["Your mood and mental health"]
    assert "Yes, now and then" in {row.value for row in mind.rows}


def test_a_required_question_left_open_and_a_typed_no_are_in_view() -> None:
    told = checked(UNSIGNED | {"goals": "no", "reason_duration": None})["What you want help with"]
    assert {"no", None} <= {row.value for row in told.rows}


def test_a_scale_is_one_row_with_its_items_folded() -> None:
    mind = checked(UNSIGNED | mood(0), private=True)["Your mood and mental health"]
    scale = next(row for row in mind.rows if "PHQ-9" in row.key)
    assert (scale.value, scale.folds, len(scale.parts)) == ("9 of 9 answered", True, 9)


def test_private_answers_are_folded_behind_a_neutral_title_with_a_quick_way_out(patient: Patient) -> None:
    patient.have(UNSIGNED | {"alcohol_any": "past", "alcohol_withdrawal": "not_sure"})
    seen = patient.open("/intake/sign")
    assert seen.title.startswith("Private questions")
    assert "Leave this page quickly" in seen.words
    in_view = folds(seen.html)
    for private in ("alcohol", "PHQ-9", "ending your life", "opioid", "pregnan", "mental health"):
        assert private in seen.words
        assert private not in in_view
    assert "Sertraline 50 mg" in in_view


def test_a_private_answer_that_is_not_sent_is_folded_too(patient: Patient) -> None:
    patient.have(UNSIGNED | {"suicide_attempt_when": "older"})
    seen = patient.open("/intake/sign")
    assert "last time you tried" in seen.words
    assert "<details open" not in seen.html
    assert "last time you tried" not in folds(seen.html)
