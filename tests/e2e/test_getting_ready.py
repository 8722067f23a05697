"""Getting ready, at a browser: from the page that says the health check is sent to the one that says all is."""

from collections.abc import Callable

import pytest

from app.questionnaire.ready import READY
from tests.e2e.visitor import START, Visitor
from tests.people import GOT_READY, HEALTHY

LAST = f"/intake/{READY.pages[-1].id}"
ANSWERS = GOT_READY | {
    "scale_peg": [3, 4, 5],
    "pain_named": ["none"],
    "gp_share": "no",
    "safe_home": "no",
}


@pytest.mark.parametrize(("size", "scripts"), [("phone", True), ("desk", False)], indirect=["size"])
def test_a_patient_gets_ready_after_the_health_check(visitor: Callable[..., Visitor], scripts: bool) -> None:
    patient = visitor(java_script_enabled=scripts)
    patient.go("/")
    patient.type(
        {"verify_dob-month": ["5"], "verify_dob-day": ["3"], "verify_dob-year": ["1990"], "language": ["en"]}
    )
    patient.press(START)
    patient.walk(HEALTHY)
    patient.fill(HEALTHY)
    patient.press("Send my health check")
    assert patient.path == "/intake/confirmation"
    patient.press("Start getting ready")
    assert patient.heading == "Getting ready"
    patient.press("Carry on")
    patient.walk(ANSWERS, until=LAST)
    patient.fill(ANSWERS)
    patient.press("Send my answers")
    assert patient.heading.startswith("We have your answers")
    patient.clean()
