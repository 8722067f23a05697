"""Invitations: making one, sending its link, what became of it, and ending it. Whoever asks is an actor of ours."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from app.core import audit, damage
from app.core.access import Permission
from app.core.act import Act
from app.mail import outbox
from app.models import Case, CaseDoor, Delivery, Invitation, Mail, Person, seal, short_id, unseal
from app.questionnaire.contact import read_email
from app.questionnaire.form_kinds import FormKind
from app.records.identity import identity_of, new_person

TOKEN_BYTES = 32
DAYS = 30
PER_PAGE = 50
SEND_AGAIN_AFTER = timedelta(minutes=1)
REMIND_AFTER = (2, 7)
"""Days after its link was mailed that somebody is reminded of a form they have not sent."""


class NotNow(Exception):
    """What was asked for does not go with what the invitation is by now."""


def can_be_mailed(email: str) -> bool:
    """Whether mail can be sent to this address as it stands: plain letters, and one address alone."""
    try:
        return read_email(email) == email
    except ValueError:
        return False


def link_of(session: Session, invitation: Invitation) -> dict[str, str] | None:
    """The token and the address, or None when the link was only handed out."""
    found = unseal(session, invitation, "sealed_link")
    return None if found is None else {"token": str(found["token"]), "email": str(found["email"])}


def invite(
    act: Act,
    identity: Mapping[str, Any],
    *,
    days: int = DAYS,
    language: str | None = None,
    needs_code: bool = True,
    id: UUID | None = None,
) -> tuple[Invitation, str]:
    """Store a person and an invitation for them. Returns it with the token of its link."""
    person = new_person(act, identity)
    act.session.flush()
    return invite_person(
        act, person, identity.get("email"), days=days, language=language, needs_code=needs_code, id=id
    )


def invite_person(
    act: Act,
    person: Person,
    email: str | None,
    *,
    days: int = DAYS,
    language: str | None = None,
    needs_code: bool = True,
    case_id: UUID | None = None,
    treatment_id: UUID | None = None,
    id: UUID | None = None,
) -> tuple[Invitation, str]:
    """An invitation for someone who is known: to a new form, to one begun already, or to a check-in."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    made = Invitation(
        person_id=person.id,
        token_hash=Invitation.hash_of(token),
        created_at=act.now,
        created_by=act.actor.id if act.actor.kind == "staff" else None,
        expires_at=act.now + timedelta(days=days),
        needs_code=needs_code,
        language=language,
        case_id=case_id,
        treatment_id=treatment_id,
        **({"id": id} if id else {}),
    )
    if email:
        seal(act.session, made, "sealed_link", {"token": token, "email": email})
    act.session.add(made)
    act.session.flush()
    audit.record(act, "invitation.created", case_id=case_id, invitation=made.id)
    return made, token


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
        outbox.drop(act, invitation.id, "reminder")
    outbox.post(act, _kind(invitation), invitation)
    if invitation.treatment_id:
        return
    for days in REMIND_AFTER:
        outbox.post(act, "reminder", invitation, due=act.now + timedelta(days=days))


def _kind(invitation: Invitation) -> str:
    """The kind of mail that its link goes out in."""
    return "checkin" if invitation.treatment_id else "invitation"


def send_again(act: Act, invitation: Invitation) -> None:
    """Send the link once more, and let it work for as long again. Raises NotNow."""
    if invitation.cancelled_at or invitation.sealed_link is None or was_sent(act.session, invitation):
        raise NotNow
    last = outbox.newest(act.session, invitation.id, _kind(invitation))
    if last is not None and (last.state in outbox.PENDING or act.now - last.created_at < SEND_AGAIN_AFTER):
        return  # it is on its way
    invitation.expires_at = max(invitation.expires_at, act.now + timedelta(days=DAYS))
    post_link(act, invitation, again=True)
    audit.record(act, "invitation.sent_again", case_id=invitation.case_id, invitation=invitation.id)


def cancel(act: Act, *invitations: Invitation) -> None:
    """End links, which the caller holds. A form begun with one stays, and so does a browser that has it open."""
    ended = [invitation for invitation in invitations if not invitation.cancelled_at]
    for invitation in ended:
        invitation.cancelled_at = act.now
        outbox.drop(act, invitation.id)
    for invitation in ended:
        audit.record(act, "invitation.cancelled", case_id=invitation.case_id, invitation=invitation.id)


def hand_over(act: Act, invitation: Invitation | None) -> None:
    """Hand a tablet to the person invited, or to someone new; whoever does is signed out. Raises NotNow."""
    if invitation is not None:
        case = act.session.get(Case, invitation.case_id) if invitation.case_id else None
        if standing(invitation, None, case.submitted_at if case else None, act.now) in CLOSED:
            raise NotNow
    audit.record(
        act,
        "tablet.handed_over",
        case_id=invitation.case_id if invitation else None,
        invitation=invitation.id if invitation else None,
    )
    audit.record(act, "staff.signed_out")


def unpause(act: Act, invitation: Invitation) -> None:
    """Let a link work again after wrong dates or codes: staff spoke with the person."""
    door = act.session.get(CaseDoor, invitation.case_id) if invitation.case_id else None
    if invitation.paused_at is None and (door is None or door.pause_ends is None):
        return
    if door is not None:
        door.misses = 0
    invitation.paused_at = None
    invitation.misses = invitation.code_misses = 0
    audit.record(act, "invitation.unpaused", case_id=invitation.case_id, invitation=invitation.id)


# ---- What became of them

# Words of the list. The first that holds is the one shown.
CANCELLED, FORM_SENT, PAUSED, EXPIRED = "Cancelled", "Form sent", "Paused", "Expired"
FORM_BEGUN, OPENED = "Form begun", "Opened"
MAIL_WORDS = {
    Delivery.WAITING: "Being sent",
    Delivery.CLAIMED: "Being sent",
    Delivery.HANDING: "Being sent",
    Delivery.SENT: "Email sent",
    Delivery.FAILED: "Email could not be sent",
    Delivery.UNSURE: "Email may not have arrived",
    Delivery.DROPPED: "Email not sent",
}
MAIL_NAMES = {"code": "The last code", "reminder": "The last reminder"}
HANDED_OUT, NO_ADDRESS, NOT_DUE = "Link given by hand", "No email address", "Not due yet"
CLOSED = (CANCELLED, FORM_SENT, PAUSED, EXPIRED)


@dataclass(frozen=True, slots=True)
class Line:
    """One invitation as staff see it. No health detail: admins see it too."""

    id: UUID
    name: str
    form: str
    """What it leads to, when that is no health check."""
    address: str
    status: str
    trouble: str
    """What went wrong with the mail while the link is otherwise good, else nothing."""
    created_at: datetime
    expires_at: datetime
    can_send: bool
    can_cancel: bool
    can_unpause: bool
    can_hand_over: bool
    broken: bool = False
    """Who it is for, or its link, cannot be read."""


def standing(invitation: Invitation, mail: Mail | None, submitted_at: datetime | None, now: datetime) -> str:
    """What became of an invitation, in the words of the list."""
    if submitted_at:
        return FORM_SENT
    if invitation.cancelled_at:
        return CANCELLED
    if invitation.is_paused(now):
        return PAUSED
    if invitation.expires_at <= now:
        return EXPIRED
    if invitation.case_id:
        return FORM_BEGUN
    if invitation.opened_at:
        return OPENED
    if mail is None:
        return HANDED_OUT if invitation.sealed_link or not invitation.treatment_id else NO_ADDRESS
    return NOT_DUE if mail.state is Delivery.WAITING and mail.due_at > now else MAIL_WORDS[mail.state]


def lines(act: Act, after: UUID | None = None) -> tuple[list[Line], UUID | None]:
    """A page of invitations, newest first but with what cannot be read on top; and what to ask the next page after,
    None at the end.
    """
    query = select(Invitation).options(joinedload(Invitation.person))
    query = query.order_by(Invitation.created_at.desc(), Invitation.id.desc()).limit(PER_PAGE + 1)
    last = act.session.get(Invitation, after) if after else None
    if last is not None:
        older = and_(Invitation.created_at == last.created_at, Invitation.id < last.id)
        query = query.where(or_(Invitation.created_at < last.created_at, older))
    found: Sequence[Invitation] = act.session.scalars(query).all()
    shown = found[:PER_PAGE]
    mails = _newest_mails(act.session, [one.id for one in shown])
    cases = [one.case_id for one in shown if one.case_id]
    submitted = {
        row.id: row.submitted_at
        for row in act.session.execute(select(Case.id, Case.submitted_at).where(Case.id.in_(cases)))
    }
    made = [
        _line(act, one, mails.get(one.id, {}), submitted.get(one.case_id) if one.case_id else None)
        for one in shown
    ]
    made.sort(key=lambda line: not line.broken)
    audit.record(act, "invitations.viewed", invitations=len(made))
    return made, shown[-1].id if len(found) > PER_PAGE else None


def _newest_mails(session: Session, ids: list[UUID]) -> dict[UUID, dict[str, Mail]]:
    """The newest mail of each kind, by invitation."""
    found: dict[UUID, dict[str, Mail]] = {}
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


def _line(act: Act, invitation: Invitation, mails: Mapping[str, Mail], submitted_at: datetime | None) -> Line:
    try:
        identity, broken = identity_of(act.session, invitation.person), False
        name = (
            " ".join(filter(None, (identity.get("first_name"), identity.get("last_name")))) or "No name yet"
        )
    except damage.BROKEN as error:
        damage.tell("person.sealed_identity", invitation.person_id, error, invitation.case_id)
        name, broken = f"Invitation {short_id(invitation.id)}", True
    try:
        link = link_of(act.session, invitation)
        address = masked(link["email"]) if link else ""
    except damage.BROKEN as error:
        damage.tell("invitation.sealed_link", invitation.id, error, invitation.case_id)
        link, address, broken = None, "", True
    mail = mails.get(_kind(invitation))
    status = standing(invitation, mail, submitted_at, act.now)
    over = status in (FORM_SENT, CANCELLED)
    return Line(
        id=invitation.id,
        name=name,
        form=FormKind.CHECK_IN.word if invitation.treatment_id else "",
        address=address,
        status=status,
        trouble="" if over else _trouble(filter(None, (mail, *mails.values()))),
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
        can_send=link is not None and not over and not (mail and mail.state in outbox.PENDING),
        can_cancel=not over and status != EXPIRED,
        can_unpause=status == PAUSED,
        can_hand_over=status not in CLOSED and not broken,
        broken=broken,
    )


def masked(email: str) -> str:
    """Enough of an address to see a slip in its second half, and not enough to write to it."""
    name, _, host = email.rpartition("@")
    return f"{name[:2]}…@{host}"
