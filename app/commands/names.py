"""flask names: makes the wide list of names anew, from public lists in packages that the maintainers get."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from app import screening
from app.commands.name_choice import ChosenNames, choose
from app.commands.name_sources import SOURCES, NotTheSource, dner_claims, unii_claims

LIST = Path(screening.__file__).parent / "data" / "names.tsv"
UNDECIDED = 1
BAD_INPUT = 2


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    default=LIST,
    help="Where to write; by default app/screening/data/names.tsv.",
)
def names(folder: Path, target: Path) -> None:
    """Write the wide list of names from the packages in FOLDER. docs/medicine-names.md says how to get them.

    Names of ours of which the sources say something else are told, and end the work with exit code 1: decide each in
    app/commands/names.toml, or mend our table.
    """
    try:
        claims, paged = dner_claims(folder)
        choice = choose([*claims, *unii_claims(folder)], paged)
    except NotTheSource as refused:
        click.echo(str(refused), err=True)
        sys.exit(BAD_INPUT)
    target.write_text(as_text(choice), encoding="utf-8")
    click.echo(f"Wrote {len(choice.names)} names.")
    for reason, count in choice.dropped.most_common():
        click.echo(f"{count:6} left out: {reason}")
    for name, said in choice.contradicted.items():
        click.echo(f"left out, for the sources contradict each other: {name}: {said}")
    for name, (ours, theirs) in choice.differing.items():
        click.echo(f"Not decided: {name} is {list(ours)} by our table, {list(theirs)} by theirs.", err=True)
    if choice.differing:
        sys.exit(UNDECIDED)


def as_text(choice: ChosenNames) -> str:
    """The list: where it is from, then one name a line."""
    head = [
        "# The wide list: name, ingredients (all of them at once), source. Made by flask names, not by hand.",
        *(f"# {one.key}: {one.said}. {one.wheel}, SHA-256 {one.sha256}." for one in SOURCES),
        "# hand: decided in app/commands/names.toml, where the sources contradict each other or know too little.",
    ]
    lines = (
        f"{name}\t{';'.join(ingredients)}\t{source}"
        for name, (ingredients, source) in sorted(choice.names.items())
    )
    return "\n".join([*head, *lines, ""])
