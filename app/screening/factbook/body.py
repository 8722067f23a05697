"""Lungs, stomach, liver, kidney, hormones and other illness."""

from ..fact_kinds import Tri
from ..facts import Fact
from ..logic import any_of, fact, q

FACTS: tuple[Fact, ...] = (
    Tri(
        "condition.lung_disease",
        when=q("lung_list").has("copd", "scar", "oxygen", "clot", "other"),
        note="any lung problem except asthma alone",
    ),
    Tri("condition.lung_any", when=q("lung_any").is_("yes")),
    Tri("condition.sleep_apnoea", when=q("sleep_apnea").is_("yes")),
    Tri("irritation.lung", when=q("lung_irritation").is_("yes")),
    Tri("irritation.stomach", when=q("stomach_irritation").is_("yes")),
    Tri("condition.stomach_any", when=q("stomach_any").is_("yes")),
    Tri("condition.stomach_risk", when=q("stomach_list").has("ulcer", "slow", "vomiting")),
    Tri("condition.liver_disease", when=q("liver").is_("yes")),
    Tri("condition.liver_disease_severe", when=q("liver_kind").has("cirrhosis")),
    Tri(
        "condition.bladder_pain_syndrome",
        when=q("bladder_diagnosed").is_("yes"),
        note="told by a doctor, whatever the last 3 months were like",
    ),
    Tri("condition.kidney_disease", when=q("kidney").is_("yes")),
    Tri("condition.thyroid_any", when=q("thyroid").is_("yes")),
    Tri(
        "condition.hyperthyroidism",
        when=q("thyroid_kind").in_("over_controlled", "over_uncontrolled", "over_unknown"),
    ),
    Tri(
        "condition.hyperthyroidism_uncontrolled",
        when=q("thyroid_kind").in_("over_uncontrolled", "over_unknown"),
        note="not known to be under control: said not, or does not know",
    ),
    Tri("condition.diabetes", when=q("diabetes").is_("yes")),
    Tri("condition.diabetes_type_1", when=q("diabetes_type").is_("type_1")),
    Tri(
        "condition.porphyria",
        when=q("other_list").has("porphyria"),
        note="type not asked; only the acute types matter",
    ),
    Tri("condition.myasthenia", when=q("other_list").has("muscle")),
    Tri("condition.parkinsons_ms_tremor", when=q("other_list").has("nerve")),
    Tri("condition.migraine", when=q("other_list").has("migraine")),
    Tri(
        "condition.autoimmune_disease",
        when=any_of(q("other_list").has("arthritis"), q("stomach_list").has("bowel")),
    ),
    Tri("condition.sickle_cell", when=q("other_list").has("sickle")),
    Tri("condition.phaeochromocytoma", when=q("other_list").has("adrenal")),
    Tri("condition.other_any", when=q("other_any").is_("yes"), note="any, named or not"),
    Tri("condition.other_noted", when=q("other_list").has("bleeding", "sickle", "immune", "falls", "other")),
    Tri("condition.chronic_pain", when=q("reasons").has("pain")),
    Tri("condition.neuropathic_pain", when=q("pain_sites").has("nerve")),
    Tri("condition.obesity", when=fact("patient.bmi").gte(30)),
)
