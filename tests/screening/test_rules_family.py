"""Blood relatives. Someone who does not know their family has said neither yes nor no."""

from collections.abc import Callable

import pytest

from tests.screening.proofs import Cases, checks, line, pick, when


def relative(question: str, fact: str) -> Cases:
    """A line of the family page: hidden from people who do not know their relatives, then unknown."""
    return line(question, fact) + when(
        {"fam_known": "some", question: "yes"},
        misses=(),
        unknown=tuple(
            ({"fam_known": known, question: said}, (fact,))
            for known in ("no", None)
            for said in ("yes", "no")
        ),
    )


ATTACK = {"fam_heart_attack": "yes"}

CASES = {
    "family-psychosis": relative("fam_psychosis", "family.psychosis"),
    "family-seizures": relative("fam_seizures", "family.seizures"),
    "family-heart-attack": relative("fam_heart_attack", "family.heart_attack"),
    "family-heart-attack-early": line("fam_heart_age", "family.heart_attack_early", given=ATTACK)
    + when(
        misses={"fam_heart_age": "yes"},
        unknown=(
            ({"fam_heart_attack": "not_sure", "fam_heart_age": "yes"}, ("family.heart_attack_early",)),
            (ATTACK | {"fam_known": "no", "fam_heart_age": "yes"}, ("family.heart_attack_early",)),
        ),
    ),
    "family-anesthetic-reaction": relative("fam_anesthetic", "family.anaesthetic_reaction"),
    "family-history-unknown": pick("fam_known", "family.unknown", "no", instead="some"),
}


@pytest.mark.parametrize("check", checks(CASES))
def test_family(check: Callable[[], None]) -> None:
    check()
