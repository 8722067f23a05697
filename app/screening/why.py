"""Why a rule is raised, or not known, as Python functions beside the rulebook's program.

They give what `because` and `unknown_names` of a rule's condition give, in the same order. Those of a rule are made
when it is first raised or not known: about most rules nobody ever asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from ..questionnaire.answers import DUE
from ..questionnaire.conditions import All, Either, Expression, Lead, Leaf, Not
from ..questionnaire.pages import Questionnaire
from ..questionnaire.program import compiled
from .fact_kinds import BodyMassIndex, Computed, Entered, Mentioned, Tri
from .facts import Fact, Facts
from .logic import DecidingAnswer, FactHas, FactIs, FactLeaf
from .program import Limits, RuleWriter, Values

if TYPE_CHECKING:
    from .rules import Rule

Why = Callable[[Facts, Limits], list[str | DecidingAnswer]]
"""What decided that a rule is raised: question ids, and words said."""
Unknown = Callable[[Values, Limits], tuple[str, ...]]
"""The facts that leave a rule open."""


class WhyWriter(RuleWriter):
    """Writes what decided a condition, or leaves it open, as statements, each of which says one thing."""

    value = "v[{}]"

    def because(self, condition: Expression, *, outcome: bool) -> Iterator[str]:
        """What decided that it came out as `outcome`."""
        match condition:
            case All(parts) | Either(parts):
                for part in parts:
                    yield from _when(f"{self.truth(part)} is {outcome}", self.because(part, outcome=outcome))
            case Not(part):
                yield from self.because(part, outcome=not outcome)
            case Lead(first, or_yes):
                yield from _when(f"{self.truth(first)} is {outcome}", self.because(first, outcome=outcome))
                if outcome:
                    yield from _when(self.truth(or_yes), self.because(or_yes, outcome=True))
            case Leaf(name):
                yield from self._behind(name)
            case FactIs(key, wanted):
                yield from self._because_of(key, outcome=outcome is (wanted == "yes"))
            case FactHas(key, wanted):
                yield from self._because_of(key, wanted, outcome=outcome)
            case FactLeaf(key):
                yield from self._because_of(key, outcome=outcome)

    def _because_of(self, key: str, wanted: tuple[str, ...] = (), *, outcome: bool) -> Iterator[str]:
        match self.facts[key]:
            case Tri(when=when):
                yield from self.because(when, outcome=outcome)
            case Mentioned(subject=subject, told=told):
                yield f"said.extend(facts.mentioned().get({subject!r}, ()))"
                for other in told:
                    yield from _when(f"{self.fact(other)} is False", self._because_of(other, outcome=False))
            case Computed(why=why):
                yield f"said.extend({self.constant(why)}(facts, {wanted!r}))"
            case Entered():
                yield f"said.append(DecidingAnswer({key!r}, facts.staff.get({key!r})))"
            case BodyMassIndex():
                yield "said += ('height', 'weight')"
            case fact:
                yield from self._behind(getattr(fact, "question", ""))

    def _behind(self, name: str) -> Iterator[str]:
        """The question behind a name; when it does not apply, what ruled it out."""
        if name == DUE:
            return
        derived = self.questionnaire.derived.get(name)
        question = self.questionnaire.questions[derived.question if derived else name]
        asked = f"said.append({question.id!r})"
        if question.show_if is None:
            yield asked
            return
        hidden, _ = self.absent(question.id)
        yield from _when(
            f"{self.answer(question.id)} is {hidden}", self.because(question.show_if, outcome=False)
        )
        yield from _when(f"{self.answer(question.id)} is not {hidden}", (asked,))

    def open(self, condition: Expression) -> Iterator[str]:
        """The facts that leave a condition open which is known to be so."""
        match condition:
            case All(parts) | Either(parts):
                for part in parts:
                    yield from _when(f"{self.truth(part)} is None", self.open(part))
            case Not(part) | Lead(part, _):
                yield from self.open(part)
            case FactLeaf(key):
                yield f"said[{key!r}] = None"


def _when(condition: str, statements: Iterable[str]) -> Iterator[str]:
    """Statements that run when a condition holds; nothing for none."""
    lines = [f"    {line}" for line in statements]
    if lines:
        yield f"if {condition}:"
        yield from lines


class Reasons:
    """Why the rules of a rulebook are raised, or left open, over the answers of one questionnaire."""

    def __init__(self, questionnaire: Questionnaire, facts: Mapping[str, Fact]) -> None:
        self._questionnaire, self._facts = questionnaire, facts
        self._why: dict[str, Why] = {}
        self._unknown: dict[str, Unknown] = {}

    def why(self, rule: Rule) -> Why:
        """What says why a rule is raised."""
        found = self._why.get(rule.slug)
        if found is None:
            writer = self._writer(rule)
            lines = [
                "def why(facts, limits):",
                "    reading, f, said = facts.reading, facts.values, []",
                "    v, get, on = reading.numbered, reading.answers.get, reading.on",
                *(f"    {line}" for line in writer.because(rule.trigger, outcome=True)),
                "    return said",
            ]
            found = self._why[rule.slug] = compiled(lines, writer.constants, "why")
        return found

    def unknown(self, rule: Rule) -> Unknown:
        """What says which facts leave a rule open."""
        found = self._unknown.get(rule.slug)
        if found is None:
            writer = self._writer(rule)
            lines = [
                "def unknown(f, limits):",
                "    said = {}",
                *(f"    {line}" for line in writer.open(rule.trigger)),
                "    return tuple(said)",
            ]
            found = self._unknown[rule.slug] = compiled(lines, writer.constants, "unknown")
        return found

    def _writer(self, rule: Rule) -> WhyWriter:
        writer = WhyWriter(self._questionnaire, self._facts)
        writer.parameters = {name: number for number, name in enumerate(rule.parameters)}
        writer.constants["DecidingAnswer"] = DecidingAnswer
        return writer
