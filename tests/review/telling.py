"""How a clinician tells answers of a call, and what is then stored."""

import re

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.models import Amendment, Case, Screening
from app.questionnaire.intake import INTAKE
from app.review.case.stored import latest_screening
from tests.browsing import post
from tests.review.acts import decide


def tell(desk: FlaskClient, case: Case, **answers: object) -> TestResponse:
    """Send answers from a call; `seen` among them is the revision, when it is not today's, and `opened` the follow-ups
    that were in view, by default whatever there is.
    """
    page = {"seen": case.revision, "opened": list(INTAKE.questions)}
    return post(desk, f"/review/{case.id}/answers", **(page | answers))


def carried(desk: FlaskClient, session: Session, case: Case) -> None:
    """Decide that the person is suitable, with a condition for each thing that is not known."""
    text = desk.get(f"/review/{case.id}").text
    conditions = dict.fromkeys(
        re.findall(r'name="(condition-[^"]+)"', text), "Known before the first session"
    )
    assert conditions
    assert decide(desk, case, "suitable_with_conditions", conditions=conditions).status_code == 303
    session.expire_all()


def told(session: Session, case: Case) -> list[Amendment]:
    session.expire_all()
    found = select(Amendment).where(Amendment.case_id == case.id).order_by(Amendment.id)
    return list(session.scalars(found))


def latest(session: Session, case: Case) -> Screening:
    found = latest_screening(session, case)
    assert found
    return found


def script(desk: FlaskClient, case: Case) -> str:
    """The part of the page with the phone script."""
    text = desk.get(f"/review/{case.id}").text
    return text.partition('id="ask"')[2].partition("</section>")[0]
