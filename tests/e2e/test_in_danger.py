"""Somebody in danger, out of hours, whose name and number nobody knows: from the first answer to the confirmation."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.hours import DAYS, OpeningHours
from app.intake.draft import Draft
from app.models import Case, seal, unseal
from app.questionnaire.intake import INTAKE
from app.web.extensions import db
from tests.e2e.site import Site
from tests.e2e.visitor import Visitor
from tests.people import HEALTHY, but, mood

DANGER = {
    "urgent_now": ["end_life"],
    "suicide_thoughts": "often",
    "suicide_today": "yes",
    "suicide_plan": "yes",
}

pytestmark = pytest.mark.parametrize("size", ["phone"], indirect=True)


def close(site: Site) -> str:
    """Close the clinic for two days. Returns the words for when it opens."""
    opens = datetime.now(UTC) + timedelta(days=2)
    settings = site.app.config["SETTINGS"]
    hours = OpeningHours.parse(f"{DAYS[opens.weekday()]} 09:00-18:00")
    site.app.config["SETTINGS"] = replace(settings, clinic=replace(settings.clinic, hours=hours))
    return f"{opens:%A} 9 am"


def answer_the_rest(site: Site) -> None:
    """Have all else answered, as if page after page had been filled in."""
    with site.app.app_context(), db.sessionmaker.begin() as session:
        case = session.scalars(select(Case).order_by(Case.started_at.desc())).first()
        assert case is not None
        draft = Draft.from_json(unseal(session, case, "sealed_answers"))
        rest = but(HEALTHY | mood(3) | DANGER, {"agree_screen": None, "sign_name": None})
        draft.answers = rest | draft.answers
        draft.saved |= {page.id: 1 for page in INTAKE.pages if page.id not in ("start", "sign")}
        seal(session, case, "sealed_answers", draft.as_json())


def test_somebody_in_danger_out_of_hours_is_asked_for_a_number_and_promised_what_is_kept(
    visitor: Callable[..., Visitor], site: Site
) -> None:
    opening = close(site)
    patient = visitor()
    patient.go("/")
    patient.type(
        {"verify_dob-day": ["3"], "verify_dob-month": ["5"], "verify_dob-year": ["1990"], "language": ["en"]}
    )
    patient.press("Start now")
    patient.type({"urgent_now": ["end_life"]})
    patient.press("Continue")
    assert patient.path == "/intake/help/crisis_now"
    assert f"Yes, when you open, {opening}" in patient.words
    for untrue in ("told our team", "today if you can", "We will"):
        assert untrue not in patient.words

    patient.type({"first_name": ["Robin"], "callback": ["when_open"]})
    patient.press("Save and carry on")
    assert "Enter your phone number" in patient.words
    patient.type({"phone": ["555 010 0199"]})
    patient.press("Save and carry on")
    promised = f"We will call you on 555 010 0199 when we open, {opening}."
    assert promised in patient.words
    assert "We have told our team." in patient.words

    patient.press("Stop here for today")
    assert patient.path == "/intake/saved"
    assert promised in patient.words
    assert patient.page.get_by_role("link", name="Call 988").bounding_box()

    answer_the_rest(site)
    patient.go("/intake/")
    assert promised in patient.words
    patient.go("/intake/begin")
    patient.fill(HEALTHY)
    patient.press("Continue")
    patient.go("/intake/sign")
    patient.type({"agree_screen": ["yes"], "sign_name": ["Robin Ashdown"]})
    patient.press("Send my health check")
    assert patient.path == "/intake/confirmation", patient.words
    assert patient.heading == "We have your answers"
    assert patient.words.index("Call 988") < patient.words.index("What happens next")
    assert promised in patient.words
    assert "Getting ready" not in patient.words
    patient.clean()
