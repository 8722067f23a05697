"""Acts for tests: a session, and whatever of an act matters to the test."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.core.access import SYSTEM, Actor
from app.core.act import Act, Terms
from tests.factories import NOW


def act(
    session: Session,
    actor: Actor = SYSTEM,
    now: datetime = NOW,
    today: date | None = None,
    terms: Terms | None = None,
) -> Act:
    """One act; `today` is the day of `now`, and the terms are the plain ones, where the test does not say others."""
    return Act(session, actor, now, today or now.date(), terms or Terms())
