"""The readings of a form that one request makes: the same answers, on the same day, are read once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import is_

import orjson

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.answers import Answers
from app.questionnaire.countries import Country
from app.questionnaire.reading import Reading

KEPT = 3
"""As it was stored, as it was posted, and as it is sent."""


class Readings:
    """The latest readings of one form, each with a copy of its answers: a draft changes while it is saved."""

    def __init__(self) -> None:
        self._made: list[tuple[tuple[object, ...], Reading]] = []

    def of(self, answers: Answers, on: date, jurisdiction: Country, due: Sequence[str]) -> Reading:
        """How these answers read on a day at the clinic."""
        beside = (on, jurisdiction, *due)
        for known, reading in self._made:
            if known == beside and _is_same(reading.answers, answers):
                return reading
        reading = Reading(WHOLE, dict(answers), on, jurisdiction, due)
        self._made = [(beside, reading), *self._made[: KEPT - 1]]
        return reading


def _is_same(one: Answers, other: Answers) -> bool:
    """Whether the answers are the same to the letter: 70 and 70.0 are equal, and told otherwise."""
    if one != other:
        return False
    return all(map(is_, one.values(), other.values())) or orjson.dumps(one) == orjson.dumps(other)
