"""The HTML of questions that nobody typed into: kept, as it is drawn anew, and with nothing of a person in it."""

from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from flask import Flask, g, render_template_string, session

from app.intake.form.forms import TypedPage, shown
from app.questionnaire.all_forms import WHOLE
from app.questionnaire.countries import Country
from app.questionnaire.intake import INTAKE
from app.questionnaire.posted import Problem
from app.questionnaire.reading import Reading
from app.web import untouched_questions
from app.web.cookie import timestamp
from app.web.language import speak
from app.web.question_view import Shown
from app.web.tablet_session import TABLET, on_tablet

pytestmark = pytest.mark.sqlite_alone("what is drawn of declarations, without a row")

DAY = date(2026, 3, 27)
DRAW = '{% from "components/question.html" import question %}{{ question_html(question, field) }}'


@pytest.fixture(autouse=True)
def request_of_a_patient(assembled_app: Flask) -> Iterator[None]:
    with assembled_app.test_request_context("/intake/"):
        assembled_app.preprocess_request()
        yield


def html(field: Shown) -> str:
    return render_template_string(DRAW, field=field)


class EverythingShown(Reading):
    def shown(self, question_id: str) -> bool:
        return True


def fields(country: Country, typed: dict[str, list[str]]) -> list[Shown]:
    everything = tuple(WHOLE.questions)
    readings = (Reading(WHOLE, {}, DAY, country), ()), (EverythingShown(WHOLE, {}, DAY, country), everything)
    return [
        field
        for page, (reading, opened) in product(WHOLE.pages, readings)
        for field in shown(page, reading, TypedPage(typed, (), opened))
    ]


@pytest.mark.parametrize("tablet", [False, True])
@pytest.mark.parametrize(
    ("country", "spoken"),
    [(Country.US, "en"), (Country.US, "es"), (Country.UK, "en_GB"), (Country.UK, "es")],
)
def test_a_kept_question_is_drawn_as_a_new_one_whoever_opens_it(
    country: Country, spoken: str, tablet: bool
) -> None:
    if tablet:
        session[TABLET] = timestamp()
    assert on_tablet() is tablet
    speak(spoken)
    kept = fields(country, {})
    assert fields(country, {}) == kept
    # A name that belongs to no box of theirs.
    anew = fields(country, {f"{name}-untold": [] for name in WHOLE.questions})
    for mark in ("a" * 12, "b" * 12):
        g.form_mark = mark
        for field, new in zip(kept, anew, strict=True):
            assert (field.untouched, new.untouched) == (True, False)
            assert html(field) == html(new), field.question.id


def test_nothing_that_somebody_typed_or_has_to_mend_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(untouched_questions, "_FIELDS", {})
    page = INTAKE.page_of("phone")
    reading = Reading(WHOLE, {"first_name": "MARKER"}, DAY, Country.US)
    names = {name: ["MARKER"] for question in page.questions for name in question.form_names()}
    wrong = [Problem(question.id, "MARKER", question.id) for question in page.questions]
    for content in (TypedPage(names), TypedPage({}, wrong), TypedPage({"phone": ["MARKER"]}, wrong)):
        found = shown(page, reading, content)
        assert found
        assert not any(field.untouched for field in found)
    assert not untouched_questions._FIELDS
    only_phone = shown(page, reading, TypedPage({"phone": ["MARKER"]}))
    assert [field.question.id for field in only_phone if not field.untouched] == ["phone"]
    assert "MARKER" not in repr(untouched_questions._FIELDS)
