"""flask user and flask invite: accounts and invitations, and what is never shown."""

import dataclasses
import hashlib
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import Result
from flask import Flask
from flask_security import verify_password
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import AuditEvent, Invitation, User, unseal
from tests.acts import act
from tests.factories import Factory

PASSWORD = "correct horse battery"
NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)


def run(app: Flask, *args: str, text: str = "") -> Result:
    app.config["CLOCK"] = lambda: NOON
    return app.test_cli_runner().invoke(args=list(args), input=text)


def add(
    app: Flask, email: str = "Clara@Example.com", role: str = "clinician", password: str = PASSWORD
) -> Result:
    return run(
        app,
        "user",
        "add",
        email,
        "--name",
        "Clara Bell",
        "--role",
        role,
        "--password-stdin",
        text=f"{password}\n",
    )


def test_an_account_is_made_with_its_role_and_an_entry_in_the_log(app: Flask, session: Session) -> None:
    assert add(app).exit_code == 0
    made = session.scalars(select(User)).one()
    assert (made.email, made.name, made.active) == ("clara@example.com", "Clara Bell", True)
    assert [role.name for role in made.roles] == ["clinician"]
    with app.app_context():
        assert verify_password(PASSWORD, made.password or "")
    event = session.scalars(select(AuditEvent)).one()
    assert (event.event, event.facts, event.actor_kind) == ("staff.created", {"role": "clinician"}, "system")


def test_whoever_was_added_can_sign_in(app: Flask) -> None:
    add(app)
    client = app.test_client()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/account/login").text)
    assert token
    posted = {"email": "clara@example.com", "password": PASSWORD, "csrf_token": token[1]}
    assert client.post("/account/login", data=posted).status_code in (302, 303)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "characters"),
        ("short", "characters"),
        ("elevenchars", "characters"),
        ("a" * 30, "easily guessed"),
        ("clara is my name 1", "easily guessed"),
        ("x1y2z3" * 50, "or fewer"),
    ],
)
def test_a_weak_password_is_refused_and_not_shown(
    app: Flask, session: Session, password: str, why: str
) -> None:
    result = add(app, password=password)
    assert result.exit_code == 1
    assert why in result.stderr
    assert not password or password not in result.output
    assert session.scalar(select(User)) is None


def test_a_password_asked_for_is_not_shown(app: Flask, session: Session) -> None:
    args = ("user", "add", "clara@example.com", "--name", "Clara Bell", "--role", "admin")
    result = run(app, *args, text=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0
    assert PASSWORD not in result.output
    assert session.scalar(select(User)) is not None


@pytest.mark.parametrize("email", ["", "clara", "clara@", "a b@example.com", "x" * 250 + "@example.com"])
def test_what_is_no_address_is_refused(app: Flask, session: Session, email: str) -> None:
    assert add(app, email=email).exit_code != 0
    assert session.scalar(select(User)) is None


def test_an_address_has_one_account_whatever_its_letters(app: Flask, session: Session) -> None:
    add(app)
    again = add(app, email="CLARA@example.com")
    assert again.exit_code == 1
    assert "account already" in again.stderr
    assert len(session.scalars(select(User)).all()) == 1


def test_there_are_no_other_roles(app: Flask) -> None:
    assert add(app, role="owner").exit_code == 2


def test_the_list_tells_who_there_is(app: Flask, make: Factory, session: Session) -> None:
    make.user("clinician", "admin", email="zoe@example.test", name="Zoe", last_login_at=NOON)
    make.user("admin", email="abe@example.test", name="Abe", active=False)
    session.commit()
    result = run(app, "user", "list")
    assert result.stdout.splitlines() == [
        "abe@example.test  Abe  admin  last signed in: never  (closed)",
        "zoe@example.test  Zoe  admin, clinician  last signed in: 2026-03-02 17:00 UTC",
    ]


def invite(app: Flask, *more: str, dob: str = "1985-03-27", last: str = "Bell") -> Result:
    return run(app, "invite", "--first-name", "Anna", "--last-name", last, "--dob", dob, *more)


def test_an_invitation_is_one_link_of_which_only_the_hash_is_kept(app: Flask, session: Session) -> None:
    result = invite(app, "--phone", "555 010 0199", "--email", "anna@example.test")
    assert result.exit_code == 0
    (link,) = result.stdout.splitlines()
    found = re.fullmatch(r"http://localhost:8000/i/([\w-]{43})", link)
    assert found
    made = session.scalars(select(Invitation)).one()
    assert made.token_hash == hashlib.sha256(found[1].encode()).digest()
    assert made.expires_at - made.created_at == timedelta(days=30)
    assert unseal(session, made.person, "sealed_identity") == {
        "first_name": "Anna",
        "last_name": "Bell",
        "preferred_name": None,
        "dob": "1985-03-27",
        "phone": "555 010 0199",
        "email": "anna@example.test",
    }
    assert [event.event for event in session.scalars(select(AuditEvent))] == ["invitation.created"]


def test_an_invitation_opens_the_form(app: Flask, session: Session) -> None:
    """Found again by the service that the link leads to, with the birth date as its key."""
    from app.intake.start.service import EntryResult, check_birth_date, find_invitation

    token = invite(app).stdout.strip().rpartition("/")[2]
    assert (
        check_birth_date(
            act(session, now=NOON), find_invitation(act(session, now=NOON), token), "1985-03-28"
        )[0]
        is EntryResult.MISSED
    )
    opened, invitation = check_birth_date(
        act(session, now=NOON), find_invitation(act(session, now=NOON), token), "1985-03-27"
    )
    assert opened is EntryResult.OPEN
    assert invitation is not None
    assert not invitation.needs_code, "nobody could mail a code"


def test_with_an_address_it_asks_for_a_code_unless_told_otherwise(app: Flask, session: Session) -> None:
    invite(app, "--email", "anna@example.test")
    invite(app, "--email", "anna@example.test", "--by-birth-date")
    made = session.scalars(select(Invitation).order_by(Invitation.id)).all()
    assert [one.needs_code for one in made] == [True, False]
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], env="production")
    refused = invite(app, "--email", "anna@example.test")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "No mail can be sent" in refused.stderr


def test_how_long_an_invitation_works(app: Flask, session: Session) -> None:
    invite(app, "--days", "3")
    made = session.scalars(select(Invitation)).one()
    assert made.expires_at - made.created_at == timedelta(days=3)
    assert invite(app, "--days", "0").exit_code == 2
    assert invite(app, "--days", "365").exit_code == 2


@pytest.mark.parametrize(
    ("more", "option"),
    [
        (("--phone", "none"), "--phone"),
        (("--email", "anna"), "--email"),
        (("--email", ""), "--email"),
        (("--email", "not_sure"), "--email"),
    ],
)
def test_what_the_form_would_not_take_is_refused(
    app: Flask, session: Session, more: tuple[str, ...], option: str
) -> None:
    result = invite(app, *more)
    assert (result.exit_code, result.stdout) == (2, "")
    assert option in result.stderr
    assert session.scalar(select(Invitation)) is None


@pytest.mark.parametrize("dob", ["27/03/1985", "1985-02-30", date(2026, 3, 3).isoformat(), "", "rather_not"])
def test_a_birth_date_that_cannot_be(app: Flask, session: Session, dob: str) -> None:
    result = invite(app, dob=dob)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--dob" in result.stderr


def test_a_name_is_needed(app: Flask) -> None:
    assert invite(app, last=" ").exit_code == 2
