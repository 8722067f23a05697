"""One healthy adult, answer by answer. A test changes what it is about and leaves the rest."""

from datetime import date
from typing import Any

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.answers import DUE
from app.questionnaire.checkin import CHECKIN
from app.questionnaire.checkin.session import EFFECTS
from app.questionnaire.countries import Country
from app.questionnaire.intake import INTAKE
from app.questionnaire.ready import READY
from app.screening.evaluation import ScreeningResult, evaluate
from app.screening.factbook import plan
from app.screening.rulebook import RULEBOOK
from app.screening.rules import CLINICIAN, DEFAULT_RULES, ClinicRules, Submitted
from benchmarks.form_people import no_to_all

Answers = dict[str, Any]

ON = date(2026, 3, 1)

HEALTHY: Answers = no_to_all(INTAKE) | {
    "language": "en",
    "urgent_now": ["none"],
    "filled_by": "self",
    "privacy_ok": True,
    "first_name": "Robin",
    "last_name": "Ashdown",
    "dob": "1990-05-03",
    "phone": "555 010 0199",
    "email": "robin@example.com",
    "sex_at_birth": "female",
    "gender": "woman",
    "ec_name": "Kit Ashdown",
    "ec_phone": "555 010 0198",
    "height": {"unit": "ft_in", "feet": 5, "inches": 6},
    "weight": {"unit": "lb", "value": 145},
    "bp_known": "yes",
    "bp_top": 118,
    "bp_bottom": 76,
    "bp_when": "month",
    "reasons": ["depression"],
    "reason_duration": "years_1_to_5",
    "goals": "Get back to the garden",
    "tried_list": ["antidepressant", "talking"],
    "antidepressant_count": "2",
    "ketamine_before": ["none"],
    "surgery_last": "never",
    "fam_known": "yes",
    "med_classes": ["antidepressant"],
    "meds_how": "add",
    "medicines": [{"med_name": "Sertraline 50 mg", "med_often": "once"}],
    "scale_phq9": [2, 2, 1, 2, 1, 1, 1, 0, 0],
    "suicide_thoughts": "no",
    "mh_list": ["depression"],
    "alcohol_any": "yes",
    "drugs_used": ["none"],
    "scale_auditc": [1, 0, 0],
    "pregnancy_status": "no",
    "agree_screen": True,
    "sign_name": "Robin Ashdown",
    "breastfeeding": "no",
}
"""Depression, one medicine for it, and nothing else. Female, so that the pregnancy page is asked."""

GOT_READY: Answers = (
    HEALTHY
    | no_to_all(READY)
    | {
        "message_private": "yes",
        "address": "4 Mill Lane, Fresno, CA 93701",
        "contact_best": "call",
        "ec_relationship": "friend",
        "ec_share": "visits",
        "scale_gad7": [1, 1, 0, 1, 0, 0, 0],
        "dissociation_ever": "no",
        "scale_pcptsd5": [0, None, None, None, None, None],
        "gp_have": "yes",
        "gp_name": "Dr. Lee, Oak Street Clinic, Fresno",
        "gp_share": "yes",
        "referral": "primary",
        "escort": "emergency_contact",
        "adult_stay": "yes",
        "lives_with": "partner_family",
        "contraception": "yes",
        "safe_home": "yes",
        "understand_drive": "next_day",
        "understand_choice": "yes",
        "agree_facts": True,
        "agree_home": True,
        "agree_substance_share": "yes",
        "agree_research": "yes",
    }
)
"""The same person, ready for a first session (part 2)."""

CHECKED_IN: Answers = (
    GOT_READY
    | no_to_all(CHECKIN)
    | {
        "fu_by": "self",
        "fu_urgent": ["none"],
        "fu_effects": dict.fromkeys(EFFECTS, "none"),
        "fu_home": "yes",
        "fu_change": "bit_better",
        "fu_suicide": "no",
        "fu_want_next": "yes",
    }
)
"""The same person after a session that went well. No scale is due."""

PLAN: Answers = {
    "plan.product": "ketamine",
    "plan.route": "iv",
    "plan.setting": "clinic",
    "plan.indication": "depression",
    "plan.sessions_planned": 6,
    "plan.rems_enrolled": "yes",
    "measured.weight_kg": 65.8,
    "measured.systolic_mmhg": 118,
    "measured.diastolic_mmhg": 76,
    "lab.alt_times_uln": 0.7,
    "lab.days_since_lft": 14,
    "lab.no_lft_on_file": "no",
    "day.escort_arranged": "yes",
    "day.plans_to_drive_before_next_day": "no",
    "day.can_stay_two_hours": "yes",
    "day.hours_since_food": 9,
    "day.minutes_since_clear_fluid": 180,
    "day.alcohol_or_drugs_last_24h": "no",
    "day.respiratory_infection": "no",
    "consent.off_label_explained": "yes",
    "record.from_part2_program": "no",
    "dose.mg_per_kg": 0.5,
    "dose.bolus_mg_per_kg": 0.2,
    "dose.infusion_mg_per_kg_h": 0.75,
    "dose.vial_mg_per_ml": 50,
    "dose.diluted": "yes",
}
"""What staff entered on the day of a session with nothing against it: every fact they can enter."""

WELL: dict[int | str, Answers] = {
    1: HEALTHY,
    2: GOT_READY,
    "followup": CHECKED_IN,
    CLINICIAN: GOT_READY | PLAN,
}
"""Everything this person has answered, and staff have entered, by the time the rules of a stage run."""

STAFF_ENTER = {fact.key for fact in plan.FACTS}


def but(answers: Answers, changes: Answers) -> Answers:
    """`answers` with some changed; None takes one out."""
    return {key: value for key, value in (answers | changes).items() if value is not None}


def screen(
    answers: Answers,
    jurisdiction: Country = Country.US,
    settings: ClinicRules = DEFAULT_RULES,
    on: date = ON,
    parts: tuple[int | str, ...] = (1,),
) -> ScreeningResult:
    """These parts, sent with these answers. Among them may stand the scales due, which the schedule sets, and what
    staff entered, by fact.
    """
    given, due = but(answers, dict.fromkeys((DUE, *STAFF_ENTER))), tuple(answers.get(DUE, ()))
    staff = {key: answers[key] for key in answers if key in STAFF_ENTER}
    return evaluate(RULEBOOK, Submitted(WHOLE, given, on, jurisdiction, parts, due, staff=staff), settings)


def raised(screening: ScreeningResult) -> list[str]:
    """Slugs of the rules that rose, in the order shown."""
    return [flag.rule.slug for flag in screening.raised]


def undetermined(screening: ScreeningResult) -> dict[str, tuple[str, ...]]:
    """The rules that could not be decided: slug to unknown facts."""
    return {line.rule.slug: line.unknown for line in screening.undetermined}


def takes(*names: str) -> Answers:
    """A typed medicine list of these names, and no family ticked."""
    return {
        "med_classes": ["none"],
        "meds_how": "add",
        "medicines": [{"med_name": name, "med_often": "once"} for name in names],
    }


def allergic_to(*names: str) -> Answers:
    """Allergies of these names, each a rash long ago."""
    entry = {"allergy_reaction": ["rash"], "allergy_when": "older", "allergy_hospital": "no"}
    return {"allergy_any": "yes", "allergies": [{"allergy_to": name} | entry for name in names]}


def mood(item9: int | None, others: int = 0) -> Answers:
    """PHQ-9 with one score for items 1 to 8 and another for item 9."""
    return {"scale_phq9": [others] * 8 + [item9]}
