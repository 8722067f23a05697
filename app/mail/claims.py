"""Mail on its way: which is due, which job has claimed it, and when one that failed is retried.

A mail server cannot be asked whether it took a mail. So a job that is about to give it the text says so first, in a
commit of its own: whoever dies before that has sent nothing, and the mail is tried again; whoever dies after it may
have sent it, and it is left as `unsure` for a person to decide. Message texts are made when they are sent, from ids.

An alert is another matter: to get it twice is better than never. It is tried again until the server took it or
somebody took the case. See docs/decisions/0011 and 0017.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from app.core import audit
from app.core.access import SYSTEM
from app.core.act import Act
from app.mail.outbox import GIVEN_UP, HELD
from app.models import IS_OPEN_ALERT, Case, Delivery, Mail, MailKind, Trouble

MOST_TRIES = 5
BACK_OFF = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1))
ALERT_BACK_OFF = (timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4))
"""The last is the wait before every later try."""
CLAIM_LIFE = timedelta(minutes=5)
"""Longer than any job holds a mail: see smtp.LONGEST_SECONDS."""
BATCH = 200


def due_mails(act: Act, *, alerts: bool) -> Sequence[UUID]:
    """The ids of the mails to be sent now: alerts, those least often tried first; or others, the longest due first."""
    waiting = select(Mail.id).where(
        _is_alert(alerts), Mail.state == Delivery.WAITING, _is_due(act.now, alerts)
    )
    order = (Mail.tries, Mail.due_at, Mail.id) if alerts else (Mail.due_at, Mail.id)
    return act.session.scalars(waiting.order_by(*order).limit(BATCH)).all()


def _is_alert(alerts: bool) -> ColumnElement[bool]:
    return Mail.kind == MailKind.ALERT if alerts else Mail.kind != MailKind.ALERT


def _is_due(now: datetime, alerts: bool) -> ColumnElement[bool]:
    # No alert waits longer than that: one that is due later was written by a clock that has been set back since.
    far = now + ALERT_BACK_OFF[-1]
    return or_(Mail.due_at <= now, Mail.due_at > far) if alerts else Mail.due_at <= now


def release_expired(act: Act, *, alerts: bool) -> int:
    """Release the mails of jobs that died with them: of alerts or of all others. Returns how many."""
    # A claim of the future is of a clock that has been set back since.
    long_ago = or_(Mail.claimed_at < act.now - CLAIM_LIFE, Mail.claimed_at > act.now + CLAIM_LIFE)
    # Few are claimed at a time, and these have an index. Those that another holds are passed over: no order is needed.
    held = select(Mail).where(Mail.claimed_at.is_not(None), long_ago, Mail.state.in_(HELD), _is_alert(alerts))
    expired = act.session.scalars(
        held.order_by(Mail.claimed_at).limit(BATCH).with_for_update(skip_locked=True)
    ).all()
    for mail in expired:
        _release(mail, act.now)
    for mail in expired:
        if mail.ended_at:
            _audit_end(act, mail)
    return len(expired)


def retry_given_up_alerts(act: Act) -> int:
    """Make the alerts due again that were given up, of cases without a clinician. Returns how many."""
    given_up = (
        select(Mail)
        .join(Case, Case.id == Mail.case_id)
        .where(IS_OPEN_ALERT, Mail.state.in_(GIVEN_UP), Case.owner_id.is_(None))
        .order_by(Mail.id)
        .with_for_update(skip_locked=True, of=Mail)
    )
    found = act.session.scalars(given_up).all()
    for mail in found:
        mail.state, mail.ended_at, mail.trouble, mail.due_at = Delivery.WAITING, None, None, act.now
    return len(found)


def claim(act: Act, mail_id: UUID) -> Mail | None:
    """Claim a mail that is due for one try. None when it is not due: another job has it, or it has ended."""
    is_due = or_(
        and_(Mail.kind == MailKind.ALERT, _is_due(act.now, True)),
        and_(Mail.kind != MailKind.ALERT, _is_due(act.now, False)),
    )
    waiting = select(Mail).where(Mail.id == mail_id, Mail.state == Delivery.WAITING, is_due)
    mail = act.session.scalar(waiting.with_for_update(skip_locked=True))
    if mail is None:
        return None
    if mail.give_up_at is not None and mail.give_up_at <= act.now:
        mail.end(Delivery.FAILED, act.now, Trouble.LATE)
        _audit_end(act, mail)
        return None
    mail.state, mail.claimed_at, mail.tries = Delivery.CLAIMED, act.now, mail.tries + 1
    return mail


def claimed_mail(session: Session, mail_id: UUID, tries: int) -> Mail | None:
    """The mail, locked until the end of the transaction; None when the claim that made this try was lost."""
    mail = _held_mail(session, mail_id, tries)
    return mail if mail is not None and mail.state is Delivery.CLAIMED else None


def cancel_claimed(mail: Mail, now: datetime) -> None:
    """End a claimed mail that is not wanted any more."""
    mail.end(Delivery.DROPPED, now)


def begin_handing(act: Act, mail_id: UUID, tries: int) -> bool:
    """Record that the server is given the text next. False when the claim was lost meanwhile: nothing may be sent."""
    mail = claimed_mail(act.session, mail_id, tries)
    if mail is None:
        return False
    mail.state, mail.claimed_at = Delivery.HANDING, act.now
    return True


def mark_sent(act: Act, mail_id: UUID, tries: int) -> None:
    """Record that the server took the mail."""
    mail = _held_mail(act.session, mail_id, tries)
    if mail is not None:
        mail.end(Delivery.SENT, act.now)
        _audit_end(act, mail)


def mark_interrupted(act: Act, mail_id: UUID, tries: int) -> None:
    """Record that a try did not end: the server had the text and gave no answer, or the job went wrong before."""
    mail = _held_mail(act.session, mail_id, tries)
    if mail is not None and mail.state in HELD:
        _release(mail, act.now)
        if mail.ended_at:
            _audit_end(act, mail)


def mark_refused(act: Act, mail_id: UUID, tries: int, *, for_good: bool) -> None:
    """Record that the server did not take the mail. It is tried again later, unless `for_good` or after the last try.

    An alert is tried again whatever the server answers: what is wrong there can be mended.
    """
    mail = _held_mail(act.session, mail_id, tries)
    if mail is None:
        return
    if for_good and mail.kind != MailKind.ALERT:
        mail.end(Delivery.FAILED, act.now, Trouble.REFUSED)
    else:
        _schedule_retry(mail, act.now)
    if mail.ended_at:
        _audit_end(act, mail)


def mark_unwritable(act: Act, mail_id: UUID, tries: int, trouble: Trouble) -> None:
    """Record that no mail could be made of it, and that none will be by trying again."""
    mail = _held_mail(act.session, mail_id, tries)
    if mail is not None:
        mail.end(Delivery.FAILED, act.now, trouble)
        _audit_end(act, mail)


def _held_mail(session: Session, mail_id: UUID, tries: int) -> Mail | None:
    """The mail, locked, if the claim that made this try is the last one. It may have been taken for dead meanwhile."""
    mail = session.scalar(select(Mail).where(Mail.id == mail_id).with_for_update())
    lives = (*HELD, Delivery.UNSURE)
    return mail if mail is not None and mail.tries == tries and mail.state in lives else None


def _release(mail: Mail, now: datetime) -> None:
    """Free a mail from its claim: try it again later, or leave as unsure what a patient may have been sent."""
    if mail.state is Delivery.HANDING and mail.kind != MailKind.ALERT:
        mail.end(Delivery.UNSURE, now)
    else:
        _schedule_retry(mail, now)


def _schedule_retry(mail: Mail, now: datetime) -> None:
    """Make the mail due again after a wait; or end it, when that was its last try or its case was taken."""
    if mail.kind == MailKind.ALERT:
        if mail.give_up_at is not None:
            mail.end(Delivery.DROPPED, now)
            return
    elif mail.tries >= MOST_TRIES:
        mail.end(Delivery.FAILED, now, Trouble.UNREACHED)
        return
    waits = ALERT_BACK_OFF if mail.kind == MailKind.ALERT else BACK_OFF
    mail.state, mail.claimed_at = Delivery.WAITING, None
    mail.due_at = now + waits[min(max(mail.tries, 1), len(waits)) - 1]


def _audit_end(act: Act, mail: Mail) -> None:
    audit.record(
        act.by(SYSTEM),
        "mail.ended",
        case_id=mail.case_id,
        kind=mail.kind,
        invitation=mail.invitation_id,
        state=mail.state.value,
        tries=mail.tries,
    )
