"""Treatment sessions: recorded by a clinician, their check-ins planned, overtaken and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.models import Case, Delivery, Invitation, Mail, Treatment, User
from app.questionnaire.all_forms import WHOLE
from app.questionnaire.checkin.schedule import DAYS_AFTER, due_scales
from app.questionnaire.reading import Reading
from app.records.identity import identity_of, seal_identity
from tests.browsing import as_staff, post
from tests.factories import NOW, Factory
from tests.intake.patient import Clock, Seen, birth_date
from tests.judged import sent
from tests.mailing import Post
from tests.people import GOT_READY, but
from tests.review.acts import decide

TODAY = NOW.date()


@pytest.fixture
def clock(app: Flask, clara: object) -> Clock:
    """The app's clock, in the test's hand."""
    made = Clock(NOW)
    app.config["CLOCK"] = lambda: made.now
    return made


@pytest.fixture
def post_office(app: Flask, tmp_path: Path) -> Post:
    """Where this test's mail goes."""
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], instance=tmp_path)
    return Post(app)


@pytest.fixture
def suitable(desk: FlaskClient, healthy: Case, clock: Clock) -> Case:
    """A health check that was decided as suitable."""
    assert decide(desk, healthy, "suitable").status_code == 303
    return healthy


def record(desk: FlaskClient, case: Case, on: date = TODAY) -> TestResponse:
    return post(desk, f"/review/{case.id}/sessions", **birth_date(on.isoformat(), "treated"))


def page(desk: FlaskClient, case: Case) -> Seen:
    return Seen(desk.get(f"/review/{case.id}/sessions"))


def sessions(session: Session) -> list[Treatment]:
    session.expire_all()
    return list(session.scalars(select(Treatment).order_by(Treatment.on_date)))


def planned(session: Session) -> list[tuple[date, str]]:
    """The days on which check-ins are to be mailed, and how far each mail is."""
    session.expire_all()
    found = session.scalars(select(Mail).where(Mail.kind == "checkin").order_by(Mail.due_at))
    return [(mail.due_at.date(), mail.state.value) for mail in found]


def test_a_session_plans_a_check_in_for_the_next_morning_and_one_two_weeks_later(
    desk: FlaskClient, suitable: Case, session: Session
) -> None:
    assert "No session is recorded" in page(desk, suitable).words
    assert record(desk, suitable).status_code == 303
    shown = page(desk, suitable).words
    assert "2 March 2026" in shown
    assert "3 March 2026: Not due yet" in shown
    assert "17 March 2026: Not due yet" in shown
    assert planned(session) == [(TODAY + timedelta(days=days), "waiting") for days in DAYS_AFTER]
    first = session.scalars(select(Mail).where(Mail.kind == "checkin").order_by(Mail.due_at)).first()
    assert first is not None
    assert first.due_at.isoformat() == "2026-03-03T15:00:00+00:00", "ten o'clock at the clinic"


def test_the_list_of_invitations_tells_a_check_in_apart_and_sends_its_own_mail_again(
    post_office: Post, desk: FlaskClient, suitable: Case, session: Session, clock: Clock
) -> None:
    record(desk, suitable, TODAY - timedelta(days=1))
    shown = Seen(desk.get("/clinic/invitations")).words
    assert shown.count("Check-in") == 2
    assert "Not due yet" in shown
    post_office.collect()
    clock.wait(minutes=10)
    first = session.scalars(select(Invitation).order_by(Invitation.expires_at)).first()
    assert first is not None
    post(desk, f"/clinic/invitations/{first.id}/send")
    texts = post_office.collect()
    assert sum("short form" in text for text in texts) == 2
    assert not any("12 minutes" in text for text in texts)


def test_its_link_is_mailed_when_it_is_due_and_says_nothing_of_treatment(
    post_office: Post,
    desk: FlaskClient,
    suitable: Case,
    clock: Clock,
) -> None:
    record(desk, suitable)
    assert not any("short form" in text for text in post_office.collect())
    clock.now = datetime.fromisoformat("2026-03-03T15:00:30+00:00")
    (text,) = [text for text in post_office.collect() if "short form" in text]
    assert "/i/" in text
    for word in ("session", "treatment", "Oak Street", "ketamine"):
        assert word not in text


def test_the_next_session_has_check_ins_of_its_own(
    desk: FlaskClient, suitable: Case, session: Session, clock: Clock, clara: User
) -> None:
    record(desk, suitable)
    clock.wait(days=7)
    as_staff(desk, clara)
    record(desk, suitable, TODAY + timedelta(days=7))
    dropped = TODAY + timedelta(days=15)
    assert (dropped, Delivery.DROPPED.value) in planned(session)
    kept = [on for on, state in planned(session) if state == "waiting"]
    assert kept == [TODAY + timedelta(days=days) for days in (1, 8, 22)]
    assert "Cancelled" in page(desk, suitable).words


def test_one_that_is_recorded_late_plans_only_what_is_still_to_come(
    desk: FlaskClient, suitable: Case, session: Session
) -> None:
    record(desk, suitable, TODAY - timedelta(days=3))
    record(desk, suitable, TODAY - timedelta(days=40))
    assert [on for on, _ in planned(session)] == [TODAY, TODAY + timedelta(days=12)]
    assert len(sessions(session)) == 2


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-03-03", "The session must be in the past"),
        ("2025-12-31", "Enter a day in the last 60 days"),
        ("2026-02-30", "February 2026 has 28 days"),
        ("2026-03-02", "A session on that day is in the list already"),
    ],
)
def test_a_day_that_cannot_be_is_told_and_kept_as_typed(
    desk: FlaskClient, suitable: Case, session: Session, on: str, said: str
) -> None:
    record(desk, suitable)
    year, month, day = on.split("-")
    typed = {"treated-day": day, "treated-month": month, "treated-year": year}
    seen = Seen(post(desk, f"/review/{suitable.id}/sessions", **typed))
    assert seen.status == 422
    (problem,) = seen.problems
    assert said in problem[0]
    assert problem[1] in seen.ids
    assert seen.values["treated-day"] == [day]
    assert len(sessions(session)) == 1


def test_nothing_is_recorded_for_somebody_nobody_found_suitable(
    desk: FlaskClient, healthy: Case, session: Session, clock: Clock
) -> None:
    assert "once a decision says" in page(desk, healthy).words
    assert record(desk, healthy).status_code == 404
    decide(desk, healthy, "not_suitable_now")
    assert record(desk, healthy).status_code == 404
    assert sessions(session) == []


def test_a_session_entered_by_mistake_is_taken_back_with_its_check_ins(
    desk: FlaskClient, suitable: Case, session: Session
) -> None:
    record(desk, suitable)
    (made,) = sessions(session)
    again = f"/review/{suitable.id}/sessions/{made.id}/remove"
    for _ in range(2):
        assert post(desk, again).status_code == 303
    assert {state for _, state in planned(session)} == {"dropped"}
    assert "No session is recorded" in page(desk, suitable).words
    links = select(Invitation).where(Invitation.treatment_id.is_not(None))
    assert all(one.cancelled_at for one in session.scalars(links))
    assert record(desk, suitable).status_code == 303, "the day is free again"


def test_a_session_of_another_case_cannot_be_taken_back_here(
    desk: FlaskClient, suitable: Case, make: Factory, session: Session
) -> None:
    record(desk, suitable)
    (made,) = sessions(session)
    other = sent(make)
    session.commit()
    assert post(desk, f"/review/{other.id}/sessions/{made.id}/remove").status_code == 404
    assert sessions(session)[0].removed_at is None


def test_one_whose_check_in_was_begun_stays(
    desk: FlaskClient, suitable: Case, make: Factory, session: Session
) -> None:
    record(desk, suitable)
    (made,) = sessions(session)
    invitation = session.scalars(select(Invitation).where(Invitation.treatment_id == made.id)).first()
    assert invitation is not None
    invitation.case_id = make.case(kind="checkin", follows_id=suitable.id).id
    session.commit()
    seen = Seen(post(desk, f"/review/{suitable.id}/sessions/{made.id}/remove"))
    assert seen.status == 422
    assert seen.problems[0][0] == "A check-in was answered for this session, so it stays in the list"
    assert sessions(session)[0].removed_at is None


def test_somebody_without_an_address_is_checked_on_at_the_clinic(
    app: Flask, desk: FlaskClient, make: Factory, session: Session, clock: Clock
) -> None:
    case = sent(make)
    seal_identity(session, case.person, identity_of(session, case.person) | {"email": None})
    session.commit()
    decide(desk, case, "suitable")
    record(desk, case)
    assert "There is no email address" in page(desk, case).words
    assert "3 March 2026: No email address" in page(desk, case).words
    assert planned(session) == []
    assert len(list(session.scalars(select(Invitation).where(Invitation.treatment_id.is_not(None))))) == 2


def test_scales_over_time_stand_beside_each_other(
    desk: FlaskClient, suitable: Case, make: Factory, session: Session
) -> None:
    seen = page(desk, suitable)
    assert "PHQ-9" in seen.words
    assert "Health check" in seen.words
    scores = {"fu_phq9": [1] * 8 + [0]}
    sent(make, scores, person=suitable.person, kind="checkin", follows_id=suitable.id)
    session.commit()
    words = page(desk, suitable).words
    assert "8 of 27, mild" in words
    assert "Check-in" in words


def test_scales_are_due_once_in_the_time_they_look_back_over() -> None:
    on = date(2026, 3, 20)
    low = Reading(WHOLE, but(GOT_READY, {"reasons": ["depression"]}), on)
    sore = Reading(WHOLE, but(GOT_READY, {"reasons": ["pain"]}), on)
    assert due_scales(low, {"phq9": on - timedelta(days=14)}) == ["phq9", "gad7"]
    assert due_scales(low, {"phq9": on - timedelta(days=13), "gad7": on}) == []
    assert due_scales(sore, {"phq9": on, "peg": on - timedelta(days=7)}) == ["peg"]
    assert due_scales(sore, {"phq9": on, "peg": on - timedelta(days=6)}) == []
