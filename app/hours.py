"""The clinic's opening hours. Plain Python: no Flask, no database, no clock."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Self

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class OpeningHours:
    """Opening hours in the clinic's own time."""

    text: str
    """As it was written."""
    spans: tuple[tuple[int, time, time], ...]
    """(weekday with Monday 0, opens, closes), sorted."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "mon-fri 09:00-18:00; sat 10:00-14:00"; raise ValueError with a plain message."""
        spans: list[tuple[int, time, time]] = []
        for part in filter(None, (part.strip() for part in text.lower().split(";"))):
            found = re.fullmatch(r"([a-z]{3})(?:-([a-z]{3}))? (\d\d:\d\d)-(\d\d:\d\d)", part, re.ASCII)
            try:
                if found is None:
                    raise ValueError
                first, last = DAYS.index(found[1]), DAYS.index(found[2] or found[1])
                opens, closes = time.fromisoformat(found[3]), time.fromisoformat(found[4])
                if last < first or closes <= opens:
                    raise ValueError
            except ValueError:
                example = "mon-fri 09:00-18:00; sat 10:00-14:00"
                raise ValueError(f'cannot read "{part}"; write it like "{example}"') from None
            spans += [(day, opens, closes) for day in range(first, last + 1)]
        if not spans:
            raise ValueError("names no day on which the clinic is open")
        return cls(text, tuple(sorted(spans)))

    def closes_at(self, local: datetime) -> datetime | None:
        """When the clinic closes if it is open at `local` (an aware time in the clinic's zone), else None."""
        for day, opens, closes in self.spans:
            if day == local.weekday() and opens <= local.time() < closes:
                return datetime.combine(local.date(), closes, local.tzinfo)
        return None

    def opens_at(self, local: datetime) -> datetime:
        """The next opening after `local` (an aware time in the clinic's zone)."""
        starts = (
            datetime.combine(local.date() + timedelta(days=ahead), opens, local.tzinfo)
            for ahead in range(8)
            for day, opens, _ in self.spans
            if day == (local.weekday() + ahead) % 7
        )
        return next(start for start in starts if start > local)
