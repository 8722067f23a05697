"""The check-in after a session: a form of its own, which follows the health check of the same person."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit
from app.access import Actor
from app.intake.draft import Draft
from app.models import Case, Invitation, Queue, Treatment, answers_of, seal
from app.questionnaire.answers import Answer
from app.questionnaire.checkin.schedule import due_scales
from app.questionnaire.pages import Reading
from app.questionnaire.whole import FORMS, WHOLE
from app.scales import over_time
from app.screening.workflow import Status

CHECK_IN = FORMS["checkin"]


def begin_check_in(session: Session, now: datetime, today: date, invitation: Invitation) -> Case:
    """The form that a link to a check-in leads to, whose invitation the caller holds."""
    treatment = session.get_one(Treatment, invitation.treatment_id)
    first = session.get_one(Case, treatment.case_id)
    told = _told_before(session, first)
    answered = {one.scale: one.on for one in over_time(session, first)}
    case = Case(
        person_id=first.person_id,
        kind=CHECK_IN.kind,
        follows_id=first.id,
        status=Status.DRAFT,
        submission_id=uuid4(),
        questionnaire_version=CHECK_IN.asks.version,
        jurisdiction=first.jurisdiction,
        sealed_answers=b"",
        started_at=now,
        updated_at=now,
        queue=Queue.UNFINISHED,
    )
    due = due_scales(Reading(WHOLE, told, today, first.jurisdiction), answered)
    seal(session, case, "sealed_answers", Draft(kind=CHECK_IN.kind, before=told, due=due).as_json())
    session.add(case)
    session.flush()
    invitation.case_id = case.id
    patient = Actor("patient", case.id, frozenset())
    audit.record(session, patient, "intake.started", now, case_id=case.id, via="check-in")
    return case


def _told_before(session: Session, first: Case) -> dict[str, Answer]:
    """What was told before treatment: in the health check, and in getting ready."""
    ready = session.scalar(select(Case).where(Case.follows_id == first.id, Case.kind == "ready"))
    told = answers_of(session, first)
    return {**answers_of(session, ready), **told} if ready and ready.submitted_at else told
