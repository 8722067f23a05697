"""The facts and the rules of a rulebook as flat Python functions, made from their declarations when a case is first
judged.

The declarations stay the only source: facts and rules work themselves out, slower, and are the reference that tests
compare this with. A fact stands in a list at its number, after those that it reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from ..questionnaire.answers import STATES, Answer
from ..questionnaire.conditions import NONE, Expression, Truth
from ..questionnaire.kinds import Scale
from ..questionnaire.pages import Questionnaire
from ..questionnaire.program import UNREADABLE, compiled
from ..questionnaire.writer import NOT_ASKED, UNKNOWN, Writer
from .fact_kinds import (
    AnsweredNumber,
    BodyMassIndex,
    Computed,
    Days,
    Entered,
    Mentioned,
    OneOf,
    Recent,
    Score,
    Tri,
)
from .facts import Fact, Facts
from .lists import unexplained_classes
from .logic import Band, FactCompare, FactHas, FactIs, FactLeaf, Param
from .medicines import MEDICINES

if TYPE_CHECKING:
    from .rules import Rule

Values = list[Any]
"""What the facts of one case came to, by their numbers."""
Limits = tuple[float, ...]
"""The limits of rules, in the order of their parameters."""
Together = Callable[[Values, Limits], list[Truth]]
"""Whether each of some rules holds, by the facts and the limits of all, one rule's after the other's."""


class RuleWriter(Writer):
    """Writes facts, and conditions over facts and answers, as Python expressions."""

    def __init__(self, questionnaire: Questionnaire, facts: Mapping[str, Fact]) -> None:
        super().__init__(questionnaire)
        self.facts = facts
        self.numbers = {key: number for number, key in enumerate(facts)}
        self.parameters: Mapping[str, int] = {}
        """The names of the limits of the rule that is written, each with its place among those given."""
        self.constants["Band"] = Band

    def leaf(self, leaf: Expression) -> str:
        match leaf:
            case FactIs(key, wanted) if isinstance(self.facts[key], Tri | Mentioned):
                return self.fact(key) if wanted == "yes" else self.negated(self.fact(key))
            case FactCompare(key, operator, limit):
                return self._compared_fact(key, operator, limit)
            case FactHas(key, wanted):
                name, none_of = self.temporary(), self.none_of(wanted)
                sure = f"not {none_of}(({name} := {self.fact(key)}).sure)"
                may = f"{name}.open or not {none_of}({name}.possible)"
                return f"(True if {sure} else None if {may} else False)"
            case FactLeaf(key):
                return f"{self.constant(leaf.of)}({self.fact(key)})"
        return super().leaf(leaf)

    def together(self, rules: Iterable[Rule]) -> Iterator[str]:
        """The lines of a function that says which of the rules hold: a function of its own for each takes twice as
        long.
        """
        yield "def together(f, limits):"
        yield "    return ["
        limits = count()
        for rule in rules:
            self.parameters = dict(zip(rule.parameters, limits, strict=False))
            yield f"        {self.truth(rule.trigger)},"
        yield "    ]"

    def fact(self, key: str) -> str:
        """The value of a fact."""
        return f"f[{self.numbers[key]}]"

    def _compared_fact(self, key: str, operator: str, limit: float | Param) -> str:
        said = f"limits[{self.parameters[limit.name]}]" if isinstance(limit, Param) else repr(limit)
        name = self.temporary()
        number = self.compared(name, operator, said)
        band = f"{name}.compare({operator!r}, {said})"
        return f"({band} if ({name} := {self.fact(key)}).__class__ is Band else {number})"

    def worked_out(self, fact: Fact) -> str:
        """A fact as an expression that comes out as its value. Raises TypeError for a kind that it cannot write."""
        match fact:
            case Tri():
                return self._tri(fact)
            case Mentioned(subject=subject, told=told):
                also = "".join(f" and {self.fact(key)} is not True" for key in told)
                return f"({subject!r} in mentioned{also})"
            case Entered():
                return f"({self.constant(fact.of)}(staff.get({fact.key!r})) if staff else None)"
            case AnsweredNumber(question=question):
                return self._unless(fact.unknown_if, self.number(question))
            case BodyMassIndex():
                return f"{self.constant(fact.of)}({self.number('height')}, {self.number('weight')})"
            case Score(question=question):
                return f"{self.constant(self._score(fact))}({self.answer(question)})"
            case Days():
                return self._days(fact)
            case OneOf(question=question, values=values):
                known = {code: value for code, value in values.items() if code and code not in STATES}
                return f"{self.constant(known.get)}({self.answer(question)})"
            case Computed():
                return f"{self.constant(fact.of)}(facts)"
        raise TypeError(f"{type(fact).__name__} cannot be written as Python")

    def _tri(self, fact: Tri) -> str:
        truth = self._unless(fact.unknown_if, self.truth(fact.when))
        if not isinstance(fact, Recent):
            return truth
        name, (hidden, unsure) = self.temporary(), self.absent(fact.question)
        asked = (
            f"{self.answer(fact.question)} is not {hidden} and {self.answer(fact.question)} is not {unsure}"
        )
        return f"(None if ({name} := {truth}) and age > {fact.days} and {asked} else {name})"

    def _unless(self, unknown_if: Expression | None, value: str) -> str:
        return f"(None if {self.truth(unknown_if)} else {value})" if unknown_if is not None else value

    def _days(self, fact: Days) -> str:
        bands: dict[Any, Any] = {**fact.bands, **dict.fromkeys((*fact.never, NOT_ASKED), NONE)}
        looked_up = f"{self.constant(bands.get)}({self.answer(fact.question)})"
        return f"({looked_up} if not age else {self.constant(fact.aged)}({looked_up}, age))"

    def _score(self, fact: Score) -> Callable[[Answer], Any]:
        kind = self.questionnaire.questions[fact.question].kind
        if not isinstance(kind, Scale):
            raise TypeError(f"{fact.question} is no scale.")

        def score(answer: Answer) -> Any:
            if answer is NOT_ASKED:
                return NONE
            return None if answer is UNKNOWN else fact.of(answer, kind)

        return score


class RuleProgram:
    """The functions of one rulebook over the answers of one questionnaire."""

    def __init__(self, questionnaire: Questionnaire, facts: Mapping[str, Fact]) -> None:
        self.questionnaire = questionnaire
        self._facts = facts
        writer = RuleWriter(questionnaire, facts)
        self.numbers = writer.numbers
        order = list(_in_order(facts))
        moved = _moved(questionnaire, facts, order)
        self._work_out = _function(writer, order)
        self._work_out_moved = _function(writer, [key for key in order if key in moved])
        self._together: dict[tuple[str, ...], Together] = {}

    def together(self, rules: Sequence[Rule]) -> Together:
        """What says which of the rules hold, made once: there are few stages and countries, and so few such lists."""
        slugs = tuple(rule.slug for rule in rules)
        found = self._together.get(slugs)
        if found is None:
            # A writer of its own, for two threads may ask at once.
            writer = RuleWriter(self.questionnaire, self._facts)
            lines = list(writer.together(rules))
            found = self._together[slugs] = compiled(lines, writer.constants, "together")
        return found

    def fill(self, facts: Facts, before: Facts | None = None) -> None:
        """Work all facts out at once. Those of an odd shape are left to work themselves out when they are asked for.

        With `before`, the same person's on an earlier day, only what time changes is worked out.
        """
        if facts.reading.numbered is None:
            return
        known = before.values if before is not None and not self.questionnaire.asks_by_day else None
        facts.numbers = self.numbers
        facts.values = values = [None] * len(self.numbers) if known is None else known.copy()
        try:
            (self._work_out if known is None else self._work_out_moved)(facts, values)
        except UNREADABLE:
            facts.values = None


def _function(writer: RuleWriter, keys: Iterable[str]) -> Callable[[Facts, Values], None]:
    """What works these facts out and puts them into a list, which holds the others that they read."""
    lines = [
        "def work_out(facts, f):",
        "    reading, staff, age, mentioned = facts.reading, facts.staff, facts.age, facts.mentioned()",
        "    get, on = reading.answers.get, reading.on",
        f"    ({''.join(f'v{place}, ' for place in writer.places.values())}) = reading.numbered",
    ]
    lines += [f"    {writer.fact(key)} = {writer.worked_out(writer.facts[key])}" for key in keys]
    work_out: Callable[[Facts, Values], None] = compiled(lines, writer.constants, "work_out")
    return work_out


def _in_order(facts: Mapping[str, Fact]) -> Iterator[str]:
    """The keys of all facts, each after those that it reads."""
    done: set[str] = set()

    def after_its_own(key: str) -> Iterator[str]:
        if key in done:
            return
        done.add(key)
        for read in _names(facts[key]):
            if read in facts:
                yield from after_its_own(read)
        yield key

    for key in facts:
        yield from after_its_own(key)


def _names(fact: Fact) -> Iterator[str]:
    """The facts, questions and derived names that a fact is worked out from by name."""
    for condition in (getattr(fact, "when", None), getattr(fact, "unknown_if", None)):
        if isinstance(condition, Expression):
            yield from condition.names()
    yield getattr(fact, "question", "")
    if isinstance(fact, Mentioned):
        yield from fact.told
    if isinstance(fact, Computed) and fact.of is unexplained_classes:
        yield "meds.classes"
        yield from (key for medicine in MEDICINES for key in medicine.implies)


def _moved(questionnaire: Questionnaire, facts: Mapping[str, Fact], order: Iterable[str]) -> set[str]:
    """The keys of the facts that time alone may change."""
    moved = {name for name, derived in questionnaire.derived.items() if derived.by_day}
    for key in order:
        if facts[key].moves or not moved.isdisjoint(_names(facts[key])):
            moved.add(key)
    return moved
