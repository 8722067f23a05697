"""A page that saves itself while it is filled in: what it keeps, what it leaves for Continue, and what it tells."""

from __future__ import annotations

from typing import Any

import pytest

from app.intake.form.forms import form_values
from app.intake.ownership_gate import address_mark
from app.intake.progress import Progress
from app.models import unseal
from app.questionnaire.countries import Country
from app.questionnaire.intake import INTAKE
from app.screening.workflow import Status
from tests.browsing import case_field, token
from tests.intake.patient import Patient, birth_date
from tests.intake.test_two_windows import NEWER, OLDER
from tests.people import HEALTHY, Answers, but

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")

HARM_PAGE = INTAKE.page_of("harm_others").id
TO_CHECK = HEALTHY | {"weight": {"unit": "lb", "value": 480}}


def marks(patient: Patient) -> dict[str, str]:
    """What every form of a page carries."""
    patient.session.commit()
    return {"csrf_token": token(patient.client)} | case_field(patient.client)


def quietly(
    patient: Patient, page_id: str, answers: Answers, **fields: str | list[str]
) -> tuple[int, dict[str, Any]]:
    """What the page's script would send, at the version that is stored unless another is given."""
    page = INTAKE.page(page_id)
    assert page is not None
    version = {"version": str(patient.draft.saved.get(page_id, 0))}
    patient.session.commit()
    sent = {**marks(patient)} | version | form_values(page, answers) | fields
    patient.session.commit()
    response = patient.client.post(f"/intake/{page_id}/draft", data=sent, headers={"X-Foreroom-Fetch": "1"})
    return response.status_code, response.get_json()


def task(patient: Patient, page_id: str) -> str:
    page = INTAKE.page(page_id)
    assert page is not None
    step = next(step for step in INTAKE.steps if page in step.pages)
    return patient.open("/intake/").tasks[step.name]


def test_what_can_be_read_is_kept_and_the_answer_tells_the_version_and_the_clinics_time(
    patient: Patient,
) -> None:
    status, told = quietly(patient, "reasons", {"goals": "Walk the dog"})
    assert (status, told) == (
        200,
        {"version": patient.case.answers_version, "saved_at": "10:30", "whole": True},
    )
    assert patient.draft.answers["goals"] == "Walk the dog"
    assert patient.draft.saved["reasons"] == told["version"]


def test_a_page_is_not_called_saved_while_something_on_it_is_not(patient: Patient) -> None:
    page: dict[str, Any] = {"height-unit": "cm", "height-value": "tall"}
    assert quietly(patient, "measures", {}, **page)[1]["whole"] is False
    half = {"allergies-0-allergy_to": "latex"}
    assert quietly(patient, "safety_rows", {"allergy_any": "yes"}, **half)[1]["whole"] is True
    assert patient.draft.answers["allergies"] == [{"allergy_to": "latex"}]


def test_a_page_saves_itself_3_seconds_after_the_last_touch(patient: Patient) -> None:
    page = patient.client.get("/intake/reasons").text
    assert 'data-draft="/intake/reasons/draft" data-after="3000"' in page


def test_a_page_that_was_saved_quietly_is_started_until_continue_is_pressed(patient: Patient) -> None:
    quietly(patient, "reasons", NEWER)
    assert task(patient, "reasons") == "Started"
    progress = Progress.of(patient.draft, patient.clock.today, Country.US)
    assert "reasons" in {page.id for page in progress.open_pages()}, "it cannot be sent so"
    assert patient.save("reasons", NEWER).status == 303
    assert "reasons" not in patient.draft.incomplete_pages
    quietly(patient, "reasons", NEWER)
    assert "reasons" not in patient.draft.incomplete_pages, "nothing was changed"
    quietly(patient, "reasons", OLDER)
    assert "reasons" in patient.draft.incomplete_pages


def test_what_cannot_be_read_leaves_what_stood(patient: Patient) -> None:
    patient.save("measures", HEALTHY)
    status, _ = quietly(patient, "measures", HEALTHY, **{"height-feet": "tall"})
    assert status == 200
    assert patient.draft.answers["height"] == HEALTHY["height"]
    assert "measures" in patient.draft.incomplete_pages


def test_what_cannot_be_read_is_there_again_with_what_to_mend(patient: Patient) -> None:
    """Whatever the kind: nothing typed is lost when the page is left."""
    typed = {
        "height-unit": "cm", "height-value": "tall", "weight-unit": "kg", "weight-value": "1 elephant",
        "bp_known": "yes", "bp_top": "80", "bp_bottom": "120",
    }  # fmt: skip
    quietly(patient, "measures", {}, **typed)
    seen = patient.open("/intake/measures")
    assert {name: seen.values[name] for name in typed} == {name: [text] for name, text in typed.items()}
    assert [target for _, target in seen.problems] == ["height-value", "weight-value", "bp_top"]
    assert {"height", "weight", "bp_top"}.isdisjoint(patient.draft.answers)
    quietly(patient, "measures", HEALTHY)
    assert patient.draft.unread == {}
    assert patient.open("/intake/measures").problems == []


def test_what_cannot_be_read_is_not_overwritten_by_an_older_window(patient: Patient) -> None:
    quietly(patient, "reasons", {}, goals="x" * 600)
    assert quietly(patient, "reasons", {}, version="0")[0] == 409
    assert patient.draft.unread == {"goals": {"goals": ["x" * 600]}}


def test_a_page_sent_twice_with_something_to_mend_changes_nothing_the_second_time(patient: Patient) -> None:
    """As a browser with scripts does it, to draw what came back. An emptied birth date counts for no change."""
    page = dict.fromkeys(("dob-day", "dob-month", "dob-year"), "") | {
        "email": "robin at home",
        "phone": "555 010 0177",
    }
    for _ in (1, 2):
        seen = patient.save("you", HEALTHY, version="0", **page)
        assert (seen.status, [target for _, target in seen.problems]) == (422, ["dob-day", "email"])


def test_no_number_is_asked_about_until_continue_is_pressed(patient: Patient) -> None:
    quietly(patient, "measures", TO_CHECK)
    assert patient.draft.queued_help == []
    assert patient.save("measures", TO_CHECK).path == "/intake/help/number_check"


def test_danger_raises_its_alert_at_once_and_help_comes_with_the_next_continue(patient: Patient) -> None:
    status, told = quietly(patient, HARM_PAGE, {"harm_others": "yes"})
    assert status == 200
    assert "go" not in told
    assert "alert.raised" in patient.events
    assert patient.case.queue == "to_review"
    assert patient.case.status is Status.DRAFT
    assert patient.save("reasons", HEALTHY).path == "/intake/help/harm_others"


def test_another_window_is_told_and_nothing_is_overwritten(patient: Patient) -> None:
    patient.save("reasons", NEWER)
    events = patient.events
    status, told = quietly(patient, "reasons", OLDER, version="0")
    assert (status, told) == (409, {"conflict": True})
    assert patient.draft.answers["goals"] == NEWER["goals"]
    assert patient.events == events


def test_the_version_that_comes_back_is_the_one_to_send_next(patient: Patient) -> None:
    version = "0"
    for goals in ("W", "Walk", "Walk the dog"):
        status, told = quietly(patient, "reasons", HEALTHY | {"goals": goals}, version=version)
        assert status == 200
        version = str(told["version"])
    assert patient.save("reasons", HEALTHY | {"goals": "Walk the dogs"}, version=version).status == 303


def test_a_quiet_save_is_told_to_the_audit_once_until_continue_is_pressed_again(patient: Patient) -> None:
    for goals in ("W", "Walk", "Walk the dog"):
        quietly(patient, "reasons", NEWER | {"goals": goals})
    assert patient.facts("intake.saved_quietly") == [{"page": "reasons", "version": 1}]
    patient.save("reasons", NEWER | {"goals": "Walk the dog"})
    assert patient.facts("intake.saved")[-1] == {"page": "reasons", "version": 3}
    quietly(patient, "reasons", OLDER)
    assert len(patient.facts("intake.saved_quietly")) == 2


def test_a_half_typed_birth_date_neither_locks_its_owner_out_nor_renames_anyone(patient: Patient) -> None:
    identity = unseal(patient.session, patient.case.person, "sealed_identity")
    typed = HEALTHY | {"first_name": "Ro", "phone": "555 01"}
    status, _ = quietly(patient, "you", typed, **birth_date("1999-01-02", "dob"))
    assert status == 200
    assert patient.draft.answers["dob"] == HEALTHY["dob"]
    assert unseal(patient.session, patient.case.person, "sealed_identity") == identity


def test_the_page_that_is_signed_is_never_saved_quietly(patient: Patient) -> None:
    patient.have(HEALTHY)
    before = patient.case.revision
    sent = {
        "csrf_token": token(patient.client),
        **case_field(patient.client),
        "sign_name": "Robin",
        "agree_screen": "yes",
    }
    assert patient.client.post("/intake/sign/draft", data=sent).status_code == 404
    assert patient.case.revision == before
    assert 'data-draft=""' in patient.client.get("/intake/sign").text


def test_a_form_that_was_sent_meanwhile_leads_the_script_on(patient: Patient) -> None:
    patient.have(HEALTHY)
    assert patient.sign().status == 303
    led = f"/intake/confirmation?of={address_mark(patient.case)}"
    assert quietly(patient, "reasons", OLDER) == (200, {"go": led})
    assert patient.draft.answers["goals"] == HEALTHY["goals"]


@pytest.mark.parametrize("page_id", ["nowhere", "start", "pregnancy"])
def test_a_page_that_is_not_asked_takes_nothing(patient: Patient, page_id: str) -> None:
    sent = {**marks(patient), "version": "0"}
    assert patient.client.post(f"/intake/{page_id}/draft", data=sent).status_code == 404


def test_a_script_is_told_where_continue_leads_and_a_browser_is_led_there(patient: Patient) -> None:
    page = INTAKE.page("reasons")
    assert page is not None
    sent = {**marks(patient), "version": "0"} | form_values(page, HEALTHY)
    told = patient.client.post("/intake/reasons", data=sent, headers={"X-Foreroom-Fetch": "1"})
    led = patient.client.post("/intake/reasons", data=sent | {"version": "1"})
    assert (told.status_code, told.get_json()) == (200, {"go": led.headers["Location"]})
    assert led.status_code == 303
    mended = but(HEALTHY, {"reasons": None})
    sent = {**marks(patient), "version": "1"} | form_values(page, mended)
    again = patient.client.post("/intake/reasons", data=sent, headers={"X-Foreroom-Fetch": "1"})
    assert (again.status_code, again.mimetype) == (422, "text/html")


def test_the_box_of_an_idle_page_promises_no_save_that_may_come_too_late(patient: Patient) -> None:
    words = patient.open("/intake/reasons").html
    patient.clock.wait(hours=13)
    late = patient.save("reasons", HEALTHY)
    assert late.status == 403
    assert "Send this page again" in late.words
    assert "Press Continue to save it" not in words
    assert "If it is too late to save it, the next page says what to do" in words
