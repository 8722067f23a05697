"""flask screen: what comes out for cases that are well made."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from app.commands import files_only
from app.screening.rulebook import RULEBOOK
from app.screening.rules import DEFAULT_RULES
from tests.people import Answers

ROOT = Path(__file__).parents[2]
CASE: dict[str, Any] = {
    "submitted_on": "2026-03-01",
    "jurisdiction": "US",
    "parts": [1],
    "answers": {
        "dob": "1984-05-03",
        "seizure_ever": "not_sure",
        "urgent_now": ["none"],
        "height": {"unit": "ft_in", "feet": 5, "inches": 9},
        "weight": {"value": 180, "unit": "lb"},
        "bp_top": 122,
        "medicines": [{"med_name": "Zoloft 50 mg", "med_often": "once"}],
        "scale_phq9": [1, 0, 2, 1, 0, 0, 1, 0, None],
    },
}


SHAPE = ["rulebook", "settings", "on", "valid_until", "raised", "undetermined"]


def run(*args: str, text: str | bytes = "") -> Result:
    """The command in this process; `text` is its standard input."""
    given = text.encode() if isinstance(text, str) else text
    return files_only("screen").test_cli_runner().invoke(args=["screen", *args], input=given)


def case(**keys: Any) -> str:
    """The case above with some keys of its own, as one line."""
    return json.dumps(CASE | keys)


def answers(**given: Any) -> str:
    """A case with these answers only."""
    return case(answers=given)


def told(result: Result) -> list[dict[str, Any]]:
    """What was written, one object a line."""
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_one_line_for_each_case_in_the_documented_shape() -> None:
    seizure = answers(seizure_ever="yes", seizure_last="month", brain_pressure="not_sure")
    result = run("-", text=f"{case(id='a')}\n{seizure}\n")
    first, second = told(result)
    assert list(first) == ["id", *SHAPE]
    assert list(second) == SHAPE
    assert first["id"] == "a"
    assert second["rulebook"] == RULEBOOK.identity
    assert second["settings"] == DEFAULT_RULES.identity
    assert second["on"] == CASE["submitted_on"]
    raised = {flag["slug"]: flag for flag in second["raised"]}["seizure-recent"]
    assert list(raised) == ["slug", "level", "because", "sources"]
    assert raised["level"] == RULEBOOK.by_slug["seizure-recent"].level
    assert {"question": "seizure_last", "answer": "month"} in raised["because"]
    assert raised["sources"] == list(RULEBOOK.by_slug["seizure-recent"].sources)
    unknown = {line["slug"]: line for line in second["undetermined"]}["raised-brain-pressure"]
    assert unknown == {
        "slug": "raised-brain-pressure",
        "unknown": ["condition.raised_icp"],
        "ask": RULEBOOK.by_slug["raised-brain-pressure"].ask,
    }


def test_raised_in_level_order_then_by_slug_and_undetermined_by_slug() -> None:
    given = {"suicide_thoughts": "often", "suicide_today": "yes", "steroid_allergy": "yes"}
    (only,) = told(run("-", text=answers(**given, surgery_last="under_6_weeks")))
    order = ["urgent", "stop", "review", "conflict", "note"]
    places = [(order.index(flag["level"]), flag["slug"]) for flag in only["raised"]]
    assert places == sorted(places)
    assert len(places) > 3
    slugs = [line["slug"] for line in only["undetermined"]]
    assert slugs == sorted(slugs)


def test_a_blank_form_raises_no_alarm_and_clears_nothing() -> None:
    (only,) = told(run("-", text=answers()))
    assert {flag["level"] for flag in only["raised"]} <= {"note"}
    assert len(only["undetermined"]) > 100


@pytest.mark.parametrize("given", ["text", 7, 2.5, ""])
def test_an_id_is_returned_as_it_came(given: object) -> None:
    (only,) = told(run("-", text=case(id=given)))
    assert only["id"] == given


def test_no_id_and_null_come_to_the_same() -> None:
    assert told(run("-", text=case(id=None))) == told(run("-", text=case()))


def test_null_stands_for_a_missing_key() -> None:
    nothing = dict.fromkeys(("jurisdiction", "parts", "fu_due", "staff", "parameters"))
    assert told(run("-", text=case(**nothing))) == told(run("-", text=case()))


def test_on_overrides_the_day_of_every_case() -> None:
    young = answers(dob="2010-01-01")
    assert "under-minimum-age" in slugs(run("-", text=young))
    assert "under-minimum-age" not in slugs(run("-", "--on", "2040-01-01", text=young))


def test_answers_judged_on_a_later_day_have_aged() -> None:
    operated = answers(surgery_last="under_6_weeks")
    (then,) = told(run("-", text=operated))
    (later,) = told(run("-", "--on", "2026-04-13", text=operated))
    assert (then["on"], then["valid_until"]) == ("2026-03-01", "2026-04-12")
    assert "surgery-recent" in [flag["slug"] for flag in then["raised"]]
    assert later["on"] == "2026-04-13"
    assert "surgery-recent" not in [line["slug"] for line in later["raised"] + later["undetermined"]]
    assert "surgery-past-six-months" in [flag["slug"] for flag in later["raised"]]


def test_judged_on_an_earlier_day_answers_count_as_given_then() -> None:
    operated = answers(surgery_last="under_6_weeks")
    (then,) = told(run("-", "--on", "2026-02-01", text=operated))
    assert "surgery-recent" in [flag["slug"] for flag in then["raised"]]
    assert then["valid_until"] == "2026-03-15"


def test_a_birth_after_the_answers_is_refused_whenever_they_are_judged() -> None:
    for on in ("2026-02-01", "2026-05-01"):
        unborn = run("-", "--on", on, text=answers(dob="2026-04-01"))
        assert unborn.exit_code == 2
        assert "answers.dob" in unborn.stderr


def test_on_stands_in_for_a_missing_day() -> None:
    dated = json.loads(answers(dob="1984-05-03"))
    del dated["submitted_on"]
    assert told(run("-", "--on", "2026-03-01", text=json.dumps(dated)))


def test_jurisdiction_overrides_whose_rules_apply() -> None:
    drinks = answers(alcohol_any="yes", scale_auditc=[3, 2, 1], sex_at_birth="male")
    assert "alcohol-screen-us" in slugs(run("-", text=drinks))
    assert "alcohol-screen-us" not in slugs(run("-", "--jurisdiction", "UK", text=drinks))
    assert "alcohol-screen-uk" in slugs(run("-", "--jurisdiction", "UK", text=drinks))


def test_a_clinics_own_values_are_used() -> None:
    operated = {"surgery_last": "weeks_6_to_months_6"}
    assert "surgery-recent" not in slugs(run("-", text=case(answers=operated)))
    longer = {"surgery-recent": {"surgery_days": 183}}
    assert "surgery-recent" in slugs(run("-", text=case(answers=operated, parameters=longer)))


def test_the_articles_exclusions_can_be_lowered_together() -> None:
    (only,) = told(
        run("-", text=case(answers={"steroid_allergy": "yes"}, parameters={"article_exclusions_level": "review"}))
    )  # fmt: skip
    assert {flag["slug"]: flag["level"] for flag in only["raised"]}["steroid-allergy"] == "review"


@pytest.mark.parametrize(
    "keys",
    [
        {"parts": [1, 2, "followup"]},
        {"parts": ["followup"]},
        {"staff": {"plan.route": "iv"}},
        {"staff": {}},
        {"fu_due": ["phq9", "gad7", "peg"]},
        {"fu_due": []},
    ],
)
def test_every_key_of_the_case_format_is_accepted(keys: dict[str, Any]) -> None:
    assert told(run("-", text=case(**keys)))


def test_only_the_parts_that_were_sent_are_judged() -> None:
    (only,) = told(run("-", text=case(parts=[2])))
    slugs = [line["slug"] for line in only["raised"] + only["undetermined"]]
    assert slugs
    assert {RULEBOOK.by_slug[slug].stage for slug in slugs} == {2}


@pytest.mark.parametrize("name", [{}, {"med_name": None}, {"med_name": ""}, {"med_name": "not_sure"}])
def test_a_medicine_without_a_name_is_an_unclear_name(name: dict[str, Any]) -> None:
    row = {"med_often": "once"} | name
    assert "medicine-name-unclear" in slugs(run("-", text=answers(meds_how="add", medicines=[row])))


def test_a_state_may_stand_in_place_of_any_value() -> None:
    states = {"height": "ask_me", "dob": "rather_not", "urgent_now": "ask_me", "scale_phq9": "not_sure"}
    assert told(run("-", text=answers(**states)))


def test_a_plain_text_is_a_list_of_one() -> None:
    assert told(run("-", text=answers(urgent_now="seizure"))) == told(
        run("-", text=answers(urgent_now=["seizure"]))
    )


def test_an_answer_to_a_question_that_does_not_apply_is_ignored() -> None:
    """Nor is a reading nobody has compared with the other number."""
    assert told(run("-", text=answers(bp_known="no", bp_top=60, bp_bottom=190))) == told(
        run("-", text=answers(bp_known="no"))
    )


def test_a_top_pressure_under_the_bottom_one_is_judged_as_it_is() -> None:
    (out,) = told(run("-", text=answers(bp_known="yes", bp_top=90, bp_bottom=125, bp_when="week")))
    assert "blood-pressure-crisis" in [flag["slug"] for flag in out["raised"]]


@pytest.mark.parametrize(
    ("given", "is_raised", "is_open", "is_not"),
    [
        # A wheeze under an anesthetic, beside a plain no to an allergy, is a problem to look at and no allergy.
        (
            {
                "anesthetic_allergy": "no",
                "anesthetic_problem": "yes",
                "anesthetic_problem_what": ["breathing"],
            },
            {"anesthetic-problem": "review"},
            (),
            ("anesthesia-allergy",),
        ),
        ({"mh_list": ["psychosis"]}, {"psychosis-diagnosed": "stop", "psychosis-history": "review"}, (), ()),
        (
            {"bp_known": "yes", "bp_top": 190, "bp_bottom": 100, "bp_when": "week"},
            {"blood-pressure-crisis": "urgent", "blood-pressure-very-high": "stop"},
            (),
            (),
        ),
        *(
            (
                {"bp_known": "yes", "bp_top": 190, "bp_bottom": 100} | when,
                {"blood-pressure-very-high": "stop"},
                ("blood-pressure-crisis",),
                (),
            )
            for when in ({}, {"bp_when": "not_sure"}, {"bp_when": "months_1_to_6"})
        ),
    ],
)
def test_what_is_told_is_taken_for_no_more_and_no_less(
    given: Answers, is_raised: dict[str, str], is_open: tuple[str, ...], is_not: tuple[str, ...]
) -> None:
    (out,) = told(run("-", text=answers(**given)))
    flags = {flag["slug"]: flag["level"] for flag in out["raised"]}
    open_still = [line["slug"] for line in out["undetermined"]]
    assert is_raised.items() <= flags.items()
    assert set(is_open) <= set(open_still)
    assert not {*is_open, *is_not} & set(flags)
    assert not set(is_not) & set(open_still)


@pytest.mark.parametrize("indent", [0, 1, 4, "\t"])
def test_one_case_over_several_lines(indent: int | str, tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(f"\n\n{json.dumps(CASE, indent=indent)}\n\n")
    assert told(run(str(file))) == told(run("-", text=case()))


def test_a_byte_order_mark_windows_lines_blank_lines_and_no_last_line_end() -> None:
    text = f"\ufeff{case(id=1)}\r\n\r\n   \n{case(id=2)}"
    assert [only["id"] for only in told(run("-", text=text))] == [1, 2]


def test_unusual_but_sound_text_is_carried_through() -> None:
    name = "Zoë's Lüstral 🙂 ﬁ 薬"
    (only,) = told(run("-", text=answers(meds_how="add", medicines=[{"med_name": name}])))
    unclear = {flag["slug"]: flag for flag in only["raised"]}["medicine-name-unclear"]
    assert unclear["because"] == [{"question": "medicines", "answer": name}]


def slugs(result: Result) -> set[str]:
    """The rules raised for the only case."""
    (only,) = told(result)
    return {flag["slug"] for flag in only["raised"]}
