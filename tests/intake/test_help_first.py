"""Help comes first: before what is to be mended on the same page, and larger than any other way on."""

import re

import pytest

from app.questionnaire.interruption import Interruption
from app.questionnaire.interruption_triggers import BY_ID
from tests.intake.patient import Patient
from tests.intake.test_interruptions import CALLS, MORE, NUMBERS, PRESSURE
from tests.people import HEALTHY, but

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")

REFUSED = {
    "suicide": ("suicide_attempt", "now and then"),
    "suicide_more": ("staying_safe", "x" * 401),
    "mental_history": ("psychosis_ever", "now and then"),
    "head": ("high_bp", "now and then"),
}
"""By page, a question beside one of danger, and what cannot be taken there."""


@pytest.mark.parametrize("call", [call for call, told in CALLS.items() if told[1] in REFUSED])
def test_what_is_to_be_mended_holds_no_help_back_and_is_there_after_it(patient: Patient, call: str) -> None:
    interruption, page_id, before, answers, rule = CALLS[call]
    before = before | ({"suicide_attempt": "yes"} if "suicide_attempt_when" in answers else {})
    patient.have(HEALTHY | before, seen_help=["crisis_support"] if before else [])
    box, typed = REFUSED[page_id]
    saved = patient.save(page_id, but(HEALTHY | before | answers, {box: None}), **{box: typed})
    assert (saved.status, saved.path) == (303, f"/intake/help/{interruption}")
    assert rule in patient.flags()
    assert patient.send(saved.path, answer="carry_on").path == f"/intake/{page_id}"
    seen = patient.open(f"/intake/{page_id}")
    assert [target for _, target in seen.problems] == [box], "with what is to be mended"
    assert page_id != "suicide_more" or seen.values[box] == [typed], "and with what was typed"
    answers = MORE | {"suicide_attempt": "yes"} | HEALTHY | before | answers
    assert "/help/" not in patient.save(page_id, answers).path, "help is shown once"


def test_a_typed_number_that_is_dangerous_is_asked_about_before_what_is_to_be_mended(
    patient: Patient,
) -> None:
    high = HEALTHY | {"bp_top": 184, "bp_when": "week"}
    assert patient.save("measures", high, **{"height-feet": "5", "height-inches": "40"}).path == NUMBERS
    assert patient.send(NUMBERS, answer="keep").path == PRESSURE
    assert patient.send(PRESSURE, answer="carry_on").path == "/intake/measures"
    seen = patient.open("/intake/measures")
    assert (seen.values["height-inches"], [target for _, target in seen.problems]) == (
        ["40"],
        ["height-inches"],
    )


def test_switching_the_language_holds_no_help_back_either(patient: Patient) -> None:
    seen = patient.save("right_now", {"urgent_now": ["end_life"]}, switch_language="es")
    assert seen.path == "/intake/help/crisis_now"
    assert 'lang="es"' in patient.open(seen.path).html


def test_a_likely_slip_alone_waits_until_the_page_is_mended(patient: Patient) -> None:
    heavy = HEALTHY | {"weight": {"unit": "lb", "value": 480}}
    assert patient.save("measures", heavy, **{"height-feet": "5", "height-inches": "40"}).status == 422


@pytest.mark.parametrize("page", [page for page in BY_ID.values() if page.mistaken], ids=lambda page: page.id)
def test_nothing_on_an_emergency_page_is_as_large_as_whom_to_call(
    patient: Patient, page: Interruption
) -> None:
    if page.id == "emergency":
        patient.have({"urgent_now": ["breathing"]})
    else:
        patient.have({"fu_urgent": ["breathing"]}, kind="checkin", saved={})
    html = patient.open(f"/intake/help/{page.id}").html
    main = html[html.index("<h1") : html.index("<footer")]
    assert main.index('href="tel:911"') < main.index("I picked this by mistake")
    for value in ("mistake", "carry_on"):
        (button,) = re.findall(f'<button[^>]*value="{value}"[^>]*>', main)
        assert "fr-link-button" in button
    (stop,) = re.findall('<button[^>]*value="stop"[^>]*>', main)
    assert "nhsuk-button--secondary" in stop
