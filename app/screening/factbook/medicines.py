"""Medicines: what was ticked, what was typed, and what nothing explains."""

from ..fact_kinds import Computed, Tri
from ..facts import Fact
from ..lists import (
    depressants,
    medicine_classes,
    past_names,
    unclear_names,
    unexplained_classes,
    unknown_names,
    why_depressants,
    why_medicines,
    why_past,
    why_unclear,
    why_unexplained,
    why_unknown,
)
from ..logic import all_of, any_of, fact, lead, not_, q

FACTS: tuple[Fact, ...] = (
    Computed(
        "meds.classes",
        of=medicine_classes,
        why=why_medicines,
        note="classes of the recognised medicines (sure) and of near matches (possible); PAST names are possible members; open unless the list is closed (header, 6)",
    ),
    Computed(
        "meds.unexplained_classes",
        of=unexplained_classes,
        why=why_unexplained,
        note="for each recognised medicine with a non-empty implies list: unexplained = not any(implied facts). yes -> its classes are sure members; unknown -> possible members. Near matches are left out. Open only when meds.classes is open",
    ),
    Computed(
        "meds.unclear_count",
        of=unclear_names,
        why=why_unclear,
        note="unclear entries and shop-bought pieces that may be something that matters (header, 6); 0 when nothing was typed",
    ),
    Computed(
        "meds.unknown_count",
        of=unknown_names,
        why=why_unknown,
        note="names not recognised that are near a harmless one, or whose reason is known and plain (header, 6)",
    ),
    Computed(
        "meds.past_count",
        of=past_names,
        why=why_past,
        note="entries and pieces with a name said to be stopped (header, 6)",
    ),
    Computed(
        "meds.depressant_count",
        of=depressants,
        why=why_depressants,
        note="low end = the larger of (different recognised medicines with class cns_depressant) and (families among opioid, benzo_sleep, gabapentin that are ticked, or named by the list and so not asked for); high end = the same when the list is closed and each of these families is named or has a definite answer, else no upper end",
    ),
    Tri("meds.list_to_come", when=q("meds_how").is_("bring")),
    Tri("meds.none_declared", when=q("meds_how").is_("none")),
    Tri(
        "meds.family_ticked",
        when=q("med_classes").has(
            "opioid",
            "opioid_blocker",
            "benzo_sleep",
            "antidepressant",
            "maoi",
            "lithium",
            "lamotrigine",
            "antipsychotic",
            "seizure_medicine",
            "gabapentin",
            "stimulant",
            "triptan",
            "heart_bp",
            "blood_thinner",
            "theophylline",
            "steroid",
            "glp1",
            "hiv_fungal",
            "thyroid",
        ),
        note="every family except otc",
    ),
    Tri("meds.shop_bought", when=q("med_classes").has("otc")),
    Tri(
        "meds.theophylline",
        when=lead(q("med_classes").has("theophylline"), or_yes=fact("meds.classes").has("xanthine")),
    ),
    Tri("meds.maoi", when=lead(q("med_classes").has("maoi"), or_yes=fact("meds.classes").has("maoi"))),
    Tri(
        "meds.opioid",
        when=lead(
            q("med_classes").has("opioid"),
            or_yes=fact("meds.classes").has("opioid", "opioid_agonist_treatment"),
        ),
    ),
    Tri(
        "meds.opioid_blocker",
        when=lead(
            q("med_classes").has("opioid_blocker"), or_yes=fact("meds.classes").has("opioid_antagonist")
        ),
    ),
    Tri(
        "meds.sedative",
        when=lead(
            q("med_classes").has("benzo_sleep", "gabapentin"),
            or_yes=fact("meds.classes").has("benzodiazepine", "z_drug", "gabapentinoid", "sedative_other"),
        ),
    ),
    Tri(
        "meds.stimulant",
        when=lead(
            q("med_classes").has("stimulant"),
            or_yes=fact("meds.classes").has("sympathomimetic", "stimulant", "vasoconstrictor"),
        ),
    ),
    Tri(
        "meds.lamotrigine",
        when=lead(q("med_classes").has("lamotrigine"), or_yes=fact("meds.classes").has("lamotrigine")),
    ),
    Tri(
        "meds.antipsychotic",
        when=lead(q("med_classes").has("antipsychotic"), or_yes=fact("meds.classes").has("antipsychotic")),
    ),
    Tri(
        "meds.triptan", when=lead(q("med_classes").has("triptan"), or_yes=fact("meds.classes").has("triptan"))
    ),
    Tri(
        "meds.glp1", when=lead(q("med_classes").has("glp1"), or_yes=fact("meds.classes").has("glp1_agonist"))
    ),
    Tri(
        "meds.blood_thinner",
        when=lead(
            q("med_classes").has("blood_thinner"),
            or_yes=fact("meds.classes").has("anticoagulant", "antiplatelet"),
        ),
    ),
    Tri(
        "meds.thyroid_hormone",
        when=lead(q("med_classes").has("thyroid"), or_yes=fact("meds.classes").has("thyroid_hormone")),
    ),
    Tri(
        "meds.steroid",
        when=lead(
            q("med_classes").has("steroid"), or_yes=fact("meds.classes").has("corticosteroid_systemic")
        ),
        note="pills or shots; skin, eye, nose and inhaled steroids are not",
    ),
    Tri(
        "meds.breakdown_changer",
        when=lead(
            fact("meds.classes").has(
                "cyp3a4_inhibitor_strong", "cyp3a4_inhibitor_moderate", "cyp2b6_inhibitor", "cyp_inducer"
            ),
            or_yes=q("med_classes").has("hiv_fungal"),
        ),
    ),
    Tri("meds.nmda_antagonist", when=fact("meds.classes").has("nmda_antagonist")),
    Tri("meds.ketamine", when=fact("meds.classes").has("ketamine")),
    Tri("meds.seizure_threshold", when=fact("meds.classes").has("seizure_threshold")),
    Tri(
        "meds.seizure_medicine_unexplained",
        when=all_of(
            q("med_classes").has("seizure_medicine"),
            any_of(
                q("meds_how").is_("bring"), not_(fact("meds.classes").has("antiepileptic", "gabapentinoid"))
            ),
            not_(
                any_of(
                    fact("condition.seizures").is_("yes"),
                    fact("condition.bipolar").is_("yes"),
                    fact("condition.migraine").is_("yes"),
                    fact("condition.neuropathic_pain").is_("yes"),
                )
            ),
        ),
        note="the ticked family, for people who bring their list or typed none of that family; a typed one answers for itself by its own implies (meds.unexplained_classes)",
    ),
    Tri(
        "meds.heart_medicine_unexplained",
        when=all_of(
            q("med_classes").has("heart_bp"),
            any_of(
                q("meds_how").is_("bring"),
                not_(fact("meds.classes").has("antihypertensive", "antianginal", "antiarrhythmic")),
            ),
            not_(
                any_of(
                    fact("condition.hypertension").is_("yes"),
                    fact("condition.heart_attack").is_("yes"),
                    fact("condition.heart_other").is_("yes"),
                    fact("condition.stroke_any").is_("yes"),
                    fact("condition.migraine").is_("yes"),
                    fact("condition.anxiety").is_("yes"),
                    fact("condition.kidney_disease").is_("yes"),
                )
            ),
        ),
        note="as above",
    ),
    Tri(
        "meds.opioid_blocker_unexplained",
        when=all_of(
            q("med_classes").has("opioid_blocker"),
            not_(
                any_of(
                    fact("substance.opioid_problem").is_("yes"), fact("substance.alcohol_problem").is_("yes")
                )
            ),
        ),
    ),
)
