"""Withdrawing a draft: it asks once, what was typed is erased for good, and an alert it raised stays."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from app.core import audit
from app.intake.after.withdrawal import CONTACT_QUESTIONS
from app.intake.draft import Draft
from app.models import AuditEvent, Case, Flag, Invitation, Person, Queue, seal, unseal
from app.questionnaire.form_kinds import FormKind
from app.questionnaire.intake import INTAKE
from app.screening.case_summary import NOTHING
from app.screening.workflow import Status
from tests.browsing import as_staff, cookie_contents
from tests.factories import NOW, Factory
from tests.intake.patient import Patient
from tests.judged import sent
from tests.mailing import Post
from tests.people import HEALTHY, but

MARK = "Zapallo"
TYPED = but(
    HEALTHY,
    {
        "first_name": f"First{MARK}",
        "goals": f"Walk the {MARK}",
        "reasons": ["depression", "other"],
        "reason_other": f"{MARK} too",
        "harm_others": "yes",
    },
)


def other_window(patient: Patient) -> Patient:
    """The same form, open in another browser."""
    made = Patient(patient.client.application.test_client(), patient.session, patient.clock)
    contents = cookie_contents(patient.client)
    with made.client.session_transaction() as cookie:
        cookie.update(contents)
    return made


def alarming(patient: Patient) -> None:
    """Answers, and one among them that wakes someone."""
    patient.save("you", TYPED)
    for name in ("ec_phone", "reasons", "harm_others"):
        patient.save(INTAKE.page_of(name).id, TYPED)
    assert patient.flags()


def test_it_asks_once_and_leaves_all_as_it_is_until_then(patient: Patient) -> None:
    patient.save("you", TYPED)
    for page in ("/intake/", "/intake/saved"):
        assert "/intake/withdraw" in patient.open(page).links
    seen = patient.open("/intake/withdraw")
    assert seen.heading == "Do you want to withdraw this form?"
    assert "deletes your answers for good" in seen.words
    assert "/intake/" in seen.links
    assert patient.draft.answers["first_name"] == f"First{MARK}"


def test_everything_of_a_draft_goes_and_the_log_keeps_the_act(patient: Patient) -> None:
    patient.save("you", TYPED)
    case_id, person_id = patient.case.id, patient.case.person_id
    seen = patient.send("/intake/withdraw")
    assert (seen.status, seen.heading) == (200, "Your form is withdrawn")
    assert "our team" not in seen.words
    patient.session.expire_all()
    assert patient.session.get(Case, case_id) is None
    assert patient.session.get(Person, person_id) is None
    assert "case" not in cookie_contents(patient.client)
    told = patient.session.scalars(select(AuditEvent).where(AuditEvent.case_id == case_id)).all()
    last = max(told, key=lambda event: event.seq)
    assert (last.event, last.facts) == ("intake.withdrawn", {"kept": []})
    assert audit.verify(patient.session) is None
    assert patient.open("/intake/withdraw").path == "/"
    assert patient.send("/intake/withdraw").status == 403
    assert patient.start().path == "/intake/right_now", "a new form can be started"


def test_an_alert_stays_with_what_is_needed_to_reach_the_person(patient: Patient) -> None:
    alarming(patient)
    case_id, raised = patient.case.id, patient.flags()
    seen = patient.open("/intake/withdraw")
    assert "Something you told us made us worry about you" in seen.words
    assert "They may get in touch to ask how you are" in patient.send("/intake/withdraw").words
    patient.session.expire_all()
    case = patient.session.get_one(Case, case_id)
    assert case.withdrawn_at == patient.clock.now
    assert case.queue is Queue.TO_REVIEW
    assert case.level_rank < NOTHING
    kept = unseal(patient.session, case, "sealed_answers")
    assert set(kept["answers"]) <= {*CONTACT_QUESTIONS, "harm_others"}
    assert {"first_name", "phone", "dob", "ec_phone", "harm_others"} <= set(kept["answers"])
    assert f"Walk the {MARK}" not in str(kept)
    assert unseal(patient.session, case, "sealed_summary")["wants"] == []
    flags = patient.session.scalars(select(Flag).where(Flag.case_id == case_id, Flag.outcome == "raised"))
    assert {flag.rule for flag in flags if flag.state == "open"} == set(raised)
    (event,) = patient.session.scalars(select(AuditEvent).where(AuditEvent.event == "intake.withdrawn"))
    assert event.facts == {"kept": ["alert"]}


@pytest.mark.parametrize("now", ["yes", "no"])
def test_that_an_answer_behind_an_alert_was_changed_outlives_the_answers(patient: Patient, now: str) -> None:
    alarming(patient)
    newest = patient.screenings[-1]
    document = unseal(patient.session, patient.case, "sealed_answers")
    document["answers"]["harm_others"] = now
    seal(patient.session, patient.case, "sealed_answers", document)
    patient.send("/intake/withdraw")
    patient.session.expire_all()
    assert patient.flags(newest)["harm-to-others"].get("changed_by") == ("patient" if now == "no" else None)


def test_the_clinicians_still_see_whom_to_call_and_why_and_no_more(patient: Patient) -> None:
    alarming(patient)
    case_id = patient.case.id
    patient.send("/intake/withdraw")
    staff = as_staff(patient.client.application.test_client(), Factory(patient.session).user("clinician"))
    patient.session.commit()
    assert f"First{MARK}" in staff.get("/review/").text
    page = staff.get(f"/review/{case_id}")
    assert page.status_code == 200
    for told in (f"First{MARK}", "555 010 0199", "hurt someone else"):
        assert told in page.text, told
    for gone in (f"Walk the {MARK}", f"{MARK} too"):
        assert gone not in page.text, gone


@pytest.mark.parametrize("alarm", [False, True], ids=["all erased", "an alert kept"])
def test_another_window_of_it_can_neither_read_nor_write_any_more(patient: Patient, alarm: bool) -> None:
    if alarm:
        alarming(patient)
    else:
        patient.save("you", TYPED)
    other = other_window(patient)
    assert other.open("/intake/you").status == 200
    patient.send("/intake/withdraw")
    assert other.open("/intake/you").path == "/"
    fields = {"version": "0", "goals": f"More {MARK}", "reasons": "pain"}
    given_back = other.send("/intake/reasons", fields)
    assert given_back.status == 403
    assert f"More {MARK}" in given_back.words, "it is not lost, and not kept here"
    assert other.send("/intake/withdraw").status == 403
    assert len(list(patient.session.scalars(select(Case)))) == int(alarm)


def test_whom_the_clinic_invited_it_still_knows_and_the_link_is_good_for_a_new_form(someone: Patient) -> None:
    make = Factory(someone.session)
    invitation = make.invitation(token="a-long-token-of-this-test")
    someone.session.commit()
    link = "/i/a-long-token-of-this-test"
    someone.start("1985-03-27", link)
    first = someone.case_id
    someone.save("reasons", TYPED)
    assert "The clinic keeps your name" in someone.open("/intake/withdraw").words
    someone.send("/intake/withdraw")
    someone.session.expire_all()
    kept = someone.session.get_one(Invitation, invitation.id)
    assert kept.case_id is None
    assert unseal(someone.session, kept.person, "sealed_identity")["first_name"]
    assert someone.start("1985-03-27", link).status == 303
    assert someone.case_id != first
    assert "goals" not in someone.draft.answers


def test_what_was_sent_cannot_be_withdrawn(patient: Patient) -> None:
    patient.have(HEALTHY)
    patient.sign()
    for seen in (patient.open("/intake/withdraw"), patient.send("/intake/withdraw")):
        assert seen.path == "/intake/confirmation"
    assert patient.draft.answers["goals"] == HEALTHY["goals"]
    assert "/intake/withdraw" not in patient.open("/intake/confirmation").links


def test_after_a_pause_the_birth_date_comes_first(patient: Patient) -> None:
    patient.save("you", TYPED)
    patient.clock.wait(minutes=31)
    for seen in (patient.open("/intake/withdraw"), patient.send("/intake/withdraw")):
        assert seen.path == "/"
    assert patient.draft.answers["first_name"] == f"First{MARK}"


def test_what_reaching_somebody_needs_is_asked() -> None:
    assert set(CONTACT_QUESTIONS) <= INTAKE.questions.keys()


def on_the_disk(engine: Engine) -> bytes:
    """Every byte of an SQLite database, its write-ahead log put away first."""
    with engine.connect() as connection:
        connection.exec_driver_sql("rollback")
        connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
        connection.exec_driver_sql("begin")
    path = Path(str(engine.url.database))
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*") if file.suffix != ".lock")


def test_the_sealed_answers_are_gone_from_the_file_too(filled_in: Patient) -> None:
    """With the key, what SQLite only forgot could be read from the file. PostgreSQL's own vacuum does this there."""
    engine = filled_in.session.get_bind()
    assert isinstance(engine, Engine)
    if engine.dialect.name != "sqlite":
        with Session(engine) as looking:
            assert looking.scalar(text("show autovacuum")) == "on"
        return
    case = filled_in.case
    sealed, identity = bytes(case.sealed_answers), bytes(case.person.sealed_identity)
    filled_in.session.commit()
    pieces = [sealed[at : at + 40] for at in range(0, len(sealed) - 40, 400)] + [identity[2:40]]
    before = on_the_disk(engine)
    assert all(piece in before for piece in pieces[:1])
    assert sum(piece in before for piece in pieces) > 2
    assert filled_in.send("/intake/withdraw").status == 200
    after = on_the_disk(engine)
    assert not [piece for piece in pieces if piece in after]
    assert len(after) > 10_000


# ---- A draft that was left for long


def after(patient: Patient, app: Flask, **by: float) -> None:
    """Time passes, and the hour's chores are done."""
    patient.clock.wait(**by)
    patient.session.commit()
    app.extensions["jobs"].do_chores()
    patient.session.expire_all()


def test_a_draft_that_nobody_touched_for_30_days_is_erased(app: Flask, patient: Patient) -> None:
    patient.save("you", TYPED)
    case_id = patient.case.id
    after(patient, app, days=29, hours=23)
    assert patient.session.get(Case, case_id) is not None
    after(patient, app, hours=2)
    assert patient.session.get(Case, case_id) is None
    (told,) = patient.session.scalars(select(AuditEvent).where(AuditEvent.event == "intake.expired"))
    assert (told.case_id, told.actor_kind, told.facts) == (case_id, "system", {"kept": []})
    assert patient.open("/intake/").path == "/"


def test_one_that_raised_an_alert_keeps_it_and_how_to_reach_the_person(app: Flask, patient: Patient) -> None:
    alarming(patient)
    after(patient, app, days=31)
    case = patient.session.get_one(Case, patient.case_id)
    assert case.withdrawn_at is not None
    kept = unseal(patient.session, case, "sealed_answers")["answers"]
    assert kept["harm_others"] == "yes"
    assert kept["ec_phone"] == TYPED["ec_phone"]
    assert "goals" not in kept
    after(patient, app, days=31)
    assert patient.session.get_one(Case, case.id).withdrawn_at == case.withdrawn_at, "it is done once"


def test_a_form_that_was_sent_is_never_erased(app: Flask, patient: Patient) -> None:
    patient.have(but(HEALTHY, {"agree_screen": None, "sign_name": None}))
    assert patient.sign().path == "/intake/confirmation"
    case_id = patient.case_id
    after(patient, app, days=400)
    assert patient.session.get(Case, case_id) is not None


def test_whoever_was_invited_is_told_that_the_answers_are_deleted(
    app: Flask, someone: Patient, make: Factory, tmp_path: Path
) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], instance=tmp_path)
    link = make.mailed_invitation("w" * 43, expires_at=NOW + timedelta(days=90))
    link.case_id = make.case(status=Status.DRAFT, queue=Queue.UNFINISHED).id
    someone.session.commit()
    after(someone, app, days=31)
    (text,) = Post(app).collect()
    assert "was not sent within 30 days, so we deleted all that was in it" in text


def test_an_alert_of_a_check_in_keeps_how_to_reach_the_person(
    app: Flask, someone: Patient, make: Factory
) -> None:
    first = sent(make, {"phone": f"555 {MARK}"})
    draft = Draft(
        {"fu_suicide": "today"},
        kind=FormKind.CHECK_IN,
        earlier_answers={"phone": "555 010 0199", "goals": MARK},
    )
    case = make.case(
        first.person, status=Status.DRAFT, kind="checkin", follows_id=first.id, queue=Queue.TO_REVIEW
    )
    seal(make.session, case, "sealed_answers", draft.as_json())
    screening = make.screening(case, interim=True)
    make.flag(screening, rule="after-suicide-risk", level="urgent", card="suicide")
    someone.session.commit()
    after(someone, app, days=31)
    kept = Draft.from_json(unseal(someone.session, someone.session.get_one(Case, case.id), "sealed_answers"))
    assert (kept.kind, kept.earlier_answers) == ("checkin", {"phone": "555 010 0199"})
