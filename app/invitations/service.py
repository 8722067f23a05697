"""Acts on invitations: making one, sending its link, ending it, and handing a tablet over."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core import audit
from app.core.access import Permission
from app.core.act import Act
from app.invitations.status import CLOSED, status_of
from app.mail import outbox
from app.models import BirthDateMisses, Case, Delivery, Invitation, MailKind, Person, seal, unseal
from app.questionnaire.contact import read_email
from app.questionnaire.durations import LINK_WORKS
from app.records.identity import new_person

TOKEN_BYTES = 32
SEND_AGAIN_AFTER = timedelta(minutes=1)
REMIND_AFTER = (2, 7)
"""Days after its link was mailed that a reminder of a form that was not sent leaves."""


class InvitationNotOpen(Exception):
    """The invitation has ended, its form was sent, or it has no link to send: the act is not possible any more."""


class InvitationOutcome(StrEnum):
    """Result of a change to an invitation. The list shows a sentence for each."""

    INVITED = "invited"
    INVITED_BEFORE = "invited_before"
    """The same form came in before, and its mail is not on its way any more."""
    SENT = "sent"
    SENT_JUST_NOW = "sent_just_now"
    """Nothing more is sent: the last mail was made less than SEND_AGAIN_AFTER ago."""
    CANCELLED = "cancelled"
    UNPAUSED = "unpaused"
    UNPAUSED_EXPIRED = "unpaused_expired"
    """The pause is over, but the link has expired meanwhile."""


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """What a new link leads to, and how it is opened."""

    days: int = LINK_WORKS.days
    """How long it works."""
    language: str | None = None
    """The language of its mails and of the form, or None where none was picked."""
    needs_code: bool = True
    """Whether a birth date opens nothing by itself, but sends a code to the address."""
    case_id: UUID | None = None
    """The case of a form that was begun already; None for a new form."""
    treatment_id: UUID | None = None
    """The treatment session whose check-in it leads to; None for a health check."""
    id: UUID | None = None
    """The id the invitation will have; None for any."""


def can_be_mailed(email: str) -> bool:
    """Whether mail can be sent to this address as it is written: plain letters, and one address alone."""
    try:
        return read_email(email) == email
    except ValueError:
        return False


def link_of(session: Session, invitation: Invitation) -> dict[str, str] | None:
    """The "token" of the link and the "email" it goes to, or None when it was only handed out. Raises SealBroken."""
    found = unseal(session, invitation, "sealed_link")
    return None if found is None else {"token": str(found["token"]), "email": str(found["email"])}


def invite(
    act: Act, identity: Mapping[str, Any], options: LinkOptions = LinkOptions()
) -> tuple[Invitation, str]:
    """Store a person and an invitation for them. Returns it with the token of its link."""
    person = new_person(act, identity)
    act.session.flush()
    return invite_person(act, person, identity.get("email"), options)


def invite_person(
    act: Act, person: Person, email: str | None, options: LinkOptions = LinkOptions()
) -> tuple[Invitation, str]:
    """Store an invitation for someone who is known. Returns it with the token of its link.

    Without an address the link can only be handed out.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    made = Invitation(
        person_id=person.id,
        token_hash=Invitation.hash_of(token),
        created_at=act.now,
        created_by=act.actor.id if act.actor.kind == "staff" else None,
        expires_at=act.now + timedelta(days=options.days),
        needs_code=options.needs_code,
        language=options.language,
        case_id=options.case_id,
        treatment_id=options.treatment_id,
        **({"id": options.id} if options.id else {}),
    )
    if email:
        seal(act.session, made, "sealed_link", {"token": token, "email": email})
    act.session.add(made)
    act.session.flush()
    audit.record(act, "invitation.created", case_id=options.case_id, invitation=made.id)
    return made, token


def invite_by_mail(act: Act, identity: Mapping[str, Any], language: str, id: UUID) -> InvitationOutcome:
    """Invite someone and mail the link. The same form sent twice invites them once: it brings the id along."""
    if act.session.get(Invitation, id) is not None:
        return _invited_before(act, id)
    try:
        with act.session.begin_nested():
            made, _ = invite(act, identity, LinkOptions(language=language, id=id))
    except IntegrityError:
        return _invited_before(act, id)  # the same form, sent twice at the same moment
    post_link(act, made)
    return InvitationOutcome.INVITED


def _invited_before(act: Act, id: UUID) -> InvitationOutcome:
    mail = outbox.newest_mail(act.session, id, MailKind.INVITATION)
    on_its_way = mail is not None and mail.state in (*outbox.PENDING, Delivery.SENT)
    return InvitationOutcome.INVITED if on_its_way else InvitationOutcome.INVITED_BEFORE


def was_sent(session: Session, invitation: Invitation) -> bool:
    """Whether the form that a link led to was sent."""
    case = session.get(Case, invitation.case_id) if invitation.case_id else None
    return case is not None and case.submitted_at is not None


def invitation_for(act: Act, invitation_id: UUID) -> Invitation | None:
    """The invitation, held until the end of the transaction, if this actor may invite."""
    if act.actor.kind != "staff" or Permission.INVITE not in act.actor.permissions:
        return None
    return act.session.scalar(select(Invitation).where(Invitation.id == invitation_id).with_for_update())


def post_link(act: Act, invitation: Invitation, *, again: bool = False) -> None:
    """Mail the link of an invitation. Of a health check that is not sent after a few days, remind: from now on, if it
    was mailed before (`again`).
    """
    if again:
        outbox.cancel_pending(act, invitation.id, MailKind.REMINDER)
    outbox.post(act, kind_of_mail(invitation), invitation)
    if invitation.treatment_id:
        return
    for days in REMIND_AFTER:
        outbox.post(act, MailKind.REMINDER, invitation, due=act.now + timedelta(days=days))


def kind_of_mail(invitation: Invitation) -> MailKind:
    """The kind of mail that its link goes out in."""
    return MailKind.CHECK_IN if invitation.treatment_id else MailKind.INVITATION


def send_again(act: Act, invitation: Invitation) -> InvitationOutcome:
    """Send the link once more, and let it work for as long again. Raises InvitationNotOpen."""
    if invitation.cancelled_at or invitation.sealed_link is None or was_sent(act.session, invitation):
        raise InvitationNotOpen
    last = outbox.newest_mail(act.session, invitation.id, kind_of_mail(invitation))
    if last is not None and last.state in outbox.PENDING:
        if last.due_at > act.now and not last.tries:  # a check-in that is not due
            raise InvitationNotOpen
        return InvitationOutcome.SENT  # it is on its way
    if last is not None and act.now - last.created_at < SEND_AGAIN_AFTER:
        return InvitationOutcome.SENT_JUST_NOW
    invitation.expires_at = max(invitation.expires_at, act.now + LINK_WORKS)
    post_link(act, invitation, again=True)
    audit.record(act, "invitation.sent_again", case_id=invitation.case_id, invitation=invitation.id)
    return InvitationOutcome.SENT


def cancel(act: Act, *invitations: Invitation) -> InvitationOutcome:
    """End links, which the caller holds. A form begun with one stays, and so does a browser that has it open."""
    ended = [invitation for invitation in invitations if not invitation.cancelled_at]
    for invitation in ended:
        invitation.cancelled_at = act.now
        outbox.cancel_pending(act, invitation.id)
    for invitation in ended:
        audit.record(act, "invitation.cancelled", case_id=invitation.case_id, invitation=invitation.id)
    return InvitationOutcome.CANCELLED


def hand_over(act: Act, invitation: Invitation | None) -> None:
    """Audit that a tablet is handed to the person invited, or to someone new, and that staff are signed out.

    Raises InvitationNotOpen.
    """
    if invitation is not None:
        case = act.session.get(Case, invitation.case_id) if invitation.case_id else None
        if status_of(invitation, None, case.submitted_at if case else None, act.now) in CLOSED:
            raise InvitationNotOpen
    audit.record(
        act,
        "tablet.handed_over",
        case_id=invitation.case_id if invitation else None,
        invitation=invitation.id if invitation else None,
    )
    audit.record(act, "staff.signed_out")


def unpause(act: Act, invitation: Invitation) -> InvitationOutcome:
    """Let a link work again after wrong dates or codes: staff spoke with the person. Raises InvitationNotOpen for one
    that was cancelled or whose form is sent.
    """
    if invitation.cancelled_at or was_sent(act.session, invitation):
        raise InvitationNotOpen
    door = act.session.get(BirthDateMisses, invitation.case_id) if invitation.case_id else None
    if invitation.paused_at is not None or (door is not None and door.pause_ends is not None):
        if door is not None:
            door.misses = 0
        invitation.paused_at = None
        invitation.misses = invitation.code_misses = 0
        audit.record(act, "invitation.unpaused", case_id=invitation.case_id, invitation=invitation.id)
    expired = invitation.expires_at <= act.now
    return InvitationOutcome.UNPAUSED_EXPIRED if expired else InvitationOutcome.UNPAUSED
