"""How a database is used: what is confirmed is on the disk, nothing waits for ever, no write is lost in silence."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, event, make_url, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import QueuePool

from app.models import (
    Base,
    Case,
    Flag,
    Invitation,
    NotDurable,
    check_durable,
    configure_engine,
    engine_options,
    seal,
    unseal,
)
from app.models import engine as engine_settings
from app.models.sealing import KeyRing
from app.web.extensions import db
from tests.databases import engine_for
from tests.factories import CANARY, CANARY_PHONE, Factory
from tests.waiting import in_threads

RING = KeyRing({1: b"a sealing key of these tests 32b"}, newest=1)


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    return sessionmaker(engine, info={"ring": RING}, expire_on_commit=False)


def ask(engine: Engine, sqlite: str, postgresql: str) -> str:
    question = f"pragma {sqlite}" if engine.dialect.name == "sqlite" else f"show {postgresql}"
    with engine.connect() as connection:
        return str(connection.exec_driver_sql(question).scalar_one())


def test_a_commit_is_on_the_disk_before_it_is_answered(engine: Engine) -> None:
    check_durable(engine)
    assert ask(engine, "synchronous", "synchronous_commit") in ("2", "on")
    assert ask(engine, "journal_mode", "fsync") in ("wal", "on")


def test_the_app_uses_its_database_in_the_same_way(assembled_app: Flask) -> None:
    with assembled_app.app_context():
        engine = db.engine
    check_durable(engine)
    assert ask(engine, "foreign_keys", "lock_timeout") in ("1", "2s")


def test_a_database_that_could_lose_a_commit_is_not_used(make_database: Callable[[], str]) -> None:
    url = make_database()
    engine = create_engine("sqlite:///file::memory:?uri=true" if "sqlite" in url else url)

    if engine.dialect.name == "postgresql":

        @event.listens_for(engine, "connect")
        def careless(connection: object, _record: object) -> None:
            tuned_off = "update pg_settings set setting = 'off' where name = 'synchronous_commit'"
            connection.execute(tuned_off)  # type: ignore[attr-defined]
            connection.commit()  # type: ignore[attr-defined]

    configure_engine(engine)
    with pytest.raises(NotDurable, match="could lose what it has confirmed"):
        check_durable(engine)
    engine.dispose()


def test_nobody_waits_for_ever(engine: Engine) -> None:
    assert isinstance(engine.pool, QueuePool)
    assert engine.pool.timeout() == 5
    assert ask(engine, "busy_timeout", "statement_timeout") in ("5000", "5s")
    assert ask(engine, "busy_timeout", "lock_timeout") in ("5000", "2s")
    assert ask(engine, "busy_timeout", "idle_in_transaction_session_timeout") in ("5000", "30s")


def test_a_forgotten_transaction_does_not_hang_the_others(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_settings, "SQLITE_LOCK_WAIT_MS", 200)
    monkeypatch.setattr(engine_settings, "LOCK_WAIT_MS", 200)
    address = engine.url.render_as_string(hide_password=False)
    with engine_for(address) as impatient, engine.begin() as forgotten, impatient.connect() as other:
        if engine.dialect.name == "postgresql":
            forgotten.execute(text('lock table "case"'))
        with pytest.raises(DBAPIError, match=r"locked|lock timeout"):
            other.execute(select(Case.id))


def test_rows_cannot_point_to_nothing(engine: Engine) -> None:
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(
            text("insert into roles_users (user_id, role_id) values (:id, :id)"), {"id": "0" * 32}
        )


def test_what_a_patient_wrote_is_not_in_the_errors_of_a_database(sessions: sessionmaker[Session]) -> None:
    with sessions() as session:
        user = Factory(session).user(name=f"Sam {CANARY}")
        with pytest.raises(IntegrityError) as caught, session.begin_nested():
            Factory(session).user(name=f"Kim {CANARY}", email=user.email)
    assert CANARY not in str(caught.value)


def test_counting_together_counts_everyone(sessions: sessionmaker[Session]) -> None:
    with sessions() as session:
        invitation = Factory(session).invitation()
        session.commit()

    def miss(_: int) -> None:
        with sessions() as session:
            found = select(Invitation).where(Invitation.id == invitation.id).with_for_update()
            session.scalars(found).one().misses += 1
            session.commit()

    in_threads(miss, range(60), 6)
    with sessions() as session:
        assert session.get_one(Invitation, invitation.id).misses == 60


@pytest.mark.parametrize(("kind", "column"), [(Case, "sealed_answers"), (Flag, "sealed_note")])
def test_a_save_over_someone_elses_save_is_refused(
    sessions: sessionmaker[Session], kind: type[Case | Flag], column: str
) -> None:
    with sessions() as mine:
        row = Factory(mine).case() if kind is Case else Factory(mine).flag()
        mine.commit()
        row_id = row.id
        with sessions() as yours:
            seal(yours, yours.get_one(kind, row_id), column, "theirs")
            yours.commit()
        seal(mine, row, column, "mine")
        with pytest.raises(StaleDataError):
            mine.commit()
    with sessions() as later:
        assert unseal(later, later.get_one(kind, row_id), column) == "theirs"


def test_a_stolen_database_shows_nobody(
    engine: Engine, sessions: sessionmaker[Session], tmp_path: Path
) -> None:
    with sessions() as session:
        make = Factory(session)
        case = make.case(answers={"heart_attack": "yes", "anything_else": f"I am {CANARY}"})
        make.invitation(make.person(), token=f"{CANARY}-token", case_id=case.id)
        make.flag(make.screening(case))
        make.decision(case)
        session.commit()
    stolen = bytes_of(engine, tmp_path)
    assert b"unstable-heart" in stolen  # the control: what is not sealed does show
    for marker in (CANARY, CANARY.lower(), CANARY_PHONE, "1985-03-27", "heart_attack"):
        assert marker.encode() not in stolen
        assert marker.encode().hex().encode() not in stolen


def bytes_of(engine: Engine, folder: Path) -> bytes:
    """Everything that the database keeps."""
    if engine.dialect.name == "sqlite":
        return b"".join(file.read_bytes() for file in sorted(folder.glob("*.sqlite*")))
    with engine.connect() as connection:
        rows = [
            str(row)
            for name in Base.metadata.tables
            for row in connection.execute(text(f'select (t.*)::text from "{name}" t')).scalars()
        ]
    return "\n".join(rows).encode()


def test_an_engine_is_made_for_its_database() -> None:
    assert "pool_timeout" not in engine_options("sqlite://")
    assert engine_options("postgresql+psycopg://localhost/x")["pool_pre_ping"] is True


def test_a_connection_that_the_server_ended_is_never_used(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        # Its connections are this process's own: nobody else can end one.
        with engine.connect() as connection:
            assert connection.scalar(text("select 1")) == 1
        return
    with engine.connect() as connection:
        ended = connection.scalar(text("select pg_backend_pid()"))
    with engine.connect() as connection:
        assert connection.scalar(text("select pg_backend_pid()")) == ended, "it is kept and used again"
        connection.rollback()
        with (
            engine_for(engine.url.render_as_string(hide_password=False)) as another,
            another.begin() as other,
        ):
            assert other.scalar(text("select pg_terminate_backend(:pid, 2000)"), {"pid": ended})
    with engine.connect() as connection:
        assert connection.scalar(text("select pg_backend_pid()")) != ended


def test_nobody_can_turn_durability_off_in_the_address(make_database: Callable[[], str]) -> None:
    url = make_url(make_database())
    if url.drivername != "sqlite":
        url = url.update_query_dict({"options": "-c synchronous_commit=off"})
    with engine_for(url.render_as_string(hide_password=False)) as engine:
        assert ask(engine, "synchronous", "synchronous_commit") in ("2", "on")
