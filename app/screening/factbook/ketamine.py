"""Ketamine before."""

from ..fact_kinds import Days, Tri
from ..facts import Fact
from ..logic import Band, q

FACTS: tuple[Fact, ...] = (
    Tri("ketamine.exposure", when=q("ketamine_before").has("clinic", "home", "no_prescription")),
    Tri("ketamine.non_prescribed", when=q("ketamine_before").has("no_prescription")),
    Days(
        "ketamine.days_since_last",
        question="ketamine_last",
        recurs=True,
        bands={
            "week": Band(0, 7),
            "month": Band(8, 31),
            "year": Band(32, 365),
            "older": Band(366, None),
        },
    ),
    Tri("ketamine.many_times", when=q("ketamine_times").is_("over_20")),
    Tri("ketamine.made_worse", when=q("ketamine_helped").is_("worse")),
    Tri("ketamine.control_lost", when=q("ketamine_control").is_("yes")),
    Tri("ketamine.bad_reaction", when=q("ketamine_bad").is_("yes")),
    Tri(
        "ketamine.serious_reaction",
        when=q("ketamine_bad_what").has(
            "seizure", "breathing", "chest_pain", "passed_out", "rash", "psychosis_after"
        ),
    ),
    Tri("ketamine.liver_injury", when=q("ketamine_bad_what").has("liver")),
    Tri("ketamine.bladder_after", when=q("ketamine_bad_what").has("bladder")),
)
