"""No statement of the product reads through a table that grows: what a page costs, it costs with 100,000 cases, too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from math import inf
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine

from app.models import Base
from app.web.extensions import db
from tests.cost.recorder import Asked
from tests.cost.statistics import GROWING, fill
from tests.cost.walk import Walk, everything

READS_ALL = {
    "export taken": "a file of all cases is counted and read whole",
}
"""Acts whose cost may grow with the tables, and why."""
OF_FEW = {
    index.name
    for table in Base.metadata.tables.values()
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
    and not index.unique
    and index.name != "ix_case_listed"
}
"""Indexes that hold few of a table's rows: they may be read through."""
CHEAP = 1000
"""What PostgreSQL reckons for a scan that a limit ends soon: to read 100,000 rows costs it more."""
OF_ALL = re.compile(r"\bWHERE\b", re.IGNORECASE)


def test_no_statement_reads_through_a_table_that_grows(own_app: Flask) -> None:
    walk = Walk(own_app)
    with walk.session() as session:
        fill(session)
    everything(walk)
    asked = {one.statement: one for one in walk.recorder.asked if one.act not in READS_ALL}
    with own_app.app_context():
        found = {*_found(db.engine, asked.values())}
        if db.engine.dialect.name == "sqlite":
            # Nobody gathers statistics there: its plans must be right without them, too.
            with db.engine.begin() as connection:
                connection.exec_driver_sql("DELETE FROM sqlite_stat1")
            found |= {*_found(db.engine, asked.values())}
    assert not found, "\n".join(sorted(found))


def _found(engine: Engine, asked: Iterable[Asked]) -> Iterator[str]:
    """What is wrong with the plans that connections make that are opened now: they read the statistics first."""
    engine.dispose()
    with engine.connect() as connection:
        for one in asked:
            for trouble in troubles(connection, one):
                yield f"{one.act}: {trouble}\n    {' '.join(one.statement.split())[:600]}"


def troubles(connection: Connection, asked: Asked) -> Iterator[str]:
    """How a statement reads through a table that grows, in the database's own words."""
    if connection.dialect.name == "sqlite":
        yield from _of_sqlite(connection, asked)
    else:
        ((plan,),) = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {asked.statement}", asked.parameters)
        yield from _of_postgresql(plan[0]["Plan"], stops_at=inf)


def _of_sqlite(connection: Connection, asked: Asked) -> Iterator[str]:
    steps = [
        row.detail
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked.statement}", asked.parameters)
    ]
    # The first rows in the order of an index, whichever they are, are read and no more.
    first = "LIMIT" in asked.statement and not OF_ALL.search(asked.statement)
    sorts = any("TEMP B-TREE" in step for step in steps)
    for step in steps:
        scan = re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", step)
        if (
            scan and scan[1] in GROWING and scan[2] not in OF_FEW and (sorts or not first)
        ) or "AUTOMATIC" in step:
            yield step


def _of_postgresql(plan: dict[str, Any], stops_at: float) -> Iterator[str]:
    """The scans of a plan. `stops_at`: what it costs until a limit above is reached."""
    kind, table = plan["Node Type"], plan.get("Relation Name", "")
    whole = "Index Cond" not in plan and "Recheck Cond" not in plan
    if kind.endswith("Scan") and table in GROWING and whole and min(stops_at, plan["Total Cost"]) > CHEAP:
        yield f"{kind} on {table} {plan.get('Index Name', '')} {plan.get('Filter', '')}"
    if kind == "Limit":
        stops_at = plan["Total Cost"]
    for part in plan.get("Plans", ()):
        yield from _of_postgresql(part, stops_at)
