"""Phrases of mention_words as regular expressions, found by how their first two words begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from .mention_words import NO

_COUNT = (
    "[0-9]{1,2}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|few|couple|several|many|some"
    "|un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|veinte|unos|varios|muchos"
)
_NUMBERS = {
    "#teen": "(?:[89]|1[0-7])",
    "#count": f"(?:{_COUNT})",
    "#many": "(?:[5-9]|[1-9][0-9])",
    "#pressure": "[0-9]{2,3}",
    "#year": "(?:19|20)[0-9]{2}",
}
_GAPS = {"..": r"(?: \w+){0,4}?", ".": r"(?: \w+)?", "$": "$"}


def _option(written: str) -> str:
    """One of the words that may stand at a place; an underscore stands between words that go together."""
    return " ".join(
        _NUMBERS.get(word) or re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")
        for word in written.split("_")
    )


def _regex(phrase: str) -> str:
    """A phrase of mention_words as a regular expression over folded words with one space between."""
    written, space = "", ""
    for word in phrase.split():
        options = "|".join(map(_option, word.strip("[]").split("|")))
        if word in _GAPS:
            written += _GAPS[word]
        elif not word.startswith("["):
            written += f"{space}(?:{options})"
            space = " "
        elif space:
            written += f"(?: (?:{options}))?"
        else:
            written += f"(?:(?:{options}) )?"
    return written + r"(?!\w)"


class _Phrase(NamedTuple):
    """A phrase and the name it goes by."""

    name: str
    denials: frozenset[str]
    """The denials that are part of it."""
    written: str

    def matcher(self) -> tuple[str, frozenset[str], re.Pattern[str]]:
        return self.name, self.denials, _compiled(_regex(self.written))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


class Phrases:
    """Named phrases, each found by how its first two words begin: a text without such words costs next to nothing.

    Takes pairs of name and phrase. There are thousands, so each is compiled when two words first begin as it does.
    """

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._by_start: dict[tuple[str, str], list[_Phrase]] = {}
        self._beginning = lru_cache(maxsize=20_000)(self._that_begin)
        for name, written in phrases:
            phrase = _Phrase(name, NO.intersection(re.split(r"[ \[\]|_]+", written)), written)
            for start in dict.fromkeys(_starts(written.split())):
                self._by_start.setdefault(start, []).append(phrase)

    def at(
        self, joined: str, offset: int, word: str, following: str
    ) -> list[tuple[str, frozenset[str], int]]:
        """The phrases that begin with the word at `offset`: name, the denials that are part of it, where it ends."""
        return [
            (name, denials, match.end())
            for name, denials, pattern in self._beginning(f"{word} "[:3], f"{following} "[:2])
            if (match := pattern.match(joined, offset))
        ]

    def _that_begin(self, first: str, second: str) -> tuple[tuple[str, frozenset[str], re.Pattern[str]], ...]:
        """The phrases of which the first word may begin with these three letters, and the next with these two."""
        found = dict.fromkeys(
            phrase
            for letters in range(1, len(first) + 1)
            for more in range(len(second) + 1)
            for phrase in self._by_start.get((first[:letters], second[:more]), ())
        )
        return tuple(phrase.matcher() for phrase in found)


def _starts(words: list[str]) -> Iterator[tuple[str, str]]:
    """How the first two words of a phrase may begin: three letters of one, two of the other or none for any."""
    following = list(_letters(words[1:]))
    for option in words[0].split("|"):
        first, *more = option.split("_")
        for letters in _key(first, 3):
            for second in _key(more[0], 2) if more else following:
                yield letters, second


def _letters(words: list[str]) -> Iterator[str]:
    for word in words:
        if word in _GAPS:
            break
        for option in word.strip("[]").split("|"):
            yield from _key(option.split("_")[0], 2)
        if not word.startswith("["):
            return
    yield ""


def _key(word: str, letters: int) -> tuple[str, ...]:
    if word.startswith("#"):
        # A number begins with any digit, and a small one as it is written in words.
        words = _COUNT.split("|")[1:] if word == "#count" else []
        return tuple({*"0123456789", *(f"{one} "[:letters] for one in words)})
    # A space ends a whole word: "a" begins no other.
    return ((word.removesuffix("*") if word.endswith("*") else f"{word} ")[:letters],)


def any_phrase(phrases: Iterable[str]) -> re.Pattern[str]:
    """The regular expression that finds any of the phrases in folded words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_regex, phrases))})")
