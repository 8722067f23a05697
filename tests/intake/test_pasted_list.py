"""A whole list of medicines that is put into one box comes back as rows to check, with no script too."""

import pytest

from tests.intake.patient import Patient
from tests.people import HEALTHY

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")

LIST = "/intake/medicines"
ADDS = HEALTHY | {"meds_how": "add", "medicines": None}
MADE = "We made 2 rows of your list. Look at each one, and add what is missing"


def row(index: int, name: str, **others: str) -> dict[str, str]:
    return {f"medicines-{index}-med_name": name} | {
        f"medicines-{index}-med_{column}": text for column, text in others.items()
    }


@pytest.mark.parametrize("button", [{}, {"add": "medicines"}])
def test_a_list_in_a_box_comes_back_as_rows(patient: Patient, button: dict[str, str]) -> None:
    seen = patient.save("medicines", ADDS, **row(0, "metformin 500 bid, lisinopril 10"), **button)
    assert (seen.status, seen.problems) == (200, [])
    assert MADE in seen.words
    assert "Medicine 1: metformin, 500, Twice a day" in seen.words, (
        "what needs nothing more is folded, and says all"
    )
    assert seen.values["medicines-0-med_often"] == ["twice"]
    assert seen.values["medicines-1-med_name"] == ["lisinopril"]
    assert seen.values["medicines-1-med_strength"] == ["10"]
    assert "medicines-2-med_name" not in seen.values
    assert patient.draft.answers["medicines"] == [
        {"med_name": "metformin", "med_often": "twice", "med_strength": "500"},
        {"med_name": "lisinopril", "med_strength": "10"},
    ]
    again = patient.send(LIST, seen.values)
    assert [problem for problem, _ in again.problems] == ["Tell us how often you take lisinopril"]
    assert patient.send(LIST, again.values, **{"medicines-1-med_often": "once"}).path != LIST


def test_the_rows_around_a_list_stay(patient: Patient) -> None:
    typed = row(0, "Zinc", often="once") | row(1, "Xanax 1 mg; Prozac", often="weekly", strength="2 mg")
    seen = patient.save("medicines", ADDS, **typed, **row(2, "Tea", often="once"))
    assert [seen.values[f"medicines-{index}-med_name"] for index in range(4)] == [
        ["Zinc"], ["Xanax 1 mg"], ["Prozac"], ["Tea"],
    ]  # fmt: skip
    assert seen.values["medicines-1-med_strength"] == ["2 mg"], "a box of its own stands"
    assert seen.values["medicines-1-med_often"] == ["weekly"]
    assert not seen.values.get("medicines-2-med_often")


def test_a_list_of_more_than_the_page_holds_loses_nothing(patient: Patient) -> None:
    names = [f"Medicine{number}" for number in range(40)]
    seen = patient.save("medicines", ADDS, **row(0, "; ".join(names)), **row(1, "Zinc", often="once"))
    assert "This page holds 30 medicines, and your list has more." in seen.words
    stand = [seen.values[f"medicines-{index}-med_name"][0] for index in range(30)]
    assert stand == [*names[:28], "; ".join(names[28:]), "Zinc"]


def test_a_list_longer_than_a_name_may_be_is_taken(patient: Patient) -> None:
    text = "\n".join(f"lisinopril {number} mg once a day" for number in range(10, 20))
    assert len(text) > 120
    seen = patient.save("medicines", ADDS, **row(0, text))
    assert "We made 10 rows" in seen.words
    assert patient.send(LIST, seen.values).path != LIST


def test_a_list_that_is_saved_for_later_stands_as_typed(patient: Patient) -> None:
    patient.save("medicines", ADDS, **row(0, "metformin, lisinopril"), later="yes")
    assert patient.open(LIST).values["medicines-0-med_name"] == ["metformin, lisinopril"]
