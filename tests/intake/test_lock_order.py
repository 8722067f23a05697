"""No two acts wait for each other for ever: whoever locks several rows does so in one order. See app/models."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from flask import Flask

from app.core import audit, damage
from app.core.access import Actor, permissions
from app.core.act import Terms
from app.intake import store
from app.intake.after import withdrawal
from app.intake.open_form import OpenForm
from app.intake.start import service as opening
from app.models import AuditEvent, Case, Flag, Invitation
from app.questionnaire.countries import Country
from app.review.sessions import treatments
from app.screening.rules import DEFAULT_RULES
from app.screening.workflow import Outcome, Status
from app.web.extensions import db
from app.web.language import translator_for
from tests.acts import act
from tests.factories import NOW, Factory
from tests.waiting import run_together

TOKEN = "t" * 43
LONG_AGO = NOW - timedelta(days=40)


# SQLite has one writer at a time, and so no order of locks.
pytestmark = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)


@pytest.fixture
def records(own_app: Flask) -> Callable[[], Any]:
    """A transaction in the app's database, where two can be at work at a time."""
    with own_app.app_context():
        return db.sessionmaker.begin


class Meeting:
    """Where two acts wait for each other, each holding its first row. When only one comes, it goes on."""

    def __init__(self) -> None:
        self.barrier = Barrier(2)

    def __call__(self) -> None:
        with suppress(BrokenBarrierError):
            self.barrier.wait(timeout=1.5)

    def before(self, patch: pytest.MonkeyPatch, where: Any, name: str) -> None:
        """Meet each time a function is called, before it does anything."""
        whole = getattr(where, name)

        def met(*given: Any, **more: Any) -> Any:
            self()
            return whole(*given, **more)

        patch.setattr(where, name, met)


@pytest.fixture
def meet() -> Meeting:
    return Meeting()


def both(*acts: Callable[[], None]) -> None:
    """Do both at the same time. Raises what either raises."""
    raised: list[BaseException] = []

    def run(what: Callable[[], None]) -> None:
        try:
            what()
        except BaseException as problem:
            raised.append(problem)

    run_together([partial(run, one) for one in acts])
    if raised:
        raise raised[0]


def an_old_draft(records: Callable[[], Any], token: str = TOKEN, *, alert: bool = False) -> None:
    with records() as session:
        make = Factory(session)
        case = make.case(status=Status.DRAFT, updated_at=LONG_AGO)
        make.mailed_invitation(token, case_id=case.id, person_id=case.person_id)
        if alert:
            make.flag(make.screening(case, interim=True))


def open_link(records: Callable[[], Any], meet: Callable[[], None]) -> Callable[[], None]:
    """Open the form behind a link, in the language of the page."""

    def run() -> None:
        with records() as session:
            found = opening.find_invitation(act(session, now=NOW), TOKEN)
            assert found is not None
            meet()
            nobody = Actor("anonymous", None, frozenset())
            audit.record(act(session, nobody, NOW), "code.used", case_id=found.case_id, invitation=found.id)
            case = session.get(Case, found.case_id) if found.case_id else None
            if case is not None:
                opening.change_language(session, case, "es")

    return run


@pytest.mark.parametrize("how", ["expire", "withdraw"])
@pytest.mark.parametrize("alert", [False, True], ids=["gone", "its alert stays"])
def test_erasing_a_draft_and_opening_its_link(
    records: Callable[[], Any], meet: Meeting, monkeypatch: pytest.MonkeyPatch, how: str, alert: bool
) -> None:
    an_old_draft(records, alert=alert)
    meet.before(monkeypatch, withdrawal, "kept_after_withdrawal")

    def erase() -> None:
        with records() as session:
            if how == "expire":
                withdrawal.erase_stale_draft(act(session, now=NOW))
            else:
                case = session.query(Case).one()
                withdrawal.withdraw(act(session, Actor("patient", case.id, frozenset()), NOW), case)

    both(erase, open_link(records, meet))
    with records() as session:
        assert session.query(Invitation).one().case_id is None
        assert session.query(Case).count() == session.query(Flag).count() == alert


def test_erasing_several_drafts_and_opening_a_link_of_the_last(
    records: Callable[[], Any], monkeypatch: pytest.MonkeyPatch, meet: Meeting
) -> None:
    """The first that is erased holds the audit chain: it may not wait for another's link then."""
    an_old_draft(records, "a" * 43)
    an_old_draft(records)
    meet.before(monkeypatch, audit, "record")

    def erase() -> None:
        for _ in range(2):
            with records() as session:
                withdrawal.erase_stale_draft(act(session, now=NOW))

    with records() as session:
        held = {one.id for one in session.query(Invitation)}
    both(erase, open_link(records, meet))
    with records() as session:
        assert {one.id for one in session.query(Invitation).filter(Invitation.case_id.is_(None))} == held


def test_opening_a_link_and_saving_a_page_of_its_form(records: Callable[[], Any], meet: Meeting) -> None:
    an_old_draft(records)

    def save() -> None:
        with records() as session:
            case = session.query(Case).one()
            store.lock_draft(session, case)
            meet()
            case.updated_at = NOW
            patient = Actor("patient", case.id, frozenset())
            audit.record(act(session, patient, NOW), "intake.saved", case_id=case.id, page="start", version=1)

    both(save, open_link(records, lambda: None))
    both(save, open_link(records, meet))
    with records() as session:
        assert session.query(AuditEvent).filter_by(event="intake.saved").count() == 2
        assert audit.verify(session) is None


def test_mailing_a_link_and_opening_one(
    records: Callable[[], Any], meet: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    with records() as session:
        make = Factory(session)
        address = "anna.zanahoria1@example.test"
        case = make.case(status=Status.DRAFT, answers={"email": address})
        make.mailed_invitation(TOKEN, address, case_id=case.id).needs_code = True
    meet.before(monkeypatch, opening, "_mailed_link")

    def mail() -> None:
        with records() as session:
            case = session.query(Case).one()
            assert opening.mail_link(
                OpenForm(act(session, Actor("patient", case.id, frozenset()), NOW), case)
            )

    both(mail, open_link(records, meet))


def test_taking_a_session_back_and_opening_its_check_in(
    records: Callable[[], Any], meet: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    with records() as session:
        make = Factory(session)
        first = make.case(status=Status.DECIDED, decision_outcome=Outcome.SUITABLE)
        treatment = make.treatment(first)
        make.mailed_invitation(TOKEN, person_id=first.person_id, treatment_id=treatment.id)
        make.mailed_invitation("o" * 43, person_id=first.person_id, treatment_id=treatment.id)
        user, case_id, treatment_id = make.user().id, first.id, treatment.id
    meet.before(monkeypatch, treatments, "_invitations")
    rules = Terms(Country.US, 18, DEFAULT_RULES, "en", translator_for("en"))

    def take_back() -> None:
        with records() as session, suppress(treatments.CheckInBegun):
            actor = Actor("staff", user, permissions(("clinician",)))
            treatments.remove(act(session, actor, NOW), case_id, treatment_id)

    def open_check_in() -> None:
        with records() as session:
            found = opening.find_invitation(act(session, now=NOW), TOKEN)
            meet()
            if found is not None:
                opening.enter_invited(act(session, now=NOW, today=NOW.date(), terms=rules), found, "en")

    both(take_back, open_check_in)


def test_a_draft_that_cannot_be_opened_is_in_no_other_ones_way(
    own_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with own_app.app_context():
        records = db.sessionmaker.begin
    with records() as session:
        make = Factory(session)
        broken = make.case(status=Status.DRAFT, updated_at=LONG_AGO - timedelta(days=1))
        make.flag(make.screening(broken, interim=True))
        broken.sealed_answers = broken.sealed_answers[:-1] + bytes([broken.sealed_answers[-1] ^ 1])
        kept = broken.id
    with records() as session:
        make = Factory(session)
        make.case(status=Status.DRAFT, updated_at=LONG_AGO)
    told: list[Any] = []
    monkeypatch.setattr(damage, "log_unreadable", lambda place, row, *_: told.append((place, row)))
    own_app.extensions["jobs"].do_chores()
    with records() as session:
        assert [case.id for case in session.query(Case)] == [kept]
    assert set(told) == {("case.sealed_answers", kept)}
