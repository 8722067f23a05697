"""How long the page to check one's answers is on a phone, for a healthy adult and for one with eight medicines."""

import pytest
from playwright.sync_api import Browser

from app.questionnaire.intake import INTAKE
from app.questionnaire.reading import Reading
from benchmarks.form_people import PEOPLE, Someone
from benchmarks.form_time import ON
from tests.browsing import as_patient
from tests.e2e.pages import draft_of
from tests.e2e.site import Site
from tests.factories import Factory
from tests.people import but

PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize(
    ("someone", "screens"), [(PEOPLE[0], 5), (PEOPLE[-1], 10)], ids=["healthy", "complex"]
)
def test_it_takes_few_screens(browser: Browser, site: Site, someone: Someone, screens: int) -> None:
    answers = Reading(INTAKE, but(someone.answers, {"agree_screen": None, "sign_name": None}), ON).kept()
    client = site.app.test_client()
    with site.records() as session:
        as_patient(client, draft_of(Factory(session), answers, INTAKE, {}))
    held = client.get_cookie("foreroom")
    assert held
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type] # a plain dict of the two
    context.add_cookies([{"name": "foreroom", "value": held.value, "url": site.url}])
    page = context.new_page()
    page.goto(f"{site.url}/intake/sign")
    assert page.inner_text("h1") == "Check, sign and send"
    assert page.evaluate("document.documentElement.scrollHeight") <= screens * PHONE["height"]
    context.close()
