"""How a database is used: every connection durable, bounded in time, and safe against lost updates."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Dialect, Engine, event, make_url
from sqlalchemy.exc import OperationalError

STATEMENT_MS = 5_000
LOCK_WAIT_MS = 2_000
IDLE_IN_TRANSACTION_MS = 30_000
SQLITE_LOCK_WAIT_MS = 5_000
CONNECT_SECONDS = 2
POOL_WAIT_SECONDS = 5
HAS_TURN, READ_ONLY = "foreroom.has_turn", "foreroom.read_only"
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


_BLOCK: ContextVar[ReadOnlyBlock | None] = ContextVar("read_only", default=None)


@dataclass(slots=True)
class ReadOnlyBlock:
    """A block in which transactions only read."""

    begun: bool = False
    """Whether a transaction was begun in it that can only read."""


@contextmanager
def read_only() -> Iterator[ReadOnlyBlock]:
    """In this block, transactions of SQLite read what is there as they begin, wait for nobody and keep nobody waiting;
    to write in one raises OperationalError. PostgreSQL's do that anyway, and may write.
    """
    token = _BLOCK.set(made := ReadOnlyBlock())
    try:
        yield made
    finally:
        _BLOCK.reset(token)


class NotDurable(Exception):
    """The database could lose what it has confirmed."""


def engine_options(url: str) -> dict[str, Any]:
    """The arguments of create_engine for the database at `url`."""
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


def configure_engine(engine: Engine) -> None:
    """Make every connection of `engine` durable, bounded in time, and safe against lost updates."""
    if engine.dialect.name == "sqlite":
        _configure_sqlite(engine)
    else:
        _configure_postgresql(engine)


def check_durable(engine: Engine) -> None:
    """Open a connection and read back how it confirms a commit. Raises NotDurable when it could lose one."""
    with engine.connect():
        pass  # every connection is read back as it opens


def _configure_sqlite(engine: Engine) -> None:
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
        # Past SQLAlchemy, which takes ten times as long over a statement of one word.
        driver = connection.connection.driver_connection
        block = _BLOCK.get() if kept else None
        if connection.info.get(READ_ONLY, False) is not (block is not None):
            connection.info[READ_ONLY] = block is not None
            driver.execute(f"pragma query_only={int(block is not None)}")
        if block is not None:
            block.begun = True
            driver.execute("begin")
            return
        # Among this process's threads whoever comes first goes first. SQLite's own waiting is sleep of growing length,
        # in which the unlucky are overtaken for seconds.
        if kept and not connection.info.get(HAS_TURN):
            if not turn.acquire(timeout=SQLITE_LOCK_WAIT_MS / 1000):
                raise OperationalError(
                    "begin immediate", None, sqlite3.OperationalError("database is locked")
                )
            connection.info[HAS_TURN] = True
        # A plain BEGIN lets two requests read the same row, and the later one overwrite it in silence.
        try:
            driver.execute("begin immediate")
        except sqlite3.OperationalError as problem:
            raise OperationalError("begin immediate", None, problem) from problem

    @event.listens_for(engine, "checkin")
    def given_back(_connection: object, record: Any) -> None:
        if record.info.pop(HAS_TURN, False):
            turn.release()


def _configure_postgresql(engine: Engine) -> None:
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
    """Raise NotDurable unless the connection has each of these settings at one of its safe values."""
    for name, values in safe.items():
        (value,) = connection.execute(f"{ask} {name}").fetchone()
        if str(value) not in values:
            raise NotDurable(f"The database has {name} = {value}: it could lose what it has confirmed.")
