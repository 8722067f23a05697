"""A list typed in one text, cut into the names in it. Where nothing is named there is no piece."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import ucd_3_2_0 as unicode_3_2

from .medicines import normalise
from .name_words import FILLER_WORDS, FORM_WORDS, NONE_WORDS

IDLE_WORDS = FORM_WORDS | FILLER_WORDS
"""What may stand beside a name and says nothing about which medicine it is."""

# With the wide forms that East Asian keyboards type.
_LISTED = re.compile(r"[,，﹐︐;；﹔︔\u037e+＋﹢\n\r\v\f\x85\u2028\u2029]")
_SLASH = re.compile(r"[/／]")


@lru_cache(maxsize=2_000)
def pieces(text: str) -> tuple[str, ...]:
    """The names of a list typed in one text, as typed. What says there is none, or names nothing, is no piece."""
    return tuple(
        piece for piece in _cut(text) if normalise(piece) not in NONE_WORDS and not _names_nothing(piece)
    )


def _cut(text: str) -> list[str]:
    cut: list[str] = []
    for part in _LISTED.split(text):
        cut += [part] if normalise(part) in NONE_WORDS else _SLASH.split(part)
    return [piece for piece in map(str.strip, cut) if any(map(_is_letter_or_digit, piece))]


def says_none(text: str) -> bool:
    """Whether a list typed in one text consists of nothing but a "none"."""
    cut = _cut(text)
    return bool(cut) and all(normalise(piece) in NONE_WORDS for piece in cut)


def _is_letter_or_digit(sign: str) -> bool:
    return unicode_3_2.category(sign)[0] in "LN"


def _names_nothing(piece: str) -> bool:
    words = normalise(piece).split()
    return bool(words) and all(word in IDLE_WORDS or is_number(word) for word in words)


def is_number(word: str) -> bool:
    """Whether it is a number, with or without its unit: 500, 500mg; not 5htp."""
    rest = word.lstrip("0123456789")
    return rest != word and (not rest or rest in IDLE_WORDS)
