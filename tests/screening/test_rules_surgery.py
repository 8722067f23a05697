"""Surgery, cancer and chemotherapy."""

from collections.abc import Callable

import pytest

from tests.screening.proofs import checks, line, pick, when

CANCER = {"cancer_now": "yes", "chemo_now": "no", "cancer_team_knows": "yes"}
CHEMO = {"chemo_now": "yes", "cancer_team_knows": "yes"}
SINCE_SURGERY = "event.days_since_surgery"
SINCE_CHEMO = "event.days_since_chemotherapy"

CASES = {
    "surgery-recent": pick("surgery_last", SINCE_SURGERY, "under_6_weeks", instead="weeks_6_to_months_6")
    + when(misses={"surgery_last": "never"}, unknown=({"surgery_last": "not_sure"}, (SINCE_SURGERY,))),
    "surgery-past-six-months": pick(
        "surgery_last", SINCE_SURGERY, "under_6_weeks", "weeks_6_to_months_6", instead="months_6_to_12"
    )
    + when(misses={"surgery_last": "never"}, unknown=({"surgery_last": "not_sure"}, (SINCE_SURGERY,))),
    "surgery-brain-eye-heart": when(
        {"surgery_major": "yes"},
        *({"surgery_major": "not_sure", "surgery_areas": [area]} for area in ("brain", "eye", "heart")),
        *({"surgery_last": "under_6_weeks", "surgery_areas": ["bones", area]} for area in ("brain", "eye")),
        misses=(
            {"surgery_last": "under_6_weeks", "surgery_areas": ["bones"]},
            {"surgery_last": "over_1_year", "surgery_areas": ["brain"]},  # not asked that long ago
        ),
        unknown=(
            ({"surgery_major": "not_sure", "surgery_areas": ["bones"]}, ("surgery.brain_eye_heart",)),
            ({"surgery_last": "under_6_weeks", "surgery_areas": ["not_sure"]}, ("surgery.brain_eye_heart",)),
            ({"surgery_major": None}, ("surgery.brain_eye_heart",)),
        ),
    ),
    "surgery-history": when(
        *(
            {"surgery_last": last, "surgery_areas": ["not_sure"]}
            for last in ("under_6_weeks", "weeks_6_to_months_6", "months_6_to_12", "over_1_year")
        ),
        {"surgery_last": "never", "surgery_major": "yes"},
        {"surgery_last": "not_sure", "surgery_areas": ["womb"]},
        misses={"surgery_last": "never"},
        unknown=(
            ({"surgery_last": "not_sure"}, ("surgery.ever",)),
            ({"surgery_last": None}, ("surgery.ever",)),
            ({"surgery_major": "not_sure"}, ("surgery.ever",)),
        ),
    ),
    "surgery-planned": line("surgery_planned", "surgery.planned"),
    "chemotherapy": when(
        CHEMO,
        CANCER | {"chemo_last": "this_month"},
        {"cancer_now": "not_sure", "chemo_last": "this_month"},
        CHEMO | {"chemo_last": "not_sure"},
        misses=(
            CANCER | {"chemo_last": "months_1_to_6"},
            CANCER | {"chemo_last": "never"},
            {"chemo_last": "this_month"},
        ),
        unknown=(
            (CANCER | {"chemo_last": "not_sure"}, (SINCE_CHEMO,)),
            (
                {"chemo_now": "not_sure", "chemo_last": "over_1_year"},
                ("condition.chemotherapy_now",),
            ),
            ({"chemo_now": None}, ("condition.chemotherapy_now", SINCE_CHEMO)),
        ),
    ),
    "chemotherapy-recent": pick(
        "chemo_last", SINCE_CHEMO, "this_month", "months_1_to_6", instead="months_6_to_12", given=CANCER
    )
    + when(misses=CANCER | {"chemo_last": "never"}, unknown=({"cancer_now": None}, (SINCE_CHEMO,))),
    "cancer-now": line("cancer_now", "condition.cancer") + line("chemo_now", "condition.cancer"),
    "cancer-team-not-told": line("cancer_team_knows", "cancer.team_not_told", CANCER, yes="no", no="yes")
    + when(
        CHEMO | {"cancer_team_knows": "no"},
        misses={"cancer_team_knows": "no"},
        unknown=({"cancer_now": "not_sure", "cancer_team_knows": "no"}, ("cancer.team_not_told",)),
    ),
}


@pytest.mark.parametrize("check", checks(CASES))
def test_surgery(check: Callable[[], None]) -> None:
    check()
