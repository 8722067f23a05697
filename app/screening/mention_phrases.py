"""Phrases of mention_words as regular expressions, and the folded words they are looked for in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from unicodedata import ucd_3_2_0 as unicode_3_2

from rapidfuzz.distance import OSA

from .mention_words import MISSPELLED, NO, NOT_MISSPELLED

_NUMBERS = {
    "#teen": "(?:[89]|1[0-7])",
    "#count": "[0-9]{1,2}",
    "#many": "(?:[5-9]|[1-9][0-9])",
    "#pressure": "[0-9]{2,3}",
}


@lru_cache(maxsize=5_000)
def fold(word: str) -> str:
    """Small letters without accents and apostrophes; a long word that is nearly one we look for becomes that."""
    plain = unicode_3_2.normalize("NFKD", re.sub("['\u2019`´](?:s|d)$", "", word))
    plain = re.sub(r"[^a-z0-9]", "", plain.lower())
    if len(plain) < 6 or plain in MISSPELLED or plain in NOT_MISSPELLED:
        return plain
    allowed = 2 if len(plain) > 9 else 1
    near = [
        right
        for right in _BY_LETTER.get(plain[0], ())
        if OSA.distance(plain, right, score_cutoff=allowed) <= allowed
    ]
    return min(near, key=lambda right: (OSA.distance(plain, right), right)) if near else plain


_BY_LETTER: dict[str, list[str]] = {}
for _right in sorted(MISSPELLED):
    _BY_LETTER.setdefault(_right[0], []).append(_right)


def _regex(phrase: str) -> str:
    """A phrase of mention_words as a regular expression over folded words with one space between."""
    written = ""
    for place, word in enumerate(phrase.split()):
        if word == "..":
            written += r"(?: \w+){0,4}?"
            continue
        optional = word.startswith("[")
        options = "|".join(
            _NUMBERS.get(option)
            or re.escape(option.removesuffix("*")) + (r"\w*" if option.endswith("*") else "")
            for option in word.strip("[]").split("|")
        )
        space = " " if place else ""
        written += f"(?:{space}(?:{options}))?" if optional else f"{space}(?:{options})"
    return written + r"(?!\w)"


_Phrase = tuple[str, frozenset[str], re.Pattern[str]]
"""The name of a phrase, the denials that are part of it, and what finds it."""
_Written = tuple[str, frozenset[str], str]
"""The same, with what finds it as text."""


class Phrases:
    """Named phrases, each found by how its first word begins: a text without such words costs next to nothing.

    Takes pairs of name and phrase. There are some 1,800, so each is compiled when a word first begins as it does.
    """

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._by_start: dict[str, list[_Written]] = {}
        self._beginning = lru_cache(maxsize=2_000)(self._that_begin)
        for name, phrase in phrases:
            denials = NO.intersection(re.split(r"[ \[\]|]+", phrase))
            for first in phrase.split()[0].split("|"):
                pattern = _regex(f"{first} {phrase.partition(' ')[2]}".strip())
                # A number begins with any digit; a word with its first letters.
                for key in "0123456789" if first.startswith("#") else (first.removesuffix("*")[:3],):
                    self._by_start.setdefault(key, []).append((name, denials, pattern))

    def at(self, joined: str, offset: int, word: str) -> Iterator[tuple[str, frozenset[str], int]]:
        """The phrases that begin with the word at `offset`: name, the denials that are part of it, where it ends."""
        for name, denials, pattern in self._beginning(word[:3]):
            if match := pattern.match(joined, offset):
                yield name, denials, match.end()

    def _that_begin(self, letters: str) -> tuple[_Phrase, ...]:
        """The phrases of which the first word may begin with these letters, three at most."""
        starts = (letters[:length] for length in range(1, len(letters) + 1))
        return tuple(
            (name, denials, _compiled(pattern))
            for start in starts
            for name, denials, pattern in self._by_start.get(start, ())
        )

    def begin(self, word: str) -> bool:
        """Whether any phrase may begin with the word: with most words none does."""
        return bool(self._beginning(word[:3]))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def any_phrase(phrases: Iterable[str]) -> re.Pattern[str]:
    """The regular expression that finds any of the phrases in folded words."""
    return re.compile("|".join(map(_regex, phrases)))
