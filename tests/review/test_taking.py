"""Taking a case: who has it, and who is told when two want it."""

from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.models import Case, Queue, User
from app.screening.workflow import Status
from tests.browsing import post
from tests.factories import Factory
from tests.judged import sent, unfinished
from tests.review.acts import NOTE
from tests.review.seen import audited, cases_in, words


def test_whoever_takes_a_case_begins_its_review(
    desk: FlaskClient, session: Session, healthy: Case, clara: User
) -> None:
    response = post(desk, f"/review/{healthy.id}/take", owner="")
    assert (response.status_code, response.location) == (303, f"/review/{healthy.id}")
    session.expire_all()
    assert (healthy.owner_id, healthy.status, healthy.queue) == (clara.id, Status.IN_REVIEW, Queue.TO_REVIEW)
    assert len(audited(session, "case.taken")) == 1
    assert post(desk, f"/review/{healthy.id}/take", owner="").status_code == 303
    assert len(audited(session, "case.taken")) == 1


def test_the_second_to_take_a_case_is_told_who_was_first(
    desk: FlaskClient, other_desk: FlaskClient, session: Session, healthy: Case, clara: User, lee: User
) -> None:
    post(desk, f"/review/{healthy.id}/take", owner="")
    response = post(other_desk, f"/review/{healthy.id}/take", owner="")
    assert response.status_code == 409
    assert "With Clara Park" in words(response)
    session.expire_all()
    assert healthy.owner_id == clara.id
    assert post(other_desk, f"/review/{healthy.id}/take", owner=clara.id).status_code == 303
    session.expire_all()
    assert healthy.owner_id == lee.id


def test_a_case_that_waits_comes_back_when_it_is_taken(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make, status=Status.WAITING_ON_PATIENT, queue=Queue.WAITING)
    session.commit()
    assert cases_in(desk.get("/review/?tab=waiting")) == [case.id]
    assert post(desk, f"/review/{case.id}/take", owner="").status_code == 303
    session.expire_all()
    assert (case.status, case.queue) == (Status.IN_REVIEW, Queue.TO_REVIEW)


def test_taking_a_form_that_is_not_finished_leaves_it_the_patients(
    desk: FlaskClient, make: Factory, session: Session, clara: User
) -> None:
    draft = unfinished(make)
    session.commit()
    assert post(desk, f"/review/{draft.id}/take", owner="").status_code == 303
    session.expire_all()
    assert (draft.owner_id, draft.status, draft.queue) == (clara.id, Status.DRAFT, Queue.UNFINISHED)


@pytest.mark.parametrize("act", ["take", "settle", "decision"])
def test_an_act_on_a_case_that_is_not_there(desk: FlaskClient, act: str) -> None:
    fields = {
        "owner": "",
        "flag": uuid4(),
        "seen": 1,
        "reason": "mistake",
        "outcome": "suitable",
        "note": NOTE,
    }
    assert post(desk, f"/review/{uuid4()}/{act}", **fields).status_code == 404
