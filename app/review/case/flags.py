"""A stored flag, opened, and how it was settled. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.screening.case_summary import FlagCount
from app.screening.levels import Level
from app.screening.rulebook import RULEBOOK
from app.screening.settling import (
    MUST_SETTLE,
    WAITS_FOR_ANSWER,
    reason_stored,
)


@dataclass(frozen=True, slots=True)
class Settlement:
    """One time that a flag was settled."""

    by: str
    """The name of who settled it."""
    at: datetime
    """When it was settled, aware."""
    reason: str
    """The reason in words; its code where it is on no list any more."""
    note: str
    """The note with it; may be ""."""
    clears: bool
    """Whether the reason lets the patient be marked suitable."""
    code: str = ""
    """The reason's code, as stored."""


@dataclass(frozen=True, slots=True)
class StoredFlag:
    """A flag as it is stored, opened."""

    id: UUID
    """The flag's id."""
    revision: int
    """Counts its changes."""
    rule: str
    """The slug of its rule."""
    level: Level
    """How soon it asks for a person."""
    card: str
    """The id of the card that it is shown on."""
    raised: bool
    """False for a rule that could not be decided."""
    open: bool
    """Whether it is not settled."""
    evidence: Mapping[str, Any]
    """As sealed with the flag: {"because", "unknown", "ask", …}; see app/records."""
    settlements: tuple[Settlement, ...] = ()
    """Oldest first."""
    broken: bool = False
    """Its evidence or a note of it cannot be read: the rest is what its row says."""

    @property
    def unknown(self) -> tuple[str, ...]:
        """The facts that leave it undecided."""
        return tuple(self.evidence.get("unknown") or ())

    @property
    def ask(self) -> str | None:
        """The rule's own sentence for the to-ask list."""
        return self.evidence.get("ask")

    @property
    def held(self) -> Settlement | None:
        """The settlement in force, if it keeps "suitable" blocked."""
        last = self.settlements[-1] if self.settlements and not self.open else None
        return last if last and not last.clears else None

    @property
    def carried(self) -> bool:
        """Whether a condition may carry it: it is not known, may be grave, and somebody still looks for the answer."""
        waits = self.open or (self.held is not None and self.held.code in WAITS_FOR_ANSWER)
        return not self.raised and self.level in MUST_SETTLE and waits

    def mark(self) -> FlagCount:
        """What counts of it in the queue."""
        return FlagCount(
            self.rule,
            self.card,
            self.level,
            self.raised,
            self.open,
            self.unknown,
            self.ask,
            self.held is not None,
        )


def settlement(rule: str, card: str, by: str, at: datetime, code: str, note: str) -> Settlement:
    """A settlement as stored, in words. A reason that is on no list any more keeps its code, and clears nothing."""
    known = reason_stored(rule, card, code)
    return Settlement(by, at, known.words if known else code, note, known.clears if known else False, code)


def titles(rules: Iterable[str]) -> str:
    """The titles of some rules, in one line."""
    return "; ".join(map(title_of, rules))


def title_of(slug: str) -> str:
    """A rule's title; its slug when it is no longer in the rulebook."""
    rule = RULEBOOK.by_slug.get(slug)
    return rule.title if rule else slug
