"""Erasing a draft, when its patient withdraws it or leaves it for long: what was typed is gone for good.

An alert it raised stays, for a person may be in danger.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import audit, damage, outbox
from app.access import Actor
from app.intake.draft import Draft
from app.intake.store import draft_of, lock, store
from app.models import Case, Flag, Invitation, Person, seal, unseal
from app.people import IDENTITY, identity_of
from app.screening.workflow import Status

REACH = (*IDENTITY, "ec_name", "ec_phone", "callback")
"""What reaching somebody in danger needs. See docs/decisions/0009-withdrawing-a-draft.md."""
KEPT_FOR = timedelta(days=30)
AT_ONCE = 50
SYSTEM = Actor("system", None, frozenset())


@dataclass(frozen=True, slots=True)
class Kept:
    """What outlives a withdrawn draft: the alert it raised; who was invited, whom the clinic knew before."""

    alert: bool
    person: bool


def kept_of(session: Session, case: Case) -> Kept:
    """What would be kept."""
    alert = session.scalar(select(Flag.id).where(Flag.case_id == case.id).limit(1)) is not None
    invited = session.scalar(select(Invitation.id).where(Invitation.person_id == case.person_id).limit(1))
    return Kept(alert, invited is not None or _cases_of(session, case) > 1)


def withdraw(session: Session, actor: Actor, now: datetime, case: Case) -> Kept:
    """Erase a draft, and return what is kept. Raises AlreadySent for a form that was sent or withdrawn before."""
    return _erase(session, actor, now, case, "intake.withdrawn")


def expire(session: Session, now: datetime) -> int:
    """Erase the drafts that nobody touched for KEPT_FOR, some at a time, and write to those who can be written to.

    Returns how many.
    """
    old = select(Case).where(
        Case.status == Status.DRAFT, Case.withdrawn_at.is_(None), Case.updated_at < now - KEPT_FOR
    )
    drafts = session.scalars(
        old.order_by(Case.updated_at).limit(AT_ONCE).with_for_update(skip_locked=True)
    ).all()
    for case in drafts:
        link = session.scalar(
            select(Invitation)
            .where(Invitation.case_id == case.id, Invitation.sealed_link.is_not(None))
            .order_by(Invitation.created_at.desc(), Invitation.id.desc())
            .limit(1)
        )
        _erase(session, SYSTEM, now, case, "intake.expired")
        if link is not None:
            outbox.post(session, now, "erased", link)
    return len(drafts)


def _erase(session: Session, actor: Actor, now: datetime, case: Case, event: str) -> Kept:
    lock(session, case)
    kept = kept_of(session, case)
    for invitation in session.scalars(select(Invitation).where(Invitation.case_id == case.id)):
        # The link is good for a new form.
        invitation.case_id = None
    session.flush()
    if kept.alert:
        _keep_the_alert(session, now, case)
    else:
        person = session.get_one(Person, case.person_id)
        session.delete(case)
        session.flush()
        if not kept.person:
            session.delete(person)
    session.flush()
    what = [name for name, is_kept in (("alert", kept.alert), ("person", kept.person)) if is_kept]
    audit.record(session, actor, event, now, case_id=case.id, kept=what)
    return kept


def _keep_the_alert(session: Session, now: datetime, case: Case) -> None:
    """Leave of the answers only those that raised it and those needed to reach the person."""
    draft = _readable_draft(session, case)
    wanted = {*REACH, *_behind_flags(session, case)}
    left, before = (
        {name: answer for name, answer in answers.items() if name in wanted}
        for answers in (draft.answers, draft.before)
    )
    store(
        session,
        case,
        Draft(
            left,
            kind=draft.kind,
            before=before,
            spoken=draft.spoken,
            woken=draft.woken,
            promise=draft.promise,
        ),
    )
    if case.sealed_summary is not None:
        _shorten_summary(session, case)
    case.answers_version += 1
    case.withdrawn_at = case.updated_at = now


def _readable_draft(session: Session, case: Case) -> Draft:
    """The draft; where it cannot be read, who the person is, from where that is kept too: its alert still stays."""
    try:
        return draft_of(session, case)
    except damage.BROKEN as error:
        damage.tell("case.sealed_answers", case.id, error, case.id)
    try:
        known = identity_of(session, session.get_one(Person, case.person_id))
    except damage.BROKEN as error:
        damage.tell("person.sealed_identity", case.person_id, error, case.id)
        known = {}
    return Draft({name: answer for name, answer in known.items() if answer is not None}, kind=case.kind)


def _shorten_summary(session: Session, case: Case) -> None:
    try:
        seal(session, case, "sealed_summary", dict(unseal(session, case, "sealed_summary")) | {"wants": []})
    except damage.BROKEN as error:
        damage.tell("case.sealed_summary", case.id, error, case.id)


def _behind_flags(session: Session, case: Case) -> Iterator[str]:
    for flag in session.scalars(select(Flag).where(Flag.case_id == case.id)):
        try:
            yield from [
                because["question"] for because in unseal(session, flag, "sealed_evidence")["because"]
            ]
        except damage.BROKEN as error:
            damage.tell("flag.sealed_evidence", flag.id, error, case.id)


def _cases_of(session: Session, case: Case) -> int:
    counted = select(func.count()).select_from(Case).where(Case.person_id == case.person_id)
    return session.scalar(counted) or 0
