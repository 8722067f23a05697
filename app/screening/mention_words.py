"""The words that mention a subject of the stop and urgent rules, in English and Spanish, as people type them.

They are in data/mention_words.toml. Phrases stand between slashes: words in a row, without capitals, accents or
apostrophes. `seizure*` is any word that begins so, `a|b` is either, `[old]` may be missing, `@drugs` is any of that
group, `..` stands for up to four words. `#teen` is a number from 8 to 17, `#count` one of up to two digits, `#many` one
from 5, `#pressure` one of two or three digits. `but_not` are phrases that only look like it.

Recall is raised by adding words there; every change is measured on the list in tests/screening/data/mentions.csv.
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


_DATA = tomllib.loads(
    (resources.files(__package__) / "data" / "mention_words.toml").read_text(encoding="utf-8")
)


def _phrases(text: str) -> tuple[str, ...]:
    """The phrases of a text, with the groups they name written out."""
    whole = re.sub(r"@(\w+)", lambda found: "|".join(_DATA["groups"][found[1]].split()), text)
    return tuple(phrase for part in whole.split("/") if (phrase := " ".join(part.split())))


def _subject(declared: Mapping[str, Any]) -> Subject:
    phrases = {name: _phrases(declared.get(name, "")) for name in ("phrases", "but_not")}
    return Subject(**{**declared, **phrases})


SUBJECTS: Mapping[str, Subject] = MappingProxyType(
    {name: _subject(declared) for name, declared in _DATA["subjects"].items()}
)
"""Subject to its words. The flag of a subject is called mentioned-SUBJECT."""

_WORDS = {name: frozenset(text.split()) for name, text in _DATA["words"].items()}
_SAID = {name: _phrases(text) for name, text in _DATA["phrases"].items()}

RELATIVES = _WORDS["relatives"]
"""Blood relatives: what they had belongs to the family's history."""
OTHERS = _WORDS["others"]
"""Others: what they had is nobody's history here."""
SELF = _WORDS["self"]
"""Words by which patients speak of themselves."""
NO = _WORDS["no"]
"""What denies."""
NO_DENIAL = _SAID["no_denial"]
"""What looks like a denial and is none."""
ENDS_DENIAL = _WORDS["ends_denial"]
"""Words at which a denial before them ends."""
STILL_TRUE = _SAID["still_true"]
"""What makes a denial a thing of the past: no seizures since 2015."""
DENIED_AFTER = _SAID["denied_after"]
"""What denies a thing after it is named: stroke: no; liver tests are normal."""
DENIERS_BEFORE = _SAID["deniers_before"]
"""What denies a thing that comes after it."""
FEARS = _WORDS["fears"]
"""What makes an illness a fear, and no history."""
MISSPELLED = _WORDS["misspelled"]
"""Long words that are still understood with a letter or two wrong."""
NOT_MISSPELLED = _WORDS["not_misspelled"]
"""Right words that are nearly one of these."""
