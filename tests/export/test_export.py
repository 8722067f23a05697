"""An admin takes the records out: what is in the file, and what is written down about it."""

import csv
import io
import json
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.export import cases as cases_file
from app.export import flags as flags_file
from app.models import Flag, Screening, seal, unseal
from app.questionnaire.columns import FLAG, headings
from app.questionnaire.intake import INTAKE
from app.screening.rules import DEFAULT_RULES
from app.screening.workflow import Outcome
from tests.export.taking import FILES, download, rows
from tests.factories import NOW, Factory
from tests.judged import sent, unfinished
from tests.people import allergic_to
from tests.strategies import UNWELL


def test_one_row_for_each_case_with_its_answers_flags_and_decision(
    admin: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make, {"chemo_now": "yes", "steroid_allergy": "not_sure"})
    doctor = make.user()
    made = make.decision(
        case, outcome=Outcome.NOT_SUITABLE_NOW, made_by=doctor.id, made_at=NOW + timedelta(hours=1)
    )
    other = sent(make)
    session.commit()
    found = {row["case_id"]: row for row in rows(admin)}
    assert set(found) == {str(case.id), str(other.id)}
    row = found[str(case.id)]
    assert row["chemo_now"] == "yes"
    assert row["steroid_allergy"] == "not_sure"
    assert (row["first_name"], row["height"]) == ("Robin", "167.64")
    assert row["back_warning"] == "not_shown"
    assert row["flags"].split(";")[0] == "chemotherapy"
    assert (row["level"], row["flags_settled"]) == ("stop", "")
    assert "steroid-allergy" in row["to_ask"].split(";")
    assert (row["decision"], row["decision_by"]) == ("not_suitable_now", str(doctor.id))
    assert row["decided_at"] == made.made_at.isoformat()
    assert row["decision_note"].startswith("Spoke with")
    assert (row["status"], row["submitted_at"]) == ("submitted", NOW.isoformat())
    assert (found[str(other.id)]["decision"], found[str(other.id)]["level"]) == ("", "")


def test_a_row_tells_the_subjects_that_stand_open_and_the_answers_that_disagree(
    admin: FlaskClient, make: Factory, session: Session
) -> None:
    people: list[dict[str, object]] = [
        {},
        {"chemo_now": "yes", "seizure_ever": "yes"},
        {**UNWELL, "dob": "1990-05-03"},
    ]
    cases = [sent(make, changes) for changes in people]
    # What stands, the page reckons too, and keeps for the queue.
    expected = [unseal(session, case, "sealed_summary")["cards"] for case in cases]
    session.commit()
    quiet, chemo, unwell = found = rows(admin)
    assert [row["cards"] for row in found] == [";".join(cards) for cards in expected]
    assert (quiet["cards"], quiet["conflicts"]) == ("", "")
    assert (chemo["cards"], chemo["conflicts"]) == ("cancer;seizures", "contradiction-cancer-answers")
    assert len(unwell["cards"].split(";")) > 10


def test_a_subject_whose_flags_are_settled_or_but_notes_is_not_told(
    admin: FlaskClient, make: Factory, session: Session
) -> None:
    screening = make.screening()
    make.flag(screening, rule="a", level="note", card="fit")
    make.flag(screening, rule="b", level="review", card="liver")
    make.flag(screening, rule="c", level="stop", card="heart", outcome="undetermined")
    settled = {"settled_at": NOW, "settled_by": make.user().id, "settled_reason": "mistake"}
    make.flag(screening, rule="d", level="conflict", card="heart", state="settled", **settled)
    session.commit()
    (row,) = rows(admin)
    assert (row["cards"], row["conflicts"], row["flags"]) == ("liver", "d", "b;d;a")


def test_a_row_tells_the_settings_and_until_when_it_holds(
    admin: FlaskClient, make: Factory, session: Session
) -> None:
    sent(make, {"surgery_last": "under_6_weeks", "surgery_areas": ["bones"]})
    unfinished(make, {"harm_others": "yes"}, alerts=("harm-to-others",))
    make.screening()  # as they were before validity was kept
    session.commit()
    found = rows(admin)
    assert [row["valid_until"] for row in found] == ["2026-04-13", "", ""]
    assert [row["settings"].strip("'") for row in found] == [DEFAULT_RULES.identity] * 2 + ["0" * 64]


def test_a_settled_flag_is_still_told_and_told_as_settled(
    admin: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make, {"chemo_now": "yes"})
    doctor = make.user()
    flag = session.scalars(select(Flag).where(Flag.case_id == case.id, Flag.rule == "chemotherapy")).one()
    flag.state, flag.settled_at, flag.settled_by, flag.settled_reason = "settled", NOW, doctor.id, "mistake"
    session.commit()
    (row,) = rows(admin)
    assert "chemotherapy" in row["flags"].split(";")
    assert row["flags_settled"] == "chemotherapy"


def test_only_the_newest_screening_and_the_decision_that_stands_count(
    admin: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make, {"chemo_now": "yes"})
    newer = make.screening(case, answers_version=2, rulebook="2-newer")
    make.flag(newer, rule="unstable-heart", level="review")
    make.decision(case, outcome=Outcome.NOT_SUITABLE_NOW, invalidated_at=NOW + timedelta(hours=1))
    make.decision(case, outcome=Outcome.SUITABLE)
    ended = make.decision(outcome=Outcome.SUITABLE, invalidated_at=NOW + timedelta(hours=1))
    session.commit()
    row, opened_again = rows(admin)
    assert (row["rulebook"], row["flags"], row["level"]) == ("2-newer", "unstable-heart", "review")
    assert row["decision"] == "suitable"
    assert (opened_again["case_id"], opened_again["decision"]) == (str(ended.case_id), "")


def test_what_was_told_on_a_call_since_takes_the_forms_place(
    admin: FlaskClient, make: Factory, session: Session
) -> None:
    case, other = sent(make, {"steroid_allergy": "not_sure", "goals": "Before"}), sent(make)
    make.amendment(case, {"steroid_allergy": "yes", "kidney": "not_sure"})
    make.amendment(case, {"kidney": "yes"})
    session.commit()
    amended, plain = rows(admin)
    assert [amended[name] for name in ("steroid_allergy", "kidney", "goals")] == ["yes", "yes", "Before"]
    assert (plain["case_id"], plain["steroid_allergy"], plain["kidney"]) == (str(other.id), "no", "no")


def test_told_answers_that_cannot_be_opened_are_not_passed_over(
    admin: FlaskClient, make: Factory, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    case = sent(make)
    first, second = make.amendment(case, {"kidney": "yes"}), make.amendment(case, {"liver": "yes"})
    first.sealed_answers = second.sealed_answers
    session.commit()
    (row,) = rows(admin)
    assert (row["kidney"], row["liver"], row["first_name"]) == ("unreadable",) * 3
    assert str(case.id) in capsys.readouterr().err


def test_a_form_that_is_not_finished_is_a_row_too(
    admin: FlaskClient, make: Factory, session: Session
) -> None:
    unfinished(make)
    session.commit()
    (row,) = rows(admin)
    assert (row["status"], row["submitted_at"], row["first_name"]) == ("draft", "", "Robin")
    assert row["rulebook"] == ""


def test_what_a_patient_typed_never_begins_like_a_formula(
    admin: FlaskClient, make: Factory, session: Session
) -> None:
    sent(
        make,
        {"first_name": "=1+1", "last_name": "@SUM(A1)", "goals": "-walk\nagain", "phone": "+44 20 7946 0000"},
    )
    session.commit()
    (row,) = rows(admin)
    assert [row[name] for name in ("first_name", "last_name", "goals", "phone")] == [
        "'=1+1", "'@SUM(A1)", "'-walk\nagain", "'+44 20 7946 0000"
    ]  # fmt: skip


def test_lists_are_json_with_a_count(admin: FlaskClient, make: Factory, session: Session) -> None:
    sent(make, allergic_to("latex", "penicillin"))
    session.commit()
    (row,) = rows(admin)
    assert [entry["allergy_to"] for entry in json.loads(row["allergies"])] == ["latex", "penicillin"]
    assert row["allergies_count"] == "2"


@pytest.mark.parametrize("size", [1, 2, 5, 500])
def test_the_files_are_whole_however_many_batches_they_take(
    admin: FlaskClient, make: Factory, session: Session, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(cases_file, "BATCH", size)
    monkeypatch.setattr(flags_file, "BATCH", size)
    screenings = [make.screening() for _ in range(5)]
    # A case without flags, and a batch of such cases, hold nothing back.
    flagged = [screenings[at] for at in (0, 4)]
    for screening in flagged:
        make.flag(screening, rule="a"), make.flag(screening, rule="b")
    session.commit()
    assert [row["case_id"] for row in rows(admin)] == [str(screening.case_id) for screening in screenings]
    told = [(row["case_id"], row["rule"]) for row in rows(admin, "flags")]
    assert told == [(str(screening.case_id), rule) for screening in flagged for rule in "ab"]


def test_no_case_at_all_is_a_heading_alone(admin: FlaskClient) -> None:
    assert download(admin).text == ",".join(f'"{name}"' for name in headings(INTAKE)) + "\r\n"
    assert download(admin, "flags").text == ",".join(f'"{column.name}"' for column in FLAG) + "\r\n"


def test_one_case_that_cannot_be_opened_does_not_hold_the_others_back(
    admin: FlaskClient, make: Factory, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    broken, whole = sent(make), sent(make)
    broken.sealed_answers = whole.sealed_answers  # as if someone had moved it
    session.commit()
    first, second = rows(admin)
    assert (first["case_id"], first["first_name"], first["status"]) == (
        str(broken.id),
        "unreadable",
        "submitted",
    )
    assert second["first_name"] == "Robin"
    assert str(broken.id) in capsys.readouterr().err


def test_a_validity_that_cannot_be_opened_holds_nothing_back(
    admin: FlaskClient, make: Factory, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    broken, whole = sent(make, {"chemo_now": "yes"}), sent(make)
    first, second = session.scalars(select(Screening).order_by(Screening.id))
    first.sealed_validity = second.sealed_validity
    seal(session, second, "sealed_validity", ["of another shape"])
    session.commit()
    for file in FILES:
        found = [row for row in rows(admin, file) if row["case_id"] == str(broken.id)]
        assert {row["valid_until"] for row in found} == {"unreadable"}
        assert "chemotherapy" in (found[0].get("rule") or found[0]["flags"])
        assert str(broken.id) in capsys.readouterr().err
    assert rows(admin)[1]["valid_until"] == "unreadable"
    assert str(whole.id) in capsys.readouterr().err


def test_excel_with_semicolons_gets_as_many_columns_as_headings(
    admin: FlaskClient, make: Factory, session: Session
) -> None:
    sent(make, {"goals": "sleep; walk\n=1+1", "phone": "0207 946 0000"})
    session.commit()
    text = download(admin, excel="semicolon").data.decode("utf-8-sig")
    heads, row = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    told = dict(zip(heads, row, strict=True))
    assert (told["goals"], told["phone"]) == ("sleep; walk\n'=1+1", "'0207 946 0000")
    assert told["height"] == "167,64"


def test_the_forms_of_one_person_can_be_joined(admin: FlaskClient, make: Factory, session: Session) -> None:
    case, other = sent(make, {"chemo_now": "yes"}), sent(make)
    ready = make.case(person=case.person, kind="ready", follows_id=case.id)
    session.commit()
    people = {row["case_id"]: row["person_id"] for row in (*rows(admin), *rows(admin, "ready"))}
    assert people == {
        str(case.id): str(case.person_id), str(ready.id): str(case.person_id), str(other.id): str(other.person_id)
    }  # fmt: skip
    assert {row["person_id"] for row in rows(admin, "flags") if row["case_id"] == str(case.id)} == {
        str(case.person_id)
    }
