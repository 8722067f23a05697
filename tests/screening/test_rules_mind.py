"""Psychosis, mania, depression and how ketamine was before."""

from collections.abc import Callable

import pytest

from tests.screening.proofs import checks, line, pick, tick, when

PSYCHOSIS = {"psychosis_ever": "yes"}
MANIA = {"mania_ever": "yes"}
ADMITTED = {"mh_hospital": "yes"}
HAD_KETAMINE = {"ketamine_before": ["clinic"], "ketamine_bad": "no", "ketamine_helped": "some"}
STEROIDS = {"steroid_allergy": "yes"}

CASES = {
    "psychosis-current": pick(
        "psychosis_when", "event.days_since_psychosis", "now", instead="year", given=PSYCHOSIS
    )
    + when(
        {"mh_list": ["psychosis"], "psychosis_when": "now"},
        misses={"psychosis_when": "now"},
        unknown=({"psychosis_ever": "rather_not", "psychosis_when": "now"}, ("event.days_since_psychosis",)),
    ),
    "psychosis-history": line("psychosis_ever", "condition.psychosis_ever")
    + when(
        {"mh_list": ["psychosis"]},
        {"mh_list": ["psychosis"], "psychosis_ever": "rather_not"},
        misses={"mh_list": ["none"]},
        unknown=({"mh_list": ["rather_not"]}, ("condition.psychosis_ever",)),
    ),
    "psychosis-diagnosed": tick("mh_list", "condition.psychosis_diagnosed", "psychosis", instead="bipolar")
    + when(
        {"mh_list": ["psychosis", "bipolar"], "psychosis_ever": "no"},
        # What was seen or heard, and no diagnosis: that is another rule's.
        misses={"psychosis_ever": "yes", "psychosis_when": "now", "mh_list": ["none"]},
        unknown=tuple(
            ({"mh_list": [state]}, ("condition.psychosis_diagnosed",)) for state in ("not_sure", "rather_not")
        ),
    ),
    "mania-current": pick("mania_when", "event.days_since_mania", "now", instead="year", given=MANIA)
    + when(
        misses={"mania_when": "now"},
        unknown=({"mania_ever": "not_sure", "mania_when": "now"}, ("event.days_since_mania",)),
    ),
    "bipolar-or-mania-history": line("mania_ever", "condition.mania_ever")
    + tick("mh_list", "condition.bipolar", "bipolar", instead="depression")
    + when(
        misses=(),
        unknown=({"mania_ever": None, "mh_list": None}, ("condition.bipolar", "condition.mania_ever")),
    ),
    "phq9-severe": when(
        {"scale_phq9": [3, 3, 3, 3, 3, 3, 2, 0, 0]},
        {"scale_phq9": [3] * 9},
        misses={"scale_phq9": [3, 3, 3, 3, 3, 3, 1, 0, 0]},
        unknown=(
            ({"scale_phq9": [3, 3, 3, 3, 3, 3, 3, 3, None]}, ("phq9.total",)),
            ({"scale_phq9": "rather_not"}, ("phq9.total",)),
        ),
    ),
    "mental-health-admission-recent": pick(
        "mh_hospital_when", "event.days_since_mh_admission", "past_3_months", instead="year", given=ADMITTED
    )
    + when(
        misses={"mh_hospital_when": "past_3_months"},
        unknown=({"mh_hospital": "rather_not"}, ("event.days_since_mh_admission",)),
    ),
    "mental-health-admission-history": line("mh_hospital", "condition.mh_admission"),
    "eating-or-personality-disorder": when(
        {"mh_list": ["eating"]},
        {"mh_list": ["depression", "personality"]},
        misses={"mh_list": ["adhd_autism", "insomnia"]},
        unknown=({"mh_list": ["not_sure"]}, ("condition.eating_disorder", "condition.personality_disorder")),
    ),
    "ketamine-bad-reaction": line("ketamine_bad", "ketamine.bad_reaction", given=HAD_KETAMINE)
    + pick("ketamine_helped", "ketamine.made_worse", "worse", instead="no", given=HAD_KETAMINE)
    + when(
        misses={"ketamine_bad": "yes", "ketamine_helped": "worse"},
        unknown=(
            {"ketamine_before": ["rather_not"], "ketamine_bad": "yes"},
            ("ketamine.bad_reaction", "ketamine.made_worse"),
        ),
    ),
    "steroid-mood-change": tick(
        "steroid_reaction", "allergy.steroid_mood", "mood", instead="passed_out", given=STEROIDS
    )
    + when(
        misses={"steroid_reaction": ["mood"]},
        unknown=({"steroid_allergy": "not_sure", "steroid_reaction": ["mood"]}, ("allergy.steroid_mood",)),
    ),
}


@pytest.mark.parametrize("check", checks(CASES))
def test_mind(check: Callable[[], None]) -> None:
    check()
