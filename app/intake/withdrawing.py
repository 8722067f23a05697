"""Withdrawing a draft: what was typed is erased for good. An alert it raised stays, for a person may be in danger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import audit
from app.access import Actor
from app.intake.draft import Draft
from app.intake.store import draft_of, lock, store
from app.models import Case, Flag, Invitation, Person, seal, unseal
from app.people import IDENTITY

REACH = (*IDENTITY, "ec_name", "ec_phone", "callback")
"""What reaching somebody in danger needs. See docs/decisions/0009-withdrawing-a-draft.md."""


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
    audit.record(session, actor, "intake.withdrawn", now, case_id=case.id, kept=what)
    return kept


def _keep_the_alert(session: Session, now: datetime, case: Case) -> None:
    """Leave of the answers only those that raised it and those needed to reach the person."""
    answers = draft_of(session, case).answers
    wanted = {*REACH, *_behind_flags(session, case)}
    store(session, case, Draft({name: answer for name, answer in answers.items() if name in wanted}))
    if case.sealed_summary is not None:
        seal(session, case, "sealed_summary", unseal(session, case, "sealed_summary") | {"wants": []})
    case.answers_version += 1
    case.withdrawn_at = case.updated_at = now


def _behind_flags(session: Session, case: Case) -> Iterator[str]:
    for flag in session.scalars(select(Flag).where(Flag.case_id == case.id)):
        yield from (because["question"] for because in unseal(session, flag, "sealed_evidence")["because"])


def _cases_of(session: Session, case: Case) -> int:
    counted = select(func.count()).select_from(Case).where(Case.person_id == case.person_id)
    return session.scalar(counted) or 0
