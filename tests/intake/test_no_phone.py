"""Somebody who has no phone: they can say so, nobody promises them a call, and staff see it."""

import pytest
from flask import Flask

from app.models import User
from app.records.identity import identity_of
from tests.browsing import as_staff
from tests.factories import Factory
from tests.intake.patient import Patient, Seen
from tests.intake.test_call_promised import CRISIS, in_danger
from tests.people import HEALTHY, but

pytestmark = pytest.mark.sqlite_alone("what is said, in which words and language")


@pytest.fixture
def clara(make: Factory) -> User:
    """A clinician."""
    return make.user(name="Clara Park")


@pytest.mark.parametrize("email", ["robin@example.com", ""], ids=["an email", "no email"])
@pytest.mark.parametrize("contact", [True, False], ids=["an emergency contact", "none"])
def test_somebody_without_a_phone_says_so_and_is_promised_no_call(
    closed: Patient, app: Flask, clara: User, email: str, contact: bool
) -> None:
    named = {"ec_name": "Kit Ashdown", "ec_phone": "555 010 0198"} if contact else {"ec_name": "rather_not"}
    known = {"email": email or "rather_not"} | named
    closed.have(but(HEALTHY | known, {"phone": None, "agree_screen": None, "sign_name": None}))
    in_danger(closed)
    asked = closed.open(CRISIS)
    assert "I have no phone" in asked.words
    assert "So that we can call, tell us a phone number." in asked.words, "the name is known"
    fields = {"answer": "carry_on", "callback": "when_open", "phone": "", "phone-exit": "rather_not"}
    seen = closed.send(CRISIS, fields)
    assert (seen.status, seen.path) == (303, CRISIS), "what was asked for is said back"
    assert closed.draft.answers["phone"] == "rather_not"
    assert identity_of(closed.session, closed.case.person)["phone"] is None
    again = closed.open(CRISIS)
    assert again.values["phone-exit"] == ["rather_not"], "nobody is asked twice"
    assert "So that we can call" not in again.words
    assert "Give a phone number" in again.words, "folded"
    assert "call-wanted-today" in closed.flags()
    assert closed.send(CRISIS, fields).status == 303
    assert closed.save("right_now", {"urgent_now": ["end_life"]}).status == 303
    pages = [again, *(closed.open(page) for page in ("/intake/saved", "/intake/", "/intake/sign"))]
    assert closed.sign().path == "/intake/confirmation"
    done = closed.open("/intake/confirmation")
    for seen in (*pages, done):
        assert "You told us you have no phone, so we cannot call you." in seen.words
        assert "We will call you" not in seen.words
        assert ("Our team can write to you at robin@example.com." in seen.words) is bool(email)
        assert ("we may call Kit Ashdown, whom you named for an emergency." in seen.words) is contact
        assert "To talk to us, call 555 010 0100 from any phone you can use." in seen.words
    assert "may call you to ask more" not in done.words
    assert ("may email you to ask more" if email else "may ask you more at the clinic") in done.words
    case = Seen(as_staff(app.test_client(), clara).get(f"/review/{closed.case.id}"))
    assert "No phone: the patient told us so." in case.words
    assert "The patient told us that they have no phone. About a call: Yes, when you open." in case.words


def test_no_phone_is_an_answer_where_the_form_asks_for_the_number(patient: Patient) -> None:
    seen = patient.save("you", HEALTHY | {"phone": None}, **{"phone": ""})
    assert seen.problems == [("Enter your phone number, or pick “I have no phone”", "phone")]
    assert patient.save("you", HEALTHY | {"phone": "rather_not"}).status == 303
    assert patient.open("/intake/you").values["phone-exit"] == ["rather_not"]
