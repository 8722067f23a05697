"""The check-in after a session: a form of its own, which follows the health check of the same person."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.act import Act
from app.intake.draft import Draft
from app.intake.store import open_draft, read_draft
from app.models import Case, Invitation, Treatment, answers_of
from app.questionnaire.all_forms import FORMS, WHOLE
from app.questionnaire.answers import Answer
from app.questionnaire.checkin.schedule import due_scales
from app.questionnaire.form_kinds import FormKind
from app.questionnaire.reading import Reading
from app.records.scales import ScaleScore, scores_over_time

CHECK_IN = FORMS[FormKind.CHECK_IN]


def begin_check_in(act: Act, invitation: Invitation) -> Case:
    """Begin the check-in that an invitation leads to. The caller holds the invitation."""
    treatment = act.session.get_one(Treatment, invitation.treatment_id)
    first = act.session.get_one(Case, treatment.case_id)
    told = _earlier_answers(act.session, first)
    answered = {
        one.scale: one.on for one in scores_over_time(act.session, first) if isinstance(one, ScaleScore)
    }
    due = due_scales(Reading(WHOLE, told, act.today, first.jurisdiction), answered)
    draft = Draft(
        kind=CHECK_IN.kind, earlier_answers=told, due=due, language=read_draft(act.session, first).language
    )
    case = open_draft(
        act,
        draft,
        person_id=first.person_id,
        jurisdiction=first.jurisdiction,
        follows_id=first.id,
        via="check-in",
    )
    invitation.case_id = case.id
    return case


def _earlier_answers(session: Session, first: Case) -> dict[str, Answer]:
    """The answers given before treatment: in the health check, and in getting ready once that is sent."""
    ready = session.scalar(select(Case).where(Case.follows_id == first.id, Case.kind == FormKind.READY))
    told = answers_of(session, first)
    return {**answers_of(session, ready), **told} if ready and ready.submitted_at else told
