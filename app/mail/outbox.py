"""Mail that is to leave: written with the act that calls for it, claimed by one job, and sent to a patient once.

A mail server cannot be asked whether it took a mail. So a job that is about to give it the text says so first, in a
commit of its own: whoever dies before that has sent nothing, and the mail is tried again; whoever dies after it may
have sent it, and it is left as `unsure` for a person to decide. Message texts are made when they are sent, from ids.

An alert is another matter: to get it twice is better than never. It is tried again until the server took it or
somebody took the case. See docs/decisions/0011 and 0017.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from app.core import audit
from app.core.access import SYSTEM
from app.core.act import Act
from app.models import Case, Delivery, Invitation, Mail, SignInCode, Trouble

ALERT = "alert"
MOST_TRIES = 5
BACK_OFF = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1))
ALERT_BACK_OFF = (timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4))
"""The last is the wait before every later try."""
STALE = timedelta(minutes=5)
"""Longer than any job holds a mail: see mail.LONGEST_SECONDS."""
AT_ONCE = 200
ON_ITS_WAY = timedelta(minutes=2)
"""How long staff are not troubled with an alert that is on its way."""
OVERDUE = timedelta(minutes=5)
"""How long an alert may take before the service says that it is not ready."""
POSTED = "mail posted"
"""In `session.info`: the ids and kinds of mails that are due once this session has committed."""
PENDING = (Delivery.WAITING, Delivery.CLAIMED, Delivery.HANDING)
HELD = (Delivery.CLAIMED, Delivery.HANDING)
GIVEN_UP = (Delivery.FAILED, Delivery.UNSURE)
TROUBLE_WORDS: Mapping[Trouble, str] = MappingProxyType(
    {
        Trouble.MISSING: "a record it is about is missing",
        Trouble.SEALED: "a record it is about cannot be opened",
        Trouble.ADDRESS: "its address is not one that mail can be sent to",
        Trouble.TEXT: "its text could not be made",
        Trouble.REFUSED: "the mail server refused it for good",
        Trouble.UNREACHED: "the mail server did not take it, however often it was tried",
        Trouble.LATE: "it could not be sent in time",
    }
)


@dataclass(frozen=True, slots=True)
class Untold:
    """A case of which whoever is on call was not told. `trouble`: why no mail can be made of it, in words; else ""."""

    case_id: UUID
    trouble: str


def post(
    act: Act,
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
        created_at=act.now,
        due_at=due or act.now,
        give_up_at=give_up,
    )
    act.session.add(mail)
    act.session.flush()
    if mail.due_at <= act.now:
        act.session.info.setdefault(POSTED, []).append((mail.id, kind))
    return mail


def newest(session: Session, invitation_id: UUID, kind: str) -> Mail | None:
    """The last mail of this kind."""
    of = select(Mail).where(Mail.invitation_id == invitation_id, Mail.kind == kind)
    return session.scalar(of.order_by(Mail.created_at.desc(), Mail.id.desc()).limit(1))


def drop(act: Act, invitation_id: UUID, kind: str | None = None) -> None:
    """Let nothing more leave for an invitation, or nothing of one kind. What a job holds already may still go."""
    waiting = select(Mail).where(Mail.invitation_id == invitation_id, Mail.state == Delivery.WAITING)
    if kind:
        waiting = waiting.where(Mail.kind == kind)
    for mail in act.session.scalars(waiting.order_by(Mail.id).with_for_update()):
        _end(mail, Delivery.DROPPED, act.now)


def stop_alerts(act: Act, case_id: UUID) -> None:
    """Somebody took the case, which the caller holds: nobody else need be told. What a job holds may still go once."""
    of = select(Mail).where(
        Mail.case_id == case_id, Mail.kind == ALERT, Mail.state.in_((*PENDING, *GIVEN_UP))
    )
    stopped = act.session.scalars(of.order_by(Mail.id).with_for_update()).all()
    for mail in stopped:
        if mail.state in HELD:
            mail.give_up_at = act.now
        else:
            mail.trouble = None
            _end(mail, Delivery.DROPPED, act.now)


def due(act: Act, *, alerts: bool) -> Sequence[UUID]:
    """The mails to be sent now: alerts, those least often tried first; or all others, the longest due first."""
    waiting = select(Mail.id).where(
        _is_alert(alerts), Mail.state == Delivery.WAITING, _is_due(act.now, alerts)
    )
    order = (Mail.tries, Mail.due_at, Mail.id) if alerts else (Mail.due_at, Mail.id)
    return act.session.scalars(waiting.order_by(*order).limit(AT_ONCE)).all()


def _is_alert(alerts: bool) -> ColumnElement[bool]:
    return Mail.kind == ALERT if alerts else Mail.kind != ALERT


def _is_due(now: datetime, alerts: bool) -> ColumnElement[bool]:
    # No alert waits longer than that: one that is due later was written by a clock that has been set back since.
    far = now + ALERT_BACK_OFF[-1]
    return or_(Mail.due_at <= now, Mail.due_at > far) if alerts else Mail.due_at <= now


def free_stale(act: Act, *, alerts: bool) -> int:
    """Take mails from jobs that died with them. Returns how many."""
    # A claim of the future is of a clock that has been set back since.
    long_ago = or_(Mail.claimed_at < act.now - STALE, Mail.claimed_at > act.now + STALE)
    held = select(Mail).where(_is_alert(alerts), Mail.state.in_(HELD), long_ago)
    stale = act.session.scalars(held.order_by(Mail.id).limit(AT_ONCE).with_for_update(skip_locked=True)).all()
    for mail in stale:
        _died(mail, act.now)
    for mail in stale:
        if mail.ended_at:
            _tell(act, mail)
    return len(stale)


def take_up(act: Act) -> int:
    """Wait again with the alerts that were given up while nobody took their case. Returns how many."""
    given_up = (
        select(Mail)
        .join(Case, Case.id == Mail.case_id)
        .where(Mail.kind == ALERT, Mail.state.in_(GIVEN_UP), Case.owner_id.is_(None))
        .order_by(Mail.id)
        .with_for_update(skip_locked=True, of=Mail)
    )
    found = act.session.scalars(given_up).all()
    for mail in found:
        mail.state, mail.ended_at, mail.trouble, mail.due_at = Delivery.WAITING, None, None, act.now
    return len(found)


def untold(act: Act) -> Sequence[Untold]:
    """The cases of which whoever is on call was not told, and that nobody took: the newest first."""
    tried = and_(Mail.state == Delivery.WAITING, Mail.tries > 0)
    of = select(Mail.case_id, Mail.trouble).where(or_(tried, _not_told(act.now, ON_ITS_WAY)))
    of = of.join(Case, Case.id == Mail.case_id).where(Mail.kind == ALERT).order_by(Mail.id.desc())
    found: dict[UUID, str] = {}
    for row in act.session.execute(of.limit(AT_ONCE)):
        found.setdefault(row.case_id, TROUBLE_WORDS[row.trouble] if row.trouble else "")
    return [Untold(case_id, trouble) for case_id, trouble in found.items()]


def is_overdue(act: Act) -> bool:
    """Whether an alert has waited too long to be delivered, of a case that nobody took."""
    of = (
        select(Mail.id)
        .join(Case, Case.id == Mail.case_id)
        .where(Mail.kind == ALERT, _not_told(act.now, OVERDUE))
    )
    return act.session.scalar(of.limit(1)) is not None


def _not_told(now: datetime, after: timedelta) -> ColumnElement[bool]:
    # One of the future is of a clock that has been set back since: how old it is, nobody knows.
    long_ago = or_(Mail.created_at <= now - after, Mail.created_at > now + after)
    return or_(
        and_(Mail.state.in_(PENDING), Mail.give_up_at.is_(None), long_ago),
        and_(Mail.state.in_(GIVEN_UP), Case.owner_id.is_(None)),
    )


def claim(act: Act, mail_id: UUID) -> Mail | None:
    """Take a mail that is due, or None when it is not: another job has it, or it has ended."""
    is_due = or_(
        and_(Mail.kind == ALERT, _is_due(act.now, True)), and_(Mail.kind != ALERT, _is_due(act.now, False))
    )
    waiting = select(Mail).where(Mail.id == mail_id, Mail.state == Delivery.WAITING, is_due)
    mail = act.session.scalar(waiting.with_for_update(skip_locked=True))
    if mail is None:
        return None
    if mail.give_up_at is not None and mail.give_up_at <= act.now:
        _end(mail, Delivery.FAILED, act.now, Trouble.LATE)
        _tell(act, mail)
        return None
    mail.state, mail.claimed_at, mail.tries = Delivery.CLAIMED, act.now, mail.tries + 1
    return mail


def claimed(session: Session, mail_id: UUID, tries: int) -> Mail | None:
    """The mail while the claim that made this try stands, held until the end of the transaction."""
    mail = _held(session, mail_id, tries)
    return mail if mail is not None and mail.state is Delivery.CLAIMED else None


def drop_claimed(mail: Mail, now: datetime) -> None:
    """What was claimed is not wanted any more."""
    _end(mail, Delivery.DROPPED, now)


def hand_over(act: Act, mail_id: UUID, tries: int) -> bool:
    """Say that the server is given the text next. False when the claim was lost meanwhile: then nothing may be sent."""
    mail = claimed(act.session, mail_id, tries)
    if mail is None:
        return False
    mail.state, mail.claimed_at = Delivery.HANDING, act.now
    return True


def sent(act: Act, mail_id: UUID, tries: int) -> None:
    """The server took it."""
    mail = _held(act.session, mail_id, tries)
    if mail is not None:
        _end(mail, Delivery.SENT, act.now)
        _tell(act, mail)


def broke_off(act: Act, mail_id: UUID, tries: int) -> None:
    """The try came to no end: the server had the text and its answer did not come, or the job went wrong before."""
    mail = _held(act.session, mail_id, tries)
    if mail is not None and mail.state in HELD:
        _died(mail, act.now)
        if mail.ended_at:
            _tell(act, mail)


def refused(act: Act, mail_id: UUID, tries: int, *, for_good: bool) -> None:
    """The server did not take it: try again later, unless it never will or that was the last try. An alert is tried
    again whatever a server says: what is wrong there can be mended.
    """
    mail = _held(act.session, mail_id, tries)
    if mail is None:
        return
    if for_good and mail.kind != ALERT:
        _end(mail, Delivery.FAILED, act.now, Trouble.REFUSED)
    else:
        _again(mail, act.now)
    if mail.ended_at:
        _tell(act, mail)


def not_written(act: Act, mail_id: UUID, tries: int, trouble: Trouble) -> None:
    """No mail could be made of it, and none will be by trying again."""
    mail = _held(act.session, mail_id, tries)
    if mail is not None:
        _end(mail, Delivery.FAILED, act.now, trouble)
        _tell(act, mail)


def _held(session: Session, mail_id: UUID, tries: int) -> Mail | None:
    """The mail if the claim that made this try is the last one. It may have been taken for dead meanwhile."""
    mail = session.scalar(select(Mail).where(Mail.id == mail_id).with_for_update())
    lives = (*HELD, Delivery.UNSURE)
    return mail if mail is not None and mail.tries == tries and mail.state in lives else None


def _died(mail: Mail, now: datetime) -> None:
    if mail.state is Delivery.HANDING and mail.kind != ALERT:
        _end(mail, Delivery.UNSURE, now)
    else:
        _again(mail, now)


def _again(mail: Mail, now: datetime) -> None:
    if mail.kind == ALERT:
        if mail.give_up_at is not None:
            _end(mail, Delivery.DROPPED, now)
            return
    elif mail.tries >= MOST_TRIES:
        _end(mail, Delivery.FAILED, now, Trouble.UNREACHED)
        return
    waits = ALERT_BACK_OFF if mail.kind == ALERT else BACK_OFF
    mail.state, mail.claimed_at = Delivery.WAITING, None
    mail.due_at = now + waits[min(max(mail.tries, 1), len(waits)) - 1]


def _end(mail: Mail, state: Delivery, now: datetime, trouble: Trouble | None = None) -> None:
    mail.state, mail.claimed_at, mail.ended_at, mail.trouble = state, None, now, trouble


def _tell(act: Act, mail: Mail) -> None:
    audit.record(
        act.by(SYSTEM),
        "mail.ended",
        case_id=mail.case_id,
        kind=mail.kind,
        invitation=mail.invitation_id,
        state=mail.state.value,
        tries=mail.tries,
    )
