"""What a clinician does at a browser, and what it left behind."""

from collections.abc import Mapping

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.models import Case, Decision, Flag
from tests.browsing import post
from tests.factories import CANARY

NOTE = f"Spoke with the patient, {CANARY}"


def decide(
    desk: FlaskClient,
    case: Case,
    outcome: str = "not_suitable_now",
    note: str = NOTE,
    seen: int | None = None,
    conditions: Mapping[str, str] | None = None,
) -> TestResponse:
    seen = case.revision if seen is None else seen
    return post(
        desk, f"/review/{case.id}/decision", seen=seen, outcome=outcome, note=note, **(conditions or {})
    )


def settle(
    desk: FlaskClient, flag: Flag, reason: str = "mistake", note: str = "", seen: int | None = None
) -> TestResponse:
    seen = flag.revision if seen is None else seen
    return post(desk, f"/review/{flag.case_id}/settle", flag=flag.id, seen=seen, reason=reason, note=note)


def flags(session: Session, case: Case, *levels: str) -> list[Flag]:
    session.expire_all()
    wanted = levels or ("urgent", "stop")
    return list(session.scalars(select(Flag).where(
        Flag.case_id == case.id, Flag.outcome == "raised", Flag.level.in_(wanted)
    ).order_by(Flag.id)))  # fmt: skip


def decisions(session: Session, case: Case) -> list[Decision]:
    session.expire_all()
    return list(session.scalars(select(Decision).where(Decision.case_id == case.id).order_by(Decision.id)))
