"""flask docs: the documents that are written from the declarations, so that neither can fall behind the other."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from app.questionnaire import dictionary, form_json
from app.questionnaire.all_forms import WHOLE
from app.screening import rulebook_document, rulebook_json
from app.screening.rulebook import RULEBOOK

FOLDER = Path(__file__).parents[2] / "docs"
STALE = 1


def documents() -> dict[str, str]:
    """Each document's file name and text."""
    return {
        "data-dictionary.md": dictionary.as_markdown(WHOLE),
        "questionnaire.json": _json(form_json.as_json()),
        "rulebook.json": _json(rulebook_json.as_json(RULEBOOK)),
        "rulebook.md": rulebook_document.as_markdown(RULEBOOK, WHOLE),
    }


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 when a document is not up to date.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=FOLDER,
    help="Where they are; by default docs/.",
)
def docs(check: bool, folder: Path) -> None:
    """Write the data dictionary and the rulebook anew for people, and questions and rulebook as JSON for programs."""
    stale = [name for name, text in documents().items() if _written(folder / name) != text]
    if check and stale:
        click.echo(f"Not up to date: {', '.join(stale)}. Run: flask docs", err=True)
        sys.exit(STALE)
    for name in stale:
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(documents()[name], encoding="utf-8")
        click.echo(f"Wrote {name}")


def _written(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
