"""What the treatment is planned for, where it is given and what was explained."""

from ....questionnaire.countries import Country
from ...levels import Evidence, Level
from ...logic import all_of, any_of, fact
from ...rules import CLINICIAN, Rule

RULES = (
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
        jurisdiction=Country.US,
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
        jurisdiction=Country.US,
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
