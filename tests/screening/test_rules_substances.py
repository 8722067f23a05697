"""Opioids, ketamine, alcohol and other drugs."""

from collections.abc import Callable

import pytest

from tests.people import Answers, takes
from tests.screening.proofs import checks, line, pick, tick, when

# Someone on a prescribed opioid, with no sign of trouble.
OPIOID = {
    "opioid_ever": "yes",
    "opioid_last": "month",
    "opioid_control": "no",
    "opioid_which": ["codeine_tramadol"],
    "opioid_source": ["prescribed"],
    "opioid_reason": ["back"],
    "overdose_ever": "no",
}
HARD_TO_STOP = OPIOID | {"opioid_control": "yes", "opioid_signs": ["none"], "opioid_treatment": "no"}
FOR_OPIOIDS = {"reasons": ["opioids"], "opioid_treatment": "no", "overdose_ever": "no"}
COCAINE = {"drugs_used": ["cocaine"], "drugs_often": "monthly", "overdose_ever": "no"}
AT_HOME = {"ketamine_before": ["home"], "ketamine_control": "no", "ketamine_times": "once"}


def drinks(*scores: int | None) -> Answers:
    return {"scale_auditc": list(scores), "alcohol_withdrawal": "no"}


CASES = {
    "opioid-misuse-current": when(
        HARD_TO_STOP,
        OPIOID | {"opioid_source": ["given"]},
        OPIOID | {"opioid_source": ["prescribed", "bought"]},
        OPIOID | {"opioid_which": ["heroin"]},
        OPIOID | {"opioid_reason": ["cope"]},
        OPIOID | {"opioid_reason": ["withdrawal"]},
        *(
            HARD_TO_STOP | {"opioid_control": "not_sure", "opioid_signs": [sign]}
            for sign in ("longer", "cut_down", "craving", "life", "risk")
        ),
        HARD_TO_STOP | {"opioid_last": "older"} | takes("Percocet"),
        HARD_TO_STOP | {"opioid_last": "year", "med_classes": ["opioid"]},
        HARD_TO_STOP | {"opioid_treatment": "past"},
        misses=(
            OPIOID,
            HARD_TO_STOP | {"opioid_last": "year"},
            HARD_TO_STOP | {"opioid_treatment": "buprenorphine"},
            HARD_TO_STOP | {"opioid_ever": "no"},
        ),
        unknown=(
            (HARD_TO_STOP | {"opioid_last": "rather_not"}, ("substance.days_since_opioid",)),
            (OPIOID | {"opioid_source": ["rather_not"]}, ("substance.opioid_not_prescribed",)),
            (
                # Needing more, and feeling ill on stopping, also come with correct use.
                HARD_TO_STOP | {"opioid_control": "not_sure", "opioid_signs": ["more", "sick"]},
                ("substance.opioid_control_lost",),
            ),
            (HARD_TO_STOP | {"opioid_treatment": "rather_not"}, ("substance.opioid_treatment_now",)),
            (
                {"opioid_ever": "rather_not"},
                (
                    "substance.days_since_opioid",
                    "substance.opioid_control_lost",
                    "substance.opioid_not_prescribed",
                    "substance.opioid_street",
                    "substance.opioid_signs",
                    "substance.opioid_treatment_now",
                ),
            ),
        ),
    ),
    "opioid-use-problem": when(
        HARD_TO_STOP,
        FOR_OPIOIDS,
        *(
            HARD_TO_STOP | {"opioid_control": "not_sure", "opioid_treatment": how}
            for how in ("past", "buprenorphine", "methadone", "naltrexone", "other")
        ),
        misses=(OPIOID, {"opioid_control": "yes"}),
        unknown=(
            ({"opioid_ever": "not_sure", "opioid_control": "no"}, ("substance.opioid_problem",)),
            (OPIOID | {"opioid_control": "rather_not"}, ("substance.opioid_problem",)),
            ({"reasons": ["not_sure"]}, ("substance.opioid_problem",)),
        ),
    ),
    "ketamine-for-opioid-addiction": when(
        FOR_OPIOIDS,
        HARD_TO_STOP,
        misses=(OPIOID, HARD_TO_STOP | {"opioid_treatment": "past"}),
        unknown=(
            ({"reasons": ["not_sure"]}, ("reason.opioids",)),
            (HARD_TO_STOP | {"opioid_treatment": "rather_not"}, ("substance.opioid_treatment_ever",)),
            (
                {"opioid_ever": "rather_not"},
                ("substance.opioid_control_lost", "substance.opioid_treatment_ever"),
            ),
        ),
    ),
    "opioid-history": line("opioid_ever", "substance.opioid_use"),
    "overdose-history": line("overdose_ever", "substance.overdose_ever", given=COCAINE)
    + line("overdose_ever", "substance.overdose_ever", given=OPIOID)
    + when(
        {"reasons": ["other_substance"], "overdose_ever": "yes"},
        misses=({"overdose_ever": "yes"}, {"drugs_used": ["cannabis"], "overdose_ever": "yes"}),
        unknown=({"opioid_ever": "rather_not", "overdose_ever": "yes"}, ("substance.overdose_ever",)),
    ),
    "active-substance-problem": when(
        drinks(4, 4, 0),
        drinks(4, 0, 0) | {"alcohol_withdrawal": "yes"},
        {"alcohol_any": "past", "alcohol_withdrawal": "yes"},
        COCAINE | {"drugs_often": "weekly"},
        COCAINE | {"drugs_used": ["cannabis", "pills"], "drugs_often": "daily"},
        misses=(
            drinks(4, 3, 0),
            drinks(3, 0, 0) | {"alcohol_withdrawal": "yes"},
            {"alcohol_any": "no", "scale_auditc": [4, 4, 4], "alcohol_withdrawal": "yes"},
            COCAINE,
            {"drugs_used": ["cannabis"], "drugs_often": "daily"},
            {"drugs_used": ["tobacco"], "drugs_often": "daily"},
        ),
        unknown=(
            (drinks(4, None, 0), ("substance.auditc_total", "substance.alcohol_withdrawal")),
            (drinks(4, 3, 0) | {"alcohol_withdrawal": "not_sure"}, ("substance.alcohol_withdrawal",)),
            (COCAINE | {"drugs_often": "rather_not"}, ("substance.drugs_weekly",)),
            (
                {"drugs_used": ["rather_not"], "drugs_often": "weekly"},
                ("substance.hard_drugs_year", "substance.drugs_weekly"),
            ),
        ),
    ),
    "alcohol-screen-us": when(
        {"sex_at_birth": "male"} | drinks(2, 1, 1),
        *({"sex_at_birth": sex} | drinks(1, 1, 1) for sex in ("female", "intersex", "tell_clinician")),
        {"sex_at_birth": None} | drinks(2, 1, 1),
        misses=({"sex_at_birth": "male"} | drinks(1, 1, 1), drinks(1, 1, 0), {"alcohol_any": "past"}),
        unknown=(
            ({"sex_at_birth": None} | drinks(1, 1, 1), ("patient.sex_at_birth",)),
            (drinks(1, 1, None), ("substance.auditc_total",)),
            ({"alcohol_any": "rather_not"} | drinks(4, 4, 4), ("substance.auditc_total",)),
            (
                {"sex_at_birth": None, "alcohol_any": None},
                ("substance.auditc_total", "patient.sex_at_birth"),
            ),
        ),
    ),
    "alcohol-screen-uk": when(
        drinks(3, 1, 1),
        misses=(drinks(2, 1, 1), drinks(0)),
        unknown=(drinks(3, None, 1), ("substance.auditc_total",)),
    ),
    "drug-use-past-year": tick(
        "drugs_used",
        "substance.hard_drugs_year",
        *("cocaine", "meth", "mdma", "psychedelic", "pills", "inhalants", "nitrous", "other"),
        instead="cannabis",
    ),
    "cannabis-use": tick("drugs_used", "substance.cannabis_year", "cannabis", instead="tobacco"),
    "ketamine-control": line("ketamine_control", "ketamine.control_lost", given=AT_HOME)
    + when(
        {"ketamine_before": ["no_prescription"], "ketamine_control": "yes"},
        misses={"ketamine_before": ["clinic"], "ketamine_control": "yes"},
        unknown=({"ketamine_before": ["not_sure"], "ketamine_control": "no"}, ("ketamine.control_lost",)),
    ),
    "ketamine-not-prescribed": tick(
        "ketamine_before", "ketamine.non_prescribed", "no_prescription", instead="clinic"
    ),
    "ketamine-many-times": pick(
        "ketamine_times", "ketamine.many_times", "over_20", instead="7_to_20", given=AT_HOME
    )
    + when(misses={"ketamine_times": "over_20"}),
}


@pytest.mark.parametrize("check", checks(CASES))
def test_substances(check: Callable[[], None]) -> None:
    check()
