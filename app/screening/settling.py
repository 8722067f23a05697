"""Why a clinician may settle a flag: a short list for each subject, in data/settling.toml. Plain Python.

A flag must be settled, with a reason from its own list, before anyone is marked suitable. A reason that does not
`clear` says what happens instead of treatment: it settles the flag, and "suitable" stays refused. No reason tells
anyone to stop a medicine: whoever prescribed it decides.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Any

from .levels import Level

MUST_SETTLE = frozenset({Level.URGENT, Level.STOP})
"""Levels that stand in the way of "suitable" until a clinician settles the flag."""

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Reason:
    """One way to settle a flag. Whoever picked a code said its words: a reason that says more is a new code."""

    code: str
    """What is stored."""
    words: str
    """What staff pick."""
    clears: bool = True
    """False for a hold: the flag is settled, and still blocks "suitable"."""
    needs_note: bool = False
    """Whether it says nothing without a note."""


_DATA = tomllib.loads((resources.files(__package__) / "data" / "settling.toml").read_text(encoding="utf-8"))
_SHARED = {code: Reason(code, **declared) for code, declared in _DATA["reasons"].items()}
NOT_GOING_ON, ANOTHER = _SHARED["not_going_on"], _SHARED[OTHER]


def _reasons(declared: Iterable[str | Mapping[str, Any]]) -> tuple[Reason, ...]:
    """A list: each reason by the code of one that several lists have, or written out."""
    return tuple(_SHARED[one] if isinstance(one, str) else Reason(**one) for one in declared)


def _lists(of: str) -> Mapping[str, tuple[Reason, ...]]:
    """The lists of cards, or of rules: each its own reasons, then the two that end every list."""
    return MappingProxyType(
        {
            name: (*_reasons(one["reasons"]), NOT_GOING_ON, ANOTHER)
            for one in _DATA["list"]
            for name in one.get(of, ())
        }
    )


GENERAL = _reasons(_DATA["general"]["reasons"])
"""For a card without a list: a flag of a rule that is gone, or was stronger once. No rule of today has it."""

FOR_UNKNOWN = _reasons(_DATA["unknown"]["reasons"])
"""For a rule that could not be decided: an answer decides it, and nothing here pretends to be one."""

WAITS_FOR_ANSWER = frozenset({"unknown_wait_patient", "unknown_wait_records"})
"""Those of them with which somebody still looks for the answer: a condition may carry it."""

BY_CARD = _lists("cards")
"""Lists for those rules of a card that have none of their own."""

BY_RULE = _lists("rules")
"""Lists for rules that need other reasons than the rest of their card, or whose card holds many subjects."""


def reasons_for(slug: str, card: str) -> tuple[Reason, ...]:
    """The list of a flag: its rule's own, or else its card's."""
    return BY_RULE.get(slug) or BY_CARD.get(card, GENERAL)


def reason(slug: str, card: str, code: str, raised: bool = True) -> Reason | None:
    """The reason with this code on the flag's list. One that is not `raised` could not be decided."""
    return _find(reasons_for(slug, card) if raised else FOR_UNKNOWN, code)


def reason_stored(slug: str, card: str, code: str) -> Reason | None:
    """The reason a flag was settled with. What is not on its list any more is on its card's, or the general one."""
    return _find((*reasons_for(slug, card), *BY_CARD.get(card, ()), *GENERAL, *FOR_UNKNOWN), code)


def _find(reasons: tuple[Reason, ...], code: str) -> Reason | None:
    return next((one for one in reasons if one.code == code), None)
