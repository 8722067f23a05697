"""The dose, and the blood tests before it."""

from ...levels import Evidence, Level
from ...logic import all_of, any_of, fact, param
from ...rules import CLINICIAN, Parameter, Rule

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
                fact("plan.indication").in_("chronic_pain", "acute_pain"),
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
        rationale="Depression trials mostly used 0.5 mg/kg over 40 minutes (up to 1.0 tested). The consensus on acute pain keeps a bolus to 0.35 mg/kg and an infusion to 1 mg/kg/h; the 2 mg/kg/h for chronic pain is local.",
        action="Show the reference; a clinician confirms with a written reason.",
        sources=(
            "FAVA2020",
            "SCHWENK2018",
            "LOCAL",
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
)
