"""What invented people suffer from and take: brands, generics and misspellings, as people type them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.questionnaire.answers import Answer


@dataclass(frozen=True, slots=True)
class TypedMedicine:
    """A medicine that an invented person takes."""

    typed: str
    """The name as they type it."""
    family: str | None
    """The family they tick it under; None for none."""
    reason: str
    """The reason they give."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """An illness of invented people."""

    brings: bool
    """Whether it may be the reason why they come."""
    answers: Mapping[str, Answer]
    """The answers that show it, by question id."""
    medicines: tuple[TypedMedicine, ...]
    """What may be taken for it."""


def _for(reason: str, family: str | None, *typed: str) -> tuple[TypedMedicine, ...]:
    return tuple(TypedMedicine(name, family, reason) for name in typed)


COMPLAINTS = (
    Complaint(
        True,
        {
            "reasons": ["depression"],
            "mh_list": ["depression"],
            "tried_list": ["antidepressant", "talking"],
        },
        _for(
            "low mood",
            "antidepressant",
            "Zoloft 50 mg",
            "sertralin",
            "Prozac 20mg",
            "Lustral",
            "Effexor XR 150",
        ),
    ),
    Complaint(
        True,
        {"reasons": ["anxiety"], "mh_list": ["anxiety"], "tried_list": ["antidepressant", "talking"]},
        _for("worry", "antidepressant", "Lexapro 10 mg", "escitalapram", "citalopram 20", "Cipralex"),
    ),
    Complaint(
        True,
        {"reasons": ["trauma"], "mh_list": ["ptsd"], "tried_list": ["talking"]},
        _for("bad dreams", None, "prazosin 2 mg", "Minipress"),
    ),
    Complaint(
        True,
        {"reasons": ["pain"], "pain_sites": ["back"], "tried_list": ["pain_medicine", "physio"]},
        _for("back pain", "gabapentin", "gabapentin 300 mg", "Lyrica 75mg", "pregablin", "Neurontin"),
    ),
    Complaint(
        True,
        {
            "reasons": ["pain"],
            "pain_sites": ["nerve"],
            "tried_list": ["pain_medicine", "injections"],
            "opioid_ever": "yes",
            "opioid_last": "week",
            "opioid_control": "no",
            "opioid_source": ["prescribed"],
            "opioid_reason": ["other_pain"],
        },
        _for("nerve pain", "opioid", "tramadol 50 mg", "Ultram", "oxycodon 5mg", "co-codamol 30/500"),
    ),
    Complaint(
        False,
        {"high_bp": "yes", "high_bp_control": "yes"},
        _for(
            "blood pressure",
            "heart_bp",
            "lisinopril 10 mg",
            "Norvasc",
            "amlodopine",
            "losartan 50",
            "water pill",
        ),
    ),
    Complaint(
        False,
        {"thyroid": "yes", "thyroid_kind": "under"},
        _for("thyroid", "thyroid", "levothyroxine 75 mcg", "Synthroid", "levothroxine"),
    ),
    Complaint(
        False,
        {"diabetes": "yes", "diabetes_type": "type_2"},
        _for("sugar", "glp1", "Ozempic 0.5 mg", "metformin 500 mg", "Mounjaro"),
    ),
    Complaint(
        False,
        {"other_any": "yes", "other_list": ["migraine"]},
        _for("migraine", "triptan", "Imitrex 50 mg", "naratriptan", "sumatripan", "Maxalt"),
    ),
    Complaint(
        False,
        {"lung_any": "yes", "lung_list": ["asthma"]},
        _for("asthma", None, "albuterol inhaler", "Ventolin", "salbutamol puffer"),
    ),
    Complaint(
        False,
        {
            "seizure_ever": "yes",
            "seizure_last": "over_5_years",
            "seizure_cause": ["epilepsy"],
        },
        _for("epilepsy", "seizure_medicine", "Keppra 500 mg", "leviteracetam", "Lamictal 100mg"),
    ),
    Complaint(
        False,
        {"heart_attack": "yes", "heart_event_when": "over_1_year", "heart_worse": "no"},
        _for("heart", "blood_thinner", "Plavix 75 mg", "clopidogrel", "Eliquis 5 mg"),
    ),
    Complaint(
        False,
        {"sleep_apnea": "yes", "sleep_apnea_treated": "most_nights"},
        _for("sleep", "benzo_sleep", "Ambien 5 mg", "zopiclon", "melatonin 3 mg"),
    ),
    Complaint(
        False,
        {"mh_list": ["adhd_autism"]},
        _for("attention", "stimulant", "Adderall 10 mg", "Concerta", "Vyvanse 30"),
    ),
)

CONFUSED = (
    TypedMedicine("Keppra 500mg twice a day", "seizure_medicine", "the doctor gave it to me"),
    TypedMedicine("capecitabine", None, "my skin"),
    TypedMedicine("Suboxone film", None, "my back"),
    TypedMedicine("Seroquel 25 mg", "antipsychotic", "sleep"),
    TypedMedicine("naratriptan", "triptan", "they told me it is ketamine"),
    TypedMedicine("the little blue one, and something for the heart", None, "I don't know"),
    TypedMedicine("lisinopril", "heart_bp", "I don't know"),
)
"""TypedMedicine by people whose other answers give no reason for it, or whom nobody can understand."""
