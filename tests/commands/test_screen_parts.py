"""flask screen: getting ready and check-ins."""

import json
from typing import Any

import pytest

from app.screening.rulebook import RULEBOOK
from tests.commands.test_screen import run, told
from tests.people import CHECKED_IN, GOT_READY, but

EVERY_PART = [1, 2, "followup"]


def case(answers: dict[str, Any], **keys: Any) -> str:
    """A case of all parts, as one line."""
    return json.dumps({"submitted_on": "2026-03-01", "parts": EVERY_PART, "answers": answers} | keys)


def only(text: str) -> dict[str, Any]:
    (found,) = told(run("-", text=text))
    return found


def raised(text: str) -> dict[str, str]:
    """Slug to level."""
    return {flag["slug"]: flag["level"] for flag in only(text)["raised"]}


def undetermined(text: str) -> dict[str, list[str]]:
    """Slug to unknown facts."""
    return {line["slug"]: line["unknown"] for line in only(text)["undetermined"]}


def refused(text: str) -> str:
    result = run("-", text=text)
    assert (result.exit_code, result.stdout) == (2, "")
    (message,) = result.stderr.splitlines()
    return message


def test_part_2() -> None:
    worry = [3, 3, 2, 2, 2, 2, 1]
    answers = but(
        GOT_READY, {"scale_gad7": worry, "escort": "no", "safe_home": "no", "dissociation_ever": "not_sure"}
    )
    screening = only(case(answers, parts=[2]))
    assert [(flag["slug"], flag["level"]) for flag in screening["raised"]] == [
        ("not-safe-with-people", "stop"),
        ("anxiety-severe", "review"),
        ("no-escort", "review"),
    ]
    (anxiety,) = [flag for flag in screening["raised"] if flag["slug"] == "anxiety-severe"]
    assert anxiety["because"] == [{"question": "scale_gad7", "answer": worry}]
    assert screening["undetermined"] == [
        {
            "slug": "dissociation-often",
            "unknown": ["symptom.dissociation"],
            "ask": RULEBOOK.by_slug["dissociation-often"].ask,
        }
    ]


def test_a_check_in() -> None:
    effects = {"fu_chest": "mild", "fu_bladder": "strong", "fu_rash": None}
    answers = but(CHECKED_IN, {"fu_effects": CHECKED_IN["fu_effects"] | effects, "fu_still": "no"})
    screening = only(case(answers, parts=["followup"]))
    assert [(flag["slug"], flag["level"]) for flag in screening["raised"]] == [
        ("after-bladder", "stop"),
        ("after-serious-effect", "stop"),
        ("after-effects-strong", "review"),
    ]
    assert screening["undetermined"] == []
    assert {one["question"] for flag in screening["raised"] for one in flag["because"]} == {"fu_effects"}


def test_a_line_left_out_of_a_check_in_is_unknown() -> None:
    some = {row: "none" for row in CHECKED_IN["fu_effects"] if row != "fu_seizure"}
    lines = undetermined(case(but(CHECKED_IN, {"fu_effects": some}), parts=["followup"]))
    assert lines == {
        "after-effects-strong": ["after.any_strong", "after.still_going"],
        "after-seizure": ["after.seizure"],
    }


def test_lines_all_empty_are_as_good_as_none() -> None:
    nothing = but(CHECKED_IN, {"fu_effects": None})
    assert only(case(nothing)) == only(case(nothing | {"fu_effects": {}}))
    assert only(case(nothing)) == only(case(nothing | {"fu_effects": {"fu_rash": None, "fu_chest": ""}}))


@pytest.mark.parametrize("parts", [[1], [2], ["followup"], [1, 2], EVERY_PART])
def test_only_the_parts_sent_are_judged(parts: list[int | str]) -> None:
    answers = but(CHECKED_IN, {"seizure_ever": "yes", "safe_home": "no", "fu_suicide": "today"})
    found = raised(case(answers, parts=parts))
    assert any(slug.startswith("seizure") for slug in found) is (1 in parts)
    assert ("not-safe-with-people" in found) is (2 in parts)
    assert ("after-suicide-risk" in found) is ("followup" in parts)


def test_part_1_alone_is_the_default_whatever_else_was_answered() -> None:
    later = but(CHECKED_IN, {"safe_home": "no", "fu_suicide": "today"})
    without = json.loads(case(later))
    del without["parts"]
    assert only(json.dumps(without)) == only(case(later, parts=[1]))


@pytest.mark.parametrize(
    ("due", "counts"),
    [(["phq9"], True), (["gad7", "phq9"], True), (["gad7", "peg"], False), ([], False), (None, False)],
)
def test_a_scale_counts_only_when_it_was_due(due: list[str] | None, counts: bool) -> None:
    text = case(but(CHECKED_IN, {"fu_phq9": [0] * 8 + [1]}), fu_due=due, parts=["followup"])
    assert raised(text) == ({"after-suicide-risk": "urgent"} if counts else {})
    assert undetermined(text) == {}


def test_a_scale_that_was_due_and_left_empty_is_to_be_asked() -> None:
    assert undetermined(case(CHECKED_IN, fu_due=["phq9"], parts=["followup"])) == {
        "after-suicide-risk": ["after.phq9_item9"]
    }
    assert undetermined(case(CHECKED_IN, fu_due=["gad7", "peg"], parts=["followup"])) == {}


def test_a_clinics_own_values_hold_in_later_parts() -> None:
    answers = but(GOT_READY, {"scale_gad7": [2] * 6 + [0], "sex_at_birth": "male"})
    lower = {"anxiety-severe": {"gad7_severe": 12}}
    assert "anxiety-severe" not in raised(case(answers, parts=[2]))
    assert "anxiety-severe" in raised(case(answers, parts=[2], parameters=lower))


@pytest.mark.parametrize(
    ("jurisdiction", "slug"), [("US", "substance-sharing-not-agreed"), ("UK", "drives-uk")]
)
def test_a_countrys_own_rules(jurisdiction: str, slug: str) -> None:
    answers = but(GOT_READY, {"drives": "yes", "agree_substance_share": "no"})
    found = raised(case(answers, parts=[2], jurisdiction=jurisdiction))
    assert set(found) & {"substance-sharing-not-agreed", "drives-uk"} == {slug}


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "fu_due among the answers": ({"fu_due": ["phq9"]}, "answers.fu_due: stands beside the answers"),
    "an empty fu_due among the answers": ({"fu_due": None}, "answers.fu_due: stands beside the answers"),
    "an unknown question": ({"fu_pain": "no"}, "answers.fu_pain: no such question"),
    "a line of its own": ({"fu_seizure": "mild"}, "answers.fu_seizure: no such question"),
    "an unknown line": (
        {"fu_effects": {"fu_heart": "mild"}},
        "answers.fu_effects: There is no line “fu_heart”",
    ),
    "an unknown strength": ({"fu_effects": {"fu_rash": "severe"}}, "answers.fu_effects.fu_rash: Pick one"),
    "lines in a list": ({"fu_effects": ["fu_rash"]}, "answers.fu_effects: “Since your session"),
    "lines as a text": ({"fu_effects": "strong"}, "answers.fu_effects: “Since your session"),
    "a scale of five": ({"scale_pcptsd5": [1, 0, 0, 0, 0]}, "answers.scale_pcptsd5: "),
    "a score of two": ({"scale_pcptsd5": [2, 0, 0, 0, 0, 0]}, "answers.scale_pcptsd5: Item 1"),
    "eleven out of ten": ({"scale_peg": [5, 11, 5]}, "answers.scale_peg: Item 2"),
    "half a point": ({"scale_peg": [5, 5.5, 5]}, "answers.scale_peg: Item 2"),
    "a score of four": ({"fu_gad7": [0] * 6 + [4]}, "answers.fu_gad7: Item 7"),
    "a yes that is true": ({"drives": True}, "answers.drives: Pick one"),
    "none and another": ({"fu_urgent": ["none", "seizure"]}, "answers.fu_urgent: You picked"),
    "a hidden answer that is wrong": ({"gp_have": "no", "gp_share": "maybe"}, "answers.gp_share: Pick one"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_answer_of_a_later_part_is_refused(name: str) -> None:
    answers, message = REFUSED[name]
    for parts in ([1], EVERY_PART):
        assert refused(case(answers, parts=parts)).startswith(f"line 1: {message}")


@pytest.mark.parametrize("due", ["phq9", ["auditc"], ["phq9", None], [True], {"phq9": True}])
def test_an_unknown_scale_due_is_refused(due: object) -> None:
    assert refused(case(CHECKED_IN, fu_due=due)).startswith("line 1: fu_due: must be a list of")
