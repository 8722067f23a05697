"""What a page shows, and what may never be on it."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.models import AuditEvent


def words(response: TestResponse) -> str:
    """The words on a page, in one line."""
    text = re.sub(r"<(script|style).*?</\1>", " ", response.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def title(response: TestResponse) -> str:
    """The page's title."""
    found = re.search(r"<title>(.*?)</title>", response.text, re.DOTALL)
    assert found
    return html.unescape(found.group(1))


def cases_in(response: TestResponse) -> list[UUID]:
    """The cases a list links to, in its order, the urgent strip apart."""
    table = response.text.partition("<table")[2]
    return [UUID(one) for one in re.findall(r'<a class="nhsuk-link" href="/review/([0-9a-f-]{36})"', table)]


def audited(session: Session, *names: str) -> list[AuditEvent]:
    """What was written down under these names, in order."""
    session.expire_all()
    return list(
        session.scalars(select(AuditEvent).where(AuditEvent.event.in_(names)).order_by(AuditEvent.seq))
    )


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """The statements sent meanwhile, savepoints apart: in a test they stand in for transactions."""
    sent: list[str] = []

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        if "SAVEPOINT" not in statement:
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
