"""The tables by which typed words are read: what patients call things is data, in app/screening/data. Plain Python."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources

TABLES = (
    "combinations.csv",
    "harmless_ingredients.toml",
    "harmless_names.csv",
    "medicines.csv",
    "mention_weights.tsv",
    "mention_words.toml",
    "name_words.toml",
    "names.tsv",
    "settling.toml",
)
"""Every table that decides what a typed word comes to, or with which reasons a flag may be settled."""


def table_text(file: str) -> str:
    """A table as text, with lines that end alike on every machine."""
    return resources.files("app.screening").joinpath("data", file).read_text(encoding="utf-8")


def table_rows(file: str) -> Iterator[dict[str, str]]:
    """The rows of a table with commas, by the names of its columns."""
    yield from csv.DictReader(table_text(file).splitlines())


@cache
def tables_hash() -> str:
    """A hash of all of them: with another table the same answers may be judged otherwise."""
    hashes = (hashlib.sha256(table_text(file).encode()).hexdigest() for file in TABLES)
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()
