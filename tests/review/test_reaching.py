"""Ringing a patient from their case: the number at hand, what came of each call, and a history that says of what."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.core import audit
from app.core.access import Actor
from app.core.events import EVENTS, IN_HISTORY
from app.intake.after.withdrawal import withdraw
from app.models import Case, ContactAttempt, Person, User, seal, unseal
from app.questionnaire.interruption_triggers import BY_ID
from app.questionnaire.interruptions import INTERRUPTIONS
from app.review.case.calls import OUTCOMES, dialled
from app.review.case.history import ABOUT
from tests.acts import act
from tests.browsing import post
from tests.factories import CANARY, NOW, Factory
from tests.judged import sent, unfinished
from tests.review.acts import decide, flags, settle
from tests.review.seen import audited, words

URGENT = {"urgent_now": ["end_life"], "phone": "(555) 010-0142 ext. 7", "ec_name": "Lee Ashdown"}
CONTACT = {"ec_phone": "+44 20 7946 0018"}


@pytest.fixture
def urgent(make: Factory, session: Session) -> Case:
    """Somebody in danger who has not finished the form."""
    made = unfinished(make, URGENT | CONTACT, alerts=("suicide-risk-now",))
    session.commit()
    return made


def rang(desk: FlaskClient, case: Case, outcome: str = "no_answer", **fields: Any) -> TestResponse:
    given = {"attempt": uuid4(), "outcome": outcome, "whom": "patient", "note": ""}
    return post(desk, f"/review/{case.id}/calls", **given | fields)


def page(desk: FlaskClient, case: Case) -> TestResponse:
    response = desk.get(f"/review/{case.id}")
    assert response.status_code == 200
    return response


def history(response: TestResponse) -> str:
    return words(response).partition("History When")[2].partition("Judged by")[0]


@pytest.mark.parametrize(
    ("told", "link"),
    [
        ("(555) 010-0142", "5550100142"),
        ("(555) 010-0142 ext. 7", "5550100142;ext=7"),
        ("555.010.0142 x12", "5550100142;ext=12"),
        ("+44 20 7946 0018", "+442079460018"),
        ("＋４４ 20 7946 0018", "+442079460018"),
        ("٠٢٠ ٧٩٤٦ ٠٠١٨", "02079460018"),
        ("", ""),
        ("ask my wife", ""),
    ],
)
def test_a_number_is_dialled_as_it_was_meant(told: str, link: str) -> None:
    assert dialled(told) == link


def test_the_top_of_a_case_says_whom_to_ring(desk: FlaskClient, urgent: Case) -> None:
    shown = page(desk, urgent).text
    bar = shown.partition('<section class="fr-reach')[2].partition("</section>")[0]
    for told in ("Robin", "3 May 1990 (35)", 'href="tel:5550100142;ext=7"', "Lee Ashdown"):
        assert told in bar
    assert 'href="tel:+442079460018"' in bar
    assert shown.index("fr-reach") < shown.index("What stands out")


def known(make: Factory, session: Session, answers: dict[str, Any], **identity: str | None) -> Case:
    """An unfinished form of somebody of whom we know no more than this."""
    case = unfinished(make, {"urgent_now": ["end_life"]} | answers, alerts=("suicide-risk-now",))
    person = session.get_one(Person, case.person_id)
    seal(session, person, "sealed_identity", dict(identity))
    session.commit()
    return case


def test_a_number_that_only_the_invitation_knew_is_shown(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = known(make, session, {}, phone="555 010 0177")
    assert 'href="tel:5550100177"' in page(desk, case).text


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "There is nobody else to ring either."),
        ({"ec_name": "rather_not"}, "There is nobody else to ring either."),
        (
            {"ec_name": "Lee Ashdown"},
            "There is nobody else to ring either: Lee Ashdown is named for an emergency, with no number.",
        ),
        (
            {"ec_name": "Lee Ashdown", "ec_phone": "555 010 0188"},
            "Ring Lee Ashdown, their emergency contact: 555 010 0188 .",
        ),
    ],
)
def test_where_there_is_no_number_it_is_said_with_who_else_can_be_rung(
    desk: FlaskClient, make: Factory, session: Session, answers: dict[str, Any], said: str
) -> None:
    shown = words(page(desk, known(make, session, answers, email="robin@example.test")))
    assert "No number on file." in shown
    assert f"There is no number of the patient on file. {said} Their email: robin@example.test." in shown


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_call_is_told_to_the_next_person(
    app: Flask, desk: FlaskClient, other_desk: FlaskClient, session: Session, urgent: Case, outcome: str
) -> None:
    said = OUTCOMES[outcome]
    response = rang(desk, urgent, outcome, note=f"Will try at noon, {CANARY}")
    assert (response.status_code, response.location) == (303, f"/review/{urgent.id}#calls")
    lower = said[0].lower() + said[1:]
    queue = words(other_desk.get("/review/"))
    assert queue.count(f"Rang 10:30, {lower}") == 2, "in the strip above, and on its line"
    assert CANARY not in queue
    shown = words(page(other_desk, urgent))
    assert f"Rang 10:30, {lower}" in shown
    assert f"{said} , Clara Park, 2 March 2026, 10:30 Will try at noon, {CANARY}" in shown
    assert f"Rang: {lower}. “Will try at noon, {CANARY}”" in history(page(other_desk, urgent))
    (stored,) = session.scalars(select(ContactAttempt))
    assert CANARY.encode() not in stored.sealed_call
    assert unseal(session, stored, "sealed_call")["outcome"] == outcome
    (event,) = audited(session, "contact.tried")
    assert event.facts == {"attempt": str(stored.id)}
    assert [flag.state for flag in flags(session, urgent)] == ["open"], "it settles nothing"


def test_a_call_to_the_emergency_contact_is_not_said_to_have_reached_the_patient(
    desk: FlaskClient, urgent: Case
) -> None:
    rang(desk, urgent, "reached", whom="contact")
    assert "Rang 10:30, emergency contact: reached" in words(desk.get("/review/"))


def test_two_who_ring_at_once_both_leave_their_call(
    desk: FlaskClient, other_desk: FlaskClient, session: Session, urgent: Case
) -> None:
    before = urgent.revision
    assert rang(desk, urgent).status_code == 303
    assert rang(other_desk, urgent, "reached").status_code == 303
    shown = words(page(desk, urgent))
    assert "Reached , Lee Moss" in shown
    assert "No answer , Clara Park" in shown
    session.refresh(urgent)
    assert urgent.revision == before, "whoever decides meanwhile loses nothing"


def test_the_same_call_sent_twice_is_one(desk: FlaskClient, session: Session, urgent: Case) -> None:
    attempt = uuid4()
    for _ in range(2):
        assert rang(desk, urgent, attempt=attempt).status_code == 303
    assert len(session.scalars(select(ContactAttempt)).all()) == 1


@pytest.mark.parametrize(
    "fields", [{"outcome": ""}, {"outcome": "fine"}, {"note": "x" * 2001}, {"note": "?!"}]
)
def test_what_cannot_be_saved_is_said_and_nothing_typed_is_lost(
    desk: FlaskClient, session: Session, urgent: Case, fields: dict[str, str]
) -> None:
    response = rang(desk, urgent, **{"note": f"Spoke to {CANARY}"} | fields)
    assert response.status_code == 422
    assert "Error:" in response.text
    assert (fields.get("note") or f"Spoke to {CANARY}") in response.text
    assert 'aria-describedby="outcome-call-error"' in response.text or "note-call-error" in response.text
    assert session.scalars(select(ContactAttempt)).all() == []


def test_calls_are_written_down_of_any_case_that_is_kept(
    desk: FlaskClient, make: Factory, session: Session, case: Case, clara: User
) -> None:
    plain = unfinished(make)
    withdrawn = unfinished(make, URGENT, alerts=("suicide-risk-now",))
    withdraw(act(session, Actor("patient", withdrawn.id, frozenset()), NOW), withdrawn)
    session.commit()
    assert rang(desk, case).status_code == 303
    assert rang(desk, withdrawn).status_code == 303
    assert "Write down a call" in words(page(desk, withdrawn))
    assert rang(desk, plain).status_code == 404, "its patient may withdraw it, with nothing left"
    assert "Save this call" not in page(desk, plain).text


def test_a_call_that_cannot_be_read_is_said_to_be_so(
    desk: FlaskClient, make: Factory, session: Session, urgent: Case
) -> None:
    attempt = make.contact_attempt(urgent)
    attempt.sealed_call = attempt.sealed_call[:-1] + bytes([attempt.sealed_call[-1] ^ 1])
    session.commit()
    assert "how it went cannot be read" in words(desk.get("/review/"))
    assert "How a call on 02 March 2026 went" in words(page(desk, urgent))


# ---- What the history is about


def test_the_history_says_which_flag_alert_and_help_page(
    desk: FlaskClient, session: Session, case: Case, clara: User
) -> None:
    patient = Actor("patient", case.id, frozenset())
    audit.record(act(session, patient, NOW), "alert.raised", case_id=case.id, rules=["suicide-risk-now"])
    for shown in INTERRUPTIONS:
        audit.record(act(session, patient, NOW), "interruption.shown", case_id=case.id, id=shown.id)
    session.commit()
    (flag,) = flags(session, case)
    settle(desk, flag)
    session.expire_all()
    decide(desk, case)
    told = history(page(desk, case))
    assert "An alert was raised: Thoughts of suicide" in told or re.search(
        r"An alert was raised: \w", told
    ), told
    assert "An alert was raised: suicide-risk-now" not in told
    for shown in INTERRUPTIONS:
        assert f"Saw the help page “{shown.heading}” ({shown.id.replace('_', ' ')})" in told
    assert re.search(r"Settled “[^”]*[Cc]hemo[^”]*”: \w", told), told
    assert "Decided: Not suitable now" in told


def test_two_flags_that_were_settled_are_two_lines(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make, {"chemo_now": "yes", "chemo_last": "this_month", "urgent_now": ["end_life"]})
    session.commit()
    found = flags(session, case)
    assert len(found) > 1
    for flag in found:
        settle(desk, flag)
        session.expire_all()
    told = re.findall(r"Settled “([^”]+)”", history(page(desk, case)))
    assert len(set(told)) == len(found)


@pytest.mark.parametrize(
    ("event", "facts", "said"),
    [
        ("mail.ended", {"state": "sent"}, "The alert was mailed to whoever is on call"),
        ("mail.ended", {"state": "failed"}, "The alert could not be mailed to whoever is on call"),
        ("flag.settled", {"flag": uuid4(), "reason": "gone"}, "Settled a flag"),
        ("alert.raised", {"rules": ["a-rule-of-old"]}, "An alert was raised: a-rule-of-old"),
        (
            "interruption.mistaken",
            {"id": "emergency"},
            f"Said “I picked this by mistake” on the help page “{BY_ID['emergency'].heading}” (emergency)",
        ),
        ("interruption.shown", {"id": "a_page_of_old"}, "Saw the help page a page of old"),
    ],
)
def test_an_event_whose_thing_is_gone_still_has_its_line(
    desk: FlaskClient, session: Session, case: Case, event: str, facts: dict[str, Any], said: str
) -> None:
    more = {"kind": "alert", "invitation": None, "tries": 1} if event == "mail.ended" else {}
    nobody = Actor("system", None, frozenset())
    audit.record(act(session, nobody, NOW), event, case_id=case.id, **facts | more)
    session.commit()
    assert said in history(page(desk, case))


def test_a_session_and_a_correction_are_named_by_their_days(
    desk: FlaskClient, make: Factory, session: Session, case: Case, clara: User
) -> None:
    staff = Actor("staff", clara.id, frozenset())
    treatment = make.treatment(case)
    correction = make.correction(case)
    audit.record(act(session, staff, NOW), "treatment.recorded", case_id=case.id, treatment=treatment.id)
    audit.record(act(session, staff, NOW), "correction.answered", case_id=case.id, correction=correction.id)
    session.commit()
    told = history(page(desk, case))
    assert "Recorded a treatment session, of 2 March 2026" in told
    assert "Dealt with a correction asked for on 2 March 2026, 10:30" in told


def test_every_event_that_is_about_something_says_what() -> None:
    """A new kind of event in the history must say which thing it is about, or be named here with why not."""
    by_itself = {
        "correction.asked",  # its words stand above, with the time of this line
        "intake.expired", "intake.started", "intake.submitted", "intake.withdrawn",  # the case itself
        "invitation.cancelled", "invitation.created", "invitation.sent_again", "invitation.unpaused",  # its link
    }  # fmt: skip
    with_facts = {name for name in IN_HISTORY if EVENTS[name].facts}
    assert with_facts - by_itself == set(ABOUT)


@pytest.mark.parametrize("on_file", ["", "555 010 0142"])
@pytest.mark.parametrize(
    "held",
    [
        {"refused": {"phone": f"123{CANARY}"}},
        {"unread": {"phone": {"phone": [f"123{CANARY}"]}}, "refused": {"phone": "older"}},
    ],
    ids=["on a help page", "in the form"],
)
def test_what_was_typed_as_a_number_and_is_none_is_shown_to_staff(
    desk: FlaskClient, make: Factory, session: Session, held: dict[str, Any], on_file: str
) -> None:
    case = known(make, session, {"phone": on_file} if on_file else {})
    seal(session, case, "sealed_answers", dict(unseal(session, case, "sealed_answers")) | held)
    session.commit()
    typed = f"Typed as a number, not a number we can read: 123{CANARY}"
    shown = words(page(desk, case))
    assert typed in shown
    assert (f"No number on file. {typed}" in shown) == (not on_file)
    withdraw(act(session, now=NOW), session.get_one(Case, case.id))
    session.commit()
    assert typed in words(page(desk, case)), "it is needed to reach them"
