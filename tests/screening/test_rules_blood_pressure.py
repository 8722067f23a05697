"""Blood pressure."""

from collections.abc import Callable

import pytest

from tests.people import Answers
from tests.screening.proofs import checks, line, tick, when

CURRENT = "vitals.reading_current"
READING = ("vitals.systolic_mmhg", "vitals.diastolic_mmhg")
OTHER_ILLNESS = {"other_any": "yes"}
AGED_64, AGED_65 = {"dob": "1961-03-02"}, {"dob": "1961-03-01"}


def pressure(top: int | None = 120, bottom: int | None = 80) -> Answers:
    return {"bp_known": "yes", "bp_top": top, "bp_bottom": bottom}


def of(when: str | None, reading: Answers) -> Answers:
    return reading | {"bp_when": when}


CASES = {
    "blood-pressure-crisis": when(
        of("week", pressure(180)),
        of("week", pressure(150, 120)),
        of("week", pressure(180, None)),
        misses=(
            of("week", pressure(179, 119)),
            of("month", pressure(179, 119)),
            of(None, pressure(179, 119)),
        ),
        unknown=(
            ({"bp_known": "no"}, READING),
            (of("week", {"bp_known": "no", "bp_top": 200}), READING),
            (of("week", {"bp_known": None, "bp_top": 200, "bp_bottom": 100}), (*READING, CURRENT)),
            (of("week", pressure(179, None)), ("vitals.diastolic_mmhg",)),
            # An old or undated reading says nothing about today.
            *(
                (of(date, pressure(180, 120)), (CURRENT,))
                for date in ("month", "months_1_to_6", "not_sure", "rather_not", "ask_me", None)
            ),
        ),
    ),
    "blood-pressure-very-high": when(
        pressure(160),
        pressure(150, 100),
        *(of(date, pressure(180, 120)) for date in ("week", "month", "months_1_to_6", "not_sure", None)),
        misses=pressure(159, 99),
        unknown=(({"bp_known": "no"}, READING), (pressure(None, 99), ("vitals.systolic_mmhg",))),
    ),
    "blood-pressure-high-us": when(
        pressure(141, 90),
        pressure(140, 91),
        misses=pressure(140, 90),
        unknown=({"bp_known": "no"}, READING),
    ),
    "blood-pressure-high-uk": when(
        pressure(120, 91),
        AGED_64 | pressure(141, 90),
        AGED_65 | pressure(151, 90),
        {"dob": None} | pressure(151, 90),  # too high at any age
        misses=(
            AGED_64 | pressure(140, 90),
            AGED_65 | pressure(141, 90),
            AGED_65 | pressure(150, 90),
            {"dob": None} | pressure(140, 90),
        ),
        unknown=(
            ({"bp_known": "no"}, ("vitals.diastolic_mmhg", "vitals.systolic_mmhg")),
            ({"dob": None} | pressure(150, 90), ("patient.age_years",)),
        ),
    ),
    "hypertension-uncontrolled": line(
        "high_bp_control", "condition.hypertension_uncontrolled", {"high_bp": "yes"}, yes="no", no="yes"
    )
    + when(misses={"high_bp": "no", "high_bp_control": "no"}),
    "hypertension-history": line("high_bp", "condition.hypertension"),
    "adrenal-tumour": tick(
        "other_list", "condition.phaeochromocytoma", "adrenal", instead="falls", given=OTHER_ILLNESS
    )
    + when(
        {"other_any": "not_sure", "other_list": ["adrenal"]},
        misses={"other_any": "no", "other_list": ["adrenal"]},
        unknown=({"other_any": None, "other_list": ["adrenal"]}, ("condition.phaeochromocytoma",)),
    ),
}


@pytest.mark.parametrize("check", checks(CASES))
def test_blood_pressure(check: Callable[[], None]) -> None:
    check()
