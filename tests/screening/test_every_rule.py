"""No rule is left half proved: the tables beside this file cover the whole rulebook, every leaf and every threshold."""

from datetime import date
from importlib import import_module
from typing import Any

import pytest

from app.questionnaire.conditions import NoValue, walk
from app.screening import rulebook
from app.screening.levels import Level
from app.screening.logic import Band, FactCompare, FactHas, FactLeaf, bound
from app.screening.rulebook import RULEBOOK, mentioned
from app.screening.rules import Rule
from app.screening.sources import SOURCES, was_read
from tests.people import screen
from tests.screening.proofs import Cases, here, person

SUBJECTS = tuple(name for name in dir(rulebook) if hasattr(getattr(rulebook, name), "RULES"))
TABLES: dict[str, dict[str, Cases]] = {
    subject: import_module(f"tests.screening.test_rules_{subject}").CASES for subject in SUBJECTS
}
ALL_CASES = {slug: cases for table in TABLES.values() for slug, cases in table.items()}

# What these count is never unknown: how many names were not understood, and whether a measure is missing. A mention
# is there or is not.
NEVER_UNKNOWN = {
    "medicine-name-unclear",
    "medicine-name-unknown",
    "medicine-may-be-stopped",
    "allergy-name-unclear",
    "measures-missing",
    *(rule.slug for rule in mentioned.RULES),
}
# An old reading says nothing about today: never no.
YES_OR_UNKNOWN = {"vitals.reading_current"}

RULES = pytest.mark.parametrize("rule", RULEBOOK.rules, ids=lambda rule: rule.slug)


def trigger_leaves(rule: Rule) -> list[FactLeaf]:
    return [part for part in walk(bound(rule.trigger, rule.defaults)) if isinstance(part, FactLeaf)]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_each_subject_has_a_table_of_its_own_rules(subject: str) -> None:
    assert set(TABLES[subject]) == {rule.slug for rule in getattr(rulebook, subject).RULES}


def test_every_rule_of_the_book_is_in_a_table() -> None:
    assert set(ALL_CASES) == set(RULEBOOK.by_slug)
    assert len(RULEBOOK.rules) == len(RULEBOOK.by_slug)


@RULES
def test_every_rule_fires_misses_and_is_unknown(rule: Rule) -> None:
    cases = ALL_CASES[rule.slug]
    assert cases.fires
    assert cases.misses
    assert bool(cases.unknown) is (rule.slug not in NEVER_UNKNOWN)


@RULES
def test_every_part_of_a_trigger_turns_the_rule(rule: Rule) -> None:
    """A part that came out the same in all cases could be dropped, and no test would know."""
    cases = ALL_CASES[rule.slug]
    tried = (*cases.fires, *cases.misses, *(changes for changes, _ in cases.unknown))
    facts = [screen(person(rule.slug, changes), here(rule.slug)).facts for changes in tried]
    decided = facts[: len(cases.fires) + len(cases.misses)]
    for leaf in trigger_leaves(rule):
        if leaf.key in YES_OR_UNKNOWN:
            assert {True, None} <= {leaf.truth(known) for known in facts}, leaf
        else:
            assert {True, False} <= {leaf.truth(known) for known in decided}, leaf


@RULES
def test_every_class_a_rule_looks_for_was_found_once(rule: Rule) -> None:
    for leaf in trigger_leaves(rule):
        if isinstance(leaf, FactHas):
            found: set[str] = set()
            for changes in ALL_CASES[rule.slug].fires:
                found |= set(screen(person(rule.slug, changes), here(rule.slug)).facts.fact(leaf.key).sure)
            assert set(leaf.wanted) <= found


@RULES
def test_every_threshold_is_met_from_both_sides(rule: Rule) -> None:
    cases = ALL_CASES[rule.slug]
    fired = [screen(person(rule.slug, changes), here(rule.slug)).facts for changes in cases.fires]
    missed = [screen(person(rule.slug, changes), here(rule.slug)).facts for changes in cases.misses]
    for leaf in trigger_leaves(rule):
        if isinstance(leaf, FactCompare):
            assert any(
                {leaf.truth(here_), leaf.truth(there)} == {True, False}
                and next_to(here_.fact(leaf.key), there.fact(leaf.key))
                for here_ in fired
                for there in missed
            ), leaf


def next_to(one: Any, other: Any) -> bool:
    """Whether no answer lies between: whole numbers in a row, neighbouring bands, or a measure a hair apart."""
    if isinstance(one, NoValue) or isinstance(other, NoValue):
        return False
    if isinstance(one, Band) and isinstance(other, Band):
        return one.high == other.low - 1 or other.high == one.low - 1
    if isinstance(one, Band) or isinstance(other, Band):
        return False
    gap = abs(one - other)
    return bool(0 < gap <= 0.2 or (gap == 1 and isinstance(one, int) and isinstance(other, int)))


@RULES
def test_every_rule_cites_works_that_exist(rule: Rule) -> None:
    assert rule.sources
    assert set(rule.sources) <= set(SOURCES)


def test_every_source_is_named_once_and_says_how_much_of_it_was_read() -> None:
    grades = {"yes", "part", "summary", "abstract", "reports", "knowledge", "article", "local"}
    for key, source in SOURCES.items():
        assert source.key == key
        assert source.citation.strip()
        assert source.seen in grades, key


def test_what_stands_in_anybodys_way_rests_on_parts_that_were_read() -> None:
    grave = [rule for rule in RULEBOOK.rules if rule.level in (Level.URGENT, Level.STOP)]
    cited = {key: SOURCES[key] for rule in grave for key in rule.sources}
    assert [key for key, source in cited.items() if not was_read(source)] == []
    for source in cited.values():
        if source.seen == "yes":
            assert source.section, source.key
            assert source.address.startswith("http"), source.key
            assert date.fromisoformat(source.read_on) >= date(2026, 11, 28), source.key


def test_a_work_that_was_not_read_whole_says_why_not() -> None:
    told = {key for key, source in SOURCES.items() if source.seen_note}
    assert {
        key for rule in RULEBOOK.rules for key in rule.sources if not was_read(SOURCES[key])
    } - told == set()


@RULES
def test_every_rule_lands_on_a_card_with_a_name(rule: Rule) -> None:
    cards = import_module("app.screening.cards")
    assert rule.card in cards.CARDS


@RULES
def test_no_rule_tells_anyone_to_stop_a_medicine(rule: Rule) -> None:
    """It flags; a clinician decides. And whoever reads "stop it" in a hurry may pass it on."""
    for text in (rule.action, rule.ask or ""):
        assert "stop taking" not in text.lower()
        assert "stop your" not in text.lower()


@RULES
def test_every_rule_says_why_and_what_to_do(rule: Rule) -> None:
    assert rule.title
    assert rule.rationale.endswith(".")
    assert rule.action.endswith((".", "?"))
