"""Mental health."""

from ..fact_kinds import Days, Tri
from ..facts import Fact
from ..logic import Band, any_of, q

FACTS: tuple[Fact, ...] = (
    Tri(
        "condition.psychosis_diagnosed",
        when=q("mh_list").has("psychosis"),
        note="a doctor or therapist said schizophrenia or psychosis",
    ),
    Tri(
        "condition.psychosis_ever", when=any_of(q("psychosis_ever").is_("yes"), q("mh_list").has("psychosis"))
    ),
    Days(
        "event.days_since_psychosis",
        question="psychosis_when",
        recurs=True,
        bands={"now": Band(0, 31), "year": Band(32, 365), "older": Band(366, None)},
    ),
    Tri("condition.mania_ever", when=q("mania_ever").is_("yes")),
    Days(
        "event.days_since_mania",
        question="mania_when",
        recurs=True,
        bands={"now": Band(0, 31), "year": Band(32, 365), "older": Band(366, None)},
    ),
    Tri("condition.bipolar", when=q("mh_list").has("bipolar")),
    Days(
        "event.days_since_mh_admission",
        question="mh_hospital_when",
        bands={"past_3_months": Band(0, 90), "year": Band(91, 365), "older": Band(366, None)},
    ),
    Tri("condition.mh_admission", when=q("mh_hospital").is_("yes")),
    Tri("condition.depression", when=any_of(q("reasons").has("depression"), q("mh_list").has("depression"))),
    Tri("condition.anxiety", when=any_of(q("reasons").has("anxiety"), q("mh_list").has("anxiety"))),
    Tri("condition.ptsd", when=any_of(q("reasons").has("trauma"), q("mh_list").has("ptsd"))),
    Tri("condition.ocd", when=any_of(q("reasons").has("ocd"), q("mh_list").has("ocd"))),
    Tri("condition.insomnia", when=q("mh_list").has("insomnia")),
    Tri("condition.eating_disorder", when=q("mh_list").has("eating")),
    Tri("condition.personality_disorder", when=q("mh_list").has("personality")),
    Tri("condition.adhd", when=q("mh_list").has("adhd_autism")),
)
