"""Expressions over facts. The joins (all, any, not, lead) and yes/no/unknown are those of questionnaire.conditions.

    fact("event.days_since_surgery").lte(param("surgery_days"))
    all_of(fact("condition.seizures").is_("no"), fact("meds.unexplained_classes").has("antiepileptic"))

Rules read facts only, never answers. A limit may be a parameter that a clinic can set; `bound` puts its value in.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol, TypeAlias

from ..questionnaire.conditions import (
    Either,
    Expression,
    NoValue,
    Truth,
    all_of,
    any_of,
    compare,
    lead,
    mapped,
    not_,
    not_truth,
    q,
    walk,
)

__all__ = ["Band", "Expression", "Members", "Param", "Truth", "all_of", "any_of", "bound", "comparisons", "fact",
           "lead", "not_", "param", "q"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Band:
    """A whole number known only to lie between two: days, or a count."""

    low: int
    """The lowest that it may be."""
    high: int | None
    """The highest that it may be; None for no upper end."""

    def compare(self, operator: str, limit: float) -> Truth:
        """Yes when true for every value in the band, no when false for every one, else unknown."""
        ends = [
            compare(self.low, operator, limit),
            compare(self.high, operator, limit) if self.high is not None else None,
        ]
        if self.high is None:
            # Without an upper end only "at least" can be sure of yes, and only "at most" of no.
            certain = operator in ("gte", "gt")
            return ends[0] if ends[0] is certain else None
        return ends[0] if ends[0] is ends[1] else None


@dataclass(frozen=True, slots=True)
class Members:
    """A set of classes: those it surely holds and those it may."""

    sure: Mapping[str, tuple[DecidingAnswer, ...]]
    """The classes that it surely holds, each with the words that it came from."""
    possible: Mapping[str, tuple[DecidingAnswer, ...]]
    """The classes that it may hold, each with the words that it came from."""
    open: bool
    """Whether anything may be missing from it."""


class DecidingAnswer(NamedTuple):
    """An answer that decided something, when it is not simply the stored answer of a question."""

    question: str
    """The question's id."""
    answer: Any
    """The part of the answer that decided, or the words said."""


Value: TypeAlias = "Truth | float | str | Band | Members | NoValue"


class FactReader(Protocol):
    """What a fact expression reads."""

    def fact(self, key: str) -> Any:
        """The value of a fact; None is unknown."""

    def fact_because(
        self, key: str, outcome: bool, wanted: tuple[str, ...]
    ) -> Iterator[str | DecidingAnswer]:
        """The question ids, or words said, behind a fact."""


@dataclass(frozen=True, slots=True)
class Param:
    """A limit that a clinic may set, by name."""

    name: str
    """The name of the limit."""


def param(name: str) -> Param:
    """The rule's parameter called `name`."""
    return Param(name)


@dataclass(frozen=True, slots=True)
class FactLeaf(Expression):
    """One fact compared with something."""

    key: str
    """The key of the fact."""

    def truth(self, facts: FactReader) -> Truth:
        return self.of(facts.fact(self.key))

    @abstractmethod
    def of(self, value: Any) -> Truth:
        """The comparison itself."""

    def because(self, facts: FactReader, outcome: bool) -> Iterator[Any]:
        yield from facts.fact_because(self.key, outcome, ())

    def reads(self) -> tuple[str, ...]:
        return (self.key,)

    def as_json(self, leaf: Callable[[Any], Any]) -> Any:
        return leaf(self)


@dataclass(frozen=True, slots=True)
class FactIs(FactLeaf):
    """A yes/no fact is yes, or is no; an enum fact holds this value."""

    wanted: str
    """"yes", "no", or the value."""

    def of(self, value: Any) -> Truth:
        if value is None or isinstance(value, bool):
            return value if self.wanted == "yes" else not_truth(value)
        return bool(value == self.wanted)

    def because(self, facts: FactReader, outcome: bool) -> Iterator[Any]:
        yield from facts.fact_because(self.key, outcome if self.wanted == "yes" else not outcome, ())


@dataclass(frozen=True, slots=True)
class FactCompare(FactLeaf):
    """A number or a band against a limit."""

    operator: str
    """The comparison: "lt", "lte", "gt" or "gte"."""
    limit: float | Param
    """The number that it is compared with, or the name of a limit."""

    @property
    def bound(self) -> float:
        """The limit, once it is a number. Raises TypeError before a clinic's own was put in."""
        if isinstance(self.limit, Param):
            raise TypeError(f"{self.key} is compared with a limit that was not put in.")
        return self.limit

    def of(self, value: Any) -> Truth:
        if isinstance(value, Band):
            return value.compare(self.operator, self.bound)
        return compare(value, self.operator, self.bound)


@dataclass(frozen=True, slots=True)
class FactHas(FactLeaf):
    """A set holds at least one of these."""

    wanted: tuple[str, ...]
    """The classes, of which one is enough."""

    def of(self, value: Members) -> Truth:
        if any(member in value.sure for member in self.wanted):
            return True
        if value.open or any(member in value.possible for member in self.wanted):
            return None
        return False

    def because(self, facts: FactReader, outcome: bool) -> Iterator[Any]:
        yield from facts.fact_because(self.key, outcome, self.wanted)


@dataclass(frozen=True, slots=True)
class _Fact:
    """What fact() returns: the words a leaf is built from."""

    key: str

    def is_(self, value: str) -> FactIs:
        return FactIs(self.key, value)

    def in_(self, *values: str) -> Either:
        return any_of(*(self.is_(value) for value in values))

    def has(self, *members: str) -> FactHas:
        return FactHas(self.key, members)

    def gte(self, limit: float | Param) -> FactCompare:
        return FactCompare(self.key, "gte", limit)

    def gt(self, limit: float | Param) -> FactCompare:
        return FactCompare(self.key, "gt", limit)

    def lte(self, limit: float | Param) -> FactCompare:
        return FactCompare(self.key, "lte", limit)

    def lt(self, limit: float | Param) -> FactCompare:
        return FactCompare(self.key, "lt", limit)


def fact(key: str) -> _Fact:
    """Begin a leaf about the fact called `key`."""
    return _Fact(key)


def bound(expression: Expression, parameters: Mapping[str, float]) -> Expression:
    """The expression with its parameters' values in. Raises KeyError for a parameter that is not given."""

    def with_value(leaf: Expression) -> Expression:
        match leaf:
            case FactCompare(limit=Param(name)):
                return replace(leaf, limit=parameters[name])
        return leaf

    return mapped(expression, with_value)


def comparisons(expression: Expression) -> Iterator[FactCompare]:
    """Every comparison of a fact with a limit."""
    return (part for part in walk(expression) if isinstance(part, FactCompare))
