"""The audit log of tablets that staff handed to patients."""

from __future__ import annotations

from app.core import audit
from app.core.act import Act


def record_hand_back(act: Act, because: str) -> None:
    """Record that a tablet was handed back. `because`: "pressed", its button; "idle", it lay untouched; "sent"."""
    case_id = act.actor.id if act.actor.kind == "patient" else None
    audit.record(act, "tablet.handed_back", case_id=case_id, because=because)
