"""Every error that a patient can make is told at the top of the page, leads to its field, and is told there too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Response, expect
from sqlalchemy.orm import Session

from app.models.sealing import KeyRing
from app.screening.workflow import Status
from tests import databases
from tests.conftest import make_settings
from tests.e2e.conftest import SIZES
from tests.e2e.errors import (
    ALLERGIES,
    BORN,
    DOOR,
    FRESH,
    MEASURES,
    PAUSED,
    POUNDS,
    READY,
    REASONS,
    ROWS,
    SENT,
    YOU,
    Row,
    Typed,
    height,
    weight,
)
from tests.e2e.site import Site, open_site
from tests.e2e.visitor import START, Visitor
from tests.factories import Factory
from tests.people import HEALTHY

STONES = "the-link-to-a-form-in-the-uk"
DRAFTS = ("rows", "plain", "twice", "twice-plain", "letters", "number", "windows", STONES)
CLINIC = "555 010 0100"
OPEN = (
    "height weight bp_known bp_top bp_bottom reasons reason_duration tried_list heart_attack allergy_any scale_phq9 "
    "agree_screen sign_name ec_name ec_phone"
).split()
TOLD = {name: answer for name, answer in HEALTHY.items() if name not in OPEN}


def seed(site: Site, folder: Path) -> None:
    """For each test a form that is hardly begun, and a link to it; one to none, and one to a form that was sent."""
    url = f"sqlite:///{site.file}"
    settings = make_settings(url, folder)
    info = {"ring": KeyRing(settings.sealing_keys, settings.newest_key), "audit_key": settings.audit_key}
    with databases.engine_for(url) as engine, Session(engine, info=info) as session:
        make = Factory(session)
        for link in (*DRAFTS, FRESH, PAUSED, SENT):
            person = make.person(dob="1990-05-03")
            given: dict[str, Any] = {"expires_at": datetime(2099, 1, 1, tzinfo=UTC)}
            if link in DRAFTS:
                given["case_id"] = make.case(
                    person,
                    status=Status.DRAFT,
                    answers=dict(TOLD),
                    jurisdiction="UK" if link == STONES else "US",
                ).id
            elif link == SENT:
                given["case_id"] = make.case(person, answers=dict(HEALTHY)).id
            make.invitation(person, link, **given)
        session.commit()


@pytest.fixture(scope="module")
def visit(
    chromium: Browser, template: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors of one clinic. Each test has its own form there, so it is opened once for all."""
    with ExitStack() as stack:
        folder = tmp_path_factory.mktemp("clinic")
        site = stack.enter_context(open_site(folder, template("sqlite")))
        seed(site, folder)

        def arrive_at(size: str = "phone", scripts: bool = True) -> Visitor:
            context = chromium.new_context(viewport=SIZES[size], java_script_enabled=scripts)  # type: ignore[arg-type]
            stack.callback(context.close)
            context.set_default_timeout(15_000)
            return Visitor(context, site.url, scripts=scripts)

        yield arrive_at


def arrive(patient: Visitor, link: str) -> None:
    """Open the form behind a link."""
    patient.page.goto(f"{patient.url}/i/{link}")
    patient.type(BORN)
    press(patient, START)


def press(patient: Visitor, button: str | re.Pattern[str]) -> Response:
    """Press a button. Returns what came of it, with no look at the page: `Visitor.press` takes that."""
    with patient.page.expect_navigation() as coming:
        patient.page.get_by_role("button", name=button, exact=True).last.click()
    response = coming.value
    assert response is not None
    return response


def walk(patient: Visitor, rows: Iterable[Row]) -> None:
    """Make the errors in turn, as many at once as do not meet, and mend none."""
    for together in bundles(rows):
        patient.page.goto(patient.url + together[0].path)
        typed = {name: texts for row in together for name, texts in row.typed.items()}
        assert patient.type(typed) == [], together
        kept = shown(patient, typed)
        assert press(patient, together[0].button).status == 422, together
        assert shown(patient, typed) == kept
        assert patient.page.title().startswith("Error: ")
        # Without scripts Chromium gives it when it first draws the page, which may be after it was loaded.
        expect(patient.page.locator(".nhsuk-error-summary"), "the summary has no focus").to_be_focused()
        for row in together:
            try:
                look_at(patient, row)
            except AssertionError as error:
                raise AssertionError(f"{row.name}: {error}\n{patient.words[:1500]}") from error


def bundles(rows: Iterable[Row]) -> Iterable[list[Row]]:
    """Rows that follow each other on one page and have no question in common."""
    bundle: list[Row] = []
    for row in rows:
        if bundle and (
            row.path != bundle[0].path or row.questions & {q for one in bundle for q in one.questions}
        ):
            yield bundle
            bundle = []
        bundle.append(row)
    yield bundle


def look_at(patient: Visitor, row: Row) -> None:
    """The summary counts its lines, the row's leads to its field, and the same words describe that."""
    page = patient.page
    summary = page.locator(".nhsuk-error-summary")
    lines = summary.locator("li a").all_inner_texts()
    answers = "answer" if len(lines) == 1 else "answers"
    assert summary.locator("h2").inner_text() == f"Please check {len(lines)} {answers}"
    assert row.said in lines
    link = summary.locator("li a").filter(has_text=row.said).first
    target = str(link.get_attribute("href")).removeprefix("#")
    link.click()
    if patient.scripts:
        assert page.evaluate("document.activeElement.id") == row.focus
    else:
        assert page.evaluate("document.querySelector(':target')?.id") == target
        assert page.evaluate(
            "id => { const at = document.querySelector(':target'), box = document.getElementById(id);"
            " return at === box ? document.activeElement === box : at.contains(box); }", row.focus
        ), "the link leads elsewhere"  # fmt: skip
    said = page.evaluate(DESCRIBED, row.focus)
    assert f"Error: {row.said}" in said, said


# What a screen reader says of a field: of its box, and of the groups it stands in.
DESCRIBED = """id => {
  const said = [];
  for (let at = document.getElementById(id); at; at = at.parentElement)
    for (const by of (at.getAttribute("aria-describedby") ?? "").split(" "))
      said.push(...[...document.getElementById(by)?.children ?? []].map((one) => one.textContent));
  return said;
}"""


def shown(patient: Visitor, typed: Typed) -> dict[str, Any]:
    """What the boxes of these names hold."""
    read = """name => [...document.getElementsByName(name)].map(
      (box) => ["radio", "checkbox"].includes(box.type) ? box.value + box.checked : box.value)"""
    return {name: patient.page.evaluate(read, name) for name in typed}


def test_each_error_leads_to_its_field(visit: Callable[..., Visitor]) -> None:
    patient = visit()
    walk(patient, DOOR)
    arrive(patient, "rows")
    walk(patient, ROWS)
    patient.clean()


def test_the_same_at_a_desk_and_in_getting_ready(visit: Callable[..., Visitor]) -> None:
    patient = visit("desk")
    arrive(patient, SENT)
    press(patient, "Start getting ready")
    walk(patient, READY)
    patient.clean()


def test_without_scripts_the_link_lands_at_the_field(visit: Callable[..., Visitor]) -> None:
    """Where a script would untick it, None of these can be sent with others."""
    patient = visit(scripts=False)
    both = {"tried_list": ["antidepressant", "none"]}
    said = "You picked None of these and something else. Pick one or the other"
    arrive(patient, "plain")
    walk(patient, [Row("none and others", "/intake/reasons", both, said, "tried_list")])
    chosen = ("date, not real", "yes or no line", "height, empty", "scale", "group, half", "signature, empty")
    patient.page.goto(patient.url + ALLERGIES)
    patient.type({"allergy_any": ["yes"]})
    press(patient, "Continue")
    walk(patient, [row for row in ROWS if row.name in chosen])


@pytest.mark.parametrize("scripts", [True, False])
def test_a_field_that_cannot_be_taken_twice_comes_with_an_example_and_the_phone_number(
    visit: Callable[..., Visitor], scripts: bool
) -> None:
    patient = visit(scripts=scripts)
    easier = f"If it is easier, call us on {CLINIC} and we can help"
    call = f"Or call us on {CLINIC} and we can help"
    patient.page.goto(f"{patient.url}/i/{FRESH}")
    for time in (1, 2):
        press(patient, START)
        assert (easier in patient.words) is (time == 2)
        assert ("27 March 1985 is day 27, month 3, year 1985" in patient.words) is (time == 2)

    arrive(patient, "twice" if scripts else "twice-plain")
    patient.page.goto(patient.url + YOU)
    email = "#email-error"
    patient.type({"email": ["robin"], "phone": ["none"], "ec_name": ["Kit"], "ec_phone": ["555 010 0198"]})
    press(patient, "Continue")
    assert CLINIC not in patient.page.inner_text(email)
    assert easier not in patient.words
    patient.type({"email": [""], "phone": ["555 010 0199"], "ec_phone": ["555 010 0198"]})
    press(patient, "Continue")
    assert f"For example, name@example.com. {call}" in patient.page.inner_text(email)
    assert patient.page.get_attribute("#email", "aria-describedby") == "email-error"
    assert easier in patient.page.inner_text(".nhsuk-error-summary")
    # It is right now, and another is not for the first time.
    patient.type({"email": ["robin@example.com"], "last_name": [""]})
    press(patient, "Continue")
    assert patient.page.locator(email).count() == 0
    assert easier not in patient.words
    patient.type({"email": ["robin"], "last_name": ["Ashdown"]})
    press(patient, "Continue")
    assert CLINIC not in patient.page.inner_text(email)
    patient.clean()


def test_letters_too_many_are_counted_while_they_are_typed(visit: Callable[..., Visitor]) -> None:
    patient = visit()
    arrive(patient, "letters")
    patient.page.goto(patient.url + REASONS)
    box = patient.page.locator('[name="goals"]')
    assert "goals-info" in str(box.get_attribute("aria-describedby")).split()
    count = patient.page.locator("[data-module=nhsuk-character-count]", has=box)
    for letters, said in ((540, "You have 40 letters too many"), (501, "You have 1 letter too many"),
                          (499, "You have 1 letter left")):  # fmt: skip
        box.fill("x" * letters)
        heard = count.locator("[aria-live=polite]")
        heard.filter(has_text=said).wait_for(state="attached")
        assert said in count.inner_text()
    patient.clean()


def test_links_that_are_no_more_say_whom_to_ask(visit: Callable[..., Visitor]) -> None:
    patient = visit()
    arrive(patient, "no-such-link")
    assert patient.heading == "This link no longer works"
    assert "This link no longer works. Ask for a new one" in patient.words
    for misses in range(5):
        patient.page.goto(f"{patient.url}/i/{PAUSED}")
        patient.type(BORN | {"verify_dob-year": ["1991"]})
        assert press(patient, START).status == (403 if misses == 4 else 422)
    paused = f"To open it sooner, call us on {CLINIC}"
    assert paused in patient.words
    arrive(patient, PAUSED)
    assert paused in patient.words, "the right date opens it no more"
    patient.clean()


def test_an_unusual_number_is_asked_about_and_can_be_changed(visit: Callable[..., Visitor]) -> None:
    patient = visit()
    arrive(patient, "number")
    patient.page.goto(patient.url + MEASURES)
    patient.type({**height("ft_in", feet="5", inches="6"), **weight("lb", value="480"), "bp_known": ["no"]})
    press(patient, "Continue")
    assert "You told us you weigh 480 pounds (218 kg). Is that right?" in patient.words
    assert not patient.page.title().startswith("Error")
    press(patient, "No, change it")
    assert patient.path == MEASURES
    assert patient.page.input_value('[name="weight-value"]') == "480"
    press(patient, "Continue")
    press(patient, "Yes, keep it")
    assert patient.path not in (MEASURES, "/intake/help/number_check")
    patient.page.goto(patient.url + MEASURES)
    press(patient, "Continue")
    assert patient.path != "/intake/help/number_check", "it is asked once"
    patient.clean()


def test_the_older_of_two_windows_shows_the_newest_version(visit: Callable[..., Visitor]) -> None:
    patient = visit()
    arrive(patient, "windows")
    newer = Visitor(patient.context, patient.url)
    for window, name in ((patient, "Kit"), (newer, "Lee")):
        window.page.goto(patient.url + "/intake/you")
        window.type({"ec_name": [name], "ec_phone": ["555 010 0198"]})
    press(newer, "Continue")
    assert press(patient, "Continue").status == 409
    said = "You changed this page in another window. Here is the newest version"
    assert patient.page.title().startswith("Error: ")
    assert "nhsuk-error-summary" in patient.page.evaluate("document.activeElement.className")
    assert patient.page.input_value('[name="ec_name"]') == "Lee"
    assert "Emergency contact (an adult): Kit" in patient.words, "nothing typed is lost"
    patient.page.get_by_role("link", name=said).click()
    assert patient.page.evaluate("document.activeElement.id") == "first_name"
    patient.type({"ec_name": ["Kit"]})
    assert press(patient, "Continue").status == 303 or patient.path != "/intake/you"
    patient.clean()


def test_pounds_stand_beside_stones(visit: Callable[..., Visitor]) -> None:
    patient = visit()
    arrive(patient, STONES)
    walk(patient, [POUNDS])
    patient.clean()
