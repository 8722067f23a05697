"""Who may do what, and whose records they see. Views name a permission; a table here says which roles have it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Literal
from uuid import UUID

from sqlalchemy import Select, bindparam, false, select
from sqlalchemy.orm import Session

from app.models import Case, Role, User


class Permission(StrEnum):
    """One kind of act that a person may be allowed."""

    REVIEW = "review"
    DECIDE = "decide"
    EXPORT = "export"
    INVITE = "invite"


ROLES: Mapping[str, frozenset[Permission]] = MappingProxyType(
    {
        "clinician": frozenset({Permission.REVIEW, Permission.DECIDE, Permission.INVITE}),
        "admin": frozenset({Permission.EXPORT, Permission.INVITE}),
    }
)


@dataclass(frozen=True)
class Actor:
    """The person or program that acts."""

    kind: Literal["patient", "staff", "system", "anonymous"]
    """What acts: a patient, staff, the system itself, or somebody who is not known."""
    id: UUID | None
    """The user's for staff, the case's for a patient, None for the others."""
    permissions: frozenset[Permission]
    """What it may do."""


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff, copied out of the database so that a page can name them after a rollback."""

    id: UUID
    """The user's id."""
    name: str
    """Their name, as it is shown to other staff."""
    permissions: frozenset[Permission]
    """What their roles allow."""


SYSTEM = Actor("system", None, frozenset())
"""A job or a command, which acts by itself."""
ANONYMOUS = Actor("anonymous", None, frozenset())
"""A person who is neither signed in nor has a form open."""


def permissions(roles: Iterable[str]) -> frozenset[Permission]:
    """What the roles of these names allow together. A name that is not in the table allows nothing."""
    return frozenset().union(*(ROLES.get(role, frozenset()) for role in roles))


# Columns of one statement, and no entity with its roles: every page that staff open asks.
_STAFF = (
    select(User.id, User.name, Role.name.label("role"))
    .outerjoin(User.roles)
    .where(User.fs_uniquifier == bindparam("uniquifier"), User.active)
)


# As session.get makes it anew at each request, of a patient's every one.
_CASE = select(Case).where(Case.id == bindparam("case"))
_HELD = _CASE.with_for_update().execution_options(populate_existing=True)


def find_staff(session: Session, uniquifier: str) -> Staff | None:
    """The member of staff whose session names this uniquifier, with their roles as they are now; None when there is
    none, or when they are not active any more.
    """
    rows = session.execute(_STAFF, {"uniquifier": uniquifier}).all()
    if not rows:
        return None
    return Staff(rows[0].id, rows[0].name, permissions(row.role for row in rows if row.role is not None))


def cases_for(actor: Actor) -> Select[Case]:
    """The cases this actor may see. Every query of staff for cases starts here, so a guessed id finds nothing.

    A patient has none here: they reach their one case through patient_case.
    """
    if actor.kind == "staff" and actor.permissions & {Permission.REVIEW, Permission.EXPORT}:
        return select(Case)
    return select(Case).where(false())


def patient_case(session: Session, case_id: UUID, *, hold: bool = False) -> Case | None:
    """The case whose id the patient's signed cookie holds, or None when it is there no more, or was withdrawn. `hold`:
    nobody else changes it until the end of the transaction.
    """
    case = session.scalars(_HELD if hold else _CASE, {"case": case_id}).one_or_none()
    return case if case is not None and case.withdrawn_at is None else None
