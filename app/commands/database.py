"""How commands reach the records: one transaction each, by nobody in particular, on tables that are there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from app.access import Actor
from app.extensions import db

SYSTEM = Actor("system", None, frozenset())
ROOT = Path(__file__).parents[2]


@contextmanager
def transaction() -> Iterator[Session]:
    """A session that commits at the end, or undoes everything. Raises ClickException when there is no database."""
    try:
        with db.sessionmaker.begin() as session:
            yield session
    except (OperationalError, ProgrammingError):
        raise click.ClickException(
            "The database cannot be used. Is it there, and at the newest migration? (alembic upgrade head)"
        ) from None


def migrate() -> None:
    """Bring the database to the newest migration."""
    config = Config(toml_file=ROOT / "pyproject.toml")
    with db.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
