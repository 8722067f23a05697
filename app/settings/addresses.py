"""Where the database is, and where the app is found."""

from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from app.settings.errors import ConfigError


def read_database_url(value: str | None, instance: Path, env: str) -> str:
    """The database's address as SQLAlchemy takes it: by default a file in the instance folder. Raises ConfigError."""
    if value is None:
        return f"sqlite:///{instance / 'foreroom.sqlite'}"
    try:
        url = make_url(value)
    except ArgumentError:
        raise ConfigError("FOREROOM_DATABASE_URL is not a database address.") from None
    if url.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    if url.drivername != "sqlite":
        raise ConfigError("FOREROOM_DATABASE_URL must be of SQLite or PostgreSQL.")
    if env != "test" and url.database in (None, "", ":memory:"):
        raise ConfigError(
            "FOREROOM_DATABASE_URL must name a file: records kept in memory are lost at the end."
        )
    return value


def read_base_url(value: str, env: str) -> str:
    """The address that links in mails begin with, without a slash at its end. Raises ConfigError."""
    parts = urlsplit(value)
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.path.strip("/")
        or parts.query
        or parts.fragment
    ):
        raise ConfigError(
            "FOREROOM_BASE_URL must look like https://intake.clinic.test, with nothing after the host."
        )
    if env == "production" and parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1"):
        raise ConfigError(
            "FOREROOM_BASE_URL must begin with https:// so that what patients send cannot be read on its way."
        )
    return value.rstrip("/")
