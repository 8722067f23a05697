"""What the queue shows of a case, sealed in one small value, so that a list of fifty opens one for each."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.models import Case, seal, unseal
from app.questionnaire.answers import STATES, Answer, Answers
from app.screening.case_summary import CaseSummary


def seal_summary(session: Session, case: Case, answers: Answers, case_summary: CaseSummary) -> None:
    """Seal the name, birth date and reasons of the patient with the cards of the case."""
    seal(
        session,
        case,
        "sealed_summary",
        _named(answers)
        | {
            "wants": _wants(answers.get("reasons")),
            "cards": list(case_summary.cards),
            "not_known": list(case_summary.not_known),
        },
    )


def update_name(session: Session, case: Case, answers: Answers) -> None:
    """Bring the name and birth date in the summary up to date, where there is a summary."""
    if case.sealed_summary is not None:
        seal(session, case, "sealed_summary", unseal(session, case, "sealed_summary") | _named(answers))


def _wants(reasons: Answer) -> list[str]:
    """The reasons picked, as codes; of those that were asked one by one, the ones with a yes."""
    if isinstance(reasons, dict):
        return [code for code, said in reasons.items() if said == "yes"]
    return reasons if isinstance(reasons, list) else []


def _named(answers: Answers) -> dict[str, Any]:
    return {
        "called": answers.get("preferred_name") or answers.get("first_name"),
        "last_name": last if (last := answers.get("last_name")) not in STATES else None,
        "dob": answers.get("dob"),
    }
