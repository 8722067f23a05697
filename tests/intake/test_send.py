"""Check, sign and send: nothing is sent half done, and what is sent is frozen as it was signed."""

import dataclasses

import pytest
from flask import Flask

from app.intake.form.service import NOT_OUR_NAME
from app.models import Queue, unseal
from app.questionnaire.intake import INTAKE
from app.screening.case_summary import NOTHING
from app.screening.rules import ClinicRules
from app.screening.workflow import Status
from tests.intake.patient import Patient
from tests.people import HEALTHY, but, mood, takes

UNSIGNED = but(HEALTHY, {"agree_screen": None, "sign_name": None})
HARD = UNSIGNED | mood(1, others=2) | takes("Keppra 500 mg", "Warfarin") | {
    "seizure_ever": "not_sure",
    "chemo_now": "yes",
    "chemo_last": "this_month",
    "cancer_team_knows": "no",
    "chest_pain_recent": "yes",
    "suicide_today": "no",
    "suicide_plan": "rather_not",
    "callback": "visit",
}  # fmt: skip
GUARDIAN = {
    "filled_by": "for_patient",
    "filler_role": "parent_guardian",
    "helper_name": "Kit Ashdown",
    "private_part": "with_helper",
}


def test_the_check_page_shows_every_answer_with_a_way_to_change_it(patient: Patient) -> None:
    patient.have(UNSIGNED)
    seen = patient.open("/intake/sign")
    for words in (
        "Robin",
        "3 May 1990",
        "555 010 0199",
        "5 feet 6 inches",
        "145 pounds (66 kg)",
        "Sertraline 50 mg",
    ):
        assert words in seen.words
    assert "You said No to" in seen.words
    assert "Not answered" in seen.words, "what was left out is said too"
    asked = {f"/intake/{page.id}" for page in INTAKE.pages[1:-1]} & seen.links.keys()
    assert {"/intake/you", "/intake/safety_rows", "/intake/phq9", "/intake/medicines"} <= asked
    assert "/intake/suicide_more" not in seen.links, "what is not asked is not listed"


def test_a_score_is_not_told_as_a_judgement_of_the_patient(patient: Patient) -> None:
    patient.have(UNSIGNED)
    words = patient.open("/intake/sign").words.lower()
    for never in ("flag", "contraindic", "stop card", "you passed", "urgent"):
        assert never not in words


def test_it_cannot_be_sent_while_pages_are_open(patient: Patient) -> None:
    saved = {page.id: 1 for page in INTAKE.pages if page.id not in ("head", "family", "sign")}
    patient.have(UNSIGNED, saved=saved)
    seen = patient.sign()
    assert seen.status == 422
    assert seen.problems == [("Answer the parts that are still to do", "to-do")]
    assert "to-do" in seen.ids
    assert seen.links["/intake/head"] == "Your head, eyes and heart"
    assert "/intake/family" in seen.links
    assert patient.case.status is Status.DRAFT
    assert seen.values["sign_name"] == ["Robin Ashdown"]


def test_a_question_that_was_opened_late_must_be_answered(patient: Patient) -> None:
    patient.have(UNSIGNED | {"seizure_ever": "yes"})
    seen = patient.sign()
    assert seen.status == 422
    assert "/intake/head" in seen.links
    assert patient.case.submitted_at is None


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"agree_screen": ""}, "Tick the box if you agree. If you don't, call us and we can help"),
        ({"name": ""}, "Type your full name to sign"),
        ({"name": "x" * 161}, "You have 1 letter too many. This box holds 160"),
    ],
)
def test_agreement_and_signature_are_needed(patient: Patient, fields: dict[str, str], problem: str) -> None:
    patient.have(UNSIGNED)
    seen = patient.sign(**fields)
    assert seen.status == 422
    assert [text for text, _ in seen.problems] == [problem]
    assert patient.case.status is Status.DRAFT
    assert patient.draft.answers == UNSIGNED, (
        "neither agreement nor signature is kept before the form is sent"
    )


@pytest.mark.parametrize("name", ["robin ashdown", "Robin  ASHDOWN", "Róbin Ashdówn", "RobinAshdown"])
def test_case_accents_and_spaces_are_no_other_name(patient: Patient, name: str) -> None:
    patient.have(UNSIGNED)
    assert patient.sign(name).path == "/intake/confirmation"


def test_another_name_is_asked_about_once(patient: Patient) -> None:
    patient.have(UNSIGNED)
    seen = patient.sign("Rob Ash")
    assert seen.problems == [(NOT_OUR_NAME, "sign_name")]
    assert seen.values["kept_name"] == seen.values["sign_name"] == ["Rob Ash"]
    assert patient.case.status is Status.DRAFT
    other = patient.sign("R. Ash", kept_name="Rob Ash")
    assert other.problems == [(NOT_OUR_NAME, "sign_name")], "yet another name is another question"
    again = patient.send("/intake/sign", seen.values, agree_screen="yes")
    assert again.path == "/intake/confirmation"
    assert patient.draft.answers["sign_name"] == "Rob Ash"


def test_a_guardian_signs_for_the_patient(patient: Patient) -> None:
    patient.have(UNSIGNED | GUARDIAN)
    seen = patient.open("/intake/sign")
    assert {"agree_screen", "sign_guardian", "sign_assent"} <= set(seen.in_view)
    assert "sign_name" not in seen.in_view
    assert "Answer as if you are Robin" in seen.words
    seen = patient.sign("", sign_guardian="Kit Ashdown")
    assert [target for _, target in seen.problems] == ["sign_assent"]
    assert patient.sign("ignored", sign_guardian="Kit Ashdown", sign_assent="yes").status == 303
    signature = unseal(patient.session, patient.case, "sealed_signature")
    assert signature["name"] == "Kit Ashdown"
    assert "sign_name" not in patient.draft.answers


def test_coming_back_later_sends_nothing(patient: Patient) -> None:
    patient.have(UNSIGNED)
    assert patient.sign(later="yes").path == "/intake/saved"
    assert patient.case.status is Status.DRAFT


def test_a_form_of_another_submission_is_not_sent(patient: Patient) -> None:
    patient.have(UNSIGNED)
    seen = patient.sign(submission="7f1e3a52-1111-4222-8333-944455556666")
    assert seen.status == 409
    assert seen.heading == "This page is from another form"
    assert patient.case.status is Status.DRAFT


def test_a_sent_form_waits_for_review(patient: Patient) -> None:
    patient.have(UNSIGNED)
    patient.clock.wait(minutes=12)
    assert patient.sign().path == "/intake/confirmation"
    case = patient.case
    assert case.status is Status.SUBMITTED
    assert case.submitted_at == case.waiting_since == case.updated_at == patient.clock.now
    assert case.queue is Queue.TO_REVIEW
    assert case.level_rank == NOTHING
    assert case.open_stop_count == case.to_ask_count == 0
    assert patient.facts("intake.submitted") == [{"level": None, "flags": 0, "dropped": 0}]
    assert unseal(patient.session, case, "sealed_summary") == {
        "called": "Robin",
        "last_name": "Ashdown",
        "dob": "1990-05-03",
        "wants": HEALTHY["reasons"],
        "cards": [],
        "not_known": [],
    }
    seen = patient.open("/intake/confirmation")
    assert seen.heading == "We have your health check"
    assert "Do not stop or change any medicine unless we tell you" in seen.words


def test_a_form_is_judged_by_the_clinics_own_limits(app: Flask, patient: Patient) -> None:
    own = ClinicRules({"surgery-recent": {"surgery_days": 200}})
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], own_rules=own)
    patient.have(UNSIGNED | {"surgery_last": "weeks_6_to_months_6", "surgery_areas": ["bones"]})
    assert patient.sign().path == "/intake/confirmation"
    assert "surgery-recent" in patient.flags()
    assert patient.screenings[-1].settings_hash == own.identity


def test_sending_again_changes_nothing(patient: Patient) -> None:
    patient.have(UNSIGNED)
    submission = str(patient.case.submission_id)
    patient.sign()
    before = (patient.case.revision, patient.events, len(patient.screenings), patient.draft)
    patient.clock.wait(minutes=5)
    for name in ("Robin Ashdown", "Somebody Else"):
        assert patient.sign(name, submission=submission).path == "/intake/confirmation"
    assert (patient.case.revision, patient.events, len(patient.screenings), patient.draft) == before


def test_an_alert_from_before_is_waiting_since_then(patient: Patient) -> None:
    patient.have(UNSIGNED)
    patient.save("phq9", UNSIGNED | mood(3))
    raised_at = patient.clock.now
    patient.send("/intake/help/crisis_now", answer="carry_on")
    patient.have(HARD | mood(3), seen_help=["crisis_now", "crisis_support"])
    patient.clock.wait(minutes=20)
    patient.sign()
    assert patient.case.waiting_since == raised_at
    assert patient.case.submitted_at == patient.clock.now
    assert patient.facts("intake.submitted")[0]["level"] == "urgent"
