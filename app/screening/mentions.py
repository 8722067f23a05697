"""What patients write in boxes for something else: the subjects of the stop and urgent rules, in their own words.

A net under the questions, never a replacement: it reads words, not meaning. A thing that is clearly denied ("never had
a seizure"), feared, or had by somebody else is no mention; what a blood relative had belongs to the family. The words
are in mention_words, and how well they catch is measured in docs/free-text.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from .mention_phrases import Phrases, any_phrase, fold
from .mention_words import (
    DENIED_AFTER,
    DENIERS_BEFORE,
    ENDS_DENIAL,
    FEARS,
    NO,
    NO_DENIAL,
    OTHERS,
    RELATIVES,
    SELF,
    STILL_TRUE,
    SUBJECTS,
)

QUOTED = 80
"""Letters of a quotation, about."""
DENIAL_REACH, PERSON_REACH, FEAR_REACH, AFTER_REACH = 8, 8, 5, 5
"""How many words away a denial, a person, a fear, or what denies a thing after it, still belongs to it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A subject and the words that mention it, exactly as they were typed."""

    subject: str
    """The subject's id."""
    words: str
    """The words, exactly as they were typed."""


class _Word(NamedTuple):
    """A word as it is compared, and where it stands. `ends`: a sentence ends before it; `comma`: a comma does."""

    folded: str
    start: int
    end: int
    ends: bool
    comma: bool


@lru_cache(maxsize=500)
def mentions(text: str) -> tuple[Mention, ...]:
    """The subjects that a text mentions, each once, in the order of the words.

    Few texts are kept: a page is judged again as it is saved, but no two people write the same.
    """
    read = _Text(text)
    found: dict[str, Mention] = {}
    for subject, first, last, denials in sorted(read.matches(), key=lambda match: match[1:3]):
        for said in read.about(subject, first, last, denials):
            found.setdefault(said, Mention(said, read.quoted(first, last)))
    return tuple(found.values())


_MENTIONED = Phrases((name, phrase) for name, subject in SUBJECTS.items() for phrase in subject.phrases)
_BUT_NOT = Phrases((name, phrase) for name, subject in SUBJECTS.items() for phrase in subject.but_not)


_NO_DENIAL, _STILL_TRUE, _DENIED_AFTER, _DENIERS_BEFORE = map(
    any_phrase, (NO_DENIAL, STILL_TRUE, DENIED_AFTER, DENIERS_BEFORE)
)


class _Text:
    """One text, word by word."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = list(_words(text))
        self.joined = " ".join(word.folded for word in self.words)
        self.offsets: list[int] = []
        offset = 0
        for word in self.words:
            self.offsets.append(offset)
            offset += len(word.folded) + 1

    @cached_property
    def _place(self) -> Mapping[int, int]:
        """Where a word ends in the joined text, to its number."""
        return {
            offset + len(word.folded): number
            for number, (offset, word) in enumerate(zip(self.offsets, self.words, strict=True))
        }

    def matches(self) -> Iterator[tuple[str, int, int, frozenset[str]]]:
        """Subject, first and last word, and own denials of each phrase found, but for what only looks like one."""
        found: list[tuple[str, int, int, frozenset[str]]] = []
        for number, word in enumerate(self.words):
            if not _MENTIONED.begin(word.folded):
                continue
            for name, denials, end in _MENTIONED.at(self.joined, self.offsets[number], word.folded):
                last = self._place.get(end)
                # A phrase does not reach over the end of a sentence.
                if last is not None and not any(one.ends for one in self.words[number + 1 : last + 1]):
                    found.append((name, number, last, denials))
        if not found:
            return
        only_look_like = [
            (name, number, self._place.get(end, number))
            for number, word in enumerate(self.words)
            for name, _, end in _BUT_NOT.at(self.joined, self.offsets[number], word.folded)
        ]
        for match in found:
            name, first, last, _ = match
            if not any(
                name == other and first <= end and begin <= last for other, begin, end in only_look_like
            ):
                yield match

    def about(self, subject: str, first: int, last: int, denials: frozenset[str]) -> Iterator[str]:
        """The subjects that these words mention: not when denied or feared, and of the family when of a relative."""
        declared = SUBJECTS[subject]
        if self._denied(first, last, denials) or (not declared.fear and self._feared(first)):
            return
        whose = "self" if declared.of_others else self._whose(first, last)
        if whose in ("self", "both"):
            yield subject
        if whose in ("relative", "both") and declared.of_relatives:
            yield declared.of_relatives

    def quoted(self, first: int, last: int) -> str:
        """The clause around these words, as typed."""
        begin, end = first, last
        while begin and not self.words[begin].ends and self._letters(begin - 1, end) <= QUOTED:
            begin -= 1
        while (
            end + 1 < len(self.words)
            and not self.words[end + 1].ends
            and self._letters(begin, end + 1) <= QUOTED
        ):
            end += 1
        return self.text[self.words[begin].start : self.words[end].end]

    def _letters(self, begin: int, end: int) -> int:
        return self.words[end].end - self.words[begin].start

    def _before(self, first: int, reach: int) -> Iterator[int]:
        """The words before one, nearest first, within its sentence."""
        for number in range(first - 1, max(-1, first - 1 - reach), -1):
            if self.words[number + 1].ends:
                return
            yield number

    def _after(self, last: int, reach: int) -> str:
        """The words after one, within its sentence."""
        end = last + 1
        while end < len(self.words) and end <= last + reach and not self.words[end].ends:
            end += 1
        return " ".join(word.folded for word in self.words[last + 1 : end])

    def _denied(self, first: int, last: int, denials: frozenset[str]) -> bool:
        if self.words[first].folded in ENDS_DENIAL:
            return False
        after = self._after(last, AFTER_REACH)
        if _STILL_TRUE.match(after) or (after and _STILL_TRUE.search(after) and after.split()[0] in _TIME):
            return False
        if self._denies_within(first, last, denials):
            return True
        for number in self._before(first, DENIAL_REACH):
            folded = self.words[number].folded
            if folded in ENDS_DENIAL or (
                self.words[number + 1].comma and self._speaks_anew(number + 1, first)
            ):
                break
            if folded in SELF and folded not in ("me", "mis", "myself"):
                # "No idea why, I get seizures": who speaks of themselves begins anew, but for "I never had one".
                if not self._denial_right_after(number, first):
                    break
            elif folded in NO and not _NO_DENIAL.match(self.joined, self.offsets[number]):
                return not self._no_denial_there(number)
        before = reversed(list(self._before(first, DENIAL_REACH)))
        if _DENIERS_BEFORE.search(" ".join(self.words[number].folded for number in before)):
            return True
        if _DENIED_AFTER.match(after) and not _NO_DENIAL.match(after):
            return True
        return bool(_RULED_OUT.search(self._after(last, 12)))

    def _denies_within(self, first: int, last: int, denials: frozenset[str]) -> bool:
        """Whether a "not" that is no part of the phrase stands in a gap of it: "headaches have not changed"."""
        return any(
            self.words[number].folded in NO - denials and not self._no_denial_there(number)
            for number in range(first + 1, last)
        )

    def _denial_right_after(self, number: int, first: int) -> bool:
        return any(self.words[between].folded in NO for between in range(number + 1, first))

    def _no_denial_there(self, number: int) -> bool:
        """ "So I don't kill myself", "if I don't drink", "5 years that I have had none" tell of the thing itself."""
        return not _TELLS.isdisjoint(self.words[other].folded for other in self._before(number, 4))

    def _speaks_anew(self, begin: int, first: int) -> bool:
        """Whether what stands after a comma is more than the next of a list: "no seizures, stroke in 2019"."""
        end = first
        while end + 1 < len(self.words) and not self.words[end + 1].ends and not self.words[end + 1].comma:
            end += 1
        return any(word.folded in _ANEW or word.folded.isdigit() for word in self.words[begin : end + 1])

    def _feared(self, first: int) -> bool:
        return any(self.words[number].folded in FEARS for number in self._before(first, FEAR_REACH))

    def _whose(self, first: int, last: int) -> str:
        """Whose it is: "self", "relative", "other", or "both" for the patient and a relative."""
        for number in self._before(first, PERSON_REACH):
            folded = self.words[number].folded
            if folded in SELF:
                joined_with = {self.words[other].folded for other in self._before(number, 3)}
                return "both" if "and" in joined_with and joined_with & RELATIVES else "self"
            if self._reports(number):
                return "self"
            if self._in_law(number):
                return "other"
            if folded in RELATIVES:
                return "relative"
            if folded in OTHERS:
                return "other"
        return "relative" if _OF_FAMILY.match(self._after(last, 6)) else "self"

    def _reports(self, number: int) -> bool:
        """ "Mom says I had convulsions" is about the patient."""
        following = {word.folded for word in self.words[number + 1 : number + 3]}
        return self.words[number].folded in RELATIVES | OTHERS and not following.isdisjoint(_REPORTS)

    def _in_law(self, number: int) -> bool:
        following = [word.folded for word in self.words[number + 1 : number + 3]]
        return self.words[number].folded in RELATIVES and following == ["in", "law"]


_TELLS = frozenset("so para if when si cuando hace unless".split())
_REPORTS = frozenset("says said say told tells thinks dice dijo dicen cuenta cree".split())
_RULED_OUT = re.compile(r"ruled (?:it|that|them) out|was negative|came back (?:negative|clear|normal|clean)")
_TIME = frozenset("for in since desde hace anymore any".split())
_ANEW = SELF | frozenset(
    """had have has was were is am are my yes he she then now currently take taking took mi si tuve tengo estoy soy
    hubo""".split()
)
_RELATIVE = "|".join(sorted(RELATIVES))
_OF_FAMILY = re.compile(
    rf"(?:runs? |run )?(?:in|on|de|en|of) (?:my |the |both |mi |la |su |mis )?(?:{_RELATIVE})(?!\w)|(?:runs|run) in"
    rf"|(?:my |mi )?(?:{_RELATIVE})(?: (?:and|y) (?:my |mi )?(?:{_RELATIVE}))*$"
)


_WORD = re.compile(r"[^\W_]+(?:['\u2019`´][^\W_]+)*")
_END = re.compile(r"[.;!?\n]")


def _words(text: str) -> Iterator[_Word]:
    last = 0
    for found in _WORD.finditer(text):
        folded = fold(found.group())
        if folded:
            start, end = found.span()
            gap = text[last:start]
            # Most words stand one space apart.
            yield _Word(folded, start, end, gap != " " and bool(_END.search(gap)), "," in gap)
            last = end
