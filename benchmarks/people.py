"""What is in the database when something is measured: invented people, and copies of them by the thousand.

A few go through the whole form as `flask synth` goes. Their rows are then copied with ids of their own and sealed
anew with the real ring: a hundred thousand cases take seconds, and every row has the width and shape of a real one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import Connection, Engine, Table, insert, inspect, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from app.commands.synth import fill_in
from app.demo.people import InventedPerson
from app.intake.draft import SIGN_PAGE
from app.intake.form.forms import form_values
from app.models import Base, Case, Flag, Person, Queue, Screening, ring, unseal
from app.models.sealing import KeyRing
from app.questionnaire.intake import INTAKE
from app.questionnaire.pages import Page
from app.screening.workflow import Status
from app.web.act import system_act
from app.web.clock import now
from app.web.extensions import db
from app.web.patient_session import CASE, CASE_SEEN, CASE_SINCE

SEED = 7
TABLES: tuple[type[Base], ...] = (Person, Case, Screening, Flag)
IN_ONE_STATEMENT = 500
AT_ONCE = 2_000
Row = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """One person's rows, with what is sealed in them open: table name to (columns, opened columns)."""

    person: Row
    case: Row
    opened: Mapping[str, Any]
    screenings: tuple[tuple[Row, tuple[tuple[Row, Any], ...]], ...]

    @property
    def answers(self) -> dict[str, Any]:
        """What they answered."""
        return dict(self.opened["case.sealed_answers"]["answers"])

    def unsigned(self) -> Kept:
        """The form as it was when all but the last page was saved."""
        document = self.opened["case.sealed_answers"]
        last = {question.id for question in INTAKE.pages[-1].questions}
        answers = {name: answer for name, answer in document["answers"].items() if name not in last}
        saved = {page: version for page, version in document["saved"].items() if page != SIGN_PAGE}
        alerts = tuple(pair for pair in self.screenings if pair[0]["interim"])
        counts = {} if alerts else {"level_rank": 4, "open_stop_count": 0, "to_ask_count": 0}
        case = (
            self.case
            | counts
            | {
                "status": Status.DRAFT,
                "submitted_at": None,
                "sealed_signature": None,
                "signature_hash": None,
                "queue": Queue.TO_REVIEW if alerts else Queue.UNFINISHED,
                "waiting_since": self.case["waiting_since"] if alerts else None,
                "sealed_summary": self.case["sealed_summary"] if alerts else None,
            }
        )
        opened = {**self.opened, "case.sealed_answers": document | {"answers": answers, "saved": saved}}
        return replace(self, case=case, opened=opened, screenings=alerts)


def invent(app: Flask, sent: int) -> list[Kept]:
    """So many people who sent their form, gone through the real services page by page."""
    kept: list[Kept] = []
    number = 0
    with db.sessionmaker() as session:
        while len(kept) < sent:
            number += 1
            act = system_act(session, now() - timedelta(hours=1))
            person = InventedPerson.of(SEED, number, act.today, act.terms.jurisdiction)
            if person.stops_after is None:
                case = fill_in(act, person, timedelta(minutes=15))
                kept.append(_keep(session, case))
        session.rollback()
    return kept


def _keep(session: Session, case: Case) -> Kept:
    session.flush()
    session.expire_all()  # as the database gives it back
    opened = {
        f"{name}.{column}": unseal(session, row, column)
        for name, row, columns in (
            ("person", case.person, ("sealed_identity",)),
            ("case", case, ("sealed_answers", "sealed_summary", "sealed_signature")),
        )
        for column in columns
    }
    screenings = session.scalars(select(Screening).where(Screening.case_id == case.id).order_by(Screening.id))
    return Kept(
        _columns(case.person),
        _columns(case),
        opened,
        tuple(
            (
                _columns(screening) | {"sealed_validity": unseal(session, screening, "sealed_validity")},
                tuple((_columns(flag), unseal(session, flag, "sealed_evidence")) for flag in screening.flags),
            )
            for screening in screenings
        ),
    )


def _columns(row: Base) -> Row:
    return {column.key: getattr(row, column.key) for column in inspect(type(row)).column_attrs}


@dataclass
class Copies:
    """Rows to be stored, by table."""

    ring: KeyRing
    rows: dict[type[Base], list[Row]] = field(default_factory=lambda: {table: [] for table in TABLES})

    def add(self, kept: Kept, *, flags: bool = True, **columns: Any) -> Row:
        """Copy one person with a case of its own, some of its columns changed; returns the case's row."""
        person, case = uuid7(), uuid7()
        seal = partial(self._sealed, kept)
        self.rows[Person].append(
            kept.person | {"id": person, "sealed_identity": seal("person.sealed_identity", person)}
        )
        copied = kept.case | columns | {"id": case, "person_id": person, "submission_id": uuid4()}
        for name in ("sealed_answers", "sealed_summary", "sealed_signature"):
            if copied[name] is not None:
                copied[name] = seal(f"case.{name}", case)
        self.rows[Case].append(copied)
        for screening, judged in kept.screenings if flags else ():
            screening_id = uuid7()
            holds: Any = screening["sealed_validity"]
            sealed_holds = holds and self.ring.seal("screening.sealed_validity", screening_id, holds)
            self.rows[Screening].append(
                screening | {"id": screening_id, "case_id": case, "sealed_validity": sealed_holds}
            )
            for columns, evidence in judged:
                flag = uuid7()
                sealed = self.ring.seal("flag.sealed_evidence", flag, evidence)
                own = {"id": flag, "screening_id": screening_id, "case_id": case, "sealed_evidence": sealed}
                self.rows[Flag].append(columns | own)
        return copied

    def _sealed(self, kept: Kept, place: str, row: UUID) -> bytes:
        return self.ring.seal(place, row, kept.opened[place])

    def store(self, connection: Connection) -> None:
        """Write them all and forget them. Parents go before children."""
        for model, rows in self.rows.items():
            table = model.__table__
            assert isinstance(table, Table)
            for start in range(0, len(rows), IN_ONE_STATEMENT):
                connection.execute(insert(table), rows[start : start + IN_ONE_STATEMENT])
            rows.clear()


def fill(engine: Engine, copies: Copies, count: int, add: Callable[[int], object]) -> None:
    """Store what `add` puts into `copies` for each number below `count`, in transactions of two thousand cases."""
    for start in range(0, count, AT_ONCE):
        for number in range(start, min(start + AT_ONCE, count)):
            add(number)
        with engine.begin() as connection:
            copies.store(connection)


def ring_here() -> KeyRing:
    """The ring of the app whose context this is."""
    with db.sessionmaker() as session:
        return ring(session)


class Browsers:
    """Makes what a patient's browser holds and sends, with the product's own serializers."""

    def __init__(self, app: Flask) -> None:
        interface = app.session_interface
        assert isinstance(interface, SecureCookieSessionInterface)
        serializer = interface.get_signing_serializer(app)
        assert serializer
        assert app.secret_key
        self._cookies = serializer
        self._tokens = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token")
        self.cookie_name = interface.get_cookie_name(app)

    def cookie(self, case: UUID) -> str:
        """The Cookie header of a browser that filled in this case a moment ago."""
        at = int(now().timestamp())
        held = {"_permanent": True, CASE: str(case), CASE_SINCE: at, CASE_SEEN: at, "csrf_token": case.hex}
        return f"{self.cookie_name}={self._cookies.dumps(held)}"

    def body(self, case: UUID, page: Page, answers: Mapping[str, Any], hidden: Mapping[str, str]) -> str:
        """A page with these answers, as it is posted."""
        token = str(self._tokens.dumps(case.hex))
        typed = form_values(page, answers)
        return urlencode({"csrf_token": token, **hidden, **typed}, doseq=True)
