"""Opioids, alcohol and other drugs."""

from ..fact_kinds import Days, Score, Tri
from ..facts import Fact
from ..logic import Band, any_of, fact, q

FACTS: tuple[Fact, ...] = (
    Tri("substance.opioid_use", when=q("opioid_ever").is_("yes")),
    Days(
        "substance.days_since_opioid",
        question="opioid_last",
        recurs=True,
        bands={
            "today": Band(0, 1),
            "week": Band(2, 7),
            "month": Band(8, 31),
            "year": Band(32, 365),
            "older": Band(366, None),
        },
    ),
    Tri("substance.opioid_control_lost", when=q("opioid_control").is_("yes")),
    Tri("substance.opioid_not_prescribed", when=q("opioid_source").has("given", "bought")),
    Tri("substance.opioid_street", when=q("opioid_which").has("heroin")),
    Tri(
        "substance.opioid_signs",
        when=any_of(
            q("opioid_signs").has("longer", "cut_down", "craving", "life", "risk"),
            q("opioid_reason").has("cope", "withdrawal"),
        ),
        note="needing more and feeling ill on stopping also happen with correct use, so they do not count alone",
    ),
    Tri(
        "substance.opioid_treatment_now",
        when=q("opioid_treatment").in_("buprenorphine", "methadone", "naltrexone", "other"),
    ),
    Tri(
        "substance.opioid_treatment_ever",
        when=q("opioid_treatment").in_("past", "buprenorphine", "methadone", "naltrexone", "other"),
    ),
    Tri(
        "substance.opioid_problem",
        when=any_of(
            q("opioid_control").is_("yes"),
            q("opioid_treatment").in_("past", "buprenorphine", "methadone", "naltrexone", "other"),
            q("reasons").has("opioids"),
        ),
    ),
    Tri("substance.overdose_ever", when=q("overdose_ever").is_("yes")),
    Tri("substance.alcohol_never", when=q("alcohol_any").is_("no")),
    Score("substance.auditc_total", question="scale_auditc", unit="0-12"),
    Tri("substance.alcohol_withdrawal", when=q("alcohol_withdrawal").is_("yes")),
    Tri(
        "substance.alcohol_problem",
        when=any_of(
            fact("substance.auditc_total").gte(5),
            q("alcohol_withdrawal").is_("yes"),
            q("reasons").has("other_substance"),
            q("tried_list").has("recovery"),
        ),
        note="only used to explain an alcohol-dependence medicine",
    ),
    Tri(
        "substance.hard_drugs_year",
        when=q("drugs_used").has(
            "cocaine", "meth", "mdma", "psychedelic", "pills", "inhalants", "nitrous", "other"
        ),
        note="any drug in the past year except cannabis and tobacco",
    ),
    Tri("substance.cannabis_year", when=q("drugs_used").has("cannabis")),
    Tri(
        "substance.drugs_weekly",
        when=q("drugs_often").in_("weekly", "daily"),
        note="how often for the one used most, which may be cannabis",
    ),
    Tri("substance.tobacco", when=q("drugs_used").has("tobacco")),
    Tri(
        "substance.any_record",
        when=any_of(
            q("opioid_ever").is_("yes"),
            q("drugs_used").has(
                "cannabis", "cocaine", "meth", "mdma", "psychedelic", "pills", "inhalants", "nitrous", "other"
            ),
            q("alcohol_any").is_("yes"),
        ),
    ),
)
