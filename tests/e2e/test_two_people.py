"""Two people on one phone: a page of one form is never saved into the other's, and nobody types anything twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from app.models import Case, unseal
from tests.e2e.site import Site
from tests.e2e.visitor import START, Visitor
from tests.factories import Factory

ANNA, BEN = ("anna" * 10, "1985-03-27"), ("benn" * 10, "1972-11-30")
GOALS = "To sleep through the night"

pytestmark = pytest.mark.parametrize("size", ["phone"], indirect=True)


def born(dob: str) -> dict[str, list[str]]:
    year, month, day = dob.split("-")
    return {
        "verify_dob-day": [day],
        "verify_dob-month": [month],
        "verify_dob-year": [year],
        "language": ["en"],
    }


def goals(site: Site) -> dict[str, object]:
    """What each form holds of that question, by first name."""
    with site.records() as session:
        told = [unseal(session, case, "sealed_answers")["answers"] for case in session.query(Case)]
    return {answers["first_name"]: answers.get("goals") for answers in told if "first_name" in answers}


def test_a_page_of_the_first_is_not_saved_into_the_second(
    visitor: Callable[..., Visitor], site: Site
) -> None:
    site.app.config["QUIET_AFTER"] = timedelta(milliseconds=200)
    with site.records() as session:
        make = Factory(session)
        for name, (token, dob) in (("Anna", ANNA), ("Ben", BEN)):
            person = make.person(first_name=name, preferred_name="", dob=dob)
            make.invitation(person, token, expires_at=datetime.now(UTC) + timedelta(days=7))
    anna = visitor()
    anna.go(f"/i/{ANNA[0]}")
    anna.type(born(ANNA[1]))
    anna.press(START)
    anna.go("/intake/reasons")
    assert "Anna" in anna.words

    ben = Visitor(anna.context, site.url)
    ben.go(f"/i/{BEN[0]}")
    ben.type(born(BEN[1]))
    ben.press(START)
    assert "Ben" in ben.words

    with anna.context.expect_page() as opened:
        anna.page.get_by_role("link", name="All steps").click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_load_state()
    assert opened.value.locator("h1").inner_text() == "This page is from another form"
    assert "Ben" not in opened.value.inner_text("body")

    anna.type({"reasons": ["pain"], "goals": [GOALS], "reason_duration": ["under_3_months"]})
    expect(anna.page.get_by_role("status")).to_have_text(
        re.compile("Not saved: another form is open in this browser")
    )
    anna.press("Continue")
    assert anna.heading == "This page is from another form"
    assert GOALS in anna.words
    assert "Ben" not in anna.words
    assert goals(site) == {"Anna": None, "Ben": None}

    with anna.context.expect_page() as coming:
        anna.page.get_by_role("button", name="Open the form this page is from").click()
    door = coming.value
    for name, (text,) in born(ANNA[1]).items():
        if name != "language":
            door.fill(f"[name={name}]", text)
    door.get_by_role("button", name=re.compile("Open my form|Start now|Continue")).last.click()
    door.wait_for_url("**/intake/**")
    anna.press("Send this page again")
    assert goals(site) == {"Anna": GOALS, "Ben": None}
