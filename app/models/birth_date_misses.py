"""Wrong birth dates: how many pause a form, and when a pause ends."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime

MOST_MISSES = 5
PAUSES = (timedelta(hours=1), timedelta(hours=4), timedelta(days=1), timedelta(days=7))
"""How long the first, second, third and every further pause lasts, until a right date is given. So nobody tries more
than 40 dates in the 30 days that a cookie, a link and a draft last, of some thousands that are likely.
"""


def pause_ends(since: datetime, pauses: int) -> datetime:
    """When the pause that began at `since` ends, being the first, second... in a row."""
    return since + PAUSES[min(max(pauses, 1), len(PAUSES)) - 1]


class BirthDateMisses(Base):
    """Wrong birth dates given for a case in the browser that holds it.

    Apart from the case: a try at its door changes nothing that a clinician is deciding on.
    """

    __tablename__ = "case_door"
    __table_args__ = (CheckConstraint("misses >= 0", name="misses_counted"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    misses: Mapped[int] = mapped_column(default=0)
    """Wrong dates in a row."""
    missed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    """When the last of them was given."""

    @property
    def pause_ends(self) -> datetime | None:
        """When the pause that the wrong dates brought ends; None when there is none."""
        if self.missed_at is None or self.misses % MOST_MISSES or not self.misses:
            return None
        return pause_ends(self.missed_at, self.misses // MOST_MISSES)

    def is_paused(self, now: datetime) -> bool:
        """Whether no date is taken now."""
        return self.pause_ends is not None and now < self.pause_ends
