"""The to-ask list: one line for each cause that leaves rules open, not one for each rule. Plain Python.

One missing reading leaves three rules open and one name that nobody knows about ten: each is one thing to ask.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from .levels import LEVEL_ORDER, Level
from .prompts import Prompt, parse_prompt, prompt_of_questions
from .rulebook import RULEBOOK
from .source_questions import source_questions

NAMES = "{names}"
"""Where a cause's prompt names what was typed and not understood."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that several rules wait for: it is missing while one of its facts is unknown."""

    key: str
    """Names the line of the script; stable."""
    facts: frozenset[str]
    """Keys of the facts."""
    prompt: Prompt
    """How to ask for it. May hold NAMES."""
    unnamed: str = ""
    """Replaces NAMES when no name was typed."""


CAUSES: tuple[Cause, ...] = (
    Cause(
        "pressure",
        frozenset({"vitals.systolic_mmhg", "vitals.diastolic_mmhg"}),
        Prompt(
            "Do you know a blood pressure reading from the last 6 months?",
            "If not, measure at the first visit.",
        ),
    ),
    Cause(
        "pressure_again",
        frozenset({"vitals.reading_current"}),
        Prompt("When was that reading?", "Measure the blood pressure again today."),
    ),
    Cause(
        "medicine_names",
        frozenset(
            {
                "meds.classes",
                "meds.unexplained_classes",
                "meds.depressant_count",
                "meds.unclear_count",
                "meds.unknown_count",
                "meds.past_count",
                "meds.ketamine",
                "meds.nmda_antagonist",
                "meds.seizure_threshold",
                "meds.breakdown_changer",
                "meds.seizure_medicine_unexplained",
                "meds.heart_medicine_unexplained",
            }
        ),
        Prompt(
            "Can you read out the names on the boxes of what is not clear yet: {names}? "
            "Are you still taking each of them, and what for?"
        ),
        unnamed="every medicine",
    ),
    Cause(
        "medicine_families",
        frozenset(
            {
                "meds.theophylline",
                "meds.maoi",
                "meds.opioid",
                "meds.opioid_blocker",
                "meds.sedative",
                "meds.stimulant",
                "meds.lamotrigine",
                "meds.antipsychotic",
                "meds.triptan",
                "meds.glp1",
                "meds.blood_thinner",
                "meds.thyroid_hormone",
                "meds.steroid",
                "meds.family_ticked",
                "meds.opioid_blocker_unexplained",
                "meds.shop_bought",
            }
        ),
        Prompt(
            "In the last month, have you taken any of the medicines on our list?",
            "Read it to the patient.",
        ),
    ),
    Cause(
        "allergy_names",
        frozenset(
            {
                "allergy.classes",
                "allergy.unclear_count",
                "allergy.near_classes",
                "allergy.severe_other",
                "allergy.any_other",
            }
        ),
        Prompt("What exactly are you allergic to, and what happened?", "Not clear yet: {names}."),
        unnamed="every allergy",
    ),
    Cause(
        "family",
        frozenset(
            {
                "family.psychosis",
                "family.seizures",
                "family.heart_attack",
                "family.heart_attack_early",
                "family.anaesthetic_reaction",
            }
        ),
        Prompt(
            "Can you ask a relative about the family: psychosis, seizures, heart attacks, trouble with an anesthetic?"
        ),
    ),
)
"""The causes that several rules wait for, in the order they are asked."""

_PLACES = {rule.slug: place for place, rule in enumerate(RULEBOOK.rules)}


class UndecidedRule(Protocol):
    """A rule that could not be decided: the facts that are unknown, and its own sentence to ask."""

    @property
    def rule(self) -> str: ...

    @property
    def level(self) -> Level: ...

    @property
    def unknown(self) -> tuple[str, ...]: ...

    @property
    def ask(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class ToAskItem:
    """One thing to ask, and the rules that wait for it."""

    key: str
    """Its name, the same while the same rules wait."""
    declared: Prompt | None
    """The prompt declared for it, which may hold NAMES; None when there is none."""
    level: Level
    """The strongest level of its rules."""
    rules: tuple[str, ...]
    """Slugs, strongest first."""
    unknown: tuple[str, ...]
    """Keys of the facts that leave those rules open."""
    cause: Cause | None = None
    """None where the rules share no declared one."""

    def prompt(self, names: Collection[str] = (), questions: Iterable[str] = ()) -> Prompt:
        """How to ask for it: as declared, or in the wording of the questions that would answer it.

        `names` are those that were typed and not understood; `questions` the ids of those that are open, by default
        all that the unknown facts are worked out from.
        """
        if self.declared:
            unnamed = self.cause.unnamed if self.cause else ""
            return self.declared.filled(NAMES, ", ".join(f"“{name}”" for name in names) or unnamed)
        behind = dict.fromkeys(name for fact in self.unknown for name in source_questions(fact))
        rule = RULEBOOK.by_slug.get(self.rules[0])
        title = rule.title if rule else self.rules[0]
        return (
            prompt_of_questions(questions)
            or prompt_of_questions(behind)
            or Prompt(f"What can you tell me about this: {title}?")
        )


def to_ask_items(waiting: Iterable[UndecidedRule]) -> tuple[ToAskItem, ...]:
    """The lines of some rules that could not be decided: every one of them is under some line.

    By level, then the declared causes in their order, then by the order of the rulebook.
    """
    ranked = sorted(waiting, key=_rank)
    by_cause: dict[str, list[UndecidedRule]] = {cause.key: [] for cause in CAUSES}
    by_facts: dict[frozenset[str], list[UndecidedRule]] = {}
    for one in ranked:
        causes = [cause for cause in CAUSES if not cause.facts.isdisjoint(one.unknown)]
        for cause in causes:
            by_cause[cause.key].append(one)
        if not causes:
            by_facts.setdefault(frozenset(one.unknown), []).append(one)
    found = [
        ToAskItem(cause.key, cause.prompt, rules[0].level, _slugs(rules), _facts(rules), cause)
        for cause in CAUSES
        if (rules := by_cause[cause.key])
    ]
    # Already by level and rulebook; the sort below is stable, so causes come before them within a level.
    found += [
        ToAskItem(rules[0].rule, _declared(rules), rules[0].level, _slugs(rules), _facts(rules))
        for rules in by_facts.values()
    ]
    return tuple(sorted(found, key=lambda line: LEVEL_ORDER[line.level]))


def _rank(one: UndecidedRule) -> tuple[int, int, str]:
    return LEVEL_ORDER[one.level], _PLACES.get(one.rule, len(_PLACES)), one.rule


def _slugs(rules: Iterable[UndecidedRule]) -> tuple[str, ...]:
    return tuple(one.rule for one in rules)


def _facts(rules: Iterable[UndecidedRule]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact for one in rules for fact in one.unknown))


def _declared(rules: Iterable[UndecidedRule]) -> Prompt | None:
    """The prompt of the strongest rule that declares one."""
    return next((parse_prompt(one.ask) for one in rules if one.ask), None)
