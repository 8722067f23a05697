"""Allergy, anesthetics, surgery and cancer."""

from ..fact_kinds import Computed, Days, Tri
from ..facts import Fact
from ..lists import (
    allergy_classes,
    allergy_near,
    unclear_allergies,
    why_allergies,
    why_near,
    why_unclear_allergies,
)
from ..logic import Band, any_of, fact, lead, q

FACTS: tuple[Fact, ...] = (
    Computed(
        "allergy.classes",
        of=allergy_classes,
        why=why_allergies,
        note="classes of every medicine named in allergies[].allergy_to. allergy_any no -> empty and closed; not_sure or blank -> open; listed -> near matches are possible members, open when a name is unclear (header, 6)",
    ),
    Computed(
        "allergy.near_classes",
        of=allergy_near,
        why=why_near,
        note="classes of the names in allergies[].allergy_to that are only near a known one: sure members, and never open: it is about what was typed",
    ),
    Computed(
        "allergy.unclear_count",
        of=unclear_allergies,
        why=why_unclear_allergies,
        note="entries with a name that is near, not recognised or missing (header, 6); 0 when nothing was typed",
    ),
    Tri(
        "allergy.ketamine",
        when=lead(
            q("ketamine_allergy").is_("yes"),
            or_yes=fact("allergy.classes").has("ketamine", "vial_ingredient"),
        ),
    ),
    Tri(
        "allergy.anaesthetic",
        when=lead(
            q("anesthetic_allergy").is_("yes"),
            or_yes=any_of(
                fact("allergy.classes").has("anaesthetic"),
                q("anesthetic_problem_what").has("rash_swelling"),
            ),
        ),
        note="trouble breathing alone is not an allergy (wheeze, suxamethonium, a hard airway): it stays with anaesthetic.other_problem",
    ),
    Tri(
        "allergy.steroid",
        when=lead(
            q("steroid_allergy").is_("yes"),
            or_yes=fact("allergy.classes").has("corticosteroid_systemic", "corticosteroid_local"),
        ),
    ),
    Tri("allergy.steroid_mood", when=q("steroid_reaction").has("mood")),
    Tri(
        "allergy.severe_other",
        when=any_of(
            q("allergies").field("allergy_reaction", "swelling", "breathing", "passed_out"),
            q("allergies").field("allergy_hospital", "yes"),
        ),
        unknown_if=q("allergy_any").is_("not_sure"),
    ),
    Tri("allergy.any_other", when=q("allergy_any").is_("yes")),
    Tri("anaesthetic.other_problem", when=q("anesthetic_problem").is_("yes")),
    Tri("anaesthetic.high_fever", when=q("anesthetic_problem_what").has("fever")),
    Tri(
        "surgery.ever",
        when=any_of(
            q("surgery_last").in_("under_6_weeks", "weeks_6_to_months_6", "months_6_to_12", "over_1_year"),
            q("surgery_major").is_("yes"),
            q("surgery_areas").has(
                "brain", "eye", "heart", "lung", "spine", "stomach", "bones", "womb", "other"
            ),
        ),
    ),
    Tri("surgery.never", when=q("surgery_last").is_("never")),
    Tri(
        "surgery.brain_eye_heart",
        when=any_of(q("surgery_major").is_("yes"), q("surgery_areas").has("brain", "eye", "heart")),
    ),
    Tri("surgery.eye", when=q("surgery_areas").has("eye")),
    Days(
        "event.days_since_surgery",
        question="surgery_last",
        bands={
            "under_6_weeks": Band(0, 42),
            "weeks_6_to_months_6": Band(43, 183),
            "months_6_to_12": Band(184, 365),
            "over_1_year": Band(366, None),
        },
        never=("never",),
    ),
    Tri("surgery.planned", when=q("surgery_planned").is_("yes")),
    Tri(
        "condition.cancer",
        when=any_of(q("cancer_now").is_("yes"), q("chemo_now").is_("yes")),
        note="now, or care in the last year",
    ),
    Tri("cancer.said_no", when=q("cancer_now").is_("no")),
    Tri("condition.chemotherapy_now", when=q("chemo_now").is_("yes")),
    Days(
        "event.days_since_chemotherapy",
        question="chemo_last",
        bands={
            "this_month": Band(0, 31),
            "months_1_to_6": Band(32, 183),
            "months_6_to_12": Band(184, 365),
            "over_1_year": Band(366, None),
        },
        never=("never",),
    ),
    Tri("cancer.team_not_told", when=q("cancer_team_knows").is_("no")),
)
