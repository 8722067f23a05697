"""The rank of a case in the queue, its counts, and whether a flag blocks "suitable". Plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .cards import flag_place
from .levels import Level
from .settling import MUST_SETTLE
from .to_ask import to_ask_items

RANK = {Level.URGENT: 0, Level.STOP: 1, Level.REVIEW: 3, Level.CONFLICT: 3, Level.NOTE: 4}
NOT_KNOWN = 2
"""The rank of a case in which an urgent or stop rule waits for an answer: below a raised stop, above review."""
NOTHING = 4
RANK_MARK = {0: "urgent", 1: "stop", NOT_KNOWN: "unknown", 3: "review"}
"""The mark a rank is shown with; nothing for the last."""


@dataclass(frozen=True, slots=True)
class FlagCount:
    """One flag, as it is counted for the queue."""

    rule: str
    """The slug of its rule."""
    card: str
    """The id of its card."""
    level: Level
    """How soon it asks for a person."""
    raised: bool
    """False when the rule could not be decided."""
    open: bool
    """Whether it is not settled."""
    unknown: tuple[str, ...] = ()
    """Keys of the facts that leave an undecided rule open."""
    ask: str | None = None
    """Its sentence for the to-ask list."""
    held: bool = False
    """Whether it is settled with a reason that keeps "suitable" blocked."""

    @property
    def blocks_suitable(self) -> bool:
        """Whether nobody can be marked suitable before it is settled, or answered. An unknown is never a no."""
        return (self.open or self.held) and self.level in MUST_SETTLE

    @property
    def rank(self) -> int:
        """Its place in the queue. What was urgent and is held was seen to, and nobody need be reached for it now: it
        ranks as the stop that it still is.
        """
        if not self.raised:
            return NOT_KNOWN if self.blocks_suitable else NOTHING
        return RANK[self.level] if self.open else RANK[Level.STOP]


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """The queue's columns of one case, worked out from its flags."""

    level_rank: int
    """The place in the queue; lower is sooner."""
    open_stops: int
    """How many flags block "suitable", raised or not known."""
    to_ask: int
    """How many lines the to-ask list has."""
    cards: tuple[str, ...]
    """Cards with a flag above a note, strongest first."""
    not_known: tuple[str, ...]
    """Cards with an urgent or stop rule that waits for an answer, strongest first."""

    @classmethod
    def of(cls, marks: Iterable[FlagCount]) -> CaseSummary:
        """Reckon it. Settled flags do not count, unless they keep "suitable" blocked."""
        still = sorted(
            (mark for mark in marks if mark.open or mark.blocks_suitable),
            key=lambda mark: flag_place(mark.level, mark.card, mark.rule),
        )
        raised = [mark for mark in still if mark.raised]
        waiting = [mark for mark in still if not mark.raised]
        grave = [mark for mark in waiting if mark.blocks_suitable]
        return cls(
            min((mark.rank for mark in still), default=NOTHING),
            sum(mark.blocks_suitable for mark in still),
            len(to_ask_items(waiting)),
            tuple(dict.fromkeys(mark.card for mark in raised if mark.level is not Level.NOTE)),
            tuple(dict.fromkeys(mark.card for mark in grave)),
        )
