"""What happened is written down with exactly its facts, in the same transaction, and no row can be changed unseen."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, delete, insert, select, text, update
from sqlalchemy.exc import DatabaseError, StatementError
from sqlalchemy.orm import Session, sessionmaker

from app.core import audit
from app.core.access import SYSTEM, Actor
from app.core.events import EVENTS
from app.models import AuditEvent
from tests.acts import act
from tests.factories import CANARY, NOW
from tests.waiting import in_threads

STAFF = Actor("staff", uuid4(), frozenset())


def facts_for(event: str) -> dict[str, object]:
    return {name: ["a-rule", "another"] if name in ("rules", "cases") else 3 for name in EVENTS[event].facts}


@pytest.mark.parametrize("event", sorted(EVENTS))
def test_every_event_is_written_with_who_when_and_what(session: Session, event: str) -> None:
    case_id = uuid4()
    audit.record(act(session, STAFF, NOW), event, case_id=case_id, **facts_for(event))
    row = session.scalars(select(AuditEvent)).one()
    assert (row.seq, row.event, row.at, row.case_id) == (1, event, NOW, case_id)
    assert (row.actor_kind, row.actor_id) == ("staff", STAFF.id)
    assert row.facts == facts_for(event)


def test_an_event_that_is_not_in_the_table_is_refused(session: Session) -> None:
    with pytest.raises(audit.InvalidAuditEvent, match="Add it to EVENTS"):
        audit.record(act(session, STAFF, NOW), "case.forgotten")


@pytest.mark.parametrize(
    "facts",
    [{}, {"page": "heart"}, {"page": "heart", "version": 3, "answer": "yes"}, {"version": 3, "pages": 1}],
)
def test_facts_that_are_not_the_ones_of_the_event_are_refused(
    session: Session, facts: dict[str, Any]
) -> None:
    with pytest.raises(audit.InvalidAuditEvent, match="exactly: page, version"):
        audit.record(act(session, STAFF, NOW), "intake.saved", **facts)


@pytest.mark.parametrize(
    "fact",
    [f"I am {CANARY}", "a@b.test", "27/03/1985", "", "x" * 81, 1.5, {"a": 1}, [["ok", f"{CANARY} B."]], b"x"],
)
def test_a_fact_that_could_be_someones_own_words_is_refused(session: Session, fact: object) -> None:
    with pytest.raises(audit.InvalidAuditEvent, match="not an id, a code or a count") as caught:
        audit.record(act(session, STAFF, NOW), "interruption.shown", id=fact)
    assert CANARY not in str(caught.value)


def test_ids_codes_and_counts_are_kept(session: Session) -> None:
    case_id = uuid4()
    audit.record(act(session, STAFF, NOW), "queue.viewed", queue="to_review", cases=[case_id, str(case_id)])
    audit.record(act(session, STAFF, NOW), "intake.submitted", level=None, flags=0, dropped=0)
    first, second = session.scalars(select(AuditEvent).order_by(AuditEvent.seq))
    assert first.facts == {"queue": "to_review", "cases": [str(case_id), str(case_id)]}
    assert second.facts == {"level": None, "flags": 0, "dropped": 0}


@pytest.mark.parametrize(
    "actor",
    [
        Actor("staff", None, frozenset()),
        Actor("patient", None, frozenset()),
        Actor("system", uuid4(), frozenset()),
        Actor("robot", uuid4(), frozenset()),  # type: ignore[arg-type]
    ],
)
def test_an_act_of_nobody_known_is_refused(session: Session, actor: Actor) -> None:
    with pytest.raises(audit.InvalidAuditEvent, match="who did it"):
        audit.record(act(session, actor, NOW), "case.viewed")


def test_a_time_without_its_zone_is_refused(session: Session) -> None:
    with pytest.raises(StatementError, match="zone"):
        audit.record(act(session, STAFF, NOW.replace(tzinfo=None)), "case.viewed")


def test_what_is_undone_leaves_no_event_and_no_gap(session: Session) -> None:
    audit.record(act(session, STAFF, NOW), "case.viewed")
    with session.begin_nested() as undone:
        audit.record(act(session, STAFF, NOW), "case.taken")
        undone.rollback()
    audit.record(act(session, STAFF, NOW), "case.viewed")
    session.expire_all()
    assert [row.event for row in session.scalars(select(AuditEvent))] == ["case.viewed"] * 2
    assert audit.verify(session) is None


@pytest.fixture
def unguarded(session: Session) -> Session:
    """Someone with the database's password and time, but not the audit key, before a log of 20 rows."""
    for n in range(20):
        moment = NOW + timedelta(microseconds=n)
        audit.record(
            act(session, STAFF, moment), "intake.saved", case_id=uuid4(), page=f"page-{n}", version=n
        )
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("DROP TRIGGER audit_event_refuses_update"))
        session.execute(text("DROP TRIGGER audit_event_refuses_delete"))
    else:
        session.execute(text("ALTER TABLE audit_event DISABLE TRIGGER USER"))
    return session


def test_an_untouched_log_verifies(unguarded: Session) -> None:
    assert audit.verify(unguarded) is None
    assert audit.verify(unguarded, anchor=audit.head(unguarded)) is None


COLUMNS: dict[str, Any] = {
    "at": NOW + timedelta(days=1),
    "event": "case.viewed",
    "actor_kind": "patient",
    "actor_id": UUID(int=1),
    "case_id": None,
    "facts": {"page": "page-4", "version": 5},
    "prev": bytes(32),
    "mac": bytes(32),
}


@pytest.mark.parametrize("column", sorted(COLUMNS))
def test_changing_any_column_shows_at_that_row(unguarded: Session, column: str) -> None:
    unguarded.execute(update(AuditEvent).where(AuditEvent.seq == 5).values({column: COLUMNS[column]}))
    assert audit.verify(unguarded) == 5


def test_every_column_is_tried() -> None:
    assert set(COLUMNS) == {column.name for column in AuditEvent.__table__.columns} - {"seq"}


def test_a_row_that_was_removed_shows(unguarded: Session) -> None:
    unguarded.execute(delete(AuditEvent).where(AuditEvent.seq == 7))
    assert audit.verify(unguarded) == 7


def test_a_row_that_was_removed_shows_after_the_others_move_up(unguarded: Session) -> None:
    unguarded.execute(delete(AuditEvent).where(AuditEvent.seq == 7))
    for seq in range(8, 21):
        unguarded.execute(update(AuditEvent).where(AuditEvent.seq == seq).values(seq=seq - 1))
    assert audit.verify(unguarded) == 7


def test_rows_that_changed_places_show(unguarded: Session) -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        unguarded.execute(update(AuditEvent).where(AuditEvent.seq == old).values(seq=new))
    assert audit.verify(unguarded) == 3


def test_a_row_that_was_put_in_without_the_key_shows(unguarded: Session) -> None:
    rebuilt = sessionmaker(unguarded.get_bind(), info={"audit_key": b"a guess" * 5})(
        bind=unguarded.connection()
    )
    audit.record(act(rebuilt, STAFF, NOW), "case.viewed")
    assert audit.verify(unguarded) == 21


def test_a_cut_end_shows_against_a_head_kept_elsewhere(unguarded: Session) -> None:
    kept = audit.head(unguarded)
    assert kept[0] == 20
    unguarded.execute(delete(AuditEvent).where(AuditEvent.seq > 17))
    assert audit.verify(unguarded) is None
    assert audit.verify(unguarded, anchor=kept) == 18


def test_a_cut_end_that_was_written_anew_shows_against_the_kept_head(unguarded: Session) -> None:
    kept = audit.head(unguarded)
    unguarded.execute(delete(AuditEvent).where(AuditEvent.seq == 20))
    audit.record(act(unguarded, STAFF, NOW), "case.viewed")
    assert audit.verify(unguarded) is None
    assert audit.verify(unguarded, anchor=kept) == 20


@pytest.mark.parametrize("mended", [False, True], ids=["as it was", "with its link mended"])
def test_a_genuine_row_of_a_history_that_was_undone_shows(unguarded: Session, mended: bool) -> None:
    with unguarded.begin_nested() as undone:
        audit.record(act(unguarded, STAFF, NOW), "case.taken")
        audit.record(act(unguarded, STAFF, NOW), "case.viewed")
        columns = AuditEvent.__table__.columns.keys()
        genuine = {name: getattr(unguarded.get_one(AuditEvent, 22), name) for name in columns}
        undone.rollback()
    audit.record(act(unguarded, STAFF, NOW), "case.viewed")
    if mended:
        genuine["prev"] = audit.head(unguarded)[1]
    unguarded.execute(insert(AuditEvent).values(genuine))
    assert audit.verify(unguarded) == 22


def test_random_damage_is_found_at_its_first_row(unguarded: Session) -> None:
    chance = random.Random(7)
    for _ in range(60):
        with unguarded.begin_nested() as undone:
            first = chance.randint(1, 20)
            for seq in {first, chance.randint(first, 20)}:
                row = unguarded.get_one(AuditEvent, seq)
                column = chance.choice(["mac", "prev"])
                value = bytearray(getattr(row, column))
                value[chance.randrange(32)] ^= 1 << chance.randrange(8)
                unguarded.execute(
                    update(AuditEvent).where(AuditEvent.seq == seq).values({column: bytes(value)})
                )
            unguarded.expire_all()
            assert audit.verify(unguarded) == first
            undone.rollback()
        unguarded.expire_all()
    assert audit.verify(unguarded) is None


@pytest.mark.parametrize("change", [update(AuditEvent).values(event="case.viewed"), delete(AuditEvent)])
def test_the_database_itself_refuses_to_change_or_delete_an_event(session: Session, change: Any) -> None:
    audit.record(act(session, STAFF, NOW), "case.taken")
    with pytest.raises(DatabaseError, match="kept as it was written"), session.begin_nested():
        session.execute(change)
    assert session.scalars(select(AuditEvent.event)).all() == ["case.taken"]


def test_the_database_refuses_a_number_twice(session: Session) -> None:
    audit.record(act(session, STAFF, NOW), "case.taken")
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(insert(AuditEvent).values(seq=1, **COLUMNS))


def test_events_written_at_the_same_time_make_one_chain(engine: Engine) -> None:
    log = sessionmaker(engine, info={"audit_key": b"the audit key of one test"})

    def write(n: int) -> None:
        with log() as session:
            audit.record(act(session, SYSTEM, datetime.now(UTC)), "synth.made", cases=n)
            session.commit()

    in_threads(write, range(48), 6)
    with log() as session:
        assert audit.head(session)[0] == 48
        assert audit.verify(session) is None
        assert sorted(facts["cases"] for facts in session.scalars(select(AuditEvent.facts))) == list(
            range(48)
        )
