"""What a link, or a tablet that was handed over, leads to: which form, and whether it was begun."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.models import Case, Invitation
from app.questionnaire.form_kinds import FormKind
from app.questionnaire.wording import Message

LEADS_TO = {
    FormKind.INTAKE: Message("This link leads to your health check."),
    FormKind.READY: Message(
        "This link leads to “Getting ready”, the questions that come after your health check."
    ),
    FormKind.CHECK_IN: Message(
        "This link leads to your check-in after your session. It takes about 2 to 4 minutes."
    ),
}


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """The form that a link or a handed-over tablet leads to."""

    kind: str
    """A FormKind."""
    begun: bool
    """Whether the form was begun already."""
    language: str | None
    """The language the link was sent in; None where nobody picked one."""

    @property
    def words(self) -> Message:
        """What it leads to, as the start page says it of a form that was begun."""
        return LEADS_TO[FormKind(self.kind)]


def link_target(session: Session, token: str) -> LinkTarget | None:
    """The form that the link with this token leads to; None for an unknown one."""
    return _target(session, Invitation.token_hash == Invitation.hash_of(token))


def tablet_target(session: Session, invitation_id: UUID | None) -> LinkTarget | None:
    """The form that a tablet was handed over for; None for a new form of somebody who was not invited."""
    return _target(session, Invitation.id == invitation_id) if invitation_id else None


def _target(session: Session, which: ColumnElement[bool]) -> LinkTarget | None:
    found = session.execute(
        select(Case.kind, Invitation.treatment_id, Invitation.language)
        .select_from(Invitation)
        .outerjoin(Case, Case.id == Invitation.case_id)
        .where(which)
    ).first()
    if found is None:
        return None
    kind = found.kind or (FormKind.INTAKE if found.treatment_id is None else FormKind.CHECK_IN)
    return LinkTarget(kind, found.kind is not None, found.language)
