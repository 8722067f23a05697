"""Blood pressure."""

from ...questionnaire.countries import Country
from ..levels import Evidence, Level
from ..logic import all_of, any_of, fact, param
from ..rules import Parameter, Rule

RULES = (
    Rule(
        "blood-pressure-crisis",
        "Blood pressure in the crisis range in the last 7 days",
        Level.URGENT,
        "heart",
        Evidence.LABEL,
        trigger=all_of(
            any_of(
                fact("vitals.systolic_mmhg").gte(param("systolic_crisis")),
                fact("vitals.diastolic_mmhg").gte(param("diastolic_crisis")),
            ),
            fact("vitals.reading_current").is_("yes"),
        ),
        parameters={
            "systolic_crisis": Parameter(180, 60, 300, "mmHg"),
            "diastolic_crisis": Parameter(120, 30, 200, "mmHg"),
        },
        rationale="Ketamine raises blood pressure and must not be given where a further rise would be a serious hazard. An older or undated reading in this range is a stop (blood-pressure-very-high), and this rule then stays open: measure again today. Above 180/120 the 2025 guideline says severe hypertension, an emergency when an organ suffers; the same day and the 7 days are local.",
        action="Contact today; repeat the reading; ask about symptoms; same-day medical care if confirmed.",
        sources=(
            "KETALAR_US",
            "AHA2025",
            "LOCAL",
        ),
        ask='"When was that reading?" Measure the blood pressure again today.',
        seed="medical monitoring devices",
    ),
    Rule(
        "blood-pressure-very-high",
        "Blood pressure well above the guide for treatment",
        Level.STOP,
        "heart",
        Evidence.LOCAL,
        trigger=any_of(
            fact("vitals.systolic_mmhg").gte(param("systolic_stop")),
            fact("vitals.diastolic_mmhg").gte(param("diastolic_stop")),
        ),
        parameters={
            "systolic_stop": Parameter(160, 60, 300, "mmHg"),
            "diastolic_stop": Parameter(100, 30, 200, "mmHg"),
        },
        rationale="From this level a further rise is a hazard; the cut-off is local and between the label guide and the crisis range.",
        action="Repeat seated on two days; control with the usual doctor first.",
        sources=(
            "KETALAR_US",
            "LOCAL",
        ),
        ask='"Do you know a blood pressure reading from the last 6 months?" If not, measure at the first visit.',
        seed="medical monitoring devices",
    ),
    Rule(
        "blood-pressure-high-us",
        "Blood pressure above the US guide",
        Level.REVIEW,
        "heart",
        Evidence.LABEL,
        trigger=any_of(
            fact("vitals.systolic_mmhg").gt(param("systolic_limit")),
            fact("vitals.diastolic_mmhg").gt(param("diastolic_limit")),
        ),
        parameters={
            "systolic_limit": Parameter(140, 60, 300, "mmHg"),
            "diastolic_limit": Parameter(90, 30, 200, "mmHg"),
        },
        rationale="The esketamine label asks for a benefit and risk decision when the baseline is above about 140/90; rises peak near 40 minutes.",
        action="Repeat seated after 5 minutes; weigh delay and control.",
        sources=("SPRAVATO_US",),
        ask='"Do you know a blood pressure reading from the last 6 months?" If not, measure at the first visit.',
        seed="medical monitoring devices",
        jurisdiction=Country.US,
    ),
    Rule(
        "blood-pressure-high-uk",
        "Blood pressure above the UK guide for age",
        Level.REVIEW,
        "heart",
        Evidence.LABEL,
        trigger=any_of(
            fact("vitals.diastolic_mmhg").gt(param("diastolic_limit")),
            all_of(
                fact("patient.age_years").lt(param("older_age")),
                fact("vitals.systolic_mmhg").gt(param("systolic_limit")),
            ),
            all_of(
                fact("patient.age_years").gte(param("older_age")),
                fact("vitals.systolic_mmhg").gt(param("systolic_limit_older")),
            ),
            all_of(
                fact("vitals.systolic_mmhg").gt(param("systolic_limit")),
                fact("vitals.systolic_mmhg").gt(param("systolic_limit_older")),
            ),
        ),
        parameters={
            "systolic_limit": Parameter(140, 60, 300, "mmHg"),
            "systolic_limit_older": Parameter(150, 60, 300, "mmHg"),
            "diastolic_limit": Parameter(90, 30, 200, "mmHg"),
            "older_age": Parameter(65, 18, 120, "years"),
        },
        rationale="The UK and EU text gives 140/90, or 150/90 from age 65, as a guide before dosing.",
        action="Repeat seated; weigh delay and control.",
        sources=("SPRAVATO_EU",),
        ask='"Do you know a blood pressure reading from the last 6 months?" If not, measure at the first visit.',
        seed="medical monitoring devices",
        jurisdiction=Country.UK,
    ),
    Rule(
        "hypertension-uncontrolled",
        "High blood pressure that is not under control",
        Level.STOP,
        "heart",
        Evidence.LABEL,
        trigger=fact("condition.hypertension_uncontrolled").is_("yes"),
        rationale="The label rules ketamine out where a significant rise in pressure would be a serious hazard; guidelines exclude poorly controlled heart and vessel disease.",
        action="Get readings and the treating clinician's view; control first.",
        sources=(
            "KETALAR_US",
            "KETALAR_UK",
            "COHEN2018",
        ),
        ask='"Is your blood pressure under control? What was the last reading?"',
        seed="heart attacks",
    ),
    Rule(
        "hypertension-history",
        "High blood pressure, or medicine for it",
        Level.REVIEW,
        "heart",
        Evidence.LABEL,
        trigger=fact("condition.hypertension").is_("yes"),
        rationale="Ketamine lifts pressure for an hour or more, so control matters.",
        action="Confirm control and medicines; baseline reading before each session.",
        sources=(
            "KETALAR_US",
            "COHEN2018",
        ),
        ask='"Have you had high blood pressure, or medicine for it?"',
        seed="heart attacks",
    ),
    Rule(
        "adrenal-tumour",
        "Adrenal gland tumor (possible phaeochromocytoma)",
        Level.STOP,
        "heart",
        Evidence.CAUTION,
        trigger=fact("condition.phaeochromocytoma").is_("yes"),
        rationale="Such a tumor can release hormones that drive pressure dangerously high. It is not named in the labels seen; it follows from their pressure warning.",
        action="Endocrine advice before anything else.",
        sources=(
            "KETALAR_US",
            "KETALAR_UK",
        ),
        ask='"Have you had a tumor of the adrenal gland?"',
    ),
)
