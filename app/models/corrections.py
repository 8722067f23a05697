"""What a patient asks to have corrected in a form they sent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Identified, UtcDateTime, part_index


class Correction(Identified, Base):
    """One request. The form that was signed stays as it is; staff answer when it is dealt with.

    sealed_text: what the patient wrote.
    """

    __tablename__ = "correction"
    __table_args__ = (
        CheckConstraint("(answered_at IS NULL) = (answered_by IS NULL)", name="answered_by_someone"),
        CheckConstraint("answered_at >= asked_at", name="answered_later"),
        part_index("ix_correction_open", "id", where="answered_at IS NULL"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
