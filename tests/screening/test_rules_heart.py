"""Heart disease, vessels and strokes."""

from collections.abc import Callable

import pytest

from tests.screening.proofs import checks, line, pick, tick, when

OTHER_HEART = {"heart_other": "yes"}
ATTACK = {"heart_attack": "yes"}
OTHER_ILLNESS = {"other_any": "yes"}


CASES = {
    "cardiac-event-recent": pick(
        "heart_event_when",
        "event.days_since_cardiac_event",
        "under_6_weeks",
        instead="weeks_6_to_months_6",
        given=ATTACK,
    )
    + when(
        OTHER_HEART | {"heart_list": ["stent"], "heart_event_when": "under_6_weeks"},
        misses=OTHER_HEART | {"heart_list": ["angina"], "heart_event_when": "under_6_weeks"},
        unknown=({"heart_attack": "not_sure"}, ("event.days_since_cardiac_event",)),
    ),
    "heart-attack-history": line("heart_attack", "condition.heart_attack"),
    "heart-disease-unstable": line("heart_worse", "condition.heart_unstable", given=ATTACK)
    + line("heart_worse", "condition.heart_unstable", given=OTHER_HEART)
    + when(misses={"heart_worse": "yes"}),
    "chest-pain-recent": line("chest_pain_recent", "symptom.chest_pain_recent"),
    "heart-disease": when(
        {"heart_other": "yes"},
        {"heart_attack": "yes"},
        *(
            {"heart_other": "not_sure", "heart_list": [kind]}
            for kind in ("angina", "stent", "failure", "valve", "rhythm", "device")
        ),
        misses=({"heart_other": "no"}, {"heart_other": "no", "heart_list": ["failure"]}),
        unknown=(
            ({"heart_other": "not_sure", "heart_list": ["born"]}, ("condition.heart_other",)),
            ({"heart_attack": "not_sure"}, ("condition.ischaemic_heart_disease",)),
            (
                {"heart_other": None},
                (
                    "condition.ischaemic_heart_disease",
                    "condition.heart_failure",
                    "condition.heart_valve_disease",
                    "condition.arrhythmia",
                    "condition.heart_other",
                ),
            ),
        ),
    ),
    "aneurysm-or-avm": line("aneurysm", "condition.aneurysm_or_avm")
    + when(
        OTHER_HEART | {"heart_list": ["dissection"]},
        OTHER_ILLNESS | {"other_list": ["dissection"]},
        # A list can raise it, never settle it.
        OTHER_ILLNESS | {"aneurysm": "not_sure", "other_list": ["dissection"]},
        misses=(
            OTHER_ILLNESS | {"other_list": ["connective"]},
            {"other_any": "no", "other_list": ["dissection"]},
        ),
        unknown=(
            OTHER_HEART | {"aneurysm": "not_sure", "heart_list": ["valve"]},
            ("condition.aneurysm_or_avm",),
        ),
    ),
    "inherited-vessel-risk": tick(
        "other_list",
        "condition.inherited_vessel_risk",
        "connective",
        instead="dissection",
        given=OTHER_ILLNESS,
    )
    + when(
        misses={"other_any": "no", "other_list": ["connective"]},
        unknown=({"other_any": "not_sure", "other_list": ["not_sure"]}, ("condition.inherited_vessel_risk",)),
    ),
    "brain-bleed-history": tick(
        "stroke_kind",
        "condition.intracerebral_haemorrhage",
        "bleed",
        instead="clot",
        given={"stroke": "yes"},
    )
    + when(
        misses={"stroke": "no", "stroke_kind": ["bleed"]},
        unknown=({"stroke": "not_sure"}, ("condition.intracerebral_haemorrhage",)),
    ),
    "stroke-history-uk": line("stroke", "condition.stroke_any"),
    "stroke-history-us": line("stroke", "condition.stroke_any"),
}


@pytest.mark.parametrize("check", checks(CASES))
def test_heart(check: Callable[[], None]) -> None:
    check()
