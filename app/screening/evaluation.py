"""Evaluating a rulebook: a case in, a frozen Screening out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from ..questionnaire.conditions import unknown_names
from ..questionnaire.reading import Reading
from .facts import Facts
from .levels import LEVEL_ORDER, Level
from .lists import without_none
from .logic import DecidingAnswer
from .rules import DEFAULT_RULES, ClinicRules, Rule, Rulebook, Submitted


@dataclass(frozen=True, slots=True)
class Because:
    """An answer that decided a flag: the question's id and the stored value, or the words said."""

    question: str
    answer: Any


@dataclass(frozen=True, slots=True)
class Raised:
    """A rule whose condition is true, with the answers that decided it."""

    rule: Rule
    level: Level
    because: tuple[Because, ...]
    wakes: bool = False
    """Whether the person on call is notified at once."""


@dataclass(frozen=True, slots=True)
class Undetermined:
    """A rule that could not be decided, with the facts that are unknown."""

    rule: Rule
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScreeningResult:
    """The result of judging one case by a rulebook."""

    rulebook: str
    """Identity of the rulebook: version and hash."""
    settings: str
    """Identity of the clinic's settings."""
    raised: tuple[Raised, ...]
    """By level, then slug."""
    undetermined: tuple[Undetermined, ...]
    """By slug."""
    facts: Facts
    """The facts of the case that the rules read."""

    @property
    def level(self) -> Level | None:
        """The worst level raised."""
        return self.raised[0].level if self.raised else None


def evaluate(
    rulebook: Rulebook,
    case: Submitted,
    settings: ClinicRules = DEFAULT_RULES,
    only: Callable[[Rule], bool] | None = None,
) -> ScreeningResult:
    """Judge a case. The same input, date, rulebook and settings give the same screening everywhere."""
    facts = facts_of(rulebook, case)
    raised: list[Raised] = []
    undetermined: list[Undetermined] = []
    for rule, level, trigger in rulebook.ready(case, settings).rules:
        if only is not None and not only(rule):
            continue
        truth = trigger.truth(facts)
        if truth is True:
            because = _because(trigger.because(facts, True), facts)
            raised.append(Raised(rule, level, because, _wakes(rule, facts)))
        elif truth is None:
            undetermined.append(Undetermined(rule, tuple(dict.fromkeys(unknown_names(trigger, facts)))))
    raised.sort(key=lambda flag: (LEVEL_ORDER[flag.level], flag.rule.slug))
    undetermined.sort(key=lambda line: line.rule.slug)
    return ScreeningResult(rulebook.identity, settings.identity, tuple(raised), tuple(undetermined), facts)


def facts_of(rulebook: Rulebook, case: Submitted) -> Facts:
    """The facts of a case, on the day it is judged."""
    reading = Reading(case.questionnaire, without_none(case.answers), case.on, case.jurisdiction, case.due)
    age = max(0, (case.on - case.answered_on).days) if case.answered_on else 0
    texts = (case.written or case.questionnaire).free_texts
    return Facts(reading, rulebook.facts, age, case.staff, texts)


def _wakes(rule: Rule, facts: Facts) -> bool:
    """Whether a raised rule tells whoever is on call. An unknown condition does not: its page asks, and shows help."""
    return rule.wakes if isinstance(rule.wakes, bool) else rule.wakes.truth(facts) is True


def _because(decided: Iterable[str | DecidingAnswer], facts: Facts) -> tuple[Because, ...]:
    """The deciding answers, each once, in the order met."""
    told: list[Because] = []
    for item in decided:
        one = (
            Because(item.question, item.answer)
            if isinstance(item, DecidingAnswer)
            else Because(item, facts.value(item))
        )
        if one not in told:
            told.append(one)
    return tuple(told)
