"""What is mentioned in free text, and which facts would say the same: the net under the questions."""

from ..fact_kinds import Mentioned
from ..facts import Fact

TOLD: dict[str, tuple[str, ...]] = {
    "suicide": (
        *(
            "now.end_life",
            "suicide.thoughts_month",
            "suicide.thoughts_today",
            "suicide.plan",
            "suicide.attempt_ever",
        ),
        *("after.suicide_today", "after.suicide_since"),
    ),
    "harm-others": ("safety.harm_others",),
    "emergency": ("now.emergency", "after.emergency_now"),
    "chest-pain": ("symptom.chest_pain_recent", "after.chest_or_breath_any"),
    "back-warning": ("symptom.back_warning",),
    "headache-changed": ("symptom.headache_changed",),
    "brain-pressure": ("condition.raised_icp",),
    "head-injury": ("condition.head_injury",),
    "seizures": ("condition.seizures", "after.seizure"),
    "under-age": (),
    "no-agreement": ("patient.does_not_agree",),
    "high-blood-pressure": ("condition.hypertension",),
    "adrenal-tumor": ("condition.phaeochromocytoma",),
    "heart": ("condition.heart_attack", "condition.heart_other"),
    "aneurysm": ("condition.aneurysm_or_avm",),
    "stroke": ("condition.stroke_any",),
    "psychosis": ("condition.psychosis_ever",),
    "mania": ("condition.mania_ever",),
    "mental-health-hospital": ("condition.mh_admission",),
    "opioid-misuse": (
        *("substance.opioid_use", "substance.opioid_problem", "substance.opioid_street", "meds.opioid"),
        "after.more_opioids",
    ),
    "overdose": ("substance.overdose_ever",),
    "alcohol-drugs": (
        *("substance.alcohol_problem", "substance.alcohol_withdrawal", "substance.hard_drugs_year"),
        "substance.drugs_weekly",
    ),
    "ketamine-use": (
        *("ketamine.control_lost", "ketamine.non_prescribed", "after.other_ketamine", "after.ketamine_pull"),
    ),
    "theophylline": ("meds.theophylline",),
    "ketamine-reaction": ("ketamine.bad_reaction", "ketamine.serious_reaction", "allergy.ketamine"),
    "anesthetic-allergy": ("allergy.anaesthetic", "anaesthetic.other_problem"),
    "steroid-allergy": ("allergy.steroid", "allergy.steroid_mood"),
    "liver": ("condition.liver_disease", "ketamine.liver_injury"),
    "bladder": (
        *("symptom.urinary", "condition.bladder_pain_syndrome", "ketamine.bladder_after", "after.bladder"),
    ),
    "porphyria": ("condition.porphyria",),
    "pregnancy": ("repro.pregnant", "repro.pregnancy_possible", "repro.breastfeeding"),
    "surgery": ("surgery.ever", "surgery.planned"),
    "chemotherapy": ("condition.chemotherapy_now", "condition.cancer"),
    # Asked in part 2, whose answers a rule that also runs for part 1 does not read.
    "unsafe-home": (),
    "rash": ("allergy.any_other", "after.rash"),
    "thyroid": ("condition.thyroid_any", "meds.thyroid_hormone"),
    "glaucoma": ("condition.eye_pressure",),
    "family-seizures": ("family.seizures",),
    "family-psychosis": ("family.psychosis",),
    "family-heart": ("family.heart_attack",),
    "family-anesthetic": ("family.anaesthetic_reaction",),
}
"""Subject of mention_words to the facts that tell it where it is asked."""

FACTS: tuple[Fact, ...] = tuple(
    Mentioned(f"mentioned.{subject.replace('-', '_')}", subject=subject, told=told)
    for subject, told in TOLD.items()
)
