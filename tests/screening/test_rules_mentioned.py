"""Mentions in boxes for something else: raised when not told where it is asked, and never unknown."""

from collections.abc import Callable
from typing import Any

import pytest

from app.screening.evaluation import Because
from app.screening.factbook.mentioned import TOLD
from app.screening.levels import Level
from app.screening.rulebook import RULEBOOK, mentioned
from tests.people import CHECKED_IN, HEALTHY, Answers, allergic_to, but, raised, screen, takes, undetermined
from tests.screening.proofs import Cases, checks

# Subject: words that mention it, words that only look so, and how it is told where it is asked.
SAID: dict[str, tuple[str, str, Answers]] = {
    "suicide": ("I think of ending my life", "dying to see the sea", {"suicide_thoughts": "often"}),
    "harm-others": ("I could kill my boss", "killing time until then", {"harm_others": "yes"}),
    "emergency": ("I passed out this morning", "never fainted", {"urgent_now": ["weakness"]}),
    "chest-pain": ("tight chest at night", "had to get it off my chest", {"chest_pain_recent": "yes"}),
    "back-warning": (
        *("numb between my legs", "no numbness between the legs"),
        {"reasons": ["pain"], "pain_sites": ["back"], "back_warning": "yes"},
    ),
    "headache-changed": (
        *("worst headache of my life", "my headaches have not changed"),
        {"reasons": ["pain"], "pain_sites": ["headache"], "headache_changed": "yes"},
    ),
    "brain-pressure": ("they put in a shunt", "under pressure at work", {"brain_pressure": "yes"}),
    "head-injury": ("three concussions", "banging my head against the wall", {"head_injury": "yes"}),
    "seizures": ("had a seizure at 5", "never had a seizure", {"seizure_ever": "yes"}),
    "under-age": ("I am 16", "depressed since I was 16", {}),
    "no-agreement": ("my wife is making me do this", "nobody is forcing me", {}),
    "high-blood-pressure": ("hypertension", "blood pressure is normal", {"high_bp": "yes"}),
    "adrenal-tumor": ("pheo in 2010", "adrenal fatigue", {"other_any": "yes", "other_list": ["adrenal"]}),
    "heart": ("two stents", "my heart is broken", {"heart_attack": "yes"}),
    "aneurysm": ("clipped aneurysm", "no aneurysm on the scan", {"aneurysm": "yes"}),
    "stroke": ("mini stroke in May", "stroke of luck", {"stroke": "yes"}),
    "psychosis": ("I hear voices", "I take voice lessons", {"psychosis_ever": "yes"}),
    "mania": ("manic episode in 2020", "a manic Monday", {"mania_ever": "yes"}),
    "mental-health-hospital": (
        "psych ward for two weeks",
        "I work at a mental hospital",
        {"mh_hospital": "yes"},
    ),
    "opioid-misuse": ("used to shoot heroin", "my mom is my heroine", {"opioid_ever": "yes"}),
    "overdose": (
        *("I overdosed in 2016", "I overdo it in the yard"),
        {"opioid_ever": "yes", "opioid_last": "older", "overdose_ever": "yes"},
    ),
    "alcohol-drugs": (
        *("cocaine on weekends", "up at the crack of dawn"),
        {"drugs_used": ["cocaine"], "drugs_often": "weekly"},
    ),
    "ketamine-use": (
        *("I buy street ketamine", "special k cereal"),
        {"ketamine_before": ["no_prescription"], "ketamine_control": "no"},
    ),
    "theophylline": ("theo-24 for my lungs", "my son Theo drives", {"med_classes": ["theophylline"]}),
    "ketamine-reaction": (
        "bad reaction to ketamine",
        "no problems with ketamine",
        {"ketamine_allergy": "yes"},
    ),
    "anesthetic-allergy": (
        "allergic to lidocaine",
        "no problems with anesthesia",
        {"anesthetic_allergy": "yes"},
    ),
    "steroid-allergy": ("reaction to prednisone", "prednisone for asthma", {"steroid_allergy": "yes"}),
    "liver": ("liver failure in 2021", "cod liver oil", {"liver": "yes"}),
    "bladder": ("blood in my urine", "no bladder pain", {"bladder": "yes"}),
    "porphyria": ("acute porphyria", "no porphyria", {"other_any": "yes", "other_list": ["porphyria"]}),
    "pregnancy": ("I might be pregnant", "not pregnant", {"pregnancy_status": "yes"}),
    "surgery": ("knee surgery in 2019", "never had surgery", {"surgery_last": "over_1_year"}),
    "chemotherapy": ("chemo in January", "no chemo", {"chemo_now": "yes"}),
    "unsafe-home": ("my husband hits me", "it hits me in the mornings", {}),
    "rash": ("broke out in hives", "a rash decision", allergic_to("penicillin")),
    "thyroid": ("my thyroid is overactive", "thyroid is normal", {"thyroid": "yes", "thyroid_kind": "under"}),
    "glaucoma": ("glaucoma in my left eye", "no glaucoma", {"eye_pressure": "yes"}),
    "family-seizures": ("my mother had seizures", "my neighbor has epilepsy", {"fam_seizures": "yes"}),
    "family-psychosis": (
        "my brother is schizophrenic",
        "no family history of psychosis",
        {"fam_psychosis": "yes"},
    ),
    "family-heart": (
        "dad died of a heart attack",
        "my stepdad had a heart attack",
        {"fam_heart_attack": "yes"},
    ),
    "family-anesthetic": (
        *("malignant hyperthermia in my family", "got anesthesia, all fine"),
        {"fam_anesthetic": "yes"},
    ),
}

CASES = {
    f"mentioned-{subject}": Cases(
        fires=({"goals": words}, {"reasons": ["other"], "reason_other": words}),
        misses=({"goals": harmless}, *([{"goals": words} | told] if told else ())),
        unknown=(),
    )
    for subject, (words, harmless, told) in SAID.items()
}


@pytest.mark.parametrize("check", checks(CASES))
def test_the_table(check: Callable[[], None]) -> None:
    check()


def mentioned_in(answers: Answers, parts: tuple[int | str, ...] = (1,)) -> list[str]:
    return [slug for slug in raised(screen(answers, parts=parts)) if slug.startswith("mentioned-")]


def because(slug: str, answers: Answers) -> tuple[Because, ...]:
    (flag,) = [flag for flag in screen(answers).raised if flag.rule.slug == slug]
    assert flag.level is Level.REVIEW
    return flag.because


def test_every_subject_has_its_rule_fact_and_card() -> None:
    assert set(SAID) == set(TOLD) == set(mentioned.NAMES)
    for subject, told in TOLD.items():
        rule = RULEBOOK.by_slug[f"mentioned-{subject}"]
        assert (rule.level, rule.ask) == (Level.REVIEW, None)
        assert set(told) <= set(RULEBOOK.facts)


def test_the_words_are_quoted_as_typed_beside_the_no_they_go_against() -> None:
    text = "I sleep badly. Had a SEIZURE, or so they say, in 2019! Otherwise well"
    assert because("mentioned-seizures", HEALTHY | {"goals": text}) == (
        Because("goals", "Had a SEIZURE, or so they say, in 2019"),
        Because("seizure_ever", "no"),
    )


def test_a_long_text_is_quoted_in_part() -> None:
    text = f"{'well ' * 60}had a stroke {'and so on ' * 30}"
    (quoted, *_) = because("mentioned-stroke", HEALTHY | {"goals": text.strip()})
    assert "had a stroke" in quoted.answer
    assert len(quoted.answer) < 100


@pytest.mark.parametrize("answer", ["not_sure", "rather_not", "ask_me", None])
def test_what_is_unknown_where_it_is_asked_is_still_mentioned(answer: str | None) -> None:
    assert mentioned_in(but(HEALTHY, {"goals": "after my stroke", "stroke": answer})) == ["mentioned-stroke"]


@pytest.mark.parametrize(
    ("answers", "slug"),
    [
        (takes("Depakote for seizures"), "mentioned-seizures"),
        ({"otc_list": "St John's wort, for my psychosis", "med_classes": ["otc"]}, "mentioned-psychosis"),
        (
            {"medicines": [{"med_name": "Aspirin", "med_for": "my stents", "med_often": "once"}]},
            "mentioned-heart",
        ),
        ({"allergy_any": "yes"} | allergic_to("chemo"), "mentioned-chemotherapy"),
        (
            {"other_any": "yes", "other_list": ["other"], "other_health_notes": "convulsiones"},
            "mentioned-seizures",
        ),
    ],
)
def test_every_box_for_free_text_is_read(answers: Answers, slug: str) -> None:
    assert slug in mentioned_in(HEALTHY | answers)


def test_a_name_an_address_and_a_doctor_are_not_read() -> None:
    answers = CHECKED_IN | {
        "last_name": "Stroke",
        "address": "1 Surgery Road",
        "gp_name": "Stroke Clinic",
        "ec_name": "Mania Seizure",
        "escort_name": "Chase Stroke",
    }
    assert mentioned_in(answers, parts=(1, 2, "followup")) == []


@pytest.mark.parametrize("state", ["not_sure", "rather_not", "ask_me"])
def test_a_state_in_place_of_a_text_is_none(state: str) -> None:
    assert mentioned_in(HEALTHY | {"goals": state}) == []


def test_a_text_left_over_in_a_hidden_box_is_not_read() -> None:
    assert mentioned_in(HEALTHY | {"reason_other": "my stroke"}) == []


@pytest.mark.parametrize("parts", [(1,), (2,), ("followup",)])
def test_it_runs_whichever_part_was_sent(parts: tuple[int | str, ...]) -> None:
    assert mentioned_in(CHECKED_IN | {"fu_new_health": "I am pregnant"}, parts) == ["mentioned-pregnancy"]


def test_what_was_told_at_a_check_in_is_no_mention_there() -> None:
    told: dict[str, Any] = {"fu_effects": CHECKED_IN["fu_effects"] | {"fu_rash": "strong"}, "fu_still": "no"}
    after = CHECKED_IN | {"fu_effects_notes": "hives all over"}
    assert mentioned_in(after, ("followup",)) == ["mentioned-rash"]
    assert mentioned_in(after | told, ("followup",)) == []


def test_it_is_never_undetermined() -> None:
    everything_open = {"goals": "a stroke"}
    assert not any(slug.startswith("mentioned-") for slug in undetermined(screen(everything_open)))
    assert mentioned_in(everything_open) == ["mentioned-stroke"]


@pytest.mark.parametrize(
    ("given", "flags"),
    [
        (takes("warfarina"), []),
        (takes("methadone 90 mg daily"), []),
        (takes("warfarin since my heart attack in 2020"), ["mentioned-heart"]),
        (allergic_to("lidocaine"), []),
        ({"med_classes": ["otc"], "otc_list": "aspirin, fish oil"}, []),
    ],
)
def test_a_name_of_a_medicine_alone_mentions_nothing(given: Answers, flags: list[str]) -> None:
    found = raised(screen(but(HEALTHY, given)))
    assert [slug for slug in found if slug.startswith("mentioned-")] == flags
