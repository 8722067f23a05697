"""Starting: what is asked first, what is refused, and what the browser and the log then hold."""

import dataclasses
import re
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.models import Case, Person, unseal
from app.questionnaire.timing import BESIDE
from app.screening.workflow import Status
from tests.browsing import cookie_contents
from tests.intake.patient import BORN, Patient, birth_date

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")


def cases(someone: Patient) -> int:
    someone.session.commit()
    return someone.session.scalar(select(func.count()).select_from(Case)) or 0


def test_the_first_page_says_how_long_it_takes_and_asks_two_things(someone: Patient) -> None:
    seen = someone.open("/")
    assert seen.status == 200
    assert seen.title == "Start your health check – Oak Street Clinic"
    assert seen.in_view == ["verify_dob", "language"]
    assert "About 10 minutes" in seen.words
    assert "Need help now? 911 or 988" in seen.words
    assert not any(any(values) for values in seen.values.values()), "nothing is picked beforehand"


def test_the_first_page_says_no_more_beside_its_questions_than_the_time_model_reads(someone: Patient) -> None:
    main = re.search(r"<main[^>]*>(.*)</main>", someone.open("/").html, re.DOTALL)
    assert main
    beside = re.sub(r"<h1.*?</h1>|<form.*?</form>", " ", main[1], flags=re.DOTALL)
    assert len(re.sub(r"<[^>]+>", " ", beside).split()) <= BESIDE["start"]


def test_a_birth_date_opens_a_new_form(someone: Patient) -> None:
    seen = someone.start()
    assert (seen.status, seen.path) == (303, "/intake/right_now")
    case = someone.case
    assert case.status is Status.DRAFT
    assert case.jurisdiction == "US"
    assert case.started_at == someone.clock.now
    assert someone.draft.answers == {"dob": BORN, "language": "en"}
    person = someone.session.get_one(Person, case.person_id)
    assert unseal(someone.session, person, "sealed_identity") == {
        **dict.fromkeys(("first_name", "last_name", "preferred_name", "phone", "email")),
        "dob": BORN,
    }
    assert someone.facts("intake.started") == [{"via": "start"}]


def test_the_cookie_holds_ids_and_times_only(someone: Patient) -> None:
    someone.start()
    held = cookie_contents(someone.client)
    assert held.keys() <= {"case", "case_since", "case_seen", "csrf_token", "_permanent", "language"}
    assert BORN not in str(held)


def test_the_form_fills_in_the_birth_date_so_that_nobody_types_it_twice(patient: Patient) -> None:
    seen = patient.open("/intake/you")
    assert birth_date(BORN, "dob") == {name: seen.values[name][0] for name in birth_date(BORN, "dob")}


@pytest.mark.parametrize(
    ("typed", "problem", "target"),
    [
        ({}, "Enter your date of birth", "verify_dob-day"),
        (
            {"verify_dob-day": "3", "verify_dob-month": "5"},
            "Date of birth must include a year, like 1985",
            "verify_dob-year",
        ),
        (
            birth_date("1985-02-30"),
            "You typed “30”. February 1985 has 28 days. Check the day",
            "verify_dob-day",
        ),
        (
            birth_date("2030-01-01"),
            "You typed “1 January 2030”. Date of birth must be in the past: 2 March 2026 or earlier",
            "verify_dob-year",
        ),
        (
            birth_date("1850-01-01"),
            "You typed “1 January 1850”. That is more than 115 years ago. Check the year",
            "verify_dob-year",
        ),
    ],
)
def test_a_wrong_date_is_said_and_kept(
    someone: Patient, typed: dict[str, str], problem: str, target: str
) -> None:
    seen = someone.send("/", typed, language="es")
    assert seen.status == 422
    assert seen.title.startswith("Error: ")
    assert seen.problems == [(problem, target)]
    assert target in seen.ids
    assert {name: seen.values[name] for name in typed} == {name: [value] for name, value in typed.items()}
    assert seen.values["language"] == ["es"]
    assert cases(someone) == 0


def test_a_language_must_be_picked(someone: Patient) -> None:
    seen = someone.send("/", birth_date(BORN))
    assert seen.problems == [("Pick the language you want to use", "language")]
    seen = someone.send("/", birth_date(BORN), language="xx")
    assert seen.status == 422
    assert cases(someone) == 0


def test_under_age_nothing_is_stored_and_nothing_more_is_asked(someone: Patient) -> None:
    born = (someone.clock.today - timedelta(days=17 * 365)).isoformat()
    seen = someone.start(born)
    assert seen.heading == "We can't go on with this form"
    assert "people aged 18 and over" in seen.words
    assert "555 010 0100" in seen.words
    assert not seen.questions
    assert "We have told our team" not in seen.words
    assert seen.links["/"].startswith("I made a mistake")
    assert cases(someone) == 0
    assert someone.open("/intake/").path == "/"


def test_on_the_birthday_itself_the_form_opens(someone: Patient) -> None:
    today = someone.clock.today
    assert someone.start(today.replace(year=today.year - 18).isoformat()).status == 303
    assert someone.open("/intake/").status == 200


def test_without_a_clinic_the_form_is_not_switched_on(app: Flask, someone: Patient) -> None:
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], clinic=None)
    for seen in (someone.open("/"), someone.start(), someone.open("/i/abc"), someone.start(path="/i/abc")):
        assert seen.status == 503
    assert cases(someone) == 0


def test_a_stale_token_keeps_the_typed_date(someone: Patient) -> None:
    seen = someone.start(csrf_token="of another browser")
    assert seen.status == 422
    assert "This page was open for a long time" in seen.problems[0][0]
    assert seen.values["verify_dob-year"] == [BORN[:4]]
    assert cases(someone) == 0


@pytest.mark.parametrize("page", ["/intake/", "/intake/you", "/intake/saved", "/intake/help/crisis_now"])
def test_without_a_form_every_page_leads_to_the_start(someone: Patient, page: str) -> None:
    assert someone.open(page).path == "/"
    assert someone.send(page, anything="x").status in (403, 405)
    assert cases(someone) == 0


def test_a_form_that_is_gone_leads_to_the_start_and_empties_the_cookie(patient: Patient) -> None:
    with patient.client.session_transaction() as cookie:
        cookie["case"] = str(UUID(int=7))
    assert patient.open("/intake/you").path == "/"
    assert "case" not in cookie_contents(patient.client)
