"""When a page cannot be saved, it comes back with everything typed, to be sent again by one button."""

from __future__ import annotations

import json

import pytest
from sqlalchemy.exc import OperationalError

from app.intake.form import service
from app.intake.form.forms import form_values
from app.questionnaire.intake import INTAKE
from tests.browsing import case_field, post, token
from tests.factories import CANARY
from tests.intake.patient import Patient, Seen
from tests.people import HEALTHY

TYPED = f'{CANARY} "quoted" </form><script>alert(1)</script>\nsecond line'
DOWN = [
    (ValueError(CANARY), 500),
    (OperationalError("INSERT", {"answers": CANARY}, Exception("database or disk is full")), 503),
    (OperationalError("SELECT", {}, Exception("server closed the connection")), 503),
]


@pytest.mark.parametrize(("failure", "status"), DOWN, ids=["a slip", "a full disk", "no database"])
def test_what_was_typed_comes_back_and_is_sent_again_by_one_button(
    patient: Patient,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    failure: Exception,
    status: int,
) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise failure

    page = INTAKE.page("reasons")
    assert page is not None
    sent = {"version": "0"} | form_values(page, HEALTHY | {"goals": TYPED})
    with monkeypatch.context() as broken:
        broken.setattr(service, "save_page", fail)
        response = patient.client.post(
            "/intake/reasons", data={"csrf_token": token(patient.client)} | case_field(patient.client) | sent
        )
    seen = Seen(response)
    assert (seen.status, seen.heading) == (status, "We could not save this page")
    assert "Your answers are still here" in seen.words
    assert "Try again in a minute" in seen.words
    assert "<script>alert" not in response.text
    assert seen.values["goals"] == [TYPED]
    assert {name: values for name, values in seen.values.items() if name in sent} == {
        name: [value] if isinstance(value, str) else value for name, value in sent.items()
    }
    assert response.text.count('name="csrf_token"') >= 1
    assert CANARY not in json.dumps(capsys.readouterr().err)
    again = patient.send("/intake/reasons", seen.values)
    assert again.status == 303
    assert patient.draft.answers["goals"] == TYPED


def test_staff_get_back_nothing_of_a_form_that_failed_by_a_slip(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise ValueError

    monkeypatch.setattr("app.web.cookie.clear_session", fail)
    monkeypatch.setattr("app.account.routes.clear_session", fail)
    response = post(patient.client, "/account/logout", note=CANARY)
    assert response.status_code == 500
    assert CANARY not in response.text


def test_a_page_that_saves_itself_is_not_answered_with_what_it_sent(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The script keeps the page; a second copy of it on the way would only be one more to be seen."""

    def fail(*_args: object, **_named: object) -> None:
        raise ValueError

    monkeypatch.setattr(service, "save_page", fail)
    sent = {
        "csrf_token": token(patient.client),
        "version": "0",
        "goals": CANARY,
        **case_field(patient.client),
    }
    response = patient.client.post("/intake/reasons/draft", data=sent, headers={"X-Foreroom-Fetch": "1"})
    assert response.status_code == 500
    assert CANARY not in response.text
