"""Phrases of mention_words found in a text by whole words.

There are thousands, and most texts hold none. So each phrase waits under the rarest words of its places: where a text
has none of these, the phrase costs nothing. Where it has one, it must have a word of each other place too, and only
then does the phrase's regular expression run.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from operator import itemgetter

from .mention_patterns import GAPS, NUMBERS, pattern
from .mention_text import Match, WrittenText
from .mention_words import NO

_NUMBERS = {name: re.compile(written) for name, written in NUMBERS.items()}


class _Phrase:
    """A phrase and the name it goes by."""

    def __init__(self, name: str, written: str) -> None:
        self.name = name
        self.written = written

    @cached_property
    def denials(self) -> frozenset[str]:
        """The denials that are part of it."""
        return NO.intersection(re.split(r"[ \[\]|_]+", self.written))

    @cached_property
    def begins(self) -> frozenset[str]:
        """The words that may be its first."""
        begins: list[str] = []
        for place in self.written.split():
            begins += (option.split("_")[0] for option in place.strip("[]").split("|"))
            if not place.startswith("["):
                break
        return frozenset(begins)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Its regular expression. It is made when a text first has a word of each of its places."""
        return re.compile(pattern(self.written))

    def places(self) -> Iterator[str]:
        """What may stand at each of its places of which none may be left out."""
        return (
            place.strip("[]")
            for place in self.written.split()
            if place not in GAPS and not place.startswith("[")
        )


class Phrases:
    """Named phrases, found in a text by the words that it has. Takes pairs of name and phrase."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._phrases = [_Phrase(name, written) for name, written in phrases]
        self._kinds = lru_cache(maxsize=5_000)(self._kinds_of)

    def found(self, text: WrittenText) -> Iterator[Match]:
        """Each phrase that stands in a text, once for each word that it begins with."""
        kinds: set[str] = set().union(*map(self._kinds, text.folded))
        waiting = self._waiting
        candidates = {
            phrase: None
            for kind in waiting.keys() & kinds
            for phrase, needs in waiting[kind]
            if not any(map(kinds.isdisjoint, needs))
        }
        if not candidates:
            return
        numbers: dict[str, list[int]] = {}
        for number, word in enumerate(text.words):
            for kind in self._kinds(word.folded):
                numbers.setdefault(kind, []).append(number)
        for phrase in candidates:
            for number in {number for kind in phrase.begins & numbers.keys() for number in numbers[kind]}:
                match = phrase.regex.match(text.joined, text.offsets[number])
                if match and (last := text.place.get(match.end())) is not None:
                    yield Match(phrase.name, number, last, phrase.denials)

    def _kinds_of(self, folded: str) -> frozenset[str]:
        """What a word is in phrases: itself, and each `begin*` and `#number` that it fits."""
        begins = (f"{folded[:letters]}*" for letters in range(1, len(folded) + 1))
        kinds = {folded, *begins} & self._vocabulary
        return frozenset(kinds.union(name for name, number in _NUMBERS.items() if number.fullmatch(folded)))

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        """Every word of the phrases."""
        return frozenset(re.findall(r"[^ |_\[\]]+", " ".join(phrase.written for phrase in self._phrases)))

    @cached_property
    def _waiting(self) -> Mapping[str, Sequence[tuple[_Phrase, Sequence[frozenset[str]]]]]:
        """Each phrase, and what else it needs, under every word of the place whose words are in the fewest phrases."""
        often: Counter[str] = Counter()
        for place, times in Counter(place for phrase in self._phrases for place in phrase.places()).items():
            for word in re.split(r"[|_]", place):
                often[word] += times

        @cache
        def needed(place: str) -> tuple[int, frozenset[str]]:
            """The rarest word of each option of a place, and how often they occur."""
            rarest = frozenset(
                min(option.split("_"), key=often.__getitem__) if "_" in option else option
                for option in place.split("|")
            )
            return sum(map(often.__getitem__, rarest)), rarest

        waiting: dict[str, list[tuple[_Phrase, Sequence[frozenset[str]]]]] = {}
        for phrase in self._phrases:
            (_, rarest), *others = sorted(map(needed, phrase.places()), key=itemgetter(0))
            waits = phrase, [words for _, words in others]
            for word in rarest:
                waiting.setdefault(word, []).append(waits)
        return waiting
