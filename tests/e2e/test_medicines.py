"""The medicine list in a browser: names are offered while one is typed, to the keyboard and to a screen reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.e2e.test_journey import begin
from tests.e2e.visitor import Visitor

Arrive = Callable[..., Visitor]

EIGHT = (
    ("ox", "oxycodone", "as_needed"),
    ("du", "duloxetine", "once"),
    ("ke", "Keppra (levetiracetam)", "twice"),
    ("ga", "gabapentin", "three_plus"),
    ("lis", "lisinopril", "once"),
    ("me", "metformin", "twice"),
    ("om", "omeprazole", "once"),
    ("cape", "capecitabine", "once"),
)
"""What is typed, what is picked, and how often it is taken: the eight medicines of the benchmarks' last patient."""
OFTEN = ("once", "twice", "three_plus", "as_needed", "weekly", "not_sure")
KEYS_BEFORE = 132
"""As many did the same eight take, name and how often, before names were offered and entries opened at once."""
LIST = "/intake/medicines"


@dataclass
class Typist:
    """A person with a keyboard alone, whose keys are counted."""

    page: Page
    keys: int = field(default=0)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
        self.keys += times


def name_box(page: Page, number: int = 0) -> Locator:
    return page.locator(f"#medicines-{number}-med_name")


def offers(page: Page) -> Locator:
    return page.get_by_role("option")


def open_list(patient: Visitor) -> Page:
    begin(patient)
    with patient.page.expect_response("**/medicine_names.csv*"):
        patient.go(LIST)
    patient.page.check("[name=meds_how][value=add]")
    return patient.page


@pytest.mark.parametrize("size", ["desk"], indirect=True)
def test_eight_medicines_take_a_third_of_the_keys(visitor: Arrive) -> None:
    patient = visitor()
    page = open_list(patient)
    typist = Typist(page)
    name_box(page).focus()
    for number, (typed, name, often) in enumerate(EIGHT):
        expect(name_box(page, number)).to_be_focused()
        typist.type(typed)
        expect(offers(page).first).to_have_text(name)
        typist.press("Enter")
        expect(page.locator(f"[name=medicines-{number}-med_often]").first).to_be_focused()
        typist.press("ArrowDown", OFTEN.index(often))
        typist.press("Enter")
        expect(page.locator(f"[name=medicines-{number}-med_often][value={often}]")).to_be_checked()
    assert typist.keys * 3 < KEYS_BEFORE, typist.keys
    expect(page.get_by_text("Medicine 8: capecitabine")).to_be_visible()
    patient.look()
    patient.press("Continue")
    assert patient.path != LIST, "an entry with nothing in it is none"
    patient.go(LIST)
    stored = [name_box(page, number).input_value() for number in range(8)]
    assert stored == [name for _, name, _ in EIGHT]
    patient.clean()


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_a_screen_reader_is_told_what_is_offered_and_nothing_is_sent_to_find_it(visitor: Arrive) -> None:
    patient = visitor()
    page = open_list(patient)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    box = page.get_by_role("combobox", name="Medicine name")
    group = page.locator("fieldset.fr-entry").first
    expect(box).to_have_attribute("aria-autocomplete", "list")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("insulin g")
    expect(group).to_match_aria_snapshot(
        """
        - group "Medicine 1":
          - combobox "Medicine name" [expanded]: insulin g
          - listbox "Names of medicines":
            - option "insulin glargine injection" [selected]
            - option "Lantus (insulin glargine) injection"
        """
    )
    assert box.get_attribute("aria-activedescendant") == offers(page).first.get_attribute("id")
    assert box.get_attribute("aria-controls") == page.get_by_role("listbox").get_attribute("id")
    box.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_text("Lantus (insulin glargine) injection")
    box.press("ArrowUp")
    box.press("ArrowUp")
    expect(page.get_by_role("option", selected=True)).to_have_count(0)
    assert box.get_attribute("aria-activedescendant") is None, "what was typed is one of the places"
    patient.look()
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("insulin g")
    box.fill("")
    box.press_sequentially("insulin")
    expect(page.get_by_role("option", selected=True)).to_have_count(0)
    box.press("Enter")
    # A whole word may be all that somebody wants to say.
    expect(box).to_have_value("insulin")
    assert [request.url for request in asked if "draft" not in request.url] == []
    patient.clean()


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_a_name_is_picked_with_a_finger_and_any_other_may_be_typed(visitor: Arrive) -> None:
    patient = visitor()
    page = open_list(patient)
    name_box(page).press_sequentially("zol")
    option = page.get_by_role("option", name="Zoloft (sertraline)")
    box = option.bounding_box()
    assert box
    assert box["height"] >= 44
    option.click()
    expect(name_box(page)).to_have_value("Zoloft (sertraline)")
    expect(page.get_by_role("listbox")).to_have_count(0)
    page.check("[name=medicines-0-med_often][value=once]")
    page.click("button[name=add]")
    name_box(page, 1).press_sequentially("Grandma's root tea")
    expect(offers(page)).to_have_count(0)
    page.check("[name=medicines-1-med_often][value=weekly]")
    patient.press("Continue")
    patient.go(LIST)
    assert [name_box(page, at).input_value() for at in range(2)] == [
        "Zoloft (sertraline)",
        "Grandma's root tea",
    ]
    patient.clean()


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_without_scripts_the_list_is_plain_boxes(visitor: Arrive) -> None:
    patient = visitor(java_script_enabled=False)
    begin(patient)
    patient.go(LIST)
    patient.type({"meds_how": ["add"]})
    patient.press("Continue")
    assert patient.page.get_by_role("combobox").count() == 0
    assert "Names come up" not in patient.words
    for number in range(2):
        patient.type({f"medicines-{number}-med_name": ["Zinc"], f"medicines-{number}-med_often": ["once"]})
        patient.press("Add another medicine")
    patient.press("Continue")
    assert patient.path != LIST


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_a_pasted_list_comes_back_as_rows(visitor: Arrive) -> None:
    patient = visitor()
    page = open_list(patient)
    patient.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(
        "text => navigator.clipboard.writeText(text)", "metformin 500 bid\nlisinopril 10 mg once a day"
    )
    name_box(page).focus()
    page.keyboard.press("Control+V")
    expect(page.get_by_text("We made 2 rows of your list.")).to_be_visible()
    expect(page.get_by_text("Medicine 1: metformin, 500, Twice a day")).to_be_visible()
    expect(page.get_by_text("Medicine 2: lisinopril, 10 mg, Once a day")).to_be_visible()
    patient.look()
    patient.press("Continue")
    assert patient.path != LIST
    patient.clean()


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_an_allergy_is_offered_names_too(visitor: Arrive) -> None:
    patient = visitor()
    begin(patient)
    patient.go("/intake/safety_rows")
    page = patient.page
    page.check("[name=allergy_any][value=yes]")
    page.locator("#allergies-0-allergy_to").press_sequentially("flon")
    expect(offers(page)).to_have_text(["Flonase (fluticasone)"])
    page.keyboard.press("Enter")
    expect(page.locator("#allergies-0-allergy_reaction")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    for column, picked in (("when", "child"), ("hospital", "no")):
        expect(page.locator(f"[name=allergies-0-allergy_{column}]").first).to_be_focused()
        page.check(f"[name=allergies-0-allergy_{column}][value={picked}]")
        page.keyboard.press("Enter")
    expect(page.locator("#allergies-1-allergy_to")).to_be_focused()
    expect(page.get_by_text("Allergy 1: Flonase (fluticasone)", exact=True)).to_be_visible()
    patient.look()
    patient.clean()
