"""Every rule that must be settled has reasons of its own to settle it by."""

import re

import pytest

from app.questionnaire.all_forms import WHOLE
from app.screening.cards import CARDS
from app.screening.rulebook import RULEBOOK
from app.screening.rulebook_document import as_markdown
from app.screening.rules import Rule
from app.screening.settling import (
    ANOTHER,
    BY_CARD,
    BY_RULE,
    GENERAL,
    MUST_SETTLE,
    NOT_GOING_ON,
    OTHER,
    Reason,
    reason,
    reason_stored,
    reasons_for,
)

SETTLED = [rule for rule in RULEBOOK.rules if rule.level in MUST_SETTLE]
RULES = pytest.mark.parametrize("rule", SETTLED, ids=lambda rule: rule.slug)
LISTS = [GENERAL, *BY_CARD.values(), *BY_RULE.values()]

STOP_A_MEDICINE = re.compile(
    r"\b(stop|come off|came off|wean|taper|quit|cut down|withhold|discontinu|reduc|lower(ed)? (it|the))", re.I
)
A_DOSE = re.compile(r"\d|\bm(c|cg|g|l)\b|milligram|tablet|\b(smaller|larger|higher) dose", re.I)


@RULES
def test_a_rules_list_is_its_own_and_short(rule: Rule) -> None:
    reasons = reasons_for(rule.slug, rule.card)
    assert reasons is not GENERAL
    assert 5 <= len(reasons) <= 8


@RULES
def test_a_rules_list_can_clear_can_hold_back_and_leaves_room(rule: Rule) -> None:
    reasons = reasons_for(rule.slug, rule.card)
    assert len({one.code for one in reasons}) == len(reasons)
    assert len({one.words for one in reasons}) == len(reasons)
    assert reasons[-2:] == (NOT_GOING_ON, ANOTHER)
    assert reasons[-1].code == OTHER
    assert any(one.clears for one in reasons[:-1])
    assert any(not one.clears for one in reasons)


@RULES
def test_what_a_slip_of_the_finger_raised_can_be_told_a_mistake(rule: Rule) -> None:
    """Every rule reads what a patient answered, or what a clinician entered, and either can be a mistake."""
    mistake = reason(rule.slug, rule.card, "entered_wrong" if rule.stage == "clinician" else "mistake")
    assert mistake
    assert mistake.clears


def test_lists_belong_to_rules_that_must_be_settled_and_to_their_cards() -> None:
    assert set(BY_CARD) <= set(CARDS)
    assert set(BY_RULE) <= {rule.slug for rule in SETTLED}
    by_card = {rule.card for rule in SETTLED if rule.slug not in BY_RULE}
    assert set(BY_CARD) == by_card, "a list that no rule of today has is one that nobody reads over"


@pytest.mark.parametrize("reasons", LISTS, ids=lambda reasons: reasons[0].code)
def test_no_reason_gives_a_dose_or_tells_anyone_to_stop_a_medicine(reasons: tuple[Reason, ...]) -> None:
    for one in reasons:
        assert not STOP_A_MEDICINE.search(one.words), one.words
        assert not A_DOSE.search(one.words), one.words


@pytest.mark.parametrize(
    "words", ["The patient has stopped it", "Stop it", "Weaned off", "Quit", "Lowered the dose", "Reduced"]
)
def test_advice_to_stop_would_be_found(words: str) -> None:
    assert STOP_A_MEDICINE.search(words)


@pytest.mark.parametrize("words", ["Up to 40", "A smaller dose", "one tablet", "five mg", "mcg"])
def test_a_dose_would_be_found(words: str) -> None:
    assert A_DOSE.search(words)


def test_a_code_is_told_in_one_way() -> None:
    """The code is what is stored: elsewhere it may not say more, or clear. Cancer and surgery had their own words."""
    told: dict[str, Reason] = {}
    for name, reasons in {"": GENERAL, **BY_CARD, **BY_RULE}.items():
        for one in reasons:
            assert re.fullmatch(r"[a-z_]{1,64}", one.code)
            if name in ("cancer", "surgery"):
                assert told.get(one.code, one).clears is one.clears
            else:
                assert told.setdefault(one.code, one) == one


def test_a_rules_list_goes_before_its_cards_and_the_general_one_comes_last() -> None:
    assert reasons_for("aneurysm-or-avm", "vessels") is BY_RULE["aneurysm-or-avm"]
    assert reasons_for("brain-bleed-history", "vessels") is BY_CARD["vessels"]
    assert reasons_for("gone", "vessels") is BY_CARD["vessels"]
    assert reasons_for("gone", "measures") is GENERAL


def test_what_can_be_picked_is_less_than_what_can_be_read() -> None:
    assert reason("headache-changed", "head", "wait") is None
    stored = reason_stored("headache-changed", "head", "wait")
    assert stored
    assert not stored.clears
    assert reason_stored("headache-changed", "head", "pressure_treated") in BY_CARD["head"]
    assert reason_stored("headache-changed", "head", "left") is None


ONCE = {
    "finished": "It is over, checked with the patient",
    "mistake": "The answer was a mistake, checked with the patient",
    "specialist_agrees": "A specialist agrees (who, and the letter's date, in the note)",
    "plan_written": "The benefit outweighs the risk, and a plan is written",
    "wait": "Wait, and look again later",
    "ask_specialist": "Ask a specialist first",
    "not_going_on": "Not going on with treatment",
    "other": "Another reason, in the note",
    "safe_now": "Reached the patient: safe now",
    "risk_assessed": "Risk assessed with the patient, and a safety plan is written",
    "sent_to_care": "Sent to emergency or crisis care",
    "controlled": "Controlled, and the nerve doctor agrees (the letter's date in the note)",
    "healed": "Healed, and the surgeon agrees or has let the patient go",
    "tested": "Tested: no allergy to what would be used",
    "test_negative": "A test is negative",
    "cancer finished": "Treatment is finished",
    "cancer specialist_agrees": "The cancer team agrees (who, and the letter's date, in the note)",
    "cancer wait": "Wait until treatment ends",
    "surgery wait": "Wait until it has healed",
}
ONCE_OFFERED = {
    "emergency": "safe_now mistake sent_to_care wait not_going_on other",
    "suicide": "risk_assessed mistake specialist_agrees sent_to_care wait not_going_on other",
    "harm_others": "risk_assessed mistake specialist_agrees sent_to_care wait not_going_on other",
    "seizures": "controlled mistake plan_written ask_specialist not_going_on other",
    "cancer": "finished specialist_agrees mistake wait not_going_on other",
    "surgery": "healed specialist_agrees mistake plan_written wait not_going_on other",
    "anesthetic": "tested specialist_agrees mistake plan_written ask_specialist not_going_on other",
    "pregnancy": "test_negative mistake specialist_agrees wait not_going_on other",
}
"""What each card offered before rules had lists; any other card, the general list. These are stored: never shorten."""


@RULES
def test_what_was_ever_stored_still_says_what_was_picked(rule: Rule) -> None:
    general = "finished mistake specialist_agrees plan_written wait not_going_on other"
    for code in ONCE_OFFERED.get(rule.card, general).split():
        stored = reason_stored(rule.slug, rule.card, code)
        assert stored, code
        assert stored.words == ONCE.get(f"{rule.card} {code}", ONCE[code])
        assert stored.clears is (code not in {"sent_to_care", "wait", "ask_specialist", "not_going_on"})


def test_seizures_and_chemotherapy_are_settled_as_the_clinic_wrote_it() -> None:
    assert [one.words for one in reasons_for("seizure-recent", "seizures")] == [
        "Only with fever, as a child",
        "Controlled, and the nerve doctor agrees (the letter's date in the note)",
        "The answer was a mistake, checked with the patient",
        "The benefit outweighs the risk, and a plan is written",
        "Ask a specialist first",
        "Not going on with treatment",
        "Another reason, in the note",
    ]
    assert [one.words for one in reasons_for("chemotherapy", "cancer")] == [
        "Treatment is finished",
        "The cancer team agrees (who, and the letter's date, in the note)",
        "The answer was a mistake, checked with the patient",
        "Wait until treatment ends",
        "Not going on with treatment",
        "Another reason, in the note",
    ]


def test_the_printed_rulebook_tells_how_each_is_settled() -> None:
    printed = as_markdown(RULEBOOK, WHOLE)
    for rule in RULEBOOK.rules:
        section = printed.partition(f"\n### {rule.title}\n")[2].partition("\n### ")[0]
        named = section.partition("- To settle it: [")[2].partition("]")[0]
        assert bool(named) == (rule.level in MUST_SETTLE), rule.slug
        if named:
            told = printed.partition(f"\n### {named}\n\n")[2].partition("\n")[0]
            words = [
                one.words if one.clears else f"waits: {one.words}"
                for one in reasons_for(rule.slug, rule.card)
            ]
            assert told == f"{'; '.join(words)}.", rule.slug
