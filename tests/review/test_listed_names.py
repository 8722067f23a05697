"""Each row of the medicine and allergy lists says in words what its name was read as, and what is not clear."""

from datetime import date

import pytest

from app.questionnaire.intake import INTAKE
from app.questionnaire.reading import Reading
from app.review.case import listed_names
from tests.people import HEALTHY, Answers, allergic_to, but, takes

pytestmark = pytest.mark.sqlite_alone("what is said, in which words")


def read_as(changes: Answers, name: str = "medicines") -> list[str]:
    rows = listed_names.rows(Reading(INTAKE, but(HEALTHY, changes), date(2026, 8, 3)), name)
    assert all(len(row) == len(listed_names.heads(name)) for row in rows)
    return [row[-1] for row in rows]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Zoloft 50 mg", "sertraline"),
        ("Contrave", "naltrexone, bupropion"),
        ("Zolloft", "Not clear, near: sertraline"),
        ("omeprazzole", "Not clear, near: omeprazole"),
        ("Foozle", "Not clear: “foozle”"),
        ("Zoloft Foozle", "sertraline. Not clear: “foozle”"),
        ("Zoloft, stopped last year", "Said to be stopped: sertraline"),
        ("Zoloft?", "sertraline. Not clear"),
        ("water pill", "water pill (not named). Not clear"),
        ("Orilissa", "Not reviewed, so ask: elagolix"),
        ("vitamin C (stopped)", "Nothing to ask"),
    ],
)
def test_a_medicine_is_read_as(typed: str, words: str) -> None:
    assert read_as(takes("Keppra", typed)) == ["levetiracetam", words]


def test_an_allergy_is_read_as_each_name_in_it() -> None:
    assert read_as(allergic_to("penicillin, Foozle"), "allergies") == ["penicillin; Not clear: “foozle”"]


def test_there_are_no_rows_without_a_list() -> None:
    assert read_as({"meds_how": "none"}) == []
