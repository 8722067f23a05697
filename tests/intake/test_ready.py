"""Getting ready: begun from a health check that was sent, sent on its own, and read with what was told before."""

import csv
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.intake.form.forms import form_values
from app.models import Case, Queue, unseal
from app.questionnaire.all_forms import WHOLE
from app.questionnaire.countries import Country
from app.questionnaire.ready import READY
from app.screening.evaluation import evaluate
from app.screening.rulebook import RULEBOOK
from app.screening.rules import Submitted
from app.screening.workflow import Status
from tests.browsing import as_staff, post, staff
from tests.factories import Factory
from tests.intake.patient import Patient, Seen
from tests.people import GOT_READY, HEALTHY, Answers, but, mood
from tests.review.seen import words

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")

UNSIGNED = but(HEALTHY, {"agree_screen": None, "sign_name": None})
LAST = READY.pages[-1].id


def sent_part_1(patient: Patient, changes: Answers | None = None, **draft: object) -> Case:
    """The health check of a healthy adult with some answers changed, sent; the form is still open in the browser."""
    patient.have(but(UNSIGNED, changes or {}), **draft)
    assert patient.sign().path == "/intake/confirmation"
    return patient.case


def get_ready(patient: Patient, answers: Answers = GOT_READY) -> Seen:
    """Begin getting ready and send it."""
    assert patient.send("/intake/next").path == "/intake/"
    patient.walk(answers, until=LAST)
    submission = str(patient.case.submission_id)
    return patient.send(f"/intake/{LAST}", form_values(READY.pages[-1], answers), submission=submission)


def test_it_is_offered_once_the_health_check_is_sent(patient: Patient) -> None:
    assert patient.send("/intake/next").path == "/intake/"
    assert "Start getting ready" not in patient.open("/intake/confirmation").words
    sent_part_1(patient)
    seen = patient.open("/intake/confirmation")
    assert "Start getting ready" in seen.words
    assert "about 6 minutes" in seen.words


def test_its_pages_ask_by_what_was_told_before(patient: Patient) -> None:
    sent_part_1(patient, {"reasons": ["pain"], "pain_sites": ["nerve"]}, seen_help=["back_warning"])
    assert patient.send("/intake/next").path == "/intake/"
    seen = patient.open("/intake/")
    assert seen.heading == "Getting ready"
    assert list(seen.tasks) == [step.name for step in READY.steps]
    assert patient.open("/intake/peg").status == 200
    assert patient.open("/intake/gad7").status == 404
    assert patient.open("/intake/mood").status == 404


def test_sent_it_is_a_case_of_its_own_judged_with_both(patient: Patient) -> None:
    first = sent_part_1(patient)
    seen = get_ready(patient, GOT_READY | {"safe_home": "no", "escort": "no"})
    assert seen.path == "/intake/confirmation"
    case = patient.case
    assert (case.kind, case.follows_id, case.status, case.queue) == (
        "ready", first.id, Status.SUBMITTED, Queue.TO_REVIEW
    )  # fmt: skip
    assert set(patient.draft.answers) <= set(READY.questions)
    told = patient.draft.merged_answers
    judged = evaluate(RULEBOOK, Submitted(WHOLE, told, patient.clock.today, Country.US, (2,)))
    expected = {flag.rule.slug for flag in judged.raised}
    assert set(patient.flags()) == expected
    assert {"not-safe-with-people", "no-escort"} <= expected
    assert not expected & {
        flag.rule.slug for flag in evaluate(RULEBOOK, Submitted(WHOLE, told, patient.clock.today)).raised
    }
    assert unseal(patient.session, case, "sealed_summary")["called"] == "Robin"
    signature = unseal(patient.session, case, "sealed_signature")
    assert signature["name"] == "Robin Ashdown"
    assert READY.questions["agree_facts"].text in signature["meaning"]
    done = patient.open("/intake/confirmation")
    assert done.heading == "We have your answers"
    assert "start getting ready" not in done.words.lower()


def test_it_is_begun_once_and_taken_up_again(patient: Patient) -> None:
    first = sent_part_1(patient)
    patient.send("/intake/next")
    patient.save("address", GOT_READY)
    begun = patient.case_id
    patient.send("/intake/leave")
    patient.client.set_cookie("unused", "x")
    with patient.client.session_transaction() as session:
        session["case"] = str(first.id)
        session["case_seen"] = session["case_since"] = int(patient.clock.now.timestamp())
    assert "Carry on getting ready" in patient.open("/intake/confirmation").words
    assert patient.send("/intake/next").path == "/intake/"
    assert patient.case_id == begun
    assert patient.draft.answers["address"] == GOT_READY["address"]
    assert len(list(patient.session.scalars(select(Case)))) == 2


def test_what_was_told_before_calls_for_no_help_again(patient: Patient) -> None:
    """The crisis page came up with the health check, and its alert stands there."""
    sent_part_1(
        patient,
        mood(3) | {"suicide_today": "no", "suicide_plan": "no", "callback": "no"},
        seen_help=["crisis_now"],
    )
    patient.send("/intake/next")
    assert patient.save("support", GOT_READY).path != "/intake/help/crisis_now"
    assert patient.open("/intake/help/crisis_now").status == 404
    assert patient.screenings == []


def test_open_pages_are_named_and_nothing_is_sent(patient: Patient) -> None:
    sent_part_1(patient)
    patient.send("/intake/next")
    agreed = {
        "agree_facts": "yes",
        "agree_home": "yes",
        "agree_substance_share": "yes",
        "agree_research": "yes",
    }
    seen = patient.send(f"/intake/{LAST}", agreed, submission=str(patient.case.submission_id))
    assert seen.status == 422
    assert patient.case.submitted_at is None


@pytest.fixture
def both(patient: Patient) -> tuple[Case, Case]:
    """A health check, and the form for getting ready that followed it."""
    first = sent_part_1(patient)
    get_ready(patient, GOT_READY | {"safe_home": "rather_not"})
    return first, patient.case


def test_a_clinician_reads_it_beside_the_health_check(
    app: Flask, make: Factory, session: Session, both: tuple[Case, Case]
) -> None:
    first, ready = both
    desk = as_staff(app.test_client(), staff(app, make, session, "clinician", name="Clara Park"))
    shown = words(desk.get(f"/review/{ready.id}"))
    assert "Getting ready" in shown
    assert "Robin Ashdown" in shown
    assert "Treatment day and home" in desk.get(f"/review/{ready.id}").text
    assert str(first.id) in desk.get(f"/review/{ready.id}").text
    assert str(ready.id) in desk.get(f"/review/{first.id}").text


def test_the_phone_script_takes_its_answers(
    app: Flask, make: Factory, session: Session, both: tuple[Case, Case]
) -> None:
    _, ready = both
    desk = as_staff(app.test_client(), staff(app, make, session, "clinician", name="Clara Park"))
    page = desk.get(f"/review/{ready.id}").text
    assert 'name="safe_home"' in page
    response = post(desk, f"/review/{ready.id}/answers", seen=ready.revision, safe_home="no")
    assert response.status_code == 303, words(response)
    session.expire_all()
    assert ready.open_stop_count == 1


def test_it_has_a_file_of_its_own(
    app: Flask, make: Factory, session: Session, both: tuple[Case, Case]
) -> None:
    first, ready = both
    desk: FlaskClient = as_staff(app.test_client(), staff(app, make, session, "admin", name="Ada Cole"))
    (row,) = csv.DictReader(io.StringIO(post(desk, "/export/ready.csv", reason="care").text, newline=""))
    assert (row["case_id"], row["kind"], row["follows"]) == (str(ready.id), "ready", str(first.id))
    assert (row["escort"], row["safe_home"], row["scale_peg"]) == (
        "emergency_contact",
        "rather_not",
        "not_shown",
    )
    assert "dob" not in row
    (row,) = csv.DictReader(io.StringIO(post(desk, "/export/cases.csv", reason="care").text, newline=""))
    assert (row["case_id"], row["follows"]) == (str(first.id), "")


def test_its_copy_holds_its_own_answers_and_never_the_private_page(patient: Patient) -> None:
    sent_part_1(patient)
    get_ready(patient, GOT_READY | {"safe_home": "no"})
    seen = patient.open("/intake/copy")
    assert "4 Mill Lane" in seen.words
    assert READY.questions["safe_home"].text not in seen.words
    assert WHOLE.questions["seizure_ever"].text not in seen.words


def test_withdrawn_it_leaves_the_health_check_as_it_was_and_can_be_begun_again(patient: Patient) -> None:
    first = sent_part_1(patient)
    signed = bytes(first.sealed_answers)
    patient.send("/intake/next")
    patient.save("address", GOT_READY)
    withdrawn = patient.case_id
    assert patient.send("/intake/withdraw").status == 200
    patient.session.commit()
    assert patient.session.scalar(select(Case.id).where(Case.id == withdrawn)) is None
    kept = patient.session.get_one(Case, first.id)
    patient.session.refresh(kept)
    assert bytes(kept.sealed_answers) == signed
    assert kept.person is not None


def test_no_word_of_it_is_in_an_address(patient: Patient) -> None:
    sent_part_1(patient)
    get_ready(patient)
    assert all(re.fullmatch(r"[a-z0-9_]+", page) for page in patient.visited)
