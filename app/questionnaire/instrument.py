"""A validated scale: its wording by jurisdiction, its scoring and the names of its ranges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from .countries import Country


@dataclass(frozen=True, slots=True)
class ScoreBand:
    """A named range of totals, both ends included."""

    low: int
    """The lowest total of it."""
    high: int
    """The highest total of it."""
    label: str
    """Its name, as the instrument has it."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What is asked: one form of an instrument."""

    items: tuple[str, ...]
    """The items, in order."""
    responses: tuple[Mapping[int, str], ...]
    """The label of each score: for each item, or one for all."""
    stem: str | None = None
    """The text above the items."""
    stem_after_gate: str | None = None
    """The text above the items after the gate item."""
    help: str | None = None
    """What a word in the items means."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A validated scale: its wording by jurisdiction, bands, codes and licence."""

    name: str
    """Its short name, PHQ-9."""
    long_name: str
    """Its name in full."""
    forms: Mapping[Country | Literal["any"], Wording]
    """Its wording by country, or under "any" for all."""
    highest: int
    """The highest total."""
    bands: tuple[ScoreBand, ...]
    """The named ranges of the total, lowest first."""
    look_back_days: int | None
    """How many days back it asks; None where it asks of no time."""
    licence: str
    """On what terms it may be used."""
    sources: tuple[str, ...]
    """Keys of the works it comes from."""
    loinc: Mapping[str, str] = field(default_factory=dict)
    """Its LOINC codes, by what they name."""
    never_item: int | None = None
    """The item, from 1, whose 0 makes the whole total 0 (AUDIT-C: never drinks)."""
    gate_item: int | None = None
    """The item, from 1, that only opens the others: its 0 makes the total 0, and it does not count (PC-PTSD-5)."""
    mean: bool = False
    """Whether the total is the mean of the items (PEG)."""

    def wording(self, jurisdiction: Country) -> Wording:
        """The form used in a jurisdiction."""
        return self.forms.get(jurisdiction) or self.forms["any"]

    @property
    def item_count(self) -> int:
        """How many items a stored answer holds."""
        return len(next(iter(self.forms.values())).items)

    def above(self, jurisdiction: Country) -> tuple[str, ...]:
        """The texts above the first item: the stem, and what a word in the items means."""
        wording = self.wording(jurisdiction)
        return tuple(text for text in (wording.stem, wording.help) if text)

    def stem_of(self, item: int, jurisdiction: Country) -> str:
        """What begins an item's sentence; items that a gate opens share one."""
        opened = self.gate_item is not None and item > self.gate_item
        return (self.wording(jurisdiction).stem_after_gate or "") if opened else ""

    def asked(self, item: int, jurisdiction: Country) -> str:
        """Item 1, 2, ... as a whole sentence, what begins it included."""
        stem, text = self.stem_of(item, jurisdiction), self.wording(jurisdiction).items[item - 1]
        return f"{stem} {text}" if stem else text

    def choices(self, item: int, jurisdiction: Country = Country.US) -> Mapping[int, str]:
        """The responses of item 1, 2, ...: score to label."""
        responses = self.wording(jurisdiction).responses
        return responses[0] if len(responses) == 1 else responses[item - 1]

    def words(self, total: float) -> str:
        """A total in words, with its band: 14 of 27, moderate."""
        band = self.band(total)
        return f"{self.shown(total)} of {self.highest}" + (f", {band}" if band else "")

    def total(self, scores: Sequence[int | None]) -> float | None:
        """The total score, not rounded, or None when an item is blank."""
        settles = self.never_item or self.gate_item
        if settles is not None and scores[settles - 1] == 0:
            return 0
        counted = [score for item, score in enumerate(scores, 1) if item != self.gate_item]
        if None in scores:
            return None
        total = sum(score for score in counted if score is not None)
        return total / len(counted) if self.mean else total

    def shown(self, total: float) -> str:
        """The total as text: a mean with one decimal, a sum as it is."""
        return f"{total:.1f}" if self.mean else f"{total}"

    def band(self, total: float | None) -> str | None:
        """The published name of the band the total falls in; None when there is none."""
        if total is None:
            return None
        return next((band.label for band in self.bands if band.low <= total <= band.high), None)
