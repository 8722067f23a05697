"""Getting ready (part 2): a form of its own, which follows the health check of the same person."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit
from app.access import Actor
from app.intake.draft import Draft
from app.intake.store import draft_of
from app.models import Case, Queue, answers_of, seal
from app.questionnaire.whole import FORMS
from app.screening.workflow import Status

READY = FORMS["ready"]


def confirmed(session: Session, case: Case) -> tuple[str, str | None]:
    """What a sent form is called, and what its page offers next: "begin", "go on", or None when there is no more."""
    following = _following(session, case)
    if case.kind != "intake" or (following is not None and following.submitted_at is not None):
        return FORMS[case.kind].name, None
    return FORMS[case.kind].name, "begin" if following is None else "go on"


def begin_ready(session: Session, actor: Actor, now: datetime, case: Case) -> Case | None:
    """The form that follows a health check that was sent, begun when there is none yet; None for any other."""
    if case.kind != "intake" or case.submitted_at is None:
        return None
    session.refresh(case, with_for_update=True)
    following = _following(session, case)
    if following is not None:
        audit.record(
            session, Actor("patient", following.id, frozenset()), "intake.resumed", now, case_id=following.id
        )
        return following
    following = Case(
        person_id=case.person_id,
        kind=READY.kind,
        follows_id=case.id,
        status=Status.DRAFT,
        submission_id=uuid4(),
        questionnaire_version=READY.asks.version,
        jurisdiction=case.jurisdiction,
        sealed_answers=b"",
        started_at=now,
        updated_at=now,
        queue=Queue.UNFINISHED,
    )
    seal(
        session,
        following,
        "sealed_answers",
        Draft(
            kind=READY.kind, before=answers_of(session, case), spoken=draft_of(session, case).spoken
        ).as_json(),
    )
    session.add(following)
    session.flush()
    patient = Actor("patient", following.id, frozenset())
    audit.record(session, patient, "intake.started", now, case_id=following.id, via="ready")
    return following


def _following(session: Session, case: Case) -> Case | None:
    return session.scalar(select(Case).where(Case.follows_id == case.id, Case.kind == READY.kind))
