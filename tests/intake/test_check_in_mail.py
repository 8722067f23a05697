"""Mail of check-ins: alerts of urgent answers, and reminders of a link that nobody followed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Invitation, Mail
from app.questionnaire.all_forms import WHOLE
from tests.browsing import as_staff, post, staff
from tests.factories import NOW, Factory
from tests.intake.patient import Patient, Seen
from tests.mailing import Post
from tests.people import HEALTHY

# ---- Whoever is on call


def alerts(session: Session) -> list[Mail]:
    session.commit()
    session.expire_all()
    return list(session.scalars(select(Mail).where(Mail.kind == "alert").order_by(Mail.created_at)))


def test_an_urgent_answer_is_mailed_to_whoever_is_on_call_with_nothing_of_it(
    app: Flask, patient: Patient, tmp_path: Path
) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], instance=tmp_path)
    patient.save("you", HEALTHY)
    assert alerts(patient.session) == []
    patient.save("suicide", {"suicide_thoughts": "sometimes", "suicide_attempt": "no"})
    patient.save("suicide_more", {"suicide_today": "yes", "suicide_plan": "no", "callback": "no"})
    (mail,) = alerts(patient.session)
    assert mail.case_id == patient.case_id
    (text,) = Post(app).collect()
    assert f"/review/{patient.case_id}" in text
    for word in (*HEALTHY["first_name"].split(), HEALTHY["last_name"], HEALTHY["phone"], "suicid", "harm"):
        assert word.lower() not in text.lower()
    (letter,) = (tmp_path / "mailbox").glob("*.eml")
    assert b"To: on-call@clinic.test" in letter.read_bytes()


def test_the_team_is_told_once_for_each_new_danger(patient: Patient) -> None:
    danger = {"suicide_today": "yes", "suicide_plan": "no", "callback": "no"}
    patient.save("suicide", {"suicide_thoughts": "sometimes", "suicide_attempt": "no"})
    patient.save("suicide_more", danger)
    patient.save("suicide_more", danger | {"suicide_plan": "yes"})
    assert len(alerts(patient.session)) == 1, "it is the same concern"
    patient.save("right_now", {"urgent_now": ["breathing"]})
    assert len(alerts(patient.session)) == 2


def test_a_gentler_page_wakes_nobody(patient: Patient) -> None:
    saved = patient.save(WHOLE.page_of("chest_pain_recent").id, HEALTHY | {"chest_pain_recent": "yes"})
    assert saved.path == "/intake/help/chest_pain"
    assert patient.flags(), "it waits in the queue"
    assert alerts(patient.session) == []


def test_a_link_that_was_not_followed_is_reminded_of_twice_and_one_that_was_is_not(
    app: Flask, someone: Patient, make: Factory, tmp_path: Path
) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], instance=tmp_path)
    admin = as_staff(app.test_client(), staff(app, make, make.session, "admin"))
    assert admin.get("/clinic/invitations/new").status_code == 200
    office = Post(app)
    for name, done in (("robin", False), ("sam", True)):
        opened = Seen(admin.get("/clinic/invitations/new"))
        typed = {"first_name": name, "last_name": "Reed", "email": f"{name}@example.test", "phone": ""}
        born = {"dob-day": "27", "dob-month": "3", "dob-year": "1985", "language": "en"}
        post(admin, "/clinic/invitations/new", invitation=opened.values["invitation"][0], **typed, **born)
        if done:
            make.session.expire_all()
            newest = make.session.scalars(select(Invitation).order_by(Invitation.id.desc())).first()
            assert newest is not None
            newest.case_id = make.case().id
            make.session.commit()
    assert len(office.collect()) == 2
    texts: list[str] = []
    for days, expected in ((1, 2), (1.1, 3), (4, 3), (1, 4), (10, 4)):
        someone.clock.wait(days=days)
        texts = office.collect()
        assert len(texts) == expected, (someone.clock.now - NOW, [text[:80] for text in texts])
    assert sum("not sent yet" in text for text in texts) == 2
    assert someone.clock.now - NOW > timedelta(days=14)
