"""Of many who type a code at once, one gets in."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.act import Act
from app.invitations import codes
from app.models import AuditEvent, SignInCode
from app.web.extensions import db
from tests.browsing import token
from tests.intake.codes.asking import CODE
from tests.intake.patient import Seen
from tests.waiting import LONGEST_WAIT, run_together


def at_once(asked: tuple[Flask, str, dict[str, object]], times: int) -> list[Seen]:
    app, code, held = asked
    barrier, seen = Barrier(times), []

    def claim() -> None:
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie.update(held)
        typed = {"code": code, "csrf_token": token(client)}
        barrier.wait(LONGEST_WAIT)
        seen.append(Seen(client.post(CODE, data=typed)))

    run_together([claim for _ in range(times)])
    return seen


def test_of_many_at_once_exactly_one_gets_in(asked: tuple[Flask, str, dict[str, object]]) -> None:
    seen = at_once(asked, 12)
    assert sorted(one.status for one in seen) == [303] + [422] * 11
    with asked[0].app_context():
        maker: Callable[[], Session] = db.sessionmaker
    with maker() as session:
        events = list(session.scalars(select(AuditEvent.event)))
    assert events.count("code.used") == events.count("intake.started") == 1


def test_without_the_hold_more_than_one_gets_in(
    asked: tuple[Flask, str, dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: a code that is not looked at again once it is held."""
    monkeypatch.setattr(codes, "_newest", lambda session, _: session.scalars(select(SignInCode)).one())
    real = codes.redeem

    def forgetful(act: Act, *more: object) -> codes.CodeCheck:
        found = act.session.scalars(select(SignInCode)).one()
        found.used_at = None
        return real(act, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(codes, "redeem", forgetful)
    seen = at_once(asked, 6)
    assert [one.status for one in seen].count(303) > 1
