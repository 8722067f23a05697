"""Pregnancy and breastfeeding: asked of everyone whose birth record does not say male."""

from collections.abc import Callable

import pytest

from tests.screening.proofs import Cases, checks, line, pick, when

MALE = {"sex_at_birth": "male"}


def asked_by_sex(question: str, fact: str, yes: str) -> Cases:
    return when(
        *({"sex_at_birth": sex, question: yes} for sex in ("female", "intersex", "tell_clinician")),
        misses=MALE | {question: yes},
        unknown=({"sex_at_birth": None, question: "no"}, (fact,)),
    )


CASES = {
    "pregnant": pick("pregnancy_status", "repro.pregnant", "yes", instead="no")
    + asked_by_sex("pregnancy_status", "repro.pregnant", "yes")
    + when(
        misses=({"pregnancy_status": "not_possible"}, {"pregnancy_status": "trying"}),
        unknown=(
            ({"pregnancy_status": "maybe"}, ("repro.pregnant",)),
            ({"pregnancy_status": "rather_not"}, ("repro.pregnant",)),
        ),
    ),
    "pregnancy-possible": pick(
        "pregnancy_status", "repro.pregnancy_possible", "maybe", "trying", instead="no"
    )
    + asked_by_sex("pregnancy_status", "repro.pregnancy_possible", "trying")
    + when(misses={"pregnancy_status": "yes"}),
    "breastfeeding": line("breastfeeding", "repro.breastfeeding")
    + asked_by_sex("breastfeeding", "repro.breastfeeding", "yes"),
}


@pytest.mark.parametrize("check", checks(CASES))
def test_pregnancy(check: Callable[[], None]) -> None:
    check()
