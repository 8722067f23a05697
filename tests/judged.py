"""Cases as the intake leaves them: answers, the rulebook's word on them, and what the queue shows."""

from typing import Any

from sqlalchemy.orm import Session

from app.intake.draft import Draft
from app.models import Case, Queue, unseal
from app.records import judging, summary
from app.screening.rules import DEFAULT_RULES
from app.screening.workflow import Status
from tests.acts import act
from tests.factories import NOW, Factory
from tests.people import HEALTHY, Answers, but


def sent(make: Factory, changes: Answers | None = None, **columns: Any) -> Case:
    """A form that was sent: a healthy adult's, with some answers changed."""
    return judged(make.session, make.case(answers=but(HEALTHY, changes or {}), **columns))


def unfinished(make: Factory, changes: Answers | None = None, alerts: tuple[str, ...] = ()) -> Case:
    """A form being filled in; with `alerts`, the rules that were read before it was finished."""
    answers = but({"first_name": "Robin", "last_name": "Ashdown", "dob": "1990-05-03"}, changes or {})
    case = make.case(answers=answers, status=Status.DRAFT, queue=Queue.UNFINISHED)
    case.sealed_summary = None
    return judged(make.session, case, answers, alerts) if alerts else case


def judged(
    session: Session, case: Case, answers: Answers | None = None, alerts: tuple[str, ...] = ()
) -> Case:
    """Judge a case's answers as the intake does, on sending or, with `alerts`, before."""
    draft = Draft.from_json(unseal(session, case, "sealed_answers"))
    on = NOW.date()
    found = judging.judge(
        judging.submitted(answers or draft.answers, on, case.jurisdiction), DEFAULT_RULES, alerts or None
    )
    case_summary = judging.store_screening(act(session, now=NOW), case, found, interim=bool(alerts))
    summary.seal_summary(session, case, draft.answers, case_summary)
    if alerts:
        case.queue, case.waiting_since = Queue.TO_REVIEW, NOW
    session.flush()
    return case
