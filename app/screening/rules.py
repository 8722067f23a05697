"""Rules: facts -> flags. A rule is a value; evaluating a rulebook gives a frozen Screening.

A rule flags something for a clinician. No rule decides, refuses, doses, or tells anyone to stop a medicine. Each ends
as raised (its trigger is yes), undetermined (unknown: something to ask) or clear.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from ..questionnaire.answers import Answers
from ..questionnaire.pages import Questionnaire
from .facts import Fact, Facts
from .logic import Expression, Said, bound, unknown_facts


class Level(StrEnum):
    """How soon a person looks, in the order shown."""

    URGENT = "urgent"
    STOP = "stop"
    REVIEW = "review"
    CONFLICT = "conflict"
    NOTE = "note"


LEVEL_ORDER = {level: place for place, level in enumerate(Level)}


class Evidence(StrEnum):
    """What stands behind a rule. Shown beside it: a label and a marketing article must not look alike."""

    LABEL = "label"
    CONSENSUS = "consensus"
    CAUTION = "caution"
    LAW = "law"
    ARTICLE = "article"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Rule:
    """One concern. `slug` is stable for good. `stage` is the part that must have been sent; `ask` is the sentence for
    the to-ask list when the trigger is unknown (None: another line covers it); `sources` are keys of SOURCES.
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
    seed: str | None = None
    stage: int | str = 1
    jurisdiction: str | None = None
    parameters: Mapping[str, float] = field(default_factory=dict)
    named_by_article: bool = False


@dataclass(frozen=True, slots=True)
class Because:
    """An answer that decided a flag: the question's id and the stored value, or the words said."""

    question: str
    answer: Any


@dataclass(frozen=True, slots=True)
class Raised:
    """A rule that came out yes, with the answers that decided it."""

    rule: Rule
    level: Level
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Undetermined:
    """A rule that could not be decided, with the facts that are unknown."""

    rule: Rule
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Screening:
    """What a rulebook says of one case. Raised by level then slug; undetermined by slug."""

    rulebook: str
    settings: str
    raised: tuple[Raised, ...]
    undetermined: tuple[Undetermined, ...]
    facts: Facts

    @property
    def level(self) -> Level | None:
        """The worst level raised."""
        return self.raised[0].level if self.raised else None

    @property
    def to_ask(self) -> tuple[Undetermined, ...]:
        """The undetermined rules that have a sentence to ask."""
        return tuple(line for line in self.undetermined if line.rule.ask)


@dataclass(frozen=True, slots=True)
class ClinicRules:
    """What a clinic may set: `parameters` by rule then name; the level of the four exclusions the article names."""

    parameters: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    article_exclusions_level: Level = Level.STOP

    @property
    def identity(self) -> str:
        """A short hash of these settings."""
        told = sorted((slug, sorted(values.items())) for slug, values in self.parameters.items())
        return hashlib.sha256(repr((told, self.article_exclusions_level.value)).encode()).hexdigest()[:12]


DEFAULT_RULES = ClinicRules()


class SettingRefused(ValueError):
    """A parameter that no rule has, or a value that is not a number."""


@dataclass(frozen=True)
class Rulebook:
    """All rules of one version, and the facts they read."""

    version: str
    rules: tuple[Rule, ...]
    facts: Mapping[str, Fact]

    @cached_property
    def by_slug(self) -> dict[str, Rule]:
        """The rules by slug."""
        return {rule.slug: rule for rule in self.rules}

    @cached_property
    def identity(self) -> str:
        """Version and a hash of all rules and facts."""
        told = repr(sorted(map(_spelled, self.rules))) + repr(sorted(map(_spelled, self.facts.values())))
        return f"{self.version}+{hashlib.sha256(told.encode()).hexdigest()[:12]}"

    @cached_property
    def _bound(self) -> dict[str, Expression]:
        return {rule.slug: bound(rule.trigger, rule.parameters) for rule in self.rules}

    def trigger(self, rule: Rule, settings: ClinicRules) -> Expression:
        """The rule's trigger with the clinic's values in."""
        own = settings.parameters.get(rule.slug)
        return bound(rule.trigger, {**rule.parameters, **own}) if own else self._bound[rule.slug]

    def check(self, settings: ClinicRules) -> None:
        """Raise SettingRefused for a parameter that does not exist or is not a number."""
        for slug, values in settings.parameters.items():
            rule = self.by_slug.get(slug)
            for name, value in values.items():
                if rule is None or name not in rule.parameters:
                    raise SettingRefused(f"there is no setting “{name}” of a rule “{slug}”")
                if isinstance(value, bool) or not isinstance(value, (int, float)):
                    raise SettingRefused(f"the setting “{name}” of “{slug}” must be a number")


def _spelled(declared: object) -> str:
    """A declaration spelled out the same way on every machine: functions by name, not by address."""
    values = (getattr(declared, name) for name in sorted(type(declared).__dataclass_fields__))  # type: ignore[attr-defined]
    return repr(
        [value.__name__ if callable(value) and hasattr(value, "__name__") else value for value in values]
    )


@dataclass(frozen=True, slots=True)
class Submitted:
    """What is judged: answers, the day they were given, where, and which parts were sent.

    `due` are the scales due at a check-in.
    """

    questionnaire: Questionnaire
    answers: Answers
    on: date
    jurisdiction: str = "US"
    parts: tuple[int | str, ...] = (1,)
    due: tuple[str, ...] = ()


def evaluate(
    rulebook: Rulebook,
    case: Submitted,
    settings: ClinicRules = DEFAULT_RULES,
    only: Callable[[Rule], bool] | None = None,
) -> Screening:
    """Judge a case. The same input, date, rulebook and settings give the same screening everywhere."""
    facts = Facts.of(case.questionnaire, case.answers, case.on, rulebook.facts, case.jurisdiction, case.due)
    raised: list[Raised] = []
    undetermined: list[Undetermined] = []
    for rule in rulebook.rules:
        if rule.stage not in case.parts or rule.jurisdiction not in (None, case.jurisdiction):
            continue
        if only is not None and not only(rule):
            continue
        trigger = rulebook.trigger(rule, settings)
        truth = trigger.truth(facts)
        if truth is True:
            level = settings.article_exclusions_level if rule.named_by_article else rule.level
            raised.append(Raised(rule, level, _because(trigger.because(facts, True), facts)))
        elif truth is None:
            undetermined.append(Undetermined(rule, tuple(dict.fromkeys(unknown_facts(trigger, facts)))))
    raised.sort(key=lambda flag: (LEVEL_ORDER[flag.level], flag.rule.slug))
    undetermined.sort(key=lambda line: line.rule.slug)
    return Screening(rulebook.identity, settings.identity, tuple(raised), tuple(undetermined), facts)


def _because(decided: Iterable[str | Said], facts: Facts) -> tuple[Because, ...]:
    """The deciding answers, each once, in the order met."""
    told: list[Because] = []
    for item in decided:
        one = (
            Because(item.question, item.answer)
            if isinstance(item, Said)
            else Because(item, facts.value(item))
        )
        if one not in told:
            told.append(one)
    return tuple(told)
