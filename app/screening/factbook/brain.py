"""Head, brain and eyes."""

from ..fact_kinds import Days, Tri
from ..facts import Fact
from ..logic import Band, all_of, not_, q

FACTS: tuple[Fact, ...] = (
    Tri(
        "condition.seizures", when=q("seizure_ever").is_("yes"), note="seizure, fit or convulsion at any age"
    ),
    Tri(
        "condition.seizures_childhood_fever_only",
        when=all_of(
            q("seizure_last").is_("child"),
            q("seizure_cause").has("fever"),
            not_(q("seizure_cause").has("epilepsy", "withdrawal", "medicine", "head", "stress", "other")),
        ),
        note="fever and no other cause",
    ),
    Days(
        "event.days_since_seizure",
        question="seizure_last",
        bands={
            "month": Band(0, 31),
            "year": Band(32, 365),
            "years_1_to_5": Band(366, 1826),
            "over_5_years": Band(1827, None),
            "child": Band(1827, None),
        },
    ),
    Tri(
        "condition.raised_icp",
        when=q("brain_pressure").is_("yes"),
        note="brain tumour, fluid on the brain or high pressure in the head",
    ),
    Tri("condition.head_injury", when=q("head_injury").is_("yes")),
    Days(
        "event.days_since_head_injury",
        question="head_injury_when",
        bands={"under_3_months": Band(0, 90), "year": Band(91, 365), "older": Band(366, None)},
    ),
    Tri(
        "condition.eye_pressure",
        when=q("eye_pressure").is_("yes"),
        note="glaucoma, high eye pressure or eye injury",
    ),
    Tri("condition.dementia", when=q("memory_problem").is_("yes")),
)
