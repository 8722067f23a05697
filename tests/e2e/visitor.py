"""A person at a real browser, who fills in any page from answers, and a look at each page that they see."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

from app.intake.form.forms import form_values
from app.questionnaire.all_forms import WHOLE
from app.questionnaire.intake import INTAKE
from tests.people import Answers

# WCAG 2.2 AA with the years before it, and what axe's makers hold to be good practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "iframes": False}
# The browser says so itself of every page that comes back to be mended, and of one that says no.
EXPECTED = re.compile(r"the server responded with a status of (403|404|405|409|422|429|503) ")
# Says on the console what the page's own policy has forbidden.
REPORT_POLICY = """document.addEventListener("securitypolicyviolation",
  (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))"""

# What axe's verdict hangs on: elements, attributes and states, how wide and in which colours; not the words. And by how
# much the page is wider than its window.
SHAPE = """() => {
  const whole = document.documentElement.cloneNode(true);
  whole.querySelectorAll("script, style").forEach((one) => one.remove());
  whole.querySelectorAll("[value]").forEach((one) => one.setAttribute("value", one.value ? "x" : ""));
  const texts = document.createTreeWalker(whole, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode()); ) text.data = text.data.trim() ? "x" : "";
  const picked = [...document.querySelectorAll(":checked")].map((one) => `${one.name} ${one.id}`);
  const screens = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map((one) => matchMedia(one).matches);
  const { scrollWidth, clientWidth } = document.documentElement;
  const shape = [whole.outerHTML, document.activeElement.id, picked, screens, innerWidth].join();
  return [shape, scrollWidth - clientWidth];
}"""
# Of which type the first box of a name is that is in view; nothing when none is. Each question to the browser costs
# more than its answer.
KIND = """name => [...document.getElementsByName(name)].find((one) => {
  const { width, height } = one.getBoundingClientRect();
  return width && height && one.checkVisibility({ visibilityProperty: true });
})?.type ?? null"""
ONE_OF_A_KIND = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


START = re.compile("^(Start now|Open my form)$")
"""The button of a door: whether the form behind it was begun before, its words say."""

SOUND = "FOREROOM_TEST_SOUND"
"""Names the folder of this run with a file for each shape of page in which axe found nothing.

Half of a walk's cost was to ask it again about pages that other walks had been to.
"""


@dataclass
class Visitor:
    """One browser window. What must never happen is gathered, and told by `clean`."""

    context: BrowserContext
    url: str
    scripts: bool = True
    hurried: bool = False
    """Does not look at the pages on the way: test_everywhere does."""
    page: Page = field(init=False)
    visited: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.add_init_script(REPORT_POLICY)
        self.context.on("request", self._sent)
        self.page = self.context.new_page()
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not EXPECTED.search(message.text):
            self.troubles.append(f"console: {message.text}")

    def _sent(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.troubles.append(f"asked elsewhere: {request.url}")

    @property
    def path(self) -> str:
        """Where the window is."""
        return urlsplit(self.page.url).path

    @property
    def words(self) -> str:
        """All words in view."""
        return self.page.inner_text("body")

    @property
    def heading(self) -> str:
        """The page's h1."""
        return self.page.inner_text("h1")

    def look(self) -> None:
        """Take in the page: is it one that everybody can use?"""
        self.visited.append(self.path)
        if not self.scripts or self.hurried:
            return
        shape, wide = self.page.evaluate(SHAPE)
        shape = ONE_OF_A_KIND.sub("", shape)
        sound = Path(os.environ[SOUND], sha256(shape.encode()).hexdigest())
        if not sound.exists() and self._ask_axe():
            sound.touch()
        if wide > 0:
            self.troubles.append(f"{self.path} is {wide} px wider than the window")

    def _ask_axe(self) -> bool:
        self.page.evaluate(AXE_SCRIPT)
        violations = self.page.evaluate("options => axe.run(options).then((all) => all.violations)", OPTIONS)
        for found in violations:
            nodes = "; ".join(node["html"][:120] for node in found["nodes"][:3])
            self.troubles.append(f"axe on {self.path}: {found['id']}: {nodes}")
        return not violations

    def go(self, path: str) -> None:
        """Open an address."""
        self.page.goto(self.url + path)
        self.look()

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press a button or follow a link, and look at what comes."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.settle()
        self.look()

    def settle(self) -> None:
        """Wait until a form that was sent is taken or refused, and the page that follows is there."""
        self.page.locator("form[aria-busy=true]").wait_for(state="detached")
        self.page.wait_for_load_state()

    def time_passes(self, *, notice: float = 3600, end: float = 7200) -> None:
        """Have this page ask whether anybody is there, or close, after so many seconds without contact."""
        self.page.evaluate(
            "times => Object.assign(document.querySelector('[data-idle]').dataset, times)",
            {"notice": notice, "end": end},
        )

    def follow(self, name: str) -> None:
        """Follow a link, and look at what comes."""
        self.page.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()
        self.look()

    def type(self, values: Mapping[str, Sequence[str]]) -> list[str]:
        """Fill in what is in view, by form name. Returns the names that are not."""
        unseen = []
        # Entries that are filled in come folded.
        self.page.evaluate(
            "document.querySelectorAll('details:has(.fr-entry)').forEach(each => each.open = true)"
        )
        for name, texts in values.items():
            for text in self.asked_for(texts) if name == "med_classes" else texts:
                kind = self.page.evaluate(KIND, name)
                if not kind:
                    unseen.append(name)
                elif kind in ("radio", "checkbox"):
                    self.page.locator(f'[name="{name}"][value="{text}"]').first.check()
                else:
                    self.page.locator(f'[name="{name}"] >> visible=true').first.fill(text)
        return unseen

    def asked_for(self, families: Sequence[str]) -> Sequence[str]:
        """The families of medicines among these that are asked for: those that the list names are not."""
        box = '[name="med_classes"][value="{}"]'
        asked = [code for code in families if self.page.locator(box.format(code)).count()]
        return asked or ["none"]

    def fill(self, answers: Answers) -> None:
        """Fill in this page of the form as far as it is in view, entry by entry where it asks for several."""
        page = WHOLE.page(self.path.rsplit("/", 1)[1])
        assert page is not None, self.path
        values = form_values(page, answers)
        for _ in range(40):
            unseen = self.type(values)
            group = next((name.split("-")[0] for name in unseen if re.search(r"-\d+-[a-z]", name)), None)
            more = self.page.locator(f'button[name="add"][value="{group}"]')
            if group is None or not more.count() or not more.is_visible():
                return
            more.click()
            self.settle()
        raise AssertionError(f"{self.path} never has room for all entries.")

    def walk(
        self,
        answers: Answers,
        until: str = "/intake/sign",
        helped: Mapping[str, str] | None = None,
        button: str = "Continue",
    ) -> None:
        """Fill in page after page. On a page of help, pick `helped` (form name to code) and go on."""
        for _ in range(3 * len(INTAKE.pages)):
            if self.path == until:
                return
            if "/help/" in self.path:
                self.type({name: [code] for name, code in (helped or {}).items()})
                self.page.locator('button[name="answer"]').first.click()
                self.settle()
                self.look()
            else:
                self.fill(answers)
                self.press(button)
            assert not self.page.locator(".nhsuk-error-summary").count(), (self.path, self.words[:600])
        raise AssertionError(f"It goes round and round: {self.visited[-4:]}")

    def sign_in(self, email: str, password: str) -> None:
        """Sign in as staff."""
        self.go("/account/login")
        self.page.fill("#email", email)
        self.page.fill("#password", password)
        self.press("Sign in")

    def clean(self) -> None:
        """Raise AssertionError when any page had trouble."""
        assert self.troubles == []
