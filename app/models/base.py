"""What every table shares: ids, times, words with a CHECK, sealed columns; and how a database is used."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    DateTime,
    Dialect,
    Engine,
    Enum,
    Index,
    MetaData,
    TypeDecorator,
    event,
    make_url,
    text,
)
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from uuid_utils.compat import uuid7

from app.models.sealing import JSON, Ring

STATEMENT_MS = 5_000
LOCK_WAIT_MS = 2_000
IDLE_IN_TRANSACTION_MS = 30_000
SQLITE_LOCK_WAIT_MS = 5_000
CONNECT_SECONDS = 2
POOL_WAIT_SECONDS = 5
HAS_TURN = "foreroom.has_turn"
POOL_SIZE = 8  # one connection for each of the server's threads
POOL_OVERFLOW = 4  # and a few for what is streamed

# What a connection must say of itself before it is used.
SQLITE_SAFE = {
    "journal_mode": frozenset({"wal"}),
    "synchronous": frozenset({"2", "3"}),  # full, extra
    "foreign_keys": frozenset({"1"}),
}
POSTGRESQL_SAFE = {
    "fsync": frozenset({"on"}),
    "full_page_writes": frozenset({"on"}),
    "synchronous_commit": frozenset({"on", "local", "remote_write", "remote_apply"}),
}


class Base(DeclarativeBase):
    """The parent of every model. Constraints are named here, so a migration can find them again."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Identified:
    """A row with an id that is made here and at once: what is sealed is bound to it before it is saved."""

    id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1)


@event.listens_for(Identified, "init", propagate=True)
def _give_id(_row: Identified, _args: object, values: dict[str, Any]) -> None:
    values.setdefault("id", uuid7())


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. Refuses a time without its zone, which SQLite would take and give back as anything."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time needs its zone to be stored.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def words(kind: type[StrEnum] | Sequence[str], name: str) -> Enum:
    """A column of one of a few words, stored as text under a CHECK called `name`."""
    if isinstance(kind, type):
        return Enum(
            kind,
            name=name,
            native_enum=False,
            create_constraint=True,
            length=32,
            values_callable=lambda members: [member.value for member in members],
        )
    return Enum(*kind, name=name, native_enum=False, create_constraint=True, length=32)


def unique_where(name: str, *columns: str, where: str) -> Index:
    """That no two of the rows of which a condition holds are alike in these columns, on both databases."""
    return Index(name, *columns, unique=True, sqlite_where=text(where), postgresql_where=text(where))


def ring(session: Session) -> Ring:
    """The key ring this session was given."""
    return cast(Ring, session.info["ring"])


def seal(session: Session, row: Base, column: str, value: JSON) -> None:
    """Put `value` into a sealed column of `row`, bound to this row and column."""
    setattr(row, column, ring(session).seal(f"{row.__tablename__}.{column}", cast(Identified, row).id, value))


def unseal(session: Session, row: Base, column: str) -> JSON:
    """What a sealed column of `row` holds, None when it is empty; raise SealBroken."""
    sealed = getattr(row, column)
    if sealed is None:
        return None
    return ring(session).open(f"{row.__tablename__}.{column}", cast(Identified, row).id, sealed)


class NotDurable(Exception):
    """The database could lose what it has confirmed."""


def engine_options(url: str) -> dict[str, Any]:
    """What create_engine is to be called with for this database."""
    # Parameters are names and answers: an error that prints them would put them into a log.
    options: dict[str, Any] = {"url": url, "hide_parameters": True}
    if make_url(url).database in (None, "", ":memory:"):
        return options
    return options | {
        "pool_size": POOL_SIZE,
        "max_overflow": POOL_OVERFLOW,
        "pool_timeout": POOL_WAIT_SECONDS,
        "pool_pre_ping": make_url(url).get_backend_name() == "postgresql",
    }


def tune(engine: Engine) -> None:
    """Make every connection of `engine` durable, bounded in time, and safe against lost updates."""
    if engine.dialect.name == "sqlite":
        _tune_sqlite(engine)
    else:
        _tune_postgresql(engine)


def durable(engine: Engine) -> None:
    """Open a connection and read back how it confirms a commit; raise NotDurable when it could lose one."""
    with engine.connect():
        pass  # every connection is read back as it opens


def _tune_sqlite(engine: Engine) -> None:
    kept = engine.url.database not in (None, "", ":memory:")
    if kept:
        Path(str(engine.url.database)).parent.mkdir(mode=0o700, parents=True, exist_ok=True)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver's guess
        for setting in (
            f"busy_timeout={SQLITE_LOCK_WAIT_MS}",
            "journal_mode=wal",
            "synchronous=full",
            "foreign_keys=on",
            "secure_delete=on",  # what is deleted is overwritten, not only forgotten
        ):
            connection.execute(f"pragma {setting}")
        if kept:
            _read_back(connection, "pragma", SQLITE_SAFE)

    turn = Lock()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        # Among this process's threads whoever comes first goes first. SQLite's own waiting is sleep of growing length,
        # in which the unlucky are overtaken for seconds.
        if kept and not connection.info.get(HAS_TURN):
            if not turn.acquire(timeout=SQLITE_LOCK_WAIT_MS / 1000):
                raise OperationalError(
                    "begin immediate", None, sqlite3.OperationalError("database is locked")
                )
            connection.info[HAS_TURN] = True
        # A plain BEGIN lets two requests read the same row, and the later one overwrite it in silence.
        connection.exec_driver_sql("begin immediate")

    @event.listens_for(engine, "checkin")
    def given_back(_connection: object, record: Any) -> None:
        if record.info.pop(HAS_TURN, False):
            turn.release()


def _tune_postgresql(engine: Engine) -> None:
    limits = {
        "statement_timeout": STATEMENT_MS,
        "lock_timeout": LOCK_WAIT_MS,
        "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION_MS,
        "synchronous_commit": "on",
        "timezone": "UTC",
    }
    options = " ".join(f"-c {name}={value}" for name, value in limits.items())

    @event.listens_for(engine, "do_connect")
    def connecting(_dialect: Dialect, _record: object, _args: object, parameters: dict[str, Any]) -> None:
        parameters["connect_timeout"] = CONNECT_SECONDS
        # A network that swallows packets must end a request, not hold its thread.
        parameters["tcp_user_timeout"] = STATEMENT_MS + LOCK_WAIT_MS
        parameters["options"] = f"{parameters.get('options', '')} {options}".strip()

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        try:
            _read_back(connection, "show", POSTGRESQL_SAFE)
        finally:
            connection.rollback()


def _read_back(connection: Any, ask: str, safe: Mapping[str, frozenset[str]]) -> None:
    for name, values in safe.items():
        (value,) = connection.execute(f"{ask} {name}").fetchone()
        if str(value) not in values:
            raise NotDurable(f"The database has {name} = {value}: it could lose what it has confirmed.")
