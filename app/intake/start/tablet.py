"""What happens to a tablet that staff handed to a patient."""

from __future__ import annotations

from app.core import audit
from app.core.act import Act


def handed_back(act: Act, because: str) -> None:
    """Note that it was handed back: because its button was pressed, it lay untouched, or its form is sent."""
    case_id = act.actor.id if act.actor.kind == "patient" else None
    audit.record(act, "tablet.handed_back", case_id=case_id, because=because)
