"""flask version: gives a form whose questions changed a new version, and keeps what changed."""

from __future__ import annotations

import sys

import click

from app.questionnaire import versions
from app.questionnaire.all_forms import FORMS
from app.questionnaire.form_kinds import FormKind
from app.questionnaire.page_hashes import changed_pages, hashes, unrecorded

CHANGED = 1


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 when questions have no version yet.")
def version(check: bool) -> None:
    """Give each form whose questions changed a new version, in app/questionnaire/data/versions.csv."""
    messages = [message for kind in FormKind if (message := unrecorded(kind))]
    if not messages:
        return
    if check:
        click.echo("\n".join(messages), err=True)
        sys.exit(CHANGED)
    with versions.file().open("a", encoding="utf-8") as file:
        for kind in FormKind:
            for line in _lines(kind):
                click.echo(line, file=file)
    click.echo("The questions have a new version. Now run: .venv/bin/flask docs")


def _lines(kind: FormKind) -> list[str]:
    """What a changed form adds to the file; nothing where it is as its version has it."""
    pages = changed_pages(kind)
    if not pages:
        return []
    new, now = versions.next_after(versions.newest(kind)), hashes(FORMS[kind].asks)
    click.echo(
        f"{kind.word}: version {new}, with other questions on {', '.join(filter(None, pages)) or 'no page'}"
    )
    return [f"{kind},{new},{page},{now.get(page, '')}" for page in pages]
