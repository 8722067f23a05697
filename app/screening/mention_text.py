"""A text as it is searched for mentions: its words without capitals, accents and slips, and its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import accumulate, chain
from typing import NamedTuple
from unicodedata import ucd_3_2_0 as unicode_3_2

from rapidfuzz.distance import OSA

from .mention_words import MISSPELLED, NOT_MISSPELLED, SHORT

_LETTERS = {"N": "no", "Y": "yes"}
"""Capital letters that stand for an answer."""
_BY_LETTER: dict[str, list[str]] = {}
for _right in sorted(MISSPELLED):
    _BY_LETTER.setdefault(_right[0], []).append(_right)


@lru_cache(maxsize=5_000)
def plain_and_folded(word: str) -> tuple[str, str]:
    """A word in small letters without accents and apostrophes, and what it is compared as; "" for no word."""
    plain = unicode_3_2.normalize("NFKD", re.sub("['\u2019`´](?:s|d)$", "", word))
    plain = _LETTERS.get(word) or re.sub(r"[^a-z0-9]", "", plain.lower())
    return plain, _fold(plain)


def _fold(plain: str) -> str:
    """What a plain word is compared as: a long word that is nearly one we look for becomes that."""
    if len(plain) < 6 or plain in MISSPELLED or plain in NOT_MISSPELLED:
        return SHORT.get(plain, plain)
    allowed = 2 if len(plain) > 9 else 1
    near = [
        right
        for right in _BY_LETTER.get(plain[0], ())
        if abs(len(right) - len(plain)) <= allowed
        and OSA.distance(plain, right, score_cutoff=allowed) <= allowed
    ]
    return min(near, key=lambda right: (OSA.distance(plain, right), right)) if near else plain


class Word(NamedTuple):
    """A word as it is compared, and where it stands."""

    folded: str
    """The word as it is compared."""
    plain: str
    """The word in small letters without accents, its slips kept: as names are compared."""
    start: int
    """Where it begins in the text."""
    end: int
    """Where it ends."""
    ends: str
    """The sign that ended a sentence before it; "" within a sentence."""
    comma: bool
    """Whether a comma, or what stands for one, comes before it."""


class Match(NamedTuple):
    """A phrase that was found in a text."""

    subject: str
    """The subject whose phrase it is."""
    first: int
    """The number of its first word."""
    last: int
    """The number of its last word."""
    denials: frozenset[str] = frozenset()
    """The denials that are part of it."""
    is_name: bool = False
    """Whether it is a medicine's name."""


class WrittenText:
    """One text, word by word."""

    def __init__(self, text: str) -> None:
        self.text = text
        pairs = {*chain.from_iterable(map(_plain_and_folded_words, {*text.split()}))}
        self.plain = {plain for plain, _ in pairs}
        """Every word it has, as names are compared."""
        self.folded = {folded for _, folded in pairs}
        """Every word it has, as it is compared."""

    @cached_property
    def words(self) -> list[Word]:
        """Its words, in their order."""
        return list(_words(self.text))

    @cached_property
    def joined(self) -> str:
        """Its folded words, with one sign between two, so that no phrase reaches over the end of a sentence."""
        return "".join(("\n" if word.ends else " ") + word.folded for word in self.words)[1:]

    @cached_property
    def offsets(self) -> list[int]:
        """Where each word begins in the joined text."""
        return [0, *accumulate(len(word.folded) + 1 for word in self.words)][:-1]

    @cached_property
    def place(self) -> Mapping[int, int]:
        """Where a word ends in the joined text, to its number."""
        return {
            offset + len(word.folded): number
            for number, (offset, word) in enumerate(zip(self.offsets, self.words, strict=True))
        }

    def before(self, first: int, reach: int) -> Iterator[int]:
        """The words before one, nearest first, within its sentence."""
        for number in range(first - 1, max(-1, first - 1 - reach), -1):
            if self.words[number + 1].ends:
                return
            yield number

    def after(self, last: int, reach: int) -> str:
        """The words after one, within its sentence."""
        return self.between(last + 1, min(self.sentence_end(last), last + reach) + 1)

    def ahead(self, first: int, reach: int) -> str:
        """The words before one, in their order, within its sentence."""
        return self.between(min(self.before(first, reach), default=first), first)

    def between(self, begin: int, end: int) -> str:
        """The words from one to another, which is left out."""
        return " ".join(word.folded for word in self.words[begin:end])

    def sentence_end(self, number: int) -> int:
        """The last word of the sentence of a word."""
        while number + 1 < len(self.words) and not self.words[number + 1].ends:
            number += 1
        return number

    def sentence_begin(self, number: int) -> int:
        """The first word of the sentence of a word."""
        while number and not self.words[number].ends:
            number -= 1
        return number

    def quoted(self, first: int, last: int, letters: int) -> str:
        """The clause around these words, as typed, of about so many letters."""
        begin, end = first, last
        while begin and not self.words[begin].ends and self._long(begin - 1, end) <= letters:
            begin -= 1
        while (
            end + 1 < len(self.words)
            and not self.words[end + 1].ends
            and self._long(begin, end + 1) <= letters
        ):
            end += 1
        return self.text[self.words[begin].start : self.words[end].end]

    def _long(self, begin: int, end: int) -> int:
        return self.words[end].end - self.words[begin].start


_WORD = re.compile(r"(?:w/o|b/c|h/o|r/o|c/o|s/p|n/a|a&e)(?!\w)|[^\W_]+(?:['\u2019`´][^\W_]+)*", re.I)
_END = re.compile(r"[.;!?\n]")
_COMMA = re.compile(r"[,:()/\u2013\u2014]|\s-+\s|--")


@lru_cache(maxsize=5_000)
def _plain_and_folded_words(piece: str) -> tuple[tuple[str, str], ...]:
    """The words of what stands between two spaces: most often one."""
    pairs = map(plain_and_folded, _WORD.findall(piece))
    return tuple((plain, folded) for plain, folded in pairs if plain)


def _words(text: str) -> Iterator[Word]:
    last = 0
    for found in _WORD.finditer(text):
        plain, folded = plain_and_folded(found.group())
        if plain:
            start, end = found.span()
            gap = text[last:start]
            # Most words stand one space apart.
            if gap == " ":
                yield Word(folded, plain, start, end, "", False)
            else:
                ended = _END.search(gap) if last else None
                sign = ("?" if "?" in gap else ended.group()) if ended else ""
                yield Word(folded, plain, start, end, sign, bool(_COMMA.search(gap)))
            last = end
