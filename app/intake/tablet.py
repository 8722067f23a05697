"""What happens to a tablet that staff handed to a patient."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app import audit
from app.access import Actor


def handed_back(session: Session, actor: Actor, now: datetime, because: str) -> None:
    """Note that it was handed back: because its button was pressed, it lay untouched, or its form is sent."""
    case_id = actor.id if actor.kind == "patient" else None
    audit.record(session, actor, "tablet.handed_back", now, case_id=case_id, because=because)
