"""A screen whose colours the reader has picked: where the focus is, what is picked and what is wrong still shows."""

from __future__ import annotations

from playwright.sync_api import Browser, ElementHandle, Page

from tests.e2e.conftest import SIZES
from tests.e2e.site import Site
from tests.e2e.test_journey import begin
from tests.e2e.visitor import Visitor

PAGES = ("right_now", "measures", "reasons", "safety_rows", "suicide", "sign", "withdraw", "")
# What takes the focus on this page: one of each kind that the style sheets tell apart and no page before had.
NEW_KINDS = """seen => {
  const kind = (one) => [one.localName, one.type, one.className, one.parentElement.className,
    one.closest("[class*=fr-line], header, footer, dd, li")?.className].join();
  const found = [...document.querySelectorAll("a[href], button, input, textarea, summary")]
    .filter((one) => one.checkVisibility() && one.tabIndex >= 0 && one.type !== "hidden");
  const kinds = new Set(seen);
  window.stops = found.filter((one) => !kinds.has(kind(one)) && kinds.add(kind(one)));
  return [...kinds];
}"""


def shot(page: Page, at: ElementHandle) -> bytes:
    """A picture of an element and a little around it."""
    at.evaluate("one => one.scrollIntoView({ block: 'center' })")
    box = at.bounding_box()
    assert box
    clip = {"x": max(box["x"] - 8, 0), "y": max(box["y"] - 8, 0)}
    return page.screenshot(clip={**clip, "width": box["width"] + 16, "height": box["height"] + 16})  # type: ignore[arg-type]


def told_apart(page: Page, at: ElementHandle, path: str) -> list[str]:
    """What looks as it did before when it has the focus, or when it is picked."""
    said = f"{path}: {at.evaluate('one => one.outerHTML')[:150]}"
    page.evaluate("document.activeElement.blur()")
    bare, same = shot(page, at), []
    at.focus()
    if shot(page, at) == bare:
        same.append(f"with the focus, {said}")
    if at.get_attribute("type") in ("radio", "checkbox"):
        page.evaluate("document.activeElement.blur()")
        at.evaluate("one => one.checked = !one.checked")
        if shot(page, at) == bare:
            same.append(f"when picked, {said}")
        at.evaluate("one => one.checked = !one.checked")
    return same


def test_what_has_the_focus_and_what_is_picked_shows(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport=SIZES["phone"], forced_colors="active")  # type: ignore[arg-type]
    patient = Visitor(context, site.url)
    page = patient.page
    begin(patient)
    seen: list[str] = []
    same = []
    for path in PAGES:
        page.goto(f"{site.url}/intake/{path}")
        page.keyboard.press("Tab")
        seen = page.evaluate(NEW_KINDS, seen)
        for number in range(page.evaluate("window.stops.length")):
            stop = page.evaluate_handle("number => window.stops[number]", number).as_element()
            assert stop
            same += told_apart(page, stop, path)
    assert same == []
    assert len(seen) > 15
    context.close()


def test_what_is_wrong_shows_by_a_line_and_not_by_its_colour(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport=SIZES["phone"], forced_colors="active")  # type: ignore[arg-type]
    patient = Visitor(context, site.url)
    begin(patient)
    patient.go("/intake/measures")
    patient.press("Continue")
    drawn = """name => [...document.querySelectorAll(name)].filter((one) => one.checkVisibility())
      .map((one) => getComputedStyle(one)).map((style) => [style.borderLeftStyle, parseFloat(style.borderLeftWidth)])"""
    for name in (".nhsuk-error-summary", ".nhsuk-form-group--error", ".nhsuk-input--error"):
        lines = patient.page.evaluate(drawn, name)
        assert lines, name
        assert all(style == "solid" and width >= 2 for style, width in lines), (name, lines)
    for message in patient.page.locator(".nhsuk-error-message").all_inner_texts():
        assert message.startswith("Error:")
    context.close()
