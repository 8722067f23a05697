"""The switch between languages keeps the page, and everything typed."""

from __future__ import annotations

import re

from tests.browsing import cookie_contents
from tests.intake.patient import Patient, birth_date
from tests.intake.test_languages import ALONE
from tests.people import HEALTHY

# ---- The switch


@ALONE
def test_the_switch_keeps_the_page_and_everything_typed(patient: Patient) -> None:
    typed = {"first_name": "Robin", "last_name": "", "email": "not-an-email"}
    seen = patient.send("/intake/you", version="0", switch_language="es", **typed)
    assert seen.status == 200
    assert seen.problems == []
    assert (seen.values["first_name"], seen.values["email"]) == (["Robin"], ["not-an-email"])
    assert seen.buttons["switch_language"] == ["en"]
    assert cookie_contents(patient.client)["language"] == patient.draft.language == "es"
    assert patient.draft.answers["first_name"] == "Robin"
    assert patient.draft.answers["language"] == "es"
    newest = str(patient.draft.saved["you"])
    back = patient.send("/intake/you", version=newest, switch_language="en", **typed)
    assert back.heading == "Check your details"
    assert patient.draft.language == "en"


@ALONE
def test_the_switch_keeps_what_is_typed_on_the_other_pages(paciente: Patient, someone: Patient) -> None:
    paciente.have(HEALTHY, language="es")
    signed = paciente.send("/intake/sign", switch_language="en", agree_screen="yes", sign_name="Robin A")
    assert (signed.status, signed.problems) == (200, [])
    assert (signed.values["sign_name"], signed.values["agree_screen"]) == (["Robin A"], ["yes"])
    assert paciente.case.submitted_at is None
    paciente.have(HEALTHY, queued_help=["crisis_support"])
    helped = paciente.send("/intake/help/crisis_support", switch_language="es", callback="visit")
    assert helped.heading == "Gracias por decirnos esto"
    assert helped.values["callback"] == ["visit"]
    assert "callback" not in paciente.draft.answers
    paciente.sign()
    asked = paciente.send("/intake/correction", switch_language="en", correction="No es así")
    assert asked.values["correction"] == ["No es así"]
    assert "correction.asked" not in paciente.events


@ALONE
def test_the_switch_on_the_first_page_keeps_the_date_and_picks_the_language(someone: Patient) -> None:
    seen = someone.send("/", birth_date("1990-05-03") | {"switch_language": "es"})
    assert seen.heading == "Empiece su chequeo de salud"
    assert seen.values["verify_dob-year"] == ["1990"]
    assert seen.values["language"] == ["es"]
    assert seen.problems == []


@ALONE
def test_a_page_without_questions_is_shown_again_in_the_other_language(patient: Patient) -> None:
    seen = patient.send("/language", switch_language="es", page="/intake/saved")
    assert (seen.status, seen.location) == (303, "/intake/saved")
    assert patient.open("/intake/saved").heading == "Sus respuestas están guardadas"
    for elsewhere in ("//elsewhere.test", "https://elsewhere.test/", "/\\elsewhere.test", ""):
        assert patient.send("/language", switch_language="es", page=elsewhere).location == "/"
    patient.send("/language", switch_language="fr", page="/")
    assert cookie_contents(patient.client)["language"] == "es"


@ALONE
def test_enter_on_a_page_with_a_form_does_not_press_the_switch(patient: Patient) -> None:
    html = patient.client.get("/intake/you").text
    first = re.search(r'<button[^>]* form="answers"[^>]*>', html)
    assert first is not None
    assert "switch_language" not in first[0]


@ALONE
def test_a_form_taken_up_again_speaks_its_language(paciente: Patient) -> None:
    paciente.client.post("/language", data={"switch_language": "en"})
    paciente.clock.wait(minutes=31)
    with paciente.client.session_transaction() as cookie:
        cookie["language"] = "en"
    paciente.send("/", birth_date("1990-05-03"))
    assert paciente.open("/intake/").heading == "Su chequeo de salud"


@ALONE
def test_a_wish_for_a_third_language_is_kept_by_the_switch(someone: Patient) -> None:
    someone.start(language="other")
    someone.send("/language", switch_language="es", page="/intake/")
    assert (someone.draft.answers["language"], someone.draft.language) == ("other", "es")


@ALONE
def test_leaving_forgets_the_language(paciente: Patient) -> None:
    paciente.send("/intake/leave")
    assert "language" not in cookie_contents(paciente.client)
