"""Treatment sessions, by whose days check-ins are sent."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Identified, UtcDateTime, unique_index


class Treatment(Identified, Base):
    """One treatment session of the person of a health check. Nothing of what was given is kept here."""

    __tablename__ = "treatment"
    __table_args__ = (
        unique_index("ix_treatment_one_a_day", "case_id", "on_date", where="removed_at IS NULL"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    on_date: Mapped[date] = mapped_column()
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was taken back, having been entered by mistake."""
