"""What holds of every rule and every person at once."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.questionnaire.conditions import Expression, Lead, Leaf, walk
from app.questionnaire.countries import Country
from app.questionnaire.intake import INTAKE
from app.screening.evaluation import ScreeningResult
from app.screening.factbook import FACTS
from app.screening.levels import LEVEL_ORDER, Level
from app.screening.logic import FactLeaf
from app.screening.rulebook import RULEBOOK
from tests.people import Answers, but, raised, screen, undetermined
from tests.strategies import ASKED, kept, left_over_and_all, people, steady

jurisdictions = st.sampled_from([Country.US, Country.UK])

# What counts or compares the names typed: without a name there is nothing to count.
ABOUT_WHAT_WAS_TYPED = {
    "medicine-name-unclear",
    "medicine-name-unknown",
    "medicine-may-be-stopped",
    "allergy-name-unclear",
    "contradiction-allergy-name",
}
# Lines where "yes" is the good news, or no news about the patient's health.
NOT_A_RISK = {"bp_known", "fam_known", "high_bp_control", "cancer_team_knows", "sign_assent"}
RISKS = [
    key
    for key, question in ASKED.items()
    if {"yes", "no"} <= set(getattr(question.kind, "options", {})) and key not in NOT_A_RISK
]


def worst(screening: ScreeningResult) -> int:
    """How bad it looks; a conflict is about the answers, not about the patient."""
    levels = [LEVEL_ORDER[flag.level] for flag in screening.raised if flag.level is not Level.CONFLICT]
    return min(levels, default=len(LEVEL_ORDER))


@steady
@given(answers=people, key=st.sampled_from(RISKS), jurisdiction=jurisdictions)
def test_a_yes_in_place_of_a_no_takes_no_flag_away_and_lowers_no_level(
    answers: Answers, key: str, jurisdiction: Country
) -> None:
    no = screen(answers | {key: "no"}, jurisdiction)
    yes = screen(answers | {key: "yes"}, jurisdiction)
    assert worst(yes) <= worst(no)
    concerns = {flag.rule.slug for flag in no.raised if flag.level is not Level.CONFLICT}
    assert concerns <= set(raised(yes))


@steady
@given(answers=people, key=st.sampled_from(sorted(ASKED)), jurisdiction=jurisdictions, data=st.data())
def test_an_unknown_answer_clears_nothing(
    answers: Answers, key: str, jurisdiction: Country, data: st.DataObject
) -> None:
    """Whatever was raised or open stays one of the two. The exceptions are the answers that may only ever raise."""
    key = data.draw(st.sampled_from(sorted(answers))) if answers else key
    unknown = data.draw(st.sampled_from(["not_sure", "rather_not", None]))
    before = screen(answers, jurisdiction)
    after = screen(but(answers, {key: unknown}), jurisdiction)
    told = {*raised(after), *undetermined(after)}
    assert set(undetermined(before)) <= told
    for flag in before.raised:
        if flag.rule.slug not in told:
            assert flag.rule.slug in ABOUT_WHAT_WAS_TYPED or key in only_raise(flag.rule.slug)
            assert any(key in {one.question, *gates(one.question)} for one in flag.because)


@cache
def gates(question: str) -> frozenset[str]:
    """The questions that decide whether this one is asked, and those that decide about them."""
    show_if = INTAKE.questions[question].show_if
    names = {asked(name) for name in show_if.names()} if show_if else set()
    return frozenset(names.union(*(gates(name) for name in names)))


def asked(name: str) -> str:
    return INTAKE.derived[name].question if name in INTAKE.derived else name


def behind(expression: Expression) -> Iterator[str]:
    """Every question an expression over facts or answers reads, gates with it."""
    for part in walk(expression):
        if isinstance(part, FactLeaf):
            yield from behind_fact(part.key)
        elif isinstance(part, Leaf):
            yield asked(part.name)
            yield from gates(asked(part.name))


def behind_fact(key: str) -> Iterator[str]:
    when = getattr(FACTS[key], "when", None)
    if when is not None:
        yield from behind(when)
    elif key.startswith("meds."):
        yield from ("meds_how", "medicines", "otc_list", "med_classes")
    elif key.startswith("allergy."):
        yield from ("allergy_any", "allergies")


@cache
def only_raise(slug: str) -> frozenset[str]:
    """Questions a rule reads where they may raise it and never settle it (the second part of a lead)."""

    def found(expression: Expression) -> Iterator[str]:
        for part in walk(expression):
            if isinstance(part, Lead):
                yield from behind(part.or_yes)
            if isinstance(part, FactLeaf) and getattr(FACTS[part.key], "when", None) is not None:
                yield from found(FACTS[part.key].when)

    return frozenset(found(RULEBOOK.by_slug[slug].trigger))


@steady
@given(answers=left_over_and_all, jurisdiction=jurisdictions)
def test_what_is_left_over_from_changed_answers_changes_nothing(
    answers: Answers, jurisdiction: Country
) -> None:
    assert verdict(screen(answers, jurisdiction)) == verdict(screen(kept(answers), jurisdiction))


def verdict(screening: ScreeningResult) -> tuple[Any, ...]:
    flags = [(flag.rule.slug, flag.level, flag.because) for flag in screening.raised]
    return flags, undetermined(screening)


@steady
@given(answers=left_over_and_all, jurisdiction=jurisdictions)
def test_evidence_is_what_this_person_was_asked_and_answered(answers: Answers, jurisdiction: Country) -> None:
    screening = screen(answers, jurisdiction)
    for flag in screening.raised:
        assert flag.because
        for one in flag.because:
            assert screening.facts.reading.shown(one.question), (flag.rule.slug, one)


@steady
@given(answers=left_over_and_all, jurisdiction=jurisdictions)
def test_undetermined_names_facts_that_are_unknown(answers: Answers, jurisdiction: Country) -> None:
    screening = screen(answers, jurisdiction)
    assert not set(raised(screening)) & set(undetermined(screening))
    for facts in undetermined(screening).values():
        assert facts
        assert set(facts) <= set(FACTS)


@steady
@given(answers=people, jurisdiction=jurisdictions, data=st.data())
def test_the_order_of_what_is_typed_and_ticked_does_not_matter(
    answers: Answers, jurisdiction: Country, data: st.DataObject
) -> None:
    turned = {
        key: data.draw(st.permutations(value))
        if isinstance(value, list) and not key.startswith("scale_")
        else value
        for key, value in data.draw(st.permutations(list(answers.items())))
    }
    one, other = screen(answers, jurisdiction), screen(turned, jurisdiction)
    assert raised(one) == raised(other)
    assert undetermined(one) == undetermined(other)


@steady
@given(feet=st.integers(3, 7), inches=st.integers(0, 11), pounds=st.integers(60, 800), stated=people)
def test_the_unit_chosen_does_not_matter(feet: int, inches: int, pounds: int, stated: Answers) -> None:
    american = {
        "height": {"unit": "ft_in", "feet": feet, "inches": inches},
        "weight": {"unit": "lb", "value": pounds},
    }
    metric = {
        "height": {"unit": "cm", "value": feet * 30.48 + inches * 2.54},
        "weight": {"unit": "kg", "value": pounds * 0.45359237},
    }
    stones = {"weight": {"unit": "st_lb", "stones": pounds // 14, "pounds": pounds % 14}}
    verdicts = [screen(stated | typed) for typed in (american, metric, american | stones)]
    assert raised(verdicts[0]) == raised(verdicts[1]) == raised(verdicts[2])
    assert undetermined(verdicts[0]) == undetermined(verdicts[1]) == undetermined(verdicts[2])


@steady
@given(answers=left_over_and_all, jurisdiction=jurisdictions)
def test_the_same_answers_give_the_same_screening(answers: Answers, jurisdiction: Country) -> None:
    before = dict(answers)
    one, again = screen(answers, jurisdiction), screen(answers, jurisdiction)
    assert verdict(one) == verdict(again)
    assert (one.rulebook, one.settings, one.level) == (again.rulebook, again.settings, again.level)
    assert answers == before
    order = [(LEVEL_ORDER[flag.level], flag.rule.slug) for flag in one.raised]
    assert order == sorted(order)
    assert list(undetermined(one)) == sorted(undetermined(one))
