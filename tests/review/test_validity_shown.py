"""Until when a screening holds, as the page says it; and what the same answers come to when it does no more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Base, Case, User, seal
from app.screening.rulebook import RULEBOOK
from app.screening.rules import ClinicRules
from app.screening.workflow import Status
from tests.browsing import as_staff
from tests.factories import NOW, Factory
from tests.judged import judged, sent, unfinished
from tests.people import HEALTHY
from tests.review.seen import words

pytestmark = pytest.mark.sqlite_alone("what is said, in which words and language")

SURGERY = {"surgery_last": "under_6_weeks", "surgery_areas": ["bones"]}
Look = Callable[..., str]
TOO_OLD = "Then the answers are too old: ask again what has changed."


def name(rule: str) -> str:
    return RULEBOOK.by_slug[rule].title


@pytest.fixture
def operated(make: Factory, session: Session) -> Case:
    """Somebody who had surgery in the last 6 weeks."""
    case = sent(make, SURGERY)
    session.commit()
    return case


@pytest.fixture
def shown(app: Flask, clara: User) -> Look:
    """The words of "What stands out", so many days after the form was sent."""

    def look(case: Case, days: int = 0) -> str:
        app.config["CLOCK"] = lambda: NOW + timedelta(days=days)
        response = as_staff(app.test_client(), clara).get(f"/review/{case.id}")
        assert response.status_code == 200
        return words(response).partition("History Decision What stands out")[2].partition("To ask")[0]

    return look


def test_until_when_it_holds_and_what_comes_otherwise_then(shown: Look, operated: Case) -> None:
    told = f"These flags hold until 13 April 2026, if nothing new happens. Then: {name('surgery-recent')}."
    assert told in shown(operated)
    assert told in shown(operated, 42)
    assert "out of date" not in shown(operated, 42)


def test_when_nothing_comes_otherwise_the_answers_grow_old(
    shown: Look, make: Factory, session: Session
) -> None:
    ill, healthy = sent(make, {"chemo_now": "yes", "chemo_last": "over_1_year"}), sent(make)
    session.commit()
    assert f"These flags hold until 1 September 2026, if nothing new happens. {TOO_OLD}" in shown(ill)
    assert f"until 1 September 2026, if nothing new happens. {TOO_OLD}" in shown(healthy)


def test_after_that_day_it_is_out_of_date_and_says_what_has_gone(shown: Look, operated: Case) -> None:
    told = shown(operated, 43)
    assert "This screening is out of date since 13 April 2026" in told
    assert "Ask the patient what is new before you decide." in told
    assert f"Gone: {name('surgery-recent')}" in told
    assert "Come up:" not in told
    assert "These flags hold" not in told
    assert f"Stop {name('surgery-recent')}" in told  # what was found on the day it was sent is still there


def test_what_has_come_up_since_is_told(shown: Look, make: Factory, session: Session) -> None:
    """A birthday comes, whoever answers."""
    case = sent(make, {"dob": "1961-03-10"})
    session.commit()
    assert f"until 9 March 2026, if nothing new happens. Then: {name('age-65-or-over')}." in shown(case, 7)
    told = shown(case, 8)
    assert f"Come up: {name('age-65-or-over')}" in told
    assert "Gone:" not in told


def test_the_same_answers_can_come_to_the_same(shown: Look, make: Factory, session: Session) -> None:
    case = sent(make)
    session.commit()
    told = shown(case, 184)
    assert "This screening is out of date since 1 September 2026" in told
    assert "come to the same flags." in told


def test_today_is_read_by_the_clinics_own_rules(app: Flask, shown: Look, operated: Case) -> None:
    rules = ClinicRules({"phq9-severe": {"phq9_severe": 5}})
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], own_rules=rules)
    assert f"Come up: {name('phq9-severe')}" in shown(operated, 43)


def test_looking_on_a_later_day_writes_nothing_but_that_somebody_looked(
    shown: Look, session: Session, operated: Case
) -> None:
    def stored() -> dict[str, list[Any]]:
        session.expire_all()
        tables = [table for table in Base.metadata.sorted_tables if table.name != "audit_event"]
        return {table.name: sorted(map(repr, session.execute(select(table)).all())) for table in tables}

    shown(operated)
    before = stored()
    assert "out of date" in shown(operated, 300)
    assert stored() == before


def test_an_alert_kept_for_a_person_is_not_said_to_be_gone(
    shown: Look, make: Factory, session: Session
) -> None:
    """The answer behind it was changed while the form was filled in: time took nothing away."""
    case = unfinished(make, {"urgent_now": ["chest_pain"]}, alerts=("unwell-right-now",))
    case.status, case.submitted_at = Status.SUBMITTED, NOW
    case.signature_hash, case.sealed_signature = "0" * 64, b"a signature"
    seal(session, case, "sealed_answers", {"answers": HEALTHY})
    judged(session, case)
    session.commit()
    told = shown(case, 300)
    assert f"Urgent {name('unwell-right-now')}" in told
    assert "come to the same flags." in told


@pytest.mark.parametrize("days", [0, 400])
def test_a_screening_from_before_that_was_stored_says_nothing(
    shown: Look, make: Factory, session: Session, days: int
) -> None:
    case = make.case()
    make.flag(make.screening(case))
    session.commit()
    told = shown(case, days)
    assert "hold" not in told.replace("threshold", "")
    assert "out of date" not in told


def test_a_form_that_is_not_finished_says_nothing(
    desk: FlaskClient, shown: Look, make: Factory, session: Session
) -> None:
    case = unfinished(make, {"urgent_now": ["chest_pain"]}, alerts=("unwell-right-now",))
    session.commit()
    told = shown(case, 0)
    assert name("unwell-right-now") in told
    assert "if nothing new happens" not in told
