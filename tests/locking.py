"""Whether requests lock rows in the order that app/models writes down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from flask import g, has_request_context, request
from sqlalchemy import Engine, event

ORDER = ("invitation", "case", "person", "mail", "page_time", "audit")
CHANGE = re.compile(r'\s*(?:UPDATE|DELETE FROM) "?(\w+)"?')
HOLD = re.compile(r'\bFROM "?(\w+)"?\b.*\bFOR UPDATE', re.DOTALL)


@contextmanager
def in_order(engine: Engine) -> Iterator[None]:
    """Look at what every request locks on PostgreSQL until the block ends. Raises AssertionError then."""
    wrong: list[str] = []

    def look(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        table = _locked(statement) if has_request_context() else ""
        if table not in ORDER:
            return
        taken: list[str] = g.setdefault("locked by this request", [])
        if table not in taken:
            if taken and ORDER.index(table) < max(map(ORDER.index, taken)):
                wrong.append(f"{request.endpoint} locks {', '.join(taken)} and then {table}")
            taken.append(table)

    if engine.dialect.name == "postgresql":
        event.listen(engine, "before_cursor_execute", look)
    try:
        yield
    finally:
        if event.contains(engine, "before_cursor_execute", look):
            event.remove(engine, "before_cursor_execute", look)
    assert not wrong, sorted(set(wrong))


def _locked(statement: str) -> str:
    if "advisory_xact_lock" in statement:
        return "audit"
    found = CHANGE.match(statement) or HOLD.search(statement)
    return found[1] if found else ""
