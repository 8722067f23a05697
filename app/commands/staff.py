"""flask user: accounts of staff. flask invite: a link for one patient."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Mapping
from datetime import datetime

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from flask_security import hash_password
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.account.forms import PASSWORD_LETTERS
from app.commands.database import transaction
from app.core import audit
from app.core.access import ROLES
from app.invitations import service as invitations
from app.models import Role, User
from app.questionnaire.answers import STATES
from app.questionnaire.contact import likely_email, read_email
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import InvalidAnswer, accept_answer
from app.web.act import system_act
from app.web.clock import now, today
from app.web.form_switch import missing_for_form
from app.web.settings import current_settings

NAME_LETTERS = 100
FEWEST_CHARACTERS = 6
"""How many different characters a password needs: long is not enough when it is one key held down."""
TOKEN_BYTES = 32


user = AppGroup("user", help="Accounts of staff.")


@user.command("add")
@click.argument("email")
@click.option("--name", required=True, help="As it is shown beside what they do.")
@click.option("--role", required=True, type=click.Choice(list(ROLES)), help="What they may do.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, one line.")
def add(email: str, name: str, role: str, password_stdin: bool) -> None:
    """Make an account for EMAIL. The password is asked for and never shown."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with transaction() as session:
        try:
            made = make_user(session, now(), email, name, role, password)
        except ValueError as problem:
            raise click.ClickException(str(problem)) from None
        click.echo(f"Made {made.email}, {role}.")


@user.command("list")
def list_users() -> None:
    """List all accounts: address, name, roles, last sign-in."""
    with transaction() as session:
        for each in session.scalars(select(User).order_by(User.email)):
            roles = ", ".join(sorted(role.name for role in each.roles)) or "no role"
            seen = f"{each.last_login_at:%Y-%m-%d %H:%M} UTC" if each.last_login_at else "never"
            state = "" if each.active else "  (closed)"
            click.echo(f"{each.email}  {each.name}  {roles}  last signed in: {seen}{state}")


def make_user(session: Session, at: datetime, email: str, name: str, role: str, password: str) -> User:
    """Store an account, and who may do what with it. Raises ValueError with a plain message, never the password."""
    address = read_address(email)
    name = name.strip()
    if not 1 <= len(name) <= NAME_LETTERS or not name.isprintable():
        raise ValueError(f"The name must have 1 to {NAME_LETTERS} letters.")
    if session.scalar(select(User.id).where(User.email == address)):
        raise ValueError(f"{address} has an account already.")
    made = User(
        email=address,
        name=name,
        password=hash_password(_strong(password, address)),
        active=True,
        fs_uniquifier=secrets.token_urlsafe(TOKEN_BYTES),
        created_at=at,
        roles=[_role(session, role)],
    )
    session.add(made)
    session.flush()
    audit.record(system_act(session, at), "staff.created", role=role)
    return made


def _role(session: Session, name: str) -> Role:
    found = session.scalar(select(Role).where(Role.name == name))
    return found or Role(name=name)


def read_address(email: str) -> str:
    """The address of an account, as it is stored and signed in with. Raises ValueError with a plain message."""
    try:
        return read_email(email.strip()).lower()
    except ValueError:
        raise ValueError("That is not an email address. Enter one like name@clinic.com.") from None


def _strong(password: str, address: str) -> str:
    """The password as it is to be hashed; raise ValueError when it is easily guessed."""
    if len(password) > PASSWORD_LETTERS:
        raise ValueError(f"The password must have {PASSWORD_LETTERS} characters or fewer.")
    # Flask-Security knows the least length, and brings the same letters typed in two ways into one form.
    problems, normal = current_app.extensions["security"]._password_util.validate(password, True)
    if problems:
        raise ValueError(" ".join(map(str, problems)))
    if len(set(password)) < FEWEST_CHARACTERS or address.partition("@")[0] in password.lower():
        raise ValueError("The password is too easily guessed.")
    return str(normal)


@click.command()
@click.option("--first-name", required=True)
@click.option("--last-name", required=True)
@click.option("--dob", required=True, metavar="DATE", help="Date of birth, YYYY-MM-DD: it opens the link.")
@click.option("--phone")
@click.option("--email")
@click.option("--days", type=click.IntRange(1, 90), default=30, show_default=True, help="How long it works.")
@click.option(
    "--by-birth-date", is_flag=True, help="No code by mail: for a tablet handed over at the clinic."
)
@with_appcontext
def invite(
    first_name: str,
    last_name: str,
    dob: str,
    phone: str | None,
    email: str | None,
    days: int,
    by_birth_date: bool,
) -> None:
    """Make an invitation for one patient and print its link. It is not mailed: that is done on the clinic's pages.

    With an address the link asks for a code by mail; without one the birth date opens it.
    """
    given = {"first_name": first_name, "last_name": last_name, "dob": dob, "phone": phone, "email": email}
    identity = {field: _checked(field, text) for field, text in given.items()}
    needs_code = email is not None and not by_birth_date
    if needs_code and not current_settings().sends_mail:
        raise click.ClickException("No mail can be sent: set FOREROOM_SMTP_HOST, or give --by-birth-date.")
    if needs_code and not invitations.can_be_mailed(str(identity["email"])):
        raise click.BadParameter("no mail can be sent to this address", param_hint="--email")
    if email and (likely := likely_email(str(identity["email"]))):
        click.echo(f"Is {identity['email']} right? It looks like {likely}.", err=True)
    with transaction() as session:
        link = make_invitation(session, now(), identity, days, needs_code=needs_code)
        missing = missing_for_form(session)
    if missing:
        click.echo(f"Patients cannot fill in forms yet. Still needed: {', '.join(missing)}.", err=True)
    click.echo(link)


def make_invitation(
    session: Session, at: datetime, identity: Mapping[str, str | None], days: int, *, needs_code: bool = False
) -> str:
    """Store a person and an invitation for them; return its link."""
    options = invitations.LinkOptions(days=days, needs_code=needs_code)
    _, token = invitations.invite(system_act(session, at), identity, options)
    return f"{current_settings().base_url}/i/{token}"


def _checked(field: str, text: str | None) -> str | None:
    """What was given, as the form would take it from the patient."""
    try:
        if text in STATES:
            raise InvalidAnswer(f"“{INTAKE.questions[field].label}” is needed, or left out", field)
        accepted: str | None = accept_answer(INTAKE.questions[field], text, today())
    except InvalidAnswer as refusal:
        raise click.BadParameter(refusal.message, param_hint=f"--{field.replace('_', '-')}") from None
    if accepted is None and text is not None:
        raise click.BadParameter("must not be empty", param_hint=f"--{field.replace('_', '-')}")
    return accepted
