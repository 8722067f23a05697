"""Danger to oneself or others, and illness right now."""

from collections.abc import Callable

import pytest

from tests.people import mood
from tests.screening.proofs import checks, line, pick, tick, when

THOUGHTS = {"suicide_thoughts": "sometimes", "suicide_today": "no", "suicide_plan": "no"}
TRIED = {"suicide_attempt": "yes"}
BACK = {"reasons": ["pain"], "pain_sites": ["back"]}

CASES = {
    "suicide-risk-now": when(
        {"urgent_now": ["end_life"]},
        {"urgent_now": ["weakness", "end_life"]},
        THOUGHTS | {"suicide_today": "yes"},
        THOUGHTS | {"suicide_plan": "yes"},
        THOUGHTS | {"suicide_plan": "yes", "suicide_today": "rather_not"},
        mood(1) | {"suicide_today": "yes"},  # asked because of item 9 alone
        TRIED | {"suicide_attempt_when": "past_3_months"},
        misses=(
            THOUGHTS,
            TRIED | {"suicide_attempt_when": "year"},
            {"urgent_now": ["overdose"]},
            {"suicide_today": "yes", "suicide_plan": "yes"},  # left over from an answer since changed
        ),
        unknown=(
            ({"urgent_now": None}, ("now.end_life",)),
            ({"suicide_thoughts": "rather_not"}, ("suicide.thoughts_today", "suicide.plan")),
            (THOUGHTS | {"suicide_plan": "not_sure"}, ("suicide.plan",)),
            ({"suicide_attempt": "rather_not"}, ("suicide.days_since_attempt",)),
            (TRIED | {"suicide_attempt_when": "rather_not"}, ("suicide.days_since_attempt",)),
        ),
    ),
    "phq9-self-harm-item": when(
        mood(1),
        mood(3),
        {"scale_phq9": [None] * 8 + [1]},
        misses=(mood(0, others=3),),
        unknown=(
            (mood(None, others=3), ("phq9.item9",)),
            ({"scale_phq9": "ask_me"}, ("phq9.item9",)),
            ({"scale_phq9": None}, ("phq9.item9",)),
        ),
    ),
    "suicidal-thoughts-month": pick(
        "suicide_thoughts", "suicide.thoughts_month", "sometimes", "often", instead="no"
    ),
    "suicide-attempt-past-year": pick(
        "suicide_attempt_when",
        "suicide.days_since_attempt",
        "past_3_months",
        "year",
        instead="older",
        given=TRIED,
    ),
    "suicide-attempt-history": line("suicide_attempt", "suicide.attempt_ever"),
    "call-wanted-today": pick(
        "callback",
        "suicide.wants_call_today",
        "today",
        "when_open",
        instead="visit",
        given={"urgent_now": ["end_life"]},
    )
    + when(
        THOUGHTS | {"callback": "today"},
        mood(1) | {"callback": "today"},
        TRIED | {"suicide_attempt_when": "past_3_months", "callback": "today"},
        misses=({"callback": "today"}, TRIED | {"suicide_attempt_when": "year", "callback": "today"}),
        unknown=({"suicide_thoughts": "rather_not", "callback": "today"}, ("suicide.wants_call_today",)),
    ),
    "harm-to-others": line("harm_others", "safety.harm_others"),
    "unwell-right-now": tick(
        "urgent_now",
        "now.emergency",
        *("chest_pain", "breathing", "seizure", "overdose", "weakness"),
        instead="end_life",
    )
    + when(misses={"urgent_now": ["none"]}),
    "spinal-nerve-warning": line("back_warning", "symptom.back_warning", given=BACK)
    + when(
        {"reasons": ["pain"], "pain_sites": ["spine"], "back_warning": "yes"},
        misses=BACK | {"pain_sites": ["headache"], "back_warning": "yes"},
        unknown=(
            (BACK | {"pain_sites": ["not_sure"], "back_warning": "yes"}, ("symptom.back_warning",)),
            ({"reasons": ["not_sure"]}, ("symptom.back_warning",)),
        ),
    ),
}


@pytest.mark.parametrize("check", checks(CASES))
def test_crisis(check: Callable[[], None]) -> None:
    check()
