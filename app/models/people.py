"""The person a form is about, and the links that invite them."""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Identified, UtcDateTime
from app.models.birth_date_misses import MOST_MISSES, pause_ends
from app.models.sealing import BLIND_BYTES

MOST_CODES = 15
"""Wrong codes in a row, over several mails, that pause a link."""


class Person(Identified, Base):
    """Someone who fills in a form. Their identity is sealed; staff find them by three marks only.

    sealed_identity: {"first_name", "last_name", "preferred_name", "dob" (ISO date), "phone", "email"}.
    """

    __tablename__ = "person"

    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sealed_identity: Mapped[bytes] = mapped_column(LargeBinary)
    blind_surname: Mapped[bytes | None] = mapped_column(LargeBinary(BLIND_BYTES), index=True)
    blind_email: Mapped[bytes | None] = mapped_column(LargeBinary(BLIND_BYTES), index=True)
    blind_phone: Mapped[bytes | None] = mapped_column(LargeBinary(BLIND_BYTES), index=True)


class Invitation(Identified, Base):
    """A link that lets one person start, or take up again, one form. It is found by the hash of its token.

    sealed_link: {"token", "email"}, so that it can be sent once more; None for a link that was only handed out.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("expires_at > created_at", name="expires_later"),
        CheckConstraint("misses >= 0 AND code_misses >= 0", name="misses_counted"),
        CheckConstraint("NOT needs_code OR sealed_link IS NOT NULL", name="codes_have_an_address"),
        Index("ix_invitation_newest", "created_at", "id"),
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
    sealed_link: Mapped[bytes | None] = mapped_column(LargeBinary)
    needs_code: Mapped[bool] = mapped_column(default=False)
    """Whether the birth date opens nothing by itself, but sends a code to the address."""
    code_misses: Mapped[int] = mapped_column(default=0)
    """How often a wrong code was given since the last right one."""
    treatment_id: Mapped[UUID | None] = mapped_column(ForeignKey("treatment.id"), index=True)
    """The session whose check-in it leads to; None for a health check."""
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the right birth date was first given."""
    language: Mapped[str | None] = mapped_column(String(16))

    person: Mapped[Person] = relationship()

    @property
    def pause_ends(self) -> datetime | None:
        """When the pause that wrong dates or codes brought ends; None when there is none."""
        pauses = self.misses // MOST_MISSES + self.code_misses // MOST_CODES
        return None if self.paused_at is None else pause_ends(self.paused_at, pauses)

    def is_paused(self, now: datetime) -> bool:
        """Whether neither a date nor a code is taken now."""
        return self.pause_ends is not None and now < self.pause_ends

    @staticmethod
    def hash_of(token: str) -> bytes:
        """What is stored in place of a token. A token is long and random: no one can guess it from this."""
        return hashlib.sha256(token.encode()).digest()


class SignInCode(Identified, Base):
    """A code by mail: it opens one form once, in the browser that asked for it. Only a keyed hash of it is kept."""

    __tablename__ = "sign_in_code"
    __table_args__ = (
        CheckConstraint("tries >= 0", name="tries_counted"),
        CheckConstraint("(code_mac IS NULL) = (expires_at IS NULL)", name="code_whole"),
        CheckConstraint("used_at IS NULL OR code_mac IS NOT NULL", name="used_was_made"),
    )

    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("invitation.id"), index=True)
    browser_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    language: Mapped[str] = mapped_column(String(16))
    """Picked with the birth date, for a form that has not begun."""
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    code_mac: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """None until the mail is made: there is no code before."""
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    """Wrong codes given for it."""
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
