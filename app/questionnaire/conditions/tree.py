"""Conditions as trees: the nodes that join parts, and the ways through any of them.

A node lists its parts in `children`, and what goes over a condition is a call of `walk`, `mapped` or `worded`: a new
node is walked everywhere once it lists its children.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .truth import Truth, not_truth


class Expression:
    """A condition: a node of a tree whose leaves compare one answer, or one fact, with something."""

    # Abstract without ABC: mypy asks for the methods as well, and isinstance of an ABC takes 3.5 times as long.
    __slots__ = ()

    @abstractmethod
    def truth(self, reading: Any) -> Truth:
        """Yes, no or unknown."""

    @abstractmethod
    def because(self, reading: Any, outcome: bool) -> Iterator[Any]:
        """What decided that it came out as `outcome`, most often question ids."""

    @abstractmethod
    def as_json(self, leaf: Callable[[Any], Any]) -> Any:
        """A JSON form; `leaf` says what becomes of each leaf."""

    def children(self) -> tuple[Expression, ...]:
        """Its parts, in order; none for a leaf."""
        return ()

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """The same node over other parts, as many as it has."""
        return self

    def undecided(self, reading: Any) -> Iterator[Expression]:
        """Those of its parts that leave it unknown."""
        return (part for part in self.children() if part.truth(reading) is None)

    def reads(self) -> tuple[str, ...]:
        """What this node itself reads: the name of a leaf's question, derived name or fact."""
        return ()

    def names(self) -> Iterator[str]:
        """Every name that it reads, in order; one that is read twice comes twice."""
        return (name for part in walk(self) for name in part.reads())


def walk(
    expression: Expression, into: Callable[[Expression], Iterable[Expression]] | None = None
) -> Iterator[Expression]:
    """The node, then all below it, in order. `into` says into which parts to go; by default into all."""
    yield expression
    for part in into(expression) if into else expression.children():
        yield from walk(part, into)


def unknown_leaves(expression: Expression, reading: Any) -> Iterator[Expression]:
    """The leaves that leave an unknown expression unknown, in the order met."""
    return (part for part in walk(expression, lambda part: part.undecided(reading)) if part.reads())


def unknown_names(expression: Expression, reading: Any) -> Iterator[str]:
    """What leaves an unknown expression unknown: the names its leaves read, in the order met."""
    return (name for part in unknown_leaves(expression, reading) for name in part.reads())


def mapped(expression: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """The condition with each leaf replaced by what `change` makes of it."""
    children = expression.children()
    if not children:
        return change(expression)
    return expression.with_children(tuple(mapped(part, change) for part in children))


def worded(expression: Expression, leaf: Callable[[Expression], str], negated: str, led: str) -> str:
    """The condition in words; `leaf` words each leaf.

    `negated` is how a Not is written and `led` how a Lead is: {0} and {1} are its parts, {0.bare} without brackets.
    """
    parts = [_Part(part, worded(part, leaf, negated, led)) for part in expression.children()]
    match expression:
        case All():
            return " and ".join(map(str, parts))
        case Either():
            return " or ".join(map(str, parts))
        case Not():
            return negated.format(*parts)
        case Lead():
            return led.format(*parts)
        case _:
            return leaf(expression)


class _Part:
    """The words of a part: as text in brackets where others stand beside it, and `bare`."""

    def __init__(self, part: Expression, bare: str) -> None:
        self.bare = bare
        self._brackets = isinstance(part, All | Either | Lead)

    def __str__(self) -> str:
        return f"({self.bare})" if self._brackets else self.bare


@dataclass(frozen=True, slots=True)
class _Join(Expression):
    """Several parts, of which those that came out as the whole decided it."""

    parts: tuple[Expression, ...]

    def children(self) -> tuple[Expression, ...]:
        return self.parts

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        return type(self)(children)

    def because(self, reading: Any, outcome: bool) -> Iterator[Any]:
        for part in self.parts:
            if part.truth(reading) is outcome:
                yield from part.because(reading, outcome)


@dataclass(frozen=True, slots=True)
class All(_Join):
    """Every part holds: no if any is no; else unknown if any is unknown; else yes."""

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

    def as_json(self, leaf: Callable[[Any], Any]) -> Any:
        return {"all": [part.as_json(leaf) for part in self.parts]}


@dataclass(frozen=True, slots=True)
class Either(_Join):
    """At least one part holds."""

    def truth(self, reading: Any) -> Truth:
        outcome: Truth = False
        for part in self.parts:
            truth = part.truth(reading)
            if truth is True:
                return True
            if truth is None:
                outcome = None
        return outcome

    def as_json(self, leaf: Callable[[Any], Any]) -> Any:
        return {"any": [part.as_json(leaf) for part in self.parts]}


@dataclass(frozen=True, slots=True)
class Not(Expression):
    """The part does not hold."""

    part: Expression
    """What must not hold."""

    def truth(self, reading: Any) -> Truth:
        return not_truth(self.part.truth(reading))

    def because(self, reading: Any, outcome: bool) -> Iterator[Any]:
        yield from self.part.because(reading, not outcome)

    def as_json(self, leaf: Callable[[Any], Any]) -> Any:
        return {"not": self.part.as_json(leaf)}

    def children(self) -> tuple[Expression, ...]:
        return (self.part,)

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        return Not(*children)

    def undecided(self, reading: Any) -> Iterator[Expression]:
        yield self.part


@dataclass(frozen=True, slots=True)
class Lead(Expression):
    """A plain yes/no question leads; a typed list may raise it to yes but never settle it."""

    first: Expression
    """The plain question, which settles it."""
    or_yes: Expression
    """The list, which may only make it yes."""

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

    def as_json(self, leaf: Callable[[Any], Any]) -> Any:
        return {"any": [self.first.as_json(leaf), self.or_yes.as_json(leaf)]}

    def children(self) -> tuple[Expression, ...]:
        return (self.first, self.or_yes)

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        return Lead(*children)

    def undecided(self, reading: Any) -> Iterator[Expression]:
        # Only the plain question settles it: the list may be asked about for ever.
        yield self.first


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
