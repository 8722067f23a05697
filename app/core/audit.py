"""The audit log: writing an event down with its facts, and proving that none was touched.

Each row is chained to the one before by a keyed hash, whose key is not in the database. A row that was changed,
removed, added or swapped breaks the chain there; a missing end shows against a head that was kept elsewhere.
"""

import hmac
import re
from typing import Any, cast
from uuid import UUID

import orjson
from sqlalchemy import Connection, Table, insert, select, text
from sqlalchemy.orm import Session

from app.core.act import Act
from app.core.events import EVENTS
from app.models import AuditEvent

KINDS_WITH_ID = frozenset({"patient", "staff"})
KINDS = KINDS_WITH_ID | {"system", "anonymous"}
START = bytes(32)
# PostgreSQL: whoever holds it writes the next link. Any number will do that nothing else here uses.
CHAIN_LOCK = 7_102_331
# Made once, and on the table itself: this runs with every page that a patient saves.
_TABLE = cast(Table, AuditEvent.__table__)
_ADD = insert(_TABLE)
_HEAD = select(_TABLE.c.seq, _TABLE.c.mac).order_by(_TABLE.c.seq.desc()).limit(1)
_BOTH_WAYS = (_TABLE.c.seq, _TABLE.c.seq.desc())
_LOCK = text("SELECT pg_advisory_xact_lock(:lock)").bindparams(lock=CHAIN_LOCK)


class InvalidAuditEvent(ValueError):
    """The event is not in the table, its facts are not the ones it must carry, or it has no actor."""


def record(act: Act, event: str, *, case_id: UUID | None = None, **facts: object) -> None:
    """Write one event into the transaction of the act it is about, with exactly the facts that EVENTS names.

    Call it last before the commit: until then nobody else can write theirs.
    Raises InvalidAuditEvent.
    """
    if event not in EVENTS:
        raise InvalidAuditEvent(f"{event} is not an event. Add it to EVENTS, with its facts.")
    if facts.keys() != EVENTS[event].facts:
        raise InvalidAuditEvent(
            f"{event} must carry exactly: {', '.join(sorted(EVENTS[event].facts)) or 'nothing'}."
        )
    if act.actor.kind not in KINDS or (act.actor.kind in KINDS_WITH_ID) != (act.actor.id is not None):
        raise InvalidAuditEvent(f"{event}: it must be known who did it.")
    plain = {name: _plain(event, name, value) for name, value in facts.items()}
    act.session.flush()
    seq, prev = _head_for_writing(act.session)
    row = AuditEvent(
        seq=seq + 1,
        at=act.now,
        event=event,
        actor_kind=act.actor.kind,
        actor_id=act.actor.id,
        case_id=case_id,
        facts=plain,
        prev=prev,
    )
    row.mac = _mac(_key(act.session), row)
    act.session.execute(_ADD, {column.name: getattr(row, column.name) for column in _TABLE.columns})


def head(session: Session) -> tuple[int, bytes]:
    """The number and hash of the last row, (0, zeros) before the first: keep it elsewhere for verify."""
    found = session.execute(_HEAD).first()
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
            if row.prev != prev or not hmac.compare_digest(row.mac, _mac(_key(session), row)):
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
    right = sum(hmac.compare_digest(row.mac, _mac(key, row)) for row in rows)
    return 2 * right >= len(rows)


def _key(session: Session) -> bytes:
    return cast(bytes, session.info["audit_key"])


def _head_for_writing(session: Session) -> tuple[int, bytes]:
    # SQLite needs no lock of its own: its transactions begin as the only writer.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_LOCK)
    return head(session)


def _mac(key: bytes, row: Any) -> bytes:
    """The keyed hash over the hash before and the whole row, written in one canonical way."""
    whole = {
        "seq": row.seq,
        "at": row.at,
        "event": row.event,
        "actor_kind": row.actor_kind,
        "actor_id": row.actor_id,
        "case_id": row.case_id,
        "facts": row.facts,
    }
    canonical = orjson.dumps(whole, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)
    return hmac.digest(key, row.prev + canonical, "sha256")


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
