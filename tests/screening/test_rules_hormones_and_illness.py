"""Hormones, diabetes and other illness."""

from collections.abc import Callable

import pytest

from tests.people import takes
from tests.screening.proofs import checks, line, named, pick, when

THYROID = {"thyroid": "yes"}
OVERACTIVE = ("condition.hyperthyroidism", "condition.hyperthyroidism_uncontrolled")
OTHER = (
    "condition.other_any",
    "condition.other_noted",
    "condition.parkinsons_ms_tremor",
    "condition.autoimmune_disease",
    "condition.venous_thrombosis",
)


CASES = {
    "thyroid-overactive-uncontrolled": when(
        *(THYROID | {"thyroid_kind": kind} for kind in ("over_uncontrolled", "over_unknown")),
        misses=(
            THYROID | {"thyroid_kind": "over_controlled"},
            THYROID | {"thyroid_kind": "under"},
            {"thyroid_kind": "over_uncontrolled"},
        ),
        unknown=(
            (THYROID | {"thyroid_kind": "not_sure"}, OVERACTIVE),
            ({"thyroid": "not_sure", "thyroid_kind": "under"}, OVERACTIVE),
        ),
    ),
    "thyroid-problem": line("thyroid", "condition.thyroid_any"),
    "thyroid-hormone": when(
        {"med_classes": ["thyroid"]},
        takes("levothyroxine 50mcg"),
        takes("Synthroid") | {"med_classes": ["not_sure"]},
        misses=(takes("carbimazole"), takes("the blue ones")),
        unknown=({"med_classes": ["not_sure"]}, ("meds.thyroid_hormone",)),
    ),
    "porphyria": named("other_any", "other_list", "condition.porphyria", "porphyria", instead="migraine"),
    "myasthenia": named("other_any", "other_list", "condition.myasthenia", "muscle", instead="nerve"),
    "diabetes-type-1": pick(
        "diabetes_type", "condition.diabetes_type_1", "type_1", instead="type_2", given={"diabetes": "yes"}
    )
    + when(
        misses={"diabetes_type": "type_1"},
        unknown=({"diabetes": "not_sure", "diabetes_type": "type_2"}, ("condition.diabetes_type_1",)),
    ),
    "diabetes": line("diabetes", "condition.diabetes"),
    "other-illness": when(
        {"other_any": "yes"},
        *(
            {"other_any": "not_sure", "other_list": [kind]}
            for kind in ("bleeding", "sickle", "immune", "falls", "other", "nerve", "arthritis", "clot")
        ),
        {"stomach_any": "yes", "stomach_list": ["bowel"]},
        {"lung_any": "yes", "lung_list": ["clot"]},
        misses=(
            {"other_any": "no", "other_list": ["falls"]},
            {"stomach_any": "yes", "stomach_list": ["ulcer"]},
            {"lung_any": "yes", "lung_list": ["copd"]},
        ),
        unknown=(
            ({"other_any": "not_sure", "other_list": ["migraine"]}, OTHER[:1]),
            ({"other_any": "not_sure", "other_list": ["not_sure"]}, OTHER),
            ({"stomach_any": "not_sure"}, ("condition.autoimmune_disease",)),
            ({"other_any": None}, OTHER),
        ),
    ),
}


@pytest.mark.parametrize("check", checks(CASES))
def test_hormones_and_illness(check: Callable[[], None]) -> None:
    check()
