"""A page that came back to be mended, looked at as a browser and a screen reader would."""

from __future__ import annotations

from collections import Counter
from xml.etree.ElementTree import Element

import html5lib

BOXES = ("input", "select", "textarea", "button")
WHOLE_PAGE = ("main", "to-do")
"""Where a problem leads that is of no field: the page's own words say what to do."""


def check_mending(text: str) -> int:
    """The summary counts its lines; each leads to one place with a box in it, and says what stands beside that field.

    Returns how many lines there are.
    """
    page = html5lib.parse(text, namespaceHTMLElements=False)
    by_id = Counter(element.get("id") for element in page.iter() if element.get("id"))
    parents = {child: parent for parent in page.iter() for child in parent}
    assert words(page.find("head/title")).startswith("Error: ")
    summary = next(element for element in page.iter("div") if has_class(element, "nhsuk-error-summary"))
    assert summary.get("tabindex") == "-1"
    assert summary.get("autofocus") is not None
    lines = [(link.get("href", ""), words(link)) for link in summary.iter("a")]
    lines = [(href.removeprefix("#"), said) for href, said in lines if href.startswith("#")]
    heading = words(next(summary.iter("h2")))
    assert heading == f"Please check {len(lines)} answer{'' if len(lines) == 1 else 's'}", heading
    for target, said in lines:
        assert by_id[target] == 1, f"{by_id[target]} places are called {target}: {said}"
        place = next(element for element in page.iter() if element.get("id") == target)
        # Parts still to do have their boxes on other pages, which the place links to.
        leads_on = target == "to-do" and any(link.tag == "a" for link in place.iter())
        assert leads_on or any(box.tag in BOXES and box.get("type") != "hidden" for box in place.iter()), (
            target
        )
        assert not any("hidden" in element.attrib for element in up(place, parents)), f"{target} is hidden"
        if target not in WHOLE_PAGE:
            check_beside(page, parents, place, said)
    return len(lines)


def check_beside(page: Element, parents: dict[Element, Element], place: Element, said: str) -> None:
    """The same words stand once at the field, which is described by them."""
    told = [
        element
        for element in page.iter()
        if any(
            has_class(child, "nhsuk-error-message") and words(child) == f"Error: {said}" for child in element
        )
    ]
    field = next(element for element in up(place, parents) if has_class(element, "nhsuk-form-group"))
    for message in told:
        for owner in page.iter():
            described = message.get("id") in owner.get("aria-describedby", "").split()
            if described and (
                place in up(owner, parents) or field in up(owner, parents) or owner in up(place, parents)
            ):
                return
    raise AssertionError(f"Nothing beside {place.get('id')} says: {said}")


def up(element: Element, parents: dict[Element, Element]) -> list[Element]:
    """An element and all it stands in."""
    line = [element]
    while line[-1] in parents:
        line.append(parents[line[-1]])
    return line


def words(element: Element | None) -> str:
    """Its words, in one line."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def has_class(element: Element, name: str) -> bool:
    """Whether it is of this class."""
    return name in element.get("class", "").split()
