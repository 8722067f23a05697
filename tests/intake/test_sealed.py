"""Every value a patient gives is sealed: no row, and no line of the log, holds any of it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from app.models import Base
from tests.intake.patient import Patient
from tests.people import HEALTHY, but, mood

MARK = "Zanahoria"
TYPED = {
    "first_name": f"First{MARK}",
    "last_name": f"Last{MARK}",
    "preferred_name": f"Called{MARK}",
    "phone": "555 707 0199",
    "email": f"{MARK.lower()}@example.test",
    "ec_name": f"Friend{MARK}",
    "ec_phone": "555 707 0188",
    "goals": f"To walk {MARK}",
    "gender": "own_words",
    "gender_words": f"Words{MARK}",
    "reasons": ["depression", "other"],
    "reason_other": f"Other{MARK}",
    "meds_how": "add",
    "medicines": [
        {
            "med_name": f"Pill{MARK}",
            "med_strength": f"5 {MARK}",
            "med_for": f"For {MARK}",
            "med_often": "once",
        }
    ],
    "allergy_any": "yes",
    "allergies": [
        {
            "allergy_to": f"Nut{MARK}",
            "allergy_reaction": ["rash"],
            "allergy_when": "older",
            "allergy_hospital": "no",
        }
    ],
    "suicide_thoughts": "sometimes",
    "suicide_today": "yes",
    "suicide_plan": "no",
    "callback": "today",
    "staying_safe": f"My {MARK}",
}
SECRETS = (MARK, MARK.lower(), "707 0199", "7070199", "707 0188", "7070188", "1990-05-03", "suicide_today")


def stored(patient: Patient) -> Iterator[tuple[str, Any]]:
    """Every value of every row of every table, with its column."""
    patient.session.commit()
    for table in Base.metadata.sorted_tables:
        for row in patient.session.execute(select(table)).mappings():
            for column, value in row.items():
                yield f"{table.name}.{column}", value


def leaks(values: Iterator[tuple[str, Any]]) -> list[str]:
    """Columns that hold a secret in the clear."""
    found = []
    for column, value in values:
        text = value if isinstance(value, bytes) else str(value).encode()
        found += [column for secret in SECRETS if secret.encode() in text]
    return found


def test_no_row_and_no_log_line_holds_what_a_patient_said(
    patient: Patient, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = but(HEALTHY | mood(3), TYPED)
    seen = patient.walk(answers)
    assert MARK in seen.words, "the patient sees their own words"
    patient.save("you", answers, phone=f"call {MARK}")
    patient.save("you", answers)
    assert patient.sign(f"First{MARK} Last{MARK}").status == 303

    assert leaks(stored(patient)) == []
    log = capsys.readouterr().err
    assert "intake.save" in log
    assert leaks(iter([("log", log)])) == []
    assert leaks(iter([("unsealed", json.dumps(patient.draft.answers))])), "the search finds what is there"


def test_the_address_of_a_page_holds_ids_of_pages_only(patient: Patient) -> None:
    answers = but(HEALTHY | mood(3), TYPED)
    for page_id in ("you", "reasons", "phq9", "safety_rows"):
        saved = patient.save(page_id, answers)
        assert leaks(iter([(page_id, saved.location or "")])) == []
        assert leaks(iter([(page_id, patient.open(f"/intake/{page_id}").title)])) == []
