"""What the patient of these tests told, and what they open."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.browsing import as_staff, post
from tests.factories import CANARY, Factory
from tests.intake.patient import Patient, Seen
from tests.people import HEALTHY, but, mood

MARK = "Zapallo"
NOTE = f"{CANARY}note"
TOLD = but(
    HEALTHY | mood(2, 3),
    {
        "goals": f"Walk the {MARK}",
        "seizure_ever": "yes",
        "seizure_last": "month",
        "seizure_cause": ["epilepsy"],
        "suicide_thoughts": "often",
        "suicide_today": "no",
        "suicide_plan": "no",
        "callback": "today",
        "medicines": [{"med_name": f"{MARK} drops", "med_often": "once"}, {"med_name": "Keppra"}],
    },
)
PAGES = ("/intake/copy", "/intake/opened", "/intake/correction")
FILES = ("/intake/copy.pdf", "/intake/copy.json")


def take(patient: Patient, path: str) -> TestResponse:
    patient.session.commit()
    return post(patient.client, path)


def clinician(patient: Patient) -> FlaskClient:
    user = Factory(patient.session).user("clinician")
    patient.session.commit()
    return as_staff(patient.client.application.test_client(), user)


# ---- Who opened it


def rows(seen: Seen) -> str:
    """The page's words with no space between them: cells and their labels follow one another without any."""
    return re.sub(r"\s", "", seen.words)
