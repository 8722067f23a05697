"""What a clinic may set, and how a screening remembers what it was judged by."""

import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.conditions import Expression
from app.questionnaire.conditions.tree import walk
from app.questionnaire.countries import Country
from app.screening import rules
from app.screening.canonical_json import NODES, canonical
from app.screening.fact_kinds import Computed
from app.screening.levels import Evidence, Level
from app.screening.logic import bound, fact
from app.screening.rulebook import RULEBOOK
from app.screening.rules import (
    DEFAULT_RULES,
    ClinicRules,
    Parameter,
    Rule,
    Rulebook,
    SettingRefused,
    Submitted,
)
from app.screening.settling import MUST_SETTLE
from app.screening.tables import TABLES
from tests.people import HEALTHY, ON, Answers, allergic_to, but, mood, raised, screen, undetermined

EXCLUSIONS: dict[str, Answers] = {
    "anesthesia-allergy": {"anesthetic_allergy": "yes"},
    "steroid-allergy": allergic_to("prednisone"),
    "surgery-recent": {"surgery_last": "under_6_weeks"},
    "chemotherapy": {"chemo_now": "yes"},
}


def own(slug: str, **values: float) -> ClinicRules:
    return ClinicRules(parameters={slug: values})


@pytest.mark.parametrize("slug", EXCLUSIONS)
def test_the_four_exclusions_an_article_names_can_be_lowered(slug: str) -> None:
    def level(settings: ClinicRules) -> Level:
        flags = screen(but(HEALTHY, EXCLUSIONS[slug]), settings=settings).raised
        return next(flag.level for flag in flags if flag.rule.slug == slug)

    assert level(DEFAULT_RULES) is Level.STOP
    assert level(ClinicRules(article_exclusions_level=Level.REVIEW)) is Level.REVIEW


def test_nothing_that_an_article_alone_supports_stands_in_the_way_where_a_clinic_sets_nothing() -> None:
    usual = ClinicRules(article_exclusions_level=Level.REVIEW)
    grave = [rule.slug for rule in RULEBOOK.rules if usual.level_of(rule) in MUST_SETTLE]
    assert [slug for slug in grave if RULEBOOK.by_slug[slug].evidence is Evidence.ARTICLE] == []
    assert {slug for slug in EXCLUSIONS if RULEBOOK.by_slug[slug].evidence is Evidence.ARTICLE} == set(
        EXCLUSIONS
    )


def test_no_other_level_can_be_lowered() -> None:
    assert {rule.slug for rule in RULEBOOK.rules if rule.named_by_article} == set(EXCLUSIONS)
    answers = but(HEALTHY, {"seizure_ever": "yes", "seizure_last": "month"} | mood(3))
    usual = [(flag.rule.slug, flag.level) for flag in screen(answers).raised]
    lowered = screen(answers, settings=ClinicRules(article_exclusions_level=Level.REVIEW)).raised
    assert [(flag.rule.slug, flag.level) for flag in lowered] == usual


def test_a_clinic_moves_its_own_cut_off() -> None:
    answers = but(HEALTHY, mood(1))
    assert "phq9-self-harm-item" in raised(screen(answers))
    later = own("phq9-self-harm-item", item9_urgent_from=2)
    assert "phq9-self-harm-item" not in raised(screen(answers, settings=later))
    assert "phq9-self-harm-item" in raised(screen(but(HEALTHY, mood(2)), settings=later))


def test_a_cut_off_inside_a_band_leaves_the_rule_open() -> None:
    """Under 6 weeks may be 2 weeks or 5: with 30 days as the limit, nobody can say."""
    screening = screen(
        but(HEALTHY, EXCLUSIONS["surgery-recent"]), settings=own("surgery-recent", surgery_days=30)
    )
    assert undetermined(screening)["surgery-recent"] == ("event.days_since_surgery",)
    assert "surgery-past-six-months" in raised(screening)


@pytest.mark.parametrize(
    "rule", [rule for rule in RULEBOOK.rules if rule.parameters], ids=lambda rule: rule.slug
)
def test_every_parameter_is_used_by_its_rule(rule: Rule) -> None:
    """A setting that changes nothing would be a promise the screen does not keep."""
    usual = bound(rule.trigger, rule.defaults)
    for name, value in rule.defaults.items():
        assert bound(rule.trigger, rule.defaults | {name: value + 1}) != usual


@pytest.mark.parametrize(
    ("slug", "name", "parameter"),
    [(rule.slug, name, limit) for rule in RULEBOOK.rules for name, limit in rule.parameters.items()],
)
def test_every_parameter_has_a_range_around_its_default_and_a_unit(
    slug: str, name: str, parameter: Parameter
) -> None:
    assert parameter.low <= parameter.default <= parameter.high
    assert parameter.unit
    for value in (parameter.low, parameter.default, parameter.high):
        RULEBOOK.check(own(slug, **{name: value}))
    for value in (parameter.low - 1, parameter.high + 1):
        with pytest.raises(SettingRefused, match=rf"must be from {parameter.low:g} to {parameter.high:g}"):
            RULEBOOK.check(own(slug, **{name: value}))
    if isinstance(parameter.default, int) and parameter.low < parameter.high:
        with pytest.raises(SettingRefused, match=r"must be a whole number$"):
            RULEBOOK.check(own(slug, **{name: parameter.low + 0.5}))


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        (own("surgery-recent", surgery_dayz=30), "surgery_dayz"),
        (own("no-such-rule", surgery_days=30), "no-such-rule"),
        (own("heart-attack-history", days=30), "heart-attack-history"),
        (ClinicRules(parameters={"surgery-recent": {"surgery_days": True}}), "surgery_days"),
        (ClinicRules(parameters={"surgery-recent": {"surgery_days": "30"}}), "surgery_days"),  # type: ignore[dict-item]
    ],
)
def test_a_setting_that_means_nothing_is_refused(settings: ClinicRules, names: str) -> None:
    with pytest.raises(SettingRefused, match=names):
        RULEBOOK.check(settings)


def test_a_refusal_says_which_setting_of_which_rule_and_why() -> None:
    with pytest.raises(SettingRefused) as refused:
        RULEBOOK.check(own("surgery-recent", surgery_days="30"))  # type: ignore[arg-type]
    assert str(refused.value) == "the setting “surgery_days” of “surgery-recent” must be a number"


def test_a_setting_that_exists_is_taken() -> None:
    RULEBOOK.check(own("surgery-recent", surgery_days=30))
    RULEBOOK.check(own("measures-unlikely", bmi_low=14.5, bmi_high=65))


def test_a_screening_says_which_settings_and_rules_judged_it() -> None:
    usual, moved = screen(HEALTHY), screen(HEALTHY, settings=own("surgery-recent", surgery_days=30))
    assert usual.rulebook == moved.rulebook == RULEBOOK.identity
    assert usual.rulebook.startswith(f"{RULEBOOK.version}+")
    assert usual.settings != moved.settings
    assert moved.settings == own("surgery-recent", surgery_days=30).identity
    review = ClinicRules(article_exclusions_level=Level.REVIEW)
    assert len({usual.settings, moved.settings, review.identity}) == 3


def test_any_change_to_a_rule_or_a_fact_is_another_rulebook() -> None:
    first, *rest = RULEBOOK.rules
    changed = [
        dataclasses.replace(first, trigger=fact("now.emergency").is_("yes")),
        dataclasses.replace(first, parameters={"attempt_days": Parameter(91, 1, 3650, "days")}),
        dataclasses.replace(first, level=Level.NOTE),
        dataclasses.replace(first, ask="Well?"),
    ]
    books = [Rulebook(RULEBOOK.version, (rule, *rest), RULEBOOK.facts) for rule in changed]
    key, told = next(iter(RULEBOOK.facts.items()))
    other_facts = dict(RULEBOOK.facts) | {key: dataclasses.replace(told, note="Told otherwise")}
    books.append(Rulebook(RULEBOOK.version, RULEBOOK.rules, other_facts))
    assert len({book.identity for book in (RULEBOOK, *books)}) == 6
    same = Rulebook(
        RULEBOOK.version, tuple(reversed(RULEBOOK.rules)), dict(reversed(list(RULEBOOK.facts.items())))
    )
    assert same.identity == RULEBOOK.identity


def test_a_rulebook_is_the_same_in_every_process() -> None:
    """Where a function lies in memory says nothing about it."""

    def book() -> Rulebook:
        return Rulebook("test", (), {"worked_out": Computed("worked_out", of=lambda facts: 1)})

    one, other = book(), book()
    assert one.identity == other.identity


def test_another_table_of_names_is_another_rulebook(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a typed name comes to is part of how a case is judged."""
    monkeypatch.setattr(rules, "tables_hash", lambda: "other names")
    assert Rulebook(RULEBOOK.version, RULEBOOK.rules, RULEBOOK.facts).identity != RULEBOOK.identity


def test_every_table_of_names_is_in_the_identity() -> None:
    read_otherwise = {"README.md", "settling.toml", "sources.csv"}  # they read no typed word
    files = {path.name for path in (Path(rules.__file__).parent / "data").iterdir()}
    assert files == set(TABLES) | read_otherwise


def test_a_class_of_another_name_makes_no_other_rulebook() -> None:
    """What was screened yesterday was screened by the same rules, whatever Python calls them today."""
    before = Rulebook(RULEBOOK.version, RULEBOOK.rules, RULEBOOK.facts).identity
    kinds: set[type] = {type(part) for rule in RULEBOOK.rules for part in walk(rule.trigger)}
    kinds |= {type(one) for one in RULEBOOK.facts.values()} | {Rule, Parameter, Level, Country}
    names = {kind: (kind.__name__, kind.__qualname__) for kind in kinds}
    try:
        for kind in kinds:
            kind.__name__ = kind.__qualname__ = "Other"
        assert Rulebook(RULEBOOK.version, RULEBOOK.rules, RULEBOOK.facts).identity == before
    finally:
        for kind in kinds:
            kind.__name__, kind.__qualname__ = names[kind]


def test_every_node_of_a_condition_has_its_word_in_the_identity() -> None:
    def kinds(base: type[Any]) -> Iterator[type[Any]]:
        for kind in base.__subclasses__():
            yield kind
            yield from kinds(kind)

    # A dataclass with slots is made twice; the first of the two stays known as a subclass.
    made = {
        kind for kind in kinds(Expression) if vars(sys.modules[kind.__module__]).get(kind.__name__) is kind
    }
    bases = {base for kind in made for base in kind.__mro__[1:]}
    ours = {kind for kind in made - bases if kind.__module__.startswith("app.")}
    assert ours <= NODES.keys()
    assert len(set(NODES.values())) == len(NODES)
    assert canonical(fact("x").is_("a")) != canonical(fact("x").has("a"))


def test_rules_made_ready_are_kept_but_not_without_end() -> None:
    """A file of cases may bring settings of its own with each line."""
    book = Rulebook("test", (RULEBOOK.by_slug["surgery-recent"],), RULEBOOK.facts)
    case = Submitted(WHOLE, HEALTHY, ON)
    first = book.ready(case, DEFAULT_RULES)
    for days in range(1, book.MOST_READY):
        book.ready(case, own("surgery-recent", surgery_days=days))
    assert book.ready(case, DEFAULT_RULES) is first
    book.ready(case, own("surgery-recent", surgery_days=book.MOST_READY))
    assert book.ready(case, DEFAULT_RULES) is not first
