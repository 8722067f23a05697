"""A draft remembers whether flags were stored while it was filled in: where none were, nobody looks for them."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Flag, Screening
from app.web.extensions import db
from tests.intake.patient import Patient
from tests.people import HEALTHY, but
from tests.review.seen import statements

UNSIGNED = but(HEALTHY, {"agree_screen": None, "sign_name": None})
DANGER = {"urgent_now": ["end_life"]}


def stored(session: Session) -> list[tuple[bool, str, str]]:
    """Every flag, in the order of its screening."""
    session.commit()
    found = select(Screening.interim, Flag.rule, Flag.outcome).join(Screening.flags)
    return [(*row,) for row in session.execute(found.order_by(Screening.id, Flag.rule))]


@pytest.mark.parametrize("remembered", [False, None], ids=["nothing was flagged", "an earlier release"])
def test_what_raised_an_alert_is_kept_whether_or_not_the_draft_remembered(
    patient: Patient, session: Session, remembered: bool | None
) -> None:
    patient.have(UNSIGNED, is_flagged=remembered)
    patient.save("head", UNSIGNED)
    assert patient.draft.is_flagged is remembered
    patient.save("right_now", UNSIGNED | DANGER)
    assert patient.draft.is_flagged
    assert (True, "suicide-risk-now", "raised") in stored(session)
    patient.save("right_now", UNSIGNED)
    patient.sign()
    # The patient took it back; a person looks at it all the same.
    assert (False, "suicide-risk-now", "raised") in stored(session)


def test_a_form_that_is_begun_has_no_flags_and_is_not_searched_for_them(app: Flask, patient: Patient) -> None:
    assert patient.draft.is_flagged is False
    with app.app_context(), statements(db.engine) as sent:
        patient.save("head", UNSIGNED)
    assert sent
    assert not [one for one in sent if "FROM flag" in one]
