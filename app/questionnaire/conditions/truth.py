"""Yes, no and unknown, joined by Kleene's rules: True, False and None."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

Truth: TypeAlias = bool | None


class NoValue:
    """The value of a number or date whose question does not apply. Compares as no."""

    def __repr__(self) -> str:
        return "NONE"


NONE = NoValue()


def any_truth(parts: Iterable[Truth]) -> Truth:
    """Yes if any part is yes; else unknown if any is unknown; else no."""
    outcome: Truth = False
    for part in parts:
        if part is True:
            return True
        if part is None:
            outcome = None
    return outcome


def not_truth(part: Truth) -> Truth:
    """Yes and no change places; unknown stays."""
    return None if part is None else not part


OPERATOR_WORDS = {"gte": "is at least", "gt": "is over", "lte": "is at most", "lt": "is under", "is": "is"}
"""The ways a number is compared with a limit, in words."""


def compare(value: float | NoValue | None, operator: str, limit: float) -> Truth:
    """A number against a limit. NONE compares as no."""
    if value is None:
        return None
    if isinstance(value, NoValue):
        return False
    if operator == "gte":
        return value >= limit
    if operator == "gt":
        return value > limit
    if operator == "lte":
        return value <= limit
    if operator == "lt":
        return value < limit
    return value == limit
