"""Staying when somebody is there, going when nobody is, and leaving at once without a trace."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask import Flask

from app.intake.ownership_gate import address_mark
from app.questionnaire.ready import READY
from tests.browsing import case_field, cookie_contents, token
from tests.intake.patient import Patient, Seen
from tests.people import HEALTHY

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")

STATIC = Path("app/static")
FETCH = {"X-Foreroom-Fetch": "1"}
BUTTON = "Leave this page quickly"


def stay(patient: Patient) -> object:
    sent = {"csrf_token": token(patient.client), **case_field(patient.client)}
    return patient.client.post("/intake/stay", data=sent, headers=FETCH).get_json()


def test_a_page_asks_after_25_minutes_and_closes_after_30(patient: Patient) -> None:
    page = patient.client.get("/intake/reasons").text
    assert 'data-notice="1500"' in page
    assert 'data-end="1800"' in page


def test_whoever_says_that_they_are_there_stays(patient: Patient) -> None:
    for _ in range(3):
        patient.clock.wait(minutes=29)
        assert stay(patient) == {"stay": True}
    assert patient.open("/intake/reasons").status == 200


def test_whoever_says_so_too_late_is_led_to_the_birth_date(patient: Patient) -> None:
    patient.clock.wait(minutes=31)
    assert stay(patient) == {"go": f"/?of={address_mark(patient.case)}"}
    assert patient.open("/intake/reasons").path == "/"


def test_a_quiet_save_keeps_the_session_open(patient: Patient) -> None:
    for _ in range(3):
        patient.clock.wait(minutes=20)
        patient.client.post(
            "/intake/reasons/draft",
            data={"csrf_token": token(patient.client), "version": "0", **case_field(patient.client)},
        )
    assert patient.open("/intake/reasons").status == 200


def test_nobody_is_asked_whether_they_are_there_who_has_no_form_open(patient: Patient) -> None:
    patient.clock.wait(minutes=31)
    assert "data-idle" not in patient.client.get("/").text
    assert "data-idle" not in patient.client.get("/account/login").text


def test_leaving_quickly_keeps_the_answers_and_nothing_in_the_browser(patient: Patient) -> None:
    patient.save("reasons", HEALTHY)
    case = patient.case
    sent = {"csrf_token": token(patient.client)}
    left = patient.client.post("/intake/quickly", data=sent)
    assert (left.status_code, left.headers["Location"]) == (303, "/closed")
    assert left.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert cookie_contents(patient.client) == {}
    assert patient.open("/intake/reasons").path == "/"
    patient.session.refresh(case)
    assert case.answers_version == 1


def test_the_page_one_lands_on_says_nothing_of_the_site(patient: Patient) -> None:
    patient.send("/intake/quickly")
    response = patient.client.get("/closed")
    page = response.text
    for telling in ("Oak Street", "Foreroom", "health", "clinic", "href", "static", "555"):
        assert telling.lower() not in page.lower(), telling
    assert not response.headers.getlist("Set-Cookie")


def test_a_page_with_a_dead_token_is_left_quickly_all_the_same(patient: Patient) -> None:
    """Whoever must not be seen at it cannot read why, and send it again."""
    sent = {"csrf_token": "dead", **case_field(patient.client)}
    left = patient.client.post("/intake/quickly", data=sent)
    assert left.status_code == 400
    assert "This page is closed" in left.text
    assert "Oak Street" not in left.text
    assert left.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert cookie_contents(patient.client) == {}
    assert patient.open("/intake/reasons").path == "/"


def test_another_site_empties_no_browser_by_it(app: Flask) -> None:
    """Its posts come without our cookie."""
    left = app.test_client().post("/intake/quickly", data={"csrf_token": "dead"})
    assert left.status_code == 400
    assert "Clear-Site-Data" not in left.headers


def test_leaving_quickly_is_first_on_private_pages_and_not_elsewhere(patient: Patient) -> None:
    for page_id, private in (("phq9", True), ("suicide", True), ("reasons", False), ("safety_rows", False)):
        page = patient.client.get(f"/intake/{page_id}").text
        assert (BUTTON in page) is private, page_id
        if private:
            assert page.index(BUTTON) < page.index("data-question")


def test_the_page_that_asks_about_home_is_left_quickly_too(patient: Patient) -> None:
    patient.have(HEALTHY)
    patient.sign()
    patient.send("/intake/next")
    page = next(page for page in READY.pages if any(q.id == "safe_home" for q in page.questions))
    seen = patient.open(f"/intake/{page.id}")
    assert seen.status == 200
    assert BUTTON in seen.words
    assert seen.title.startswith("Private questions")
    assert "ask_me" not in seen.buttons, "it is no private step"


def test_the_files_of_a_page_are_small(app: Flask, patient: Patient) -> None:
    page = patient.client.get("/intake/phq9").data
    files = [
        STATIC / name for name in ("foreroom.js", "keeping.js", "unsaved.js", "foreroom.css", "favicon.svg")
    ]
    files += [STATIC / "vendor/nhsuk" / name for name in ("nhsuk.js", "nhsuk.css")]
    assert len(gzip.compress(page)) + sum(len(gzip.compress(file.read_bytes())) for file in files) < 60_000


def test_back_after_leaving_needs_the_birth_date_even_without_a_script(patient: Patient) -> None:
    patient.send("/intake/quickly")
    seen: Seen = patient.open("/intake/phq9")
    assert seen.path == "/"
