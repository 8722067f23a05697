"""The same form with no script at all: each page works, further questions come after the first are sent."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser

from tests.e2e.conftest import SIZES
from tests.e2e.site import Site
from tests.e2e.test_journey import NAME, PATIENT, begin
from tests.e2e.visitor import START, Visitor


def test_a_patient_without_scripts_fills_in_and_sends(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport=SIZES["phone"], java_script_enabled=False)  # type: ignore[arg-type]
    patient = Visitor(context, site.url, scripts=False)
    begin(patient)
    patient.walk(PATIENT, helped={"callback": "visit"})
    again = [here for here, there in zip(patient.visited, patient.visited[1:], strict=False) if here == there]
    assert {"/intake/measures", "/intake/safety_rows", "/intake/medicines"} <= set(again)
    patient.type({"agree_screen": ["yes"], "sign_name": [NAME]})
    patient.press("Send my health check")
    assert patient.path == "/intake/confirmation"
    patient.clean()
    context.close()


def test_the_other_pages_of_a_patient_are_ones_that_everybody_can_use(
    visitor: Callable[..., Visitor], site: Site
) -> None:
    patient = visitor()
    patient.go("/i/no-such-link")
    patient.type(
        {"verify_dob-day": ["3"], "verify_dob-month": ["5"], "verify_dob-year": ["1990"], "language": ["en"]}
    )
    patient.press(START)
    assert patient.heading == "This link no longer works"
    begin(patient)
    patient.type({"urgent_now": ["breathing"]})
    patient.press("Continue")
    assert patient.heading == "Please get help now"
    patient.press("I picked this by mistake")
    assert patient.path == "/intake/right_now"
    patient.page.uncheck("[name=urgent_now][value=breathing]")
    patient.type({"urgent_now": ["none"]})
    patient.press("Continue")
    patient.go("/intake/measures")
    patient.type({"sex_at_birth": ["male"], "height-unit": ["cm"], "weight-unit": ["lb"]})
    patient.type({"height-value": ["170"], "weight-value": ["480"], "bp_known": ["no"]})
    patient.press("Continue")
    assert patient.heading == "Is that right?"
    patient.press("No, change it")
    patient.type({"weight-value": ["180"]})
    patient.press("Save for later")
    assert patient.path == "/intake/saved"
    patient.press("Carry on now")
    assert patient.path == "/intake/"
    patient.clean()


def test_the_look_finds_what_is_wrong_with_a_page(visitor: Callable[..., Visitor]) -> None:
    """The negative control of every clean page."""
    patient = visitor()
    patient.go("/")
    patient.clean()
    patient.page.evaluate(
        """() => {
          document.querySelector("main").insertAdjacentHTML("beforeend", "<img src='/favicon.ico'><input name='x'>");
          document.querySelector("main").style.width = "3000px";
          const script = document.createElement("script");
          script.textContent = "document.title = 'run'";
          document.body.append(script);
        }"""
    )
    patient.look()
    told = "\n".join(patient.troubles)
    for wrong in ("image-alt", "label", "px wider than the window", "policy: script-src"):
        assert wrong in told
    assert patient.page.title() != "run"
