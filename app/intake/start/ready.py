"""Getting ready (part 2): a form of its own, which follows the health check of the same person."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import audit
from app.core.access import Actor
from app.core.act import Act
from app.intake.draft import Draft
from app.intake.store import open_draft, read_draft
from app.models import Case, answers_of
from app.questionnaire.all_forms import FORMS
from app.questionnaire.form_kinds import FormKind

READY = FORMS[FormKind.READY]


def next_form_offer(session: Session, case: Case) -> tuple[str, str | None]:
    """Name of a sent form, and what its page offers: to "begin" getting ready, to "go on" with it, or None."""
    following = _getting_ready_after(session, case)
    if case.kind is not FormKind.INTAKE or (following is not None and following.submitted_at is not None):
        return FORMS[case.kind].name, None
    return FORMS[case.kind].name, "begin" if following is None else "go on"


def begin_ready(act: Act, case: Case) -> Case | None:
    """The getting-ready form after a health check that was sent, begun where there is none; None for other cases."""
    if case.kind is not FormKind.INTAKE or case.submitted_at is None:
        return None
    act.session.refresh(case, with_for_update=True)
    following = _getting_ready_after(act.session, case)
    if following is not None:
        audit.record(
            act.by(Actor("patient", following.id, frozenset())), "intake.resumed", case_id=following.id
        )
        return following
    draft = Draft(
        kind=READY.kind,
        earlier_answers=answers_of(act.session, case),
        language=read_draft(act.session, case).language,
    )
    return open_draft(
        act, draft, person_id=case.person_id, jurisdiction=case.jurisdiction, follows_id=case.id, via="ready"
    )


def _getting_ready_after(session: Session, case: Case) -> Case | None:
    return session.scalar(select(Case).where(Case.follows_id == case.id, Case.kind == READY.kind))
