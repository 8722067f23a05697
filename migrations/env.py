"""How Alembic reaches the database: the one in the settings, or a connection that its caller hands in."""

import os
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, TypeDecorator, create_engine

from app.models import Base, engine_options, tune
from config import Settings


def render_item(kind: str, item: Any, _autogen: AutogenContext) -> str | Literal[False]:
    """Write plain types, so that a migration never imports an app that has moved on since."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def migrate(connection: Connection) -> None:
    """Do what was asked for in one transaction: all of it or nothing."""
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


if context.is_offline_mode():
    raise SystemExit("Migrations run against a database, so that they can be proved on it first.")

handed_in: Connection | None = context.config.attributes.get("connection")
if handed_in is not None:
    migrate(handed_in)
else:
    engine = create_engine(**engine_options(Settings.from_env(os.environ).database_url))
    tune(engine)
    with engine.connect() as opened:
        migrate(opened)
    engine.dispose()
