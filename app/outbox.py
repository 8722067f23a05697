"""Mail that is to leave: written with the act that calls for it, claimed by one job, and never sent twice.

A mail server cannot be asked whether it took a mail. So a job that is about to give it the text says so first, in a
commit of its own: whoever dies before that has sent nothing, and the mail is tried again; whoever dies after it may
have sent it, and it is left as `unsure` for a person to decide. Message texts are made when they are sent, from ids.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit
from app.access import Actor
from app.models import Case, Delivery, Invitation, Mail, SignInCode

SYSTEM = Actor("system", None, frozenset())
MOST_TRIES = 5
BACK_OFF = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1))
STALE = timedelta(minutes=5)
"""Longer than any job holds a mail: each word with the server ends after 20 seconds."""
AT_ONCE = 200
ALERTS_MATTER = timedelta(days=7)
"""How long staff are told of an alert that did not reach whoever is on call."""
POSTED = "mail posted"
"""In `session.info`: the ids of mails that are due once this session has committed."""
PENDING = (Delivery.WAITING, Delivery.CLAIMED, Delivery.HANDING)


def post(
    session: Session,
    now: datetime,
    kind: str,
    invitation: Invitation | None = None,
    *,
    case_id: UUID | None = None,
    code: SignInCode | None = None,
    due: datetime | None = None,
    give_up: datetime | None = None,
) -> Mail:
    """Write down a mail to leave at `due`, by default now: about an invitation, or about a case to who is on call."""
    mail = Mail(
        kind=kind,
        invitation_id=invitation.id if invitation else None,
        case_id=case_id,
        code_id=code.id if code else None,
        created_at=now,
        due_at=due or now,
        give_up_at=give_up,
    )
    session.add(mail)
    session.flush()
    if mail.due_at <= now:
        session.info.setdefault(POSTED, []).append(mail.id)
    return mail


def newest(session: Session, invitation_id: UUID, kind: str) -> Mail | None:
    """The last mail of this kind."""
    of = select(Mail).where(Mail.invitation_id == invitation_id, Mail.kind == kind)
    return session.scalar(of.order_by(Mail.created_at.desc(), Mail.id.desc()).limit(1))


def drop(session: Session, now: datetime, invitation_id: UUID, kind: str | None = None) -> None:
    """Let nothing more leave for an invitation, or nothing of one kind. What a job holds already may still go."""
    waiting = select(Mail).where(Mail.invitation_id == invitation_id, Mail.state == Delivery.WAITING)
    if kind:
        waiting = waiting.where(Mail.kind == kind)
    for mail in session.scalars(waiting.with_for_update()):
        _end(mail, Delivery.DROPPED, now)


def due(session: Session, now: datetime) -> Sequence[UUID]:
    """The mails to be sent now, the longest due first."""
    waiting = select(Mail.id).where(Mail.state == Delivery.WAITING, Mail.due_at <= now)
    return session.scalars(waiting.order_by(Mail.due_at, Mail.id).limit(AT_ONCE)).all()


def free_stale(session: Session, now: datetime) -> int:
    """Take mails from jobs that died with them. Returns how many."""
    held = select(Mail).where(
        Mail.state.in_((Delivery.CLAIMED, Delivery.HANDING)), Mail.claimed_at < now - STALE
    )
    stale = session.scalars(held.limit(AT_ONCE).with_for_update(skip_locked=True)).all()
    for mail in stale:
        if mail.state is Delivery.HANDING:
            _end(mail, Delivery.UNSURE, now)
        else:
            _again(mail, now)
    for mail in stale:
        if mail.ended_at:
            _tell(session, now, mail)
    return len(stale)


def lost_alerts(session: Session, now: datetime) -> Sequence[UUID]:
    """Urgent cases that nobody took, of which whoever is on call was not told, as far as we know: the newest first."""
    lost = (
        select(Mail.case_id)
        .join(Case, Case.id == Mail.case_id)
        .where(Mail.state.in_((Delivery.FAILED, Delivery.UNSURE)), Mail.due_at > now - ALERTS_MATTER)
        .where(Mail.kind == "alert", Case.owner_id.is_(None))
        .order_by(Mail.due_at.desc())
    )
    return list(dict.fromkeys(case_id for case_id in session.scalars(lost.limit(AT_ONCE)) if case_id))


def claim(session: Session, now: datetime, mail_id: UUID) -> Mail | None:
    """Take a mail that is due, or None when it is not: another job has it, or it has ended."""
    mail = session.scalar(select(Mail).where(Mail.id == mail_id).with_for_update(skip_locked=True))
    if mail is None or mail.state is not Delivery.WAITING or mail.due_at > now:
        return None
    if mail.give_up_at is not None and mail.give_up_at <= now:
        _end(mail, Delivery.FAILED, now)
        _tell(session, now, mail)
        return None
    mail.state, mail.claimed_at, mail.tries = Delivery.CLAIMED, now, mail.tries + 1
    return mail


def drop_claimed(mail: Mail, now: datetime) -> None:
    """What was claimed is not wanted any more."""
    _end(mail, Delivery.DROPPED, now)


def hand_over(session: Session, now: datetime, mail_id: UUID, tries: int) -> bool:
    """Say that the server is given the text next. False when the claim was lost meanwhile: then nothing may be sent."""
    mail = _held(session, mail_id, tries)
    if mail is None or mail.state is not Delivery.CLAIMED:
        return False
    mail.state, mail.claimed_at = Delivery.HANDING, now
    return True


def sent(session: Session, now: datetime, mail_id: UUID, tries: int) -> None:
    """The server took it."""
    mail = _held(session, mail_id, tries)
    if mail is not None:
        _end(mail, Delivery.SENT, now)
        _tell(session, now, mail)


def unsure(session: Session, now: datetime, mail_id: UUID, tries: int) -> None:
    """The server was given the text, and its answer did not come."""
    mail = _held(session, mail_id, tries)
    if mail is not None:
        _end(mail, Delivery.UNSURE, now)
        _tell(session, now, mail)


def refused(session: Session, now: datetime, mail_id: UUID, tries: int, *, for_good: bool) -> None:
    """The server did not take it: try again later, unless it never will or that was the last try."""
    mail = _held(session, mail_id, tries)
    if mail is None:
        return
    if for_good:
        _end(mail, Delivery.FAILED, now)
    else:
        _again(mail, now)
    if mail.ended_at:
        _tell(session, now, mail)


def _held(session: Session, mail_id: UUID, tries: int) -> Mail | None:
    """The mail if the claim that made this try is the last one. It may have been taken for dead meanwhile."""
    mail = session.scalar(select(Mail).where(Mail.id == mail_id).with_for_update())
    lives = (Delivery.CLAIMED, Delivery.HANDING, Delivery.UNSURE)
    return mail if mail is not None and mail.tries == tries and mail.state in lives else None


def _again(mail: Mail, now: datetime) -> None:
    if mail.tries >= MOST_TRIES:
        _end(mail, Delivery.FAILED, now)
        return
    mail.state, mail.claimed_at = Delivery.WAITING, None
    mail.due_at = now + BACK_OFF[min(mail.tries, len(BACK_OFF)) - 1]


def _end(mail: Mail, state: Delivery, now: datetime) -> None:
    mail.state, mail.claimed_at, mail.ended_at = state, None, now


def _tell(session: Session, now: datetime, mail: Mail) -> None:
    audit.record(
        session,
        SYSTEM,
        "mail.ended",
        now,
        case_id=mail.case_id,
        kind=mail.kind,
        invitation=mail.invitation_id,
        state=mail.state.value,
        tries=mail.tries,
    )
