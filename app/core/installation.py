"""Whether a database and the settings belong together: a clinic's or a demonstration's, and with which keys.

A database says both of itself. Whoever comes with other settings is turned away before anything is read as garbage,
or written where nobody could read it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, Table, create_engine, inspect, make_url, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from app.core import audit
from app.models import DEMO, Base, Installation, KeyFingerprint
from app.models.sealing import Ring, SealBroken, fingerprint

SAMPLE = 10
"""How many of the oldest and of the newest values of a sealed column are tried, where no fingerprint says more."""
AUDIT_KEY = "audit"

_INSTALLATION = cast(Table, Installation.__table__)
_FINGERPRINTS = cast(Table, KeyFingerprint.__table__)
_ADD = {
    "postgresql": postgresql.insert(_FINGERPRINTS).on_conflict_do_nothing(),
    "sqlite": sqlite.insert(_FINGERPRINTS).on_conflict_do_nothing(),
}

IS_DEMO = (
    "This database is of a demonstration or a test, with invented people, and these settings are a clinic's. Name the "
    "clinic's own in FOREROOM_DATABASE_URL or FOREROOM_INSTANCE; to see the demonstration, set FOREROOM_DEMO=1."
)
IS_CLINIC = (
    "This database is a clinic's, and these settings are of a demonstration or a test. For the clinic, take "
    "FOREROOM_DEMO and FOREROOM_ENV away; for a demonstration, FOREROOM_DATABASE_URL and FOREROOM_INSTANCE."
)
IS_NOTHING = "This database does not say what it is of. Run: alembic upgrade head"
PUT_BACK = (
    "Put back the keys it was made with: keys.json in the instance folder, or FOREROOM_KEYS and FOREROOM_AUDIT_KEY. "
    "Nothing was read or changed."
)


class WrongDatabase(Exception):
    """The database and the settings do not belong together. The message says why, and how to mend it."""


class WrongKeys(WrongDatabase):
    """The keys are not those that sealed the database, or one of them is missing."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} {PUT_BACK}")


@dataclass(frozen=True)
class Ours:
    """What the settings say: the kind of installation, and its keys."""

    kind: str
    ring: Ring
    audit_key: bytes

    def fingerprints(self) -> dict[str, bytes]:
        """The fingerprint of each key, by the name it is stored under."""
        every = {f"sealing {number}": mark for number, mark in self.ring.fingerprints().items()}
        return every | {AUDIT_KEY: fingerprint(self.audit_key, AUDIT_KEY)}


class Door:
    """Looks at the database of one app before its first session reads anything."""

    def __init__(self, ours: Ours) -> None:
        self.ours = ours
        self._known = False

    def __call__(self, _session: Session, _transaction: object, connection: Connection) -> None:
        """Called as a session begins. Raises WrongDatabase."""
        if not self._known:
            self._known = check(connection, self.ours)


def check(connection: Connection, ours: Ours) -> bool:
    """Raise WrongDatabase unless database and settings belong together.

    Fingerprints that are not there yet are written, in the caller's transaction: those of the first start once the
    keys opened what is there, and of a key that was added to the others since. Returns whether none was.
    """
    check_kind(connection, ours.kind)
    mine, kept = ours.fingerprints(), _kept(connection)
    if not kept:
        _prove(connection, ours)
    _compare(mine, kept)
    new = [{"key": key, "fingerprint": mark} for key, mark in mine.items() if key not in kept]
    if new:
        # Another process may be at it with other keys: whoever was first is who it belongs to.
        connection.execute(_ADD[connection.dialect.name], new)
        _compare(mine, _kept(connection))
    return not new


def check_kind(connection: Connection, kind: str) -> None:
    """Raise WrongDatabase when the database is of another kind than the settings."""
    found = connection.execute(select(_INSTALLATION.c.kind)).scalar()
    if found is None:
        raise WrongDatabase(IS_NOTHING)
    if found != kind:
        raise WrongDatabase(IS_DEMO if found == DEMO else IS_CLINIC)


def has_rows(url: str) -> bool:
    """Whether anything is kept in a database, that keys made now could not open. Raises SQLAlchemyError."""
    address = make_url(url)
    options: dict[str, Any] = {"url": url, "hide_parameters": True, "poolclass": NullPool}
    if address.get_backend_name() == "postgresql":
        options["connect_args"] = {"connect_timeout": 5}
    engine = create_engine(**options)
    with engine.connect() as connection:
        # What is there before anybody began: how far migrations are, and what the database is for.
        ours = set(Base.metadata.tables) - {_INSTALLATION.name}
        tables = [name for name in inspect(connection).get_table_names() if name in ours]
        return any(connection.execute(text(f'SELECT 1 FROM "{name}" LIMIT 1')).first() for name in tables)  # noqa: S608 - names of our tables


def _kept(connection: Connection) -> dict[str, bytes]:
    return {row.key: bytes(row.fingerprint) for row in connection.execute(select(_FINGERPRINTS))}


def _compare(mine: Mapping[str, bytes], kept: Mapping[str, bytes]) -> None:
    for key, mark in kept.items():
        if key not in mine:
            raise WrongKeys(
                f"The database has values sealed with {_words(key)}, which is not among the keys."
            )
        if mine[key] != mark:
            raise WrongKeys(f"{_words(key).capitalize()} is not the one that belongs to this database.")


def _words(key: str) -> str:
    return "the audit key" if key == AUDIT_KEY else f"key {key.split()[-1]}"


def _prove(connection: Connection, ours: Ours) -> None:
    """Raise WrongKeys unless the keys open what is there: a database from before fingerprints were kept.

    A few values that are damaged prove nothing, nor do a few that other keys wrote since.
    """
    if not audit.written_with(connection, ours.audit_key, SAMPLE):
        raise WrongKeys("The audit log was not written with this audit key.")
    seen: Counter[int] = Counter()
    opened: Counter[int] = Counter()
    for place, row, sealed in _samples(connection):
        if len(sealed) < 2:
            continue
        seen[sealed[1]] += 1
        try:
            ours.ring.open(place, row, sealed)
        except (SealBroken, ValueError):
            continue
        opened[sealed[1]] += 1
    for number, times in sorted(seen.items()):
        if 2 * opened[number] < times and (times > 1 or len(seen) == 1):
            raise WrongKeys(f"What is sealed with key {number} cannot be opened with these keys.")


def _samples(connection: Connection) -> Iterator[tuple[str, UUID, bytes]]:
    """The oldest and newest of each sealed column: its place, its row, and what is there."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if not column.name.startswith("sealed_"):
                continue
            filled = select(table.c.id, column).where(column.is_not(None)).limit(SAMPLE)
            ends = (connection.execute(filled.order_by(order)) for order in (table.c.id, table.c.id.desc()))
            for row, sealed in {row[0]: row[1] for end in ends for row in end}.items():
                yield f"{table.name}.{column.name}", row, bytes(sealed)
