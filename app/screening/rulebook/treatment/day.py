"""The day of treatment: what staff measured and asked."""

from ...levels import Evidence, Level
from ...logic import all_of, any_of, fact, param
from ...rules import CLINICIAN, Parameter, Rule

RULES = (
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
                fact("plan.route").in_("iv", "im", "sc"),
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
)
