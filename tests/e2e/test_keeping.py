"""Between a patient's fingers and the server: quiet saving, a lost connection, nobody there, leaving quickly."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import APIResponse, Route, expect

from app.questionnaire.intake import INTAKE
from app.web.guards import patient as patient_guard
from tests.browsing import PASSWORD
from tests.e2e.site import Site
from tests.e2e.test_journey import begin
from tests.e2e.visitor import Visitor
from tests.people import HEALTHY

Arrive = Callable[..., Visitor]

NOT_SAVED = "We could not save this page. Your answers are still here. Try again in a minute"
SAVED = re.compile(r"Saved \d\d:\d\d")
LONG = timedelta(hours=1)
WANTED = {
    "reasons": ["anxiety"],
    "reason_duration": ["over_5_years"],
    "tried_list": ["none"],
    "ketamine_before": ["none"],
}
"""All that the page of the reasons asks of somebody."""
# The browser tells on its console what it could not load.
CUT_OFF = "console: Failed to load resource"

pytestmark = pytest.mark.parametrize("size", ["phone"], indirect=True)


@pytest.fixture
def patient(visitor: Arrive, site: Site) -> Visitor:
    """Somebody who has begun a form, whose pages save themselves soon."""
    site.app.config["QUIET_AFTER"] = timedelta(milliseconds=200)
    person = visitor()
    begin(person)
    return person


def says(patient: Visitor, words: str | re.Pattern[str]) -> None:
    """The status line comes to say this."""
    expect(patient.page.get_by_role("status")).to_have_text(words)


def clean(patient: Visitor) -> None:
    """No trouble but that the browser was cut off."""
    patient.troubles = [trouble for trouble in patient.troubles if not trouble.startswith(CUT_OFF)]
    patient.clean()


def fail(route: Route) -> None:
    route.fulfill(status=503, body="down", content_type="text/html") if route.request.method == "POST" else (
        route.continue_()
    )


# ---- Typing


def test_another_unit_converts_the_number_and_a_new_entry_is_in_view(patient: Visitor) -> None:
    page = patient.page
    patient.go("/intake/measures")
    patient.type({"height-feet": ["5"], "height-inches": ["7"], "weight-value": ["150"]})
    page.check("[name=height-unit][value=cm]")
    page.check("[name=weight-unit][value=kg]")
    assert (page.input_value("#height-value"), page.input_value("#weight-value")) == ("170.2", "68")
    page.check("[name=height-unit][value=ft_in]")
    assert (page.input_value("#height-feet"), page.input_value("#height-inches")) == ("5", "7")
    page.fill("#weight-value", "a lot")
    page.check("[name=weight-unit][value=lb]")
    assert page.input_value("#weight-value") == ""
    patient.go("/intake/medicines")
    page.check("[name=meds_how][value=add]")
    page.fill("#medicines-0-med_name", "Zinc")
    page.check("[name=medicines-0-med_often][value=once]")
    page.click("button[name=add]")
    expect(page.locator("#medicines-1-med_name")).to_be_focused()
    expect(page.locator("#medicines-1-med_name")).to_be_in_viewport()
    expect(page.get_by_text("Medicine 1: Zinc")).to_be_visible()
    patient.clean()


# ---- Quiet saving


def test_what_is_typed_is_saved_before_continue_is_pressed(patient: Visitor) -> None:
    patient.go("/intake/reasons")
    patient.page.fill('[name="goals"]', "Walk\nthe dog")
    says(patient, SAVED)
    patient.look()
    patient.go("/intake/")
    assert "Started" in patient.words
    patient.go("/intake/reasons")
    assert patient.page.input_value('[name="goals"]') == "Walk\nthe dog"
    patient.type(WANTED)
    says(patient, SAVED)
    patient.press("Continue")
    assert patient.path != "/intake/reasons", "the page knows the version that was saved quietly"
    patient.clean()


def test_a_link_of_the_page_saves_what_was_typed_before_it_leads_on(patient: Visitor, site: Site) -> None:
    site.app.config["QUIET_AFTER"] = LONG
    page = patient.page
    patient.go("/intake/reasons")
    page.fill("[name=goals]", "To sing again")
    page.context.set_offline(True)
    page.get_by_role("link", name="All steps").click()
    expect(page.get_by_role("alert").first).to_contain_text(NOT_SAVED)
    page.context.set_offline(False)
    page.get_by_role("link", name="Go back").click()
    page.wait_for_url(lambda address: "reasons" not in address)
    patient.go("/intake/reasons")
    page.fill("[name=goals]", "To dance again")
    page.get_by_role("link", name="All steps").click()
    page.wait_for_url(lambda address: "reasons" not in address)
    patient.go("/intake/reasons")
    assert page.input_value("[name=goals]") == "To dance again"
    clean(patient)


def test_continue_waits_for_a_quiet_save_that_is_under_way(patient: Visitor) -> None:
    patient.go("/intake/reasons")
    patient.type(WANTED)
    says(patient, SAVED)
    answers: list[tuple[Route, APIResponse]] = []
    patient.page.route("**/draft", lambda route: answers.append((route, route.fetch())))
    patient.page.fill('[name="goals"]', "Walk the dog")
    while not answers:
        patient.page.wait_for_timeout(50)
    patient.page.fill('[name="goals"]', "Walk the dog again")
    patient.page.get_by_role("button", name="Continue", exact=True).first.click()
    patient.page.wait_for_timeout(300)
    for route, answer in answers:
        route.fulfill(response=answer)
    patient.settle()
    assert patient.path != "/intake/reasons", "its own save is no other window"
    patient.clean()


def test_a_page_changed_in_another_window_says_so_and_stops_saving_itself(patient: Visitor) -> None:
    patient.go("/intake/reasons")
    other = patient.context.new_page()
    other.goto(f"{patient.url}/intake/reasons")
    other.fill('[name="goals"]', "Newer")
    expect(other.get_by_role("status")).to_have_text(SAVED)
    sent = []
    patient.page.on("request", lambda request: sent.append(request.url) if "draft" in request.url else None)
    patient.page.fill('[name="goals"]', "Older")
    says(patient, "You changed this page in another window")
    patient.page.fill('[name="goals"]', "Older still")
    patient.page.wait_for_timeout(600)
    assert len(sent) == 1
    patient.press("Continue")
    assert "You changed this page in another window. Here is the newest version" in patient.words
    assert "Older still" in patient.words
    patient.clean()


def test_danger_that_was_picked_and_left_is_in_the_queue_and_gets_its_help_later(
    patient: Visitor, visitor: Arrive, site: Site
) -> None:
    patient.go("/intake/suicide")
    patient.type({"suicide_thoughts": ["often"]})
    says(patient, SAVED)
    clinician = visitor()
    clinician.sign_in(site.clinician, PASSWORD)
    assert "NOT FINISHED" in clinician.page.locator("tbody tr").first.inner_text().upper()
    assert patient.path == "/intake/suicide", "nothing comes between the fingers and the page"
    patient.go("/intake/right_now")
    patient.type({"urgent_now": ["none"]})
    patient.press("Continue")
    assert patient.path.startswith("/intake/help/")
    patient.clean()


def test_the_page_that_is_signed_is_never_sent_quietly(patient: Visitor) -> None:
    sent: list[str] = []
    patient.go("/intake/begin")
    patient.fill(HEALTHY)
    patient.press("Continue")
    patient.go("/intake/sign")
    patient.page.on("request", lambda request: sent.append(request.url))
    patient.page.fill('[name="sign_name"]', "Robin Ashdown")
    patient.page.wait_for_timeout(600)
    assert sent == []
    patient.clean()


# ---- A lost connection


def test_a_lost_connection_keeps_the_page_and_says_so(patient: Visitor) -> None:
    patient.go("/intake/reasons")
    patient.context.set_offline(True)
    patient.page.fill('[name="goals"]', "Walk the dog")
    says(patient, re.compile("Not saved yet"))
    patient.press("Continue")
    assert NOT_SAVED in patient.words
    assert patient.page.evaluate("document.activeElement.className") == "nhsuk-error-summary"
    assert patient.page.input_value('[name="goals"]') == "Walk the dog"
    patient.context.set_offline(False)
    patient.type(WANTED)
    patient.press("Continue")
    assert patient.path != "/intake/reasons"
    patient.go("/intake/reasons")
    assert patient.page.input_value('[name="goals"]') == "Walk the dog"
    clean(patient)


def test_a_server_that_fails_keeps_the_page_too(patient: Visitor) -> None:
    patient.go("/intake/reasons")
    patient.page.route("**/intake/reasons", fail)
    patient.page.fill('[name="goals"]', "Walk the dog")
    for _ in range(2):
        patient.press("Continue")
        assert patient.page.get_by_text(NOT_SAVED).count() == 1
        assert patient.page.input_value('[name="goals"]') == "Walk the dog"
    clean(patient)


def test_without_scripts_a_failure_gives_back_what_was_typed(visitor: Arrive, site: Site) -> None:
    patient = visitor(java_script_enabled=False)
    begin(patient)
    save = site.app.view_functions["intake.save"]

    @patient_guard
    def broken(**_: object) -> str:
        raise RuntimeError

    patient.go("/intake/reasons")
    patient.type(WANTED | {"goals": ["Walk\nthe <b>dog</b>"]})
    site.app.view_functions["intake.save"] = broken
    patient.press("Continue")
    assert patient.heading == "We could not save this page"
    assert "Your answers are still here" in patient.words
    patient.press("Try again")
    assert patient.heading == "We could not save this page"
    site.app.view_functions["intake.save"] = save
    patient.press("Try again")
    assert patient.path != "/intake/reasons"
    patient.go("/intake/reasons")
    assert patient.page.input_value('[name="goals"]') == "Walk\nthe <b>dog</b>"


# ---- Nobody there


def test_somebody_who_is_still_there_stays_and_keeps_the_page(patient: Visitor, site: Site) -> None:
    site.app.config["QUIET_AFTER"] = LONG
    patient.go("/intake/reasons")
    patient.page.fill('[name="goals"]', "Walk the dog")
    patient.time_passes(notice=0)
    notice = patient.page.get_by_role("alertdialog", name="Still there?")
    expect(notice).to_contain_text("Your answers are saved.")
    says(patient, SAVED)
    patient.look()
    assert patient.page.evaluate("document.activeElement.textContent") == "Stay signed in"
    patient.time_passes()
    patient.page.keyboard.press("Enter")
    expect(notice).to_be_hidden()
    # The page's own look at the clock may have hidden it before the answer came.
    expect(patient.page.locator('[name="goals"]')).to_be_focused()
    assert patient.page.input_value('[name="goals"]') == "Walk the dog"
    patient.clean()


def test_after_the_time_is_over_the_page_shows_nothing_and_leads_to_the_birth_date(patient: Visitor) -> None:
    patient.go("/intake/reasons")
    patient.page.fill('[name="goals"]', "Walk the dog")
    patient.time_passes(notice=0, end=0)
    expect(patient.page.get_by_role("heading", name="You were away for a while")).to_be_focused()
    patient.look()
    assert patient.page.locator('[name="goals"]').count() == 0
    patient.follow("Enter my date of birth")
    assert patient.heading == "Welcome back"
    patient.type({"verify_dob-day": ["3"], "verify_dob-month": ["5"], "verify_dob-year": ["1990"]})
    patient.press("Open my form")
    patient.go("/intake/reasons")
    assert patient.page.input_value('[name="goals"]') == "Walk the dog"
    patient.clean()


def test_what_could_not_be_saved_is_still_there_after_the_time_is_over(patient: Visitor, site: Site) -> None:
    patient.go("/intake/reasons")
    patient.context.set_offline(True)
    patient.page.fill('[name="goals"]', "Walk the dog")
    patient.time_passes(notice=0)
    expect(patient.page.get_by_role("alertdialog")).to_contain_text("We could not save this page")
    patient.time_passes(notice=0, end=0)
    expect(patient.page.get_by_role("heading", name="You were away for a while")).to_be_focused()
    patient.look()
    assert patient.page.input_value('[name="goals"]') == "Walk the dog"
    patient.context.set_offline(False)
    site.app.config["PATIENT_IDLE"] = (timedelta(0), timedelta(0))
    patient.type(WANTED)
    patient.press("Continue")
    assert patient.heading == "Welcome back", "it is saved, and what comes next asks who is there"
    clean(patient)


# ---- Leaving quickly


@pytest.mark.parametrize("way", ["button", "keys"])
def test_a_private_page_is_left_quickly_and_back_does_not_show_it(patient: Visitor, way: str) -> None:
    patient.go("/intake/phq9")
    assert patient.page.title().startswith("Private questions")
    if way == "keys":
        for _ in range(3):
            patient.page.keyboard.press("Escape")
    else:
        patient.page.get_by_role("button", name="Leave this page quickly").click()
    patient.page.wait_for_url("**/closed")
    patient.look()
    told = patient.page.content() + patient.page.title()
    for telling in ("Oak Street", "Foreroom", "health", "clinic", "href"):
        assert telling not in told
    assert patient.context.cookies() == []
    patient.page.go_back()
    patient.page.wait_for_load_state()
    assert patient.path == "/"
    assert "mood" not in patient.words
    patient.clean()


def test_two_presses_of_escape_leave_nothing(patient: Visitor) -> None:
    patient.go("/intake/phq9")
    for _ in range(2):
        patient.page.keyboard.press("Escape")
    patient.page.wait_for_timeout(300)
    assert patient.path == "/intake/phq9"


def test_leaving_quickly_is_offered_on_private_pages_alone(patient: Visitor) -> None:
    private = {page.id for step in INTAKE.steps if step.private for page in step.pages}
    for page_id in ("reasons", "safety_rows", "phq9", "suicide"):
        patient.go(f"/intake/{page_id}")
        offered = patient.page.get_by_role("button", name="Leave this page quickly").count()
        assert offered == (page_id in private), page_id
