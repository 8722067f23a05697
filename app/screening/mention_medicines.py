"""Medicines whose name alone mentions a subject: cancer medicines, theophylline, and what a reaction was to.

Names are those of the medicine tables and of the wide list, exact ones only. An anesthetic or a steroid is a mention
when words of a reaction stand near it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from .medicines import MEDICINES, Medicine, medicines_called, normalise
from .mention_patterns import any_phrase
from .mention_text import Match, WrittenText
from .mention_words import MEDICINE_CLASSES, ORDINARY_WORDS, REACTIONS
from .wide_names import wide_lines

FEWEST_LETTERS = 5
"""How many letters a name of one word must have: shorter ones are words too often."""
REACH = 7
"""How many words away a reaction still belongs to a medicine."""

_REACTION = any_phrase(REACTIONS)


def medicine_matches(text: WrittenText) -> Iterator[Match]:
    """The names in a text that mention a subject."""
    names = _subjects()
    if names.keys().isdisjoint(text.plain):
        return
    for number, word in enumerate(text.words):
        for length, subjects in names.get(word.plain, ()):
            last = number + len(length) - 1
            if last < len(text.words) and length == tuple(one.plain for one in text.words[number : last + 1]):
                for subject, near in subjects:
                    if not near or _reaction_near(text, number, last):
                        yield Match(subject, number, last, is_name=True)


def _reaction_near(text: WrittenText, first: int, last: int) -> bool:
    return bool(_REACTION.search(text.ahead(first, REACH)) or _REACTION.search(text.after(last, REACH)))


_Named = tuple[tuple[str, ...], tuple[tuple[str, bool], ...]]
"""The words of a name, and the subjects it mentions: each with whether words of a reaction must stand near."""


@cache
def _subjects() -> Mapping[str, tuple[_Named, ...]]:
    """First word of a name to the names that begin with it."""
    found: dict[str, dict[tuple[str, ...], tuple[tuple[str, bool], ...]]] = {}
    for name, medicines in _names():
        words = tuple(name.split())
        is_a_name = (len(words) > 1 or len(name) >= FEWEST_LETTERS) and name not in ORDINARY_WORDS
        if is_a_name and (subjects := _mentioned(medicines)):
            found.setdefault(words[0], {})[words] = subjects
    return {first: tuple(names.items()) for first, names in found.items()}


def _names() -> Iterator[tuple[str, tuple[Medicine, ...]]]:
    """Every name with a class, normalised, with the medicines it stands for."""
    for medicine in MEDICINES:
        if medicine.classes and not medicine.only_a_kind:
            for name in medicine.names:
                yield normalise(name), (medicine,)
    for line in wide_lines():
        yield line.name, medicines_called(line.name)


def _mentioned(medicines: tuple[Medicine, ...]) -> tuple[tuple[str, bool], ...]:
    classes = {one for medicine in medicines for one in medicine.classes}
    return tuple(
        (subject, near)
        for subject, (named, near) in MEDICINE_CLASSES.items()
        if not classes.isdisjoint(named)
    )
