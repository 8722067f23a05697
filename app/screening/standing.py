"""Where a case stands: what its flags come to in the queue's columns. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .rules import LEVEL_ORDER, Level
from .settling import MUST_SETTLE

RANK = {Level.URGENT: 0, Level.STOP: 1, Level.REVIEW: 2, Level.CONFLICT: 2, Level.NOTE: 3}
NOTHING = 3
RANK_LEVEL = {0: Level.URGENT, 1: Level.STOP, 2: Level.REVIEW}
"""The level a rank is shown as; nothing for the last."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What counts of one flag. `to_ask`: it stands on the to-ask list."""

    rule: str
    card: str
    level: Level
    raised: bool
    open: bool
    to_ask: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """The queue's columns, reckoned from the flags. `cards`: those with an open flag above a note, strongest first."""

    level_rank: int
    open_stops: int
    to_ask: int
    cards: tuple[str, ...]

    @classmethod
    def of(cls, marks: Iterable[Mark]) -> Standing:
        """Reckon it. Settled flags do not count; neither do those that could not be decided, but for what to ask."""
        every = list(marks)
        standing = sorted(
            (mark for mark in every if mark.raised and mark.open),
            key=lambda mark: (LEVEL_ORDER[mark.level], mark.rule),
        )
        return cls(
            min((RANK[mark.level] for mark in standing), default=NOTHING),
            sum(mark.level in MUST_SETTLE for mark in standing),
            sum(mark.to_ask for mark in every),
            tuple(dict.fromkeys(mark.card for mark in standing if mark.level is not Level.NOTE)),
        )
