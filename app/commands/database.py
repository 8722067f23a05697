"""The database for commands: one transaction each, on tables that are there and of these settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from app.core.installation import WrongDatabase
from app.web.extensions import db
from app.web.settings import current_settings

ROOT = Path(__file__).parents[2]


@contextmanager
def transaction() -> Iterator[Session]:
    """A session that commits at the end, or undoes everything.

    Raises ClickException when there is no database, or one that these settings are not for.
    """
    try:
        with db.sessionmaker.begin() as session:
            yield session
    except (OperationalError, ProgrammingError):
        raise click.ClickException(
            "The database cannot be used. Is it there, and at the newest migration? (alembic upgrade head)"
        ) from None
    except WrongDatabase as problem:
        raise click.ClickException(str(problem)) from None


def refuse_other_database() -> None:
    """Raise ClickException when the database is of other settings, before anything else is done."""
    with transaction() as session:
        session.connection()


def migrate() -> None:
    """Bring the database to the newest migration. Raises ClickException for one that these settings are not for."""
    # Imported here: a server starts without it.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config(toml_file=ROOT / "pyproject.toml")
    with db.engine.connect() as connection:
        config.attributes.update(connection=connection, kind=current_settings().kind)
        try:
            command.upgrade(config, "head")
        except CommandError as problem:
            raise click.ClickException(str(problem)) from None
    refuse_other_database()
