"""The staff list of invitations: who was invited, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, joinedload

from app.core import audit, damage
from app.core.act import Act
from app.invitations.service import kind_of_mail, link_of
from app.invitations.status import (
    CANCELLED,
    CLOSED,
    EXPIRED,
    FORM_BEGUN,
    FORM_SENT,
    MAIL_WORDS,
    OPENED,
    PAUSED,
    status_of,
)
from app.mail import outbox
from app.models import Case, Invitation, Mail, MailKind, short_id
from app.questionnaire.form_kinds import FormKind
from app.records.identity import identity_of

PER_PAGE = 50
MAIL_NAMES = {MailKind.CODE: "The last code", MailKind.REMINDER: "The last reminder"}
"""What a mail is called whose delivery went wrong, by kind; all others are "Email"."""
COLOURS = {
    FORM_SENT: "green",
    FORM_BEGUN: "yellow",
    OPENED: "yellow",
    PAUSED: "red",
    CANCELLED: "grey",
    EXPIRED: "grey",
}
"""The colours of statuses; all others are blue."""


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """One invitation as staff see it. No health detail: admins see it too."""

    id: UUID
    """The invitation's id."""
    name: str
    """Of the person invited; a short id where it cannot be read."""
    form: str
    """What it leads to, when that is no health check."""
    address: str
    """The email address, masked; "" for none."""
    status: str
    """One of the words of status.py."""
    trouble: str
    """What went wrong with the mail while the link is otherwise good, else nothing."""
    created_at: datetime
    """When it was made, aware."""
    works_until: datetime | None
    """None for a link that was cancelled."""
    can_send: bool
    """Whether its link can be mailed now."""
    can_cancel: bool
    """Whether it can be cancelled."""
    can_unpause: bool
    """Whether its pause can be ended."""
    can_hand_over: bool
    """Whether a tablet may be handed over with this form."""
    broken: bool = False
    """Who it is for, or its link, cannot be read."""

    @property
    def colour(self) -> str:
        """The colour of the tag with the status."""
        return COLOURS.get(self.status, "blue")

    @property
    def more_trouble(self) -> str:
        """What went wrong with the mail, where the status does not say so already, else nothing."""
        return "" if self.trouble == self.status else self.trouble


def invitation_rows(act: Act, after: UUID | None = None) -> tuple[list[InvitationRow], UUID | None]:
    """A page of invitations, newest first but with what cannot be read on top. That it was viewed is audited.

    `after`: the last invitation of the page before, None for the first page. Returns the rows, and the id to ask the
    next page after, None at the end.
    """
    query = select(Invitation).options(joinedload(Invitation.person))
    query = query.order_by(Invitation.created_at.desc(), Invitation.id.desc()).limit(PER_PAGE + 1)
    last = act.session.get(Invitation, after) if after else None
    if last is not None:
        place = tuple_(Invitation.created_at, Invitation.id)
        query = query.where(place < tuple_(last.created_at, last.id))
    found: Sequence[Invitation] = act.session.scalars(query).all()
    shown = found[:PER_PAGE]
    mails = _newest_mails(act.session, [one.id for one in shown])
    cases = [one.case_id for one in shown if one.case_id]
    submitted = {
        row.id: row.submitted_at
        for row in act.session.execute(select(Case.id, Case.submitted_at).where(Case.id.in_(cases)))
    }
    made = [
        _row(act, one, mails.get(one.id, {}), submitted.get(one.case_id) if one.case_id else None)
        for one in shown
    ]
    made.sort(key=lambda row: not row.broken)
    audit.record(act, "invitations.viewed", invitations=len(made))
    return made, shown[-1].id if len(found) > PER_PAGE else None


def _newest_mails(session: Session, ids: list[UUID]) -> dict[UUID, dict[MailKind, Mail]]:
    """The newest mail of each kind, by invitation."""
    found: dict[UUID, dict[MailKind, Mail]] = {}
    of = select(Mail).where(Mail.invitation_id.in_(ids)).order_by(Mail.created_at, Mail.id)
    for mail in session.scalars(of):
        if mail.invitation_id:
            found.setdefault(mail.invitation_id, {})[mail.kind] = mail
    return found


def _trouble(mails: Iterable[Mail]) -> str:
    """What went wrong with the first of these mails that anything went wrong with, and why; else nothing."""
    for mail in mails:
        if mail.state in outbox.GIVEN_UP:
            what = MAIL_WORDS[mail.state].replace("Email", MAIL_NAMES.get(mail.kind, "Email"))
            return f"{what}: {outbox.TROUBLE_WORDS[mail.trouble]}" if mail.trouble else what
    return ""


def _row(
    act: Act, invitation: Invitation, mails: Mapping[MailKind, Mail], submitted_at: datetime | None
) -> InvitationRow:
    try:
        identity, broken = identity_of(act.session, invitation.person), False
        name = (
            " ".join(filter(None, (identity.get("first_name"), identity.get("last_name")))) or "No name yet"
        )
    except damage.READ_ERRORS as error:
        damage.log_unreadable("person.sealed_identity", invitation.person_id, error, invitation.case_id)
        name, broken = f"Invitation {short_id(invitation.id)}", True
    try:
        link = link_of(act.session, invitation)
        address = masked_address(link["email"]) if link else ""
    except damage.READ_ERRORS as error:
        damage.log_unreadable("invitation.sealed_link", invitation.id, error, invitation.case_id)
        link, address, broken = None, "", True
    mail = mails.get(kind_of_mail(invitation))
    status = status_of(invitation, mail, submitted_at, act.now)
    over = status in (FORM_SENT, CANCELLED)
    return InvitationRow(
        id=invitation.id,
        name=name,
        form=FormKind.CHECK_IN.word if invitation.treatment_id else "",
        address=address,
        status=status,
        trouble="" if over else _trouble(filter(None, (mail, *mails.values()))),
        created_at=invitation.created_at,
        works_until=None if status == CANCELLED else invitation.expires_at,
        can_send=link is not None and not over and not (mail and mail.state in outbox.PENDING),
        can_cancel=not over and status != EXPIRED,
        can_unpause=status == PAUSED,
        can_hand_over=status not in CLOSED and not broken,
        broken=broken,
    )


def masked_address(email: str) -> str:
    """Enough of an address to see a slip in its second half, and not enough to write to it."""
    name, _, host = email.rpartition("@")
    return f"{name[:2]}…@{host}"
