"""A failure at any statement of a save or a sending leaves nothing half done, and no page that says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from flask import current_app
from sqlalchemy import Engine, event, select
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from app.models import Base
from app.screening.workflow import Status
from app.web import transaction
from app.web.extensions import db
from tests.intake.patient import Patient, Seen
from tests.people import HEALTHY, mood

MOST = 80
TABLES = ("case", "person", "screening", "flag", "audit_event")


def engine_of(patient: Patient) -> Engine:
    """What the app itself reads and writes over."""
    with patient.client.application.app_context():
        return db.engine


def everything(patient: Patient) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that a patient's page may change."""
    patient.session.commit()
    tables = [table for table in Base.metadata.sorted_tables if table.name in TABLES]
    rows = {
        table.name: [
            tuple(row) for row in patient.session.execute(select(table).order_by(*table.primary_key))
        ]
        for table in tables
    }
    patient.session.commit()
    return rows


@contextmanager
def failing_at(engine: Engine, nth: int) -> Iterator[list[str]]:
    """Let the database fail at its nth statement; the commit counts as the last. Yields the statements so far."""
    met: list[str] = []
    committing = engine.dialect.do_commit

    def count(statement: str) -> None:
        met.append(statement)
        if len(met) == nth:
            raise engine.dialect.loaded_dbapi.OperationalError("disk full")

    def execute(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        count(statement)

    def commit(connection: Any) -> None:
        try:
            count("COMMIT")
        except Exception:
            connection.rollback()  # as a database does by itself when it cannot commit
            raise
        committing(connection)

    event.listen(engine, "before_cursor_execute", execute)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(engine.dialect, "do_commit", commit)
        try:
            yield met
        finally:
            event.remove(engine, "before_cursor_execute", execute)


def fail_everywhere(patient: Patient, act: Callable[[], Seen]) -> tuple[Seen, int]:
    """Let `act` fail at its first statement, its second, and so on. Returns its success, and how many it has."""
    before = everything(patient)
    for nth in range(1, MOST):
        with failing_at(engine_of(patient), nth) as met:
            seen = act()
        if len(met) < nth:
            assert seen.status == 303
            assert everything(patient) != before
            return seen, len(met)
        assert seen.status == 503, f"statement {nth} failed, and the answer is {seen.status}: {met[-1][:60]}"
        assert "Your answers are still here" in seen.words
        assert everything(patient) == before, f"half done after statement {nth}: {met[-1][:60]}"
    raise AssertionError(f"It never succeeds in {MOST} statements.")


def test_sending_is_whole_or_not_at_all(filled_in: Patient) -> None:
    chemo = {"cancer_now": "yes", "chemo_now": "yes", "chemo_last": "this_month", "cancer_team_knows": "no"}
    filled_in.have(filled_in.draft.answers | chemo)
    submission = str(filled_in.case.submission_id)
    seen, statements = fail_everywhere(filled_in, lambda: filled_in.sign(submission=submission))
    assert statements > 8
    assert seen.path == "/intake/confirmation"
    assert filled_in.case.status is Status.SUBMITTED
    assert filled_in.flags()
    assert filled_in.events.count("intake.submitted") == 1


def test_an_answer_and_its_alert_are_kept_together_or_not_at_all(filled_in: Patient) -> None:
    seen, statements = fail_everywhere(filled_in, lambda: filled_in.save("phq9", HEALTHY | mood(3)))
    assert statements > 8
    assert seen.path == "/intake/help/crisis_now"
    assert "phq9-self-harm-item" in filled_in.flags()
    assert filled_in.events[-2:] == ["intake.saved", "alert.raised"]


def test_a_form_is_started_whole_or_not_at_all(filled_in: Patient) -> None:
    filled_in.send("/intake/leave")
    seen, _ = fail_everywhere(filled_in, filled_in.start)
    assert seen.path == "/intake/right_now"
    assert filled_in.events == ["intake.started"]


def test_a_failed_save_gives_back_what_was_typed(filled_in: Patient) -> None:
    with failing_at(engine_of(filled_in), 3):
        seen = filled_in.save("reasons", HEALTHY, goals="To sing again")
    assert seen.status == 503
    assert seen.values["goals"] == ["To sing again"]
    assert seen.values["reasons"] == HEALTHY["reasons"]
    assert filled_in.send("/intake/reasons", seen.values).status == 303
    assert filled_in.draft.answers["goals"] == "To sing again"


@pytest.mark.parametrize("heedless", [False, True], ids=["as it is", "control that swallows the failure"])
def test_the_confirmation_is_shown_only_after_the_commit(
    filled_in: Patient, heedless: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def swallow(view: Callable[[], Any]) -> Response:
        response = current_app.make_response(view())
        with suppress(OperationalError):
            db.session.commit()
        db.session.close()
        return response

    if heedless:
        monkeypatch.setattr(transaction, "in_transaction", swallow)
    engine = engine_of(filled_in)

    def refuse(connection: Any) -> None:
        connection.rollback()
        raise engine.dialect.loaded_dbapi.OperationalError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(engine.dialect, "do_commit", refuse)
        seen = filled_in.sign()
    assert filled_in.case.status is Status.DRAFT
    assert (seen.path == "/intake/confirmation") is heedless
    assert filled_in.open("/intake/confirmation").path == "/intake/"
