"""The countries whose clinics use this: each has its own rules, crisis numbers, units and English."""

from __future__ import annotations

from enum import StrEnum


class Country(StrEnum):
    """A country by its code, as it is stored and as settings and case files write it."""

    US = "US"
    UK = "UK"

    @property
    def date_order(self) -> str:
        """The order of the boxes of a date: mdy or dmy."""
        return "mdy" if self is Country.US else "dmy"

    @property
    def english(self) -> str:
        """The locale of its English."""
        return "en" if self is Country.US else "en_GB"
