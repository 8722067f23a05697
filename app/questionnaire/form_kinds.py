"""The kinds of form that a patient fills in and sends."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class FormKind(StrEnum):
    """A kind of form, by the word that is stored."""

    INTAKE = "intake"
    READY = "ready"
    CHECK_IN = "checkin"

    @property
    def part(self) -> int | str:
        """The part of the rules that it is judged by, as the case format names it."""
        return _KINDS[self].part

    @property
    def file(self) -> str:
        """The file that an export has of it, without .csv."""
        return _KINDS[self].file

    @property
    def word(self) -> str:
        """What patients and staff call it; looked up in the catalogue where it is shown."""
        return _KINDS[self].word

    @property
    def when(self) -> str:
        """When it is asked, in the words of the data dictionary."""
        return _KINDS[self].when


class _Kind(NamedTuple):
    part: int | str
    file: str
    word: str
    when: str


_KINDS = {
    FormKind.INTAKE: _Kind(1, "cases", "Health check", "Part 1, before the clinic reviews"),
    FormKind.READY: _Kind(2, "ready", "Getting ready", "Part 2, getting ready"),
    FormKind.CHECK_IN: _Kind("followup", "checkin", "Check-in", "The check-in after a session"),
}
