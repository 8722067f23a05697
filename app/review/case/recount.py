"""Bringing the queue's columns and a case's sealed summary in step with its flags."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.core import damage
from app.models import Case, answers_of, seal, unseal
from app.records import summary
from app.review.case.stored import latest_screening, read_flags
from app.screening.case_summary import CaseSummary


def recount(session: Session, case: Case) -> bool:
    """Bring the queue's columns and card names in step with the flags. Whether anything was not in step."""
    flags = list(read_flags(session, latest_screening(session, case)))
    case_summary = CaseSummary.of(flag.mark() for flag in flags)
    before = (case.level_rank, case.open_stop_count, case.to_ask_count)
    case.level_rank, case.open_stop_count, case.to_ask_count = (
        case_summary.level_rank,
        case_summary.open_stops,
        case_summary.to_ask,
    )
    stale = _update_summary(session, case, case_summary)
    return stale or before != (case.level_rank, case.open_stop_count, case.to_ask_count)


def _update_summary(session: Session, case: Case, case_summary: CaseSummary) -> bool:
    """Bring the card names of a case's summary in step; one that cannot be read is made anew. Whether it was needed."""
    if case.sealed_summary is None:
        return False
    try:
        stored = dict(unseal(session, case, "sealed_summary"))
    except damage.READ_ERRORS as error:
        damage.log_unreadable("case.sealed_summary", case.id, error, case.id)
        try:
            summary.seal_summary(session, case, answers_of(session, case), case_summary)
        except damage.READ_ERRORS:
            return False  # nothing to make it of: it stays as it is, for a backup to mend
        return True
    shown = {"cards": list(case_summary.cards), "not_known": list(case_summary.not_known)}
    if all(stored.get(name, []) == cards for name, cards in shown.items()):
        return False
    seal(session, case, "sealed_summary", stored | shown)
    return True
