"""What a page of help says: by country, by the clinic's hours, by the clinic's lowest age."""

import dataclasses
from datetime import UTC, datetime

import pytest
from flask import Flask

from app.questionnaire.countries import Country
from tests.intake.patient import Patient
from tests.people import HEALTHY, mood

pytestmark = pytest.mark.sqlite_alone("what is said, in which words and language")

CRISIS = "/intake/help/crisis_now"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 3, 2, 15, 30, tzinfo=UTC), "Someone is here until 6 pm and will look at this today."),
        (
            datetime(2026, 3, 2, 11, 0, tzinfo=UTC),
            "We are closed until 9 am, and may not see this before then",
        ),
        (datetime(2026, 3, 2, 23, 30, tzinfo=UTC), "We are closed until 9 am on Tuesday, and"),
        (datetime(2026, 3, 7, 15, 30, tzinfo=UTC), "We are closed until 9 am on Monday, and"),
    ],
    ids=["open", "early", "evening", "Saturday"],
)
def test_it_says_when_somebody_will_read_it(someone: Patient, moment: datetime, words: str) -> None:
    someone.clock.now = moment
    someone.start()
    someone.save("phq9", HEALTHY | mood(3))
    told = someone.open(CRISIS).words
    assert "We have told our team." not in told
    assert words.removesuffix(" and will look at this today.") in told, "with or without a number"
    someone.save("you", HEALTHY)
    told = someone.open(CRISIS).words
    assert "We have told our team." in told
    assert words in told


def test_in_the_united_states_it_leads_to_911_and_988(patient: Patient) -> None:
    patient.save("phq9", HEALTHY | mood(3))
    seen = patient.open(CRISIS)
    assert {"tel:911", "tel:988", "sms:988", "https://988lifeline.org/"} <= seen.links.keys()
    assert "Español: 988" in seen.words
    assert "Press 1, or text 838255" in seen.words
    assert "tel:999" not in seen.links


def test_in_the_united_kingdom_it_leads_to_999_111_and_samaritans(app: Flask, someone: Patient) -> None:
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], jurisdiction=Country.UK)
    someone.start()
    assert someone.case.jurisdiction == "UK"
    someone.save("phq9", HEALTHY | mood(3))
    seen = someone.open(CRISIS)
    assert {"tel:999", "tel:111", "tel:116123", "sms:85258?body=SHOUT"} <= seen.links.keys()
    assert "sms:988" not in seen.links
    assert "Español: 988" not in seen.words


@pytest.mark.parametrize("minimum", [18, 21])
def test_under_the_clinics_age_nothing_more_is_asked(app: Flask, patient: Patient, minimum: int) -> None:
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], minimum_age=minimum)
    young = HEALTHY | {"dob": f"{2026 - minimum}-03-03"}
    assert patient.save("you", young).path == "/intake/help/under_age"
    assert "under-minimum-age" in patient.flags()
    seen = patient.open("/intake/help/under_age")
    assert f"people aged {minimum} and over" in seen.words
    assert "Please call us on 555 010 0100" in seen.words
    assert "answer" not in seen.buttons
    for page in ("", "reasons", "phq9", "sign"):
        assert patient.open(f"/intake/{page}").path == "/intake/help/under_age"
    assert patient.save("reasons", HEALTHY).path == "/intake/help/under_age"
    assert "reasons" not in patient.draft.answers
    patient.sign()
    assert patient.case.submitted_at is None

    assert "/intake/you" in seen.links
    assert patient.open("/intake/you").status == 200
    assert patient.save("you", HEALTHY).path == "/intake/measures"
    assert patient.open("/intake/reasons").status == 200


def test_a_minor_who_was_invited_gets_no_further(app: Flask, patient: Patient) -> None:
    patient.have(HEALTHY | {"dob": "2010-01-01"})
    assert patient.open("/intake/").path == "/intake/help/under_age"
    assert patient.sign().path == "/intake/help/under_age"
    assert patient.case.submitted_at is None
