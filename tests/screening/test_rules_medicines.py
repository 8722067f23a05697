"""Medicines that matter, ticked as a family or typed by name."""

from collections.abc import Callable

import pytest

from tests.people import Answers, takes
from tests.screening.proofs import Cases, checks, pick, tick, when

BROUGHT = {"meds_how": "bring"}
HAD_KETAMINE = {"ketamine_before": ["clinic"]}
OPIOID = {"opioid_ever": "yes", "opioid_last": "year", "opioid_control": "no"}


def ticked(*families: str, **more: object) -> Answers:
    return {"med_classes": list(families)} | more


def family(fact: str, *families: str, names: tuple[str, ...], instead: str = "lithium") -> Cases:
    """A family asked for by name: a tick, or a typed name, raises it; only the tick list can settle it."""
    return when(
        *(ticked(one) for one in families),
        ticked(instead, families[0]) | BROUGHT,
        *(takes(name) for name in names),
        *(takes(name) | ticked("not_sure") for name in names),
        misses=(ticked(instead), ticked("none") | BROUGHT, takes("the blue ones")),
        unknown=((ticked("not_sure"), (fact,)), ({"med_classes": None}, (fact,))),
    )


CASES = {
    "opioid-in-use": when(
        ticked("opioid"),
        takes("Tramadol"),
        takes("Suboxone"),
        OPIOID | {"opioid_last": "month"},
        OPIOID | {"opioid_last": "today"} | ticked("not_sure"),
        misses=(OPIOID, OPIOID | {"opioid_ever": "no", "opioid_last": "today"}),
        unknown=(
            (OPIOID | {"opioid_last": "rather_not"}, ("substance.days_since_opioid",)),
            (ticked("not_sure"), ("meds.opioid",)),
            (ticked("not_sure", opioid_ever=None), ("meds.opioid", "substance.days_since_opioid")),
        ),
    ),
    "ketamine-from-elsewhere": pick(
        "ketamine_last", "ketamine.days_since_last", "week", "month", instead="year", given=HAD_KETAMINE
    )
    + when(
        takes("Spravato"),
        HAD_KETAMINE | {"ketamine_last": "older"} | takes("ketamine lozenges"),
        ticked("otc", otc_list="esketamine"),
        misses=(BROUGHT, takes("Naratriptan"), {"ketamine_last": "week"}),
        unknown=({"ketamine_before": ["not_sure"], "ketamine_last": "older"}, ("ketamine.days_since_last",)),
    ),
    "ketamine-history": when(
        *({"ketamine_before": [where]} for where in ("clinic", "home", "no_prescription")),
        misses={"ketamine_before": ["none"]},
        unknown=(
            ({"ketamine_before": ["not_sure"]}, ("ketamine.exposure",)),
            ({"ketamine_before": ["rather_not"]}, ("ketamine.exposure",)),
            ({"ketamine_before": None}, ("ketamine.exposure",)),
        ),
    ),
    "theophylline": family("meds.theophylline", "theophylline", names=("Theo-24", "aminophylline")),
    "mao-inhibitor": family("meds.maoi", "maoi", names=("Nardil", "Emsam patch")),
    "stimulant-or-decongestant": family(
        "meds.stimulant", "stimulant", names=("Adderall XR 20 mg", "pseudoephedrine", "modafinil")
    ),
    "sedative": family(
        "meds.sedative", "benzo_sleep", "gabapentin", names=("Xanax", "Ambien", "gabapentin", "carisoprodol")
    ),
    "two-or-more-sedatives": when(
        takes("Xanax", "oxycodone"),
        takes("Xanax and gabapentin"),
        ticked("opioid", "gabapentin"),
        ticked("opioid", "benzo_sleep", "gabapentin") | BROUGHT,
        takes("Xanax", "oxycodone", "the blue ones"),
        takes("Xanax") | ticked("otc", otc_list="diphenhydramine"),
        misses=(
            takes("Xanax"),
            takes("Xanax", "alprazolam"),  # one medicine by two names
            takes("Xanax") | ticked("benzo_sleep"),
            takes("Xanax") | ticked("otc", otc_list="vitamin C"),
        ),
        unknown=(
            (BROUGHT, ("meds.depressant_count",)),
            (takes("Xanax") | ticked("not_sure"), ("meds.depressant_count",)),
            (takes("Xanax", "the blue ones"), ("meds.depressant_count",)),
            (takes("Xanax", "oxycodonne"), ("meds.depressant_count",)),
            ({"meds_how": None, "med_classes": None}, ("meds.depressant_count",)),
        ),
    ),
    "medicine-changes-breakdown": when(
        takes("ketoconazole"),
        takes("fluconazole"),
        takes("clopidogrel"),
        takes("carbamazepine"),
        ticked("hiv_fungal") | BROUGHT,
        takes("ketoconazole", "the blue ones"),
        misses=(takes("ketorolac"), {"meds_how": "none"}),
        unknown=(
            (BROUGHT, ("meds.breakdown_changer",)),
            (takes("the blue ones"), ("meds.breakdown_changer",)),
            (takes("ketoconazolee"), ("meds.breakdown_changer",)),
        ),
    ),
    "lamotrigine-or-naltrexone": when(
        ticked("lamotrigine"),
        ticked("opioid_blocker"),
        takes("Lamictal"),
        takes("Vivitrol"),
        misses=(ticked("seizure_medicine"), takes("lithium")),
        unknown=(ticked("not_sure"), ("meds.lamotrigine", "meds.opioid_blocker")),
    ),
    "nmda-blocker": when(
        takes("memantine"),
        takes("dextromethorphan"),
        ticked("otc", otc_list="something with dextromethorphan"),
        misses=(takes("aspirin"), {"meds_how": "none"}),
        unknown=(
            (BROUGHT, ("meds.nmda_antagonist",)),
            (takes("memantinne"), ("meds.nmda_antagonist",)),
            ({"meds_how": None}, ("meds.nmda_antagonist",)),
        ),
    ),
    "triptan-naratriptan": family("meds.triptan", "triptan", names=("Naratriptan", "Imitrex")),
    "antipsychotic-in-use": family("meds.antipsychotic", "antipsychotic", names=("Seroquel", "Abilify 5mg")),
    "medicine-notes": when(
        ticked("glp1"),
        takes("Ozempic"),
        ticked("blood_thinner"),
        takes("warfarin"),
        takes("aspirin"),
        takes("bupropion"),
        takes("salbutamol"),
        takes("metformin"),
        takes("Narcan"),
        misses=(takes("lisinopril"), {"meds_how": "none"}),
        unknown=(
            (ticked("not_sure"), ("meds.glp1", "meds.blood_thinner")),
            (BROUGHT, ("meds.seizure_threshold", "meds.classes")),
            (takes("metforminn"), ("meds.seizure_threshold", "meds.classes")),
        ),
    ),
    "shop-bought-items": tick("med_classes", "meds.shop_bought", "otc", instead="thyroid"),
}


@pytest.mark.parametrize("check", checks(CASES))
def test_medicines(check: Callable[[], None]) -> None:
    check()
