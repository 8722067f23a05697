"""Liver, bladder, kidney, hormones, lungs, stomach and other illness."""

from collections.abc import Callable

import pytest

from tests.people import takes
from tests.screening.proofs import Cases, checks, line, pick, tick, when

HAD_KETAMINE = {"ketamine_before": ["clinic"], "ketamine_bad": "no"}
BAD_KETAMINE = HAD_KETAMINE | {"ketamine_bad": "yes", "ketamine_bad_what": ["nausea"]}
THYROID = {"thyroid": "yes"}
OVERACTIVE = ("condition.hyperthyroidism", "condition.hyperthyroidism_uncontrolled")
OTHER = (
    "condition.other_any",
    "condition.other_noted",
    "condition.parkinsons_ms_tremor",
    "condition.autoimmune_disease",
    "condition.venous_thrombosis",
)


def named(gate: str, question: str, fact: str, *options: str, instead: str) -> Cases:
    """A kind of an illness: asked after a yes or a not sure to the illness, and ruled out by a no."""
    return tick(question, fact, *options, instead=instead, given={gate: "yes"}) + when(
        {gate: "not_sure", question: [options[0]]},
        misses={gate: "no", question: [options[0]]},
        unknown=({gate: None, question: [options[0]]}, (fact,)),
    )


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
def test_body(check: Callable[[], None]) -> None:
    check()
