"""The person a form is about, and the links that invite them."""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Identified, UtcDateTime
from app.sealing import BLIND_BYTES


class Person(Identified, Base):
    """Someone who fills in a form. Who they are is sealed; staff find them by three marks only.

    sealed_identity: {"first_name", "last_name", "preferred_name", "dob" (ISO date), "phone", "email"}.
    """

    __tablename__ = "person"

    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sealed_identity: Mapped[bytes] = mapped_column(LargeBinary)
    blind_surname: Mapped[bytes | None] = mapped_column(LargeBinary(BLIND_BYTES), index=True)
    blind_email: Mapped[bytes | None] = mapped_column(LargeBinary(BLIND_BYTES), index=True)
    blind_phone: Mapped[bytes | None] = mapped_column(LargeBinary(BLIND_BYTES), index=True)


class Invitation(Identified, Base):
    """A link that lets one person start, or take up again, one form. Only the hash of its token is kept."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("expires_at > created_at", name="expires_later"),
        CheckConstraint("misses >= 0", name="misses_counted"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    misses: Mapped[int] = mapped_column(default=0)
    """How often a wrong date of birth was given."""
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"), index=True)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()

    @staticmethod
    def hash_of(token: str) -> bytes:
        """What is stored in place of a token. A token is long and random: no one can guess it from this."""
        return hashlib.sha256(token.encode()).digest()
