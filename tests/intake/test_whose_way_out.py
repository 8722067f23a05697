"""Two forms in one browser: leaving, closing or giving back one of them leaves the other."""

import re

import pytest

from app.intake.ownership_gate import address_mark
from app.models import MOST_MISSES, BirthDateMisses, Case
from tests.browsing import cookie_contents, post, token
from tests.factories import Factory
from tests.intake.conftest import ANNA, BEN, SECOND
from tests.intake.patient import Patient, Seen, birth_date
from tests.intake.test_whose import TYPED, WRITES, token_on

pytestmark = pytest.mark.sqlite_alone("who is let in, and what is shown to whom")


def test_a_start_page_from_before_counts_no_try_against_the_form_opened_since(someone: Patient) -> None:
    """Its page names no form: whoever sends it may be somebody else."""
    before = {"csrf_token": token_on(someone.open("/")), "language": "en"}
    Factory(someone.session).invitation(Factory(someone.session).person(**BEN), SECOND.removeprefix("/i/"))
    someone.session.commit()
    assert someone.start(BEN["dob"], SECOND).path == "/intake/"
    ben = someone.case
    for born in (*(ANNA["dob"],) * MOST_MISSES, BEN["dob"]):
        refused = Seen(someone.client.post("/", data=before | birth_date(born)))
        assert (refused.status, refused.heading) == (409, "Another form was opened in this browser")
        assert "Start a new form" in refused.words
    assert (
        someone.session.get(BirthDateMisses, ben.id) is None
        or not someone.session.get_one(BirthDateMisses, ben.id).misses
    )
    someone.clock.wait(hours=1)
    assert someone.start(BEN["dob"]).path == "/intake/", "the form is not paused"
    aside = sent_by(Seen(someone.client.post("/", data=before | birth_date(ANNA["dob"]))), "/intake/new")
    assert someone.client.post("/intake/new", data=aside).status_code == 303
    assert someone.start(ANNA["dob"]).path == "/intake/right_now", "a form of her own"
    assert someone.case_id != ben.id


# ---- A button of a page of one form that closes, or opens, something


@pytest.fixture
def both(two: tuple[Patient, Case, Case]) -> tuple[Patient, Case, Case, Seen, Seen]:
    """Also a page of Anna's form from before, and the door of hers."""
    browser, anna, ben = two
    post(browser.client, "/intake/earlier")
    door = browser.open("/")
    assert browser.start(ANNA["dob"]).status == 303
    page = browser.open("/intake/phq9")
    post(browser.client, "/intake/earlier")
    assert browser.start(BEN["dob"]).status == 303
    return browser, anna, ben, page, door


def sent_by(page: Seen, path: str) -> dict[str, str]:
    """What the form of a page that is posted to this address would send."""
    form = next(
        each for each in re.findall("(<form .*?</form>)", page.html, re.DOTALL) if f'"{path}"' in each
    )
    return dict(re.findall('name="([a-z_]+)" value="([^"]*)"', form))


def test_leaving_a_page_of_one_form_quickly_does_not_close_the_other(
    both: tuple[Patient, Case, Case, Seen, Seen],
) -> None:
    browser, _anna, ben, page, _door = both
    left = browser.client.post("/intake/quickly", data=sent_by(page, "/intake/quickly"))
    assert left.headers["Location"] == "/closed", "whoever must not be seen here leaves in any case"
    assert "cookies" not in left.headers["Clear-Site-Data"]
    held = cookie_contents(browser.client)
    assert held["case"] == str(ben.id)
    assert "earlier" not in held, "the form of the page is let go"
    assert browser.open("/intake/").path == "/", "nor is the other shown to who comes next"
    kept = browser.send("/intake/reasons", WRITES[1][1], submission=str(ben.submission_id))
    assert kept.status == 303
    assert browser.draft.answers["goals"] == TYPED
    assert browser.start(BEN["dob"]).status == 303


def test_a_way_back_that_is_taken_twice_leads_to_the_same_form(
    both: tuple[Patient, Case, Case, Seen, Seen],
) -> None:
    browser, anna, _ben, page, _door = both
    refused = browser.send("/intake/leave", sent_by(page, "/intake/quickly"))
    way = sent_by(refused, "/intake/earlier")
    for _ in (1, 2):
        browser.send("/intake/earlier", way)
        assert browser.case_id == anna.id
    browser.start(ANNA["dob"])
    browser.send("/intake/earlier", way)
    assert browser.open("/intake/").status == 200, "hers is not closed again"


def test_no_button_of_a_page_of_one_form_closes_the_other(
    both: tuple[Patient, Case, Case, Seen, Seen],
) -> None:
    browser, anna, ben, page, door = both
    before = cookie_contents(browser.client)
    of_page = {"submission": str(anna.submission_id)}
    for seen in (page, door):
        for form in re.findall("(<form .*?</form>)", seen.html, re.DOTALL):
            assert address_mark(anna) in form or str(anna.submission_id) in form, form[:200]
    for of in (of_page, {"of": address_mark(anna), "submission": ""}):
        fields = {name: value for name, value in of.items() if value}
        for path in ("/intake/leave", "/intake/paused", "/tablet/over"):
            data = {"csrf_token": token(browser.client)} | fields
            given = browser.client.post(path, data=data)
            assert given.status_code == 409, (path, of)
            assert "This page is from another form" in given.text
            assert "Ben" not in given.text
    held = cookie_contents(browser.client)
    assert (held["case"], held["earlier"]) == (before["case"], before["earlier"])
    assert browser.open("/intake/").status == 200
    assert browser.case_id == ben.id
