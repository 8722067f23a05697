"""The treatment itself: dose, tests, the plan and the day. Each person here is ready, and the plan has nothing against
it but what is changed.
"""

from collections.abc import Callable
from typing import Any

import pytest

from app.questionnaire.countries import Country
from app.screening.rulebook import treatment
from app.screening.rules import CLINICIAN, ClinicRules
from tests.people import (
    GOT_READY,
    HEALTHY,
    PLAN,
    STAFF_ENTER,
    WELL,
    Answers,
    but,
    raised,
    screen,
    undetermined,
)
from tests.screening.proofs import Cases, checks, when

ESKETAMINE = {"plan.product": "esketamine_nasal", "plan.route": "intranasal"}
CHRONIC = {"plan.indication": "chronic_pain"}
ACUTE = {"plan.indication": "acute_pain"}
INDICATION = "plan.indication"
MG, BOLUS, INFUSION = "dose.mg_per_kg", "dose.bolus_mg_per_kg", "dose.infusion_mg_per_kg_h"
VIAL, DILUTED = "dose.vial_mg_per_ml", "dose.diluted"
SESSIONS, NO_TEST, TESTED = "plan.sessions_planned", "lab.no_lft_on_file", "lab.days_since_lft"
FOOD, FLUID = "day.hours_since_food", "day.minutes_since_clear_fluid"
ESCORT, DRIVES = "day.escort_arranged", "day.plans_to_drive_before_next_day"
STAYS, ENROLLED = "day.can_stay_two_hours", "plan.rems_enrolled"
TOP, BOTTOM = "measured.systolic_mmhg", "measured.diastolic_mmhg"
WEIGHT = "measured.weight_kg"
EXPLAINED = "consent.off_label_explained"
PROGRAMME, SHARING = "record.from_part2_program", "consent.substance_sharing_refused"


def size(kg: float) -> Answers:
    """1.70 m, and this heavy."""
    return {"height": {"unit": "cm", "value": 170}, "weight": {"unit": "kg", "value": kg}}


def entered(fact: str, yes: Any, no: Any) -> Cases:
    """A fact that raises its rule by itself; not entered, it leaves it open."""
    return when({fact: yes}, misses={fact: no}, unknown=({fact: None}, (fact,)))


CASES = {
    "dose-which-weight": when(
        size(86.7),
        {"height": {"unit": "cm", "value": 200}, "weight": {"unit": "kg", "value": 120}},  # 30 exactly
        misses=(size(86.69), size(86.69) | {WEIGHT: 120}),  # what was told counts, not what staff measured
        unknown=(
            ({"height": "not_sure"}, ("patient.bmi",)),
            ({"weight": None}, ("patient.bmi",)),
        ),
    ),
    "dose-above-published": when(
        {MG: 1.01},
        CHRONIC | {BOLUS: 0.36},
        CHRONIC | {INFUSION: 2.01},
        CHRONIC | {BOLUS: 0.36, INFUSION: None},
        CHRONIC | {BOLUS: None, INFUSION: 2.01},
        ACUTE | {BOLUS: 0.36},
        ACUTE | {INFUSION: 1.01},
        ACUTE | {INFUSION: 1.01, BOLUS: None},
        ACUTE | {INFUSION: 2.01},
        misses=(
            {MG: 1.0},
            {MG: 1.0, BOLUS: 9, INFUSION: 9},  # the figures for pain are not those for depression
            *({MG: 9, "plan.route": route} for route in ("im", "sc", "intranasal", "oral")),
            *(
                {MG: 9, BOLUS: 9, INFUSION: 9, INDICATION: other}
                for other in ("ptsd", "anxiety", "ocd", "opioid_use_disorder", "other")
            ),
            CHRONIC | {MG: 9, BOLUS: 0.35, INFUSION: 2.0},
            CHRONIC | {INFUSION: 1.01},
            ACUTE | {MG: 9, BOLUS: 0.35, INFUSION: 1.0},
            {INDICATION: "ocd", MG: None, BOLUS: None, INFUSION: None},
            {INDICATION: None},  # within every range there is
        ),
        unknown=(
            ({MG: None}, (MG,)),
            ({MG: 1.01, "plan.route": None}, ("plan.route",)),
            ({MG: None, "plan.route": None}, ("plan.route", MG)),
            ({INDICATION: None, MG: 1.01}, (INDICATION,)),
            ({INDICATION: None, BOLUS: 0.36}, (INDICATION,)),
            ({INDICATION: None, INFUSION: 1.01}, (INDICATION,)),
            ({INDICATION: None, BOLUS: None, INFUSION: None}, (INDICATION, BOLUS, INFUSION)),
            (CHRONIC | {BOLUS: None}, (BOLUS,)),
            (CHRONIC | {INFUSION: None}, (INFUSION,)),
            (ACUTE | {INFUSION: None}, (INFUSION,)),
        ),
    ),
    "dose-strong-vial-iv": when(
        {VIAL: 100, DILUTED: "no"},
        {VIAL: 200, DILUTED: "no"},
        misses=(
            {VIAL: 99, DILUTED: "no"},
            {VIAL: 100, DILUTED: "yes"},
            *(
                {VIAL: 100, DILUTED: "no", "plan.route": other}
                for other in ("im", "sc", "intranasal", "oral")
            ),
        ),
        unknown=(
            ({VIAL: None, DILUTED: "no"}, (VIAL,)),
            ({VIAL: 100, DILUTED: None}, (DILUTED,)),
            ({VIAL: 100, DILUTED: "no", "plan.route": None}, ("plan.route",)),
            ({VIAL: None, DILUTED: None, "plan.route": None}, (VIAL, "plan.route", DILUTED)),
        ),
    ),
    "liver-test-abnormal": entered("lab.alt_times_uln", yes=3, no=2.99)
    + when({"lab.alt_times_uln": 11.5}, misses={"lab.alt_times_uln": 0}),
    "liver-test-missing": when(
        {TESTED: 91},
        {TESTED: 91, SESSIONS: 2},
        {TESTED: [91, 120]},
        {TESTED: [91, None]},
        {TESTED: 91, NO_TEST: None},
        {NO_TEST: "yes"},
        {NO_TEST: "yes", TESTED: None},
        {NO_TEST: "yes", TESTED: "none"},
        misses=(
            {TESTED: 90},
            {TESTED: 0},
            {TESTED: [0, 90]},
            {TESTED: 91, SESSIONS: 1},
            {TESTED: None, NO_TEST: "yes", SESSIONS: 1},
            {TESTED: "none"},  # and yet it is said that there is one
        ),
        unknown=(
            ({TESTED: None}, (TESTED,)),
            ({TESTED: [30, 120]}, (TESTED,)),
            ({TESTED: [30, None]}, (TESTED,)),
            ({NO_TEST: None}, (NO_TEST,)),
            ({NO_TEST: None, TESTED: "none"}, (NO_TEST,)),
            ({NO_TEST: None, TESTED: None, SESSIONS: None}, (SESSIONS, NO_TEST, TESTED)),
            ({NO_TEST: "yes", SESSIONS: None}, (SESSIONS,)),
        ),
    ),
    "session-pressure-high": entered(TOP, yes=141, no=140)
    + entered(BOTTOM, yes=91, no=90)
    + when(
        {TOP: 141, BOTTOM: None},
        {TOP: None, BOTTOM: 91},
        misses={"bp_top": 190, "bp_bottom": 120},  # what was told at home is another rule's
        unknown=({TOP: None, BOTTOM: None}, (TOP, BOTTOM)),
    ),
    "session-weight-differs": entered(WEIGHT, yes=34.9, no=35.0)
    + when({WEIGHT: 250.1}, misses=({WEIGHT: 250}, size(300))),
    "session-not-fasted": when(
        *({FOOD: 5.9, "plan.route": route} for route in ("iv", "im", "sc")),
        *({FLUID: 119, "plan.route": route} for route in ("iv", "im", "sc")),
        ESKETAMINE | {FOOD: 1.9},
        ESKETAMINE | {FLUID: 29},
        ESKETAMINE | {FLUID: 29, FOOD: None},
        ESKETAMINE | {FOOD: 1.9, "plan.route": None},
        {FOOD: 5.9, FLUID: None},
        {FOOD: 5.9, "plan.product": None},
        misses=(
            {FOOD: 6.0},
            {FLUID: 120},
            ESKETAMINE | {FOOD: 2.0},
            ESKETAMINE | {FLUID: 30},
            *({FOOD: 0, FLUID: 0, "plan.route": other} for other in ("intranasal", "oral")),
            {"plan.route": None},
            {"plan.product": None},
        ),
        unknown=(
            ({FOOD: None}, (FOOD,)),
            ({FLUID: None}, (FLUID,)),
            ({FOOD: None, FLUID: None, "plan.product": None}, ("plan.product", FOOD, FLUID)),
            ({FOOD: 5.9, "plan.route": None}, ("plan.route",)),
            ({FOOD: None, "plan.route": None}, ("plan.route", FOOD)),
            ({FOOD: 1.9, "plan.route": "intranasal", "plan.product": None}, ("plan.product",)),
            (ESKETAMINE | {FOOD: None}, (FOOD,)),
            (ESKETAMINE | {FLUID: None}, (FLUID,)),
        ),
    ),
    "session-no-escort": entered(ESCORT, yes="no", no="yes")
    + entered(DRIVES, yes="yes", no="no")
    + when(
        {ESCORT: "no", DRIVES: None},
        {ESCORT: None, DRIVES: "yes"},
        misses={"escort": "no"},  # what was told weeks ago is another rule's
        unknown=({ESCORT: None, DRIVES: None}, (ESCORT, DRIVES)),
    ),
    "session-recent-alcohol-or-drugs": entered("day.alcohol_or_drugs_last_24h", yes="yes", no="no"),
    "session-chest-infection": entered("day.respiratory_infection", yes="yes", no="no"),
    "esketamine-programme": when(
        ESKETAMINE | {STAYS: "no"},
        ESKETAMINE | {ENROLLED: "no"},
        ESKETAMINE | {STAYS: "no", ENROLLED: None},
        ESKETAMINE | {STAYS: None, ENROLLED: "no"},
        misses=(ESKETAMINE, {STAYS: "no", ENROLLED: "no"}, {STAYS: None, ENROLLED: None}),
        unknown=(
            (ESKETAMINE | {STAYS: None}, (STAYS,)),
            (ESKETAMINE | {ENROLLED: None}, (ENROLLED,)),
            (ESKETAMINE | {STAYS: None, ENROLLED: None}, (STAYS, ENROLLED)),
            ({"plan.product": None, STAYS: "no"}, ("plan.product",)),
        ),
    ),
    "home-treatment-asked": entered("plan.setting", yes="home", no="clinic"),
    "off-label-not-explained": entered(EXPLAINED, yes="no", no="yes")
    + when(
        misses=ESKETAMINE | {EXPLAINED: "no"},
        unknown=({EXPLAINED: "no", "plan.product": None}, ("plan.product",)),
    ),
    "part2-record": when(
        {PROGRAMME: "yes", "agree_substance_share": "no"},
        {PROGRAMME: "yes", "agree_substance_share": "ask_first"},
        misses=(
            {PROGRAMME: "yes", "agree_substance_share": "yes"},
            {PROGRAMME: "no", "agree_substance_share": "no"},
            {PROGRAMME: "no", "agree_substance_share": None},
        ),
        unknown=(
            ({PROGRAMME: "yes", "agree_substance_share": None}, (SHARING,)),
            ({PROGRAMME: None, "agree_substance_share": "no"}, (PROGRAMME,)),
            ({PROGRAMME: None, "agree_substance_share": None}, (PROGRAMME, SHARING)),
        ),
    ),
    "planned-for-opioid-addiction": when(
        {INDICATION: "opioid_use_disorder"},
        misses=(
            *(
                {INDICATION: other}
                for other in ("depression", "ptsd", "anxiety", "ocd", "chronic_pain", "acute_pain", "other")
            ),
            {"opioid_ever": "yes"},
        ),
        unknown=({INDICATION: None}, (INDICATION,)),
    ),
}


@pytest.mark.parametrize("check", checks(CASES))
def test_treatment(check: Callable[[], None]) -> None:
    check()


SLUGS = {rule.slug for rule in treatment.RULES}


@pytest.mark.parametrize("jurisdiction", [Country.US, Country.UK])
def test_a_plan_with_nothing_against_it(jurisdiction: Country) -> None:
    assert set(PLAN) == STAFF_ENTER
    screening = screen(WELL[CLINICIAN], jurisdiction, parts=(2,))
    assert (raised(screening), undetermined(screening)) == ([], {})


@pytest.mark.parametrize("parts", [(1,), (2,), ("followup",), (1, 2, "followup")])
def test_they_run_with_any_part_once_staff_have_entered_something(parts: tuple[int | str, ...]) -> None:
    one = {"day.respiratory_infection": "yes"}
    assert "session-chest-infection" in raised(screen(but(GOT_READY, one), parts=parts))
    told = screen(one, parts=parts)
    assert {*raised(told), *undetermined(told)} >= SLUGS
    without = screen({}, parts=parts)
    assert not {*raised(without), *undetermined(without)} & SLUGS


@pytest.mark.parametrize("jurisdiction", [Country.US, Country.UK])
def test_with_nothing_but_one_entry_every_other_rule_is_open(jurisdiction: Country) -> None:
    """And names only what staff have yet to enter, but for the two that read the form as well."""
    lines = undetermined(screen({"plan.route": "iv"}, jurisdiction, parts=(2,)))
    here = {rule.slug for rule in treatment.RULES if rule.jurisdiction in (None, jurisdiction)}
    assert {slug for slug in lines if slug in SLUGS} == here
    form = {fact for slug in here for fact in lines[slug]} - STAFF_ENTER
    assert form == {"patient.bmi"} | ({SHARING} if jurisdiction == Country.US else set())


def test_what_staff_entered_is_named_as_the_reason() -> None:
    answers = but(WELL[CLINICIAN], {TESTED: [91, None]} | CHRONIC | {BOLUS: 0.4})
    flags = {flag.rule.slug: flag for flag in screen(answers).raised}
    assert [(one.question, one.answer) for one in flags["dose-above-published"].because] == [
        (INDICATION, "chronic_pain"),
        (BOLUS, 0.4),
    ]
    assert [(one.question, one.answer) for one in flags["liver-test-missing"].because] == [
        (SESSIONS, 6),
        (TESTED, [91, None]),
    ]


@pytest.mark.parametrize(
    ("slug", "values", "changes", "rises"),
    [
        ("dose-above-published", {"depression_iv_max": 0.5}, {MG: 0.51}, True),
        ("dose-above-published", {"depression_iv_max": 0.5}, {MG: 0.5}, False),
        ("dose-above-published", {"pain_bolus_max": 0.5}, CHRONIC | {BOLUS: 0.5}, False),
        ("dose-above-published", {"acute_infusion_max": 1.5}, ACUTE | {INFUSION: 1.5}, False),
        # The wider limit for all pain holds for acute pain too.
        ("dose-above-published", {"acute_infusion_max": 3}, ACUTE | {INFUSION: 2.5}, True),
        ("liver-test-missing", {"lft_days": 30}, {TESTED: 31}, True),
        ("liver-test-missing", {"lft_days": 120}, {TESTED: [91, 120]}, False),
        ("session-not-fasted", {"food_h": 2.5}, {FOOD: 2.5}, False),
        ("session-not-fasted", {"food_h": 2.5}, {FOOD: 2.4}, True),
    ],
)
def test_a_clinics_own_limits(slug: str, values: dict[str, float], changes: Answers, rises: bool) -> None:
    screening = screen(but(WELL[CLINICIAN], changes), settings=ClinicRules({slug: values}))
    assert (slug in raised(screening)) is rises
    assert slug not in undetermined(screening)


def test_a_form_alone_is_judged_as_before() -> None:
    """What staff enter takes nothing away from what the form raised, and adds nothing but rules of its own."""
    answers = but(HEALTHY, {"chemo_now": "yes", "seizure_ever": "not_sure"})
    form, both = screen(answers), screen(answers | PLAN)
    assert set(raised(both)) - SLUGS == set(raised(form))
    assert {slug: facts for slug, facts in undetermined(both).items() if slug not in SLUGS} == undetermined(
        form
    )
