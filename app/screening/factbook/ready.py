"""Getting ready (part 2): home, treatment day, scores and consent."""

from ..fact_kinds import Score, Tri
from ..facts import Fact
from ..logic import any_of, q

FACTS: tuple[Fact, ...] = (
    Tri("patient.drives", when=q("drives").is_("yes")),
    Tri(
        "safety.unsafe_home",
        when=q("safe_home").is_("no"),
        unknown_if=q("filled_by").in_("self_with_help", "for_patient"),
        note="not asked when someone else is at the keyboard: hidden to protect, so unknown, never no",
    ),
    Score("gad7.total", question="scale_gad7", unit="0-21"),
    Score("pcptsd5.total", question="scale_pcptsd5", unit="0-5"),
    Score("peg.mean", question="scale_peg", unit="0-10", note="for the trend; no rule reads it"),
    Tri("symptom.dissociation", when=q("dissociation_ever").is_("yes")),
    Tri("consent.substance_sharing_refused", when=q("agree_substance_share").in_("no", "ask_first")),
    Tri("repro.no_contraception", when=q("contraception").is_("no")),
    Tri("meds.changed_recently", when=q("meds_changed").is_("yes")),
    Tri("home.no_escort", when=q("escort").is_("no")),
    Tri("home.escort_not_yet", when=q("escort").is_("not_yet")),
    Tri("home.no_adult_to_stay", when=q("adult_stay").is_("no")),
    Tri("home.no_steady_home", when=q("lives_with").is_("no_home")),
    Tri("home.cares_for_others", when=q("caring_for").is_("yes")),
    Tri(
        "consent.facts_not_understood",
        when=any_of(q("understand_drive").in_("same_day", "hour"), q("understand_choice").is_("no")),
    ),
)
