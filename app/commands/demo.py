"""flask demo: a clinic to look at, with invented patients, on this machine alone."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import cast

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_security import hash_password
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.commands.database import migrate, transaction
from app.commands.serve import listen
from app.commands.staff import make_invitation, make_user
from app.commands.synth import make_people
from app.demo.particulars import MARKER
from app.jobs import worker
from app.models import Case, User
from app.web.clock import now
from app.web.settings import current_settings

PEOPLE = 60
SEED = 1
STAFF = {"clinician": ("clinician@demo.example", "Clara Demo"), "admin": ("admin@demo.example", "Adam Demo")}
INVITED = {"first_name": "Robin", "last_name": f"Reed {MARKER}", "dob": "1985-03-27"}


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@with_appcontext
def demo(port: int) -> None:
    """Show the product: make a clinic with staff and invented patients, and serve it on this machine."""
    if not current_settings().demo:
        raise click.ClickException("A demonstration needs FOREROOM_DEMO=1, and never runs in production.")
    app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined] # the app behind the proxy
    # Links in mail lead here too.
    app.config["SETTINGS"] = replace(current_settings(), base_url=f"http://localhost:{port}")
    server = listen(app, "127.0.0.1", port)
    migrate()
    with transaction() as session:
        passwords = {role: _ready(session, role) for role in STAFF}
        empty = not session.scalar(select(func.count()).select_from(Case))
    if empty:
        click.echo("Inventing patients ...", err=True)
        make_people(PEOPLE, SEED)
    with transaction() as session:
        link = make_invitation(session, now(), INVITED, days=30)
    _print_addresses(current_settings().base_url, passwords, link)
    try:
        with worker.running(app):
            server.run()
    except KeyboardInterrupt:
        server.close()


def _ready(session: Session, role: str) -> str:
    """Make the member of staff with this role, or give the one of an earlier run a new password. Returns it."""
    email, name = STAFF[role]
    password = secrets.token_urlsafe(12)
    found = session.scalar(select(User).where(User.email == email))
    if found is None:
        make_user(session, now(), email, name, role, password)
    else:
        found.password = hash_password(password)
        found.fs_uniquifier = secrets.token_urlsafe(32)
    return password


def _print_addresses(address: str, passwords: dict[str, str], invitation: str) -> None:
    lines = [
        "",
        "Foreroom, a demonstration. Every patient in it is invented: put no real one in.",
        "",
        f"  {address}",
        "",
        *(
            f"  {role:<10} {STAFF[role][0]:<24} password {password}   at {address}/account/"
            for role, password in passwords.items()
        ),
        f"  invitation {invitation}",
        f"             opens with the date of birth {INVITED['dob']}",
        f"  mail       {address}/demo/mailbox",
        "             whatever is sent lies there: invite someone as staff, and read on",
        "",
        "Passwords are new at each start. Ctrl+C ends it.",
    ]
    click.echo("\n".join(lines))
