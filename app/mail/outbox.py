"""Mail that is to leave, written in the transaction of the act that calls for it; and what became of it.

It is sent by a job after the commit: see claims. An alert to the person on call is written for a case, all other mail
for an invitation.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from app.core.act import Act
from app.models import IS_OPEN_ALERT, Case, Delivery, Invitation, Mail, MailKind, SignInCode, Trouble

MOST_ALERTS = 200
"""Alerts that are listed at once."""
ON_ITS_WAY = timedelta(minutes=2)
"""How long staff are not troubled with an alert that is on its way."""
OVERDUE = timedelta(minutes=5)
"""How long an alert may take before the service reports that it is not ready."""
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


_WHEN = Mail.created_at.type
_IS_UNDELIVERED = or_(
    and_(
        Mail.state.in_(PENDING),
        Mail.give_up_at.is_(None),
        or_(
            Mail.created_at <= bindparam("late_before", type_=_WHEN),
            Mail.created_at > bindparam("late_beyond", type_=_WHEN),
        ),
    ),
    and_(Mail.state.in_(GIVEN_UP), Case.owner_id.is_(None)),
)
_IS_LATE = or_(and_(Mail.state == Delivery.WAITING, Mail.tries > 0), _IS_UNDELIVERED)
HAS_UNDELIVERED_ALERT = (
    select(Mail.id).where(Mail.case_id == Case.id, IS_OPEN_ALERT, _IS_LATE).correlate(Case).exists()
)
"""Whether a case that is selected has an alert that is late or was tried in vain. It is asked with `late_times`."""


@dataclass(frozen=True, slots=True)
class UndeliveredAlert:
    """A case whose alert did not reach the person on call."""

    case_id: UUID
    """The case's id."""
    trouble: str
    """Why no mail can be made of it, in words; else ""."""


def post(act: Act, kind: MailKind, invitation: Invitation, *, due: datetime | None = None) -> Mail:
    """Write down a mail about an invitation, to leave at `due`, by default now. Codes and alerts: see below."""
    return _post(act, Mail(kind=kind, invitation_id=invitation.id, due_at=due or act.now))


def post_code(act: Act, invitation: Invitation, code: SignInCode, give_up: datetime) -> Mail:
    """Write down a mail with a code, to leave now. After `give_up` it is not sent any more."""
    mail = Mail(
        kind=MailKind.CODE, invitation_id=invitation.id, code_id=code.id, due_at=act.now, give_up_at=give_up
    )
    return _post(act, mail)


def post_alert(act: Act, case_id: UUID) -> Mail:
    """Write down a mail about a case to the person on call, to leave now."""
    return _post(act, Mail(kind=MailKind.ALERT, case_id=case_id, due_at=act.now))


def _post(act: Act, mail: Mail) -> Mail:
    mail.created_at = act.now
    act.session.add(mail)
    act.session.flush()
    if mail.due_at <= act.now:
        act.session.info.setdefault(POSTED, []).append((mail.id, mail.kind))
    return mail


def newest_mail(session: Session, invitation_id: UUID, kind: MailKind) -> Mail | None:
    """The last mail of one kind that was written for an invitation."""
    of = select(Mail).where(Mail.invitation_id == invitation_id, Mail.kind == kind)
    return session.scalar(of.order_by(Mail.created_at.desc(), Mail.id.desc()).limit(1))


def cancel_pending(act: Act, invitation_id: UUID, kind: MailKind | None = None) -> None:
    """Cancel all mail that waits for an invitation, or that of one kind. What a job holds already may still go."""
    waiting = select(Mail).where(Mail.invitation_id == invitation_id, Mail.state == Delivery.WAITING)
    if kind:
        waiting = waiting.where(Mail.kind == kind)
    for mail in act.session.scalars(waiting.order_by(Mail.id).with_for_update()):
        mail.end(Delivery.DROPPED, act.now)


def cancel_alerts(act: Act, case_id: UUID) -> None:
    """Cancel the alerts of a case that a clinician took. The caller holds its row; a job may still send one."""
    of = select(Mail).where(
        Mail.case_id == case_id, Mail.kind == MailKind.ALERT, Mail.state.in_((*PENDING, *GIVEN_UP))
    )
    stopped = act.session.scalars(of.order_by(Mail.id).with_for_update()).all()
    for mail in stopped:
        if mail.state in HELD:
            mail.give_up_at = act.now
        else:
            mail.trouble = None
            mail.end(Delivery.DROPPED, act.now)


def undelivered_query() -> Select[*tuple[Any, ...]]:
    """The query for the alerts of cases without a clinician that are late or were tried in vain, the newest first:
    `key` in the order in which they were written, `case_id` and `trouble`. It is asked with `late_times`.
    """
    of = select(Mail.id.label("key"), Mail.case_id, Mail.trouble).join(Case, Case.id == Mail.case_id)
    return of.where(IS_OPEN_ALERT, _IS_LATE).order_by(Mail.id.desc()).limit(MOST_ALERTS)


def undelivered_of(rows: Iterable[Any]) -> Sequence[UndeliveredAlert]:
    """The cases whose alert did not reach whoever is on call, by the rows of that query in their order."""
    found: dict[UUID, str] = {}
    for row in rows:
        found.setdefault(row.case_id, TROUBLE_WORDS[row.trouble] if row.trouble else "")
    return [UndeliveredAlert(case_id, trouble) for case_id, trouble in found.items()]


def late_times(now: datetime, after: timedelta = ON_ITS_WAY) -> dict[str, datetime]:
    """The times that a query for late alerts is asked with."""
    # One of the future is of a clock that has been set back since: how old it is, nobody knows.
    return {"late_before": now - after, "late_beyond": now + after}


def alert_is_overdue(act: Act) -> bool:
    """Whether an alert of a case without a clinician has waited longer than OVERDUE."""
    of = select(Mail.id).join(Case, Case.id == Mail.case_id).where(IS_OPEN_ALERT, _IS_UNDELIVERED)
    return act.session.scalar(of.limit(1), late_times(act.now, OVERDUE)) is not None
