"""What was told grows older: cases judged on a later day, and until when a screening holds."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questionnaire.all_forms import WHOLE
from app.screening.evaluation import ScreeningResult, evaluate
from app.screening.fact_kinds import Age, Days
from app.screening.logic import FactCompare
from app.screening.rulebook import RULEBOOK
from app.screening.rules import DEFAULT_RULES, ClinicRules, Rulebook, Submitted
from app.screening.validity import LONGEST, Validity, validity
from tests.people import HEALTHY, ON, Answers, but, raised, undetermined
from tests.strategies import people, steady


def sent(answers: Answers, days: int = 0) -> Submitted:
    """Answers given on ON and judged so many days later."""
    return Submitted(WHOLE, answers, ON + timedelta(days), answered_on=ON)


def judged(answers: Answers, days: int = 0) -> ScreeningResult:
    return evaluate(RULEBOOK, sent(answers, days))


def holds(answers: Answers, days: int = 0, settings: ClinicRules = DEFAULT_RULES) -> Validity:
    case = sent(answers, days)
    return validity(RULEBOOK, case, settings, evaluate(RULEBOOK, case, settings))


def outcomes(screening: ScreeningResult) -> dict[str, str]:
    return dict.fromkeys(raised(screening), "raised") | dict.fromkeys(undetermined(screening), "unknown")


SURGERY = but(HEALTHY, {"surgery_last": "under_6_weeks"})


@pytest.mark.parametrize(
    ("days", "recent", "half_year"),
    [
        (0, "raised", "raised"),
        (1, "unknown", "raised"),  # it may have been 42 days ago when they said so
        (42, "unknown", "raised"),
        (43, "clear", "raised"),
        (141, "clear", "raised"),
        (142, "clear", "unknown"),
        (183, "clear", "unknown"),
        (184, "clear", "clear"),
    ],
)
def test_surgery_in_the_last_six_weeks_grows_older(days: int, recent: str, half_year: str) -> None:
    screening = judged(SURGERY, days)
    for slug, outcome in (("surgery-recent", recent), ("surgery-past-six-months", half_year)):
        assert (slug in raised(screening)) is (outcome == "raised")
        assert (slug in undetermined(screening)) is (outcome == "unknown")
    assert "surgery-history" in raised(screening)


def test_what_never_happened_still_has_not() -> None:
    assert raised(judged(HEALTHY, 400)) == raised(judged(HEALTHY))
    assert undetermined(judged(HEALTHY, 400)) == {}


@pytest.mark.parametrize(
    ("slug", "answers"),
    [
        ("psychosis-current", {"psychosis_ever": "yes", "psychosis_when": "now"}),
        ("mania-current", {"mania_ever": "yes", "mania_when": "now"}),
        ("ketamine-from-elsewhere", {"ketamine_before": ["no_prescription"], "ketamine_last": "week"}),
    ],
)
def test_what_may_go_on_is_never_cleared_by_time(slug: str, answers: Answers) -> None:
    told = but(HEALTHY, answers)
    assert slug in raised(judged(told))
    assert slug in undetermined(judged(told, 300))


def test_opioid_use_may_have_gone_on() -> None:
    told = but(HEALTHY, {"opioid_ever": "yes", "opioid_last": "week", "opioid_control": "yes"})
    assert "opioid-in-use" in raised(judged(told))
    assert "opioid-in-use" in undetermined(judged(told, 300))


def test_a_birthday_counts_on_the_day_itself() -> None:
    born = but(HEALTHY, {"dob": "1961-03-31"})
    assert "age-65-or-over" not in raised(judged(born, 29))
    assert "age-65-or-over" in raised(judged(born, 30))
    assert holds(born) == Validity(date(2026, 3, 30), ("age-65-or-over",))


def test_a_leap_day_birthday_counts_from_the_first_of_march() -> None:
    born = but(HEALTHY, {"dob": "1960-02-29"})
    case = Submitted(WHOLE, born, date(2025, 2, 27))
    assert validity(RULEBOOK, case, DEFAULT_RULES, evaluate(RULEBOOK, case)) == Validity(
        date(2025, 2, 28), ("age-65-or-over",)
    )


def test_the_next_birthday_may_be_next_year() -> None:
    case = Submitted(WHOLE, but(HEALTHY, {"dob": "1962-01-10"}), date(2026, 11, 1))
    assert validity(RULEBOOK, case, DEFAULT_RULES, evaluate(RULEBOOK, case)) == Validity(
        date(2027, 1, 9), ("age-65-or-over",)
    )


def test_a_birthday_that_changes_nothing_ends_nothing() -> None:
    assert holds(but(HEALTHY, {"dob": "1990-03-02"})) == Validity(ON + LONGEST, ())


def test_without_a_birth_date_there_is_no_birthday_to_come() -> None:
    assert holds(but(HEALTHY, {"dob": None})) == Validity(ON + LONGEST, ())


def test_a_screening_holds_while_its_flags_may_still_be_right() -> None:
    """Of surgery in the last 6 weeks nobody knows the day on which it is longer ago."""
    until = Validity(ON + timedelta(42), ("surgery-recent",))
    assert holds(SURGERY) == until
    assert holds(SURGERY, 42) == until  # judged on its last day
    today = Submitted(WHOLE, SURGERY, ON)
    assert validity(RULEBOOK, today, DEFAULT_RULES, evaluate(RULEBOOK, today)) == until


def test_what_was_some_weeks_ago_is_reckoned_from_the_nearest_day_it_may_have_been() -> None:
    """From 43 to 183 days ago: in 140 days it may still be within 183."""
    told = but(HEALTHY, {"surgery_last": "weeks_6_to_months_6"})
    assert holds(told).until == ON + timedelta(140)


@pytest.mark.parametrize(("answer", "outcome"), [("not_sure", "unknown"), ("over_1_year", None)])
def test_with_time_no_date_becomes_known_and_no_far_end_is_found(answer: str, outcome: str | None) -> None:
    told = outcomes(judged(but(HEALTHY, {"surgery_last": answer}), 10))
    assert told.get("surgery-recent") == outcome


def test_a_limit_of_at_least_is_passed_on_reaching_it() -> None:
    days = FactCompare("event.days_since_surgery", "gte", 60)
    long_ago = replace(RULEBOOK.by_slug["surgery-recent"], trigger=days)
    book = Rulebook("test", (long_ago,), RULEBOOK.facts)
    case = sent(SURGERY)
    assert validity(book, case, DEFAULT_RULES, evaluate(book, case)).until == ON + timedelta(17)


def test_answers_grow_too_old_in_the_end() -> None:
    assert holds(HEALTHY) == Validity(ON + timedelta(183), ())
    on_the_last_day = but(HEALTHY, {"dob": "1961-08-31"})
    assert holds(on_the_last_day) == Validity(ON + timedelta(182), ("age-65-or-over",))
    the_day_after = but(HEALTHY, {"dob": "1961-09-01"})
    assert holds(the_day_after) == Validity(ON + timedelta(183), ())


def test_judged_again_a_screening_holds_from_then_on() -> None:
    born = SURGERY | {"dob": "1961-06-01"}
    assert holds(born) == Validity(ON + timedelta(42), ("surgery-recent",))
    assert holds(born, 43) == Validity(date(2026, 5, 31), ("age-65-or-over",))


def test_judged_when_the_answers_are_too_old_it_holds_no_more() -> None:
    assert holds(HEALTHY, 400).until == ON + LONGEST


def test_what_staff_entered_holds_on_the_day() -> None:
    case = Submitted(WHOLE, HEALTHY, ON, staff={"plan.route": "iv"})
    assert validity(RULEBOOK, case, DEFAULT_RULES, evaluate(RULEBOOK, case)) == Validity(ON, ())


def test_a_clinics_own_limit_counts() -> None:
    own = ClinicRules({"surgery-recent": {"surgery_days": 60}})
    assert holds(SURGERY, settings=own) == Validity(ON + timedelta(60), ("surgery-recent",))


@steady
@given(answers=people, days=st.integers(1, 200))
def test_until_then_no_rule_comes_out_otherwise(answers: Answers, days: int) -> None:
    """On any day up to it every flag stands or may stand, and nothing new has come up."""
    until = holds(answers)
    day = ON + timedelta(days)
    first, later = outcomes(judged(answers)), outcomes(judged(answers, days))
    changed = [
        slug
        for slug in first | later
        if (then := first.get(slug)) != (now := later.get(slug)) and (then, now) != ("raised", "unknown")
    ]
    if day <= until.until:
        assert not changed
    elif day == until.until + timedelta(1):
        assert set(until.changes) <= set(changed)


def test_only_rules_read_what_time_moves() -> None:
    """Validity looks at rules alone: a yes/no fact worked out from a band would be missed."""
    moving = {key for key, fact in RULEBOOK.facts.items() if isinstance(fact, Days | Age)}
    for fact in RULEBOOK.facts.values():
        for part in ("when", "unknown_if"):
            condition: Any = getattr(fact, part, None)
            if condition is not None:
                assert moving.isdisjoint(condition.names()), fact.key
    for question in WHOLE.questions.values():
        if question.show_if is not None:
            assert "age_years" not in set(question.show_if.names()), question.id
