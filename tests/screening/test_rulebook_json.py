"""The rulebook and the questions as data: whoever has the two files can judge a case as the product does."""

import json
from collections.abc import Mapping
from random import Random
from typing import Any

import fastjsonschema
import pytest

from app.questionnaire import form_json
from app.questionnaire.all_forms import WHOLE
from app.screening import rulebook_json
from app.screening.evaluation import evaluate, facts_of
from app.screening.facts import Facts
from app.screening.lists import without_none
from app.screening.logic import Members
from app.screening.rulebook import RULEBOOK
from tests.screening import by_the_documents as documents
from tests.screening.random_cases import draw

CASES = 300


def given(facts: Facts) -> dict[str, Any]:
    """The facts that the files leave to who reads lists and free text."""
    found = {}
    for key, fact in documents.FACTS.items():
        if fact["kind"] in documents.GIVEN:
            value = facts.fact(key)
            if isinstance(value, Members):
                value = {"sure": value.sure, "possible": value.possible, "open": value.open}
            found[key] = (value.low, value.high) if hasattr(value, "low") else value
    return found


def test_a_program_that_has_the_files_alone_judges_random_cases_as_the_product_does() -> None:
    random = Random(11)
    for number in range(CASES):
        case, settings = draw(random)
        age = max(0, (case.on - case.answered_on).days) if case.answered_on else 0
        facts = facts_of(RULEBOOK, case)
        stranger = documents.Case(
            without_none(case.answers), case.on, age, list(case.due), case.staff, given(facts)
        )
        limits: Mapping[str, Mapping[str, float]] = settings.parameters
        outcome = documents.judged(stranger, case.parts, case.jurisdiction, limits)
        screening = evaluate(RULEBOOK, case, settings)
        assert {slug for slug, truth in outcome.items() if truth} == {
            one.rule.slug for one in screening.raised
        }, number
        assert {slug for slug, truth in outcome.items() if truth is None} == {
            one.rule.slug for one in screening.undetermined
        }, number


@pytest.mark.parametrize("name", ["questionnaire", "rulebook"])
def test_the_file_is_as_its_schema_says(name: str) -> None:
    fits = fastjsonschema.compile(documents.document(f"{name}.schema.json"))
    fits(documents.document(f"{name}.json"))
    with pytest.raises(fastjsonschema.JsonSchemaException):
        fits({**documents.document(f"{name}.json"), "another": 1})


def test_a_schema_refuses_a_condition_it_does_not_know() -> None:
    fits = fastjsonschema.compile(documents.document("rulebook.schema.json"))
    book = documents.document("rulebook.json")
    book["rules"][0]["trigger"] = {"fact": "now.end_life", "looks_like": "yes"}
    with pytest.raises(fastjsonschema.JsonSchemaException):
        fits(book)


def test_nothing_is_left_out() -> None:
    assert {rule["slug"] for rule in documents.RULEBOOK["rules"]} == {rule.slug for rule in RULEBOOK.rules}
    assert set(documents.FACTS) == set(RULEBOOK.facts)
    assert set(documents.QUESTIONS) == set(WHOLE.questions)
    assert json.loads(json.dumps(rulebook_json.as_json(RULEBOOK))) == documents.RULEBOOK
    assert json.loads(json.dumps(form_json.as_json())) == documents.FORMS
