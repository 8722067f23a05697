"""The wide list: names that the world gives to medicines, and the ingredients that each stands for.

data/names.tsv says which ingredients a name is, never what that means for the rules: that is said of an ingredient, in
our own tables (`medicines`). It is made by a tool of the maintainers, not by hand. Read when a name is first looked up
that no table of ours has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from .tables import table_text

MOST_WORDS = 4
"""How many words the longest name of the list has."""


@dataclass(frozen=True, slots=True)
class WideName:
    """One line of the list."""

    name: str
    """The name, normalised."""
    ingredients: tuple[str, ...]
    """The ingredients that it stands for, all at once."""
    source: str
    """The list that says so."""


def wide_lines() -> Iterator[WideName]:
    """Every line, in the order of the file. It is read anew each time, and nothing of it is kept."""
    for line in _lines():
        name, ingredients, source = line.split("\t")
        yield WideName(name, tuple(ingredients.split(";")), source)


def _lines() -> list[str]:
    return [line for line in table_text("names.tsv").splitlines() if not line.startswith("#")]


@cache
def wide_names() -> Mapping[str, str]:
    """Each name with its ingredients, which are joined by ";". Kept for good: small, for most names share theirs."""
    shared: dict[str, str] = {}
    found: dict[str, str] = {}
    for line in _lines():
        name, ingredients, _ = line.split("\t")
        found[name] = shared.setdefault(ingredients, ingredients)
    return found
