"""Deciding: what it needs, what it writes, and that nobody overwrites anybody."""

import re
from functools import partial
from threading import Barrier
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.core.access import Actor, permissions
from app.models import Case, Decision, Queue, User, unseal
from app.models.sealing import KeyRing
from app.review.case import service
from app.screening.workflow import Outcome, Status
from tests.acts import act
from tests.browsing import post
from tests.factories import NOW, Factory
from tests.judged import sent, unfinished
from tests.review.acts import NOTE, decide, decisions, flags, settle
from tests.review.seen import audited, cases_in, title, words
from tests.waiting import run_together


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_decision_is_recorded_with_its_note(
    desk: FlaskClient, session: Session, healthy: Case, clara: User, outcome: Outcome
) -> None:
    response = decide(desk, healthy, outcome.value)
    assert (response.status_code, response.location) == (303, f"/review/{healthy.id}#decision")
    (made,) = decisions(session, healthy)
    assert (made.outcome, made.made_by, made.made_at, made.invalidated_at) == (outcome, clara.id, NOW, None)
    assert unseal(session, made, "sealed_note") == NOTE
    assert (healthy.status, healthy.queue, healthy.decision_outcome) == (
        Status.DECIDED,
        Queue.DECIDED,
        outcome,
    )
    assert healthy.owner_id == clara.id
    (event,) = audited(session, "decision.recorded")
    assert (event.case_id, event.actor_id, event.facts) == (healthy.id, clara.id, {"outcome": outcome.value})
    assert cases_in(desk.get("/review/")) == []
    assert cases_in(desk.get("/review/?tab=decided")) == [healthy.id]


@pytest.mark.parametrize(
    ("outcome", "note", "says"),
    [
        ("", NOTE, "Pick a decision"),
        ("healed", NOTE, "Not a valid choice"),
        ("suitable", "", "Write a note"),
        ("suitable", "  \r\n ", "Write a note"),
        ("suitable", "x" * 2001, "Use up to 2000 letters"),
        ("suitable", "hid\ue000den", "The sign after “hid” cannot be saved"),
        ("suitable", ".", "Use letters or numbers in the note"),
        ("suitable", "– 👍", "Use letters or numbers in the note"),
    ],
)
def test_a_decision_needs_an_outcome_and_a_note_and_keeps_what_was_typed(
    desk: FlaskClient, session: Session, healthy: Case, outcome: str, note: str, says: str
) -> None:
    response = decide(desk, healthy, outcome, note)
    assert response.status_code == 422
    assert says in words(response)
    assert title(response).startswith("Error: Case ")
    if note.strip():
        assert note in response.text
    if outcome == "suitable":
        assert re.search(r'value="suitable" checked', response.text)
    assert not decisions(session, healthy)
    assert healthy.status is Status.SUBMITTED
    # The record was shown again, so that is written down, though nothing else was.
    assert len(audited(session, "case.viewed")) == 1


@pytest.mark.parametrize("outcome", ["suitable", "suitable_with_conditions"])
def test_nobody_is_suitable_while_a_flag_stands_in_the_way(
    desk: FlaskClient, session: Session, case: Case, outcome: str
) -> None:
    assert "“Suitable” is blocked until these are settled" in words(desk.get(f"/review/{case.id}"))
    response = decide(desk, case, outcome)
    assert response.status_code == 422
    assert "Settle first, or pick “Not suitable now”" in words(response)
    assert NOTE in response.text
    assert not decisions(session, case)
    assert decide(desk, case).status_code == 303
    assert len(decisions(session, case)) == 1


def test_settling_every_flag_in_the_way_opens_it(desk: FlaskClient, session: Session, case: Case) -> None:
    for flag in flags(session, case):
        assert settle(desk, flag).status_code == 303
    session.expire_all()
    assert "“Suitable” is blocked" not in words(desk.get(f"/review/{case.id}"))
    assert decide(desk, case, "suitable").status_code == 303


def test_a_reason_that_is_not_going_on_opens_nothing(desk: FlaskClient, session: Session, case: Case) -> None:
    for flag in flags(session, case):
        assert settle(desk, flag, "wait").status_code == 303
    session.expire_all()
    assert case.open_stop_count == len(flags(session, case))
    assert "“Suitable” stays blocked" in words(desk.get(f"/review/{case.id}"))
    for outcome in ("suitable", "suitable_with_conditions"):
        refused = decide(desk, case, outcome)
        assert refused.status_code == 422
        assert "settled with a reason that keeps it open: settle again with another" in words(refused)
        assert "in the way. Settle first" not in words(refused)
    for flag in flags(session, case):
        assert settle(desk, flag, "finished").status_code == 303
    session.expire_all()
    assert decide(desk, case, "suitable").status_code == 303


def test_a_later_decision_ends_the_earlier_and_changes_nothing_of_it(
    desk: FlaskClient, other_desk: FlaskClient, session: Session, healthy: Case, lee: User
) -> None:
    decide(desk, healthy, "suitable")
    session.expire_all()
    assert decide(other_desk, healthy, "not_suitable_now", "New letter").status_code == 303
    first, second = decisions(session, healthy)
    assert (first.outcome, unseal(session, first, "sealed_note")) == (Outcome.SUITABLE, NOTE)
    assert (first.invalidated_at, second.invalidated_at) == (NOW, None)
    assert (second.made_by, healthy.decision_outcome) == (lee.id, Outcome.NOT_SUITABLE_NOW)


def test_two_decisions_on_one_page_never_overwrite_in_silence(
    desk: FlaskClient, other_desk: FlaskClient, session: Session, healthy: Case
) -> None:
    seen = healthy.revision
    assert decide(other_desk, healthy, "suitable", "First").status_code == 303
    response = decide(desk, healthy, "not_suitable_now", NOTE, seen)
    assert response.status_code == 409
    shown = words(response)
    assert "Someone changed this case while you had it open" in shown
    assert "Suitable to book" in shown
    assert NOTE in response.text
    assert [unseal(session, one, "sealed_note") for one in decisions(session, healthy)] == ["First"]
    # The page carries what is new, so sending it again is a choice and not a dead end.
    fresh = re.search(r'/decision" novalidate[^>]*>.*?name="seen" value="(\d+)"', response.text, re.DOTALL)
    assert fresh
    assert decide(desk, healthy, "not_suitable_now", NOTE, int(fresh.group(1))).status_code == 303


def test_the_same_decision_again_counts_as_a_change_too(
    desk: FlaskClient, other_desk: FlaskClient, session: Session, healthy: Case
) -> None:
    decide(desk, healthy, "suitable")
    session.expire_all()
    seen = healthy.revision
    assert decide(desk, healthy, "suitable", "Again", seen).status_code == 303
    assert decide(other_desk, healthy, "suitable", "Me too", seen).status_code == 409
    assert len(decisions(session, healthy)) == 2


def test_nothing_is_decided_about_a_form_that_was_not_sent(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    draft = unfinished(make)
    session.commit()
    response = decide(desk, draft)
    assert response.status_code == 422
    assert "has not been sent yet" in words(response)
    assert not decisions(session, draft)


def test_a_decision_needs_to_say_what_it_saw(desk: FlaskClient, session: Session, healthy: Case) -> None:
    assert post(desk, f"/review/{healthy.id}/decision", outcome="suitable", note=NOTE).status_code == 400
    assert (
        post(desk, f"/review/{healthy.id}/decision", seen="x", outcome="suitable", note=NOTE).status_code
        == 400
    )
    assert not decisions(session, healthy)


def test_of_two_decisions_at_the_same_moment_one_is_told(engine: Engine) -> None:
    info = {"ring": KeyRing({1: bytes(32)}, 1), "audit_key": bytes(32)}
    with Session(engine, info=info) as session:
        make = Factory(session)
        case_id, seen = sent(make).id, 1
        doctors = [make.user().id for _ in range(2)]
        session.commit()
        seen = session.get_one(Case, case_id).revision
    start, told = Barrier(2), []

    def one(doctor: UUID) -> None:
        actor = Actor("staff", doctor, permissions(["clinician"]))
        with Session(engine, info=info) as session:
            start.wait(10)
            try:
                service.decide(act(session, actor, NOW), case_id, seen, Outcome.SUITABLE, "mine")
                session.commit()
                told.append("recorded")
            except service.StaleVersion:
                told.append("changed")

    run_together([partial(one, doctor) for doctor in doctors])
    assert sorted(told) == ["changed", "recorded"]
    with Session(engine, info=info) as session:
        assert len(session.scalars(select(Decision)).all()) == 1
