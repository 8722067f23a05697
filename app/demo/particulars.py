"""Who invented people are: names, birth dates, numbers nobody has, and the answers most people give."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from app.questionnaire.answers import Answer
from app.questionnaire.countries import Country

MARKER = "SYNTHETIC"
"""In the surname, in every sentence and in every e-mail address of an invented person."""

WOMEN = (
    "Maria",
    "Aisha",
    "Olivia",
    "Priya",
    "Elena",
    "Hannah",
    "Grace",
    "Fatima",
    "Mei",
    "Rosa",
    "Zoë",
    "Siân",
)
MEN = (
    "James",
    "Wei",
    "Noah",
    "Samuel",
    "Kwame",
    "Luis",
    "Ivan",
    "Daniel",
    "Patrick",
    "Tomasz",
    "José",
    "Dmitri",
)
FIRST_NAMES = WOMEN + MEN
LAST_NAMES = (
    *(
        "Okafor",
        "Smith",
        "Nguyen",
        "Garcia",
        "Patel",
        "Kowalski",
        "Johnson",
        "Rossi",
        "O'Neill",
        "Haddad",
        "Kim",
    ),
    *("Müller", "Brown", "Silva", "Cohen", "Andersson", "Mbeki", "Taylor", "Novák", "Lopez", "Evans", "Sato"),
)
OTC = (
    "St John's wort and vitamin D",
    "fish oil, magnesium",
    "CBD oil",
    "Sudafed when I have a cold",
    "turmeric",
)


def details(draw: Random, on: date, jurisdiction: Country) -> dict[str, Answer]:
    """Who they are, their measures, and the answers most people give to questions that open others."""
    sex = draw.choices(("female", "male", "intersex", "tell_clinician"), (54, 43, 1, 2))[0]
    first = draw.choice({"female": WOMEN, "male": MEN}.get(sex, FIRST_NAMES))
    last = f"{draw.choice(LAST_NAMES)} {MARKER}"
    age_days = int(draw.triangular(18.01, 85.9, 40) * 365.25)
    digits = f"{draw.randrange(1000):03}"
    helped = draw.choices(("self", "self_with_help", "for_patient"), (94, 4, 2))[0]
    said: dict[str, Any] = {
        "language": draw.choices(("en", "es"), (92, 8))[0],
        "urgent_now": ["none"],
        "filled_by": helped,
        "filler_role": draw.choice(("typing", "legal")),
        "helper_name": f"{draw.choice(FIRST_NAMES)} {MARKER}",
        "private_part": draw.choice(("alone", "with_helper", "ask_me")),
        "sign_assent": "yes",
        "first_name": first,
        "last_name": last,
        "preferred_name": first[:3] if draw.random() < 0.2 else None,
        "dob": (on - timedelta(days=age_days)).isoformat(),
        "phone": f"212 555 0{digits}" if jurisdiction == Country.US else f"07700 900{digits}",
        "email": f"{MARKER.lower()}.{draw.randrange(10**6)}@example.com" if draw.random() < 0.9 else "rather_not",
        "sex_at_birth": sex,
        "ec_name": f"{draw.choice(FIRST_NAMES)} {MARKER}" if draw.random() < 0.93 else "rather_not",
        "ec_phone": "212 555 0198" if jurisdiction == Country.US else "07700 900198",
        "bp_known": draw.choice(("yes", "no")),
        "bp_top": round(draw.gauss(122, 9)),
        "bp_bottom": round(draw.gauss(76, 6)),
        "bp_when": draw.choice(("week", "month", "months_1_to_6")),
        "pregnancy_status": draw.choices(("not_possible", "no", "trying", "maybe", "yes"), (50, 44, 2, 2, 2))[0],
        "fam_known": draw.choices(("yes", "some", "no"), (80, 14, 6))[0],
        "ketamine_before": [draw.choices(("none", "clinic", "no_prescription"), (86, 8, 6))[0]],
        "surgery_last": draw.choices(("never", "over_1_year", "months_6_to_12", "not_sure"), (45, 45, 8, 2))[0],
        "alcohol_any": draw.choices(("yes", "past", "no"), (60, 8, 32))[0],
        "drugs_used": [draw.choices(("none", "tobacco", "cannabis", "cocaine"), (68, 14, 16, 2))[0]],
        "mh_list": ["none"],
        "tried_list": ["talking"],
        "suicide_thoughts": "no",
        "callback": "visit",
        "otc_list": draw.choice(OTC),
    }  # fmt: skip
    return said | _measures(draw, sex, jurisdiction)


def _measures(draw: Random, sex: str, jurisdiction: Country) -> dict[str, Answer]:
    """Height and weight, in the units people there use, or left to be measured."""
    cm = draw.gauss(176 if sex == "male" else 163, 7)
    kg = max(45.0, draw.gauss(27, 4.5) * (cm / 100) ** 2)
    inches, pounds = round(cm / 2.54), round(kg / 0.45359237)
    imperial = draw.random() < (0.9 if jurisdiction == Country.US else 0.5)
    feet: dict[str, Any] = {"unit": "ft_in", "feet": inches // 12, "inches": inches % 12}
    weight: dict[str, Any] = {"unit": "kg", "value": round(kg, 1)}
    if imperial and jurisdiction == Country.US:
        weight = {"unit": "lb", "value": pounds}
    elif imperial:
        weight = {"unit": "st_lb", "stones": pounds // 14, "pounds": pounds % 14}
    return {
        "height": feet if imperial else {"unit": "cm", "value": round(cm)},
        "weight": weight if draw.random() < 0.95 else "not_sure",
    }
