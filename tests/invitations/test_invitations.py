"""Staff invite one person, see what became of it, send again, end it, and let a paused link work again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.invitations.forms import LANGUAGES
from app.models import Delivery, Invitation, Mail, User, unseal
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import Choice
from tests.browsing import as_staff, post
from tests.factories import Factory
from tests.intake.patient import Clock, Patient, Seen, birth_date
from tests.mailing import Post

LIST, NEW = "/clinic/invitations", "/clinic/invitations/new"
TYPED = {
    "first_name": "Robin",
    "last_name": "Reed",
    "email": "robin@example.test",
    "phone": "555 010 0199",
    "language": "en",
} | birth_date("1985-03-27", "dob")


def invite(desk: FlaskClient, **fields: str) -> Seen:
    opened = Seen(desk.get(NEW))
    return Seen(post(desk, NEW, **({"invitation": opened.values["invitation"][0]} | TYPED | fields)))


def made(session: Session) -> list[Invitation]:
    session.commit()
    session.expire_all()
    return list(session.scalars(select(Invitation).order_by(Invitation.created_at)))


def words(desk: FlaskClient) -> str:
    return Seen(desk.get(LIST)).words


def press(desk: FlaskClient, session: Session, what: str) -> str:
    """Press a button of the newest invitation, and give the words of the list after it."""
    answer = post(desk, f"{LIST}/{made(session)[-1].id}/{what}")
    assert answer.status_code == 303
    return Seen(desk.get(answer.headers["Location"])).words


def test_an_invitation_is_mailed_and_opens_with_a_code(
    desk: FlaskClient, session: Session, clock: Clock, post_office: Post
) -> None:
    seen = invite(desk)
    assert (seen.status, seen.location) == (303, LIST)
    page = words(desk)
    assert "Being sent" in page
    assert "The invitation is on its way." in page
    assert "on its way" not in words(desk), "it is shown once"
    (invitation,) = made(session)
    assert invitation.needs_code
    assert invitation.created_by is not None
    assert invitation.expires_at - invitation.created_at == timedelta(days=30)
    assert unseal(session, invitation.person, "sealed_identity") == {
        **{name: TYPED[name] for name in ("first_name", "last_name", "email", "phone")},
        "preferred_name": None,
        "dob": "1985-03-27",
    }
    link = post_office.link()
    assert "Email sent" in words(desk)
    patient = Patient(desk.application.test_client(), session, clock)
    patient.start("1985-03-27", link)
    assert "Opened" in words(desk)
    assert patient.send(f"{link}/code", code=post_office.code()).path == "/intake/"
    assert "Form begun" in words(desk)
    assert patient.open("/intake/you").values["first_name"] == ["Robin"]


@pytest.mark.parametrize(
    ("field", "typed", "told", "target"),
    [
        ("first_name", "", "Enter their first name", "first_name"),
        ("last_name", "not_sure", "Enter their last name", "last_name"),
        ("email", "", "Enter their email address", "email"),
        ("email", "robin", "Enter an email like name@example.com", "email"),
        ("email", "a@b.test, c@d.test", "Enter an email like name@example.com", "email"),
        ("email", "a@b.test\r\nBcc: c@d.test", "Enter an email like name@example.com", "email"),
        ("email", "zoë@example.test", "Enter an email like name@example.com", "email"),
        ("email", "rather_not", "Enter an email like name@example.com", "email"),
        ("phone", "call me", "Enter a phone number, like 555 010 0199", "phone"),
        ("language", "xx", "Pick the language they want to use", "language"),
        ("dob-year", "", "Date of birth must include a year, like 1985", "dob-year"),
        ("dob-year", "2015", "The form is for people aged 18 and over. Check the year", "dob-year"),
        ("first_name", "a" * 81, "First name must be 80 letters or fewer", "first_name"),
    ],
)
def test_what_cannot_be_meant_is_said_and_kept(
    desk: FlaskClient, session: Session, field: str, typed: str, told: str, target: str
) -> None:
    seen = invite(desk, **{field: typed})
    assert seen.status == 422
    [(said, where)] = seen.problems
    assert (said.endswith(told), where) == (True, target)
    assert target in seen.ids
    assert seen.title.startswith("Error: ")
    assert seen.values["last_name" if field != "last_name" else "first_name"] != [""]
    assert made(session) == []


def test_languages_are_those_of_the_form() -> None:
    kind = INTAKE.questions["language"].kind
    assert isinstance(kind, Choice)
    assert kind.options.keys() == LANGUAGES.keys()


def test_the_same_form_sent_twice_invites_once(
    desk: FlaskClient, session: Session, post_office: Post
) -> None:
    opened = Seen(desk.get(NEW)).values["invitation"][0]
    for _ in range(3):
        assert invite(desk, invitation=opened).status == 303
    assert len(made(session)) == 1
    assert len(post_office.collect()) == 1


def test_sending_again_mails_the_same_link_and_lengthens_it(
    desk: FlaskClient, session: Session, clock: Clock, post_office: Post
) -> None:
    invite(desk)
    first = post_office.link()
    press(desk, session, "send")
    assert len(post_office.collect()) == 1, "it has just gone"
    clock.wait(days=40)
    client = as_staff(desk, session.get_one(User, made(session)[0].created_by))
    assert "Expired" in words(client)
    assert "on its way again" in press(client, session, "send")
    assert len(post_office.collect()) == 2
    assert post_office.link() == first
    assert made(session)[0].expires_at == clock.now + timedelta(days=30)


def test_a_cancelled_link_opens_nothing_and_mails_nothing(
    desk: FlaskClient, session: Session, clock: Clock, post_office: Post
) -> None:
    invite(desk)
    page = press(desk, session, "cancel")
    assert "Cancelled" in page
    assert "no longer works" in page
    shown = page.partition("All invitations")[2] or page
    assert "Does not work any more" in shown
    assert "April 2026" not in shown, "the day until which it would have worked"
    assert post_office.collect() == [], "it had not left"
    assert "has changed" in press(desk, session, "send")
    session.commit()
    assert {mail.state for mail in session.scalars(select(Mail))} == {Delivery.DROPPED}


def test_a_paused_link_works_again_when_staff_say_so(
    desk: FlaskClient, session: Session, clock: Clock, post_office: Post
) -> None:
    invite(desk)
    link = post_office.link()
    patient = Patient(desk.application.test_client(), session, clock)
    for _ in range(5):
        patient.start("1985-03-28", link)
    assert patient.start("1985-03-27", link).status == 403
    assert "Paused" in words(desk)
    press(desk, session, "unpause")
    assert "Paused" not in words(desk)
    assert patient.start("1985-03-27", link).path == f"{link}/code"


def test_a_sent_form_is_not_asked_for_again(desk: FlaskClient, session: Session, make: Factory) -> None:
    make.mailed_invitation("d" * 43, case_id=make.case().id)
    make.session.commit()
    assert "has changed" in press(desk, session, "send")
    assert session.scalars(select(Mail)).all() == []


@pytest.mark.parametrize("what", ["send", "cancel", "unpause"])
def test_an_invitation_that_is_not_there(desk: FlaskClient, what: str) -> None:
    assert post(desk, f"{LIST}/{uuid4()}/{what}").status_code == 404


def test_without_a_mail_server_nobody_is_invited_from_here(
    desk: FlaskClient, session: Session, app: Flask, make: Factory
) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], env="production")
    assert "No mail can be sent" in words(desk)
    opened = Seen(desk.get(NEW))
    assert "first_name" not in opened.boxes
    assert post(desk, NEW, **TYPED, invitation=str(uuid4())).status_code == 409
    assert made(session) == []
    make.mailed_invitation("h" * 43)
    make.session.commit()
    assert post(desk, f"{LIST}/{made(session)[0].id}/send").status_code == 409
    assert session.scalars(select(Mail)).all() == []


def test_staff_are_told_what_keeps_the_form_switched_off(app: Flask, desk: FlaskClient) -> None:
    assert "Patients cannot fill in" not in words(desk)
    missing = ("FOREROOM_ON_CALL", "FOREROOM_CRISIS_NUMBERS")
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], clinic=None, missing=missing)
    assert "Still needed: FOREROOM_ON_CALL, FOREROOM_CRISIS_NUMBERS." in words(desk)


def test_the_mailbox_is_there_only_where_no_server_is(
    desk: FlaskClient, app: Flask, session: Session, post_office: Post
) -> None:
    invite(desk)
    post_office.collect()
    seen = Seen(app.test_client().get("/demo/mailbox"))
    assert "To robin@example.test" in seen.words
    assert any("/i/" in link for link in seen.links)
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], env="production")
    assert app.test_client().get("/demo/mailbox").status_code == 404


def test_no_name_of_an_invited_person_is_in_a_mail_or_the_log(
    desk: FlaskClient, post_office: Post, capfd: pytest.CaptureFixture[str]
) -> None:
    invite(desk, first_name="Zanahoria", last_name="Remolacha")
    (text,) = post_office.collect()
    # A time and a number drawn by chance may hold any four digits.
    log = re.sub(r'"(timestamp|request)":"[^"]*"|"ms":[\d.]+', "", capfd.readouterr().err)
    assert "clinic.invite" in log
    for word in ("Zanahoria", "Remolacha", "robin", "0199", "1985"):
        assert word not in text
        assert word not in log


def test_an_address_that_looks_like_a_slip_is_asked_about_once(desk: FlaskClient, session: Session) -> None:
    seen = invite(desk, email="robin@gmial.com")
    assert seen.problems == [("Did they mean robin@gmail.com? Change it, or send again to keep it", "email")]
    assert not made(session)
    assert invite(desk, email="robin@gmial.com", kept_email=seen.values["kept_email"][0]).status == 303


def test_somebody_with_one_name_can_be_invited(desk: FlaskClient, session: Session) -> None:
    assert invite(desk, last_name="").status == 303
    assert "Robin, " not in words(desk)
    assert unseal(session, made(session)[0].person, "sealed_identity")["last_name"] is None


def test_a_link_opens_in_the_language_it_was_sent_in(
    desk: FlaskClient, session: Session, clock: Clock, post_office: Post
) -> None:
    invite(desk, language="es")
    patient = Patient(desk.application.test_client(), session, clock)
    assert "Empiece su chequeo de salud" in patient.open(post_office.link()).words
    patient.send("/language", switch_language="en")
    assert "Start your health check" in patient.open(post_office.link()).words
