"""flask medicines: how texts of the medicine box are read, and why."""

from __future__ import annotations

from collections.abc import Iterator

import click

from app.screening.medicines import Medicine, list_of
from app.screening.spellings import words_of
from app.screening.typed_names import NameField, look_up, names_read


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
    words = words_of(text)
    found = look_up(text)
    yield f"{text}"
    for match in names_read(words, NameField.MEDICINES):
        name = " ".join(words[match.start : match.end])
        source = list_of(name) or "one letter off"
        yield f"  name        {name} ({source}): {', '.join(one.generic for one in match.medicines)}"
    for label, medicines_found in (
        ("taken", found.sure),
        ("may be", found.possible),
        ("may be", found.harmless_near),
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
    if found.harmless_near:
        return "asked: what is it? It is near a harmless name: a note"
    if found.unmatched:
        return "asked: what is it? With a plain reason (for acne) it is a note, else a review"
    return "asked: not everything in it was understood"
