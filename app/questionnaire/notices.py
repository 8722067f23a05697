"""Texts that a patient says they have read: what a tick stands for. Versioned, and bound by the signature."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from .countries import Country
from .wording import Translate


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A sentence or a few. `sources`: keys of where it comes from. `only_in`: the country it is true of."""

    text: str
    sources: tuple[str, ...] = ()
    only_in: Country | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines under a heading. `folds`: on a small screen the heading alone is shown at first, and says what matters."""

    heading: str
    lines: tuple[NoticeLine, ...]
    folds: bool = False


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage as a patient reads it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """One text. A change of any word needs a new `version`, and `dated` is its day: see tests/questionnaire."""

    id: str
    version: str
    dated: str
    title: str
    passages: tuple[Passage, ...]

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
