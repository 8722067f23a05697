"""What is said of a form that was not sent: only its urgent answers are judged by then."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.screening.case_summary import NOTHING
from tests.factories import Factory
from tests.judged import sent, unfinished
from tests.review.seen import words

pytestmark = pytest.mark.sqlite_alone("what is said, in which words")

NOT_JUDGED = "Not sent, not judged yet"
WROTE = {"goals": "I am going to kill myself tonight"}


def test_a_form_that_was_not_sent_is_not_said_to_raise_nothing(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = unfinished(make, WROTE)
    session.commit()
    for path in ("/review/?tab=unfinished", f"/review/{case.id}"):
        shown = words(desk.get(path))
        assert shown.count(NOT_JUDGED) == 1, path
        assert "Nothing raised" not in shown, path


def test_nor_is_one_whose_urgent_answers_are_settled(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = unfinished(make, {"urgent_now": ["end_life"]} | WROTE, alerts=("suicide-risk-now",))
    session.commit()
    for path in ("/review/", "/review/?tab=unfinished"):
        assert NOT_JUDGED not in words(desk.get(path)), "urgent"
    case.level_rank = NOTHING
    session.commit()
    for path in ("/review/", "/review/?tab=unfinished"):
        assert NOT_JUDGED in words(desk.get(path)), path


def test_one_that_was_sent_is_judged(desk: FlaskClient, make: Factory, session: Session) -> None:
    case = sent(make)
    session.commit()
    for path in ("/review/", f"/review/{case.id}"):
        shown = words(desk.get(path))
        assert "Nothing raised" in shown, path
        assert NOT_JUDGED not in shown, path
