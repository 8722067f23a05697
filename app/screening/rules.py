"""Rules: facts -> flags. A rule is a value; evaluating a rulebook gives a frozen Screening.

A rule flags something for a clinician. No rule decides, refuses, doses, or tells anyone to stop a medicine. Each ends
as raised (its trigger is yes), undetermined (unknown: something to ask) or clear.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import Any, ClassVar

from ..questionnaire.all_forms import WHOLE
from ..questionnaire.answers import Answers
from ..questionnaire.countries import Country
from ..questionnaire.pages import Questionnaire
from .canonical_json import canonical
from .facts import Fact, Facts
from .levels import LEVEL_ORDER, Evidence, Level
from .logic import Expression, FactCompare, Truth, bound, comparisons
from .program import Limits, RuleProgram, Together
from .tables import tables_hash
from .why import Reasons

ANY_PART = "any"
"""The stage of a rule that runs whichever part was sent."""
CLINICIAN = "clinician"
"""The stage of a rule that runs once staff have entered something about the treatment."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A limit of a rule that a clinic may set. Whole when its default is."""

    default: float
    """Its value where a clinic sets none."""
    low: float
    """The lowest that a clinic may set."""
    high: float
    """The highest."""
    unit: str
    """What it is counted in."""

    def refusal(self, value: object) -> str | None:
        """Why a clinic cannot set this value; None when it can."""
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return "must be a number"
        if isinstance(self.default, int) and value != int(value):
            return "must be a whole number"
        if not self.low <= value <= self.high:
            return f"must be from {self.low:g} to {self.high:g} {self.unit}"
        return None


@dataclass(frozen=True, slots=True)
class Rule:
    """One concern: what raises its flag, and what the flag says."""

    slug: str
    """Its id, which is stable for good."""
    title: str
    """What the flag is called."""
    level: Level
    """How soon its flag asks for a person."""
    card: str
    """The id of the card that its flag is on."""
    evidence: Evidence
    """How well it is known that this matters."""
    trigger: Expression
    """The condition over facts that raises the flag."""
    rationale: str
    """Why it matters, for the clinician."""
    action: str
    """What to do about it; never a dose, and never to stop a medicine."""
    sources: tuple[str, ...]
    """Keys of SOURCES."""
    ask: str | None = None
    """The sentence of the to-ask list while the trigger is unknown; None where another line covers it."""
    wakes: bool | Expression = False
    """Whether whoever is on call is told at once, day or night: False, True, or the condition over facts under which a
    raised flag wakes them. The level sorts the queue and says nothing about it."""
    seed: str | None = None
    """The words of the mission article that it answers."""
    stage: int | str = 1
    """The part that must have been sent, ANY_PART or CLINICIAN."""
    jurisdiction: Country | None = None
    """The country that it runs in; None for any."""
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    """What a clinic may set of it, by name."""
    named_by_article: bool = False
    """Whether it is one of the four exclusions that the article names, whose level a clinic may set."""

    @property
    def defaults(self) -> dict[str, float]:
        """Its parameters as they are when a clinic sets nothing."""
        return {name: parameter.default for name, parameter in self.parameters.items()}


@dataclass(frozen=True)
class ClinicRules:
    """What a clinic may set of the rules."""

    parameters: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Parameters by slug of the rule, then by name."""
    article_exclusions_level: Level = Level.STOP
    """The level of the four exclusions that the article names."""

    def level_of(self, rule: Rule) -> Level:
        """The level that a rule has at this clinic."""
        return self.article_exclusions_level if rule.named_by_article else rule.level

    @cached_property
    def identity(self) -> str:
        """A short hash of these settings."""
        declared = sorted((slug, sorted(values.items())) for slug, values in self.parameters.items())
        return hashlib.sha256(repr((declared, self.article_exclusions_level.value)).encode()).hexdigest()[:12]


DEFAULT_RULES = ClinicRules()


class SettingRefused(ValueError):
    """A parameter that no rule has, or a value it cannot take."""


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A rule that runs, made ready to be asked at one clinic."""

    rule: Rule
    """As it is declared."""
    level: Level
    """The level it has there."""
    trigger: Expression
    """Its condition, with the clinic's limits in it."""
    limits: Limits
    """The clinic's limits, in the order of the rule's parameters."""


@dataclass(frozen=True, slots=True)
class ReadyRules:
    """Rules made ready to be asked at one clinic, all at once."""

    each: tuple[ReadyRule, ...]
    """The rules."""
    together: Together
    """Their conditions in the rulebook's program, over the values of the facts."""
    limits: Limits
    """The limits of all."""

    def truths(self, facts: Facts) -> list[Truth]:
        """Whether each is raised, clear, or not known."""
        if facts.values is None:
            return [one.trigger.truth(facts) for one in self.each]
        return self.together(facts.values, self.limits)


@dataclass(frozen=True, slots=True)
class Ready:
    """The rules that run for cases of one kind, made ready to be asked."""

    rules: ReadyRules
    """By level, then slug."""
    limits: tuple[FactCompare, ...]
    """The comparisons whose outcome may change with time alone."""
    moving: ReadyRules
    """The rules that hold one of these."""


@dataclass(frozen=True)
class Rulebook:
    """All rules of one version, and the facts they read."""

    version: str
    """Its number, by hand; see `identity`."""
    rules: tuple[Rule, ...]
    """All of them, in the order they are printed."""
    facts: Mapping[str, Fact]
    """All facts, by key."""
    _ready: dict[tuple[object, ...], Ready] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    MOST_READY: ClassVar[int] = 100
    """How many combinations of clinic, parts and settings are kept ready: a file may bring any number."""

    @cached_property
    def by_slug(self) -> dict[str, Rule]:
        """The rules by slug."""
        return {rule.slug: rule for rule in self.rules}

    @cached_property
    def identity(self) -> str:
        """Version and a hash of all rules and facts, of the tables by which typed words are read, and of the reasons
        with which a flag may be settled.
        """
        rules = sorted((canonical(rule) for rule in self.rules), key=itemgetter("slug"))
        facts = sorted((canonical(fact) for fact in self.facts.values()), key=itemgetter("key"))
        declared = json.dumps([rules, facts, tables_hash()], ensure_ascii=False)
        return f"{self.version}+{hashlib.sha256(declared.encode()).hexdigest()[:12]}"

    @cached_property
    def program(self) -> RuleProgram:
        """The facts and rules as functions. Made when the first case is judged: a command may judge none."""
        return RuleProgram(WHOLE, self.facts)

    @cached_property
    def reasons(self) -> Reasons:
        """Why rules are raised or left open, as functions beside the program."""
        return Reasons(WHOLE, self.facts)

    def ready(self, case: Submitted, settings: ClinicRules) -> Ready:
        """The rules that run for a case, made ready once for all cases like it."""
        key = (case.parts, case.jurisdiction, bool(case.staff), settings.identity)
        found = self._ready.get(key)
        if found is None:
            if len(self._ready) >= self.MOST_READY:
                self._ready.clear()
            found = self._ready[key] = self._made_ready(case, settings)
        return found

    def _made_ready(self, case: Submitted, settings: ClinicRules) -> Ready:
        running = (self._ready_rule(rule, settings) for rule in self.rules if _runs(rule, case))
        rules = tuple(sorted(running, key=lambda one: (LEVEL_ORDER[one.level], one.rule.slug)))
        limits: dict[FactCompare, None] = {}
        moving: list[ReadyRule] = []
        for one in rules:
            if moved := [leaf for leaf in comparisons(one.trigger) if self.facts[leaf.key].moves]:
                limits |= dict.fromkeys(moved)
                moving.append(one)
        return Ready(self._together(rules), tuple(limits), self._together(moving))

    def _together(self, rules: Sequence[ReadyRule]) -> ReadyRules:
        together = self.program.together([one.rule for one in rules])
        return ReadyRules(tuple(rules), together, tuple(limit for one in rules for limit in one.limits))

    def _ready_rule(self, rule: Rule, settings: ClinicRules) -> ReadyRule:
        limits = {**rule.defaults, **settings.parameters.get(rule.slug, {})}
        return ReadyRule(
            rule,
            settings.level_of(rule),
            bound(rule.trigger, limits),
            tuple(limits[name] for name in rule.parameters),
        )

    def check(self, settings: ClinicRules) -> None:
        """Raise SettingRefused for a parameter that does not exist, or a value it cannot take."""
        for slug, values in settings.parameters.items():
            rule = self.by_slug.get(slug)
            for name, value in values.items():
                parameter = rule.parameters.get(name) if rule else None
                if parameter is None:
                    raise SettingRefused(f"there is no setting “{name}” of a rule “{slug}”")
                if refusal := parameter.refusal(value):
                    raise SettingRefused(f"the setting “{name}” of “{slug}” {refusal}")


def _runs(rule: Rule, case: Submitted) -> bool:
    if rule.jurisdiction not in (None, case.jurisdiction):
        return False
    return bool(case.staff) if rule.stage == CLINICIAN else rule.stage in (ANY_PART, *case.parts)


@dataclass(frozen=True, slots=True)
class Submitted:
    """What is judged: answers, where they were given, and which parts were sent."""

    questionnaire: Questionnaire
    """The questions that the answers are read by."""
    answers: Answers
    """By question id."""
    on: date
    """The day they are judged on."""
    jurisdiction: Country = Country.US
    """The country of the clinic."""
    parts: tuple[int | str, ...] = (1,)
    """The parts that were sent."""
    due: tuple[str, ...] = ()
    """The scales due at a check-in."""
    answered_on: date | None = None
    """The day they were given, where that is an earlier one: what happened "in the last 6 weeks" is longer ago by the
    days between."""
    staff: Mapping[str, Any] = field(default_factory=dict)
    """What staff entered about the treatment, by fact."""
    written: Questionnaire | None = None
    """The questions whose free text is read; None for all."""
