"""Whether PostgreSQL is asked all that SQLite is: what makes it honest that some tests run on SQLite alone.

Each query that the product sends while tests run is noted, as the module that sends it and the table it is about; a row
that is written, as the table alone, for whichever query comes next may write it. A row that is read by its key is not:
that query is SQLAlchemy's own, and any module may be the first to touch a row that a commit let go. After a run of all
tests, what only SQLite was asked fails the run.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from tests.databases import KINDS, ROOT

MARKER = "sqlite_alone"
# Whoever asks for these is about what a database does with locks, commits and connections.
DEPENDS = frozenset({"engine", "own_database", "make_database", "own_app"})
APP, TESTS = str(ROOT / "app") + "/", str(ROOT / "tests") + "/"
FLUSH = str(Path("sqlalchemy", "orm", "unitofwork.py"))
LOADING = str(Path("sqlalchemy", "orm", "loading.py"))
# Flask-Login asks for the user when a page first wants to know who it is: whichever module that is.
LOGIN = (f"{os.sep}flask_login{os.sep}", f"{os.sep}flask_security{os.sep}")
BY_KEY = frozenset({"_load_scalar_attributes", "_load_on_ident", "_load_on_pk_identity"})
TABLE = re.compile(r"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b\s*(.*)", re.DOTALL)
FROM = re.compile(r'\bFROM\s+"?(\w+)')
NAME = re.compile(r'"?(\w+)')

asked: dict[str, set[str]] = {kind: set() for kind in KINDS}
"""By kind of database, what it was asked in this process; in the one that gathers, by all."""


def note(connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
    """Remember what is asked, if it is the product that asks."""
    what = _about(statement)
    where = _asked_at() if what else None
    if where is not None:
        asked[connection.dialect.name].add(f"{where}{what}")


def listen() -> None:
    """Note from now on what every engine sends."""
    event.listen(Engine, "before_cursor_execute", note)


def unasked(given: Mapping[str, Collection[str]]) -> list[str]:
    """What SQLite was asked and PostgreSQL never; nothing when there was no PostgreSQL at all."""
    postgresql = set(given["postgresql"])
    return sorted(set(given["sqlite"]) - postgresql) if postgresql else []


def refusal(marker: pytest.Mark, fixtures: Collection[str]) -> str:
    """Why a test that uses these fixtures may not be marked as one for SQLite alone; nothing when it may."""
    if len(marker.args) != 1 or not str(marker.args[0]).strip():
        return f"{MARKER} needs one argument: why another database would tell nothing more."
    depends = sorted(DEPENDS.intersection(fixtures))
    return f"{MARKER} cannot go with {', '.join(depends)}: run it on each database." if depends else ""


@cache
def _about(statement: str) -> str:
    """The verb and the table, nothing for what is neither query nor change."""
    found = TABLE.match(statement)
    if found is None:
        return ""
    table = (FROM.search(found[2]) if found[1] == "SELECT" else NAME.match(found[2])) or ["", "?"]
    if table[1].startswith("sqlite_"):  # SQLite's own catalogue: others have one of another name
        return ""
    return f"{found[1]} {table[1]}"


def _asked_at() -> str | None:
    """The module of the product that sends what is being sent; nothing of it for a row that is only written now. None
    for what a test sends itself, and for a row read by its key.
    """
    frame: Any = sys._getframe(2)
    written = False
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(APP):
            return "" if written else f"app/{name.removeprefix(APP)} "
        if name.startswith(TESTS) or (name.endswith(LOADING) and frame.f_code.co_name in BY_KEY):
            return None
        if any(part in name for part in LOGIN):
            return None
        written = written or name.endswith(FLUSH)
        frame = frame.f_back
    return None
