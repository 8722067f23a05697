"""The foot of a case says who signed the rulebook that judged it."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.core import signatures
from app.models import Case, Screening
from app.screening.levels import Evidence
from app.screening.rulebook import RULEBOOK
from tests.acts import act
from tests.factories import NOW, Factory
from tests.judged import sent
from tests.review.seen import words

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")


def page(desk: FlaskClient, case: Case) -> TestResponse:
    response = desk.get(f"/review/{case.id}")
    assert response.status_code == 200
    return response


def test_the_foot_of_a_case_says_who_signed_its_rulebook(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make, {"urgent_now": ["overdose"]})
    session.commit()
    word, confirmed = (Evidence.LOCAL.word(confirmed=one) for one in (False, True))
    before = words(page(desk, case))
    assert f"Rulebook {RULEBOOK.identity}, not signed by this clinic" in before
    assert word in before
    assert confirmed not in before
    signatures.sign(act(session, now=NOW), "Ada Okafor", "medical director")
    session.commit()
    after = words(page(desk, case))
    assert f"Rulebook {RULEBOOK.identity}, signed by Ada Okafor, medical director, 2 March 2026" in after
    assert word not in after
    assert confirmed in after


def test_a_case_judged_by_an_earlier_rulebook_names_who_signed_that_one(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make, {"urgent_now": ["overdose"]})
    make.rulebook_signature(rulebook="1.0+before", settings_hash="a" * 12, name="Sam Lindqvist")
    session.execute(update(Screening).values(rulebook="1.0+before", settings_hash="a" * 12))
    session.commit()
    shown = words(page(desk, case))
    assert "Rulebook 1.0+before, signed by Sam Lindqvist, medical director" in shown
    assert Evidence.LOCAL.word(confirmed=False) in shown, "the rules that are shown are signed by nobody"
