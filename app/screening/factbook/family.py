"""Blood relatives. "No, or adopted" hides the family lines: the facts are then unknown, never no."""

from ..fact_kinds import Tri
from ..facts import Fact
from ..logic import q

FACTS: tuple[Fact, ...] = (
    Tri("family.unknown", when=q("fam_known").is_("no")),
    Tri(
        "family.psychosis",
        when=q("fam_psychosis").is_("yes"),
        unknown_if=q("fam_known").is_("no"),
        note="any blood relative",
    ),
    Tri(
        "family.seizures",
        when=q("fam_seizures").is_("yes"),
        unknown_if=q("fam_known").is_("no"),
        note="seizures, fits or convulsions, one question",
    ),
    Tri("family.heart_attack", when=q("fam_heart_attack").is_("yes"), unknown_if=q("fam_known").is_("no")),
    Tri(
        "family.heart_attack_early",
        when=q("fam_heart_age").is_("yes"),
        unknown_if=q("fam_known").is_("no"),
        note="before age 60",
    ),
    Tri(
        "family.anaesthetic_reaction",
        when=q("fam_anesthetic").is_("yes"),
        unknown_if=q("fam_known").is_("no"),
    ),
)
