"""That some tests run on SQLite alone is honest: PostgreSQL is asked the same, by whoever asks it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import audit
from app.intake.ownership_gate import address_mark
from app.models import AuditEvent
from tests import statements
from tests.acts import act
from tests.factories import Factory


def mark(*why: str) -> pytest.Mark:
    return pytest.mark.sqlite_alone(*why).mark


def test_what_the_product_asks_is_noted_with_its_module_and_what_a_test_asks_is_not(
    session: Session, database_kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.connection()  # before which the product asks whose database it is
    noted: dict[str, set[str]] = {"sqlite": set(), "postgresql": set()}
    monkeypatch.setattr(statements, "asked", noted)
    session.scalars(select(AuditEvent)).all()
    assert not any(noted.values())
    audit.record(act(session), "queue.viewed", queue="to_review", cases=0)
    session.flush()
    other = next(kind for kind in noted if kind != database_kind)
    assert not noted[other]
    lines = {each.partition(" ")[0] for each in noted[database_kind]}
    assert "app/core/audit.py" in lines
    assert any(each.endswith(" audit_event") for each in noted[database_kind])


def test_a_row_that_is_read_again_by_its_key_is_not_noted(
    session: Session, make: Factory, database_kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Any module may be the first to touch a row that a commit let go."""
    case = make.case()
    session.flush()
    session.expire(case)
    noted: dict[str, set[str]] = {"sqlite": set(), "postgresql": set()}
    monkeypatch.setattr(statements, "asked", noted)
    assert address_mark(case)
    assert not noted[database_kind]


def test_what_only_sqlite_was_asked_is_told() -> None:
    both, alone = "app/a.py SELECT case", "app/b.py SELECT case"
    assert statements.unasked({"sqlite": {both, alone}, "postgresql": {both}}) == [alone]
    assert statements.unasked({"sqlite": {both}, "postgresql": {both, alone}}) == []
    assert statements.unasked({"sqlite": {alone}, "postgresql": set()}) == [], "there was none to ask"


@pytest.mark.parametrize(
    ("given", "fixtures", "says"),
    [
        (mark("words"), ["client", "make"], ""),
        (mark(), ["client"], "why another database"),
        (mark(" "), ["client"], "why another database"),
        (mark("words"), ["client", "engine"], "cannot go with engine"),
        (mark("words"), ["own_app"], "cannot go with own_app"),
    ],
)
def test_a_mark_says_why_and_stands_on_nothing_that_a_database_decides(
    given: pytest.Mark, fixtures: list[str], says: str
) -> None:
    told = statements.refusal(given, fixtures)
    assert says in told
    assert bool(told) == bool(says)


@pytest.mark.sqlite_alone("it is this that is looked at")
def test_a_test_that_is_marked_runs_on_sqlite_alone(database_kind: str) -> None:
    assert database_kind == "sqlite"
