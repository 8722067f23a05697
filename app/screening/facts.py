"""Answers -> facts. Rules read facts only. A fact is "no" only when the patient said no, or when the question could not
apply because an earlier answer ruled it out; otherwise it is unknown.

Here are the kinds of fact and how each is worked out; the facts themselves, by subject, are in `factbook`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from ..questionnaire.answers import STATES, Answers, is_blank
from ..questionnaire.conditions import NONE, Expression, NoValue, Truth
from ..questionnaire.kinds import Scale
from ..questionnaire.pages import Questionnaire, Reading
from .logic import Band, Said


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a rule may ask about a patient. `note` is for the dictionary and the medical director."""

    key: str
    note: str = ""
    kind: ClassVar[str]

    def work_out(self, facts: Facts) -> Any:
        """The value; None is unknown."""
        raise NotImplementedError

    def because(self, facts: Facts, outcome: bool, wanted: tuple[str, ...]) -> Iterator[str | Said]:
        """The questions behind it."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Tri(Fact):
    """Yes, no or unknown. When `unknown_if` comes out yes, the fact is unknown whatever `when` says."""

    kind: ClassVar[str] = "yes/no"
    when: Expression = None  # type: ignore[assignment]
    unknown_if: Expression | None = None

    def work_out(self, facts: Facts) -> Truth:
        if self.unknown_if is not None and self.unknown_if.truth(facts) is True:
            return None
        return self.when.truth(facts)

    def because(self, facts: Facts, outcome: bool, wanted: tuple[str, ...]) -> Iterator[str | Said]:
        yield from self.when.because(facts, outcome)


@dataclass(frozen=True, slots=True)
class Number(Fact):
    """A number question or derived name, in metric units; NONE when the question does not apply."""

    kind: ClassVar[str] = "number"
    unit: str = ""
    question: str = ""
    unknown_if: Expression | None = None

    def work_out(self, facts: Facts) -> float | NoValue | None:
        if self.unknown_if is not None and self.unknown_if.truth(facts) is True:
            return None
        return facts.number(self.question)

    def because(self, facts: Facts, outcome: bool, wanted: tuple[str, ...]) -> Iterator[str | Said]:
        yield from facts.behind(self.question)


@dataclass(frozen=True, slots=True)
class BodyMassIndex(Fact):
    """kg / m², not rounded. Unknown when either measure is."""

    kind: ClassVar[str] = "number"
    unit: str = "kg/m2"

    def work_out(self, facts: Facts) -> float | NoValue | None:
        height, weight = facts.number("height"), facts.number("weight")
        if height is None or weight is None or isinstance(height, NoValue) or isinstance(weight, NoValue):
            return None
        return weight / (height / 100) ** 2

    def because(self, facts: Facts, outcome: bool, wanted: tuple[str, ...]) -> Iterator[str | Said]:
        yield from ("height", "weight")


@dataclass(frozen=True, slots=True)
class Score(Fact):
    """The total of an instrument, or one item of it (from 1)."""

    kind: ClassVar[str] = "number"
    unit: str = ""
    question: str = ""
    item: int | None = None

    def work_out(self, facts: Facts) -> float | NoValue | None:
        applies = facts.applies(self.question)
        if applies is not True:
            return NONE if applies is False else None
        scores = facts.value(self.question)
        if not isinstance(scores, list) or not scores:
            return None
        if self.item is not None:
            return scores[self.item - 1]  # type: ignore[no-any-return]
        kind = facts.reading.questionnaire.questions[self.question].kind
        assert isinstance(kind, Scale)
        return kind.instrument.total(scores)

    def because(self, facts: Facts, outcome: bool, wanted: tuple[str, ...]) -> Iterator[str | Said]:
        yield from facts.behind(self.question)


@dataclass(frozen=True, slots=True)
class Days(Fact):
    """How many days ago, as a band per option. Options in `never` mean it did not happen."""

    kind: ClassVar[str] = "days"
    question: str = ""
    bands: Mapping[str, Band] = None  # type: ignore[assignment]
    never: tuple[str, ...] = ()

    def work_out(self, facts: Facts) -> Band | NoValue | None:
        applies = facts.applies(self.question)
        if applies is not True:
            return NONE if applies is False else None
        answer = facts.value(self.question)
        if is_blank(answer):
            return None
        return NONE if answer in self.never else self.bands.get(str(answer))

    def because(self, facts: Facts, outcome: bool, wanted: tuple[str, ...]) -> Iterator[str | Said]:
        yield from facts.behind(self.question)


@dataclass(frozen=True, slots=True)
class OneOf(Fact):
    """One of several values, from the options of a question."""

    kind: ClassVar[str] = "one of"
    question: str = ""
    values: Mapping[str, str] = None  # type: ignore[assignment]

    def work_out(self, facts: Facts) -> str | None:
        answer = facts.value(self.question) if facts.applies(self.question) is True else None
        return None if is_blank(answer) or answer in STATES else self.values.get(str(answer))

    def because(self, facts: Facts, outcome: bool, wanted: tuple[str, ...]) -> Iterator[str | Said]:
        yield from facts.behind(self.question)


@dataclass(frozen=True, slots=True)
class Computed(Fact):
    """Worked out from the medicine and allergy lists (see `lists`). `why` names the words behind a member."""

    kind: ClassVar[str] = "from lists"
    of: Callable[[Facts], Any] = None  # type: ignore[assignment]
    why: Callable[[Facts, tuple[str, ...]], Iterator[str | Said]] = None  # type: ignore[assignment]

    def work_out(self, facts: Facts) -> Any:
        return self.of(facts)

    def because(self, facts: Facts, outcome: bool, wanted: tuple[str, ...]) -> Iterator[str | Said]:
        yield from self.why(facts, wanted)


class Facts:
    """One person's facts, each worked out once, when a rule first asks."""

    __slots__ = ("_known", "applies", "behind", "book", "number", "reading", "value")

    def __init__(self, reading: Reading, book: Mapping[str, Fact]) -> None:
        self.reading = reading
        self.book = book
        self._known: dict[str, Any] = {}
        self.applies = reading.applies
        self.value = reading.value
        self.number = reading.number
        self.behind = reading.behind

    @classmethod
    def of(
        cls,
        questionnaire: Questionnaire,
        answers: Answers,
        on: date,
        book: Mapping[str, Fact],
        jurisdiction: str = "US",
        due: tuple[str, ...] = (),
    ) -> Facts:
        """The facts of these answers on a date."""
        return cls(Reading(questionnaire, answers, on, jurisdiction, due), book)

    def fact(self, key: str) -> Any:
        """The value of a fact; None is unknown."""
        try:
            return self._known[key]
        except KeyError:
            value = self._known[key] = self.book[key].work_out(self)
            return value

    def fact_because(self, key: str, outcome: bool, wanted: tuple[str, ...]) -> Iterator[str | Said]:
        """The questions, or words said, behind a fact."""
        yield from self.book[key].because(self, outcome, wanted)
