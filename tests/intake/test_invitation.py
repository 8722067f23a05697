"""Links from the clinic: the link is the secret, the birth date proves whose it is, and neither is enough alone."""

from datetime import timedelta
from typing import Any

import pytest

from app.models import MOST_MISSES, AuditEvent, Invitation
from tests.browsing import cookie_contents
from tests.factories import NOW, Factory
from tests.intake.patient import Patient
from tests.people import HEALTHY

pytestmark = pytest.mark.sqlite_alone("who is let in, and what is shown to whom")

TOKEN = "fvh2dYkqH0c3Zb1mM7tXw9"
LINK = f"/i/{TOKEN}"
BORN, WRONG = "1985-03-27", "1985-03-28"


@pytest.fixture
def invitation(make: Factory) -> Invitation:
    made = make.invitation(token=TOKEN)
    make.session.commit()
    return made


def again(invitation: Invitation, someone: Patient) -> Invitation:
    someone.session.commit()
    return someone.session.get_one(Invitation, invitation.id)


def other_browser(someone: Patient) -> Patient:
    return Patient(someone.client.application.test_client(), someone.session, someone.clock)


def test_a_link_shows_nothing_of_anyone(someone: Patient, invitation: Invitation) -> None:
    known, unknown = someone.open(LINK), someone.open("/i/no-such-link")
    assert known.status == unknown.status == 200
    assert known.words == unknown.words
    assert known.values == unknown.values


def test_a_link_and_its_birth_date_open_a_form_that_knows_the_details(
    someone: Patient, invitation: Invitation
) -> None:
    assert someone.start(BORN, LINK).path == "/intake/"
    assert someone.facts("intake.started") == [{"via": "invitation"}]
    assert again(invitation, someone).case_id == someone.case_id
    assert someone.case.person_id == invitation.person_id
    seen = someone.open("/intake/you")
    assert seen.values["first_name"][0].startswith("Anna")
    assert seen.values["email"][0].endswith("@example.test")
    assert seen.values["dob-year"] == ["1985"]


def test_a_wrong_date_opens_nothing_and_five_pause_the_link(someone: Patient, invitation: Invitation) -> None:
    for missed in range(1, MOST_MISSES):
        seen = someone.start(WRONG, LINK)
        assert seen.status == 422
        left = f"Tries left before we pause this form for a while: {MOST_MISSES - missed}"
        assert seen.problems[0][0].endswith(left if missed > 2 else "Check it and try again")
        assert again(invitation, someone).misses == missed
    for born in (WRONG, BORN, BORN):
        seen = other_browser(someone).start(born, LINK)
        assert seen.status == 403
        assert "You can try again from 2 March 2026, 11:30" in seen.words
    assert again(invitation, someone).paused_at == someone.clock.now
    assert "case" not in cookie_contents(someone.client)
    events = [event.event for event in someone.session.query(AuditEvent).order_by(AuditEvent.seq)]
    assert events == ["invitation.missed"] * 4 + ["invitation.paused"]


def test_a_right_date_forgives_the_wrong_ones(someone: Patient, invitation: Invitation) -> None:
    for _ in range(2):
        for _ in range(MOST_MISSES - 1):
            other_browser(someone).start(WRONG, LINK)
        assert other_browser(someone).start(BORN, LINK).status == 303
    assert again(invitation, someone).misses == 0


@pytest.mark.parametrize(
    "columns",
    [{"expires_at": NOW, "created_at": NOW - timedelta(days=14)}, {"cancelled_at": NOW}],
    ids=["old", "cancelled"],
)
def test_a_link_that_is_no_more_says_so(someone: Patient, make: Factory, columns: dict[str, Any]) -> None:
    make.invitation(token=TOKEN, **columns)
    make.session.commit()
    gone, unknown = someone.start(BORN, LINK), someone.start(BORN, "/i/no-such-link")
    assert gone.status == unknown.status == 404
    assert gone.words == unknown.words
    assert "This link no longer works. Ask for a new one" in gone.words
    assert "case" not in cookie_contents(someone.client)


def test_a_begun_form_is_taken_up_on_another_browser(someone: Patient, invitation: Invitation) -> None:
    someone.start(BORN, LINK)
    someone.save("reasons", HEALTHY)
    other = other_browser(someone)
    assert other.start(BORN, LINK).path == "/intake/"
    assert other.case_id == someone.case_id
    assert other.open("/intake/reasons").values["goals"] == [HEALTHY["goals"]]
    assert other.events[-1] == "intake.resumed"


def test_a_link_alone_cannot_open_a_form_that_was_begun(someone: Patient, invitation: Invitation) -> None:
    someone.start(BORN, LINK)
    someone.save("reasons", HEALTHY)
    other = other_browser(someone)
    seen = other.open(LINK)
    assert seen.in_view == ["verify_dob", "language"]
    assert HEALTHY["goals"] not in seen.words
    assert other.open("/intake/reasons").path == "/"
    assert other.start(WRONG, LINK).status == 422
    assert "case" not in cookie_contents(other.client)
    assert other.open("/intake/").path == "/"


def test_a_link_is_kept_good_when_the_birth_date_is_emptied(someone: Patient, invitation: Invitation) -> None:
    someone.start(BORN, LINK)
    someone.save("you", HEALTHY | {"dob": BORN}, **{"dob-day": "", "dob-month": "", "dob-year": ""})
    assert other_browser(someone).start(BORN, LINK).status == 303


def test_a_link_to_a_sent_form_leads_to_its_confirmation(someone: Patient, invitation: Invitation) -> None:
    someone.start(BORN, LINK)
    someone.have(HEALTHY | {"dob": BORN})
    someone.sign()
    other = other_browser(someone)
    assert other.start(BORN, LINK).path == "/intake/"
    assert other.open("/intake/").path == "/intake/confirmation"


def test_the_token_is_stored_only_as_its_hash(invitation: Invitation) -> None:
    row = {column.name: getattr(invitation, column.name) for column in Invitation.__table__.columns}
    assert TOKEN not in repr(row)
    assert len(invitation.token_hash) == 32
