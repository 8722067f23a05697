"""A database that believes it holds 100,000 cases: some hundred rows of each kind, and statistics of many more.

A plan follows from the statistics, so a database made in a second is asked as one of years would be.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Table, insert, select, text
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from app.models import AuditEvent, Base, Queue
from app.questionnaire.form_kinds import FormKind
from app.screening.workflow import Outcome, Status
from tests.factories import NOW, Factory

ROWS, TIMES = 400, 250
"""Rows that are made of each table that grows, and how many of each the statistics say there are."""
SMALL = frozenset(
    {"user", "role", "roles_users", "installation", "key_fingerprint", "page_time", "rulebook_signature"}
)
"""Tables that do not grow with the number of patients."""
GROWING = frozenset(Base.metadata.tables) - SMALL
UNIQUE = frozenset({"submission_id", "token_hash"})


def fill(session: Session) -> None:
    """Fill a database with rows of every kind, and make its statistics say that there are a hundred thousand. They
    count for connections that are opened from then on.
    """
    _invent(session)
    copies: dict[str, list[Any]] = {}
    # The log hangs on nothing, and names cases all the same.
    tables = sorted(Base.metadata.sorted_tables, key=lambda table: table.name == "audit_event")
    tables = [table for table in tables if table.name in GROWING]
    for table in tables:
        rows = _copies(table, [row._asdict() for row in session.execute(select(table))], copies)
        session.execute(insert(table), rows)
        copies[table.name] = [row[next(iter(table.primary_key)).name] for row in rows]
    session.commit()
    scale = {"sqlite": _scale_sqlite, "postgresql": _scale_postgresql}[session.get_bind().dialect.name]
    scale(session.connection(), [table.name for table in tables])
    session.commit()


def _invent(session: Session) -> None:
    """A few rows of every table, in about the shares that a clinic has."""
    make = Factory(session)
    for level in (0, 1, 3, 4, 4):
        make.flag(make.screening(make.case(level_rank=level)))
    for status, queue in ((Status.WAITING_ON_PATIENT, Queue.WAITING), (Status.DRAFT, Queue.UNFINISHED)):
        make.flag(make.screening(make.case(status=status, queue=queue)))
    first = make.case(status=Status.DECIDED, decision_outcome=Outcome.SUITABLE)
    make.case(first.person, kind=FormKind.CHECK_IN, follows_id=first.id)
    make.decision(first), make.decision(first, invalidated_at=NOW + timedelta(days=1))
    make.correction(first, answered_at=NOW, answered_by=make.user().id)
    for _ in range(3):
        make.amendment(first), make.contact_attempt(first), make.case_door(make.case())
    invitation = make.mailed_invitation(uuid4().hex, case_id=first.id, treatment_id=make.treatment(first).id)
    make.sign_in_code(invitation)
    for state in ("sent", "sent", "dropped"):
        make.mail(invitation, state=state, ended_at=NOW)
        make.mail(None, kind="alert", invitation_id=None, case_id=first.id, state=state, ended_at=NOW)
    session.execute(insert(AuditEvent).values(
        seq=1, at=NOW, event="intake.viewed", actor_kind="patient", actor_id=first.id, case_id=first.id,
        facts={"page": "heart"}, prev=bytes(32), mac=bytes(32),
    ))  # fmt: skip


def _copies(
    table: Table, patterns: list[dict[str, Any]], copies: dict[str, list[Any]]
) -> list[dict[str, Any]]:
    """ROWS rows like these, with keys of their own, that hang on copies of the rows that these hang on."""
    made: list[dict[str, Any]] = []
    for number in range(ROWS):
        row = dict(patterns[number % len(patterns)])
        for column in table.columns:
            parent = next((key.column.table.name for key in column.foreign_keys), None)
            if parent in copies and row[column.name] is not None:
                row[column.name] = copies[parent][number]
            elif column.name in UNIQUE:
                row[column.name] = uuid4() if column.name == "submission_id" else uuid4().bytes * 2
            elif column.primary_key:
                row[column.name] = number + 2 if column.name == "seq" else uuid7()
        if row.get("follows_id"):
            row["follows_id"] = made[-1]["id"]
        if table.name == "audit_event":
            row["case_id"] = row["actor_id"] = copies["case"][number]
        made.append(row if row.get("status") == Status.DRAFT else _earlier(row, number))
    return made


def _earlier(row: dict[str, Any], days: int) -> dict[str, Any]:
    """The row as it was written so many days earlier. A draft of that age would be erased by now."""
    times = {name: value - timedelta(days=days) for name, value in row.items() if isinstance(value, datetime)}
    return row | times


def _scale_sqlite(connection: Connection, tables: Iterable[str]) -> None:
    connection.execute(text("ANALYZE"))
    stored = connection.execute(text("SELECT rowid, tbl, stat FROM sqlite_stat1")).all()
    for row in stored:
        if row.tbl in tables:
            # How many rows, and how many there are for one key, two keys...: one of a unique key stays one.
            rows, *each = (int(number) for number in row.stat.split())
            many = [str(number if number < 10 else number * TIMES) for number in each]
            connection.execute(
                text("UPDATE sqlite_stat1 SET stat = :stat WHERE rowid = :row"),
                {"stat": " ".join([str(rows * TIMES), *many]), "row": row.rowid},
            )


def _scale_postgresql(connection: Connection, tables: Iterable[str]) -> None:
    connection.execute(text("ANALYZE"))
    for table in tables:
        connection.execute(
            text(
                "UPDATE pg_class SET reltuples = reltuples * :times WHERE oid = CAST(:name AS regclass)"
                " OR oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = CAST(:name AS regclass))"
            ),
            {"times": TIMES, "name": f'"{table}"'},
        )
