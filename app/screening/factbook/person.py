"""Who the patient is."""

from ..fact_kinds import Age, AnsweredNumber, BodyMassIndex, OneOf, Tri
from ..facts import Fact
from ..logic import any_of, lead, q

FACTS: tuple[Fact, ...] = (
    Age("patient.age_years", question="age_years", unit="years"),
    OneOf(
        "patient.sex_at_birth",
        question="sex_at_birth",
        values={"female": "female", "male": "male", "intersex": "intersex", "tell_clinician": "not_stated"},
        note="not_stated = would rather tell the clinician; cut-offs by sex then use the lower one. Blank is unknown",
    ),
    AnsweredNumber("patient.height_cm", question="height", unit="cm"),
    AnsweredNumber(
        "patient.weight_kg",
        question="weight",
        unit="kg",
        note="told by the patient; staff weigh before any dose",
    ),
    BodyMassIndex("patient.bmi", note="unknown when either is unknown"),
    Tri("patient.measures_missing", when=any_of(q("height").unanswered(), q("weight").unanswered())),
    Tri(
        "patient.answered_by_other",
        when=q("filler_role").in_("parent_guardian", "legal"),
        note="someone with, or claiming, the right to decide",
    ),
    Tri(
        "patient.typed_by_other",
        when=q("filled_by").in_("self_with_help", "for_patient"),
        note="helped with, or typed by someone else, whatever their part",
    ),
    Tri("patient.does_not_agree", when=q("sign_assent").is_("no")),
    Tri(
        "patient.wants_voice_for_private",
        when=lead(
            q("private_part").is_("ask_me"),
            or_yes=any_of(
                q("scale_phq9").is_("ask_me"),
                q("opioid_ever").is_("ask_me"),
                q("pregnancy_status").is_("ask_me"),
            ),
        ),
        note="chosen at the start, or with the button of a private step: that marks the whole step, so its first always asked question tells",
    ),
)
