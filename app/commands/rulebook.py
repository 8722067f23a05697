"""flask rulebook: what changed between two rulebooks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from app.screening import rulebook_json
from app.screening.rulebook import RULEBOOK
from app.screening.rulebook_diff import differences

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
