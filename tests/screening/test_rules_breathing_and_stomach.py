"""Lungs, breathing in sleep and stomach."""

from collections.abc import Callable

import pytest

from tests.screening.proofs import checks, line, named

CASES = {
    "sleep-apnea": line("sleep_apnea", "condition.sleep_apnoea"),
    "lung-disease": named(
        "lung_any",
        "lung_list",
        "condition.lung_disease",
        *("copd", "scar", "oxygen", "clot", "other"),
        instead="asthma",
    ),
    "lung-problem": line("lung_any", "condition.lung_any"),
    "lung-irritation": line("lung_irritation", "irritation.lung"),
    "stomach-irritation": line("stomach_irritation", "irritation.stomach")
    + line("stomach_any", "condition.stomach_any"),
    "stomach-choking-risk": named(
        "stomach_any", "stomach_list", "condition.stomach_risk", "ulcer", "slow", "vomiting", instead="reflux"
    ),
}


@pytest.mark.parametrize("check", checks(CASES))
def test_breathing_and_stomach(check: Callable[[], None]) -> None:
    check()
