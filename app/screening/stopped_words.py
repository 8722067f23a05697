"""What says of a medicine that it was taken and no longer is: "stopped last year", "ya no la tomo"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .name_words import AGO_PHRASES, BEGUN_WORDS, NOT_STOPPED, STOP_PHRASES
from .spellings import words_of

_PARTS = re.compile(r"[,，﹐︐;；﹔︔\u037e()（）﹙﹚/／\n\r\v\f\x85\u2028\u2029]")

_FIRST_WORDS = frozenset(phrase.split()[0] for phrase in STOP_PHRASES | AGO_PHRASES)
_IN_A_YEAR = re.compile(r" (?:in|en|until|till|til|hasta) (?:de )?(?:19|20)\d\d ")


def says_stopped(words: list[str]) -> bool:
    """Whether the words say so. "Last year" and "in 2020" do, "started last year" does not."""
    text = f" {' '.join(words)} "
    in_a_year = BEGUN_WORDS.isdisjoint(words) and bool(_IN_A_YEAR.search(text))
    if in_a_year or _FIRST_WORDS.isdisjoint(words):  # as in nearly every text
        return in_a_year
    for phrase in NOT_STOPPED:
        text = text.replace(f" {phrase} ", " | ")
    if any(f" {phrase} " in text for phrase in STOP_PHRASES):
        return True
    return BEGUN_WORDS.isdisjoint(words) and any(f" {phrase} " in text for phrase in AGO_PHRASES)


def off_and_on(words: list[str], place: int) -> bool:
    """Whether the word is part of a phrase that looks like "stopped" and is not."""
    for phrase in NOT_STOPPED:
        look_alike = phrase.split()
        for start in range(max(0, place - len(look_alike) + 1), place + 1):
            if words[start : start + len(look_alike)] == look_alike:
                return True
    return False


def parts(text: str) -> Iterator[list[str]]:
    """The parts of a text that "stopped" may speak of."""
    for part in _PARTS.split(text):
        words: list[str] = []
        for word in words_of(part):
            if word in ("now", "but"):
                yield words
                words = []
            else:
                words.append(word)
        yield words
