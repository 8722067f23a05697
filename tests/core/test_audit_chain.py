"""Whoever writes an event chains it to the last one, however many processes write, and whatever was undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from sqlalchemy import Engine, event, select, text
from sqlalchemy.orm import Session, sessionmaker

from app.core import audit
from app.core.access import Actor
from app.models import AuditEvent
from tests.acts import act
from tests.factories import NOW
from tests.waiting import in_threads

STAFF = Actor("staff", uuid4(), frozenset())


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements about the log that are sent in this block, and the lock of its chain."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if "audit" in statement or "lock" in statement:
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def process(engine: Engine) -> sessionmaker[Session]:
    """The sessions of one process."""
    info = {"audit_key": b"the audit key of one test", audit.LAST_WRITTEN: audit.LastWritten()}
    return sessionmaker(engine, info=info)


def note(log: sessionmaker[Session], undone: bool = False) -> None:
    with log() as session:
        audit.record(act(session, now=NOW), "case.viewed")
        if undone:
            session.rollback()
        session.commit()


def test_an_event_is_one_statement_where_this_process_wrote_the_last(engine: Engine) -> None:
    log = process(engine)
    note(log)
    with counted(engine) as sent:
        note(log)
    assert len(sent) == 1, sent


def test_several_processes_write_one_chain_in_turns(engine: Engine) -> None:
    logs = [process(engine) for _ in range(3)]
    for turn in (0, 1, 1, 0, 2, 2, 0, 1):
        note(logs[turn])
    with logs[0]() as session:
        assert audit.head(session)[0] == 8
        assert audit.verify(session) is None


def test_many_threads_of_several_processes_write_one_chain(engine: Engine) -> None:
    logs = [process(engine) for _ in range(2)]
    in_threads(lambda n: note(logs[n % 2]), range(60), 6)
    with logs[0]() as session:
        assert audit.head(session)[0] == 60
        assert audit.verify(session) is None


def test_what_was_undone_is_chained_to_by_nobody(engine: Engine) -> None:
    log = process(engine)
    for undone in (False, True, True, False, True, False):
        note(log, undone)
    with log() as session:
        assert audit.head(session)[0] == 3
        assert audit.verify(session) is None


def test_the_end_of_a_log_that_was_put_back_from_a_backup_is_gone_on_from(engine: Engine) -> None:
    """The process still remembers rows that are not there any more."""
    log, elsewhere = process(engine), process(engine)
    for _ in range(3):
        note(log)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_event_refuses_delete"))
        else:
            connection.execute(text("ALTER TABLE audit_event DISABLE TRIGGER USER"))
        connection.execute(text("DELETE FROM audit_event WHERE seq > 1"))
    note(log)
    note(elsewhere)
    with log() as session:
        assert audit.head(session)[0] == 3
        assert audit.verify(session) is None


def test_what_waits_for_the_end_of_a_request_is_written_then_in_its_order(session: Session) -> None:
    with audit.deferred(session):
        audit.record(act(session, STAFF, NOW), "case.taken")
        audit.record(act(session, STAFF, NOW), "case.viewed")
        assert session.scalars(select(AuditEvent)).all() == []
        audit.write(session, audit.take_waiting(session))
    assert session.scalars(select(AuditEvent.event).order_by(AuditEvent.seq)).all() == [
        "case.taken",
        "case.viewed",
    ]
    assert audit.verify(session) is None


def test_what_waits_is_forgotten_with_what_it_is_about(session: Session) -> None:
    event.listen(session, "after_soft_rollback", audit.forget_undone)
    with audit.deferred(session):
        audit.record(act(session, STAFF, NOW), "case.taken")
        with session.begin_nested() as undone:
            audit.record(act(session, STAFF, NOW), "case.viewed")
            undone.rollback()
        with session.begin_nested():
            audit.record(act(session, STAFF, NOW), "openings.viewed")
        assert [row["event"] for row in audit.take_waiting(session)] == ["case.taken", "openings.viewed"]
        audit.record(act(session, STAFF, NOW), "case.taken")
        session.rollback()
        assert audit.take_waiting(session) == []
