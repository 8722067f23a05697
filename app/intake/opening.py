"""Starting a form, from the start page or an invitation, and coming back to it."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit
from app.access import Actor
from app.intake.draft import START_PAGE, Draft
from app.intake.store import Terms, draft_of
from app.models import Case, Invitation, Person, Queue, ring, seal, unseal
from app.questionnaire.answers import STATES, Answers, is_blank
from app.questionnaire.intake import INTAKE
from app.screening.workflow import Status

IDENTITY = ("first_name", "last_name", "preferred_name", "dob", "phone", "email")
MOST_MISSES = 5


class Opened(StrEnum):
    """What came of opening a link or coming back."""

    OPEN = "open"
    MISSED = "missed"
    PAUSED = "paused"
    GONE = "gone"


def identity_of(session: Session, person: Person) -> dict[str, Any]:
    """Who the person is."""
    return dict(unseal(session, person, "sealed_identity"))


def new_person(session: Session, now: datetime, identity: Mapping[str, Any]) -> Person:
    """A person with a sealed identity, found by surname, e-mail and phone only through blind marks."""
    person = Person(created_at=now, sealed_identity=b"")
    identify(session, person, {name: identity.get(name) for name in IDENTITY})
    session.add(person)
    return person


def identify(session: Session, person: Person, identity: dict[str, Any]) -> None:
    """Seal who a person is, with the blind marks they are found by."""
    seal(session, person, "sealed_identity", identity)
    keys = ring(session)
    for mark, name in (("surname", "last_name"), ("email", "email"), ("phone", "phone")):
        text = identity.get(name)
        setattr(person, f"blind_{mark}", keys.blind(mark, text) if text and text not in STATES else None)


def start(
    session: Session, actor: Actor, now: datetime, terms: Terms, answers: Answers, person: Person | None = None,
    *, via: str,
) -> Case:  # fmt: skip
    """Open a form with what is already known of the person. Audits with the new case as the patient."""
    if person is None:
        person = new_person(session, now, answers)
    session.flush()
    case = Case(
        person_id=person.id,
        kind="intake",
        status=Status.DRAFT,
        submission_id=uuid4(),
        questionnaire_version=INTAKE.version,
        jurisdiction=terms.jurisdiction,
        sealed_answers=b"",
        started_at=now,
        updated_at=now,
        queue=Queue.UNFINISHED,
    )
    draft = Draft(
        answers={key: value for key, value in answers.items() if not is_blank(value)}, saved={START_PAGE: 0}
    )
    seal(session, case, "sealed_answers", draft.as_json())
    session.add(case)
    session.flush()
    audit.record(
        session, Actor("patient", case.id, frozenset()), "intake.started", now, case_id=case.id, via=via
    )
    return case


def find_invitation(session: Session, token: str, now: datetime) -> Invitation | None:
    """The invitation behind a link, or None when it is old, cancelled or unknown."""
    found = session.scalar(
        select(Invitation).where(Invitation.token_hash == Invitation.hash_of(token)).with_for_update()
    )
    if found is None or found.cancelled_at is not None or found.expires_at <= now:
        return None
    return found


def open_invitation(
    session: Session, now: datetime, terms: Terms, token: str, born: str, language: str
) -> tuple[Opened, Case | None]:
    """Open a link with a birth date: a new form, or the one already begun with it. Five wrong dates pause it."""
    invitation = find_invitation(session, token, now)
    if invitation is None:
        return Opened.GONE, None
    if invitation.paused_at is not None:
        return Opened.PAUSED, None
    nobody = Actor("anonymous", None, frozenset())
    identity = identity_of(session, invitation.person)
    if not hmac.compare_digest(str(identity.get("dob")), born):
        invitation.misses += 1
        if invitation.misses >= MOST_MISSES:
            invitation.paused_at = now
            audit.record(session, nobody, "invitation.paused", now, case_id=invitation.case_id)
            return Opened.PAUSED, None
        audit.record(session, nobody, "invitation.missed", now, case_id=invitation.case_id)
        return Opened.MISSED, None
    invitation.misses = 0
    if invitation.case_id is not None:
        case = session.get_one(Case, invitation.case_id)
        audit.record(session, Actor("patient", case.id, frozenset()), "intake.resumed", now, case_id=case.id)
        return Opened.OPEN, case
    known = {name: identity.get(name) for name in IDENTITY} | {"language": language}
    case = start(session, nobody, now, terms, known, invitation.person, via="invitation")
    invitation.case_id = case.id
    return Opened.OPEN, case


def come_back(session: Session, actor: Actor, now: datetime, case: Case, born: str) -> Opened:
    """Take up a form again in the same browser after a pause. Five wrong birth dates pause it."""
    draft = draft_of(session, case)
    if draft.misses >= MOST_MISSES:
        return Opened.PAUSED
    right = hmac.compare_digest(str(draft.everything.get("dob")), born)
    misses = 0 if right else draft.misses + 1
    if misses != draft.misses:
        # Only then: a form that was sent is not written again for a look at its confirmation.
        draft.misses = misses
        seal(session, case, "sealed_answers", draft.as_json())
    audit.record(session, actor, "intake.resumed" if right else "intake.resume_missed", now, case_id=case.id)
    if right:
        return Opened.OPEN
    return Opened.PAUSED if draft.misses >= MOST_MISSES else Opened.MISSED
