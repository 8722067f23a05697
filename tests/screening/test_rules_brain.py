"""Head, brain, eyes and seizures."""

from collections.abc import Callable

import pytest

from tests.screening.proofs import checks, line, pick, when

HEADACHE = {"reasons": ["pain"], "pain_sites": ["headache"]}
INJURED = {"head_injury": "yes"}
SEIZURE = {"seizure_ever": "yes"}
FEVER = SEIZURE | {"seizure_last": "child", "seizure_cause": ["fever"]}

CASES = {
    "headache-changed": line("headache_changed", "symptom.headache_changed", given=HEADACHE)
    + when(
        misses=HEADACHE | {"pain_sites": ["all_over"], "headache_changed": "yes"},
        unknown=({"reasons": ["pain"], "pain_sites": None}, ("symptom.headache_changed",)),
    ),
    "raised-brain-pressure": line("brain_pressure", "condition.raised_icp"),
    "head-injury-recent": pick(
        "head_injury_when", "event.days_since_head_injury", "under_3_months", instead="year", given=INJURED
    )
    + when(misses={"head_injury": "no", "head_injury_when": "under_3_months"}),
    "head-injury-past-year": pick(
        "head_injury_when",
        "event.days_since_head_injury",
        "under_3_months",
        "year",
        instead="older",
        given=INJURED,
    )
    + when(misses=(), unknown=({"head_injury": "not_sure"}, ("event.days_since_head_injury",))),
    "head-injury-history": line("head_injury", "condition.head_injury"),
    "eye-pressure": line("eye_pressure", "condition.eye_pressure")
    + when(
        {"surgery_last": "weeks_6_to_months_6", "surgery_areas": ["eye"]},
        {"surgery_last": "under_6_weeks", "surgery_areas": ["bones", "eye"]},
        misses=(
            {"surgery_last": "months_6_to_12", "surgery_areas": ["eye"]},
            {"surgery_last": "under_6_weeks", "surgery_areas": ["bones"]},
        ),
        unknown=(
            ({"surgery_last": "under_6_weeks", "surgery_areas": ["not_sure"]}, ("surgery.eye",)),
            ({"surgery_last": "not_sure", "surgery_areas": ["eye"]}, ("event.days_since_surgery",)),
            ({"surgery_last": None}, ("surgery.eye", "event.days_since_surgery")),
        ),
    ),
    "seizure-recent": pick(
        "seizure_last", "event.days_since_seizure", "month", "year", instead="years_1_to_5", given=SEIZURE
    )
    + when(
        misses=FEVER,
        unknown=({"seizure_ever": "not_sure", "seizure_last": "month"}, ("event.days_since_seizure",)),
    ),
    "seizure-history": line("seizure_ever", "condition.seizures"),
    "seizure-childhood-fever": when(
        FEVER,
        misses=(
            FEVER | {"seizure_cause": ["fever", "epilepsy"]},
            FEVER | {"seizure_cause": ["head"]},
            FEVER | {"seizure_last": "over_5_years"},
            FEVER | {"seizure_ever": "no"},
        ),
        unknown=(
            (FEVER | {"seizure_cause": ["not_sure"]}, ("condition.seizures_childhood_fever_only",)),
            (FEVER | {"seizure_last": "not_sure"}, ("condition.seizures_childhood_fever_only",)),
            (
                {"seizure_ever": "not_sure"},
                ("condition.seizures", "condition.seizures_childhood_fever_only"),
            ),
        ),
    ),
}


@pytest.mark.parametrize("check", checks(CASES))
def test_brain(check: Callable[[], None]) -> None:
    check()
