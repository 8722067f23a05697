"""The check-in after a session: opened by its link, with the scales that are due, judged with what was told before."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.intake.form.forms import form_values
from app.models import Case, Invitation, Queue, Treatment, seal, unseal
from app.questionnaire.checkin import CHECKIN
from app.screening.workflow import Status
from tests.browsing import as_staff, post, staff
from tests.factories import NOW, Factory
from tests.intake.patient import BORN, Patient, Seen
from tests.judged import sent
from tests.people import CHECKED_IN, HEALTHY, Answers, but

TOKEN = "c" * 43
LAST = CHECKIN.pages[-1].id
LOW: Answers = {"fu_phq9": [1] * 8 + [0], "fu_gad7": [0] * 7}


@pytest.fixture
def treated(someone: Patient, make: Factory) -> Treatment:
    """Somebody was treated on the day of NOW; the link to the check-in works from the next day on."""
    case = sent(make)
    seal(make.session, case.person, "sealed_identity", make.identity(dob=BORN, first_name="Robin"))
    sent(make, {"scale_gad7": [0] * 7}, person=case.person, kind="ready", follows_id=case.id)
    made = make.treatment(case)
    make.invitation(case.person, TOKEN, treatment_id=made.id, expires_at=NOW + timedelta(days=30))
    someone.session.commit()
    someone.clock.wait(days=1)
    return made


def begin(patient: Patient) -> Seen:
    """Open the link with the birth date."""
    assert patient.start(path=f"/i/{TOKEN}").status == 303
    return patient.open("/intake/")


def check_in(patient: Patient, answers: Answers | None = None) -> Seen:
    """Fill it in from the first page to the last, and send it."""
    told = CHECKED_IN | (answers or {})
    at = begin(patient).path or "/intake/fu_now"
    while at != f"/intake/{LAST}":
        seen = (
            patient.send(at, answer="carry_on")
            if "/help/" in at
            else patient.save(at.rsplit("/", 1)[1], told)
        )
        assert seen.status == 303, (at, seen.problems)
        at = seen.path
    submission = str(patient.case.submission_id)
    return patient.send(at, form_values(CHECKIN.pages[-1], told), submission=submission)


def test_its_link_leads_to_a_form_of_its_own_with_no_list_of_one_step(
    someone: Patient, treated: Treatment
) -> None:
    seen = begin(someone)
    assert seen.path == "/intake/fu_now"
    case = someone.case
    assert (case.kind, case.follows_id, case.status) == ("checkin", treated.case_id, Status.DRAFT)
    in_view = someone.open("/intake/fu_now").in_view
    assert in_view == [question.id for question in CHECKIN.pages[0].questions if not question.show_if]
    assert {"fu_by", "fu_urgent"} <= set(in_view)
    assert someone.facts("intake.started") == [{"via": "check-in"}]
    again = begin(someone)
    assert again.path == "/intake/fu_now"
    assert len(list(someone.session.scalars(select(Case).where(Case.kind == "checkin")))) == 1


def test_one_that_went_well_raises_nothing_and_waits_for_a_clinician(
    someone: Patient, treated: Treatment
) -> None:
    assert check_in(someone).path == "/intake/confirmation"
    case = someone.case
    assert (case.status, case.queue, case.level_rank) == (Status.SUBMITTED, Queue.TO_REVIEW, 4)
    assert someone.flags() == {}
    done = someone.open("/intake/confirmation")
    assert done.heading == "We have your answers"
    assert "If you feel worse, call us" in done.words
    assert "whether this treatment is right" not in done.words
    assert unseal(someone.session, case, "sealed_summary")["called"] == HEALTHY["first_name"]


def test_its_last_page_folds_what_was_denied_and_names_the_rest(someone: Patient, treated: Treatment) -> None:
    begin(someone)
    effects = CHECKED_IN["fu_effects"] | {"fu_nausea": "mild"}
    for page in ("fu_now", "fu_effects"):
        someone.save(page, CHECKED_IN | {"fu_effects": effects, "fu_still": "no"})
    shown = someone.open(f"/intake/{LAST}").words
    assert re.search(r"Feeling sick or throwing up\s*A little", shown)
    assert "You said No to" in shown
    assert "Gaps in memory; Seeing or hearing things; " in shown
    assert "Not answered" in shown, "the note is empty"
    assert "After treatment" in shown
    assert "Step 1 of 1" not in shown


def test_no_scale_is_asked_that_was_asked_the_day_before(someone: Patient, treated: Treatment) -> None:
    begin(someone)
    assert someone.draft.due == []
    assert "fu_phq9" not in someone.open("/intake/fu_mood").in_view


def test_a_scale_is_asked_when_it_is_due_and_counts(someone: Patient, treated: Treatment) -> None:
    someone.clock.wait(days=13)
    begin(someone)
    assert someone.draft.due == ["phq9", "gad7"]
    assert "fu_phq9" in someone.open("/intake/fu_mood").in_view
    assert someone.save("fu_mood", CHECKED_IN).problems, "it is not left out"
    assert check_in(someone, LOW).path == "/intake/confirmation"
    assert someone.draft.answers["fu_phq9"] == [1] * 8 + [0]


@pytest.mark.parametrize(
    ("page", "answers", "help", "rules"),
    [
        ("fu_now", {"fu_urgent": ["breathing"]}, "followup_emergency", {"after-emergency"}),
        ("fu_mood", {"fu_suicide": "today"}, "crisis_now", {"after-suicide-risk"}),
        ("fu_mood", {"fu_suicide": "since_last"}, "crisis_support", {"after-suicidal-thoughts"}),
    ],
)
def test_danger_after_a_session_is_met_with_help_at_once(
    someone: Patient, treated: Treatment, page: str, answers: Answers, help: str, rules: set[str]
) -> None:
    begin(someone)
    seen = someone.save(page, CHECKED_IN | answers)
    assert seen.path == f"/intake/help/{help}"
    shown = someone.open(seen.path)
    assert ("We have told our team" in shown.words) is (help == "crisis_now"), "the weaker page wakes nobody"
    assert "911" in shown.words
    assert rules <= set(someone.flags())
    case = someone.case
    assert (case.status, case.queue) == (Status.DRAFT, Queue.TO_REVIEW)


def test_its_help_asks_the_check_ins_own_question_about_a_call(someone: Patient, treated: Treatment) -> None:
    begin(someone)
    seen = someone.save("fu_mood", CHECKED_IN | {"fu_suicide": "today"})
    shown = someone.open(seen.path)
    assert "Would you like a call from us?" in shown.words
    assert "fu_call" in shown.boxes
    assert "callback" not in shown.boxes
    someone.send(seen.path, answer="carry_on", fu_call="yes")
    assert someone.draft.answers["fu_call"] == "yes"


def test_an_emergency_picked_by_mistake_leads_back_to_its_page(someone: Patient, treated: Treatment) -> None:
    begin(someone)
    seen = someone.save("fu_now", CHECKED_IN | {"fu_urgent": ["seizure"]})
    assert someone.send(seen.path, answer="mistake").path == "/intake/fu_now"


def test_danger_told_before_treatment_is_not_met_again_as_if_it_were_new(
    someone: Patient, treated: Treatment
) -> None:
    first = someone.session.get_one(Case, treated.case_id)
    dark = but(HEALTHY, {"suicide_thoughts": "often", "suicide_today": "yes", "suicide_plan": "yes"})
    seal(someone.session, first, "sealed_answers", {"answers": dark, "saved": {}})
    begin(someone)
    assert someone.save("fu_now", CHECKED_IN).path == "/intake/fu_effects"
    seen = someone.save("fu_mood", CHECKED_IN | {"fu_suicide": "since_last"})
    assert seen.path == "/intake/help/crisis_support", (
        "and the gentler page is not outranked by what was told then"
    )


def test_what_was_written_before_treatment_is_not_read_again(someone: Patient, treated: Treatment) -> None:
    first = someone.session.get_one(Case, treated.case_id)
    wrote = HEALTHY | {"goals": "I had a stroke last year"}
    seal(someone.session, first, "sealed_answers", {"answers": wrote, "saved": {}})
    check_in(someone, {"fu_effects_notes": "It started after I had a seizure"})
    assert {rule for rule in someone.flags() if rule.startswith("mentioned-")} == {"mentioned-seizures"}


def test_side_effects_are_flagged_for_the_case_they_belong_to(
    app: Flask, someone: Patient, treated: Treatment, make: Factory
) -> None:
    effects = CHECKED_IN["fu_effects"] | {"fu_seizure": "mild", "fu_bladder": "medium"}
    check_in(someone, {"fu_effects": effects, "fu_still": "no", "fu_drove": "yes"})
    flags = set(someone.flags())
    assert {"after-seizure", "after-bladder"} <= flags
    case_id = someone.case_id
    desk = as_staff(app.test_client(), staff(app, make, make.session, "clinician"))
    page = Seen(desk.get(f"/review/{case_id}"))
    assert "Check-in" in page.words
    assert "Health check of the same person" in page.words
    assert "A seizure or convulsion that has stopped" in page.words


def test_a_copy_holds_what_was_told_and_no_score(someone: Patient, treated: Treatment) -> None:
    someone.clock.wait(days=13)
    check_in(someone, LOW)
    copy = someone.open("/intake/copy")
    assert "Several days" in copy.words
    assert "I sent these answers as mine" in copy.words
    assert "8 of 27" not in copy.words
    assert "None," not in copy.words
    made = post(someone.client, "/intake/copy.pdf")
    assert (made.status_code, made.data[:5]) == (200, b"%PDF-")
    told = post(someone.client, "/intake/copy.json").json
    assert told is not None
    assert (told["case"]["parts"], told["case"]["fu_due"]) == (["followup"], ["phq9", "gad7"])


def test_it_is_taken_out_as_a_file_of_its_own(
    app: Flask, someone: Patient, treated: Treatment, make: Factory
) -> None:
    check_in(someone, {"fu_other_ketamine": "rather_not"})
    admin = as_staff(app.test_client(), staff(app, make, make.session, "admin"))
    text = post(admin, "/export/checkin.csv", reason="care").text
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["kind"], row["follows"]) == ("checkin", str(treated.case_id))
    assert row["fu_other_ketamine"] == "rather_not"
    assert row["fu_phq9"] == "not_shown"
    assert "dob" not in row


def test_a_draft_of_it_can_be_withdrawn_and_begun_anew(someone: Patient, treated: Treatment) -> None:
    begin(someone)
    someone.save("fu_now", CHECKED_IN)
    first = someone.case_id
    assert someone.send("/intake/withdraw", sure="yes").status == 200
    assert begin(someone).path == "/intake/fu_now"
    assert someone.case_id != first


# ---- What its link says before it is opened


def test_its_link_opens_in_words_of_its_own_and_then_of_coming_back(
    someone: Patient, treated: Treatment
) -> None:
    seen = someone.open(f"/i/{TOKEN}")
    assert seen.heading == "Check-in after your session"
    assert "about 2 to 4 minutes" in seen.words
    assert "health check" not in seen.words
    wrong = someone.start("1971-01-01", path=f"/i/{TOKEN}")
    assert (wrong.status, wrong.heading) == (422, "Check-in after your session")
    assert "Robin" not in seen.words + wrong.words
    spanish = someone.send(f"/i/{TOKEN}", switch_language="es")
    assert spanish.heading == "Seguimiento después de su sesión"
    assert "unos 2 a 4 minutos" in spanish.words
    begin(someone)
    elsewhere = Patient(someone.client.application.test_client(), someone.session, someone.clock)
    seen = elsewhere.open(f"/i/{TOKEN}")
    assert seen.heading == "Welcome back"
    assert "your check-in after your session" in seen.words
    assert "Start" not in seen.words


def test_a_tablet_that_is_handed_over_for_it_says_so_too(
    app: Flask, someone: Patient, treated: Treatment, make: Factory
) -> None:
    link = someone.session.scalars(select(Invitation)).one()
    desk = as_staff(app.test_client(), staff(app, make, make.session, "clinician"))
    assert post(desk, f"/clinic/invitations/{link.id}/tablet").status_code == 303
    assert Seen(desk.get("/tablet/")).heading == "Check-in after your session"


@pytest.mark.parametrize(
    ("kind", "said"),
    [("intake", "your health check"), ("ready", "“Getting ready”"), ("checkin", "your check-in")],
)
def test_a_link_to_a_form_that_was_begun_welcomes_back(
    someone: Patient, make: Factory, kind: str, said: str
) -> None:
    person = make.person()
    follows = sent(make, person=person).id if kind != "intake" else None
    case = make.case(person, status=Status.DRAFT, kind=kind, follows_id=follows)
    make.invitation(person, TOKEN, case_id=case.id)
    someone.session.commit()
    seen = someone.open(f"/i/{TOKEN}")
    assert seen.heading == "Welcome back"
    assert said in seen.words
    assert "Start" not in seen.words
