"""What every table shares: ids, times, columns of a few words with a CHECK, sealed columns."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from sqlalchemy import DateTime, Dialect, Enum, Index, MetaData, TypeDecorator, event, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from uuid_utils.compat import uuid7

from app.models.sealing import JSON, KeyRing


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


def choice_type(kind: type[StrEnum] | Sequence[str], name: str) -> Enum:
    """The type of a column that holds one of a few words, stored as text under a CHECK called `name`."""
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


def unique_index(name: str, *columns: str, where: str) -> Index:
    """An index, on both databases, that keeps rows unique in these columns where the SQL condition `where` holds."""
    return Index(name, *columns, unique=True, sqlite_where=text(where), postgresql_where=text(where))


def part_index(name: str, *columns: str, where: str) -> Index:
    """An index, on both databases, of the rows for which the SQL condition `where` holds: few of a table that grows. A
    query finds it that has the condition word for word, or one that it follows from.
    """
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


ONE_DATABASE = "one database"


def index_on(dialect: str, name: str, *columns: str, where: str | None = None) -> Index:
    """An index on one kind of database alone, of the rows for which the SQL condition `where` holds."""
    condition = None if where is None else text(where)
    index = Index(name, *columns, sqlite_where=condition, info={ONE_DATABASE: dialect})
    return index.ddl_if(dialect=dialect)


def ring(session: Session) -> KeyRing:
    """The key ring that this session was made with."""
    return cast(KeyRing, session.info["ring"])


def seal(session: Session, row: Base, column: str, value: JSON) -> None:
    """Put `value` into a sealed column of `row`, bound to this row and column."""
    setattr(row, column, ring(session).seal(f"{row.__tablename__}.{column}", cast(Identified, row).id, value))


def unseal(session: Session, row: Base, column: str) -> JSON:
    """The value of a sealed column of `row`, None when it is empty. Raises SealBroken."""
    sealed = getattr(row, column)
    if sealed is None:
        return None
    return ring(session).open(f"{row.__tablename__}.{column}", cast(Identified, row).id, sealed)
