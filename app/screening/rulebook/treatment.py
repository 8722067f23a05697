"""The treatment itself: dose, tests, the plan and the day. Run once staff have entered something about it."""

from ..levels import Evidence, Level
from ..logic import Expression, all_of, any_of, fact, param
from ..rules import CLINICIAN, Parameter, Rule


def _one_of(key: str, *values: str) -> Expression:
    return any_of(*(fact(key).is_(value) for value in values))


RULES = (
    Rule(
        "dose-which-weight",
        "BMI 30 or over: which weight?",
        Level.NOTE,
        "measures",
        Evidence.CAUTION,
        trigger=fact("patient.bmi").gte(param("bmi_limit")),
        parameters={"bmi_limit": Parameter(30.0, 20, 100, "kg/m2")},
        rationale="Labels give mg/kg and do not name the weight; obesity guidance favours lean or adjusted weight for some induction drugs but does not list ketamine.",
        action="Show actual, ideal, adjusted and lean weight side by side; the clinician chooses.",
        sources=(
            "BOBA",
            "LOCAL",
        ),
        stage=CLINICIAN,
    ),
    Rule(
        "dose-above-published",
        "Entered dose is above the published range",
        Level.STOP,
        "measures",
        Evidence.CONSENSUS,
        trigger=any_of(
            all_of(
                fact("plan.indication").is_("depression"),
                fact("plan.route").is_("iv"),
                fact("dose.mg_per_kg").gt(param("depression_iv_max")),
            ),
            all_of(
                _one_of("plan.indication", "chronic_pain", "acute_pain"),
                any_of(
                    fact("dose.bolus_mg_per_kg").gt(param("pain_bolus_max")),
                    fact("dose.infusion_mg_per_kg_h").gt(param("chronic_infusion_max")),
                ),
            ),
            all_of(
                fact("plan.indication").is_("acute_pain"),
                fact("dose.infusion_mg_per_kg_h").gt(param("acute_infusion_max")),
            ),
        ),
        parameters={
            "depression_iv_max": Parameter(1.0, 0.1, 5, "mg/kg"),
            "pain_bolus_max": Parameter(0.35, 0.05, 5, "mg/kg"),
            "chronic_infusion_max": Parameter(2.0, 0.1, 10, "mg/kg/h"),
            "acute_infusion_max": Parameter(1.0, 0.1, 10, "mg/kg/h"),
        },
        rationale="Depression trials mostly used 0.5 mg/kg over 40 minutes (up to 1.0 tested); consensus pain figures are a bolus of 0.35 mg/kg and an infusion up to 2 mg/kg/h, or 1 for acute pain.",
        action="Show the reference; a clinician confirms with a written reason.",
        sources=(
            "COHEN2018",
            "SCHWENK2018",
            "SANACORA2017",
        ),
        stage=CLINICIAN,
    ),
    Rule(
        "dose-strong-vial-iv",
        "100 mg/mL vial for intravenous use, not diluted",
        Level.STOP,
        "measures",
        Evidence.LABEL,
        trigger=all_of(
            fact("dose.vial_mg_per_ml").gte(100), fact("plan.route").is_("iv"), fact("dose.diluted").is_("no")
        ),
        rationale="The label says not to give this strength into a vein without dilution.",
        action="Two-person check of strength and dilution.",
        sources=("KETALAR_US",),
        stage=CLINICIAN,
    ),
    Rule(
        "liver-test-abnormal",
        "Liver test three times the upper limit or more",
        Level.REVIEW,
        "liver",
        Evidence.CONSENSUS,
        trigger=fact("lab.alt_times_uln").gte(param("alt_limit")),
        parameters={"alt_limit": Parameter(3.0, 1, 20, "times the upper limit")},
        rationale="Marks significant injury.",
        action="Repeat; hold further sessions until explained.",
        sources=(
            "COHEN2018",
            "KETALAR_US",
            "COTTER2021",
        ),
        stage=CLINICIAN,
    ),
    Rule(
        "liver-test-missing",
        "Repeated treatment planned without a recent liver test",
        Level.NOTE,
        "liver",
        Evidence.LABEL,
        trigger=all_of(
            fact("plan.sessions_planned").gte(2),
            any_of(
                fact("lab.no_lft_on_file").is_("yes"),
                fact("lab.days_since_lft").gt(param("lft_days")),
            ),
        ),
        parameters={"lft_days": Parameter(90, 1, 36500, "days")},
        rationale="The label asks for baseline liver tests with ALP and GGT in people treated repeatedly; the interval is local.",
        action="Order tests and repeat.",
        sources=(
            "KETALAR_US",
            "LOCAL",
        ),
        stage=CLINICIAN,
    ),
    Rule(
        "session-pressure-high",
        "Measured pressure above the limit on the day",
        Level.STOP,
        "heart",
        Evidence.LABEL,
        trigger=any_of(
            fact("measured.systolic_mmhg").gt(param("systolic_limit")),
            fact("measured.diastolic_mmhg").gt(param("diastolic_limit")),
        ),
        parameters={
            "systolic_limit": Parameter(140, 60, 300, "mmHg"),
            "diastolic_limit": Parameter(90, 30, 200, "mmHg"),
        },
        rationale="The esketamine label asks for a benefit and risk decision above about 140/90.",
        action="Repeat seated; clinician decides on delay.",
        sources=(
            "SPRAVATO_US",
            "KETALAR_US",
        ),
        stage=CLINICIAN,
    ),
    Rule(
        "session-weight-differs",
        "No weight measured by staff, or it is far from the usual range",
        Level.REVIEW,
        "measures",
        Evidence.LOCAL,
        trigger=any_of(
            fact("measured.weight_kg").lt(param("weight_low_kg")),
            fact("measured.weight_kg").gt(param("weight_high_kg")),
        ),
        parameters={
            "weight_low_kg": Parameter(35.0, 10, 500, "kg"),
            "weight_high_kg": Parameter(250.0, 10, 500, "kg"),
        },
        rationale="Doses are by weight; unit slips are common.",
        action="Weigh again; check units.",
        sources=("LOCAL",),
        stage=CLINICIAN,
    ),
    Rule(
        "session-not-fasted",
        "Eaten or drunk too recently",
        Level.REVIEW,
        "stomach",
        Evidence.LABEL,
        trigger=any_of(
            all_of(
                fact("plan.product").is_("esketamine_nasal"),
                any_of(
                    fact("day.hours_since_food").lt(param("nasal_food_h")),
                    fact("day.minutes_since_clear_fluid").lt(param("nasal_fluid_min")),
                ),
            ),
            all_of(
                _one_of("plan.route", "iv", "im", "sc"),
                any_of(
                    fact("day.hours_since_food").lt(param("food_h")),
                    fact("day.minutes_since_clear_fluid").lt(param("fluid_min")),
                ),
            ),
        ),
        parameters={
            "nasal_food_h": Parameter(2.0, 0.5, 24, "hours"),
            "nasal_fluid_min": Parameter(30, 5, 1440, "minutes"),
            "food_h": Parameter(6.0, 0.5, 24, "hours"),
            "fluid_min": Parameter(120, 5, 1440, "minutes"),
        },
        rationale="Nausea and vomiting; ketamine text does not recommend use in people who have not fasted; ASA gives 6 hours for a light meal and 2 hours for clear fluid.",
        action="Clinician decides on delay; longer with GLP-1 medicines.",
        sources=(
            "SPRAVATO_US",
            "KETALAR_US",
            "ASA_FASTING",
        ),
        stage=CLINICIAN,
    ),
    Rule(
        "session-no-escort",
        "No escort on the day, or plans to drive",
        Level.STOP,
        "home",
        Evidence.LABEL,
        trigger=any_of(
            fact("day.escort_arranged").is_("no"), fact("day.plans_to_drive_before_next_day").is_("yes")
        ),
        rationale="Labels ask for no driving until after restful sleep and for a responsible adult.",
        action="Do not start without a safe journey home.",
        sources=(
            "SPRAVATO_US",
            "KETALAR_UK",
        ),
        stage=CLINICIAN,
    ),
    Rule(
        "session-recent-alcohol-or-drugs",
        "Alcohol or non-prescribed drugs in the last 24 hours",
        Level.STOP,
        "substances",
        Evidence.LABEL,
        trigger=fact("day.alcohol_or_drugs_last_24h").is_("yes"),
        rationale="Changes the sedation and pressure risk of that day; the interval is local.",
        action="Clinician decides whether to postpone; do not treat an intoxicated patient.",
        sources=(
            "KETALAR_US",
            "LOCAL",
        ),
        stage=CLINICIAN,
    ),
    Rule(
        "session-chest-infection",
        "Cough or fever on the day",
        Level.REVIEW,
        "breathing",
        Evidence.CAUTION,
        trigger=fact("day.respiratory_infection").is_("yes"),
        rationale="A chest infection cuts breathing reserve and adds secretions.",
        action="Think about delay.",
        sources=(
            "KETALAR_UK",
            "SPRAVATO_EU",
        ),
        stage=CLINICIAN,
    ),
    Rule(
        "esketamine-programme",
        "Esketamine: cannot stay two hours, or not enrolled",
        Level.STOP,
        "home",
        Evidence.LABEL,
        trigger=all_of(
            fact("plan.product").is_("esketamine_nasal"),
            any_of(fact("day.can_stay_two_hours").is_("no"), fact("plan.rems_enrolled").is_("no")),
        ),
        rationale="US programme: certified setting, enrolled patient, at least 2 hours of monitoring.",
        action="Enrol or rebook.",
        sources=("SPRAVATO_US",),
        jurisdiction="US",
        stage=CLINICIAN,
    ),
    Rule(
        "home-treatment-asked",
        "Treatment at home is planned",
        Level.REVIEW,
        "home",
        Evidence.CONSENSUS,
        trigger=fact("plan.setting").is_("home"),
        rationale="The FDA and the APA group warn against home use without supervision; RCPsych backs specialist settings only.",
        action="Explain; clinician decides under local law.",
        sources=(
            "FDA2023",
            "SANACORA2017",
            "RCPSYCH2025",
        ),
        stage=CLINICIAN,
    ),
    Rule(
        "off-label-not-explained",
        "Off-label use not yet explained",
        Level.REVIEW,
        "capacity",
        Evidence.LABEL,
        trigger=all_of(fact("plan.product").is_("ketamine"), fact("consent.off_label_explained").is_("no")),
        rationale="Ketamine is licensed for anaesthesia only; mood, pain and addiction uses are off-label.",
        action="Written information and recorded consent.",
        sources=(
            "KETALAR_US",
            "SPCG",
            "SANACORA2017",
        ),
        stage=CLINICIAN,
    ),
    Rule(
        "part2-record",
        "Record from a substance-use programme without consent to share",
        Level.NOTE,
        "substances",
        Evidence.LAW,
        trigger=all_of(
            fact("record.from_part2_program").is_("yes"), fact("consent.substance_sharing_refused").is_("yes")
        ),
        rationale="Such records need consent and a notice when shared, and may not be used against the patient in proceedings.",
        action="Limit access; obtain consent; attach the notice to exports.",
        sources=("PART2",),
        jurisdiction="US",
        stage=CLINICIAN,
    ),
    Rule(
        "planned-for-opioid-addiction",
        "Planned for opioid use disorder",
        Level.NOTE,
        "opioids",
        Evidence.CONSENSUS,
        trigger=fact("plan.indication").is_("opioid_use_disorder"),
        rationale="Not approved; a few small studies; established treatments exist.",
        action="Say it is experimental; never stop established treatment.",
        sources=(
            "JONES2018",
            "ASAM2020",
            "SEED0",
        ),
        seed="One possible treatment is the use of Ketamine as it is believed to treat opioid addiction",
        stage=CLINICIAN,
    ),
)
