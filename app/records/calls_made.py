"""Calls that staff wrote down about a case, as far as the patient is shown them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import damage
from app.models import ContactAttempt, ring

PATIENT, REACHED = "patient", "reached"
"""Codes in the sealed document of a call: that the patient was rung, and that the call reached somebody."""


def last_reached(session: Session, case_id: UUID) -> datetime | None:
    """When the patient of a case was last reached by telephone; None when no call that can be read says so."""
    made = select(ContactAttempt).where(ContactAttempt.case_id == case_id).order_by(ContactAttempt.id.desc())
    for attempt in session.scalars(made):
        try:
            call = ring(session).open("contact_attempt.sealed_call", attempt.id, attempt.sealed_call)
            if call["whom"] == PATIENT and call["outcome"] == REACHED:
                return attempt.made_at
        except damage.READ_ERRORS as error:
            damage.log_unreadable("contact_attempt.sealed_call", attempt.id, error, case_id)
    return None
