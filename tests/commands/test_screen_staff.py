"""flask screen: what staff entered about the treatment."""

import json
import re
from typing import Any

import pytest

from app.screening.rulebook import RULEBOOK, treatment
from tests.commands.test_screen import run, told
from tests.people import GOT_READY, PLAN, but

SLUGS = {rule.slug for rule in treatment.RULES}
NOTHING: dict[str, Any] = {}


def case(staff: Any, answers: dict[str, Any] = GOT_READY, **keys: Any) -> str:
    """A case with these entries of staff, as one line."""
    given = {"submitted_on": "2026-03-01", "answers": answers, "staff": staff}
    return json.dumps(given | keys)


def only(text: str) -> dict[str, Any]:
    (found,) = told(run("-", text=text))
    return found


def lines(text: str) -> dict[str, list[str]]:
    """Slug to unknown facts."""
    return {line["slug"]: line["unknown"] for line in only(text)["undetermined"]}


def raised(text: str) -> list[tuple[str, str]]:
    """Slugs with their levels, in the order told."""
    return [(flag["slug"], flag["level"]) for flag in only(text)["raised"]]


def test_what_staff_entered_is_judged_beside_the_answers() -> None:
    staff = but(PLAN, {"dose.mg_per_kg": 1.2, "day.hours_since_food": 1, "lab.days_since_lft": None})
    found = only(case(staff, parts=[2]))
    assert raised(case(staff, parts=[2])) == [
        ("dose-above-published", "stop"),
        ("session-not-fasted", "review"),
    ]
    assert found["raised"][0]["because"] == [
        {"question": "plan.indication", "answer": "depression"},
        {"question": "plan.route", "answer": "iv"},
        {"question": "dose.mg_per_kg", "answer": 1.2},
    ]
    assert found["raised"][0]["sources"] == list(RULEBOOK.by_slug["dose-above-published"].sources)
    assert found["undetermined"] == [
        {"slug": "liver-test-missing", "unknown": ["lab.days_since_lft"], "ask": None}
    ]


def test_one_entry_opens_every_rule() -> None:
    open_rules = lines(case({"plan.route": "iv"}, NOTHING))
    assert open_rules.keys() >= SLUGS
    assert open_rules["dose-strong-vial-iv"] == ["dose.vial_mg_per_ml", "dose.diluted"]


@pytest.mark.parametrize("staff", [None, {}, {"plan.route": None}])
def test_without_staff_none_of_their_rules_runs(staff: object) -> None:
    without = json.loads(case(None, NOTHING))
    del without["staff"]
    assert only(case(staff, NOTHING)) == only(json.dumps(without))
    assert not lines(case(staff, NOTHING)).keys() & SLUGS


@pytest.mark.parametrize("parts", [[1], [2], ["followup"]])
def test_they_run_whatever_part_was_sent(parts: list[int | str]) -> None:
    assert ("home-treatment-asked", "review") in raised(case({"plan.setting": "home"}, parts=parts))


def test_a_rule_of_one_country() -> None:
    staff = PLAN | {
        "plan.product": "esketamine_nasal",
        "plan.route": "intranasal",
        "plan.rems_enrolled": "no",
    }
    assert raised(case(staff, parts=[2])) == [("esketamine-programme", "stop")]
    assert raised(case(staff, parts=[2], jurisdiction="UK")) == []


def test_a_clinics_own_limit_and_one_out_of_its_range() -> None:
    staff, slug = PLAN | {"dose.mg_per_kg": 0.8}, "dose-above-published"
    assert raised(case(staff, parts=[2])) == []
    assert raised(case(staff, parts=[2], parameters={slug: {"depression_iv_max": 0.75}})) == [(slug, "stop")]
    result = run("-", text=case(staff, parameters={slug: {"depression_iv_max": 50}}))
    assert result.exit_code == 2
    assert f"line 1: parameters.{slug}.depression_iv_max: " in result.stderr


@pytest.mark.parametrize(
    ("days", "outcome"),
    [
        (90, "clear"),
        (91, "raised"),
        (0, "clear"),
        ([10, 90], "clear"),
        ([91, 91], "raised"),
        ([91, None], "raised"),
        ([10, 91], "open"),
        ([10, None], "open"),
        ("none", "clear"),
    ],
)
def test_days_may_be_a_number_a_band_or_none(days: object, outcome: str) -> None:
    found = only(case(PLAN | {"lab.days_since_lft": days}, parts=[2]))
    assert [flag["slug"] for flag in found["raised"]] == ["liver-test-missing"] * (outcome == "raised")
    assert [line["slug"] for line in found["undetermined"]] == ["liver-test-missing"] * (outcome == "open")


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("dose.mg_per_kg", 0),
        ("dose.mg_per_kg", 0.25),
        ("day.hours_since_food", 1e3),
        ("dose.vial_mg_per_ml", 10),
    ],
)
def test_a_number_may_be_whole_or_not(fact: str, value: float) -> None:
    assert only(case({fact: value}))


NUMBER = "must be a number from 0"
DAYS = re.escape("must be a whole number from 0, or [low, high], or none")
REFUSED: dict[str, tuple[Any, str]] = {
    "a list": ([], r"staff: must be an object"),
    "a text": ("iv", r"staff: must be an object"),
    "true": (True, r"staff: must be an object"),
    "an unknown fact": ({"plan.rute": "iv"}, r"staff\.plan\.rute: staff enter no such fact"),
    "an unknown fact without a dot": ({"route": "iv"}, r"staff\.route: staff enter no such fact"),
    "a fact of the form": ({"patient.bmi": 31}, r"staff\.patient\.bmi: staff enter no such fact"),
    "a question": ({"seizure_ever": "yes"}, r"staff\.seizure_ever: staff enter no such fact"),
    "another of several": ({"plan.route": "rectal"}, r"staff\.plan\.route: must be iv, im, sc, intranasal or oral"),
    "in capitals": ({"plan.route": "IV"}, r"staff\.plan\.route: must be iv"),
    "several of one": ({"plan.route": ["iv"]}, r"staff\.plan\.route: must be iv"),
    "yes in place of one of several": ({"plan.setting": "yes"}, r"staff\.plan\.setting: must be clinic or home"),
    "a state in place of one of several": ({"plan.product": "not_sure"}, r"staff\.plan\.product: must be ketamine"),
    "none where there is always one": ({"plan.setting": "none"}, r"staff\.plan\.setting: must be clinic or home"),
    "an empty text": ({"plan.setting": ""}, r"staff\.plan\.setting: must be clinic or home"),
    "a yes that is true": ({"dose.diluted": True}, r"staff\.dose\.diluted: must be yes or no"),
    "a yes that is 1": ({"dose.diluted": 1}, r"staff\.dose\.diluted: must be yes or no"),
    "a state in place of yes": ({"dose.diluted": "not_sure"}, r"staff\.dose\.diluted: must be yes or no"),
    "none in place of yes": ({"dose.diluted": "none"}, r"staff\.dose\.diluted: must be yes or no"),
    "a number that is true": ({"dose.mg_per_kg": True}, rf"staff\.dose\.mg_per_kg: {NUMBER}"),
    "a number as text": ({"dose.mg_per_kg": "0.5"}, rf"staff\.dose\.mg_per_kg: {NUMBER}"),
    "a number as none": ({"dose.mg_per_kg": "none"}, rf"staff\.dose\.mg_per_kg: {NUMBER}"),
    "a number in a list": ({"dose.mg_per_kg": [0.5, 1]}, rf"staff\.dose\.mg_per_kg: {NUMBER}"),
    "a number with its unit": (
        {"measured.weight_kg": {"unit": "kg", "value": 66}},
        rf"staff\.measured\.weight_kg: {NUMBER}",
    ),
    "under nothing": ({"dose.mg_per_kg": -0.1}, rf"staff\.dose\.mg_per_kg: {NUMBER}"),
    "NaN": ({"dose.mg_per_kg": float("nan")}, r"staff\.dose\.mg_per_kg: NaN is not a number of JSON"),
    "infinity": ({"dose.mg_per_kg": float("inf")}, r"staff\.dose\.mg_per_kg: Infinity is not a number of JSON"),
    "one bad among good ones": (PLAN | {"lab.alt_times_uln": "high"}, rf"staff\.lab\.alt_times_uln: {NUMBER}"),
} | {
    f"days as {json.dumps(days)}": ({"lab.days_since_lft": days}, rf"staff\.lab\.days_since_lft: {DAYS}")
    for days in (
        -1, 1.5, 30.0, True, "30", "never", "not_sure", [], [30], [10, 20, 30], [30, 10], [-1, 10], [None, 30],
        [None, None], [True, 30], [1.5, 30], [10, 30.5], [10, "none"], [[10, 30], [40, 50]], {"low": 1, "high": 2},
    )
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_staff_cannot_have_entered_is_refused_by_fact(name: str) -> None:
    staff, message = REFUSED[name]
    result = run("-", text=case(staff))
    assert (result.exit_code, result.stdout) == (2, "")
    (told_as,) = result.stderr.splitlines()
    assert re.match(f"line 1: {message}", told_as), told_as
