"""Lists filled in entry by entry, with no script: nothing typed is lost on the way."""

import re
from typing import Any

import pytest

from tests.intake.patient import Patient, Seen
from tests.people import HEALTHY, allergic_to, but

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")

PENICILLIN = {
    "allergies-0-allergy_to": "penicillin",
    "allergies-0-allergy_reaction": ["rash", "swelling"],
    "allergies-0-allergy_when": "child",
    "allergies-0-allergy_hospital": "no",
}
LATEX = {name.replace("-0-", "-1-"): value for name, value in PENICILLIN.items()} | {
    "allergies-1-allergy_to": "latex"
}

ALLERGIC = HEALTHY | {"allergy_any": "yes"}
"""Everything else on the page of allergies is answered."""
EASIER = "If it is easier, call us on 555 010 0100"


def boxes(seen: Seen, group: str, column: str) -> list[str]:
    """What stands in a column, entry by entry, as far as entries are drawn."""
    names = [f"{group}-{index}-{column}" for index in range(40)]
    return [seen.values[name][0] for name in names if name in seen.values]


def test_a_list_opens_with_one_empty_entry(patient: Patient) -> None:
    seen = patient.save("safety_rows", ALLERGIC)
    assert (seen.status, seen.location) == (303, "/intake/safety_rows#allergies")
    seen = patient.open("/intake/safety_rows")
    assert boxes(seen, "allergies", "allergy_to") == [""]
    assert seen.buttons["add"] == ["allergies"]
    assert seen.buttons["remove"] == ["allergies-0"]


def test_a_further_entry_keeps_what_was_typed(patient: Patient) -> None:
    seen = patient.save("safety_rows", ALLERGIC, add="allergies", **PENICILLIN)
    assert seen.status == 200
    assert not seen.problems
    assert boxes(seen, "allergies", "allergy_to") == ["penicillin", ""]
    assert sorted(seen.values["allergies-0-allergy_reaction"]) == ["rash", "swelling"]
    again = patient.send("/intake/safety_rows", seen.values, add="allergies")
    assert boxes(again, "allergies", "allergy_to") == ["penicillin", ""], "an empty entry is not multiplied"
    assert patient.draft.answers["allergies"][0]["allergy_to"] == "penicillin"


def test_a_half_filled_entry_is_kept_while_another_is_added(patient: Patient) -> None:
    half = {"allergies-1-allergy_to": "latex"}
    seen = patient.save("safety_rows", ALLERGIC, add="allergies", **PENICILLIN, **half)
    assert boxes(seen, "allergies", "allergy_to") == ["penicillin", "latex", ""]
    seen = patient.send("/intake/safety_rows", seen.values)
    assert seen.status == 422
    assert seen.problems == [
        ("Tell us what happens when you have latex", "allergies-1-allergy_reaction"),
        ("Tell us when latex last made you ill", "allergies-1-allergy_when"),
        ("Tell us if you needed a hospital for latex", "allergies-1-allergy_hospital"),
    ]
    assert boxes(seen, "allergies", "allergy_to")[:2] == ["penicillin", "latex"]
    assert "allergies-1-allergy_reaction" in seen.ids


def test_a_half_filled_entry_costs_none_of_the_others(patient: Patient) -> None:
    half = {"allergies-1-allergy_to": "latex"}
    assert patient.save("safety_rows", ALLERGIC, opened="allergies", **PENICILLIN, **half).status == 422
    stored = patient.draft.answers["allergies"]
    assert [entry["allergy_to"] for entry in stored] == ["penicillin", "latex"]
    assert "safety_rows" in patient.draft.incomplete_pages, "it is still to be finished"


def test_a_new_entry_is_where_to_go_on_and_those_filled_in_are_folded(patient: Patient) -> None:
    seen = patient.save("safety_rows", ALLERGIC, add="allergies", **PENICILLIN)
    assert seen.html.count("autofocus") == 1
    assert re.search(r'id="allergies-1-allergy_to"[^>]* autofocus', seen.html)
    assert "Allergy 1: penicillin" in seen.words
    assert "<details" in seen.html
    patient.save("safety_rows", ALLERGIC, **PENICILLIN)
    seen = patient.open("/intake/safety_rows")
    assert "autofocus" not in seen.html
    assert "Allergy 1: penicillin" not in seen.words, "one alone is open"


def test_an_entry_with_something_to_mend_is_not_folded(patient: Patient) -> None:
    half = {"allergies-1-allergy_to": "latex"}
    seen = patient.save("safety_rows", ALLERGIC, opened="allergies", **PENICILLIN, **half)
    assert "Allergy 1: penicillin" in seen.words
    assert "Allergy 2: latex" not in seen.words


def test_a_removed_entry_is_gone_and_the_others_move_up(patient: Patient) -> None:
    patient.save("safety_rows", ALLERGIC, **PENICILLIN, **LATEX)
    seen = patient.save(
        "safety_rows", ALLERGIC, remove="allergies-0", **PENICILLIN, **LATEX,
        **{"allergies-2-allergy_to": "tape, not done yet"},
    )  # fmt: skip
    assert seen.status == 200
    assert boxes(seen, "allergies", "allergy_to") == ["latex", "tape, not done yet"]
    seen = patient.send("/intake/safety_rows", seen.values, remove="allergies-1")
    assert boxes(seen, "allergies", "allergy_to") == ["latex"]
    assert patient.send("/intake/safety_rows", seen.values).status == 303
    assert [entry["allergy_to"] for entry in patient.draft.answers["allergies"]] == ["latex"]


@pytest.mark.parametrize(
    "named", ["allergies-99", "allergies-", "medicines-0", "allergies-²", "-1", "allergies-x"]
)
def test_a_removal_of_what_is_not_there_changes_nothing(patient: Patient, named: str) -> None:
    seen = patient.save("safety_rows", ALLERGIC, remove=named, **PENICILLIN)
    assert seen.status == 200
    assert boxes(seen, "allergies", "allergy_to") == ["penicillin"]


def test_an_empty_list_is_asked_for(patient: Patient) -> None:
    patient.save("safety_rows", ALLERGIC)
    seen = patient.save("safety_rows", ALLERGIC)
    assert seen.problems == [("Add at least one allergy, or change your answer to No", "allergies")] or (
        seen.problems[0][0] == "Add at least one allergy, or change your answer to No"
        and seen.problems[0][1] in seen.ids
    )


def test_no_more_entries_than_the_list_holds(patient: Patient) -> None:
    allergies = HEALTHY | allergic_to(*(f"plant {n}" for n in range(15)))
    assert patient.save("safety_rows", allergies).status == 303
    seen = patient.open("/intake/safety_rows")
    assert len(boxes(seen, "allergies", "allergy_to")) == 15
    assert "add" not in seen.buttons
    assert "This list is full: it holds 15" in seen.words
    beyond: Any = {"allergies-15-allergy_to": "one too many"}
    assert patient.save("safety_rows", allergies, **beyond).status == 303
    assert len(patient.draft.answers["allergies"]) == 15


def test_thirty_medicines_fit_in_one_page(patient: Patient) -> None:
    many = [
        {"med_name": f"Medicine {n}", "med_strength": "5 mg", "med_for": "it", "med_often": "once"}
        for n in range(30)
    ]
    assert patient.save("medicines", but(HEALTHY, {"medicines": many})).status == 303
    assert patient.draft.answers["medicines"] == many


def test_removing_an_entry_raises_no_errors_elsewhere(patient: Patient) -> None:
    seen = patient.save(
        "medicines", {"meds_how": "add"}, remove="medicines-0", **{"medicines-0-med_name": "Zinc"}
    )
    assert seen.status == 200
    assert not seen.problems
    assert boxes(seen, "medicines", "med_name") == [""]


def test_each_box_of_an_entry_counts_for_itself(patient: Patient) -> None:
    """Help comes with what could not be taken twice, and not with the box after it."""
    half = {"allergies-0-allergy_to": "latex"}
    seen = patient.save("safety_rows", ALLERGIC, opened="allergies", **half)
    assert seen.values["again"][0] == "allergies-0-allergy_reaction"
    second = {"allergies-1-allergy_to": ["tape"]}
    others = {name: [code] for name, code in PENICILLIN.items() if isinstance(code, str)}
    filled = seen.values | others | {"allergies-0-allergy_reaction": ["rash"]} | second
    seen = patient.send("/intake/safety_rows", filled)
    assert seen.values["again"][0] == "allergies-1-allergy_reaction"
    assert EASIER not in seen.words
    assert EASIER in patient.send("/intake/safety_rows", seen.values).words


def test_what_is_refused_in_a_list_is_there_again_after_leaving(patient: Patient) -> None:
    """One box is too long: the rest of its entry counts already, and nothing is typed twice."""
    long = {**LATEX, "allergies-1-allergy_to": "x" * 120}
    seen = patient.save("safety_rows", ALLERGIC, opened="allergies", **PENICILLIN, **long)
    assert seen.status == 422
    assert [target for _, target in seen.problems] == ["allergies-1-allergy_to"]
    kept = patient.draft.answers["allergies"][1]
    assert kept == {
        "allergy_reaction": ["rash", "swelling"],
        "allergy_when": "child",
        "allergy_hospital": "no",
    }
    patient.open("/intake/reasons")
    again = patient.open("/intake/safety_rows")
    assert again.problems == seen.problems
    assert boxes(again, "allergies", "allergy_to") == ["penicillin", "x" * 120]
    assert again.values["allergies-1-allergy_when"] == ["child"]
    mended = again.values | {"allergies-1-allergy_to": ["latex"]}
    assert patient.send("/intake/safety_rows", mended).status == 303
    assert patient.draft.unread == {}
    assert patient.draft.answers["allergies"][1]["allergy_to"] == "latex"


@pytest.mark.parametrize("other", ["no", "not_sure"])
def test_what_is_refused_in_a_list_is_there_again_after_a_change_of_mind(
    patient: Patient, other: str
) -> None:
    """The list is hidden by another answer, and brought back: what was typed is kept, as hidden answers are."""
    long = {"allergies-0-allergy_to": "x" * 120}
    patient.save("safety_rows", ALLERGIC, opened="allergies", **LATEX, **long)
    seen = patient.open("/intake/safety_rows")
    left = patient.send("/intake/safety_rows", seen.values | {"allergy_any": [other]})
    assert left.path != "/intake/safety_rows", left.problems
    seen = patient.open("/intake/safety_rows")
    assert not seen.problems, "nothing hidden is to be mended"
    patient.send("/intake/safety_rows", seen.values | {"allergy_any": ["yes"]})
    again = patient.open("/intake/safety_rows")
    assert boxes(again, "allergies", "allergy_to") == ["x" * 120, "latex"]
    assert "allergies-0-allergy_to" in [target for _, target in again.problems]


def test_an_entry_of_which_nothing_can_be_read_is_there_again_in_its_place(patient: Patient) -> None:
    long = {"allergies-0-allergy_to": "x" * 120}
    patient.save("safety_rows", ALLERGIC, opened="allergies", **LATEX, **long)
    assert [entry["allergy_to"] for entry in patient.draft.answers["allergies"]] == ["latex"]
    again = patient.open("/intake/safety_rows")
    assert boxes(again, "allergies", "allergy_to") == ["x" * 120, "latex"]
