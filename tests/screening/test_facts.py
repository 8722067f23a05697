"""Answers to facts: arithmetic, lists that are open or closed, and what a hidden question says."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.conditions import NONE
from app.screening.evaluation import evaluate
from app.screening.fact_kinds import Days, Entered
from app.screening.factbook import FACTS
from app.screening.lists import allergy_names_to_ask, medicine_names_to_ask
from app.screening.logic import Band, Members
from app.screening.rulebook import RULEBOOK
from app.screening.rules import Submitted
from tests.people import (
    HEALTHY,
    ON,
    PLAN,
    Answers,
    allergic_to,
    but,
    mood,
    raised,
    screen,
    takes,
    undetermined,
)

BLANKS: tuple[Any, ...] = (None, "", [])


def known(key: str, changes: Answers, on: date | None = None) -> Any:
    answers = but(HEALTHY, changes)
    return (screen(answers, on=on) if on else screen(answers)).facts.fact(key)


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),  # no 29 February this year: it counts from 1 March
        ("2008-02-29", "2028-02-28", 19),
        ("2008-02-29", "2028-02-29", 20),
        ("1990-03-02", "2026-03-01", 35),
        ("1990-03-01", "2026-03-01", 36),
        ("2026-03-01", "2026-03-01", 0),
    ],
)
def test_whole_years(born: str, on: str, years: int) -> None:
    assert known("patient.age_years", {"dob": born}, date.fromisoformat(on)) == years


@pytest.mark.parametrize(
    ("key", "answer", "metric"),
    [
        ("height", {"unit": "cm", "value": 175.5}, 175.5),
        ("height", {"unit": "ft_in", "feet": 5, "inches": 9}, 175.26),
        ("weight", {"unit": "kg", "value": 81.5}, 81.5),
        ("weight", {"unit": "lb", "value": 180}, 81.6466266),
        ("weight", {"unit": "st_lb", "stones": 12, "pounds": 5}, 78.47148001),
    ],
)
def test_measures_in_metric(key: str, answer: Answers, metric: float) -> None:
    fact = {"height": "patient.height_cm", "weight": "patient.weight_kg"}[key]
    assert known(fact, {key: answer}) == pytest.approx(metric, abs=1e-9)


def test_bmi_is_not_rounded() -> None:
    size = {"height": {"unit": "cm", "value": 170}, "weight": {"unit": "kg", "value": 86.69}}
    assert known("patient.bmi", size) == pytest.approx(29.99653979)
    assert known("condition.obesity", size) is False
    assert known("condition.obesity", size | {"weight": {"unit": "kg", "value": 86.7}}) is True
    assert known("patient.bmi", size | {"height": "not_sure"}) is None
    assert known("patient.bmi", size | {"weight": None}) is None


@pytest.mark.parametrize("answer", ["yes", "no", None])
def test_relatives_of_someone_who_does_not_know_them_are_unknown(answer: str | None) -> None:
    for question, fact in {
        "fam_psychosis": "family.psychosis",
        "fam_seizures": "family.seizures",
        "fam_heart_attack": "family.heart_attack",
        "fam_anesthetic": "family.anaesthetic_reaction",
        "fam_heart_age": "family.heart_attack_early",
    }.items():
        assert known(fact, {"fam_known": "no", question: answer}) is None
        assert known(fact, {"fam_known": None, question: answer}) is None


def test_no_reading_is_unknown_never_normal() -> None:
    for fact in ("vitals.systolic_mmhg", "vitals.diastolic_mmhg"):
        assert known(fact, {"bp_known": "no"}) is None
        assert known(fact, {"bp_known": None}) is None
        assert known(fact, {"bp_top": None, "bp_bottom": None}) is None
    assert known("vitals.systolic_mmhg", {}) == 118


def test_a_reading_of_this_week_is_of_today_no_longer_than_a_week() -> None:
    """Judged again on a later day, the same answer says nothing about that day."""
    case = Submitted(
        WHOLE, HEALTHY | {"bp_top": 190, "bp_bottom": 121, "bp_when": "week"}, ON, answered_on=ON
    )
    for days, crisis in ((0, True), (7, True), (8, False), (200, False)):
        judged = evaluate(RULEBOOK, replace(case, on=ON + timedelta(days)))
        assert ("blood-pressure-crisis" in raised(judged)) is crisis
        assert ("blood-pressure-crisis" in undetermined(judged)) is not crisis
        assert "blood-pressure-very-high" in raised(judged)


def test_a_follow_up_ruled_out_by_a_no_never_happened_and_one_behind_a_shrug_is_unknown() -> None:
    asks = {key: fact.question for key, fact in FACTS.items() if isinstance(fact, Days)}
    for gate, fact in {
        "seizure_ever": "event.days_since_seizure",
        "head_injury": "event.days_since_head_injury",
        "heart_attack": "event.days_since_cardiac_event",
        "mania_ever": "event.days_since_mania",
        "psychosis_ever": "event.days_since_psychosis",
        "mh_hospital": "event.days_since_mh_admission",
        "opioid_ever": "substance.days_since_opioid",
        "suicide_attempt": "suicide.days_since_attempt",
    }.items():
        assert known(fact, {gate: "no"}) is NONE
        for open_answer in ("not_sure", "rather_not", "ask_me", None):
            assert known(fact, {gate: open_answer}) is None, gate
        for blank in BLANKS:
            assert known(fact, {gate: "yes", asks[fact]: blank}) is None, gate


def test_never_is_an_answer_too() -> None:
    assert known("event.days_since_surgery", {"surgery_last": "never"}) is NONE
    assert known("event.days_since_surgery", {"surgery_last": "months_6_to_12"}) == Band(184, 365)
    assert known("event.days_since_chemotherapy", {"cancer_now": "yes", "chemo_last": "never"}) is NONE


@pytest.mark.parametrize(
    ("scores", "total"), [([1, 1, 1], 3), ([0, None, None], 0), ([1, None, 0], None), ([4, 4, 4], 12)]
)
def test_the_alcohol_score(scores: list[int | None], total: int | None) -> None:
    assert known("substance.auditc_total", {"scale_auditc": scores}) == total


def test_item_nine_counts_though_another_item_is_blank() -> None:
    answers = {"scale_phq9": [None, *[3] * 7, 2]}
    assert known("phq9.item9", answers) == 2
    assert known("phq9.total", answers) is None
    assert known("phq9.item9", mood(None)) is None


def test_someone_who_never_drinks_has_no_score() -> None:
    assert known("substance.auditc_total", {"alcohol_any": "no"}) is NONE
    assert known("substance.auditc_total", {"alcohol_any": "rather_not"}) is None


def test_sex_told_to_the_clinician_is_known_to_be_not_stated() -> None:
    assert known("patient.sex_at_birth", {"sex_at_birth": "tell_clinician"}) == "not_stated"
    assert known("patient.sex_at_birth", {"sex_at_birth": None}) is None


@pytest.mark.parametrize(
    ("changes", "is_open"),
    [
        (takes("Zoloft"), False),
        ({"meds_how": "none"}, False),
        ({"meds_how": "bring"}, True),
        ({"meds_how": None}, True),
        ({"medicines": None}, True),
        ({"medicines": []}, True),
        ({"medicines": "not_sure"}, True),
        (takes("Zoloft", "the blue ones"), True),
        (takes("Zoloft plus blue ones"), True),
        (takes("Zolloft"), True),
        (takes("water pill"), True),
        (takes("Zoloft", ""), True),
        (takes("Zoloft", "rather_not"), True),
        ({"medicines": [{"med_often": "once"}]}, True),
        (takes("Zoloft") | {"med_classes": ["otc"], "otc_list": "the blue ones"}, True),
        (takes("Zoloft") | {"med_classes": ["otc"], "otc_list": "vitamin D; turmeric, none"}, False),
        ({"meds_how": "none", "med_classes": ["otc"], "otc_list": "the blue ones"}, True),
        ({"meds_how": "none", "med_classes": ["otc"], "otc_list": "not_sure"}, True),
        (takes("Foozle for acne"), True),
        (takes("stopped Zoloft"), True),
        (takes("Keflex"), False),
        ({"meds_how": "bring", "med_classes": ["otc"], "otc_list": "Zoloft"}, True),
    ],
)
def test_the_medicine_list_is_closed_only_when_all_of_it_was_understood(
    changes: Answers, is_open: bool
) -> None:
    assert known("meds.classes", changes).open is is_open
    assert known("meds.unexplained_classes", changes).open is is_open


@pytest.mark.parametrize(
    ("names", "count"),
    [
        ((), 0),
        (("Zoloft",), 0),
        (("the blue ones", "Zolloft", ""), 3),
        (("Zoloft plus blue ones and others and more",), 1),  # an entry counts once
        (("not_sure", "Zoloft"), 1),
    ],
)
def test_unclear_names_are_counted_by_entry(names: tuple[str, ...], count: int) -> None:
    assert known("meds.unclear_count", takes(*names)) == count


def test_near_names_are_possible_members_and_never_unexplained_ones() -> None:
    classes: Members = known("meds.classes", takes("Kepprra"))
    assert set(classes.possible) == {"antiepileptic"}
    assert not classes.sure
    unexplained: Members = known("meds.unexplained_classes", takes("Kepprra"))
    assert not {*unexplained.sure, *unexplained.possible}


def test_shop_bought_names_join_the_list() -> None:
    shop = {"med_classes": ["otc"], "otc_list": "Benadryl and St. John's Wort"}
    assert {"sedative_other", "cyp_inducer"} <= set(known("meds.classes", shop).sure)
    assert known("meds.classes", {"otc_list": "Benadryl"}).sure.keys() == {"antidepressant"}  # not asked


@pytest.mark.parametrize(
    ("changes", "band"),
    [
        ({}, Band(0, 0)),
        (takes("Xanax"), Band(1, 1)),
        (takes("Xanax", "alprazolam", "Valium"), Band(2, 2)),
        (takes("Xanax") | {"med_classes": ["benzo_sleep", "opioid"]}, Band(2, 2)),
        (takes("Xanax") | {"med_classes": "benzo_sleep"}, Band(1, 1)),  # a text is a list of one
        (takes("Xanax") | {"med_classes": ["not_sure"]}, Band(1, None)),
        (takes("Xanax") | {"med_classes": None}, Band(1, None)),
        (takes("Xanax", "the blue ones"), Band(1, None)),
        ({"meds_how": "bring", "med_classes": ["opioid", "gabapentin"]}, Band(2, None)),
        ({"meds_how": "none", "med_classes": ["opioid"]}, Band(1, 1)),
    ],
)
def test_how_many_medicines_slow_the_brain(changes: Answers, band: Band) -> None:
    assert known("meds.depressant_count", changes) == band


@pytest.mark.parametrize(
    ("changes", "sure", "possible", "is_open"),
    [
        ({"allergy_any": "no"}, set(), set(), False),
        ({"allergy_any": "not_sure"}, set(), set(), True),
        ({"allergy_any": None}, set(), set(), True),
        ({"allergy_any": "yes"}, set(), set(), True),
        (allergic_to("prednisone", "peanuts"), {"corticosteroid_systemic"}, set(), False),
        (allergic_to("prednisonne"), set(), {"corticosteroid_systemic"}, True),
        (allergic_to("xyzzy, peanuts"), set(), set(), True),
        (allergic_to("NKDA"), set(), set(), False),
        (allergic_to("NKDA", "prednisone"), {"corticosteroid_systemic"}, set(), False),
        (allergic_to(""), set(), set(), True),
        (allergic_to("prednisone") | {"allergy_any": "no"}, set(), set(), False),
    ],
)
def test_allergies_are_looked_up_like_medicines(
    changes: Answers, sure: set[str], possible: set[str], is_open: bool
) -> None:
    classes: Members = known("allergy.classes", changes)
    assert (set(classes.sure), set(classes.possible), classes.open) == (sure, possible, is_open)


def test_a_yes_or_no_of_staff_is_one_and_what_they_choose_stays_a_word() -> None:
    assert known("dose.diluted", PLAN) is True
    assert known("dose.diluted", PLAN | {"dose.diluted": "no"}) is False
    assert known("plan.route", PLAN) == "iv"


def test_what_staff_cannot_enter_is_told_with_none_only_where_there_may_be_none() -> None:
    days = "must be a whole number from 0, or [low, high]"
    assert Entered("days", unit="days", banded=True).refusal("none") == days
    assert Entered("days", unit="days", banded=True, or_none=True).refusal("x") == f"{days}, or none"


def test_every_fact_can_be_worked_out_for_anyone() -> None:
    for answers in (HEALTHY, {}):
        facts = screen(answers).facts
        for key in FACTS:
            facts.fact(key)


def test_names_to_ask_about_are_those_not_understood_as_they_were_typed() -> None:
    facts = screen(
        but(HEALTHY, takes("Zoloft", "the Blue ones", " Zolloft ", "", "not_sure", "Zolloft"))
    ).facts
    assert medicine_names_to_ask(facts) == ("“the Blue ones”", "“Zolloft”")
    facts = screen(but(HEALTHY, allergic_to("prednisone", "prednisonne"))).facts
    assert allergy_names_to_ask(facts) == ("“prednisonne”",)
    assert medicine_names_to_ask(facts) == ()
