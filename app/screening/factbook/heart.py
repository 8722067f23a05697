"""Blood pressure, heart and vessels."""

from ..fact_kinds import AnsweredNumber, Days, Recent, Tri
from ..facts import Fact
from ..logic import Band, any_of, lead, q

FACTS: tuple[Fact, ...] = (
    AnsweredNumber(
        "vitals.systolic_mmhg",
        question="bp_top",
        unit="mmHg",
        unknown_if=q("bp_known").is_("no"),
        note="a reading not known is unknown, never normal",
    ),
    AnsweredNumber(
        "vitals.diastolic_mmhg", question="bp_bottom", unit="mmHg", unknown_if=q("bp_known").is_("no")
    ),
    Recent(
        "vitals.reading_current",
        question="bp_when",
        days=7,
        when=any_of(q("bp_when").is_("week"), q("bp_known").is_("no")),
        unknown_if=q("bp_when").in_("month", "months_1_to_6"),
        note="the reading given is of the last 7 days. An older one says nothing about today: unknown, never no. With no reading at all nothing is out of date, and the numbers are what is unknown",
    ),
    Tri("condition.hypertension", when=q("high_bp").is_("yes")),
    Tri("condition.hypertension_uncontrolled", when=q("high_bp_control").is_("no")),
    Tri("condition.heart_attack", when=q("heart_attack").is_("yes")),
    Days(
        "event.days_since_cardiac_event",
        question="heart_event_when",
        bands={
            "under_6_weeks": Band(0, 42),
            "weeks_6_to_months_6": Band(43, 183),
            "months_6_to_12": Band(184, 365),
            "over_1_year": Band(366, None),
        },
        note="heart attack, stent, bypass or heart operation",
    ),
    Tri("condition.heart_unstable", when=q("heart_worse").is_("yes")),
    Tri(
        "condition.ischaemic_heart_disease",
        when=any_of(q("heart_attack").is_("yes"), q("heart_list").has("angina", "stent")),
    ),
    Tri("condition.heart_failure", when=q("heart_list").has("failure")),
    Tri("condition.arrhythmia", when=q("heart_list").has("rhythm", "device")),
    Tri("condition.heart_valve_disease", when=q("heart_list").has("valve")),
    Tri(
        "condition.heart_other",
        when=q("heart_other").is_("yes"),
        note="any heart problem besides a heart attack, named or not",
    ),
    Tri(
        "condition.stroke_any",
        when=q("stroke").is_("yes"),
        note="stroke, mini-stroke or bleed, kind known or not",
    ),
    Tri(
        "condition.stroke_tia",
        when=q("stroke_kind").has("clot", "mini"),
        note="shown on the card; no rule reads it",
    ),
    Tri("condition.intracerebral_haemorrhage", when=q("stroke_kind").has("bleed")),
    Tri(
        "condition.aneurysm_or_avm",
        when=lead(
            q("aneurysm").is_("yes"),
            or_yes=any_of(q("heart_list").has("dissection"), q("other_list").has("dissection")),
        ),
        note="aneurysm, a torn main artery (dissection) or AVM",
    ),
    Tri(
        "condition.inherited_vessel_risk",
        when=q("other_list").has("connective"),
        note="Marfan, vascular Ehlers-Danlos: the vessels may be weak though nothing was found yet",
    ),
    Tri("condition.venous_thrombosis", when=any_of(q("lung_list").has("clot"), q("other_list").has("clot"))),
)
