"""The leaves of conditions over answers: one question compared with something."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from ..answers import STATES, Answer, is_blank
from .tree import Expression
from .truth import NoValue, Truth, any_truth, compare, not_truth


class AnswerReader(Protocol):
    """What an expression reads: one person's answers."""

    def applies(self, question_id: str) -> Truth:
        """Whether the question applies to this person."""

    def value(self, question_id: str) -> Answer:
        """The stored answer; only asked for when the question applies."""

    def number(self, name: str) -> float | NoValue | None:
        """A number question or a derived name: a number, NONE or unknown."""

    def behind(self, name: str) -> Iterator[str]:
        """The question behind a name; when it does not apply, those whose answers ruled it out."""


@dataclass(frozen=True, slots=True)
class Retired(Expression):
    """A question that nobody is asked any more: it holds where it was answered while it was asked."""

    name: str
    """The id of the question."""

    def truth(self, reading: Any) -> Truth:
        return not is_blank(reading.value(self.name))

    def because(self, reading: Any, outcome: bool) -> Iterator[Any]:
        yield from ()

    def as_json(self, leaf: Callable[[Any], Any]) -> Any:
        return False


@dataclass(frozen=True, slots=True)
class Leaf(Expression):
    """One question compared with something."""

    name: str
    """A question id or a derived name."""

    def because(self, reading: AnswerReader, outcome: bool) -> Iterator[str]:
        yield from reading.behind(self.name)

    def reads(self) -> tuple[str, ...]:
        return (self.name,)

    def as_json(self, leaf: Callable[[Any], Any]) -> Any:
        return leaf(self)


@dataclass(frozen=True, slots=True)
class AnswerLeaf(Leaf):
    """A stored answer compared with something; no for a question that does not apply."""

    def truth(self, reading: AnswerReader) -> Truth:
        applies = reading.applies(self.name)
        if applies is None:
            return None
        return self.of(reading.value(self.name)) if applies else False

    @abstractmethod
    def of(self, answer: Answer) -> Truth:
        """The comparison itself, for a question that applies."""


def _among(answer: Answer, wanted: tuple[Any, ...]) -> Truth:
    """One value against those asked for: the literal first, then "is it known at all", then no."""
    if isinstance(answer, (list, dict)):
        return _picked(answer, wanted)
    if answer in wanted:
        return True
    return None if answer is None or answer == "" or (isinstance(answer, str) and answer in STATES) else False


def _picked(answer: Answer, wanted: tuple[Any, ...]) -> Truth:
    """A tick list against the options asked for."""
    if is_blank(answer):
        return None
    if isinstance(answer, dict):
        return any_truth(_said_of(answer, option) for option in wanted)
    if isinstance(answer, str):
        answer = [answer]
    outcome: Truth = False
    for option in answer:
        if option in wanted:
            return True
        if option in STATES:
            outcome = None
    return outcome


def _said_of(answer: Mapping[str, str], option: str) -> Truth:
    """An item of a list that was asked item by item; one that is not among them is unknown."""
    if option == "none":
        return False if "yes" in answer.values() else None
    return {"yes": True, "no": False}.get(answer.get(option, ""))


@dataclass(frozen=True, slots=True)
class In(AnswerLeaf):
    """The stored value is one of these."""

    wanted: tuple[Any, ...]
    """The values, any of which makes it yes."""

    def of(self, answer: Answer) -> Truth:
        return _among(answer, self.wanted)


@dataclass(frozen=True, slots=True)
class NotIn(AnswerLeaf):
    """The stored value is known and is none of these."""

    unwanted: tuple[Any, ...]
    """The values, any of which makes it no."""

    def of(self, answer: Answer) -> Truth:
        return not_truth(_among(answer, self.unwanted))


@dataclass(frozen=True, slots=True)
class Has(AnswerLeaf):
    """At least one of these options was picked."""

    wanted: tuple[str, ...]
    """Codes of options, any of which makes it yes."""

    def of(self, answer: Answer) -> Truth:
        return _picked(answer, self.wanted)


@dataclass(frozen=True, slots=True)
class Unanswered(AnswerLeaf):
    """The question applies and holds no value: blank or a state. Never unknown."""

    def truth(self, reading: AnswerReader) -> Truth:
        return reading.applies(self.name) is True and self.of(reading.value(self.name))

    def of(self, answer: Answer) -> Truth:
        return (
            is_blank(answer)
            or (isinstance(answer, str) and answer in STATES)
            or (isinstance(answer, list) and all(option in STATES for option in answer))
        )


@dataclass(frozen=True, slots=True)
class Row(AnswerLeaf):
    """One of these fixed lines of a group holds one of these choices. A line left out is unknown."""

    rows: tuple[str, ...]
    """The ids of the lines."""
    wanted: tuple[str, ...]
    """The choices, any of which makes it yes."""

    def of(self, answer: Answer) -> Truth:
        given = answer if isinstance(answer, dict) else {}
        return any_truth(_among(given.get(row), self.wanted) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Field(AnswerLeaf):
    """Any entry of a repeating group has one of these in the column."""

    column: str
    """The id of the column."""
    wanted: tuple[str, ...]
    """The values, any of which makes it yes."""

    def of(self, answer: Answer) -> Truth:
        if not isinstance(answer, list) or not answer:
            return None
        return any_truth(_among(entry.get(self.column), self.wanted) for entry in answer)


@dataclass(frozen=True, slots=True)
class Compare(Leaf):
    """A number question or a derived name against a limit."""

    operator: str
    """is, gte, gt, lte or lt."""
    limit: float
    """What the number is compared with, in metric units."""

    def truth(self, reading: AnswerReader) -> Truth:
        return compare(reading.number(self.name), self.operator, self.limit)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What q() returns: the words a leaf is built from."""

    name: str

    def is_(self, value: Any) -> In:
        return In(self.name, (value,))

    def in_(self, *values: Any) -> In:
        return In(self.name, values)

    def not_in(self, *values: Any) -> NotIn:
        return NotIn(self.name, values)

    def has(self, *options: str) -> Has:
        return Has(self.name, options)

    def unanswered(self) -> Unanswered:
        return Unanswered(self.name)

    def row(self, row: str, *values: str) -> Row:
        return Row(self.name, (row,), values)

    def any_row(self, rows: Iterable[str], *values: str) -> Row:
        return Row(self.name, tuple(rows), values)

    def field(self, column: str, *values: str) -> Field:
        return Field(self.name, column, values)

    def equals(self, limit: float) -> Compare:
        return Compare(self.name, "is", limit)

    def gte(self, limit: float) -> Compare:
        return Compare(self.name, "gte", limit)

    def gt(self, limit: float) -> Compare:
        return Compare(self.name, "gt", limit)

    def lte(self, limit: float) -> Compare:
        return Compare(self.name, "lte", limit)

    def lt(self, limit: float) -> Compare:
        return Compare(self.name, "lt", limit)


def q(name: str) -> _Asked:
    """Begin a leaf about the question, or the derived name, called `name`."""
    return _Asked(name)
