"""flask rulebook: what changed between two rulebooks, and who at the clinic signed one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from app.commands.database import transaction
from app.core import signatures as signing
from app.screening import rulebook_json
from app.screening.levels import LEVEL_ORDER
from app.screening.rulebook import RULEBOOK
from app.screening.rulebook_diff import differences
from app.screening.rules import ClinicRules
from app.screening.signing import (
    changes,
    level_counts,
    own_judgement,
    own_limits,
    signing_document,
    unread_sources,
)
from app.web.act import system_act
from app.web.clock import local
from app.web.settings import current_settings

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def rulebook() -> None:
    """The rules that flag something for a clinician."""


@rulebook.command()
@click.argument("before", type=_FILE)
@click.argument("after", type=_FILE, required=False)
def diff(before: Path, after: Path | None) -> None:
    """Tell in words what changed from one rulebook to another.

    Each is a file such as docs/rulebook.json. Without AFTER it is the rulebook of this program.
    """
    now = _read(after) if after else rulebook_json.as_json(RULEBOOK)
    try:
        click.echo("\n".join(differences(_read(before), now)))
    except (AttributeError, KeyError, TypeError) as error:
        raise click.UsageError("A file is not laid out as docs/rulebook.schema.json says.") from error


@rulebook.command()
@click.option("--name", required=True, help="Who signs.")
@click.option("--role", required=True, help="What they are at the clinic, such as “medical director”.")
@with_appcontext
def sign(name: str, role: str) -> None:
    """Sign the rulebook of this program, with this clinic's own limits.

    Read docs/rulebook.md first. What changed since the last signature is printed, and the name asked for once more.
    """
    rules = current_settings().rules
    with transaction() as session:
        before = signing.last_document(session)
    click.echo("\n".join(_summary(rules)))
    now = signing_document(RULEBOOK, rules)
    click.echo(
        "\n".join(["", *changes(before, now)] if before else ["", "Nobody signed a rulebook here before."])
    )
    click.echo()
    if click.prompt("To sign, type the name once more").split() != name.split():
        raise click.ClickException("That is not the name. Nothing was signed.")
    with transaction() as session:
        try:
            signed = signing.sign(system_act(session), name, role)
        except signing.SignatureRefused as refused:
            raise click.ClickException(str(refused)) from None
    click.echo(f"Signed: rulebook {signed.of.rulebook}, {signed.name}, {signed.role}, {_day(signed)}.")


@rulebook.command()
@with_appcontext
def signatures() -> None:
    """List the signatures of this clinic, newest first, and say whether this rulebook is signed."""
    rules = current_settings().rules
    with transaction() as session:
        for one in signing.signatures(session):
            limits = "" if one.of.settings == rules.identity else ", with other limits than now"
            click.echo(f"{_day(one)}  {one.of.rulebook}{limits}  {one.name}, {one.role}")
        signed = signing.is_signed(session, rules)
    told = "signed" if signed else "not signed. Run: flask rulebook sign"
    click.echo(f"The rulebook of this program, {RULEBOOK.identity}, is {told}")


def _summary(rules: ClinicRules) -> list[str]:
    """What is about to be signed, in a few lines."""
    counts = level_counts(RULEBOOK, rules)
    told = ", ".join(f"{counts[level]} {level}" for level in sorted(counts, key=LEVEL_ORDER.__getitem__))
    unread = unread_sources(RULEBOOK, rules)
    own = ", ".join(own_judgement(RULEBOOK, rules))
    return [
        f"Rulebook {RULEBOOK.identity}: {told}. All of them are in docs/rulebook.md.",
        *(f"This clinic: {line}" for line in own_limits(signing_document(RULEBOOK, rules))),
        f"Sources of urgent and stop rules that are not read in all that rules rest on: {', '.join(unread) or 'none'}.",
        f"Urgent and stop rules that rest on this project's own judgement, at least in part: {own}.",
    ]


def _day(signed: signing.RulebookSigned) -> str:
    return f"{local(signed.at):%Y-%m-%d}"


def _read(path: Path) -> dict[str, Any]:
    """A rulebook's file. Raises a usage error, which names the file, for one that is none."""
    try:
        read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise click.UsageError(f"{path} is not JSON: {error}") from error
    if not isinstance(read, dict) or not {"rulebook", "rules", "facts", "sources"} <= set(read):
        raise click.UsageError(
            f"{path} is not a rulebook: it is made by “flask docs”, as docs/rulebook.json."
        )
    return read
