"""After a session: what the check-in says."""

from ...questionnaire.checkin.session import EFFECTS
from ..fact_kinds import Score, Tri
from ..facts import Fact
from ..logic import any_of, q

FACTS: tuple[Fact, ...] = (
    Tri(
        "after.emergency_now",
        when=q("fu_urgent").has("chest_pain", "breathing", "seizure", "passed_out", "swelling"),
    ),
    Tri("after.suicide_today", when=q("fu_suicide").is_("today")),
    Tri("after.suicide_since", when=q("fu_suicide").is_("since_last")),
    Score("after.phq9_item9", question="fu_phq9", unit="0-3", item=9),
    Score("after.phq9_total", question="fu_phq9", unit="0-27", note="for the trend; no rule reads it"),
    Tri("after.seizure", when=q("fu_effects").row("fu_seizure", "mild", "medium", "strong")),
    Tri(
        "after.chest_or_breath_strong",
        when=any_of(q("fu_effects").row("fu_chest", "strong"), q("fu_effects").row("fu_breathing", "strong")),
    ),
    Tri(
        "after.chest_or_breath_any",
        when=any_of(
            q("fu_effects").row("fu_chest", "mild", "medium", "strong"),
            q("fu_effects").row("fu_breathing", "mild", "medium", "strong"),
        ),
    ),
    Tri("after.hallucinations_strong", when=q("fu_effects").row("fu_hallucinations", "strong")),
    Tri("after.rash", when=q("fu_effects").row("fu_rash", "medium", "strong")),
    Tri("after.bladder", when=q("fu_effects").row("fu_bladder", "mild", "medium", "strong")),
    Tri(
        "after.irritation",
        when=any_of(
            q("fu_effects").row("fu_stomach", "medium", "strong"),
            q("fu_effects").row("fu_lungs", "medium", "strong"),
        ),
    ),
    Tri("after.any_strong", when=q("fu_effects").any_row(EFFECTS, "strong")),
    Tri("after.still_going", when=q("fu_still").is_("yes")),
    Tri("after.worse", when=q("fu_change").in_("bit_worse", "much_worse")),
    Tri("after.much_worse", when=q("fu_change").is_("much_worse")),
    Tri("after.went_home_alone", when=q("fu_home").is_("no")),
    Tri("after.drove", when=q("fu_drove").is_("yes")),
    Tri("after.medicine_changed", when=q("fu_meds_changed").is_("yes")),
    Tri("after.more_opioids", when=q("fu_opioids").is_("more")),
    Tri("after.other_ketamine", when=q("fu_other_ketamine").is_("yes")),
    Tri("after.ketamine_pull", when=q("fu_craving").is_("yes")),
    Tri("after.wants_call", when=q("fu_call").is_("yes")),
)
