"""The audit log: writing an event down with its facts, and proving that none was touched.

Each row is chained to the one before by a keyed hash, whose key is not in the database. A row that was changed,
removed, added or swapped breaks the chain there; a missing end shows against a head that was kept elsewhere.
"""

import hmac
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

import orjson
from sqlalchemy import Connection, Table, bindparam, exists, func, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, SessionTransaction

from app.core.act import Act
from app.core.events import EVENTS
from app.models import AuditEvent

KINDS_WITH_ID = frozenset({"patient", "staff"})
KINDS = KINDS_WITH_ID | {"system", "anonymous"}
START = bytes(32)
# PostgreSQL: whoever holds it writes the next link. Any number will do that nothing else here uses.
CHAIN_LOCK = 7_102_331
SIGNED = ("seq", "at", "event", "actor_kind", "actor_id", "case_id", "facts")
"""The columns that the hash of a row is over, besides the hash before."""
LAST_WRITTEN, WAITING = "audit_last", "audit_waiting"
"""In `session.info`: the LastWritten of this process, and the events that wait for the end of a request."""

# Made once, and on the table itself: this runs with every page that a patient opens or saves.
_TABLE = cast(Table, AuditEvent.__table__)
_ADD = insert(_TABLE)
_NAMES = [column.name for column in _TABLE.columns]
_HEAD = select(_TABLE.c.seq, _TABLE.c.mac).order_by(_TABLE.c.seq.desc()).limit(1)
_BOTH_WAYS = (_TABLE.c.seq, _TABLE.c.seq.desc())
_LOCK = text("SELECT pg_advisory_xact_lock(:lock)").bindparams(lock=CHAIN_LOCK)
_ROW = select(*(bindparam(column.name, type_=column.type) for column in _TABLE.columns)).where(
    exists().where(_TABLE.c.seq == bindparam("last_seq"), _TABLE.c.mac == bindparam("last_mac"))
)
# Where somebody else writes just now, another row will be the last one: nothing is waited for, and nothing added.
_LOCKED_ROW = _ROW.where(func.pg_try_advisory_xact_lock(CHAIN_LOCK))
# Adds a row if the one it is chained to is there, and none behind that yet.
_ADD_NEXT = {
    "postgresql": postgresql.insert(_TABLE)
    .on_conflict_do_nothing()
    .from_select(_NAMES, _LOCKED_ROW)
    .returning(_TABLE.c.seq),
    "sqlite": sqlite.insert(_TABLE)
    .on_conflict_do_nothing()
    .from_select(_NAMES, _ROW)
    .returning(_TABLE.c.seq),
}


@dataclass(slots=True)
class LastWritten:
    """The row that this process wrote last, to which the next is chained without reading it again. A hint: the
    database decides, and any number of processes may write.
    """

    head: tuple[int, bytes] | None = None
    """Its number and hash; None before the first."""


class InvalidAuditEvent(ValueError):
    """The event is not in the table, its facts are not the ones it must carry, or it has no actor."""


def record(act: Act, event: str, *, case_id: UUID | None = None, **facts: object) -> None:
    """Write one event into the transaction of the act it is about, with exactly the facts that EVENTS names.

    In a request it waits for the end: see `deferred`. Elsewhere it is written at once: call it last before the commit,
    for until then nobody else can write theirs. Raises InvalidAuditEvent.
    """
    if event not in EVENTS:
        raise InvalidAuditEvent(f"{event} is not an event. Add it to EVENTS, with its facts.")
    if facts.keys() != EVENTS[event].facts:
        raise InvalidAuditEvent(
            f"{event} must carry exactly: {', '.join(sorted(EVENTS[event].facts)) or 'nothing'}."
        )
    if act.actor.kind not in KINDS or (act.actor.kind in KINDS_WITH_ID) != (act.actor.id is not None):
        raise InvalidAuditEvent(f"{event}: it must be known who did it.")
    row = {
        "at": act.now,
        "event": event,
        "actor_kind": act.actor.kind,
        "actor_id": act.actor.id,
        "case_id": case_id,
        "facts": {name: _plain(event, name, value) for name, value in facts.items()},
    }
    waiting = _waiting(act.session)
    if waiting is None:
        write(act.session, [row])
    else:
        waiting.append((row, act.session.get_nested_transaction()))


@contextmanager
def deferred(session: Session) -> Iterator[None]:
    """In this block events wait: whoever ends the transaction writes them last, and holds the chain for no longer than
    that and the commit. What was not taken out by the end of the block is forgotten.
    """
    session.info[WAITING] = []
    try:
        yield
    finally:
        del session.info[WAITING]


def take_waiting(session: Session) -> list[dict[str, Any]]:
    """Take out the events that wait, in their order, to `write` them."""
    rows = [row for row, _ in session.info[WAITING]]
    session.info[WAITING] = []
    return rows


def forget_undone(session: Session, undone: SessionTransaction) -> None:
    """After a rollback, forget the events that wait: what they are about did not happen. After that of a savepoint,
    those that were recorded in it.
    """
    if waiting := _waiting(session):
        waiting[:] = [one for one in waiting if undone.nested and one[1] is not undone]


def _waiting(session: Session) -> list[tuple[dict[str, Any], SessionTransaction | None]] | None:
    """The events that wait, each with the savepoint it was recorded in; None where events are written at once."""
    return session.info.get(WAITING)


def write(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Write events, chained to the last one: in one statement, where there is one event and this process wrote the
    last. The commit should follow at once, for nobody else can write theirs before.
    """
    if rows:
        session.flush()
        write_on(session.connection(), session.info, rows)


def write_on(connection: Connection, info: dict[Any, Any], rows: Sequence[dict[str, Any]]) -> None:
    """The same in the transaction of a connection, with the `info` of a session on its database."""
    last = cast(LastWritten, info.setdefault(LAST_WRITTEN, LastWritten()))
    chained = _chained(info, rows, *last.head) if last.head else []
    if chained and _add_next(connection, chained[0]):
        more = chained[1:]
    else:
        more = chained = _chained(info, rows, *_locked_head(connection))
    if more:
        connection.execute(_ADD, more)
    last.head = chained[-1]["seq"], chained[-1]["mac"]


def _add_next(connection: Connection, row: dict[str, Any]) -> bool:
    """Add a row behind the one it is chained to. False when that is not the last one, or not there."""
    behind = {"last_seq": row["seq"] - 1, "last_mac": row["prev"]}
    return connection.execute(_ADD_NEXT[connection.dialect.name], row | behind).first() is not None


def _locked_head(connection: Connection) -> tuple[int, bytes]:
    """The number and hash of the last row, which stays the last one until this transaction ends."""
    # SQLite needs no lock of its own: its transactions that write begin as the only writer.
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK)
    return head(connection)


def _chained(
    info: Mapping[Any, Any], rows: Sequence[dict[str, Any]], seq: int, prev: bytes
) -> list[dict[str, Any]]:
    """The rows as they follow on the row of this number and hash."""
    made = []
    for row in rows:
        seq += 1
        whole = {"seq": seq, **row}
        mac = _mac(info["audit_key"], prev, whole)
        made.append({**whole, "prev": prev, "mac": mac})
        prev = mac
    return made


def head(at: Session | Connection) -> tuple[int, bytes]:
    """The number and hash of the last row, (0, zeros) before the first: keep it elsewhere for verify."""
    found = at.execute(_HEAD).first()
    return (found.seq, found.mac) if found else (0, START)


def verify(session: Session, anchor: tuple[int, bytes] | None = None) -> int | None:
    """The number of the first row that is not as it was written, or None when all are.

    With `anchor`, a head kept earlier, it also finds rows missing from the end.
    """
    expected, prev = 1, START
    every = select(AuditEvent).order_by(AuditEvent.seq).execution_options(yield_per=1000)
    with session.scalars(every) as rows:
        for row in rows:
            if row.seq != expected:
                return expected
            if row.prev != prev or not hmac.compare_digest(
                row.mac, _mac(_key(session), row.prev, _signed(row))
            ):
                return row.seq
            if anchor and row.seq == anchor[0] and row.mac != anchor[1]:
                return row.seq
            expected, prev = row.seq + 1, row.mac
    if anchor and anchor[0] >= expected:
        return expected
    return None


def was_written_with(connection: Connection, key: bytes, sample: int) -> bool:
    """Whether at least half of the oldest and newest rows were chained with this key. One altered row is no proof."""
    ends = [connection.execute(select(_TABLE).order_by(order).limit(sample)).all() for order in _BOTH_WAYS]
    rows = [row for end in ends for row in end]
    right = sum(hmac.compare_digest(row.mac, _mac(key, row.prev, _signed(row))) for row in rows)
    return 2 * right >= len(rows)


def _key(session: Session) -> bytes:
    return cast(bytes, session.info["audit_key"])


def _mac(key: bytes, prev: bytes, whole: Mapping[str, Any]) -> bytes:
    """The keyed hash over the hash before and the signed columns of a row, written in one canonical way."""
    canonical = orjson.dumps(whole, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)
    return hmac.digest(key, prev + canonical, "sha256")


def _signed(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in SIGNED}


def _plain(event: str, name: str, value: object) -> Any:
    """The fact as JSON; raise InvalidAuditEvent for anything that could be a patient's own words."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9_.:-]{1,80}", value):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(event, name, item) for item in value]
    raise InvalidAuditEvent(f"{event}: {name} is not an id, a code or a count.")
