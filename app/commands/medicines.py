"""flask medicines: how texts of the medicine box are read, and why."""

from __future__ import annotations

from collections.abc import Iterator

import click

from app.screening.medicines import MEDICINE_KINDS, Medicine, list_of, names_in, normalise
from app.screening.typed_names import look_up


@click.command()
@click.argument("texts", nargs=-1, required=True, metavar="TEXT...")
def medicines(texts: tuple[str, ...]) -> None:
    """Show how each TEXT would be read as an entry of the medicine list, and by which of our lists.

    Nothing is stored. Put a TEXT of several words in quotes.
    """
    for text in texts:
        click.echo("\n".join(reading(text)))


def reading(text: str) -> Iterator[str]:
    """The lines about one text."""
    words = normalise(text).split()
    found = look_up(text)
    yield f"{text}"
    for match in names_in(words, MEDICINE_KINDS):
        name = " ".join(words[match.start : match.end])
        yield f"  name        {name} ({list_of(name)}): {', '.join(one.generic for one in match.medicines)}"
    for label, medicines_found in (
        ("taken", found.sure),
        ("may be", found.possible),
        ("stopped", found.past),
        ("not reviewed", found.unreviewed),
    ):
        yield from (f"  {label:<11} {_told(medicine)}" for medicine in medicines_found)
    if found.left:
        yield f"  left over   {' '.join(found.left)}"
    if found.reason:
        yield f"  reason      {' '.join(found.reason)}"
    yield f"  so          {_outcome(text)}"


def _told(medicine: Medicine) -> str:
    if not medicine.reviewed:
        return f"{medicine.generic}: nobody has said what it means for the rules"
    return f"{medicine.generic}: {', '.join(medicine.classes) or 'no class, harmless'}"


def _outcome(text: str) -> str:
    """What follows for the case."""
    found = look_up(text)
    if found.understood:
        return "understood: nothing to ask"
    if found.past and not found.unclear:
        return "asked: is it still taken?"
    if found.unmatched:
        return "asked: what is it? With a plain reason (for acne) it is a note, else a review"
    return "asked: not everything in it was understood"
