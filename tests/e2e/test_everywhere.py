"""Every page a patient can see, in both languages: can everybody use it, however their screen is set?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

from app.intake.draft import Draft
from app.models import unseal
from app.questionnaire.checkin import CHECKIN
from app.questionnaire.intake import INTAKE
from app.questionnaire.ready import READY
from tests.browsing import as_patient
from tests.e2e.conftest import SIZES
from tests.e2e.pages import Stop, seed, stops, walked
from tests.e2e.site import Site
from tests.e2e.visitor import Visitor

# 320 is a phone of the smallest kind, and what is left of 1280 at 400 %.
WIDTHS = (320, 1280, 390)
# The walk over all pages is shared out among workers.
PARTS = 3
# WCAG 1.4.12. A sheet made by script is not the page's own, so its policy has no say in it.
SPACED = """on => {
  if (!window.spaced) {
    window.spaced = new CSSStyleSheet();
    window.spaced.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
      word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
  }
  document.adoptedStyleSheets = on ? [window.spaced] : [];
}"""
# Each text that is out of the window, cut off by a box around it, or out of the box it stands in.
LOST = """() => {
  const hidden = (one) => one && (getComputedStyle(one).clipPath === "inset(50%)" || hidden(one.parentElement));
  const lost = [], wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) lost.push(`it is ${wide} px wider than the window`);
  const unseen = "script, style, option, .nhsuk-u-visually-hidden, .nhsuk-skip-link, .fr-default-button";
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode()); ) {
    const near = text.parentElement;
    if (!text.data.trim() || near.closest(unseen) || !near.checkVisibility() || hidden(near)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const at = range.getBoundingClientRect(), said = text.data.trim().slice(0, 40);
    if (!at.width) continue;
    if (at.left < -1 || at.right > innerWidth + 1) lost.push(`out of the window: ${said}`);
    let block = null;
    for (let box = near; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.display === "inline" || style.display === "contents") continue;
      const within = box.getBoundingClientRect();
      block ??= box;
      const out = at.right > within.right + 2 || at.left < within.left - 2
        || at.bottom > within.bottom + 5 || at.top < within.top - 5;
      if (out && (box === block || style.overflow !== "visible"))
        lost.push(`${box === block ? "out of its box" : "cut"}: ${said}`);
    }
  }
  return lost;
}"""
# Every question to the browser costs more than its answer: several are asked at once.
LOST_AND_SPACED = f"""() => {{
  const lost = {LOST}, spaced = {SPACED}, found = lost();
  spaced(true);
  found.push(...lost().map((one) => `spaced, ${{one}}`));
  spaced(false);
  return found;
}}"""
# What is pressed and has less than 44 px: buttons, boxes to pick, and links that stand alone.
SMALL = """() => [...document.querySelectorAll("button, summary, a[href], input[type=radio], input[type=checkbox]")]
  .filter((one) => one.checkVisibility() && !one.closest(".nhsuk-skip-link, .fr-default-button, .fr-header"))
  .filter((one) => one.localName !== "a" || getComputedStyle(one).display !== "inline"
    || one.parentElement.innerText.trim() === one.innerText.trim())
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([one, at]) => at.height < 43.5 || at.width < 43.5)
  .map(([one, at]) => `${Math.round(at.width)} by ${Math.round(at.height)}: ${one.outerHTML.slice(0, 90)}`)"""
MOVING = """() => {
  const moves = [];
  for (const one of document.querySelectorAll("*")) {
    for (const part of ["", "::before", "::after"]) {
      const style = getComputedStyle(one, part || null);
      if (parseFloat(style.transitionDuration) || style.animationName !== "none" || style.scrollBehavior !== "auto")
        moves.push(`${one.localName}.${one.className}${part}`);
    }
  }
  return moves;
}"""
SMALL_AND_MOVING = f"() => [({SMALL})(), ({MOVING})(), document.documentElement.lang]"


class Clinic(NamedTuple):
    """A clinic with a form in each state, and a cookie for each."""

    site: Site
    browser: Browser
    stops: list[Stop]
    cookies: dict[str, str]


@pytest.fixture(params=["en", "es"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def clinic(language: str, browser: Browser, site: Site) -> Clinic:
    cookies = {"nobody": ""}
    with site.records() as session:
        cases = seed(session)
        found = {
            name: Draft.from_json(unseal(session, case, "sealed_answers")) for name, case in cases.items()
        }
        session.flush()
        for name, case in {"nobody": None, **cases}.items():
            client = site.app.test_client()
            if case is not None:
                as_patient(client, case)
            with client.session_transaction() as cookie:
                cookie["language"] = language
            held = client.get_cookie("foreroom")
            assert held
            cookies[name] = held.value
    return Clinic(site, browser, stops(found, mended=language == "en"), cookies)


def test_the_list_is_of_every_page_of_every_form(clinic: Clinic) -> None:
    paths = {stop.path for stop in clinic.stops}
    asked = {f"/intake/{page.id}" for form in (INTAKE, READY, CHECKIN) for page in form.pages}
    assert asked - paths == {"/intake/start"}, "which is the first page"


def walk(clinic: Clinic, language: str, part: int, **options: str) -> Iterator[tuple[Visitor, Stop]]:
    """Each page of a part in turn, as it is to be looked at. A window for each form: they do not know of each other."""
    windows: dict[str, Visitor] = {}
    app, settings = clinic.site.app, clinic.site.app.config["SETTINGS"]
    for stop in clinic.stops[part::PARTS]:
        if stop.form not in windows:
            context = clinic.browser.new_context(viewport=SIZES["phone"], **options)  # type: ignore[arg-type]
            context.set_default_timeout(15_000)
            held = {"name": "foreroom", "value": clinic.cookies[stop.form], "url": clinic.site.url}
            context.add_cookies([held])  # type: ignore[list-item]
            windows[stop.form] = Visitor(context, clinic.site.url)
        patient = windows[stop.form]
        app.config["SETTINGS"] = replace(settings, **stop.settings)
        try:
            patient.page.goto(clinic.site.url + stop.path)
            patient.type({name: [text.format(language=language) for text in texts]
                          for name, texts in stop.typed.items()})  # fmt: skip
            if stop.press:
                patient.page.locator(stop.press).click()
                patient.settle()
            yield patient, stop
        finally:
            app.config["SETTINGS"] = settings
    for patient in windows.values():
        patient.clean()
        patient.context.close()


@pytest.mark.parametrize("part", range(PARTS))
def test_each_page_can_be_used_by_everybody(clinic: Clinic, language: str, part: int) -> None:
    """By day and by night: axe, every width, spaced text, room to press, and nothing that moves."""
    troubles = []
    looked_at = walked() if language == "en" else set()
    for patient, stop in walk(clinic, language, part, color_scheme="light" if language == "en" else "dark"):
        page, name = patient.page, f"{stop.path} {stop.press[:9]}"
        for width in WIDTHS if stop.path not in looked_at else WIDTHS[:1]:
            page.set_viewport_size({"width": width, "height": 800})
            found = page.evaluate(LOST_AND_SPACED if width == WIDTHS[0] else LOST)
            troubles += [f"{name} at {width}: {lost}" for lost in found]
        small, moving, spoken = page.evaluate(SMALL_AND_MOVING)
        troubles += [f"{name}: {each}" for each in small]
        troubles += [f"{name} moves: {each}" for each in moving]
        assert spoken == language, name
        if stop.path not in looked_at:
            patient.look()
    assert troubles == []
