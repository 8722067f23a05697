"""How tests ask for a code, and with what."""

from __future__ import annotations

from tests.intake.patient import Patient

TOKEN = "fvh2dYkqH0c3Zb1mM7tXw9"
LINK, CODE = f"/i/{TOKEN}", f"/i/{TOKEN}/code"
BORN, WRONG = "1985-03-27", "1985-03-28"


def other_browser(someone: Patient) -> Patient:
    return Patient(someone.client.application.test_client(), someone.session, someone.clock)


def ask(someone: Patient) -> None:
    assert someone.start(BORN, LINK).path == CODE
