"""Yes, no and unknown, and the expressions over answers that come out as one of them.

A truth is True (yes), False (no) or None (unknown), joined by Kleene's rules. An expression is a value: it evaluates
itself, names the questions that decided it, and turns into JSON for the page's own script.

    q("reasons").has("pain")
    any_of(q("heart_attack").is_("yes"), q("heart_list").has("stent"))

What a leaf says when its question does not apply, or holds no definite answer, is the safety of the whole product:
a question ruled out by an earlier "no" is no; one whose gate is unknown is unknown; not sure, rather not, ask me and
blank are unknown. Unknown is never no.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from .answers import STATES, Answer, is_blank

Truth: TypeAlias = bool | None


class NoValue:
    """The value of a number or date whose question does not apply. Compares as no."""

    def __repr__(self) -> str:
        return "NONE"


NONE = NoValue()


class Answered(Protocol):
    """What an expression reads: one person's answers."""

    def applies(self, question_id: str) -> Truth:
        """Whether the question applies to this person."""

    def value(self, question_id: str) -> Answer:
        """The stored answer; only asked for when the question applies."""

    def number(self, name: str) -> float | NoValue | None:
        """A number question or a derived name: a number, NONE or unknown."""

    def behind(self, name: str) -> Iterator[str]:
        """The question behind a name; when it does not apply, those whose answers ruled it out."""


class Expression(Protocol):
    """A condition. Evaluates itself and says which answers decided it."""

    def truth(self, reading: Any) -> Truth:
        """Yes, no or unknown."""

    def because(self, reading: Any, outcome: bool) -> Iterator[Any]:
        """What decided that it came out as `outcome`, most often question ids."""

    def names(self) -> Iterator[str]:
        """Every question or derived name it reads."""

    def as_json(self, leaf: Callable[[Leaf], Any]) -> Any:
        """A JSON form; `leaf` says what becomes of each leaf."""


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


@dataclass(frozen=True, slots=True)
class Retired:
    """A question that nobody is asked any more: it holds where it was answered while it was asked."""

    name: str

    def truth(self, reading: Any) -> Truth:
        return not is_blank(reading.value(self.name))

    def because(self, reading: Any, outcome: bool) -> Iterator[Any]:
        yield from ()

    def names(self) -> Iterator[str]:
        yield from ()

    def as_json(self, leaf: Callable[[Leaf], Any]) -> Any:
        return False


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds: no if any is no; else unknown if any is unknown; else yes."""

    parts: tuple[Expression, ...]

    def truth(self, reading: Any) -> Truth:
        # A loop and no generator: this is asked thousands of times a form.
        outcome: Truth = True
        for part in self.parts:
            truth = part.truth(reading)
            if truth is False:
                return False
            if truth is None:
                outcome = None
        return outcome

    def because(self, reading: Any, outcome: bool) -> Iterator[Any]:
        for part in self.parts:
            if part.truth(reading) is outcome:
                yield from part.because(reading, outcome)

    def names(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.names()

    def as_json(self, leaf: Callable[[Leaf], Any]) -> Any:
        return {"all": [part.as_json(leaf) for part in self.parts]}


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple[Expression, ...]

    def truth(self, reading: Any) -> Truth:
        outcome: Truth = False
        for part in self.parts:
            truth = part.truth(reading)
            if truth is True:
                return True
            if truth is None:
                outcome = None
        return outcome

    def because(self, reading: Any, outcome: bool) -> Iterator[Any]:
        for part in self.parts:
            if part.truth(reading) is outcome:
                yield from part.because(reading, outcome)

    def names(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.names()

    def as_json(self, leaf: Callable[[Leaf], Any]) -> Any:
        return {"any": [part.as_json(leaf) for part in self.parts]}


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Expression

    def truth(self, reading: Any) -> Truth:
        return not_truth(self.part.truth(reading))

    def because(self, reading: Any, outcome: bool) -> Iterator[Any]:
        yield from self.part.because(reading, not outcome)

    def names(self) -> Iterator[str]:
        yield from self.part.names()

    def as_json(self, leaf: Callable[[Leaf], Any]) -> Any:
        return {"not": self.part.as_json(leaf)}


@dataclass(frozen=True, slots=True)
class Lead:
    """A plain yes/no question leads; a typed list may raise it to yes but never settle it."""

    first: Expression
    or_yes: Expression

    def truth(self, reading: Any) -> Truth:
        first = self.first.truth(reading)
        if first is True or self.or_yes.truth(reading) is True:
            return True
        return first

    def because(self, reading: Any, outcome: bool) -> Iterator[Any]:
        if self.first.truth(reading) is outcome:
            yield from self.first.because(reading, outcome)
        if outcome and self.or_yes.truth(reading) is True:
            yield from self.or_yes.because(reading, True)

    def names(self) -> Iterator[str]:
        yield from self.first.names()
        yield from self.or_yes.names()

    def as_json(self, leaf: Callable[[Leaf], Any]) -> Any:
        return {"any": [self.first.as_json(leaf), self.or_yes.as_json(leaf)]}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One question compared with something. `name` is a question id or a derived name."""

    name: str

    def truth(self, reading: Answered) -> Truth:
        applies = reading.applies(self.name)
        if applies is None:
            return None
        return self.of(reading.value(self.name)) if applies else False

    def of(self, answer: Answer) -> Truth:
        """The comparison itself, for a question that applies."""
        raise NotImplementedError

    def because(self, reading: Answered, outcome: bool) -> Iterator[str]:
        yield from reading.behind(self.name)

    def names(self) -> Iterator[str]:
        yield self.name

    def as_json(self, leaf: Callable[[Leaf], Any]) -> Any:
        return leaf(self)


def _among(answer: Answer, wanted: tuple[Any, ...]) -> Truth:
    """One value against those asked for: the literal first, then "is it known at all", then no."""
    if isinstance(answer, list):
        return _picked(answer, wanted)
    if not isinstance(answer, dict) and answer in wanted:
        return True
    return None if answer is None or answer == "" or (isinstance(answer, str) and answer in STATES) else False


def _picked(answer: Answer, wanted: tuple[Any, ...]) -> Truth:
    """A tick list against the options asked for."""
    if is_blank(answer):
        return None
    if isinstance(answer, str):
        answer = [answer]
    outcome: Truth = False
    for option in answer:
        if option in wanted:
            return True
        if option in STATES:
            outcome = None
    return outcome


@dataclass(frozen=True, slots=True)
class In(Leaf):
    """The stored value is one of these."""

    wanted: tuple[Any, ...]

    def of(self, answer: Answer) -> Truth:
        return _among(answer, self.wanted)


@dataclass(frozen=True, slots=True)
class NotIn(Leaf):
    """The stored value is known and is none of these."""

    unwanted: tuple[Any, ...]

    def of(self, answer: Answer) -> Truth:
        return not_truth(_among(answer, self.unwanted))


@dataclass(frozen=True, slots=True)
class Has(Leaf):
    """At least one of these options was picked."""

    wanted: tuple[str, ...]

    def of(self, answer: Answer) -> Truth:
        return _picked(answer, self.wanted)


@dataclass(frozen=True, slots=True)
class Unanswered(Leaf):
    """The question applies and holds no value: blank or a state. Never unknown."""

    def truth(self, reading: Answered) -> Truth:
        return reading.applies(self.name) is True and self.of(reading.value(self.name))

    def of(self, answer: Answer) -> Truth:
        return (
            is_blank(answer)
            or (isinstance(answer, str) and answer in STATES)
            or (isinstance(answer, list) and all(option in STATES for option in answer))
        )


@dataclass(frozen=True, slots=True)
class Row(Leaf):
    """One of these fixed lines of a group holds one of these choices. A line left out is unknown."""

    rows: tuple[str, ...]
    wanted: tuple[str, ...]

    def of(self, answer: Answer) -> Truth:
        given = answer if isinstance(answer, dict) else {}
        return any_truth(_among(given.get(row), self.wanted) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Field(Leaf):
    """Any entry of a repeating group has one of these in the column."""

    column: str
    wanted: tuple[str, ...]

    def of(self, answer: Answer) -> Truth:
        if not isinstance(answer, list) or not answer:
            return None
        return any_truth(_among(entry.get(self.column), self.wanted) for entry in answer)


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


@dataclass(frozen=True, slots=True)
class Compare(Leaf):
    """A number question or a derived name against a limit."""

    operator: str
    limit: float

    def truth(self, reading: Answered) -> Truth:
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


def all_of(*parts: Expression) -> All:
    """Every part holds."""
    return All(parts)


def any_of(*parts: Expression) -> Either:
    """At least one part holds."""
    return Either(parts)


def not_(part: Expression) -> Not:
    """The part does not hold."""
    return Not(part)


def lead(first: Expression, or_yes: Expression) -> Lead:
    """`first` decides; `or_yes` can raise it to yes."""
    return Lead(first, or_yes)
