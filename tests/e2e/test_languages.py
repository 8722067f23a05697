"""The language switch in a real browser: with scripts and without, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import SIZES
from tests.e2e.site import Site
from tests.e2e.test_journey import begin
from tests.e2e.visitor import Visitor


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_switch_keeps_everything_typed(browser: Browser, site: Site, scripts: bool) -> None:
    context = browser.new_context(viewport=SIZES["phone"], java_script_enabled=scripts)  # type: ignore[arg-type]
    patient = Visitor(context, site.url, scripts=scripts)
    begin(patient)
    patient.go("/intake/measures")
    patient.type({"height-unit": ["cm"], "height-value": ["quite tall"], "weight-unit": ["lb"]})
    patient.type({"weight-value": ["145"], "bp_known": ["no"]})
    patient.press("Español")
    assert (patient.path, patient.page.get_attribute("html", "lang")) == ("/intake/measures", "es")
    assert patient.page.input_value("#height-value") == "quite tall"
    assert patient.page.input_value("#weight-value") == "145"
    assert patient.page.is_checked("input[name=bp_known][value=no]")
    assert patient.page.locator(".nhsuk-error-summary").count() == 0
    patient.look()
    patient.page.locator("#weight-value").press("Enter")
    patient.settle()
    assert patient.page.get_attribute("html", "lang") == "es"
    assert "Por favor revise 2 respuestas" in patient.words
    patient.press("English")
    assert patient.page.input_value("#height-value") == "quite tall"
    patient.go("/intake/")
    patient.press("Español")
    assert (patient.path, patient.heading) == ("/intake/", "Su chequeo de salud")
    patient.look()
    patient.clean()
    context.close()


def test_the_first_page_in_spanish_is_one_that_everybody_can_use(
    visitor: Callable[..., Visitor], site: Site
) -> None:
    patient = visitor()
    patient.go("/")
    patient.press("Español")
    assert patient.heading == "Empiece su chequeo de salud"
    patient.look()
    patient.clean()
