"""flask audit verify and flask recount."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app import create_app
from app.core import audit
from app.core.access import SYSTEM
from app.models import AuditEvent, Case, seal
from app.review.case.recount import recount
from app.screening.workflow import Status
from app.web.extensions import db
from tests.acts import act
from tests.conftest import make_settings
from tests.factories import NOW, Factory


def run(app: Flask, *args: str) -> Result:
    app.config["CLOCK"] = lambda: datetime(2026, 3, 2, 17, tzinfo=UTC)
    return app.test_cli_runner().invoke(args=list(args))


def written(session: Session, events: int) -> None:
    for _ in range(events):
        audit.record(act(session, SYSTEM, NOW), "invitation.created", invitation=7)
    session.commit()


def test_a_log_as_it_was_written(app: Flask, session: Session) -> None:
    written(session, 3)
    result = run(app, "audit", "verify")
    assert result.exit_code == 0
    head = result.stdout.splitlines()[-1]
    assert head.startswith("3:")
    assert "3 rows" in result.stdout
    written(session, 1)
    assert run(app, "audit", "verify", "--head", head).exit_code == 0


def test_a_log_that_lost_its_end_shows_against_a_head_kept_elsewhere(app: Flask, session: Session) -> None:
    written(session, 2)
    head = "3:" + "00" * 32
    assert run(app, "audit", "verify").exit_code == 0
    result = run(app, "audit", "verify", "--head", head)
    assert result.exit_code == 1
    assert "from row 3 on" in result.stderr


@pytest.mark.parametrize("head", ["3", "x:00", "3:zz", ":"])
def test_a_head_that_cannot_be_read(app: Flask, head: str) -> None:
    assert run(app, "audit", "verify", "--head", head).exit_code == 2


def test_a_changed_row_is_named(app: Flask, session: Session) -> None:
    """Around the database's own refusal, as someone with the file would."""
    written(session, 3)
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("DROP TRIGGER audit_event_refuses_update"))
    else:
        session.execute(text("ALTER TABLE audit_event DISABLE TRIGGER USER"))
    session.execute(text("UPDATE audit_event SET event = 'staff.signed_in' WHERE seq = 2"))
    session.commit()
    result = run(app, "audit", "verify")
    assert result.exit_code == 1
    assert "from row 2 on" in result.stderr


def flagged(make: Factory) -> Case:
    """A case whose newest screening has two open stops, one settled urgent flag and two open questions."""
    case = make.case(level_rank=0, open_stop_count=9, to_ask_count=9)
    old = make.screening(case, answers_version=0)
    make.flag(old, level="urgent", rule="suicide-risk-now", card="suicide")
    newest = make.screening(case)
    make.flag(newest, level="stop", rule="one", card="heart")
    make.flag(newest, level="stop", rule="two", card="heart")
    make.flag(newest, level="note", rule="three", card="heart")
    make.flag(
        newest, level="urgent", rule="four", card="heart", state="settled", settled_at=NOW,
        settled_by=make.user().id, settled_reason="mistake",
    )  # fmt: skip
    for rule, ask in (("five", '"What?"'), ("six", '"When?"'), ("seven", None)):
        flag = make.flag(newest, level="stop", rule=rule, card="heart", outcome="undetermined")
        seal(make.session, flag, "sealed_evidence", {"because": [], "unknown": ["x"], "ask": ask})
    make.session.flush()
    return case


def test_counts_are_put_right_from_the_flags(app: Flask, make: Factory, session: Session) -> None:
    case = flagged(make)
    right = make.case(level_rank=4)
    draft = make.case(status=Status.DRAFT, level_rank=1)
    session.commit()
    result = run(app, "recount")
    assert result.stdout == "3 cases counted, 2 put right.\n"
    for each in (case, right, draft):
        session.refresh(each)
    assert (case.level_rank, case.open_stop_count, case.to_ask_count) == (1, 5, 1)
    assert (right.level_rank, draft.level_rank) == (4, 4)
    assert run(app, "recount").stdout == "3 cases counted, 0 put right.\n"


def test_a_recount_is_written_down(app: Flask, make: Factory, session: Session) -> None:
    flagged(make)
    session.commit()
    run(app, "recount")
    last = session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
    assert last is not None
    assert (last.event, last.facts) == ("cases.recounted", {"cases": 1})
    assert audit.verify(session) is None


def test_a_case_that_is_right_is_not_touched(make: Factory) -> None:
    case = make.case()
    revision = case.revision
    assert not recount(make.session, case)
    make.session.flush()
    assert case.revision == revision


def test_a_database_without_tables_is_told_plainly(make_database: Callable[[], str], tmp_path: Path) -> None:
    app = create_app(make_settings(make_database(), tmp_path))
    result = app.test_cli_runner().invoke(args=["recount"])
    with app.app_context():
        db.engine.dispose()
    assert result.exit_code == 1
    assert "alembic upgrade head" in result.stderr
