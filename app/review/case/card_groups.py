"""The cards of a case in the groups that its page shows. Plain Python."""

from dataclasses import dataclass

from app.review.case.cards import Card
from app.screening.levels import Level


@dataclass(frozen=True, slots=True)
class CardGroups:
    """The cards of a case, by how they are shown."""

    cards: tuple[Card, ...]
    """All of them: those with something open first, strongest first."""

    @property
    def strong(self) -> list[Card]:
        """The cards with an open flag that somebody has to look at first: they are shown whole."""
        return self._open(Level.URGENT, Level.STOP)

    @property
    def to_look_at(self) -> list[Card]:
        """The cards with an open flag for the clinician's judgement: their titles are shown."""
        return self._open(Level.REVIEW, Level.CONFLICT)

    @property
    def notes(self) -> list[Card]:
        """The cards with open notes alone: they stand behind one line."""
        return self._open(Level.NOTE)

    @property
    def notes_count(self) -> int:
        """How many notes are open."""
        return sum(len(card.open) for card in self.notes)

    @property
    def cleared(self) -> list[Card]:
        """The cards with nothing open."""
        return [card for card in self.cards if not card.open]

    @property
    def to_settle_first(self) -> str:
        """The titles of the open flags without which nobody is suitable, in one line."""
        flags = (flag for card in self.strong for flag in card.open)
        return "; ".join(flag.title for flag in flags if flag.must_settle and flag.open)

    def _open(self, *levels: Level) -> list[Card]:
        return [card for card in self.cards if card.open and card.level in levels]
