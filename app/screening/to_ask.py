"""The to-ask list: one line for each cause that leaves rules open, not one for each rule. Plain Python.

One missing reading leaves three rules open and one name that nobody knows about ten: each is one thing to ask.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from .levels import LEVEL_ORDER, Level
from .prompts import instruction_of
from .rulebook import RULEBOOK

NAMES = "{names}"
"""Where a cause's instruction names what was typed and not understood."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that several rules wait for: it is missing while one of its facts is unknown."""

    key: str
    """Names the line of the script; stable."""
    facts: frozenset[str]
    """Keys of the facts."""
    instruction: str = ""
    """What the caller does besides asking. May hold NAMES."""
    unnamed: str = ""
    """Replaces NAMES when no name was typed."""


CAUSES: tuple[Cause, ...] = (
    Cause(
        "pressure",
        frozenset({"vitals.systolic_mmhg", "vitals.diastolic_mmhg"}),
        "Where there is none, measure at the first visit.",
    ),
    Cause(
        "pressure_again",
        frozenset({"vitals.reading_current"}),
        "Measure the blood pressure again today.",
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
        "Not clear yet: {names}. The name stands on the box.",
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
        "Not clear yet: {names}.",
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
        "A relative may know what the patient does not.",
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
    declared: str
    """The instruction declared for it, which may hold NAMES; "" for none."""
    level: Level
    """The strongest level of its rules."""
    rules: tuple[str, ...]
    """Slugs, strongest first."""
    unknown: tuple[str, ...]
    """Keys of the facts that leave those rules open."""
    cause: Cause | None = None
    """None where the rules share no declared one."""

    def instruction(self, names: Collection[str] = ()) -> str:
        """What the caller does besides asking, or "". `names` are those not understood, as they are to be read."""
        unnamed = self.cause.unnamed if self.cause else ""
        return self.declared.replace(NAMES, ", ".join(names) or unnamed)


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
        ToAskItem(cause.key, cause.instruction, rules[0].level, _slugs(rules), _facts(rules), cause)
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


def _declared(rules: Iterable[UndecidedRule]) -> str:
    """The instruction of the strongest rule that declares one."""
    return next((said for one in rules if one.ask and (said := instruction_of(one.ask))), "")
