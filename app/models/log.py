"""The audit log's one table. Written by app/core/audit.py alone; the database refuses changes and deletions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime, choice_type

ACTOR_KINDS = ("patient", "staff", "system", "anonymous")


class AuditEvent(Base):
    """One event, chained to the one before by a keyed hash over the whole row.

    Ids have no foreign keys: the log outlives the rows it names.
    """

    __tablename__ = "audit_event"
    __table_args__ = (CheckConstraint("seq > 0", name="seq_counts_from_one"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    event: Mapped[str] = mapped_column(String(64))
    actor_kind: Mapped[str] = mapped_column(choice_type(ACTOR_KINDS, "actor_kind_known"))
    actor_id: Mapped[UUID | None] = mapped_column()
    case_id: Mapped[UUID | None] = mapped_column(index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Ids, codes and counts. Never a name, an answer or a note."""
    prev: Mapped[bytes] = mapped_column(LargeBinary(32))
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))
