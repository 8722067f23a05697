"""The texts that a patient says they have read: a screen of a desk holds each, the first of a phone the heart of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from app.questionnaire.all_forms import NOTICES
from app.questionnaire.countries import Country
from app.questionnaire.notices import Notice
from tests.e2e.conftest import SIZES
from tests.e2e.site import Site

DESK = {"width": 1280, "height": 800}
# What only a demonstration says above its pages.
ENDS = """(parts) => {
  const said = document.querySelector(".fr-demo")?.getBoundingClientRect().height ?? 0;
  return Math.max(...[...document.querySelectorAll(parts)].map((one) => one.getBoundingClientRect().bottom)) - said;
}"""
SEEN = (
    """() => [...document.querySelectorAll(".fr-notice p")].filter((one) => one.checkVisibility()).length"""
)


def read(page: Page, site: Site, notice: Notice, language: str) -> None:
    page.goto(f"{site.url}/read/{notice.id}")
    if page.get_attribute("html", "lang") != language:
        page.click(f'[name=switch_language][value="{language}"]')
    assert page.get_attribute("html", "lang") == language


def test_each_is_a_screen_long_and_paper_holds_all_of_it(browser: Browser, site: Site) -> None:
    for language in ("en", "es"):
        desk = browser.new_page(viewport=DESK)  # type: ignore[arg-type]
        phone = browser.new_page(viewport=SIZES["phone"])  # type: ignore[arg-type]
        for notice in NOTICES.values():
            name, lines = f"{notice.id} {language}", sum(len(each.lines) for each in notice.shown(Country.US))
            read(desk, site, notice, language)
            assert desk.evaluate(ENDS, ".fr-notice__part") <= DESK["height"], name
            assert desk.evaluate(SEEN) == lines, name
            read(phone, site, notice, language)
            assert phone.evaluate(ENDS, "section.fr-notice__part") <= SIZES["phone"]["height"], name
            assert phone.evaluate(SEEN) < lines, name
            phone.locator(".fr-notice summary").first.click()
            assert phone.evaluate(SEEN) > lines - len(notice.passages), name
            phone.pdf()
            assert phone.evaluate(SEEN) == lines, f"{name} on paper"
        desk.close()
        phone.close()


@pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES.keys())
def test_without_scripts_nothing_is_folded(browser: Browser, site: Site, notice: Notice) -> None:
    context = browser.new_context(viewport=SIZES["phone"], java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site.url}/read/{notice.id}")
    assert page.locator(".fr-notice details[open]").count() == sum(each.folds for each in notice.passages)
    context.close()
