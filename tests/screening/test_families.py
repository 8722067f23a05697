"""The families that a typed list names are not asked for; what was not asked is no answer, and never a no."""

from __future__ import annotations

import pytest

from app.intake.asked_families import as_asked, asks_more
from app.questionnaire.intake import INTAKE
from app.questionnaire.intake.medicines import FAMILIES as DECLARED
from app.questionnaire.kinds import Choices
from app.screening.families import FAMILIES, listed_families
from app.screening.logic import Band
from app.screening.medicines import MEDICINES, Medicine
from tests.people import HEALTHY, Answers, but, raised, screen, takes

FACT = {
    "opioid": "meds.opioid",
    "opioid_blocker": "meds.opioid_blocker",
    "benzo_sleep": "meds.sedative",
    "maoi": "meds.maoi",
    "lamotrigine": "meds.lamotrigine",
    "antipsychotic": "meds.antipsychotic",
    "gabapentin": "meds.sedative",
    "stimulant": "meds.stimulant",
    "triptan": "meds.triptan",
    "blood_thinner": "meds.blood_thinner",
    "theophylline": "meds.theophylline",
    "steroid": "meds.steroid",
    "glp1": "meds.glp1",
    "hiv_fungal": "meds.breakdown_changer",
    "thyroid": "meds.thyroid_hormone",
}
"""The fact that the tick of a family makes a yes. The others only tell of a medicine without its illness."""
PAGE = INTAKE.page_of("med_classes")


def members(code: str) -> list[Medicine]:
    return [medicine for medicine in MEDICINES if FAMILIES[code].holds(medicine)]


def asked_after(*names: str, ticked: tuple[str, ...] = ("none",)) -> Answers:
    """A typed list, then the page of families as it is asked after it."""
    answers = but(HEALTHY, {**takes(*names), "med_classes": list(ticked)})
    return as_asked(PAGE, dict(answers))


def test_every_family_that_is_asked_for_has_its_medicines() -> None:
    kind = INTAKE.questions["med_classes"].kind
    assert isinstance(kind, Choices)
    assert kind.items().keys() - {"otc"} == FAMILIES.keys() == set(DECLARED)
    known = {medicine.generic for medicine in MEDICINES}
    for code, family in FAMILIES.items():
        assert members(code), code
        assert family.generics | family.but <= known, code


@pytest.mark.parametrize("code", FAMILIES)
def test_a_medicine_that_names_a_family_makes_its_fact_a_yes(code: str) -> None:
    """Fires: else leaving the family out would take a danger away."""
    for medicine in members(code):
        answers = asked_after(medicine.generic)
        assert code in listed_families(answers), medicine.generic
        assert code not in answers["med_classes"]
        if code in FACT:
            assert screen(answers).facts.fact(FACT[code]) is True, medicine.generic


@pytest.mark.parametrize("code", FAMILIES)
def test_a_family_that_was_asked_for_and_not_ticked_is_a_no(code: str) -> None:
    """Just misses."""
    answers = asked_after("vitamin C")
    assert answers["med_classes"] == ["none"]
    if code in FACT:
        assert screen(answers).facts.fact(FACT[code]) is False


@pytest.mark.parametrize("code", FAMILIES)
def test_a_family_that_was_left_out_is_no_no_once_the_list_is_another(code: str) -> None:
    """Unknown: it was never asked."""
    answers = asked_after(members(code)[0].generic)
    changed = {**answers, "medicines": takes("vitamin C")["medicines"]}
    assert asks_more(changed)
    assert not asks_more(answers)
    # What changes ketamine's breakdown is told by the list alone: a tick only adds to it.
    if code in FACT and code != "hiv_fungal":
        assert screen(changed).facts.fact(FACT[code]) is None


@pytest.mark.parametrize("typed", ["oxycodome", "used to take oxycodone", "oxycodone, stopped last year"])
def test_what_is_no_sure_name_of_today_leaves_no_family_out(typed: str) -> None:
    assert listed_families(takes(typed)) == frozenset()


@pytest.mark.parametrize("how", ["none", "bring"])
def test_a_list_that_is_not_given_leaves_no_family_out(how: str) -> None:
    assert listed_families({**takes("oxycodone"), "meds_how": how}) == frozenset()


def test_a_page_that_nobody_could_answer_stays_unknown() -> None:
    assert asked_after("oxycodone", ticked=("not_sure",))["med_classes"] == ["not_sure"]


def test_what_was_ticked_beside_what_was_listed_both_count() -> None:
    answers = asked_after("oxycodone", ticked=("benzo_sleep",))
    assert answers["med_classes"]["benzo_sleep"] == "yes"
    assert "opioid" not in answers["med_classes"]
    assert screen(answers).facts.fact("meds.depressant_count") == Band(2, 2)
    assert screen(asked_after("oxycodone")).facts.fact("meds.depressant_count") == Band(1, 1)
    unsure = asked_after("oxycodone", ticked=("not_sure",))
    assert screen(unsure).facts.fact("meds.depressant_count") == Band(1, None)


@pytest.mark.parametrize("names", [("oxycodone", "lorazepam"), ("Keppra",), ("lisinopril", "naltrexone")])
def test_leaving_families_out_raises_what_ticking_them_raised(names: tuple[str, ...]) -> None:
    """Whoever lists a medicine and ticks its family, as before, and whoever is not asked again are judged alike."""
    answers = asked_after(*names)
    ticked = {**answers, "med_classes": sorted(listed_families(answers))}
    assert raised(screen(answers)) == raised(screen(ticked))


def test_the_answer_says_in_words_what_was_not_asked() -> None:
    answers = asked_after("oxycodone")
    question = INTAKE.questions["med_classes"]
    words = question.kind.words(question, answers["med_classes"], "US")  # type: ignore[arg-type]
    assert words == "None of these. Not asked: Opioid pain medicine, methadone or Suboxone"
    assert question.kind.post(question, answers["med_classes"]) == {"med_classes": ["none"]}
