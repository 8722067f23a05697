"""Nothing is changed for a form that another site, or another browser, has sent."""

import pytest

from app.intake.store import AlreadySent
from tests.browsing import cookie_contents, token
from tests.intake.patient import Patient
from tests.people import HEALTHY, Answers, mood

pytestmark = pytest.mark.sqlite_alone("who is let in, and what is shown to whom")

FORMS = {
    "/": {"verify_dob-day": "3", "verify_dob-month": "5", "verify_dob-year": "1990", "language": "en"},
    "/i/some-link": {
        "verify_dob-day": "3",
        "verify_dob-month": "5",
        "verify_dob-year": "1990",
        "language": "en",
    },
    "/intake/reasons": {"reasons": "pain", "reason_duration": "over_5_years"},
    "/intake/phq9": {"ask_me": "yes"},
    "/intake/sign": {"agree_screen": "yes", "sign_name": "Robin Ashdown"},
    "/intake/help/crisis_now": {"answer": "carry_on", "callback": "today"},
    "/intake/help/number_check": {"answer": "keep"},
    "/intake/leave": {},
}


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("kind", ["none", "foreign", "garbled"])
def test_a_form_without_its_own_token_changes_nothing(patient: Patient, path: str, kind: str) -> None:
    odd: Answers = {"weight": {"unit": "lb", "value": 480}}
    patient.have(HEALTHY | odd | mood(3), queued_help=["crisis_now", "number_check"])
    stranger = patient.client.application.test_client()
    tokens = {"none": {}, "foreign": {"csrf_token": token(stranger)}, "garbled": {"csrf_token": "x.y.z"}}
    with stranger.session_transaction() as cookie:
        cookie["csrf_token"] = "b" * 40
    tokens["foreign"] = {"csrf_token": token(stranger)}
    more = {"submission": str(patient.case.submission_id)}
    before = (patient.draft, patient.case.revision, patient.events, cookie_contents(patient.client)["case"])
    token(patient.client)  # so that this browser has one of its own
    patient.session.commit()
    response = patient.client.post(path, data=FORMS[path] | more | tokens[kind])
    assert response.status_code in (400, 422)
    assert "Location" not in response.headers
    assert (
        patient.draft, patient.case.revision, patient.events, cookie_contents(patient.client)["case"],
    ) == before  # fmt: skip


@pytest.mark.parametrize("path", ["/intake/reasons", "/intake/help/crisis_now"])
def test_a_form_sent_by_another_window_just_now_leads_to_the_confirmation(
    patient: Patient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The moment between looking at the case and holding it."""

    def sent_meanwhile(*_args: object) -> None:
        raise AlreadySent

    patient.have(HEALTHY | mood(3), queued_help=["crisis_now"])
    monkeypatch.setattr("app.intake.store.lock_draft", sent_meanwhile)
    assert patient.send(path, FORMS[path]).path == "/intake/confirmation"
