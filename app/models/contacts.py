"""Calls from the clinic to a patient or their emergency contact, and how they went."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Identified, UtcDateTime


class ContactAttempt(Identified, Base):
    """One call about a case. Never changed nor deleted: the next one is a new row.

    sealed_call: {"whom": "patient" or "contact", "outcome": a code of app/review/case/calls.py, "note"}.
    """

    __tablename__ = "contact_attempt"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sealed_call: Mapped[bytes] = mapped_column(LargeBinary)
