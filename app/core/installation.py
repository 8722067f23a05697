"""Whether a database and the settings belong together: a clinic's or a demonstration's, and with which keys.

A database holds its kind and the fingerprints of its keys. An app with other settings is turned away before anything
is read as garbage, or written where it could not be read again.
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
from app.models.sealing import KeyRing, SealBroken, fingerprint

SAMPLE = 10
"""How many of the oldest and of the newest values of a sealed column are tried, where no fingerprints are stored."""
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
class ExpectedInstallation:
    """The installation that the settings are for."""

    kind: str
    """CLINIC or DEMO, as in Installation.kind."""
    ring: KeyRing
    """The sealing keys."""
    audit_key: bytes
    """The key of the audit log's chain."""

    def fingerprints(self) -> dict[str, bytes]:
        """The fingerprint of each key, by the name it is stored under."""
        every = {f"sealing {number}": mark for number, mark in self.ring.fingerprints().items()}
        return every | {AUDIT_KEY: fingerprint(self.audit_key, AUDIT_KEY)}


class InstallationCheck:
    """Checks the database of one app before its first session reads anything."""

    def __init__(self, expected: ExpectedInstallation) -> None:
        self.expected = expected
        self.passed = False
        """Whether it was found to be one of these settings, with nothing left to write."""

    def __call__(self, _session: Session, _transaction: object, connection: Connection) -> None:
        """Called as a session begins. Raises WrongDatabase."""
        if not self.passed:
            self.passed = check_installation(connection, self.expected)


def check_installation(connection: Connection, expected: ExpectedInstallation) -> bool:
    """Raise WrongDatabase unless database and settings belong together.

    Fingerprints that are not there yet are written, in the caller's transaction: those of the first start once the
    keys opened what is there, and of a key that was added to the others since. Returns whether nothing was written.
    """
    check_kind(connection, expected.kind)
    ours, stored = expected.fingerprints(), _stored_fingerprints(connection)
    if not stored:
        _try_keys(connection, expected)
    _compare(ours, stored)
    new = [{"key": key, "fingerprint": mark} for key, mark in ours.items() if key not in stored]
    if new:
        # Another process may be at it with other keys: whoever was first is who it belongs to.
        connection.execute(_ADD[connection.dialect.name], new)
        _compare(ours, _stored_fingerprints(connection))
    return not new


def check_kind(connection: Connection, kind: str) -> None:
    """Raise WrongDatabase when the database is of another kind than the settings."""
    found = connection.execute(select(_INSTALLATION.c.kind)).scalar()
    if found is None:
        raise WrongDatabase(IS_NOTHING)
    if found != kind:
        raise WrongDatabase(IS_DEMO if found == DEMO else IS_CLINIC)


def has_rows(url: str) -> bool:
    """Whether the database at `url` has rows, which keys made now could not open. Raises SQLAlchemyError."""
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


def _stored_fingerprints(connection: Connection) -> dict[str, bytes]:
    return {row.key: bytes(row.fingerprint) for row in connection.execute(select(_FINGERPRINTS))}


def _compare(ours: Mapping[str, bytes], stored: Mapping[str, bytes]) -> None:
    """Raise WrongKeys unless every stored fingerprint is that of one of our keys."""
    for key, mark in stored.items():
        if key not in ours:
            raise WrongKeys(
                f"The database has values sealed with {_words(key)}, which is not among the keys."
            )
        if ours[key] != mark:
            raise WrongKeys(f"{_words(key).capitalize()} is not the one that belongs to this database.")


def _words(key: str) -> str:
    return "the audit key" if key == AUDIT_KEY else f"key {key.split()[-1]}"


def _try_keys(connection: Connection, expected: ExpectedInstallation) -> None:
    """Raise WrongKeys unless the keys open what is there: a database from before fingerprints were kept.

    A few values that are damaged prove nothing, nor do a few that other keys wrote since.
    """
    if not audit.was_written_with(connection, expected.audit_key, SAMPLE):
        raise WrongKeys("The audit log was not written with this audit key.")
    seen: Counter[int] = Counter()
    opened: Counter[int] = Counter()
    for place, row, sealed in _samples(connection):
        if len(sealed) < 2:
            continue
        seen[sealed[1]] += 1
        try:
            expected.ring.open(place, row, sealed)
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
