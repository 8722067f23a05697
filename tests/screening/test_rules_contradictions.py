"""A medicine against its reasons, and one answer against another. A question to ask, never an accusation."""

from collections.abc import Callable

import pytest

from tests.people import Answers, allergic_to, mood, takes
from tests.screening.proofs import Cases, checks, when

UNEXPLAINED = ("meds.unexplained_classes",)
BROUGHT = {"meds_how": "bring"}
# Someone who comes for something else and names no illness of the mind.
UNTROUBLED: Answers = {"reasons": ["other"], "reason_other": "Ringing ears", "mh_list": ["none"]}


def unexplained(
    *names: str,
    reason: Answers,
    perhaps: Answers,
    given: Answers | None = None,
    facts: tuple[str, ...] = UNEXPLAINED,
) -> Cases:
    """A medicine is a question when all its reasons were denied, none when one was given, open when one may be."""
    asked = given or {}
    return when(
        *(asked | takes(name) for name in names),
        asked | takes("aspirin", names[0], "the blue ones"),
        misses=(asked | takes(names[0]) | reason, asked | takes("paracetamol"), asked | {"meds_how": "none"}),
        unknown=(
            (asked | takes(names[0]) | perhaps, facts),
            (asked | takes("paracetamol", "the blue ones"), UNEXPLAINED),
            (asked | BROUGHT, UNEXPLAINED),
            (asked | {"meds_how": None}, UNEXPLAINED),
        ),
    )


def ticked(family: str, fact: str, *names: str, reason: Answers, perhaps: Answers) -> Cases:
    """The family ticked, and the list still to come or silent about it. A typed name answers for itself."""
    tick = {"med_classes": [family]}
    return when(
        tick | BROUGHT,
        tick | {"meds_how": "none"},
        takes("paracetamol") | tick,
        misses=tuple(takes(name) | tick | reason for name in names),
        unknown=((tick | BROUGHT | perhaps, (*UNEXPLAINED, fact)),),
    )


EPILEPSY = {"seizure_ever": "yes"}
MIGRAINE = {"other_any": "yes", "other_list": ["migraine"]}
NERVE_PAIN = {"reasons": ["trauma", "pain"], "pain_sites": ["nerve"]}
OPIOID_TROUBLE = {
    "opioid_ever": "yes",
    "opioid_control": "yes",
    "opioid_treatment": "no",
    "opioid_last": "older",
}
FOR_ALCOHOL = {"reasons": ["other_substance"]}
STEROID_ALLERGY = {"steroid_allergy": "yes"}
NO_OPIOIDS = {"opioid_ever": "no"}
NO_ALCOHOL = {"alcohol_any": "no"}

CASES = {
    "suicide-answers-disagree": when(
        mood(1),
        mood(0) | {"urgent_now": ["end_life"]},
        mood(0) | {"suicide_thoughts": "often", "suicide_today": "yes"},
        mood(0) | {"suicide_thoughts": "often", "suicide_today": "no", "suicide_plan": "yes"},
        mood(0)
        | {
            "urgent_now": ["end_life"],
            "suicide_thoughts": "often",
            "suicide_today": "no",
            "suicide_plan": "no",
        },
        mood(None) | {"urgent_now": ["end_life"]},
        misses=(
            mood(0),
            mood(1) | {"suicide_thoughts": "often"},
            mood(1) | {"suicide_thoughts": "often", "urgent_now": ["end_life"], "suicide_today": "yes"},
            mood(0) | {"suicide_thoughts": "sometimes", "suicide_today": "no", "suicide_plan": "no"},
        ),
        unknown=(
            (mood(None), ("phq9.item9", "suicide.thoughts_today", "suicide.plan")),
            (mood(1) | {"suicide_thoughts": "rather_not"}, ("suicide.thoughts_month",)),
            ({"urgent_now": None}, ("now.end_life",)),
        ),
    ),
    "contradiction-anticonvulsant-without-epilepsy": unexplained(
        "Keppra", "phenytoin", reason=EPILEPSY, perhaps={"seizure_ever": "not_sure"}
    )
    + ticked(
        "seizure_medicine",
        "meds.seizure_medicine_unexplained",
        "Keppra",
        "Depakote",
        reason=EPILEPSY,
        perhaps={"mh_list": ["not_sure"]},
    )
    + when(
        misses=(
            takes("gabapentin") | {"med_classes": ["seizure_medicine"]},
            takes("topiramate") | MIGRAINE,
            takes("carbamazepine") | NERVE_PAIN,
        )
    ),
    "contradiction-psychiatric-medicine": unexplained(
        "Seroquel",
        "lithium",
        "Zoloft",
        given=UNTROUBLED,
        reason={"mh_list": ["psychosis"], "reasons": ["depression"]},
        perhaps={"mh_list": ["not_sure"]},
    ),
    "contradiction-cancer-medicine": unexplained(
        "capecitabine",
        "Taxol",
        "chemotherapy",
        reason={"cancer_now": "yes"},
        perhaps={"chemo_now": "not_sure"},
    )
    + when(
        takes("tamoxifen"),
        takes("methotrexate"),
        misses=takes("methotrexate") | {"other_any": "yes", "other_list": ["arthritis"]},
    ),
    "contradiction-addiction-medicine": unexplained(
        "Suboxone", "lofexidine", reason=OPIOID_TROUBLE, perhaps={"opioid_ever": "rather_not"}
    )
    + ticked(
        "opioid_blocker",
        "meds.opioid_blocker_unexplained",
        "Vivitrol",
        reason=OPIOID_TROUBLE,
        perhaps={"opioid_ever": "rather_not"},
    )
    + when(
        takes("acamprosate"),
        takes("acamprosate") | NO_ALCOHOL,
        takes("naltrexone"),
        takes("acamprosate") | {"scale_auditc": [4, 0, 0], "alcohol_withdrawal": "no"},
        takes("methadone"),
        misses=(
            takes("acamprosate") | FOR_ALCOHOL,
            takes("acamprosate") | {"scale_auditc": [4, 1, 0], "alcohol_withdrawal": "no"},
            takes("acamprosate") | {"tried_list": ["recovery"]},
            takes("methadone") | {"reasons": ["pain"], "pain_sites": ["back"]},
        ),
        unknown=(takes("acamprosate") | {"scale_auditc": [4, None, 0]}, UNEXPLAINED),
    ),
    "contradiction-heart-medicine": unexplained(
        *("lisinopril", "amiodarone", "warfarin", "nitroglycerin", "clopidogrel"),
        reason={"high_bp": "yes", "heart_other": "yes", "stroke": "yes"},
        perhaps={"high_bp": "not_sure"},
    )
    + ticked(
        "heart_bp",
        "meds.heart_medicine_unexplained",
        "lisinopril",
        reason={"high_bp": "yes"},
        perhaps={"kidney": "not_sure"},
    ),
    "contradiction-steroid-allergy": when(
        STEROID_ALLERGY | takes("prednisone"),
        STEROID_ALLERGY | {"med_classes": ["steroid"]},
        allergic_to("prednisone") | takes("Flonase"),
        STEROID_ALLERGY | takes("hydrocortisone 1% cream"),
        misses=(
            *(takes("prednisone"), STEROID_ALLERGY, STEROID_ALLERGY | takes("ibuprofen")),
            STEROID_ALLERGY
            | takes("Xqwzt"),  # a name that is not understood is asked about by a rule of its own
        ),
        unknown=(
            (STEROID_ALLERGY | {"med_classes": ["not_sure"]}, ("meds.steroid",)),
            (takes("prednisone") | {"steroid_allergy": "not_sure"}, ("allergy.steroid",)),
            ({"steroid_allergy": None, "med_classes": None}, ("allergy.steroid", "meds.steroid")),
        ),
    ),
    "contradiction-allergy-name": when(
        allergic_to("ketmine"),
        allergic_to("penicillin, ketmine and latex"),
        allergic_to("benzethoniun"),
        allergic_to("lidocane"),
        allergic_to("propofal"),
        allergic_to("steriods"),
        allergic_to("fluticazone"),
        allergic_to("latex", "\uff4b\uff45\uff54\uff4d\uff49\uff4e\uff45"),  # full-width letters
        misses=(
            allergic_to("zyloprin"),  # near what is none of the three
            allergic_to("xyzzy"),
            allergic_to("ketamine"),  # sure: the stop rises instead
            allergic_to("ketmine") | {"ketamine_allergy": "yes"},
            allergic_to("lidocane") | {"anesthetic_allergy": "yes"},
            allergic_to("steriods") | {"steroid_allergy": "yes"},
            allergic_to("ketmine") | {"allergy_any": "no"},
        ),
        unknown=(
            (allergic_to("ketmine") | {"ketamine_allergy": "not_sure"}, ("allergy.ketamine",)),
            (allergic_to("propofal") | {"anesthetic_allergy": "rather_not"}, ("allergy.anaesthetic",)),
            (allergic_to("steriods") | {"steroid_allergy": None}, ("allergy.steroid",)),
        ),
    ),
    "contradiction-other-medicine": unexplained(
        *(
            "levothyroxine",
            "carbimazole",
            "latanoprost",
            "donepezil",
            "pyridostigmine",
            "givosiran",
            "rifaximin",
        ),
        *("oxybutynin", "theophylline", "salbutamol", "metformin", "Sinemet"),
        reason={"thyroid": "yes"},
        perhaps={"thyroid": "not_sure"},
    ),
    "contradiction-opioid-answers": when(
        takes("Percocet"),
        {"med_classes": ["opioid"]},
        takes("methadone"),
        misses=(takes("Percocet") | {"opioid_ever": "yes"}, takes("ibuprofen"), NO_OPIOIDS | BROUGHT),
        unknown=(
            (takes("Percocet") | {"opioid_ever": "rather_not"}, ("substance.opioid_use",)),
            ({"med_classes": ["not_sure"]}, ("meds.opioid",)),
        ),
    ),
    "contradiction-alcohol-answers": when(
        NO_ALCOHOL | takes("disulfiram"),
        NO_ALCOHOL | takes("Campral", "the blue ones"),
        misses=(
            takes("disulfiram"),
            {"alcohol_any": "past"} | takes("disulfiram"),
            NO_ALCOHOL | takes("Zoloft"),
        ),
        unknown=(
            (NO_ALCOHOL | BROUGHT, ("meds.classes",)),
            (NO_ALCOHOL | takes("disulfirann"), ("meds.classes",)),
            (takes("disulfiram") | {"alcohol_any": "rather_not"}, ("substance.alcohol_never",)),
        ),
    ),
    "contradiction-ketamine-answers": when(
        takes("Ketalar"),
        takes("esketamine spray"),
        {"med_classes": ["otc"], "otc_list": "ketamine"},
        misses=(
            takes("Naratriptan"),
            takes("ketorolac"),
            takes("Keppra"),
            takes("Ketalar") | {"ketamine_before": ["home"]},
        ),
        unknown=(
            (BROUGHT, ("meds.classes",)),
            (takes("ketaminne"), ("meds.classes",)),
            (takes("Ketalar") | {"ketamine_before": ["rather_not"]}, ("ketamine.exposure",)),
        ),
    ),
    "contradiction-no-medicine": when(
        {"meds_how": "none", "med_classes": ["antidepressant"]},
        {"meds_how": "none", "med_classes": ["otc", "thyroid"]},
        misses=(
            {"meds_how": "none", "med_classes": ["otc"], "otc_list": "vitamin C"},
            {"meds_how": "none", "med_classes": ["none"]},
            BROUGHT,
        ),
        unknown=(
            ({"meds_how": None}, ("meds.none_declared",)),
            ({"meds_how": "none", "med_classes": ["not_sure"]}, ("meds.family_ticked",)),
            ({"meds_how": None, "med_classes": None}, ("meds.none_declared", "meds.family_ticked")),
        ),
    ),
    "contradiction-cancer-answers": when(
        {"chemo_now": "yes"},
        misses=({"chemo_now": "yes", "cancer_now": "yes"}, {"chemo_now": "no"}),
        unknown=(
            ({"chemo_now": "yes", "cancer_now": "not_sure"}, ("cancer.said_no",)),
            ({"chemo_now": "not_sure"}, ("condition.chemotherapy_now",)),
        ),
    ),
    "contradiction-surgery-answers": when(
        {"surgery_major": "yes", "surgery_areas": ["eye"]},
        {"surgery_major": "not_sure", "surgery_areas": ["heart"]},
        misses=({"surgery_major": "yes", "surgery_last": "over_1_year"}, {"surgery_major": "no"}),
        unknown=(
            ({"surgery_major": "yes", "surgery_last": "not_sure"}, ("surgery.never",)),
            ({"surgery_major": None}, ("surgery.brain_eye_heart",)),
        ),
    ),
}


@pytest.mark.parametrize("check", checks(CASES))
def test_contradictions(check: Callable[[], None]) -> None:
    check()
