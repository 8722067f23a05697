"""Families of medicines are asked for after the list, and only those that it did not name."""

import pytest

from tests.intake.patient import Patient
from tests.people import HEALTHY, Answers, but, takes

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")

CHECK = "/intake/help/number_check"
PAGE = "/intake/med_classes"
OPIOID = "Opioid pain medicine, methadone or Suboxone"
BOTH = "You told us you take no medicine, but also that you took one on our list in the last month. Is that right?"


def person(*names: str, ticked: tuple[str, ...] = ("none",)) -> Answers:
    listed = takes(*names) if names else {"meds_how": "none", "medicines": None}
    return but(HEALTHY, {**listed, "med_classes": list(ticked)})


def test_the_list_comes_first_and_what_it_names_is_not_asked_for(patient: Patient) -> None:
    assert patient.save("medicines", person("oxycodone", "vitamin C")).path == PAGE
    seen = patient.open(PAGE)
    assert OPIOID not in seen.words
    assert "Depression or anxiety medicine" in seen.words
    patient.send(PAGE, seen.values, med_classes="none")
    said = patient.draft.answers["med_classes"]
    assert "opioid" not in said
    assert set(said.values()) == {"no"}
    assert patient.open(PAGE).values["med_classes"] == ["none"]


def test_whoever_takes_a_medicine_off_the_list_is_asked_for_its_family(patient: Patient) -> None:
    patient.save("medicines", person("oxycodone"))
    patient.save("med_classes", person("oxycodone"))
    before = patient.draft.answers["med_classes"]
    patient.save("medicines", person("vitamin C"))
    assert patient.draft.asked_again == ["med_classes"]
    seen = patient.open(PAGE)
    assert OPIOID in seen.words
    assert "Check your answers, then press Continue" in seen.words
    assert patient.draft.answers["med_classes"] == before, "and is no no meanwhile"
    patient.send(PAGE, seen.values, med_classes="opioid")
    assert patient.draft.answers["med_classes"] == ["opioid"]
    assert patient.draft.asked_again == []


def test_a_list_that_is_still_being_typed_asks_for_nothing_again(patient: Patient) -> None:
    patient.save("medicines", person("oxycodone"))
    patient.save("med_classes", person("oxycodone"))
    half = patient.open("/intake/medicines").values | {"medicines-0-med_name": ["oxyco"]}
    patient.send("/intake/medicines/draft", half)
    assert patient.draft.answers["medicines"][0]["med_name"] == "oxyco"
    assert patient.draft.asked_again == []
    patient.send("/intake/medicines", patient.open("/intake/medicines").values)
    assert patient.draft.asked_again == ["med_classes"]


def test_no_medicine_and_a_family_are_asked_about_once_and_kept(patient: Patient) -> None:
    assert patient.save("medicines", person()).path == PAGE
    assert patient.save("med_classes", person(ticked=("opioid",))).path == CHECK
    assert patient.open(CHECK).words.count(BOTH) == 1
    assert patient.send(CHECK, answer="change").path == PAGE
    assert patient.save("med_classes", person(ticked=("opioid",))).path == CHECK
    assert patient.send(CHECK, answer="keep").path != CHECK
    assert patient.draft.answers["med_classes"] == ["opioid"]
    assert patient.save("med_classes", person(ticked=("opioid",))).path != CHECK, "once is enough"


def test_they_are_asked_about_in_the_other_order_too(patient: Patient) -> None:
    patient.save("medicines", person("vitamin C"))
    patient.save("med_classes", person("vitamin C", ticked=("opioid",)))
    assert patient.save("medicines", person()).path == CHECK
    assert BOTH in patient.open(CHECK).words


LISTED = "You told us you take no medicine, but also wrote one in your list. Is that right?"


def test_no_medicine_after_one_was_listed_is_asked_about_once_and_kept(patient: Patient) -> None:
    patient.save("medicines", person("oxycodone"))
    assert patient.save("medicines", person()).path == CHECK
    assert patient.open(CHECK).words.count(LISTED) == 1
    assert patient.send(CHECK, answer="change").path == "/intake/medicines"
    assert patient.draft.answers["medicines"][0]["med_name"] == "oxycodone", "and the list is still there"
    assert patient.save("medicines", person()).path == CHECK
    assert patient.send(CHECK, answer="keep").path != CHECK
    assert patient.draft.answers["meds_how"] == "none"
    assert patient.save("medicines", person()).path != CHECK, "once is enough"


def test_no_medicine_with_an_empty_list_is_asked_nothing(patient: Patient) -> None:
    assert patient.save("medicines", person()).path == PAGE


@pytest.mark.parametrize("ticked", [("none",), ("not_sure",), ("otc",)])
def test_no_medicine_goes_with_none_and_with_vitamins(patient: Patient, ticked: tuple[str, ...]) -> None:
    patient.save("medicines", person())
    assert patient.save("med_classes", person(ticked=ticked) | {"otc_list": "vitamin D"}).path != CHECK
