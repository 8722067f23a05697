"""Frozen flags become cards, and what could not be decided becomes a phone script."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from app.questionnaire.all_forms import WHOLE
from app.review.case import cards as laid_out
from app.review.case.cards import Card
from app.review.case.flags import Settlement, StoredFlag, settlement
from app.review.case.obstacles import carriable_lines, obstacles
from app.screening.cards import CARDS, LIST_NAMES, list_names
from app.screening.fact_kinds import Mentioned
from app.screening.factbook import FACTS
from app.screening.levels import Evidence, Level
from app.screening.rulebook import RULEBOOK
from app.screening.settling import BY_CARD, GENERAL, reasons_for
from app.screening.source_questions import source_questions
from app.screening.sources import SOURCES
from tests.people import STAFF_ENTER

pytestmark = pytest.mark.sqlite_alone("what is said, in which words and language")

AT = datetime(2026, 3, 2, tzinfo=UTC)
SETTLED = Settlement("Lee Moss", AT, "The answer was a mistake, checked with the patient", "", clears=True)
HELD_BACK = Settlement("Lee Moss", AT, "Wait, and look again later", "", clears=False)


def flag(rule: str, level: Level | None = None, **given: Any) -> StoredFlag:
    known = RULEBOOK.by_slug.get(rule)
    made = StoredFlag(
        id=uuid4(),
        revision=1,
        rule=rule,
        level=level or (known.level if known else Level.STOP),
        card=known.card if known else "heart",
        raised=True,
        open=True,
        evidence={"because": [], "unknown": [], "ask": None},
    )
    return replace(made, **given)


def cards(flags: Iterable[StoredFlag]) -> tuple[Card, ...]:
    """The cards of a page that shows every answer."""
    return laid_out.cards(flags, dict.fromkeys(WHOLE.questions, True))


def asked(rule: str, sentence: str = "", *unknown: str) -> StoredFlag:
    words = sentence or RULEBOOK.by_slug[rule].ask
    return flag(rule, raised=False, evidence={"because": [], "unknown": list(unknown), "ask": words})


def test_flags_of_one_subject_share_a_card_strongest_first() -> None:
    made = cards(
        [
            flag("age-65-or-over"),
            flag("suicide-attempt-history"),
            flag("chemotherapy"),
            flag("suicide-risk-now"),
        ]
    )
    assert [card.id for card in made] == ["suicide", "cancer", RULEBOOK.by_slug["age-65-or-over"].card]
    assert [view.level for view in made[0].open] == [Level.URGENT, Level.REVIEW]
    assert made[0].level is Level.URGENT


def test_settled_cards_come_last_and_keep_who_and_when() -> None:
    urgent = flag("suicide-risk-now", open=False, settlements=(HELD_BACK, SETTLED))
    made = cards([urgent, flag("age-65-or-over")])
    assert [bool(card.open) for card in made] == [True, False]
    assert made[1].settled[0].settled == SETTLED


def test_a_card_is_as_strong_as_what_is_still_open_in_it() -> None:
    made = cards(
        [flag("suicide-risk-now", open=False, settlements=(SETTLED,)), flag("suicide-attempt-history")]
    )
    assert made[0].level is Level.REVIEW


def test_a_flag_says_why_and_according_to_whom() -> None:
    evidence = {
        "because": [{"question": "chemo_now", "answer": "yes", "words": "Yes"}],
        "unknown": [],
        "ask": None,
    }
    (card,) = cards([flag("chemotherapy", evidence=evidence)])
    view, rule = card.open[0], RULEBOOK.by_slug["chemotherapy"]
    assert (view.title, view.rationale, view.action) == (rule.title, rule.rationale, rule.action)
    assert view.evidence == rule.evidence.word(confirmed=False)
    assert view.sources == tuple(SOURCES[key].citation for key in rule.sources)
    (said,) = view.because
    assert (said.question, said.words, said.anchor) == (
        "Chemotherapy now",
        "Yes",
        "chemo_now",
    )


def test_a_rule_that_is_gone_is_still_shown() -> None:
    (card,) = cards(
        [flag("no-such-rule", evidence={"because": [{"question": "gone", "answer": 1, "words": "1"}]})]
    )
    assert card.open[0].title == "no-such-rule"
    assert card.open[0].because[0].anchor is None


def test_only_stop_and_urgent_flags_must_be_settled() -> None:
    every = [flag("unstable-heart", level) for level in Level]
    views = [view for card in cards(every) for view in card.open]
    assert {view.level for view in views if view.must_settle} == {Level.URGENT, Level.STOP}
    assert len(obstacles(every)) == 2


def test_suitable_stays_blocked_by_what_is_open_or_settled_by_not_going_on() -> None:
    assert obstacles([flag("chemotherapy")])
    assert obstacles([flag("chemotherapy", open=False, settlements=(SETTLED, HELD_BACK))])
    assert not obstacles([flag("chemotherapy", open=False, settlements=(HELD_BACK, SETTLED))])


def test_what_is_not_known_stands_in_the_way_as_what_is_raised_does() -> None:
    waits = asked("chemotherapy", "", "event.days_since_chemotherapy")
    (one,) = obstacles([waits, asked("age-65-or-over", "", "patient.age_years")])
    assert (one.rule, one.words, one.anchor) == ("chemotherapy", "not known", "ask-chemotherapy")
    assert (one.unknown, one.open) == (True, True)
    assert not obstacles([replace(waits, open=False, settlements=(SETTLED,))])
    (held,) = obstacles([replace(waits, open=False, settlements=(SETTLED, HELD_BACK))])
    assert (held.words, held.open) == (
        "settled with “Wait, and look again later”, which keeps it open",
        False,
    )


def test_a_condition_carries_only_what_is_open_and_would_stand_in_the_way() -> None:
    pressure = ("vitals.systolic_mmhg",)
    lines = carriable_lines(
        [
            asked("blood-pressure-very-high", "", *pressure),
            asked("blood-pressure-high-us", "", *pressure),
            asked("chemotherapy", "", "x"),
            replace(asked("surgery-recent", "", "y"), open=False, settlements=(HELD_BACK,)),
            flag("unstable-heart"),
            replace(asked("age-65-or-over", "", "z")),
        ]
    )
    assert {line.key: line.rules for line in lines} == {
        "pressure": ("blood-pressure-very-high",), "chemotherapy": ("chemotherapy",)
    }  # fmt: skip


@pytest.mark.parametrize(
    "key", sorted(key for key in FACTS.keys() - STAFF_ENTER if not isinstance(FACTS[key], Mentioned))
)
def test_every_fact_leads_to_the_questions_it_comes_from(key: str) -> None:
    assert source_questions(key)
    assert set(source_questions(key)) <= set(WHOLE.questions)


@pytest.mark.parametrize("key", sorted(STAFF_ENTER))
def test_what_staff_enter_comes_from_no_question(key: str) -> None:
    assert source_questions(key) == ()


def test_every_rule_has_a_card_and_every_kind_of_evidence_has_words() -> None:
    assert {rule.card for rule in RULEBOOK.rules} <= set(CARDS)
    assert len({evidence.word(confirmed=False) for evidence in Evidence}) == len(Evidence)


def test_what_passers_by_may_read() -> None:
    assert list_names(["suicide", "opioids", "heart", "substances", "ketamine"]) == [
        "Safety", "Substances", "Heart and blood pressure"
    ]  # fmt: skip
    for card in LIST_NAMES:
        assert CARDS[card] not in list_names(CARDS)


def test_a_flag_offers_its_rules_own_reasons_or_its_cards() -> None:
    slugs = ("patient-does-not-agree", "under-minimum-age", "chemotherapy")
    offered = {card.id: card.open for card in cards(map(flag, slugs))}
    assert {view.reasons for view in offered["capacity"]} == {
        reasons_for(slug, "capacity") for slug in slugs[:2]
    }
    assert offered["cancer"][0].reasons == BY_CARD["cancer"]


def test_a_flag_of_a_rule_that_is_gone_can_still_be_settled() -> None:
    (on_a_list, on_none) = cards([flag("gone", card="cancer"), flag("gone", card="measures")])
    assert on_a_list.open[0].reasons == BY_CARD["cancer"]
    assert on_none.open[0].reasons == GENERAL


@pytest.mark.parametrize(
    ("rule", "card", "code", "told", "clears"),
    [
        ("chemotherapy", "cancer", "wait", "Wait until treatment ends", False),
        (
            "under-minimum-age",
            "capacity",
            "mistake",
            "The answer was a mistake, checked with the patient",
            True,
        ),
        ("call-wanted-today", "suicide", "mental_health_team_agrees", BY_CARD["suicide"][1].words, True),
        ("headache-changed", "head", "wait", "Wait, and look again later", False),
        ("blood-pressure-very-high", "heart", "finished", "It is over, checked with the patient", True),
        ("gone", "measures", "not_going_on", "Not going on with treatment", False),
        ("blood-pressure-very-high", "heart", "left", "left", False),
    ],
)
def test_a_reason_once_given_keeps_its_words_when_the_list_has_changed(
    rule: str, card: str, code: str, told: str, clears: bool
) -> None:
    """Its own list first, then the card's, then the general one; and else its code."""
    shown = settlement(rule, card, "Lee", AT, code, "")
    assert (shown.reason, shown.clears) == (told, clears)
