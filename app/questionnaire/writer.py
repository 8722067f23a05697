"""Conditions over answers as Python expressions, of which programs are made.

Every value of a declaration reaches a program as a constant, by name: its text holds numbers, fixed words and quoted
ids. A question that applies stands in it as its stored answer. One that does not is NOT_ASKED, and one of which nobody
knows whether it does is UNKNOWN, so that a comparison is one look into a table that knows both.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from datetime import date
from typing import TYPE_CHECKING, Any

from .answers import DUE, STATES, Answer, is_blank
from .conditions import (
    NONE,
    All,
    AnswerLeaf,
    Compare,
    Either,
    Expression,
    Has,
    In,
    Lead,
    Not,
    NotIn,
    NoValue,
    Retired,
    Row,
    Truth,
    Unanswered,
)
from .kinds import Choices, Group, Measure, Rows, Scale

if TYPE_CHECKING:
    from .pages import Questionnaire


class Absence:
    """Stands in place of the answer of a question that does not apply."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name

    def get(self, line: str) -> Absence:
        """What stands on a line of a group that does not apply: the same."""
        return self


NOT_ASKED, UNKNOWN = Absence("NOT_ASKED"), Absence("UNKNOWN")
NO_PICKS, UNKNOWN_PICKS = (), (UNKNOWN,)
"""The same for a tick list, whose answer is always a sequence of codes."""

OPERATORS = {"gte": ">=", "gt": ">", "lte": "<=", "lt": "<", "is": "=="}


class ItemByItem(tuple[Any, ...]):
    """The picks of a tick list that was asked item by item, and UNKNOWN."""

    denied: frozenset[str]
    """The items that are not so."""


def picks(answer: Answer) -> Any:
    """The codes of a tick list that is asked. Raises TypeError for an answer of another shape."""
    if is_blank(answer):
        return UNKNOWN_PICKS
    if isinstance(answer, str):
        return (answer,)
    if isinstance(answer, list):
        return answer
    if not isinstance(answer, dict) or not all(isinstance(said, str) for said in answer.values()):
        raise TypeError("no tick list")
    items = {item: said for item, said in answer.items() if item != "none"}
    picked = ItemByItem((*(item for item, said in items.items() if said == "yes"), UNKNOWN))
    denied = frozenset(item for item, said in items.items() if said == "no")
    picked.denied = denied | {"none"} if "yes" in answer.values() else denied
    return picked


def denied(picked: Any, codes: Collection[str]) -> Truth:
    """No where each of these was denied, item by item, and else unknown."""
    return False if picked.__class__ is ItemByItem and picked.denied.issuperset(codes) else None


class Writer:
    """Writes conditions over answers as Python expressions; `constants` are the values that they read by name."""

    value = "v{}"
    """How the text reads the answer of a question, by its number."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.constants: dict[str, Any] = {
            "NONE": NONE,
            "NOT_ASKED": NOT_ASKED,
            "UNKNOWN": UNKNOWN,
            "NO_PICKS": NO_PICKS,
            "UNKNOWN_PICKS": UNKNOWN_PICKS,
            "sure": (STATES | {UNKNOWN}).isdisjoint,
            "picks": picks,
            "denied": denied,
            "lines": lines,
        }
        self.places = {name: place for place, name in enumerate((*questionnaire.questions, DUE))}
        """The number of each question."""
        self.questionnaire = questionnaire
        self._temporaries = 0
        self._shared: dict[Hashable, str] = {}

    def constant(self, value: object) -> str:
        """The name under which the function reads a value."""
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name

    def shared(self, key: Hashable, value: Callable[[], object]) -> str:
        """The same for a value that many places read: what is in few places of memory is near at hand."""
        if key not in self._shared:
            self._shared[key] = self.constant(value())
        return self._shared[key]

    def temporary(self) -> str:
        """A name that nothing else of the function has."""
        self._temporaries += 1
        return f"t{self._temporaries}"

    def truth(self, condition: Expression) -> str:
        """A condition as an expression that comes out as True, False or None."""
        match condition:
            case All(parts):
                named = [(self.temporary(), self.truth(part)) for part in parts]
                no = " or ".join(f"({name} := {truth}) is False" for name, truth in named)
                return f"(False if {no or False} else True if {_joined(named, '{}')} else None)"
            case Either(parts):
                return self.any_of([self.truth(part) for part in parts])
            case Not(part):
                return self.negated(self.truth(part))
            case Lead(first, or_yes):
                name = self.temporary()
                return f"(True if ({name} := {self.truth(first)}) or {self.truth(or_yes)} else {name})"
        return self.leaf(condition)

    def any_of(self, truths: list[str]) -> str:
        """Whether at least one holds."""
        if len(truths) == 1:
            return truths[0]
        named = [(self.temporary(), truth) for truth in truths]
        yes = " or ".join(f"({name} := {truth})" for name, truth in named)
        return f"(True if {yes or False} else False if {_joined(named, '{} is False')} else None)"

    def negated(self, truth: str) -> str:
        """Yes for no and no for yes."""
        name = self.temporary()
        return f"(None if ({name} := {truth}) is None else not {name})"

    def leaf(self, leaf: Expression) -> str:
        """A leaf over answers. Raises TypeError for one that it cannot write."""
        if isinstance(leaf, Compare):
            return self.compared(self.number(leaf.name), leaf.operator, repr(leaf.limit))
        if isinstance(leaf, Retired):
            return f"(not {self.constant(is_blank)}(get({leaf.name!r})))"
        if not isinstance(leaf, AnswerLeaf):
            raise TypeError(f"{type(leaf).__name__} cannot be written as Python")
        value, many = self.answer(leaf.name), self.is_list(leaf.name)
        match leaf:
            case In(_, wanted) | Has(_, wanted) if many:
                return self._picked(value, wanted)
            case NotIn(_, unwanted) if many:
                return self.negated(self._picked(value, unwanted))
            case In(_, wanted) | Has(_, wanted) if self._is_plain(leaf.name):
                return f"{self._table(wanted, when=True)}({value}, False)"
            case Row(_, rows, wanted):
                table, given = self._table(wanted, when=True), f"lines({value})"
                return self.any_of([f"{table}({given}.get({row!r}), False)" for row in rows])
            case NotIn(_, unwanted) if self._is_plain(leaf.name):
                return f"{self._table(unwanted, when=False, otherwise=False)}({value}, True)"
        hidden, unsure = self.absent(leaf.name)
        unknown = "False" if isinstance(leaf, Unanswered) else "None"
        said = f"{self.constant(leaf.of)}({value})"
        return f"(False if {value} is {hidden} else {unknown} if {value} is {unsure} else {said})"

    def compared(self, number: str, operator: str, limit: str) -> str:
        """A number, NONE or None against a limit."""
        name = self.temporary()
        holds = f"{name} {OPERATORS[operator]} {limit}"
        return f"(None if ({name} := {number}) is None else {name} is not NONE and {holds})"

    def number(self, name: str) -> str:
        """A number question or a derived name, as Reading.number gives it."""
        work_out = self.shared(("number", name), lambda: number_of(self.questionnaire, name))
        return f"{work_out}({self.answer(name)}, on)"

    def answer(self, name: str) -> str:
        """The answer of a question, or of the one behind a derived name."""
        return self.value.format(self.place(name))

    def absent(self, name: str) -> tuple[str, str]:
        """What stands for its answer when it does not apply, and when nobody knows whether it does."""
        return ("NO_PICKS", "UNKNOWN_PICKS") if self.is_list(name) else ("NOT_ASKED", "UNKNOWN")

    def place(self, name: str) -> int:
        """The number of a question, or of the one behind a derived name."""
        derived = self.questionnaire.derived.get(name)
        return self.places[derived.question if derived else name]

    def is_list(self, name: str) -> bool:
        """Whether the answer of a question is a list of codes."""
        return name == DUE or isinstance(self.questionnaire.questions[name].kind, Choices)

    def _is_plain(self, name: str) -> bool:
        """Whether the answer is a text, a number or a tick."""
        return not isinstance(self.questionnaire.questions[name].kind, Group | Measure | Rows | Scale)

    def _table(self, codes: tuple[Any, ...], *, when: bool, otherwise: bool = False) -> str:
        """A look into a table of what is asked for and of all that is unknown; the rest is left to its default."""

        def made() -> object:
            unknown = dict.fromkeys((None, "", *STATES, UNKNOWN))
            return {**unknown, NOT_ASKED: otherwise, **dict.fromkeys(codes, when)}.get

        return self.shared(("table", codes, when, otherwise), made)

    def none_of(self, codes: tuple[Any, ...]) -> str:
        """What tells whether none of these is among others."""
        return self.shared(("none of", codes), lambda: frozenset(codes).isdisjoint)

    def _picked(self, value: str, codes: tuple[Any, ...]) -> str:
        """Whether one of the codes is among the picks; unknown when one of these is a state."""
        missed = f"{self.none_of(codes)}({value})"
        asked = self.shared(("codes", codes), lambda: codes)
        return f"(True if not {missed} else False if sure({value}) else denied({value}, {asked}))"


def _joined(named: list[tuple[str, str]], test: str) -> str:
    """Whether a test holds of all names."""
    return " and ".join(test.format(name) for name, _ in named) or "True"


def lines(answer: Answer) -> Any:
    """What gives the choice on each line of a group of fixed lines."""
    return answer if isinstance(answer, dict | Absence) else {}


def number_of(questionnaire: Questionnaire, name: str) -> Callable[[Answer, date], float | NoValue | None]:
    """What works a number question or a derived name out from the answer as it stands in the function, on a day."""
    derived = questionnaire.derived.get(name)
    kind = None if derived else questionnaire.questions[name].kind
    work_out = derived.of if derived else None
    to_metric = kind.to_metric if isinstance(kind, Measure) else None

    def number(value: Answer, on: date) -> float | NoValue | None:
        if value is NOT_ASKED:
            return NONE
        if value is UNKNOWN or is_blank(value) or (isinstance(value, str) and value in STATES):
            return None
        if work_out is not None:
            return work_out(value, on)
        if to_metric is not None and isinstance(value, dict):
            return to_metric(value)
        return value if isinstance(value, (int, float)) else None

    return number
