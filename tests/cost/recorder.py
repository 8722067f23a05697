"""What an app asks of its database, act by act."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event

OWN = ("begin", "savepoint", "release", "rollback", "commit", "pragma", "explain")
"""How statements begin that begin or end a transaction, or ask about the database itself."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One statement as it was sent."""

    act: str
    """What it was sent for."""
    statement: str
    parameters: Any
    """Its values; of a statement sent for many rows, those of the first."""


@dataclass(slots=True)
class Recorder:
    """Notes the statements that an engine sends while an act runs, and of no other time."""

    asked: list[Asked] = field(default_factory=list)
    act: str = ""

    def of(self, act: str) -> list[Asked]:
        """The statements of one act, in their order."""
        return [one for one in self.asked if one.act == act]

    @contextmanager
    def noting(self, act: str) -> Iterator[None]:
        """Note what is sent in this block as that act's."""
        self.act = act
        try:
            yield
        finally:
            self.act = ""

    def listen(self, engine: Engine) -> None:
        """Listen to an engine from now on."""
        event.listen(engine, "before_cursor_execute", self._note)

    def _note(
        self,
        _connection: Connection,
        _cursor: object,
        statement: str,
        parameters: Any,
        _context: object,
        many: bool,
    ) -> None:
        if self.act and not statement.lower().startswith(OWN):
            self.asked.append(Asked(self.act, statement, parameters[0] if many else parameters))
