"""How Alembic reaches the database: the one in the settings, or a connection that its caller hands in.

With a connection comes the `kind` of installation that it is for.
"""

import os
from collections.abc import Callable
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.util import CommandError
from sqlalchemy import Connection, TypeDecorator, create_engine, inspect

from app.core.installation import ExpectedInstallation, WrongDatabase, check_installation, check_kind
from app.models import Base, Installation, configure_engine, engine_options
from app.models.base import ONE_DATABASE
from app.models.sealing import KeyRing
from config import ConfigError, Settings


def render_item(kind: str, item: Any, _autogen: AutogenContext) -> str | Literal[False]:
    """Write plain types, so that a migration never imports an app that has moved on since."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def is_of(dialect: str) -> Callable[..., bool]:
    """What tells whether something of the models is on this kind of database."""
    return lambda item, *_: item.info.get(ONE_DATABASE, dialect) == dialect


def migrate(connection: Connection) -> None:
    """Do what was asked for in one transaction: all of it or nothing. Raises CommandError for another's database."""
    _same_kind(connection)
    sqlite = connection.dialect.name == "sqlite"
    driver: Any = connection.connection.driver_connection
    if sqlite:
        # SQLite alters a table by copying and dropping it. The rows that point to it must not notice, and are
        # looked at again below. It takes this outside a transaction only.
        driver.execute("pragma foreign_keys=off")
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_server_default=True,
        render_as_batch=True,
        render_item=render_item,
        include_object=is_of(connection.dialect.name),
    )
    try:
        with context.begin_transaction():
            if not sqlite:
                # A long backfill may take its time; waiting for a lock that others hold may not.
                connection.exec_driver_sql("set local statement_timeout = 0")
            context.run_migrations()
            if sqlite and driver.execute("pragma foreign_key_check").fetchone():
                raise RuntimeError("The migration would leave rows that point to nothing. It was not done.")
    finally:
        if sqlite:
            driver.execute("pragma foreign_keys=on")


def _says_what_it_is(connection: Connection) -> bool:
    """Whether it has come as far as the migration since which databases do."""
    found = inspect(connection).has_table(Installation.__tablename__)
    connection.rollback()  # a migration begins its own transaction
    return found


def _same_kind(connection: Connection) -> None:
    """Raise CommandError when the database is a clinic's and the settings of a demonstration, or the other way."""
    if _says_what_it_is(connection):
        try:
            check_kind(connection, context.config.attributes["kind"])
        except WrongDatabase as problem:
            raise CommandError(str(problem)) from None
        finally:
            connection.rollback()


def _same_keys(connection: Connection, settings: Settings) -> None:
    """Raise CommandError when the keys are others. Leaves their fingerprints in a database that is new."""
    if _says_what_it_is(connection):
        expected = ExpectedInstallation(
            settings.kind, KeyRing(settings.sealing_keys, settings.newest_key), settings.audit_key
        )
        try:
            check_installation(connection, expected)
        except WrongDatabase as problem:
            raise CommandError(str(problem)) from None
        connection.commit()


if context.is_offline_mode():
    raise SystemExit("Migrations run against a database, so that they can be proved on it first.")

handed_in: Connection | None = context.config.attributes.get("connection")
if handed_in is not None:
    migrate(handed_in)
else:
    try:
        settings = Settings.from_env(os.environ)
    except ConfigError as problem:
        raise CommandError(str(problem)) from None
    context.config.attributes["kind"] = settings.kind
    engine = create_engine(**engine_options(settings.database_url))
    configure_engine(engine)
    with engine.connect() as opened:
        _same_keys(opened, settings)
        migrate(opened)
        _same_keys(opened, settings)
    engine.dispose()
