"""A flag explains itself: which answers it came from, on both sides of a conflict, and no others."""

import pytest

from tests.people import HEALTHY, Answers, allergic_to, but, mood, screen, takes

NOTHING_ELSE = {"reasons": ["other"], "reason_other": "Ringing ears", "mh_list": ["none"]}


def evidence(slug: str, changes: Answers) -> list[tuple[str, object]]:
    flags = {flag.rule.slug: flag for flag in screen(but(HEALTHY, changes)).raised}
    return [(one.question, one.answer) for one in flags[slug].because]


@pytest.mark.parametrize(
    ("slug", "changes", "told"),
    [
        ("heart-attack-history", {"heart_attack": "yes"}, [("heart_attack", "yes")]),
        ("under-minimum-age", {"dob": "2010-01-01"}, [("dob", "2010-01-01")]),
        ("phq9-self-harm-item", mood(2), [("scale_phq9", [0] * 8 + [2])]),
        (
            "measures-unlikely",
            {"weight": {"unit": "kg", "value": 300}},
            [("height", HEALTHY["height"]), ("weight", {"unit": "kg", "value": 300})],
        ),
        (
            "suicide-risk-now",  # every answer that would do so by itself
            {"urgent_now": ["end_life"], "suicide_thoughts": "often", "suicide_today": "no", "suicide_plan": "yes"},
            [("urgent_now", ["end_life"]), ("suicide_plan", "yes")],
        ),
        (
            "blood-pressure-very-high",  # the high number, not the other
            {"bp_top": 118, "bp_bottom": 101},
            [("bp_bottom", 101)],
        ),
        ("cannabis-use", {"drugs_used": ["tobacco", "cannabis"]}, [("drugs_used", ["tobacco", "cannabis"])]),
        (
            "seizure-childhood-fever",
            {"seizure_ever": "yes", "seizure_last": "child", "seizure_cause": ["fever"]},
            [("seizure_ever", "yes"), ("seizure_last", "child"), ("seizure_cause", ["fever"])],
        ),
        (
            "theophylline",
            takes("Zoloft", "Theo-24 200mg") | {"med_classes": ["theophylline"]},
            [("med_classes", ["theophylline"]), ("medicines", "Theo-24 200mg")],
        ),
        ("theophylline", takes("Zoloft", "Theo-24 200mg"), [("medicines", "Theo-24 200mg")]),
        ("steroid-allergy", allergic_to("penicillin", "prednisone"), [("allergies", "prednisone")]),
        (
            "medicine-name-unclear",
            takes("Zoloft", "Zolloft", "the blue ones"),
            [("medicines", "Zolloft"), ("medicines", "the blue ones")],
        ),
        (
            "nmda-blocker",
            {"med_classes": ["otc"], "otc_list": "dextromethorphan syrup"},
            [("otc_list", "dextromethorphan syrup")],
        ),
        (
            "two-or-more-sedatives",
            takes("Xanax", "Zoloft", "Percocet"),
            [("medicines", "Xanax"), ("medicines", "Percocet"), ("med_classes", ["none"])],
        ),
        ("measures-missing", {"height": "not_sure"}, [("height", "not_sure")]),
        ("private-part-by-voice", {"opioid_ever": "ask_me"}, [("opioid_ever", "ask_me")]),
    ],
)  # fmt: skip
def test_the_deciding_answers_are_named(slug: str, changes: Answers, told: list[tuple[str, object]]) -> None:
    assert evidence(slug, changes) == told


@pytest.mark.parametrize(
    ("slug", "changes", "told"),
    [
        (
            "suicide-answers-disagree",
            mood(1),
            [("scale_phq9", [0] * 8 + [1]), ("suicide_thoughts", "no")],
        ),
        (
            "suicide-answers-disagree",
            mood(0) | {"urgent_now": ["end_life"]},
            [("scale_phq9", [0] * 9), ("urgent_now", ["end_life"]), ("suicide_thoughts", "no")],
        ),
        (
            "contradiction-anticonvulsant-without-epilepsy",
            takes("Keppra"),
            [("medicines", "Keppra"), ("seizure_ever", "no")],
        ),
        (
            "contradiction-cancer-medicine",
            takes("capecitabine"),
            [("medicines", "capecitabine"), ("chemo_now", "no"), ("cancer_now", "no")],
        ),
        (
            "contradiction-psychiatric-medicine",
            takes("Zoloft") | NOTHING_ELSE,
            [("medicines", "Zoloft"), ("reasons", ["other"]), ("mh_list", ["none"])],
        ),
        (
            "contradiction-opioid-answers",
            takes("Percocet"),
            [("opioid_ever", "no"), ("medicines", "Percocet")],
        ),
        (
            "contradiction-no-medicine",
            {"meds_how": "none", "med_classes": ["lithium"]},
            [("meds_how", "none"), ("med_classes", ["lithium"])],
        ),
        (
            "contradiction-steroid-allergy",
            {"steroid_allergy": "yes"} | takes("prednisone"),
            [("steroid_allergy", "yes"), ("medicines", "prednisone")],
        ),
        (
            "contradiction-ketamine-answers",
            takes("Spravato"),
            [("ketamine_before", ["none"]), ("medicines", "Spravato")],
        ),
        (
            "contradiction-surgery-answers",
            {"surgery_major": "yes", "surgery_areas": ["eye"]},
            [("surgery_major", "yes"), ("surgery_areas", ["eye"]), ("surgery_last", "never")],
        ),
    ],
)
def test_a_conflict_names_both_sides(slug: str, changes: Answers, told: list[tuple[str, object]]) -> None:
    assert evidence(slug, changes) == told


def test_a_family_ticked_without_a_reason_names_every_reason_denied() -> None:
    told = dict(evidence("contradiction-heart-medicine", {"med_classes": ["heart_bp"], "meds_how": "bring"}))
    assert told["med_classes"] == ["heart_bp"]
    assert told["meds_how"] == "bring"
    denied = ("high_bp", "heart_attack", "heart_other", "stroke", "kidney")
    assert {told[question] for question in denied} == {"no"}


def test_an_answer_left_over_from_a_changed_one_is_never_shown_as_a_reason() -> None:
    """Never drinks, and an old score still stored: the "never" is the reason, the score decided nothing."""
    told = dict(
        evidence(
            "contradiction-addiction-medicine",
            takes("acamprosate")
            | {"alcohol_any": "no", "scale_auditc": [4, 4, 4], "alcohol_withdrawal": "yes"},
        )
    )
    assert told["alcohol_any"] == "no"
    assert not {"scale_auditc", "alcohol_withdrawal"} & set(told)


def test_a_question_ruled_out_by_a_score_names_the_scale() -> None:
    """Few drinks, so the question about shakes was not asked: the scale is what says no."""
    told = dict(evidence("contradiction-addiction-medicine", takes("acamprosate")))
    assert told["scale_auditc"] == [1, 0, 0]
    assert "scale_auditc_score" not in told


def test_an_answer_is_named_once() -> None:
    told = evidence("contradiction-heart-medicine", takes("lisinopril", "lisinopril 10 mg", "Plavix"))
    assert [answer for question, answer in told if question == "medicines"] == [
        "lisinopril",
        "lisinopril 10 mg",
        "Plavix",
    ]
    assert len(told) == len({repr(one) for one in told})
