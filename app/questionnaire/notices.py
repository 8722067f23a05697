"""Texts that a patient says they have read: what a tick stands for. Versioned, and bound by the signature."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from .countries import Country
from .wording import Translate


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A sentence or a few."""

    text: str
    """Its words."""
    sources: tuple[str, ...] = ()
    """Keys of the works it comes from."""
    only_in: Country | None = None
    """The country it is true of; None for any."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines under a heading."""

    heading: str
    """Its heading."""
    lines: tuple[NoticeLine, ...]
    """Its lines, in order."""
    folds: bool = False
    """Whether a small screen shows the heading alone at first, which then says what matters."""


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage as a patient reads it."""

    heading: str
    """Its heading, translated."""
    lines: tuple[str, ...]
    """Its lines for one country, translated."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One text that patients say they have read."""

    id: str
    """Its id, which is in addresses."""
    version: str
    """A change of any word needs a new one: see tests/questionnaire."""
    dated: str
    """The day of its version."""
    title: str
    """Its title."""
    passages: tuple[Passage, ...]
    """Its passages, in order."""

    def shown(self, jurisdiction: Country, translate: Translate = str) -> tuple[ShownPassage, ...]:
        """Its passages as they are read in a country and a language."""
        return tuple(
            ShownPassage(
                translate(passage.heading),
                tuple(translate(line.text) for line in passage.lines if line.only_in in (None, jurisdiction)),
            )
            for passage in self.passages
        )

    def sources(self, jurisdiction: Country) -> tuple[str, ...]:
        """The keys of its sources in a country, each once, in the order they come."""
        lines = (line for passage in self.passages for line in passage.lines)
        keys = (key for line in lines if line.only_in in (None, jurisdiction) for key in line.sources)
        return tuple(dict.fromkeys(keys))

    def texts(self) -> Iterator[str]:
        """Every text it is made of, in all countries."""
        yield self.title
        for passage in self.passages:
            yield passage.heading
            yield from (line.text for line in passage.lines)


def hash_of_text(title: str, passages: tuple[ShownPassage, ...]) -> str:
    """The hash of a notice as it was shown."""
    lines = (title, *(text for passage in passages for text in (passage.heading, *passage.lines)))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
