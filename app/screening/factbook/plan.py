"""What staff enter about the treatment: the plan, the dose, tests, and the day itself. The form asks none of it."""

from ..fact_kinds import Entered
from ..facts import Fact

FACTS: tuple[Fact, ...] = (
    Entered("plan.product", values=("ketamine", "esketamine_nasal")),
    Entered("plan.route", values=("iv", "im", "sc", "intranasal", "oral")),
    Entered("plan.setting", values=("clinic", "home")),
    Entered(
        "plan.indication",
        values=(
            "depression",
            "ptsd",
            "anxiety",
            "ocd",
            "chronic_pain",
            "acute_pain",
            "opioid_use_disorder",
            "other",
        ),
    ),
    Entered("plan.sessions_planned", unit="sessions"),
    Entered("plan.rems_enrolled", note="US esketamine only"),
    Entered("measured.weight_kg", unit="kg"),
    Entered("measured.systolic_mmhg", unit="mmHg"),
    Entered("measured.diastolic_mmhg", unit="mmHg"),
    Entered("lab.alt_times_uln", unit="times upper limit"),
    Entered(
        "lab.days_since_lft", unit="days", banded=True, or_none=True, note="none = no liver test on file"
    ),
    Entered("lab.no_lft_on_file"),
    Entered("day.escort_arranged"),
    Entered("day.plans_to_drive_before_next_day"),
    Entered("day.can_stay_two_hours"),
    Entered("day.hours_since_food", unit="hours"),
    Entered("day.minutes_since_clear_fluid", unit="minutes"),
    Entered("day.alcohol_or_drugs_last_24h"),
    Entered("day.respiratory_infection", note="cough or fever today"),
    Entered("consent.off_label_explained"),
    Entered(
        "record.from_part2_program",
        note="record received from, or made by, a federally assisted substance-use programme (US)",
    ),
    Entered("dose.mg_per_kg", unit="mg/kg"),
    Entered("dose.bolus_mg_per_kg", unit="mg/kg"),
    Entered("dose.infusion_mg_per_kg_h", unit="mg/kg/h"),
    Entered("dose.vial_mg_per_ml", unit="mg/mL"),
    Entered("dose.diluted"),
)
