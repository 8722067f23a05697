"""Allergies and reactions: to ketamine, anesthetics, steroids and anything else."""

from collections.abc import Callable

import pytest

from tests.people import Answers, allergic_to
from tests.screening.proofs import Cases, checks, line, tick, when

BAD_KETAMINE = {"ketamine_before": ["clinic"], "ketamine_bad": "yes"}
PROBLEM = {"anesthetic_problem": "yes"}


def reaction(*what: str, hospital: str = "no", name: str = "penicillin") -> Answers:
    entry = {"allergy_to": name, "allergy_reaction": list(what), "allergy_when": "older"}
    return {"allergy_any": "yes", "allergies": [entry | {"allergy_hospital": hospital}]}


def allergy(question: str, fact: str, *names: str) -> Cases:
    """A safety line, or the name among the allergies. Only the line can settle it."""
    return line(question, fact) + when(
        *(allergic_to(name) for name in names),
        allergic_to("penicillin", names[0]),
        allergic_to(names[0]) | {question: "not_sure"},
        misses=(allergic_to("penicillin"), {"allergy_any": "not_sure"}, allergic_to(f"{names[0]}x")),
        unknown=(allergic_to(f"{names[0]}x") | {question: "not_sure"}, (fact,)),
    )


CASES = {
    "ketamine-serious-reaction": tick(
        "ketamine_bad_what",
        "ketamine.serious_reaction",
        *("seizure", "breathing", "chest_pain", "passed_out", "rash", "psychosis_after"),
        instead="fear",
        given=BAD_KETAMINE,
    )
    + when(
        misses=BAD_KETAMINE | {"ketamine_bad": "no", "ketamine_bad_what": ["seizure"]},
        unknown=(
            BAD_KETAMINE | {"ketamine_bad": "not_sure", "ketamine_bad_what": ["seizure"]},
            ("ketamine.serious_reaction",),
        ),
    ),
    "ketamine-allergy": allergy("ketamine_allergy", "allergy.ketamine", "esketamine", "benzethonium"),
    "anesthesia-allergy": allergy("anesthetic_allergy", "allergy.anaesthetic", "lidocaine", "propofol")
    + when(
        PROBLEM | {"anesthetic_problem_what": ["rash_swelling"]},
        PROBLEM | {"anesthetic_problem_what": ["rash_swelling", "breathing"]},
        misses=(
            # Trouble breathing has other causes: it stays a problem, and is no allergy by itself.
            PROBLEM | {"anesthetic_problem_what": ["sick", "breathing"]},
            PROBLEM | {"anesthetic_problem_what": ["sick", "tube"]},
            PROBLEM | {"anesthetic_problem_what": ["not_sure"]},
            {"anesthetic_problem_what": ["rash_swelling"]},
        ),
    ),
    "anesthetic-problem": when(
        PROBLEM,
        PROBLEM | {"anesthetic_problem_what": ["breathing"]},
        {"anesthetic_allergy": "yes", "anesthetic_problem_what": ["fever"]},
        misses=(
            {"anesthetic_allergy": "yes", "anesthetic_problem_what": ["awake"]},
            {"anesthetic_problem": "no"},
        ),
        unknown=(
            ({"anesthetic_problem": "not_sure"}, ("anaesthetic.other_problem", "anaesthetic.high_fever")),
            ({"anesthetic_problem": None}, ("anaesthetic.other_problem", "anaesthetic.high_fever")),
            (
                {"anesthetic_allergy": "yes", "anesthetic_problem_what": ["not_sure"]},
                ("anaesthetic.high_fever",),
            ),
            ({"anesthetic_allergy": "not_sure"}, ("anaesthetic.high_fever",)),
        ),
    ),
    "steroid-allergy": allergy("steroid_allergy", "allergy.steroid", "prednisone", "hydrocortisone"),
    "allergy-severe-other": when(
        reaction("swelling"),
        reaction("rash", "breathing"),
        reaction("passed_out"),
        reaction("rash", hospital="yes"),
        reaction("not_sure", hospital="yes"),
        misses=(reaction("rash", "stomach"), reaction("swelling") | {"allergy_any": "no"}),
        unknown=(
            (reaction("not_sure"), ("allergy.severe_other",)),
            (reaction("rash", hospital="not_sure"), ("allergy.severe_other",)),
            (reaction("swelling") | {"allergy_any": "not_sure"}, ("allergy.severe_other",)),
            ({"allergy_any": None}, ("allergy.severe_other",)),
            ({"allergy_any": "yes"}, ("allergy.severe_other",)),
        ),
    ),
    "allergy-other": line("allergy_any", "allergy.any_other")
    + when(
        allergic_to("NKDA", "penicillin"),
        misses=(allergic_to("NKDA"), allergic_to("None known.", "n/a"), allergic_to("ningúna")),
    ),
    "allergy-name-unclear": when(
        allergic_to("xyzzy"),
        allergic_to("ketmine"),
        allergic_to("penicillin, lidocane and latex"),
        allergic_to("penicillin and something blue"),
        allergic_to("none", "xyzzy"),
        allergic_to("none, xyzzy"),
        allergic_to(""),
        allergic_to("not_sure"),
        allergic_to("\U0001f48a"),
        allergic_to("pills"),
        allergic_to("кетамин"),
        allergic_to("penicillin кетамин"),
        misses=(
            allergic_to("penicillin", "Latex!", "PEANUTS/shrimp"),
            allergic_to("penicillin (hives as a child)"),
            allergic_to("lidocaine"),
            allergic_to("antibiotics"),
            allergic_to("NKDA"),
            allergic_to("xyzzy") | {"allergy_any": "no"},
            {"allergy_any": "yes"},
        ),
    ),
}


@pytest.mark.parametrize("check", checks(CASES))
def test_allergies(check: Callable[[], None]) -> None:
    check()
