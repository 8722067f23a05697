"""How many statements are sent to the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event


class Statements:
    """Counts the statements of an engine, without those that begin and end a transaction."""

    def __init__(self) -> None:
        self._sent = 0

    def taken(self) -> int:
        """How many were sent since the last time this was asked."""
        sent, self._sent = self._sent, 0
        return sent

    def note(self, *cursor_execute: object) -> None:
        """Count one, if it is none that begins a transaction."""
        statement = str(cursor_execute[2]).lstrip().lower()
        if not statement.startswith(("begin", "savepoint", "release", "rollback", "commit")):
            self._sent += 1


@contextmanager
def counted(engine: Engine) -> Iterator[Statements]:
    """Count what an engine sends meanwhile."""
    statements = Statements()
    event.listen(engine, "before_cursor_execute", statements.note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", statements.note)
