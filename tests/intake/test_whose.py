"""Two forms in one browser: a page says whose it is, and is never saved into another."""

import re

import pytest
from sqlalchemy.exc import OperationalError

from app.intake import gate
from app.intake.ownership_gate import address_mark
from app.models import MOST_MISSES, Case
from app.web.guards import guard_of
from tests.browsing import addresses, cookie_contents, post, token, unmarked
from tests.intake.answers import page_fields
from tests.intake.conftest import ANNA, BEN, FIRST
from tests.intake.patient import Patient, Seen, birth_date
from tests.people import HEALTHY

pytestmark = pytest.mark.sqlite_alone("who is let in, and what is shown to whom")
TYPED = "Sleep through the night"


def stored(patient: Patient, *cases: Case) -> list[tuple[int, int, bytes]]:
    patient.session.commit()
    for case in cases:
        patient.session.refresh(case)
    return [(case.revision, case.answers_version, case.sealed_answers) for case in cases]


def token_on(page: Seen) -> str:
    """The token that the forms of a page carry."""
    return str(re.findall('name="csrf_token"[^>]*value="([^"]+)"', page.html)[-1])


WRITES = [
    ("/intake/reasons", {"goals": TYPED, "reasons": "pain", "version": "0"}),
    ("/intake/reasons", {"goals": TYPED, "later": "yes", "version": "0"}),
    ("/intake/phq9", {"ask_me": "yes", "version": "0"}),
    ("/intake/sign", {"sign_name": "A. Bell", "agree_screen": "yes"}),
    ("/intake/reasons/draft", {"goals": TYPED, "version": "0"}),
    ("/intake/help/crisis_now", {"answer": "carry_on", "callback": "today"}),
    ("/intake/help/number_check", {"answer": "keep"}),
    ("/intake/saved", {}),
    ("/intake/stay", {}),
    ("/intake/withdraw", {}),
    ("/intake/next", {}),
    ("/intake/copy.pdf", {}),
    ("/intake/copy.json", {}),
    ("/intake/correction", {"correction": TYPED}),
    ("/language", {"switch_language": "es", "page": "/intake/"}),
]


@pytest.mark.parametrize(("path", "fields"), WRITES)
def test_a_page_of_one_form_is_never_saved_into_another(
    two: tuple[Patient, Case, Case], path: str, fields: dict[str, str]
) -> None:
    browser, anna, ben = two
    before, events = stored(browser, anna, ben), browser.events
    seen = browser.send(path, fields, submission=str(anna.submission_id))
    spanish = "switch_language" in fields
    heading = "Esta página es de otro formulario" if spanish else "This page is from another form"
    assert (seen.status, seen.heading) == (409, heading)
    if TYPED in fields.values():
        assert TYPED in seen.words, "it stays in view"
        assert [TYPED] in seen.values.values(), "and can be sent again"
    assert stored(browser, anna, ben) == before
    assert browser.events == events
    assert "Ben" not in seen.words
    assert "Anna" not in seen.words


@pytest.mark.parametrize(("path", "fields"), WRITES[:-1])
def test_a_page_that_names_no_form_is_taken_for_none(
    two: tuple[Patient, Case, Case], path: str, fields: dict[str, str]
) -> None:
    browser, anna, ben = two
    before = stored(browser, anna, ben)
    seen = Seen(browser.client.post(path, data={"csrf_token": token(browser.client)} | fields))
    assert (seen.status, seen.heading) == (409, "Whose form is this page from?")
    assert "Ben" in seen.words, "the form that is open is named"
    assert stored(browser, anna, ben) == before
    assert seen.buttons["submission"] == [str(ben.submission_id)]


def test_a_page_that_is_not_saved_says_whom_to_call_now(two: tuple[Patient, Case, Case]) -> None:
    patient, first, _second = two
    seen = patient.send(
        "/intake/right_now", {"submission": str(first.submission_id), "urgent_now": ["end_life"]}
    )
    assert seen.status == 409
    assert {"tel:911", "tel:988"} <= set(seen.links)


def test_whoever_says_that_it_is_of_the_form_that_is_open_saves_it_there(
    two: tuple[Patient, Case, Case],
) -> None:
    browser, _, ben = two
    fields = {"csrf_token": token(browser.client), "goals": TYPED, "reasons": "pain", "version": "0"}
    seen = Seen(browser.client.post("/intake/reasons", data=fields))
    browser.send("/intake/reasons", seen.values, submission=seen.buttons["submission"][0])
    assert browser.case.id == ben.id
    assert browser.draft.answers["goals"] == TYPED


def test_the_way_back_to_the_form_of_the_page_is_its_birth_date(two: tuple[Patient, Case, Case]) -> None:
    browser, anna, ben = two
    of_anna = {"submission": str(anna.submission_id)}
    given_back = browser.send("/intake/reasons", WRITES[0][1], **of_anna)
    assert "Open the form this page is from" in given_back.words
    assert post(browser.client, "/intake/earlier").headers["Location"] == "/"
    assert browser.open("/intake/").path == "/", "it shows nothing before that"
    assert browser.start(BEN["dob"]).status == 422
    assert browser.start(ANNA["dob"]).status == 303
    assert browser.case.id == anna.id
    assert browser.send("/intake/reasons", given_back.values).status in (303, 422)
    assert browser.draft.answers["goals"] == TYPED
    assert cookie_contents(browser.client)["earlier"] == str(ben.id), "and back again"


@pytest.mark.parametrize(("path", "fields"), WRITES)
def test_a_page_of_another_form_says_so_also_when_its_token_is_over(
    two: tuple[Patient, Case, Case], path: str, fields: dict[str, str]
) -> None:
    browser, anna, ben = two
    before, events = stored(browser, anna, ben), browser.events
    sent = fields | {"submission": str(anna.submission_id), "csrf_token": "x.y.z"}
    seen = Seen(browser.client.post(path, data=sent))
    spanish = "switch_language" in fields
    heading = "Esta página es de otro formulario" if spanish else "This page is from another form"
    assert (seen.status, seen.heading) == (409, heading)
    by_script = browser.client.post(path, data=sent, headers={"X-Foreroom-Fetch": "1"})
    assert (by_script.status_code, by_script.get_json()) == (409, {"closed": "other"})
    assert stored(browser, anna, ben) == before
    assert browser.events == events
    assert "Ben" not in seen.words


def test_a_page_whose_token_is_over_is_answered_without_the_database_too(
    two: tuple[Patient, Case, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, anna, _ = two

    def away(*_args: object, **_more: object) -> None:
        raise OperationalError("SELECT", None, Exception("away"))

    monkeypatch.setattr(gate, "find_held_case", away)
    sent = {"goals": TYPED, "csrf_token": "x.y.z", "submission": str(anna.submission_id)}
    seen = Seen(browser.client.post("/intake/correction", data=sent))
    assert seen.status == 503
    assert [TYPED] in seen.values.values(), "and can be sent again"


OPENED_AGAIN = ["birth date", "link", "after leaving"]


@pytest.mark.parametrize("how", OPENED_AGAIN)
def test_what_was_given_back_goes_through_the_first_time_it_can(
    two: tuple[Patient, Case, Case], how: str
) -> None:
    browser, anna, ben = two
    of_anna = {"submission": str(anna.submission_id)}
    if how == "after leaving":
        post(browser.client, "/intake/leave")
    given_back = Seen(browser.client.post("/intake/reasons", data=of_anna | WRITES[0][1]))
    if how == "birth date":
        Seen(browser.client.post("/intake/earlier", data={"csrf_token": token_on(given_back)}))
        door = browser.open("/")
        opened = browser.client.post(
            "/", data=door.values | birth_date(ANNA["dob"]) | {"csrf_token": token_on(door)}
        )
    else:
        door = browser.open(FIRST)
        typed = birth_date(ANNA["dob"]) | {"language": "en", "csrf_token": token_on(door)}
        opened = browser.client.post(FIRST, data=typed)
    assert opened.status_code == 303
    before = stored(browser, ben)
    sent = given_back.values | {"csrf_token": token_on(given_back)}
    again = Seen(browser.client.post("/intake/reasons", data=sent))
    assert again.status in (303, 422)
    assert "This page was open for a long time" not in again.words
    assert browser.case.id == anna.id
    assert browser.draft.answers["goals"] == TYPED
    assert stored(browser, ben) == before


# ---- A link of a page of one form


PUBLIC = "/read/"
"""The same words for everyone."""


def walked(browser: Patient, *first: str) -> dict[str, set[str]]:
    """The addresses of every page that links lead to from these pages, as they stand there; and the pages' own."""
    found: dict[str, set[str]] = {}
    to_do = list(first)
    while to_do:
        path = to_do.pop()
        if unmarked(path).partition("#")[0] in {unmarked(each) for each in found}:
            continue
        page = browser.open(path)
        if path.startswith(PUBLIC):
            continue
        found[path.partition("#")[0]] = page.addresses
        to_do += [each for each in page.addresses if each.startswith("/") and unmarked(each) != "/"]
    return found


@pytest.fixture
def draft_and_sent(two: tuple[Patient, Case, Case]) -> tuple[Patient, set[str]]:
    """Every address on every page of Anna's form, before and after it was sent, in a browser that holds Ben's."""
    browser, _anna, _ = two
    post(browser.client, "/intake/earlier")
    browser.start(ANNA["dob"])
    told = HEALTHY | ANNA | {"weight": {"unit": "lb", "value": 480}}
    browser.have(told, queued_help=["number_check"], confirmed=[])
    found = walked(browser, "/intake/", "/intake/help/number_check", "/intake/saved", "/intake/withdraw")
    browser.have(HEALTHY | ANNA)
    assert browser.sign("Anna Ashdown").path == "/intake/confirmation"
    found |= walked(browser, "/intake/confirmation")
    assert len(found) > 25, "so many pages has a form"
    post(browser.client, "/intake/earlier")
    browser.start(BEN["dob"])
    return browser, set().union(*found.values())


def test_every_link_of_every_page_of_a_form_says_so_when_another_is_open(
    draft_and_sent: tuple[Patient, set[str]],
) -> None:
    browser, addresses = draft_and_sent
    looks = browser.looks
    inside = {each.partition("#")[0] for each in addresses if each.startswith("/")}
    assert {"/", "/intake/", "/intake/reasons", "/intake/copy"} <= {unmarked(each) for each in inside}
    for address in inside:
        if address.startswith(PUBLIC):
            continue
        seen = browser.open(address)
        assert (seen.status, seen.heading) == (409, "This page is from another form"), address
        assert "Ben" not in seen.words
        assert "Anna" not in seen.words
    assert browser.looks == looks, "nothing of the form that is open was shown"


def test_every_address_that_only_a_patient_opens_asks_whose_page_a_link_is_of(
    two: tuple[Patient, Case, Case],
) -> None:
    browser, anna, _ = two
    app = browser.client.application
    for rule, method, path in list(addresses(app)):
        guard = guard_of(app, rule.endpoint)
        if guard and guard.kind == "patient" and method in ("GET", "HEAD"):
            given = browser.client.open(f"{path}?of={address_mark(anna)}", method=method)
            assert given.status_code == 409, (method, path)


def test_an_address_that_one_is_led_to_says_whose_form_it_is_of_too(two: tuple[Patient, Case, Case]) -> None:
    browser, _anna, ben = two
    fields = {"csrf_token": token(browser.client), "submission": str(ben.submission_id), "version": "0"}
    led = ""
    for more in (page_fields("reasons", {"goals": TYPED, "reasons": ["pain"]}), {"later": "yes"}):
        led = browser.client.post("/intake/reasons", data=fields | more).headers.get("Location", "")
        assert led.partition("#")[0].endswith(f"of={address_mark(ben)}"), led
        fields["version"] = "1"
    post(browser.client, "/intake/earlier")
    browser.start(ANNA["dob"])
    assert browser.open(led).status == 409, "also when the old page is drawn anew"


def test_a_link_says_less_than_a_form_does(two: tuple[Patient, Case, Case]) -> None:
    browser, _, ben = two
    assert len(address_mark(ben)) == 12
    sent = browser.send("/intake/reasons", WRITES[0][1], submission=address_mark(ben))
    assert sent.status == 409, "it saves nothing"
    page = browser.open("/intake/reasons")
    assert not [each for each in page.addresses if str(ben.submission_id) in each or str(ben.id) in each]


def test_whoever_followed_a_link_of_another_form_picks_one_of_the_two(
    two: tuple[Patient, Case, Case],
) -> None:
    browser, anna, ben = two
    asked = browser.open(f"/intake/you?of={address_mark(anna)}")
    assert "Open the form this page is from" in asked.words
    assert "/intake/" in asked.links
    assert browser.open("/intake/").status == 200
    assert browser.case_id == ben.id
    post(browser.client, "/intake/earlier")
    assert browser.start(ANNA["dob"]).status == 303
    assert browser.open(f"/intake/you?of={address_mark(anna)}").status == 200
    unknown = browser.open("/intake/you?of=0123456789ab")
    assert unknown.status == 409
    assert "opens with its own link" in unknown.words


def test_the_door_of_one_form_is_not_taken_for_the_others(two: tuple[Patient, Case, Case]) -> None:
    browser, anna, ben = two
    browser.clock.wait(minutes=31)
    of_anna = {"of": address_mark(anna)}
    assert browser.open(f"/?of={address_mark(anna)}").heading == "This page is from another form"
    assert browser.open(f"/intake/you?of={address_mark(anna)}").heading == "This page is from another form"
    assert browser.send("/intake/withdraw", submission=str(anna.submission_id)).status == 409
    for _ in range(MOST_MISSES):
        assert browser.send("/", birth_date(ANNA["dob"]) | of_anna).status == 409
    door = browser.open("/")
    asked = next(
        each for each in re.findall("(<form .*?</form>)", door.html, re.DOTALL) if "verify_dob" in each
    )
    assert address_mark(ben) in asked
    assert browser.start(BEN["dob"], of=address_mark(ben)).status == 303, "no wrong date was counted"
