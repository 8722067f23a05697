"""Evaluating a rulebook: a case in, a frozen Screening out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ..questionnaire.conditions import unknown_names
from ..questionnaire.program import UNREADABLE
from ..questionnaire.reading import Reading
from .facts import Facts
from .levels import Level
from .lists import without_none
from .logic import DecidingAnswer
from .rules import DEFAULT_RULES, ClinicRules, ReadyRule, Rule, Rulebook, Submitted


class Because(NamedTuple):
    """An answer that decided a flag: the question's id and the stored value, or the words said."""

    question: str
    """The question's id."""
    answer: Any
    """The stored value, or the words said."""


class Raised(NamedTuple):
    """A rule whose condition is true, with the answers that decided it."""

    rule: Rule
    """The rule."""
    level: Level
    """Its level for this case."""
    because: tuple[Because, ...]
    """The answers that decided it."""
    wakes: bool = False
    """Whether the person on call is notified at once."""


class Undetermined(NamedTuple):
    """A rule that could not be decided, with the facts that are unknown."""

    rule: Rule
    """The rule."""
    unknown: tuple[str, ...]
    """The keys of the facts that are unknown."""


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
    only: Collection[str] | None = None,
    reading: Reading | None = None,
) -> ScreeningResult:
    """Judge a case. The same input, date, rulebook and settings give the same screening everywhere.

    `only`: the slugs of the rules to judge it by, None for all; `reading` is that of the case's answers, where it was
    made before.
    """
    return judged(rulebook, case, settings, facts_of(rulebook, case, reading), only)


def judged(
    rulebook: Rulebook,
    case: Submitted,
    settings: ClinicRules,
    facts: Facts,
    only: Collection[str] | None = None,
) -> ScreeningResult:
    """The screening of a case, of which the facts are known."""
    raised: list[Raised] = []
    undetermined: list[Undetermined] = []
    rules = rulebook.ready(case, settings).rules
    for one, truth in zip(rules.each, rules.truths(facts), strict=True):
        if truth is False or (only is not None and one.rule.slug not in only):
            continue
        if truth:
            raised.append(
                Raised(one.rule, one.level, _because(one, facts, rulebook), _wakes(one.rule, facts))
            )
        else:
            undetermined.append(Undetermined(one.rule, _unknown(one, facts, rulebook)))
    undetermined.sort(key=lambda line: line.rule.slug)
    return ScreeningResult(rulebook.identity, settings.identity, tuple(raised), tuple(undetermined), facts)


def facts_of(rulebook: Rulebook, case: Submitted, reading: Reading | None = None) -> Facts:
    """The facts of a case, on the day it is judged. `reading` is that of its answers, where it was made before."""
    answers = without_none(case.answers)
    if reading is None or answers is not case.answers:
        reading = Reading(case.questionnaire, answers, case.on, case.jurisdiction, case.due)
    texts = (case.written or case.questionnaire).free_texts
    facts = Facts(reading, rulebook.facts, _days(case.answered_on, case.on), case.staff, texts)
    if case.questionnaire is rulebook.program.questionnaire:
        rulebook.program.fill(facts)
    return facts


def facts_later(rulebook: Rulebook, facts: Facts, answered_on: date, on: date) -> Facts:
    """The facts of the same case on a later day."""
    reading = facts.reading.on_day(on)
    later = Facts(reading, rulebook.facts, _days(answered_on, on), facts.staff, facts.texts)
    later.keep_mentioned(facts)
    if reading.questionnaire is rulebook.program.questionnaire:
        rulebook.program.fill(later, before=facts)
    return later


def _days(answered_on: date | None, on: date) -> int:
    """How many days old the answers are."""
    return max(0, (on - answered_on).days) if answered_on else 0


def _wakes(rule: Rule, facts: Facts) -> bool:
    """Whether a raised rule tells whoever is on call. An unknown condition does not: its page asks, and shows help."""
    return rule.wakes if isinstance(rule.wakes, bool) else rule.wakes.truth(facts) is True


def _because(one: ReadyRule, facts: Facts, rulebook: Rulebook) -> tuple[Because, ...]:
    """The answers that decided a raised rule, each once, in the order met."""
    told: list[Because] = []
    for item in _decided(one, facts, rulebook):
        because = (
            Because(item.question, item.answer)
            if isinstance(item, DecidingAnswer)
            else Because(item, facts.value(item))
        )
        if because not in told:
            told.append(because)
    return tuple(told)


def _decided(one: ReadyRule, facts: Facts, rulebook: Rulebook) -> Iterable[str | DecidingAnswer]:
    if facts.values is not None:
        try:
            return rulebook.reasons.why(one.rule)(facts, one.limits)
        except UNREADABLE:
            # It asks about more than the facts did: an answer of an odd shape may be met here first.
            pass
    return one.trigger.because(facts, True)


def _unknown(one: ReadyRule, facts: Facts, rulebook: Rulebook) -> tuple[str, ...]:
    """The facts that leave a rule open, each once, in the order met."""
    if facts.values is not None:
        return rulebook.reasons.unknown(one.rule)(facts.values, one.limits)
    return tuple(dict.fromkeys(unknown_names(one.trigger, facts)))
