"""The HTML of questions that is kept: the same as drawn anew, and nothing that a person typed in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask, current_app, g, render_template_string

from app.demo.people import InventedPerson
from app.intake.form.forms import TypedPage, form_values, shown
from app.questionnaire.all_forms import WHOLE
from app.questionnaire.countries import Country
from app.questionnaire.intake import INTAKE
from app.questionnaire.pages import Page
from app.questionnaire.reading import Reading
from app.web.kept_questions import KINDS
from app.web.question_view import Shown

pytestmark = pytest.mark.sqlite_alone("what is drawn of declarations, without a row")

DAY = date(2026, 3, 27)
ODD = "\"><script>'&\0mood\1yes\0"
DRAW = '{% from "components/question.html" import question %}{{ question(field) }}'


@pytest.fixture(autouse=True)
def request_of_a_patient(assembled_app: Flask) -> Iterator[None]:
    with assembled_app.test_request_context("/intake/"):
        assembled_app.preprocess_request()
        yield


def fields(page: Page, country: Country, typed: Mapping[str, Sequence[str]]) -> list[Shown]:
    return shown(page, Reading(WHOLE, {}, DAY, country), TypedPage(typed))


def html(field: Shown) -> str:
    return render_template_string(DRAW, field=field)


def typed_by(page: Page, country: Country) -> dict[str, list[str]]:
    if page not in INTAKE.pages[1:]:
        return {}
    person = InventedPerson.of(1, 7, DAY, country)
    return form_values(page, {each.id: person.answer(each) for each in page.questions})


@pytest.mark.parametrize(
    ("country", "language"),
    [(Country.US, "en"), (Country.US, "es"), (Country.UK, "en_GB"), (Country.UK, "es")],
)
def test_a_question_that_is_kept_is_drawn_as_one_that_is_not(country: Country, language: str) -> None:
    g.locale = language
    for page in WHOLE.pages:
        odd = {name: [ODD] for each in page.questions for name in each.form_names()}
        for typed in ({}, typed_by(page, country), odd):
            for field in fields(page, country, typed):
                assert html(field) == html(replace(field, declared_for=None)), field.question.id


def test_nothing_that_was_typed_is_kept() -> None:
    memory: dict[Any, Any] = current_app.extensions["kept_questions"]
    memory.clear()
    for page in WHOLE.pages:
        names = [name for each in page.questions for name in each.form_names()]
        for field in fields(page, Country.US, {name: ["MARKER typed"] for name in names}):
            html(field)
    assert {kept.question.kind.name for kept in memory.values()} == KINDS
    assert "MARKER" not in repr([kept.parts for kept in memory.values()])
    size = len(memory)
    for page in WHOLE.pages:
        for field in fields(page, Country.US, {each.id: ["other"] for each in page.questions}):
            html(field)
    assert len(memory) == size


def test_a_field_that_somebody_else_would_get_otherwise_is_drawn_anew() -> None:
    first = next(field for each in WHOLE.pages for field in fields(each, Country.US, {}) if field.options)
    whole = html(first)
    fewer = html(replace(first, options=first.options[:1], declared_for=None))
    assert len(fewer) < len(whole)
    assert html(first) == whole
    changed = replace(first, question=replace(first.question, text="Another wording"))
    assert "Another wording" in html(changed)
