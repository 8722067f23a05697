"""The families of medicines that are asked for by name after the list, and which of them a list has named already.

A family that the list names is not asked again, and so its tick is missing: that is no "no". It says less than the
list does, which the facts read as well: whatever names a family here makes its fact a yes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..questionnaire.answers import STATES, Answers
from .medicines import Medicine
from .typed_names import look_up


@dataclass(frozen=True, slots=True)
class Family:
    """What of a typed list names a family, so that nobody is asked for it again."""

    classes: frozenset[str] = frozenset()
    """A medicine of one of these classes names it."""
    generics: frozenset[str] = frozenset()
    """So does one of these medicines, by generic name."""
    but: frozenset[str] = frozenset()
    """Medicines of such a class that patients do not think of here."""

    def holds(self, medicine: Medicine) -> bool:
        """Whether the medicine names the family."""
        if medicine.generic in self.but:
            return False
        return medicine.generic in self.generics or not self.classes.isdisjoint(medicine.classes)


def _of(*classes: str, generics: str = "", but: str = "") -> Family:
    named = (frozenset(filter(None, text.split(";"))) for text in (generics, but))
    return Family(frozenset(classes), *named)


FAMILIES: Mapping[str, Family] = {
    "opioid": _of("opioid", "opioid_agonist_treatment"),
    "opioid_blocker": _of("opioid_antagonist"),
    "benzo_sleep": _of("benzodiazepine", "z_drug"),
    "antidepressant": _of("antidepressant"),
    "maoi": _of("maoi"),
    "lithium": _of(generics="lithium"),
    "lamotrigine": _of("lamotrigine"),
    "antipsychotic": _of("antipsychotic"),
    "seizure_medicine": _of("antiepileptic"),
    "gabapentin": _of("gabapentinoid"),
    "stimulant": _of("stimulant", generics="phentermine", but="modafinil"),
    "triptan": _of("triptan"),
    "heart_bp": _of("antihypertensive", "antianginal", "antiarrhythmic"),
    "blood_thinner": _of("anticoagulant", "antiplatelet", but="aspirin"),
    "theophylline": _of("xanthine"),
    "steroid": _of("corticosteroid_systemic"),
    "glp1": _of("glp1_agonist"),
    "hiv_fungal": _of(
        generics="ketoconazole;itraconazole;voriconazole;fluconazole;ritonavir;cobicistat;nirmatrelvir with ritonavir"
    ),
    "thyroid": _of("thyroid_hormone"),
}
"""By the option of "med_classes". What is bought in shops is a list of its own, and always asked for."""


def listed_families(answers: Answers) -> frozenset[str]:
    """The families that a typed list surely names. What is nearly a name, or said to be stopped, names none."""
    entries = answers.get("medicines") if answers.get("meds_how") == "add" else None
    if not isinstance(entries, list):
        return frozenset()
    names = [entry.get("med_name") for entry in entries if isinstance(entry, dict)]
    found = [
        medicine
        for name in names
        if isinstance(name, str) and name not in STATES
        for medicine in look_up(name).sure
    ]
    return frozenset(code for code, family in FAMILIES.items() if any(map(family.holds, found)))
