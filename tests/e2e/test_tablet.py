"""A tablet of the clinic's goes from staff to a patient and back, and keeps nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Error, expect

from app.core.access import Actor
from app.invitations import service as invitations
from app.web.extensions import db
from tests.acts import act
from tests.browsing import PASSWORD
from tests.e2e.site import Site
from tests.e2e.visitor import START, Visitor
from tests.factories import Factory
from tests.people import HEALTHY

Arrive = Callable[..., Visitor]

SOON, A_LITTLE_LATER = timedelta(seconds=1), timedelta(seconds=2)
BORN = {"verify_dob-day": ["3"], "verify_dob-month": ["5"], "verify_dob-year": ["1990"], "language": ["en"]}
HAND_BACK = "Please hand the tablet back to staff"

pytestmark = pytest.mark.parametrize("size", ["desk"], indirect=True)


@pytest.fixture
def tablet(visitor: Arrive, site: Site) -> Iterator[Visitor]:
    """The tablet in the hands of someone from the front desk."""
    site.app.config["QUIET_AFTER"] = timedelta(milliseconds=200)
    held = visitor()
    held.sign_in(site.admin, PASSWORD)
    held.follow("Invitations")
    yield held
    held.clean()


def nothing_kept(tablet: Visitor) -> None:
    """Nothing is left in the browser, and going back shows nothing."""
    assert tablet.heading == HAND_BACK
    assert tablet.context.cookies() == []
    assert tablet.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    for _ in range(4):
        # A page that answered a form is not even asked for again.
        with suppress(Error):
            tablet.page.go_back()
        tablet.page.wait_for_timeout(200)
        tablet.page.wait_for_load_state()
        assert "Walk the dog" not in tablet.page.content()
        assert tablet.page.locator("[data-question=goals]").count() == 0


def invite(site: Site) -> None:
    with site.app.app_context():
        maker = db.sessionmaker
    with maker() as session:
        make = Factory(session)
        staff = make.user("admin")
        person = make.person(dob="1990-05-03", first_name="Robin", last_name="Reed")
        actor = Actor("staff", staff.id, frozenset())
        invitations.invite_person(act(session, actor, datetime.now(UTC)), person, "robin@example.test")
        session.commit()


def test_someone_invited_fills_in_a_page_and_hands_the_tablet_back(tablet: Visitor, site: Site) -> None:
    invite(site)
    tablet.page.reload()
    tablet.press("Hand over a tablet for Robin Reed")
    assert tablet.path == "/tablet/"
    tablet.type(BORN | {"verify_dob-year": ["1991"]})
    tablet.press(START)
    assert "That date does not match our record" in tablet.words
    tablet.type(BORN)
    tablet.press(START)
    assert tablet.path == "/intake/", "no code is asked for: staff stand by"
    (cookie,) = tablet.context.cookies()
    assert cookie["expires"] == -1, "it goes with the window"
    tablet.go("/intake/you")
    boxes = tablet.page.locator(
        "main input:not([type=hidden]):not([type=radio]):not([type=checkbox]), textarea"
    )
    assert boxes.count() >= 5
    for box in boxes.all():
        assert box.get_attribute("autocomplete") == "off"
    tablet.go("/intake/reasons")
    tablet.page.fill('[name="goals"]', "Walk the dog")
    tablet.page.get_by_role("button", name="Finish and hand back").click()
    tablet.page.wait_for_url("**/tablet/over*")
    tablet.look()
    nothing_kept(tablet)
    tablet.go("/account/login")
    tablet.sign_in(site.admin, PASSWORD)
    tablet.follow("Invitations")
    assert "FORM BEGUN" in tablet.words.upper()
    tablet.press("Hand over a tablet for Robin Reed")
    tablet.type(BORN)
    tablet.press(START)
    tablet.go("/intake/reasons")
    assert tablet.page.input_value('[name="goals"]') == "Walk the dog", "what was typed last was saved too"


def test_a_tablet_that_is_left_alone_ends_by_itself(tablet: Visitor, site: Site) -> None:
    tablet.press("Start a form on this tablet")
    tablet.type(BORN)
    tablet.press(START)
    tablet.go("/intake/reasons")
    tablet.page.fill('[name="goals"]', "Walk the dog")
    tablet.time_passes(notice=0)
    expect(tablet.page.get_by_role("alertdialog", name="Still there?")).to_be_visible()
    tablet.look()
    tablet.time_passes(notice=0, end=0)
    tablet.page.wait_for_url("**/tablet/over*")
    tablet.look()
    nothing_kept(tablet)


def test_a_tablet_that_ends_with_no_connection_shows_nothing_of_the_form(tablet: Visitor, site: Site) -> None:
    tablet.press("Start a form on this tablet")
    tablet.type(BORN)
    tablet.press(START)
    tablet.go("/intake/reasons")
    tablet.context.set_offline(True)
    tablet.page.fill('[name="goals"]', "Walk the dog")
    tablet.time_passes(notice=0, end=0)
    expect(tablet.page.get_by_role("heading", name=HAND_BACK)).to_be_visible()
    assert "Walk the dog" not in tablet.page.content()
    assert tablet.page.locator("textarea").count() == 0
    tablet.context.set_offline(False)
    site.app.config["TABLET_IDLE"] = (timedelta(0), timedelta(0))
    tablet.page.reload()
    tablet.page.wait_for_url("**/tablet/over*")
    assert tablet.context.cookies() == []
    tablet.troubles = [trouble for trouble in tablet.troubles if "Failed to load" not in trouble]


def test_a_form_sent_on_a_tablet_offers_nothing_to_take_away_and_ends_by_itself(
    tablet: Visitor, site: Site
) -> None:
    tablet.press("Start a form on this tablet")
    tablet.type(BORN)
    tablet.press(START)
    tablet.walk(HEALTHY)
    tablet.fill(HEALTHY)
    tablet.press("Send my health check")
    assert tablet.path == "/intake/confirmation"
    assert "Ask staff for a copy" in tablet.words
    links = tablet.page.locator("main a").all()
    assert links == []
    tablet.press("Start getting ready")
    assert tablet.heading == "Getting ready", "part 2 goes on in the same hands"
    tablet.go("/intake/saved")
    assert "Email me" not in tablet.words
    assert "this browser" not in tablet.words
    tablet.page.get_by_role("button", name="Finish and hand back").first.click()
    tablet.page.wait_for_url("**/tablet/over*")
    nothing_kept(tablet)


def test_the_page_that_says_the_form_is_sent_ends_by_itself(tablet: Visitor, site: Site) -> None:
    tablet.press("Start a form on this tablet")
    tablet.type(BORN)
    tablet.press(START)
    tablet.walk(HEALTHY)
    tablet.fill(HEALTHY)
    site.app.config["TABLET_SENT"] = (SOON, A_LITTLE_LATER)
    tablet.page.get_by_role("button", name="Send my health check").first.click()
    tablet.page.wait_for_url("**/tablet/over*")
    tablet.look()
    nothing_kept(tablet)
