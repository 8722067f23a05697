"""After a session: the check-in."""

from collections.abc import Callable

import pytest

from app.questionnaire.checkin.session import EFFECTS
from tests.people import Answers
from tests.screening.proofs import checks, line, pick, when

MOOD_DUE = {"fu_due": ["phq9"]}


def felt(**lines: str | None) -> Answers:
    """The lines of the check-in, "none" but for these; a None leaves one empty. Whatever there was has passed."""
    given = dict.fromkeys(EFFECTS, "none") | lines
    return {"fu_effects": {row: choice for row, choice in given.items() if choice}, "fu_still": "no"}


def low(item9: int | None, others: int = 0) -> Answers:
    """PHQ-9 of the check-in, when it is due."""
    return MOOD_DUE | {"fu_phq9": [others] * 8 + [item9]}


NEVER_ASKED = {"fu_due": ["gad7", "peg"], "fu_phq9": [3] * 9}

CASES = {
    "after-emergency": when(
        *({"fu_urgent": [sign]} for sign in ("chest_pain", "breathing", "seizure", "passed_out", "swelling")),
        {"fu_urgent": ["swelling", "breathing"]},
        misses={"fu_urgent": ["none"]},
        unknown=(
            ({"fu_urgent": None}, ("after.emergency_now",)),
            ({"fu_urgent": "ask_me"}, ("after.emergency_now",)),
        ),
    ),
    "after-suicide-risk": when(
        {"fu_suicide": "today"},
        low(1),
        low(3),
        MOOD_DUE | {"fu_phq9": [None] * 8 + [1]},
        low(1) | {"fu_suicide": "rather_not"},
        {"fu_suicide": "today"} | low(None),
        misses=(
            {"fu_suicide": "since_last"},
            low(0, others=3),
            {"fu_phq9": [3] * 9},  # nothing is due, so this is left over
            NEVER_ASKED,
        ),
        unknown=(
            ({"fu_suicide": "rather_not"}, ("after.suicide_today",)),
            ({"fu_suicide": None}, ("after.suicide_today",)),
            ({"fu_suicide": "ask_me"} | low(0), ("after.suicide_today",)),
            (low(None, others=3), ("after.phq9_item9",)),
            (MOOD_DUE, ("after.phq9_item9",)),
            (MOOD_DUE | {"fu_phq9": "ask_me"}, ("after.phq9_item9",)),
            (MOOD_DUE | {"fu_suicide": None}, ("after.suicide_today", "after.phq9_item9")),
        ),
    ),
    "after-suicidal-thoughts": pick("fu_suicide", "after.suicide_since", "since_last", instead="today")
    + when(
        misses={"fu_suicide": "no"}, unknown=({"fu_suicide": "rather_not"}, ("after.suicide_since",))
    ),
    "after-seizure": when(
        *(felt(fu_seizure=strength) for strength in ("mild", "medium", "strong")),
        felt(fu_chest="strong"),
        felt(fu_breathing="strong"),
        {"fu_effects": {"fu_seizure": "mild"}},
        misses=(
            felt(fu_chest="medium", fu_breathing="medium"),
            felt(**dict.fromkeys(set(EFFECTS) - {"fu_seizure", "fu_chest", "fu_breathing"}, "strong")),
        ),
        unknown=(
            (felt(fu_seizure=None), ("after.seizure",)),
            (felt(fu_seizure="not_sure"), ("after.seizure",)),
            (felt(fu_chest=None), ("after.chest_or_breath_strong",)),
            (felt(fu_breathing="ask_me"), ("after.chest_or_breath_strong",)),
            ({"fu_effects": None}, ("after.seizure", "after.chest_or_breath_strong")),
        ),
    ),
    "after-serious-effect": when(
        *(felt(**{row: strength}) for row in ("fu_chest", "fu_breathing") for strength in ("mild", "medium", "strong")),
        felt(fu_rash="medium"),
        felt(fu_rash="strong"),
        felt(fu_hallucinations="strong"),
        {"fu_change": "much_worse"},
        misses=(
            felt(fu_rash="mild", fu_hallucinations="medium", fu_seizure="strong"),
            {"fu_change": "bit_worse"},
        ),
        unknown=(
            (felt(fu_chest=None), ("after.chest_or_breath_any",)),
            (felt(fu_rash=None), ("after.rash",)),
            (felt(fu_hallucinations="rather_not"), ("after.hallucinations_strong",)),
            ({"fu_change": None}, ("after.much_worse",)),
            (
                {"fu_effects": "ask_me"},
                ("after.chest_or_breath_any", "after.rash", "after.hallucinations_strong"),
            ),
        ),
    ),
    "after-bladder": when(
        *(felt(fu_bladder=strength) for strength in ("mild", "medium", "strong")),
        misses=felt(fu_stomach="strong"),
        unknown=((felt(fu_bladder=None), ("after.bladder",)), ({"fu_effects": None}, ("after.bladder",))),
    ),
    "after-irritation": when(
        *(felt(**{row: strength}) for row in ("fu_stomach", "fu_lungs") for strength in ("medium", "strong")),
        misses=felt(fu_stomach="mild", fu_lungs="mild", fu_nausea="strong"),
        unknown=(
            (felt(fu_stomach=None), ("after.irritation",)),
            (felt(fu_lungs="not_sure"), ("after.irritation",)),
            ({"fu_effects": None}, ("after.irritation",)),
        ),
    ),
    "after-effects-strong": when(
        *(felt(**{row: "strong"}) for row in EFFECTS),
        felt(fu_headache="mild") | {"fu_still": "yes"},
        {"fu_change": "bit_worse"},
        {"fu_change": "much_worse"},
        {"fu_effects": {"fu_headache": "strong"}},
        misses=(
            felt(**dict.fromkeys(EFFECTS, "medium")),
            {"fu_change": "same"},
            {"fu_still": "yes"},  # nothing was felt, so this is left over
        ),
        unknown=(
            # One line left empty among fifteen: it may have been strong, and may still be going on.
            *((felt(**{row: None}), ("after.any_strong", "after.still_going")) for row in EFFECTS),
            (felt(fu_memory=None, fu_dizzy="mild"), ("after.any_strong",)),
            (felt(fu_dizzy="mild") | {"fu_still": "not_sure"}, ("after.still_going",)),
            (felt(fu_dizzy="mild") | {"fu_still": None}, ("after.still_going",)),
            ({"fu_change": None}, ("after.worse",)),
            ({"fu_effects": None, "fu_still": "yes"}, ("after.any_strong", "after.still_going")),
        ),
    ),
    "after-drove-or-alone": line("fu_drove", "after.drove")
    + line("fu_home", "after.went_home_alone", yes="no", no="yes")
    + when({"fu_drove": None, "fu_home": "no"}, misses=()),
    "after-other-ketamine": line("fu_other_ketamine", "after.other_ketamine"),
    "after-ketamine-pull": line("fu_craving", "after.ketamine_pull"),
    "after-more-opioids": pick(
        "fu_opioids", "after.more_opioids", "more", instead="same", given={"opioid_ever": "yes"}
    )
    + when(
        {"reasons": ["opioids"], "fu_opioids": "more"},
        misses=(
            {"fu_opioids": "more"},  # asked of those who took opioids, or come about them
            {"opioid_ever": "yes", "fu_opioids": "none"},
        ),
        unknown=(
            ({"opioid_ever": "yes", "fu_opioids": "rather_not"}, ("after.more_opioids",)),
            ({"opioid_ever": "rather_not", "fu_opioids": "more"}, ("after.more_opioids",)),
            ({"reasons": None, "fu_opioids": "more"}, ("after.more_opioids",)),
        ),
    ),
    "after-medicine-changed": line("fu_meds_changed", "after.medicine_changed"),
    "after-wants-call": line("fu_call", "after.wants_call")
    + when({"fu_call": "yes", "fu_suicide": "since_last"}, misses={"fu_call": "no", "fu_suicide": "since_last"}),
}  # fmt: skip


@pytest.mark.parametrize("check", checks(CASES))
def test_after_session(check: Callable[[], None]) -> None:
    check()
