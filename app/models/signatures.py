"""Signatures under the rulebook: who of this clinic answers for which rules, with which limits."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Identified, UtcDateTime


class RulebookSignature(Identified, Base):
    """One signature under a rulebook and the clinic's own limits of it. Never changed nor deleted: a rulebook that
    changed is signed anew.
    """

    __tablename__ = "rulebook_signature"
    __table_args__ = (
        CheckConstraint("length(name) > 0", name="name_given"),
        CheckConstraint("length(role) > 0", name="role_given"),
        Index("ix_rulebook_signature_of", "rulebook", "settings_hash"),
    )

    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    name: Mapped[str] = mapped_column(String(100))
    """Of who signed."""
    role: Mapped[str] = mapped_column(String(100))
    """What they are at the clinic, such as medical director."""
    rulebook: Mapped[str] = mapped_column(String(128))
    """The identity of the rulebook, as a screening has it."""
    settings_hash: Mapped[str] = mapped_column(String(64))
    """The identity of the clinic's own limits, as a screening has it."""
    document: Mapped[bytes] = mapped_column(LargeBinary)
    """What was signed, as JSON, compressed: see screening/signing.py. Nothing of any patient is in it."""
