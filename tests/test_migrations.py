"""Migrations go up, down and up again, with records in the tables, and end at exactly what the models say."""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, MetaData, delete, event, inspect, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.core import audit
from app.core.access import Actor
from app.models import Amendment, Base, Case, ContactAttempt, Decision
from app.models.sealing import KeyRing
from tests.acts import act
from tests.databases import ROOT, alembic_config, engine_for
from tests.factories import NOW, Factory
from tests.waiting import LONGEST_WAIT

VERSIONS = sorted((ROOT / "migrations" / "versions").glob("*.py"))
INFO = {
    "ring": KeyRing({1: b"a sealing key of these tests 32b"}, newest=1),
    "audit_key": b"the key of one test",
}


@pytest.fixture
def empty(make_database: Callable[[], str]) -> Iterator[Engine]:
    with engine_for(make_database()) as engine:
        yield engine


def go(engine: Engine, act: Callable[..., object], *arguments: str) -> None:
    with engine.connect() as connection:
        act(alembic_config(connection, "clinic"), *arguments)


def shape(connection: Connection) -> dict[str, Any]:
    """What a database holds: columns, keys, constraints and indexes of every table, in no particular order."""
    found = inspect(connection)
    return {
        name: {
            "columns": {
                c["name"]: (str(c["type"]), c["nullable"], c["default"]) for c in found.get_columns(name)
            },
            "primary key": found.get_pk_constraint(name)["constrained_columns"],
            "checks": {c["name"]: c["sqltext"] for c in found.get_check_constraints(name)},
            "unique": {c["name"]: c["column_names"] for c in found.get_unique_constraints(name)},
            "foreign keys": {
                c["name"]: (c["constrained_columns"], c["referred_table"], c["options"])
                for c in found.get_foreign_keys(name)
            },
            "indexes": {c["name"]: (c["column_names"], c["unique"]) for c in found.get_indexes(name)},
        }
        for name in found.get_table_names()
        if name != "alembic_version"
    }


def shape_of(engine: Engine) -> dict[str, Any]:
    with engine.connect() as connection:
        return shape(connection)


def records(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    found = MetaData()
    found.reflect(engine)
    with engine.connect() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(each.select())), key=repr)
            for name, each in found.tables.items()
        }


def fill(engine: Engine) -> None:
    """At least one row in every table."""
    with Session(engine, info=INFO) as session:
        make = Factory(session)
        case = make.case(owner_id=make.user("clinician", "admin").id)
        make.invitation(case_id=case.id)
        make.mail(kind="code", code_id=make.sign_in_code().id)
        make.flag(make.screening(case))
        make.decision(case)
        make.correction(case)
        make.amendment(case)
        make.contact_attempt(case)
        make.treatment(case)
        make.page_time()
        make.rulebook_signature()
        make.case_door(case)
        make.another_key()
        audit.record(act(session, Actor("system", None, frozenset()), NOW), "case.viewed", case_id=case.id)
        session.commit()


def test_the_newest_migration_ends_at_exactly_what_the_models_say(
    empty: Engine, make_database: Callable[[], str]
) -> None:
    go(empty, command.upgrade, "head")
    with engine_for(make_database()) as other:
        Base.metadata.create_all(other)
        assert shape_of(empty) == shape_of(other)
    go(empty, command.check)


def test_a_model_that_has_no_migration_is_noticed(empty: Engine) -> None:
    go(empty, command.upgrade, "head")
    with empty.begin() as connection:
        connection.execute(text("alter table person drop column created_at"))
    with pytest.raises(CommandError, match="New upgrade operations detected"):
        go(empty, command.check)


def test_down_undoes_everything_and_up_does_it_again(empty: Engine) -> None:
    go(empty, command.upgrade, "head")
    there = shape_of(empty)
    assert set(there) == set(Base.metadata.tables)
    fill(empty)
    with empty.begin() as connection:  # it refuses to lose those
        connection.execute(text("delete from treatment"))
    go(empty, command.downgrade, "base")
    assert shape_of(empty) == {}
    with empty.connect() as connection:
        left = "select name from sqlite_master where type = 'trigger'"
        if empty.dialect.name == "postgresql":
            left = "select proname from pg_proc where pronamespace = 'public'::regnamespace"
        assert connection.execute(text(left)).all() == []
    go(empty, command.upgrade, "head")
    assert shape_of(empty) == there


def test_each_migration_undoes_itself_alone(empty: Engine) -> None:
    before: dict[str, Any] = {}
    for script in reversed(list(ScriptDirectory(str(ROOT / "migrations")).walk_revisions())):
        go(empty, command.upgrade, script.revision)
        after = shape_of(empty)
        go(empty, command.downgrade, "-1")
        assert shape_of(empty) == before, script.revision
        go(empty, command.upgrade, script.revision)
        assert shape_of(empty) == after
        before = after


def test_records_survive_what_comes_after_them(empty: Engine) -> None:
    """Going to the newest migration again, as every start does, changes nothing."""
    go(empty, command.upgrade, "head")
    fill(empty)
    before = records(empty)
    assert all(before.values()), "every table holds a row"
    go(empty, command.upgrade, "head")
    assert records(empty) == before
    with Session(empty, info=INFO) as session:
        assert audit.verify(session) is None


def test_a_call_is_kept_as_it_was_written(empty: Engine) -> None:
    go(empty, command.upgrade, "head")
    with Session(empty, info=INFO) as session:
        made = Factory(session).contact_attempt()
        session.commit()
        with pytest.raises(DatabaseError, match="contact_attempt is kept as it was written"):
            session.execute(delete(ContactAttempt).where(ContactAttempt.id == made.id))


def test_answers_from_a_call_are_kept_and_going_back_leaves_all_else_as_it_was(empty: Engine) -> None:
    go(empty, command.upgrade, "head")
    with Session(empty, info=INFO) as session:
        make = Factory(session)
        made = make.case()
        make.decision(made)
        told = make.amendment(made)
        session.commit()
        with pytest.raises(DatabaseError, match="amendment is kept as it was written"):
            session.execute(delete(Amendment).where(Amendment.id == told.id))
    before = records(empty)
    go(empty, command.downgrade, "0002")
    left = records(empty)
    assert "amendment" not in left
    assert left["person"] == before["person"]
    assert _told(left["decision"]) == _told(before["decision"])
    assert len(left["case"]) == 1
    with (
        empty.begin() as connection,
        pytest.raises(DatabaseError, match="decision is kept as it was written"),
    ):
        connection.execute(text("delete from decision"))


def _told(rows: list[tuple[Any, ...]]) -> list[list[Any]]:
    """What rows hold, without the columns that are empty: later migrations add some."""
    return [[value for value in row if value is not None] for row in rows]


def test_a_case_in_which_something_grave_is_not_known_is_ranked_again_up_and_down(empty: Engine) -> None:
    """A stop that waits for an answer ranks above review; going back, each case is where it was."""
    go(empty, command.upgrade, "head")
    with Session(empty, info=INFO) as session:
        make = Factory(session)
        cases = {
            "stop": make.case(level_rank=1, open_stop_count=2),
            "unknown, review": make.case(level_rank=2, open_stop_count=1),
            "unknown": make.case(level_rank=2, open_stop_count=2),
            "review": make.case(level_rank=3),
            "settled": make.case(level_rank=4),
            "note": make.case(level_rank=4),
        }
        for name, levels in {
            "stop": ["stop"],
            "unknown, review": ["urgent"],
            "unknown": ["stop", "urgent"],
        }.items():
            make.flag(make.screening(cases[name], answers_version=0), level="review")
            screening = make.screening(cases[name])
            for level in levels:
                make.flag(screening, level=level, outcome="undetermined")
            make.flag(screening, level="review" if name == "unknown, review" else "note")
        make.flag(
            make.screening(cases["settled"]), level="stop", outcome="undetermined", state="settled",
            settled_at=NOW, settled_by=make.user().id, settled_reason="unknown_accepted",
        )  # fmt: skip
        session.commit()
        ids = {name: case.id for name, case in cases.items()}

    def counted() -> dict[str, tuple[int, int]]:
        with Session(empty, info=INFO) as session:
            rows = session.execute(select(Case.id, Case.level_rank, Case.open_stop_count)).all()
            found = {row.id: (row.level_rank, row.open_stop_count) for row in rows}
            return {name: found[case_id] for name, case_id in ids.items()}

    quiet = dict.fromkeys(("settled", "note"), (4, 0))
    now = {"stop": (1, 2), "unknown, review": (2, 1), "unknown": (2, 2), "review": (3, 0)} | quiet
    assert counted() == now
    go(empty, command.downgrade, "0010")
    then = {"stop": (1, 1), "unknown, review": (2, 0), "unknown": (3, 0), "review": (2, 0)}
    assert counted() == then | dict.fromkeys(quiet, (3, 0))
    go(empty, command.upgrade, "head")
    assert counted() == now


def test_going_back_never_loses_the_conditions_of_a_decision(empty: Engine) -> None:
    go(empty, command.upgrade, "head")
    with Session(empty, info=INFO) as session:
        decision = Factory(session).decision(sealed_conditions=b"sealed")
        session.commit()
        with pytest.raises(DatabaseError, match="decision is kept as it was written"):
            session.execute(update(Decision).values(sealed_conditions=None))
        session.rollback()
        assert decision.sealed_conditions
    with pytest.raises(RuntimeError, match="would be lost"):
        go(empty, command.downgrade, "0010")


def test_going_back_never_loses_a_form_for_getting_ready(empty: Engine) -> None:
    go(empty, command.upgrade, "head")
    with Session(empty, info=INFO) as session:
        make = Factory(session)
        make.case(kind="ready", follows_id=make.case().id)
        session.commit()
    with pytest.raises(RuntimeError, match="would be lost"):
        go(empty, command.downgrade, "0003")
    assert len(records(empty)["case"]) == 2


@pytest.mark.parametrize("what", ["treatment", "check-in"])
def test_going_back_never_loses_a_session_or_its_check_in(empty: Engine, what: str) -> None:
    go(empty, command.upgrade, "head")
    with Session(empty, info=INFO) as session:
        make = Factory(session)
        if what == "treatment":
            make.treatment()
        else:
            make.case(kind="checkin", follows_id=make.case().id)
        make.mail(kind="alert", invitation_id=None, case_id=make.case().id)
        session.commit()
    with pytest.raises(RuntimeError, match="would be lost"):
        go(empty, command.downgrade, "0006")
    assert len(records(empty)["mail"]) == 1


def test_going_back_forgets_mail_of_kinds_that_were_not_known_then(empty: Engine) -> None:
    go(empty, command.upgrade, "head")
    with Session(empty, info=INFO) as session:
        make = Factory(session)
        make.mail()
        make.mail(kind="reminder")
        make.mail(kind="alert", invitation_id=None, case_id=make.case().id)
        session.commit()
    go(empty, command.downgrade, "0006")
    assert len(records(empty)["mail"]) == 1
    go(empty, command.upgrade, "head")


def test_a_migration_that_fails_leaves_nothing_half_done(empty: Engine) -> None:
    @event.listens_for(empty, "before_cursor_execute")
    def near_its_end(*details: object) -> None:
        if "CREATE TRIGGER decision_refuses" in str(details[2]):
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="the disk is full"):
        go(empty, command.upgrade, "head")
    assert shape_of(empty) == {}


def test_the_models_follow_one_line_of_migrations() -> None:
    scripts = ScriptDirectory(str(ROOT / "migrations"))
    assert len(scripts.get_heads()) == 1
    assert [path.name[:4] for path in VERSIONS] == [f"{n:04d}" for n in range(1, len(VERSIONS) + 1)]


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_migration_imports_nothing_that_moves_on(path: Path) -> None:
    tree = ast.parse(path.read_text())
    modules = {each.module or "" for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)}
    modules |= {name.name for each in ast.walk(tree) if isinstance(each, ast.Import) for name in each.names}
    assert not {module for module in modules if module.split(".")[0] in ("app", "config", "wsgi", "tests")}


def test_alembic_runs_from_the_projects_folder_with_the_settings_of_the_app(tmp_path: Path) -> None:
    environment = {"FOREROOM_ENV": "test", "FOREROOM_INSTANCE": str(tmp_path), "PATH": ""}
    alembic = Path(sys.executable).with_name("alembic")

    def run(*arguments: str) -> str:
        return subprocess.run(
            [alembic, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=LONGEST_WAIT,
        ).stdout

    run("upgrade", "head")
    assert "No new upgrade operations detected" in run("check")
    assert (tmp_path / "foreroom.sqlite").exists()
