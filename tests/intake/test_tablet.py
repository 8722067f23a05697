"""A tablet that staff hand over: whose form it opens, what it may do, and what it keeps when it comes back: nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask import session as cookie
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import AuditEvent, Invitation, User
from app.web.staff_session import open_staff_session
from tests.browsing import as_staff, cookie_contents, post
from tests.factories import NOW, Factory
from tests.intake.patient import BORN, Clock, Patient, Seen, birth_date
from tests.people import HEALTHY

pytestmark = pytest.mark.sqlite_alone("who is let in, and what is shown to whom")

LIST = "/clinic/invitations"
EVERYTHING = '"cache", "cookies", "storage"'


@pytest.fixture
def user(make: Factory, clock: Clock) -> User:
    made = make.user("admin")
    make.session.commit()
    return made


@pytest.fixture
def desk(app: Flask, user: User) -> FlaskClient:
    """The tablet, while staff hold it."""
    return as_staff(app.test_client(), user)


@pytest.fixture
def invitation(make: Factory) -> Invitation:
    made = make.mailed_invitation("a-token", person=make.person(dob=BORN))
    make.session.commit()
    return made


@pytest.fixture
def tablet(desk: FlaskClient, session: Session, clock: Clock) -> Patient:
    """The tablet in a patient's hands, for a new form."""
    assert post(desk, "/clinic/tablet").headers["Location"] == "/tablet/"
    return Patient(desk, session, clock)


def hand_over(desk: FlaskClient, invitation: Invitation) -> str:
    return str(post(desk, f"{LIST}/{invitation.id}/tablet").headers["Location"])


def events(session: Session, *names: str) -> list[AuditEvent]:
    session.commit()
    found = select(AuditEvent).where(AuditEvent.event.in_(names)).order_by(AuditEvent.seq)
    return list(session.scalars(found))


def test_staff_who_hand_it_over_are_signed_out_and_it_is_written_down(
    desk: FlaskClient, user: User, invitation: Invitation, session: Session
) -> None:
    words = Seen(desk.get(LIST)).words
    assert "Hand over a tablet" in words
    assert "Start a form on this tablet" in words
    assert hand_over(desk, invitation) == "/tablet/"
    assert desk.get(LIST).status_code == 303, "signed out"
    handed, left = events(session, "tablet.handed_over", "staff.signed_out")
    assert (handed.actor_id, handed.facts) == (user.id, {"invitation": str(invitation.id)})
    assert left.actor_id == user.id


def test_the_birth_date_opens_the_form_without_a_code(
    desk: FlaskClient, invitation: Invitation, session: Session, clock: Clock
) -> None:
    hand_over(desk, invitation)
    patient = Patient(desk, session, clock)
    assert "date of birth" in patient.open("/tablet/").words
    assert patient.open("/intake/").path == "/", "nothing is open yet"
    assert patient.open("/").path == "/tablet/"
    assert patient.start("1970-01-01", "/tablet/").problems[0][0].startswith("That date does not match")
    assert patient.start(BORN, "/tablet/").path == "/intake/"
    assert patient.facts("intake.started") == [{"via": "tablet"}]
    assert patient.open("/intake/reasons").status == 200
    contents = cookie_contents(desk)
    assert contents["_permanent"] is False, "the cookie goes with the window"
    assert "tablet_for" not in contents


def test_five_wrong_dates_pause_it(
    desk: FlaskClient, invitation: Invitation, session: Session, clock: Clock
) -> None:
    hand_over(desk, invitation)
    patient = Patient(desk, session, clock)
    for _ in range(4):
        assert patient.start("1970-01-01", "/tablet/").status == 422
    assert patient.start("1970-01-01", "/tablet/").status == 403
    assert patient.start(BORN, "/tablet/").status == 403
    session.expire_all()
    assert session.get_one(Invitation, invitation.id).paused_at


@pytest.mark.parametrize("ended", [{"cancelled_at": NOW}, {"paused_at": NOW}, {"expires_at": NOW}])
def test_an_invitation_that_ended_is_not_handed_over(
    desk: FlaskClient, make: Factory, session: Session, ended: dict[str, Any]
) -> None:
    invitation = make.invitation(created_at=NOW - timedelta(days=30), **ended)
    make.session.commit()
    assert "Hand over a tablet" not in Seen(desk.get(LIST)).words
    assert hand_over(desk, invitation) == LIST
    seen = Seen(desk.get(LIST))
    assert (seen.status, "the invitation has changed" in seen.words) == (200, True), "still signed in"
    assert events(session, "tablet.handed_over") == []


def test_one_that_ends_while_it_is_handed_over_opens_nothing(
    desk: FlaskClient, invitation: Invitation, session: Session, clock: Clock
) -> None:
    hand_over(desk, invitation)
    invitation.cancelled_at = NOW
    session.commit()
    assert Patient(desk, session, clock).start(BORN, "/tablet/").status == 404


def test_a_form_is_started_on_it_only_where_the_clinic_lets_anyone_start_one(
    desk: FlaskClient, app: Flask, session: Session
) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], self_start=False)
    assert "Start a form on this tablet" not in Seen(desk.get(LIST)).words
    assert post(desk, "/clinic/tablet").headers["Location"] == LIST
    assert "by invitation alone" in Seen(desk.get(LIST)).words
    assert events(session, "tablet.handed_over") == []


def test_a_form_is_started_on_it(tablet: Patient) -> None:
    assert tablet.start(BORN, "/tablet/").path == "/intake/right_now"
    assert tablet.facts("intake.started") == [{"via": "tablet"}]
    assert tablet.open("/tablet/").path == "/intake/"
    assert "Finish and hand back" in tablet.open("/intake/").words
    assert "Close this form in this browser" not in tablet.open("/intake/").words


def test_no_box_on_it_is_filled_in_by_the_browser(tablet: Patient) -> None:
    tablet.start(BORN, "/tablet/")
    tablet.have(HEALTHY)
    for page_id in ("you", "measures", "reasons", "sign"):
        page = tablet.client.get(f"/intake/{page_id}").text
        boxes = len(re.findall('type="(?:text|tel|email)"|<textarea', page))
        assert boxes >= 1
        assert page.count('autocomplete="off"') == boxes, page_id
        assert page.count("autocomplete=") == boxes, page_id


def test_handing_it_back_keeps_the_answers_and_nothing_on_it(tablet: Patient, session: Session) -> None:
    tablet.start(BORN, "/tablet/")
    tablet.save("reasons", HEALTHY)
    case = tablet.case
    response = post(tablet.client, "/tablet/over")
    assert response.headers["Location"] == "/tablet/over"
    assert response.headers["Clear-Site-Data"] == EVERYTHING
    assert cookie_contents(tablet.client) == {}
    seen = tablet.client.get("/tablet/over")
    assert "Please hand the tablet back to staff" in seen.text
    assert not seen.headers.getlist("Set-Cookie")
    assert tablet.open("/intake/reasons").path == "/"
    (back,) = events(session, "tablet.handed_back")
    assert (back.case_id, back.actor_id, back.facts) == (case.id, case.id, {"because": "pressed"})


def test_it_ends_after_5_minutes_untouched(tablet: Patient, session: Session) -> None:
    tablet.start(BORN, "/tablet/")
    for _ in range(3):
        tablet.clock.wait(minutes=4)
        assert tablet.open("/intake/reasons").status == 200
    tablet.clock.wait(minutes=5)
    assert tablet.open("/intake/reasons").path == "/tablet/over"
    assert tablet.client.get("/tablet/over").headers["Clear-Site-Data"] == EVERYTHING
    assert cookie_contents(tablet.client) == {}
    assert [event.facts for event in events(session, "tablet.handed_back")] == [{"because": "idle"}]
    page = tablet.client.get("/tablet/over")
    assert page.status_code == 200
    assert "Clear-Site-Data" not in page.headers, "nobody is sent out by a link to it"


@pytest.mark.parametrize("path", ["/", "/tablet/", "/intake/", "/intake/confirmation", "/intake/copy"])
def test_wherever_it_goes_after_that_it_ends(tablet: Patient, path: str) -> None:
    tablet.start(BORN, "/tablet/")
    tablet.have(HEALTHY)
    tablet.sign()
    tablet.clock.wait(minutes=6)
    assert tablet.open(path).path == "/tablet/over"


def test_what_was_typed_before_the_pause_is_still_saved(tablet: Patient) -> None:
    tablet.start(BORN, "/tablet/")
    tablet.clock.wait(minutes=6)
    assert tablet.save("reasons", HEALTHY).status == 303
    assert tablet.draft.answers["goals"] == HEALTHY["goals"]
    assert tablet.open("/intake/measures").path == "/tablet/over"


def test_it_ends_before_a_birth_date_is_given_too(tablet: Patient) -> None:
    tablet.clock.wait(minutes=6)
    assert tablet.open("/tablet/").path == "/tablet/over"
    assert tablet.start(BORN, "/tablet/").path == "/tablet/over"


def test_a_form_sent_on_it_leaves_nothing_behind(tablet: Patient) -> None:
    tablet.start(BORN, "/tablet/")
    tablet.have(HEALTHY)
    assert tablet.sign().path == "/intake/confirmation"
    page = tablet.client.get("/intake/confirmation").text
    assert "Ask staff for a copy" in page
    assert 'data-end="60"' in page
    assert re.search(
        r'<noscript>\s*<meta http-equiv="refresh" content="60;url=/tablet/over\?of=[0-9a-f]{12}">\s*</noscript>',
        page,
    )
    for never in ("/intake/copy", "/intake/correction", "/intake/openings", "come back"):
        assert never not in page
    for path in ("/intake/copy", "/intake/correction"):
        assert tablet.open(path).path == "/intake/confirmation"
    for path in ("/intake/copy.pdf", "/intake/copy.json"):
        assert tablet.send(path).path == "/intake/confirmation"
    assert "copy.downloaded" not in tablet.events


def test_getting_ready_goes_on_in_the_same_hands(tablet: Patient) -> None:
    tablet.start(BORN, "/tablet/")
    tablet.have(HEALTHY)
    tablet.sign()
    assert tablet.send("/intake/next").path == "/intake/"
    assert "tablet" in cookie_contents(tablet.client)
    tablet.clock.wait(minutes=6)
    assert tablet.open("/intake/").path == "/tablet/over"


def test_coming_back_later_is_not_promised_on_it(tablet: Patient) -> None:
    tablet.start(BORN, "/tablet/")
    seen = tablet.open("/intake/saved")
    assert "this browser" not in seen.words
    assert "Email me" not in seen.words
    assert tablet.send("/intake/saved").status == 404


def test_a_form_withdrawn_on_it_leaves_it_a_tablet(tablet: Patient) -> None:
    tablet.start(BORN, "/tablet/")
    assert "Your form is withdrawn" in tablet.send("/intake/withdraw").words
    assert tablet.open("/").path == "/tablet/"
    assert "case" not in cookie_contents(tablet.client)


def test_staff_who_sign_in_have_it_back(tablet: Patient, app: Flask) -> None:
    tablet.start(BORN, "/tablet/")
    with app.test_request_context("/"):
        cookie.update(cookie_contents(tablet.client))
        open_staff_session()
        assert not {"case", "tablet", "tablet_for"} & cookie.keys()


def test_nothing_is_kept_by_a_browser_of_any_page(tablet: Patient) -> None:
    for path in ("/tablet/", "/tablet/over"):
        assert tablet.client.get(path).headers["Cache-Control"] == "no-store"


def test_no_other_browser_reads_that_nothing_is_left_on_it(desk: FlaskClient) -> None:
    """An address alone ends nothing: the cookie of somebody's phone, or of staff, still opens what it did."""
    seen = Seen(desk.get("/tablet/over"))
    assert (seen.status, seen.location) == (303, "/")
    assert desk.get(LIST).status_code == 200


def test_too_young_a_person_starts_nothing_on_it(tablet: Patient, session: Session) -> None:
    seen = tablet.send("/tablet/", birth_date("2020-01-01") | {"language": "en"})
    assert seen.status == 200
    assert events(session, "intake.started") == []


def test_a_page_drawn_for_one_person_counts_no_try_against_the_next(
    desk: FlaskClient, user: User, invitation: Invitation, make: Factory, session: Session, clock: Clock
) -> None:
    other = make.mailed_invitation("another-token", person=make.person(dob="1970-01-01"))
    session.commit()
    hand_over(desk, other)
    drawn = Patient(desk, session, clock).open("/tablet/").values["handed"]
    post(desk, "/tablet/over")
    as_staff(desk, user)
    hand_over(desk, invitation)
    tablet = Patient(desk, session, clock)
    for handed in (drawn, [""], ["0" * 12]):
        seen = tablet.send("/tablet/", birth_date("1970-01-01") | {"language": "en", "handed": handed})
        assert (seen.status, seen.path) == (303, "/tablet/")
    session.refresh(invitation)
    assert invitation.misses == 0
    assert tablet.start(BORN, "/tablet/").path == "/intake/"
