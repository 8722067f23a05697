"""The words that mention a subject of the stop and urgent rules, in English and Spanish, as people type them.

They are in data/mention_words.toml. Phrases stand between slashes: words in a row, without capitals, accents or
apostrophes. `seizure*` is any word that begins so, `a|b` is either, `a_b|c` is "a b" or "c", `[old]` may be missing,
`@drugs` is any of that group, `.` stands for one word or none, `..` for up to four. `#teen` is a number from 8 to 17,
`#count` one of up to two digits or in words, `#many` one from 5, `#pressure` one of two or three digits, `#year` a
year, `$` the end. `but_not` are phrases that only look like it.

Recall is raised by adding words there; every change is measured on the lists in tests/screening/data.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked for."""

    phrases: tuple[str, ...]
    """What mentions it."""
    but_not: tuple[str, ...] = ()
    """What looks like a mention and is none."""
    of_relatives: str | None = None
    """The subject that it becomes when a blood relative has it; None when what is said of others is no
    mention."""
    of_others: bool = False
    """Whether it is about other people themselves."""
    fear: bool = False
    """Whether a fear of it counts as a mention."""
    likeness: bool = False
    """Whether what only felt like it counts as a mention."""


_DATA = tomllib.loads(
    (resources.files(__package__) / "data" / "mention_words.toml").read_text(encoding="utf-8")
)


def _written_out(text: str) -> str:
    """A text with the groups it names written out; a group may name others."""
    return re.sub(r"@(\w+)", lambda found: _written_out("|".join(_DATA["groups"][found[1]].split())), text)


def _phrases(text: str) -> tuple[str, ...]:
    """The phrases of a text."""
    return tuple(phrase for part in _written_out(text).split("/") if (phrase := " ".join(part.split())))


def _subject(declared: Mapping[str, Any]) -> Subject:
    phrases = {name: _phrases(declared.get(name, "")) for name in ("phrases", "but_not")}
    return Subject(**{**declared, **phrases})


SUBJECTS: Mapping[str, Subject] = MappingProxyType(
    {name: _subject(declared) for name, declared in _DATA["subjects"].items()}
)
"""Subject to its words. The flag of a subject is called mentioned-SUBJECT."""

_WORDS = {name: frozenset(text.split()) for name, text in _DATA["words"].items()}

RELATIVES = _WORDS["relatives"]
"""Blood relatives: what they had belongs to the family's history."""
OTHERS = _WORDS["others"]
"""Others: what they had is nobody's history here."""
PRONOUNS = _WORDS["pronouns"]
"""Words for somebody else who was named before."""
COMPANY = _WORDS["company"]
"""Words after which a person is only there: with my mom."""
REPORTS = _WORDS["reports"]
"""What somebody does who tells of the patient: mom says I had one."""
SELF = _WORDS["self"]
"""Words by which patients speak of themselves."""
SPEAKS = _WORDS["speaks"]
"""Spanish verbs that say by themselves that patients speak of themselves."""
NO = _WORDS["no"]
"""What denies."""
LIST_JOINS = _WORDS["list_joins"]
"""What joins the last of a list to the others."""
TIMES = _WORDS["times"]
"""Words with which a time begins."""
FEARS = _WORDS["fears"]
"""What makes an illness a fear, and no history."""
MISSPELLED = _WORDS["misspelled"]
"""Long words that are still understood with a letter or two wrong."""
NOT_MISSPELLED = _WORDS["not_misspelled"]
"""Right words that are nearly one of these."""
SHORT: Mapping[str, str] = MappingProxyType(_DATA["short"])
"""Words as they are typed on a phone, to what they stand for."""

ORDINARY_WORDS = _WORDS["ordinary"]
"""Names of medicines that are words of another meaning in a sentence."""
MEDICINE_CLASSES: Mapping[str, tuple[frozenset[str], bool]] = MappingProxyType(
    {name: (frozenset(row["classes"].split()), row["reaction"]) for name, row in _DATA["medicines"].items()}
)
"""Subject to the classes of the medicines whose names mention it, and whether words of a reaction must stand near."""
REACTIONS = _phrases(_DATA["reactions"]["near"])
"""What tells of a reaction to a medicine."""

DENIALS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {name: _phrases(text) for name, text in _DATA["denials"].items()}
)
"""Phrases that deny, that only look so, and at which a denial ends: see the table."""
DOUBTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {name: _phrases(text) for name, text in _DATA["doubts"].items()}
)
"""Phrases that ask, compare, fear or speak in general: see the table."""
