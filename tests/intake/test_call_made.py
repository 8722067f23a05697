"""A call that was promised, as staff make it, settle it or do not reach anybody."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.models import ContactAttempt, Decision, Flag, User, seal
from app.screening.workflow import Outcome
from tests.factories import Factory
from tests.intake.patient import Patient
from tests.intake.test_call_promised import CRISIS, MONDAY_9, in_danger


@pytest.fixture
def clara(make: Factory) -> User:
    """A clinician."""
    return make.user(name="Clara Park")


def promised(patient: Patient) -> None:
    """Somebody in danger to whom a call is promised for Monday."""
    in_danger(patient)
    patient.send(CRISIS, answer="carry_on", callback="when_open", first_name="Robin", phone="555 010 0199")
    assert MONDAY_9 in patient.open("/intake/saved").words
    patient.clock.wait(seconds=20)


def ring_up(patient: Patient, by: User, outcome: str = "reached", whom: str = "patient") -> None:
    """A member of staff rings, and writes down how it went."""
    call = ContactAttempt(case_id=patient.case.id, made_by=by.id, made_at=patient.clock.now)
    seal(patient.session, call, "sealed_call", {"whom": whom, "outcome": outcome, "note": ""})
    patient.session.add(call)
    patient.session.commit()
    patient.clock.wait(seconds=20)


def settle_wish(patient: Patient, by: User) -> None:
    flag = patient.session.scalars(
        select(Flag).where(Flag.screening_id == patient.screenings[-1].id, Flag.rule == "call-wanted-today")
    ).one()
    flag.state, flag.settled_at, flag.settled_by, flag.settled_reason = (
        "settled",
        patient.clock.now,
        by.id,
        "called",
    )
    patient.session.commit()


def decide_case(patient: Patient, by: User) -> None:
    made = Decision(
        case_id=patient.case.id, made_by=by.id, made_at=patient.clock.now, outcome=Outcome.SUITABLE
    )
    patient.session.add(made)
    patient.session.commit()


@pytest.mark.parametrize("page", [CRISIS, "/intake/", "/intake/saved"])
def test_after_the_patient_was_reached_the_call_is_said_to_be_made_and_no_longer_promised(
    closed: Patient, clara: User, page: str
) -> None:
    promised(closed)
    ring_up(closed, clara)
    seen = closed.open(page)
    assert "We will call you" not in seen.words
    assert "We called you on 7 March 2026." in seen.words
    assert "tel:988" in seen.links


@pytest.mark.parametrize("end", [settle_wish, decide_case])
def test_a_call_that_staff_settled_otherwise_is_not_promised(
    closed: Patient, clara: User, end: Callable[[Patient, User], None]
) -> None:
    promised(closed)
    end(closed, clara)
    for page in (CRISIS, "/intake/", "/intake/saved"):
        seen = closed.open(page)
        assert "We will call you" not in seen.words
        assert "We called you" not in seen.words


@pytest.mark.parametrize(
    ("outcome", "whom"),
    [
        ("no_answer", "patient"),
        ("left_message", "patient"),
        ("wrong_number", "patient"),
        ("reached", "contact"),
    ],
)
def test_a_call_that_did_not_reach_the_patient_leaves_the_promise(
    closed: Patient, clara: User, outcome: str, whom: str
) -> None:
    promised(closed)
    ring_up(closed, clara, outcome, whom)
    assert MONDAY_9 in closed.open("/intake/saved").words


def test_a_call_asked_for_once_more_after_a_call_is_promised_and_alerts_anew(
    closed: Patient, clara: User
) -> None:
    promised(closed)
    ring_up(closed, clara)
    assert closed.open(CRISIS).values.get("callback") is None, "going on asks for nothing"
    closed.send(CRISIS, answer="carry_on")
    assert "We called you" in closed.open("/intake/saved").words
    alerts = closed.events.count("alert.raised")
    closed.send(CRISIS, answer="carry_on", callback="when_open")
    assert MONDAY_9 in closed.open("/intake/saved").words
    assert closed.events.count("alert.raised") == alerts + 1
