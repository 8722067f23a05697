"""On SQLite, whoever only looks at a page waits for no writer until it is written down that they looked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from flask import Flask, template_rendered
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from app.core.access import Actor, permissions
from app.export import service
from app.models import AuditEvent, Case, read_only
from app.models import engine as engine_settings
from app.web.extensions import db
from tests.acts import act
from tests.cost.walk import Walk
from tests.factories import NOW, Factory
from tests.intake.conftest import own_app

__all__ = ["own_app"]

# PostgreSQL's readers wait for no writer.
pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def walk(own_app: Flask) -> Walk:
    return Walk(own_app)


def case_path(walk: Walk) -> str:
    with walk.session() as session:
        return f"/review/{Factory(session).case().id}"


PAGES: dict[str, Callable[[Walk], tuple[FlaskClient, str, str]]] = {
    "a page of a form": lambda walk: (walk.patient(), "/intake/head", "intake.viewed"),
    "the queue": lambda walk: (walk.desk(), "/review/", "queue.viewed"),
    "a case": lambda walk: (walk.desk(), case_path(walk), "case.viewed"),
}


def looks(walk: Walk, event: str) -> int:
    with read_only(), walk.records() as session:
        return session.scalar(select(func.count()).where(AuditEvent.event == event)) or 0


def title(answer: TestResponse) -> str:
    return answer.text.partition("<title>")[2].partition("</title>")[0]


@contextmanager
def somebody_writes(walk: Walk) -> Iterator[None]:
    with walk.session() as session:
        session.connection()
        yield


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_drawn_while_somebody_writes_and_shown_once_the_look_is_written_down(
    walk: Walk, page: str
) -> None:
    client, path, event = PAGES[page](walk)
    drawn, answers = Event(), list[TestResponse]()

    def note(*_sender: object, **_more: object) -> None:
        drawn.set()

    look = Thread(target=lambda: answers.append(client.get(path)), daemon=True)
    with template_rendered.connected_to(note, walk.app):
        with somebody_writes(walk):
            look.start()
            assert drawn.wait(timeout=4), "it waits for the writer before it is drawn"
            assert (answers, looks(walk, event)) == ([], 0)
        look.join(timeout=10)
    assert [answer.status_code for answer in answers] == [200]
    assert looks(walk, event) == 1


@pytest.mark.parametrize("page", PAGES)
def test_a_page_whose_look_cannot_be_written_down_is_not_shown(
    walk: Walk, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, path, event = PAGES[page](walk)
    whole = client.get(path)
    monkeypatch.setattr(engine_settings, "SQLITE_LOCK_WAIT_MS", 100)
    with somebody_writes(walk):
        answer = client.get(path)
    assert (whole.status_code, answer.status_code) == (200, 503)
    assert "try again" in answer.text.lower()
    assert title(answer) != title(whole)
    assert looks(walk, event) == 1


def test_whoever_reads_is_in_no_writers_way(walk: Walk) -> None:
    with read_only(), walk.records() as reader:
        before = reader.scalar(select(func.count()).select_from(Case))
        with ended_read(), walk.session() as session:
            Factory(session).case()
        assert reader.scalar(select(func.count()).select_from(Case)) == before, (
            "it reads what was there as it began"
        )


@contextmanager
def ended_read() -> Iterator[None]:
    """As another thread would: what it begins may write."""
    token = engine_settings._BLOCK.set(None)
    yield
    engine_settings._BLOCK.reset(token)


def test_a_transaction_that_only_reads_cannot_write_and_the_next_on_its_connection_can(walk: Walk) -> None:
    for _ in range(2):
        with read_only(), walk.records() as session, pytest.raises(OperationalError, match="readonly"):
            Factory(session).case()
        with walk.session() as session:
            Factory(session).case()


def test_a_file_is_taken_out_while_somebody_writes(walk: Walk) -> None:
    admin = Actor("staff", walk.admin, permissions(("admin",)))
    with walk.session() as session:
        Factory(session).case()
    with walk.session() as session:
        export = service.begin(act(session, admin, NOW), "care")
    with walk.app.app_context(), somebody_writes(walk):
        rows = list(service.stream(db.sessionmaker, admin, export))
    assert len(rows) == 2
