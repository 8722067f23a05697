"""The lists of medicines and allergies for a clinician: each row as told, and what its name was read as, in words."""

from __future__ import annotations

from collections.abc import Iterable

from app.questionnaire.reading import Reading
from app.review.case import answers_view
from app.screening import typed_lists
from app.screening.factbook import FACTS
from app.screening.facts import Facts
from app.screening.medicines import Medicine
from app.screening.typed_lists import TypedName

HEAD = "Read as"


def heads(name: str) -> list[str]:
    """The headings of a list, `medicines` or `allergies`."""
    return [*answers_view.entry_heads(name), HEAD]


def rows(reading: Reading, name: str) -> tuple[list[str], ...]:
    """The rows of that list, a cell for each heading."""
    facts = Facts(reading, FACTS)
    read = (
        [(one,) for one in typed_lists.medicines(facts)]
        if name == "medicines"
        else typed_lists.allergy_entries(facts)
    )
    told = answers_view.entries(reading, name)
    return tuple([*cells, "; ".join(map(in_words, names))] for cells, names in zip(told, read, strict=True))


def in_words(typed: TypedName) -> str:
    """What a name was read as: known, said to be stopped, near something, or not clear."""
    found = typed.found
    parts = [_names(found.sure)] if found.sure else []
    if found.past:
        parts.append(f"Said to be stopped: {_names(found.past)}")
    if found.unreviewed:
        parts.append(f"Not reviewed, so ask: {_names(found.unreviewed)}")
    if found.possible or found.harmless_near:
        parts.append(f"Not clear, near: {_names(found.possible or found.harmless_near, ' or ')}")
    elif found.left and found.unclear:
        parts.append(f"Not clear: “{' '.join(found.left)}”")
    elif found.unclear and not found.unreviewed:
        parts.append("Not clear")
    return ". ".join(parts) or "Nothing to ask"


def _names(medicines: Iterable[Medicine], between: str = ", ") -> str:
    return between.join(medicine.generic for medicine in medicines)
