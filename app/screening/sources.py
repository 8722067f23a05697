"""Every citation, once, in data/sources.csv. Citations name works; nothing is copied from them.

`seen` tells how much of the work was read when the rule was written: yes, part, summary, abstract, reports, knowledge
(from expert knowledge, to be checked), article (a marketing article, not a clinical source) or local (this project's
own threshold, which a clinic must confirm). Yes is said of a work whose parts that urgent and stop rules rest on were
read in its own words, in a public copy; the note says what else other rules rest on and nobody read. Part is said of
one that lacks some of them. Labels change: read the current text before go-live.
"""

import csv
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class Source:
    """A work a rule cites."""

    key: str
    """What rules name it by."""
    citation: str
    """The work, as it is cited."""
    kind: str
    """What sort of work it is."""
    seen: str
    """How much of it was read; see above."""
    seen_note: str
    """What is to be known of that."""
    section: str = ""
    """The part of it that rules rest on."""
    address: str = ""
    """Where it can be read."""
    read_on: str = ""
    """The day that part was read, ISO; "" where nobody noted it."""


def was_read(source: Source) -> bool:
    """Whether the part of the work that rules rest on was read in its own text, where there is such a text."""
    return source.seen in ("yes", "local", "article")


def _load() -> dict[str, Source]:
    text = (resources.files(__package__) / "data" / "sources.csv").read_text(encoding="utf-8")
    return {row["key"]: Source(**row) for row in csv.DictReader(text.splitlines())}


SOURCES = _load()
"""The works by key."""
