"""Corrections that patients asked for, as staff see them."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.access import Actor, permissions
from app.models import AuditEvent, Correction
from app.review.corrections import service as corrections
from app.screening.workflow import Status
from tests.acts import act
from tests.browsing import as_staff, post
from tests.factories import CANARY, NOW, Factory

LATER = NOW + timedelta(hours=2)


def waiting(session: Session, actor: Actor) -> list[corrections.WaitingCorrection]:
    return corrections.waiting_of(session.execute(corrections.open_query(actor)))


@pytest.fixture
def clinician(make: Factory) -> Actor:
    return Actor("staff", make.user("clinician").id, permissions(["clinician"]))


def test_a_case_tells_what_was_asked_and_who_dealt_with_it(
    make: Factory, session: Session, clinician: Actor
) -> None:
    case = make.case()
    first = make.correction(case)
    make.correction(case, asked_at=NOW + timedelta(minutes=1))
    make.correction()
    assert corrections.mark_answered(act(session, clinician, LATER), case.id, first.id)
    told = corrections.corrections_of(session, case.id)
    assert [(one.at, one.answered_at) for one in told] == [(NOW, LATER), (NOW + timedelta(minutes=1), None)]
    assert told[0].by
    assert told[0].by.startswith("Sam Staff")
    assert CANARY in (told[0].text or "")


def test_what_waits_is_found_whatever_list_the_case_is_in(
    make: Factory, session: Session, clinician: Actor
) -> None:
    decided, other = make.case(status=Status.DECIDED), make.case()
    first = make.correction(decided)
    make.correction(other)
    make.correction(other)
    assert [one.case_id for one in waiting(session, clinician)] == [
        decided.id,
        other.id,
    ]
    corrections.mark_answered(act(session, clinician, LATER), decided.id, first.id)
    assert [one.case_id for one in waiting(session, clinician)] == [other.id]


def test_who_may_not_see_the_case_finds_nothing(make: Factory, session: Session) -> None:
    correction = make.correction()
    nobody = Actor("staff", make.user("admin").id, frozenset())
    assert waiting(session, nobody) == []
    assert not corrections.mark_answered(act(session, nobody, LATER), correction.case_id, correction.id)
    assert correction.answered_at is None


def test_it_is_dealt_with_once_and_in_its_own_case_only(
    make: Factory, session: Session, clinician: Actor
) -> None:
    correction = make.correction()
    assert not corrections.mark_answered(act(session, clinician, LATER), make.case().id, correction.id)
    assert not corrections.mark_answered(act(session, clinician, LATER), correction.case_id, uuid4())
    for moment in (LATER, LATER + timedelta(days=1)):
        assert corrections.mark_answered(act(session, clinician, moment), correction.case_id, correction.id)
    assert correction.answered_at == LATER
    events = session.scalars(select(AuditEvent).where(AuditEvent.event == "correction.answered")).all()
    assert [event.facts for event in events] == [{"correction": str(correction.id)}]


def test_a_correction_that_is_not_there_is_not_found(
    client: FlaskClient, make: Factory, session: Session
) -> None:
    case, user = make.case(), make.user("clinician")
    session.commit()
    staff = as_staff(client, user)
    assert post(staff, f"/review/{case.id}/corrections/{UUID(int=7)}").status_code == 404


def test_the_parts_for_the_pages_of_staff_are_drawn(app: Flask, make: Factory, session: Session) -> None:
    correction: Correction = make.correction()
    told = corrections.corrections_of(session, correction.case_id)
    template = (
        '{% from "review/corrections.html" import corrections_view, corrections_strip %}'
        "{{ corrections_view(case_id, told, 'token', True) }}{{ corrections_strip(waiting) }}"
    )
    waiting = [corrections.WaitingCorrection(correction.case_id, NOW)]
    with app.test_request_context():
        page = render_template_string(template, case_id=correction.case_id, told=told, waiting=waiting)
        empty = render_template_string(template, case_id=correction.case_id, told=[], waiting=[])
    assert CANARY in page
    assert "Dealt with" in page
    assert f"/review/{correction.case_id}/corrections/{correction.id}" in page
    assert "waiting" in page
    assert not empty.strip()


def test_staff_find_it_on_the_queue_and_on_the_case(
    client: FlaskClient, make: Factory, session: Session
) -> None:
    case, user = make.case(status=Status.DECIDED), make.user("clinician")
    correction = make.correction(case)
    session.commit()
    staff = as_staff(client, user)
    assert f"/review/{case.id}#corrections" in staff.get("/review/").text
    page = staff.get(f"/review/{case.id}").text
    assert "The patient asked for a correction" in page
    assert f"It was {CANARY}, not the other" in page
    assert post(staff, f"/review/{case.id}/corrections/{correction.id}").status_code == 303
    assert f"/review/{case.id}#corrections" not in staff.get("/review/").text
    assert "Dealt with by Sam Staff" in staff.get(f"/review/{case.id}").text
