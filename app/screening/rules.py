"""Rules: facts -> flags. A rule is a value; evaluating a rulebook gives a frozen Screening.

A rule flags something for a clinician. No rule decides, refuses, doses, or tells anyone to stop a medicine. Each ends
as raised (its trigger is yes), undetermined (unknown: something to ask) or clear.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import Any, ClassVar

from ..questionnaire.answers import Answers
from ..questionnaire.countries import Country
from ..questionnaire.pages import Questionnaire
from .facts import Fact
from .levels import Evidence, Level
from .logic import Expression, FactCompare, bound, comparisons
from .spelling import spelled

ANY_PART = "any"
"""The stage of a rule that runs whichever part was sent."""
CLINICIAN = "clinician"
"""The stage of a rule that runs once staff have entered something about the treatment."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A limit of a rule that a clinic may set, from `low` to `high`. Whole when its default is."""

    default: float
    low: float
    high: float
    unit: str

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
    """One concern. `slug` is stable for good. `stage` is the part that must have been sent, ANY_PART or CLINICIAN;
    `ask` is the sentence for the to-ask list when the trigger is unknown (None: another line covers it); `sources` are
    keys of SOURCES.

    `wakes` is whether whoever is on call is told at once, day or night: False, True, or the condition over facts under
    which a raised flag wakes them. The level sorts the queue and says nothing about it.
    """

    slug: str
    title: str
    level: Level
    card: str
    evidence: Evidence
    trigger: Expression
    rationale: str
    action: str
    sources: tuple[str, ...]
    ask: str | None = None
    wakes: bool | Expression = False
    seed: str | None = None
    stage: int | str = 1
    jurisdiction: Country | None = None
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    named_by_article: bool = False

    @property
    def defaults(self) -> dict[str, float]:
        """Its parameters as they are when a clinic sets nothing."""
        return {name: parameter.default for name, parameter in self.parameters.items()}


@dataclass(frozen=True)
class ClinicRules:
    """What a clinic may set: `parameters` by rule then name; the level of the four exclusions the article names."""

    parameters: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    article_exclusions_level: Level = Level.STOP

    @cached_property
    def identity(self) -> str:
        """A short hash of these settings."""
        declared = sorted((slug, sorted(values.items())) for slug, values in self.parameters.items())
        return hashlib.sha256(repr((declared, self.article_exclusions_level.value)).encode()).hexdigest()[:12]


DEFAULT_RULES = ClinicRules()


class SettingRefused(ValueError):
    """A parameter that no rule has, or a value it cannot take."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The rules that run for cases of one kind, made ready to be asked.

    `rules` are each with its level at this clinic, and its condition with the clinic's limits in. `limits` are the
    comparisons whose outcome may change with time alone, `moving` the rules that hold one, with their conditions.
    """

    rules: tuple[tuple[Rule, Level, Expression], ...]
    limits: tuple[FactCompare, ...]
    moving: tuple[tuple[Rule, Expression], ...]


@dataclass(frozen=True)
class Rulebook:
    """All rules of one version, and the facts they read."""

    version: str
    rules: tuple[Rule, ...]
    facts: Mapping[str, Fact]
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
        """Version and a hash of all rules and facts."""
        rules = sorted((spelled(rule) for rule in self.rules), key=itemgetter("slug"))
        facts = sorted((spelled(fact) for fact in self.facts.values()), key=itemgetter("key"))
        declared = json.dumps([rules, facts], ensure_ascii=False)
        return f"{self.version}+{hashlib.sha256(declared.encode()).hexdigest()[:12]}"

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
        rules = tuple(
            (
                rule,
                settings.article_exclusions_level if rule.named_by_article else rule.level,
                bound(rule.trigger, {**rule.defaults, **settings.parameters.get(rule.slug, {})}),
            )
            for rule in self.rules
            if _runs(rule, case)
        )
        limits: dict[FactCompare, None] = {}
        moving: list[tuple[Rule, Expression]] = []
        for rule, _, trigger in rules:
            if moved := [leaf for leaf in comparisons(trigger) if self.facts[leaf.key].moves]:
                limits |= dict.fromkeys(moved)
                moving.append((rule, trigger))
        return Ready(rules, tuple(limits), tuple(moving))

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
    """What is judged: answers, where they were given, and which parts were sent.

    `on` is the day they are judged on, `answered_on` the day they were given where that is an earlier one: what
    happened "in the last 6 weeks" is longer ago by the days between. `due` are the scales due at a check-in, `staff`
    what staff entered about the treatment, by fact. Free text is read where `written` asks for it, by default anywhere.
    """

    questionnaire: Questionnaire
    answers: Answers
    on: date
    jurisdiction: Country = Country.US
    parts: tuple[int | str, ...] = (1,)
    due: tuple[str, ...] = ()
    answered_on: date | None = None
    staff: Mapping[str, Any] = field(default_factory=dict)
    written: Questionnaire | None = None
