"""The versions of the questions of each kind of form, and which pages changed from one to the next.

data/versions.csv has a line for each page that a version brought, changed or took away: kind of form, version, page,
and the hash of all that the page asks, empty when the page is gone. The line without a page is of the form as a whole.
`flask version` adds lines; none is ever changed, for stored forms name their version.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path

from .form_kinds import FormKind

WHOLE_FORM = ""
"""In place of a page: the order of steps and pages, and what is worked out from answers."""
Hashes = Mapping[str, str]
"""Page to the hash of what it asks."""


def file() -> Path:
    """Where the versions are kept."""
    return Path(str(resources.files(__package__))) / "data" / "versions.csv"


@cache
def history(kind: FormKind) -> Mapping[str, Hashes]:
    """Every version of a kind of form, oldest first, with its pages as they were in it."""
    return read(file().read_text(encoding="utf-8").splitlines(), kind)


def read(lines: Iterable[str], kind: FormKind) -> Mapping[str, Hashes]:
    """As `history`, from the lines of a file."""
    found: dict[str, dict[str, str]] = {}
    pages: dict[str, str] = {}
    for row in csv.DictReader(lines):
        if row["kind"] == kind:
            pages |= {row["page"]: row["sha256"]}
            found[row["version"]] = {page: sha for page, sha in pages.items() if sha}
    return found


def newest(kind: FormKind) -> str:
    """The version that new forms are begun in."""
    return list(history(kind))[-1]


def differing(before: Hashes, after: Hashes) -> tuple[str, ...]:
    """The pages that are not the same in both, those of `after` first."""
    return tuple(page for page in {**after, **before} if before.get(page) != after.get(page))


def changed_since(kind: FormKind, version: str) -> frozenset[str]:
    """The pages that ask something else today than they did in a version; all of them when nothing is known of it."""
    now = history(kind)[newest(kind)]
    return frozenset(page for page in differing(history(kind).get(version, {}), now) if page in now and page)


def next_after(version: str) -> str:
    """The version that follows another: its last number is one higher."""
    *first, last = version.split(".")
    return ".".join((*first, str(int(last) + 1)))
