"""A form that was sent."""

import pytest

from app.models import seal
from tests.factories import Factory
from tests.intake.patient import Patient
from tests.intake.rights.told import NOTE, TOLD


@pytest.fixture
def sent(patient: Patient) -> Patient:
    """Somebody who sent a form that raised much, and whom staff have written about."""
    patient.have(TOLD)
    assert patient.sign().status == 303
    make = Factory(patient.session)
    decision = make.decision(patient.case)
    seal(patient.session, decision, "sealed_note", NOTE)
    patient.session.commit()
    assert len(patient.flags()) > 3
    return patient
