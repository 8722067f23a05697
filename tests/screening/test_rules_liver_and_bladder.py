"""Liver, bladder and kidneys."""

from collections.abc import Callable

import pytest

from tests.screening.proofs import checks, line, tick, when

HAD_KETAMINE = {"ketamine_before": ["clinic"], "ketamine_bad": "no"}
BAD_KETAMINE = HAD_KETAMINE | {"ketamine_bad": "yes", "ketamine_bad_what": ["nausea"]}


CASES = {
    "ketamine-liver-injury": tick(
        "ketamine_bad_what", "ketamine.liver_injury", "liver", instead="nausea", given=BAD_KETAMINE
    )
    + when(
        misses=HAD_KETAMINE | {"ketamine_bad_what": ["liver"]},
        unknown=({"ketamine_before": ["not_sure"]}, ("ketamine.liver_injury",)),
    ),
    "liver-disease-severe": tick(
        "liver_kind",
        "condition.liver_disease_severe",
        "cirrhosis",
        instead="hepatitis",
        given={"liver": "yes"},
    )
    + when(
        misses={"liver_kind": ["cirrhosis"]},
        unknown=({"liver": "not_sure", "liver_kind": ["cirrhosis"]}, ("condition.liver_disease_severe",)),
    ),
    "liver-disease": line("liver", "condition.liver_disease"),
    "bladder-symptoms-after-ketamine": when(
        HAD_KETAMINE | {"bladder": "yes"},
        BAD_KETAMINE | {"ketamine_bad_what": ["bladder"]},
        misses=(
            {"bladder": "yes"},
            HAD_KETAMINE,
            HAD_KETAMINE | {"ketamine_bad_what": ["bladder"]},
        ),
        unknown=(
            (HAD_KETAMINE | {"bladder": "not_sure"}, ("symptom.urinary",)),
            (BAD_KETAMINE | {"ketamine_bad_what": ["not_sure"]}, ("ketamine.bladder_after",)),
            (
                {"bladder": "yes", "ketamine_before": ["rather_not"]},
                ("ketamine.exposure", "ketamine.bladder_after"),
            ),
        ),
    ),
    "bladder-symptoms": line("bladder", "symptom.urinary"),
    "bladder-pain-diagnosed": line("bladder_diagnosed", "condition.bladder_pain_syndrome")
    + when(misses={"bladder": "yes"}),
    "kidney-problem": line("kidney", "condition.kidney_disease"),
}


@pytest.mark.parametrize("check", checks(CASES))
def test_liver_and_bladder(check: Callable[[], None]) -> None:
    check()
