"""A patient with a keyboard and nothing else: the whole form, and always a mark that shows where they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import Browser

from app.intake.form.forms import form_values
from app.questionnaire.all_forms import WHOLE
from tests.e2e.conftest import SIZES
from tests.e2e.site import Site
from tests.e2e.visitor import Visitor
from tests.people import HEALTHY

# The list names the one family, so it is not asked for.
ANSWERS = HEALTHY | {"verify_dob": HEALTHY["dob"], "med_classes": ["none"]}
# Where the focus is. Tells the element left before when it looks as it did with the focus, and a step back or up.
FOCUS = """() => {
  const ring = (one) => [[one], [one.closest(".nhsuk-radios__item")], [one.labels?.[0], "::before"]]
    .filter(([part]) => part).map(([part, pseudo]) => getComputedStyle(part, pseudo))
    .map((style) => (/, 0\\)$/.test(style.outlineColor) ? "" : style.outline) + style.boxShadow).join(";");
  const at = document.activeElement, before = window.stopBefore, said = at.outerHTML.slice(0, 120), wrong = [];
  if (before && before.at !== at) {
    if (before.at.localName !== "main" && before.ring === ring(before.at))
      wrong.push(`no mark of the focus: ${before.at.outerHTML.slice(0, 120)}`);
    const [here, there] = [at.getBoundingClientRect(), before.at.getBoundingClientRect()];
    if (!(before.at.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING)) wrong.push(`steps back: ${said}`);
    if (here.bottom < there.top - 2 && before.at.checkVisibility()) wrong.push(`jumps up: ${said}`);
    if (here.height < innerHeight && (here.bottom > innerHeight + 1 || here.top < -1))
      wrong.push(`out of view: ${said}`);
  }
  window.stopBefore = { at, ring: ring(at) };
  return { wrong, tag: at.localName, type: at.type, name: at.name, value: at.value, checked: at.checked,
    main: at.matches(".nhsuk-button:not(.nhsuk-button--secondary)"), text: at.innerText };
}"""


class Keys:
    """The keyboard, and what went wrong with the focus on the way."""

    def __init__(self, patient: Visitor) -> None:
        self.patient, self.page = patient, patient.page
        self.wrong: list[str] = []

    def press(self, key: str = "Tab") -> Mapping[str, Any]:
        """Press a key; returns where that leads."""
        self.page.keyboard.press(key)
        return self.here()

    def here(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.page.evaluate(FOCUS)
        self.wrong += [f"{self.patient.path}: {wrong}" for wrong in found["wrong"]]
        return found

    def go_on(self) -> None:
        """Press the button that has the focus."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def fill(self, values: Mapping[str, Sequence[str]]) -> None:
        """Go through the page, fill in what is asked on the way, and press its main button."""
        for _ in range(120):
            at = self.press()
            if at["main"]:
                self.page.keyboard.press("Shift+Tab")
                assert not self.page.evaluate(FOCUS)["main"]
                self.page.keyboard.press("Tab")
                assert self.page.evaluate(FOCUS)["main"], "back and forth is here again"
                return self.go_on()
            wanted = values.get(str(at["name"]))
            if wanted:
                self.answer(at, wanted)
        raise AssertionError(f"{self.patient.path}: the keyboard never comes to the button")

    def answer(self, at: Mapping[str, Any], wanted: Sequence[str]) -> None:
        if at["type"] == "radio":
            for _ in range(12):
                if at["value"] == wanted[0]:
                    break
                at = self.press("ArrowDown")
            if not at["checked"]:
                at = self.press("Space")
            assert (at["value"], at["checked"]) == (wanted[0], True)
        elif at["type"] == "checkbox":
            if at["value"] in wanted and not at["checked"]:
                assert self.press("Space")["checked"]
        elif at["tag"] in ("input", "textarea"):
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(wanted[0])


def test_somebody_with_a_keyboard_alone_fills_in_and_sends(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport=SIZES["desk"])  # type: ignore[arg-type]
    patient = Visitor(context, site.url)
    keys, page = Keys(patient), patient.page
    page.goto(site.url + "/")

    assert keys.press()["text"] == "Skip to main content"
    box = page.locator(".nhsuk-skip-link").bounding_box()
    assert box, "it is in view once it has the focus"
    assert box["width"] > 100
    keys.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    keys.press()
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)"), (
        "and not the header"
    )

    page.goto(site.url + "/")
    keys.fill({})
    assert "nhsuk-error-summary" in page.evaluate("document.activeElement.className")
    assert keys.press()["tag"] == "a"
    page.keyboard.press("Enter")
    assert str(keys.here()["name"]).startswith("verify_dob-")

    page.goto(site.url + "/")
    for _ in range(60):
        if patient.path == "/intake/confirmation":
            break
        asked = WHOLE.page("start" if patient.path == "/" else patient.path.rsplit("/", 1)[1])
        assert asked, patient.path
        assert not page.locator(".nhsuk-error-summary").count(), (patient.path, patient.words[:600])
        keys.fill(form_values(asked, ANSWERS))
    assert patient.heading == "We have your health check"
    assert keys.wrong == []
    patient.clean()
    context.close()
