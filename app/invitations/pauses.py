"""Forms that wrong birth dates paused in the browser that holds them: which there are, and ending a pause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.core import audit, damage
from app.core.access import Permission
from app.core.act import Act
from app.models import PAUSES, BirthDateMisses, Case, short_id
from app.records.identity import identity_of


@dataclass(frozen=True, slots=True)
class PausedForm:
    """One form that takes no birth date now. No health detail: admins see it too."""

    case_id: UUID
    """The id of the form's case."""
    name: str
    """Of the person; with the short id of the form where there is none yet."""
    started_at: datetime
    """When the form was begun, aware."""
    ends: datetime
    """When the pause ends."""


def paused_forms(act: Act) -> list[PausedForm]:
    """The forms that are paused, the one that waits longest last. That their names were seen is written down."""
    of = (
        select(Case, BirthDateMisses)
        .join(BirthDateMisses, BirthDateMisses.case_id == Case.id)
        .options(joinedload(Case.person))
        .where(
            Case.withdrawn_at.is_(None),
            BirthDateMisses.misses > 0,
            BirthDateMisses.missed_at > act.now - max(PAUSES),
        )
    )
    found = [
        PausedForm(case.id, _name(act.session, case), case.started_at, door.pause_ends)
        for case, door in act.session.execute(of)
        if door.pause_ends is not None and door.is_paused(act.now)
    ]
    if found:
        audit.record(act, "pauses.viewed", forms=len(found))
    return sorted(found, key=lambda form: form.ends)


def _name(session: Session, case: Case) -> str:
    """The name of the patient, or where none is known the short id of the form, which its own page shows too."""
    try:
        identity = identity_of(session, case.person)
        names = " ".join(filter(None, (identity.get("first_name"), identity.get("last_name"))))
    except damage.READ_ERRORS as error:
        damage.log_unreadable("person.sealed_identity", case.person_id, error, case.id)
        names = ""
    return names or f"No name yet, form {short_id(case.id)}"


def end_pause(act: Act, case_id: UUID) -> bool:
    """Let a form be opened again: staff spoke with the person. False when there is none any more, or the actor may
    not.
    """
    if act.actor.kind != "staff" or Permission.INVITE not in act.actor.permissions:
        return False
    case = act.session.scalar(select(Case).where(Case.id == case_id).with_for_update())
    if case is None or case.withdrawn_at is not None:
        return False
    door = act.session.get(BirthDateMisses, case.id, with_for_update=True)
    if door is not None and door.is_paused(act.now):
        door.misses, door.missed_at = 0, None
        audit.record(act, "intake.unpaused", case_id=case.id)
    return True
