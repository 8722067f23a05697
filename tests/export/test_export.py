"""An admin takes the records out: what is in the file, and what is written down about it."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.access import Actor, Permission
from app.export import service
from app.export.forms import REASONS
from app.models import AuditEvent, Case, Flag
from app.questionnaire import dictionary
from app.questionnaire.columns import headings
from app.questionnaire.intake import INTAKE
from app.screening.workflow import Outcome, Status
from app.sealing import Ring
from tests.browsing import as_staff, post, staff, token
from tests.factories import NOW, Factory
from tests.judged import sent, unfinished
from tests.people import allergic_to


@pytest.fixture
def admin(app: Flask, client: FlaskClient, make: Factory, session: Session) -> FlaskClient:
    """An admin's browser, on the day of NOW."""
    app.config["CLOCK"] = lambda: NOW
    return as_staff(client, staff(app, make, session, "admin"))


def download(admin: FlaskClient, **fields: object) -> TestResponse:
    return post(admin, "/export/cases.csv", **{"reason": "care"} | fields)


def rows(admin: FlaskClient, **fields: object) -> list[dict[str, str]]:
    response = download(admin, **fields)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.text, newline="")))


def events(session: Session, name: str) -> list[AuditEvent]:
    return list(session.scalars(select(AuditEvent).where(AuditEvent.event == name)))


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


def test_the_file_is_whole_however_many_batches_it_takes(
    admin: FlaskClient, make: Factory, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "BATCH", 2)
    cases = [make.case() for _ in range(5)]
    session.commit()
    assert [row["case_id"] for row in rows(admin)] == [str(case.id) for case in cases]


def test_no_case_at_all_is_a_heading_alone(admin: FlaskClient) -> None:
    assert download(admin).text == ",".join(headings(INTAKE)) + "\r\n"


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


def test_it_is_a_download_that_nobody_keeps(admin: FlaskClient) -> None:
    response = download(admin)
    assert response.content_type == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="foreroom-cases-2026-03-02.csv"'
    assert response.headers["Cache-Control"] == "no-store"


def test_the_mark_for_excel_is_there_only_when_asked_for(admin: FlaskClient) -> None:
    assert not download(admin).data.startswith(b"\xef\xbb\xbf")
    marked = download(admin, excel="yes").data
    assert marked.startswith(b"\xef\xbb\xbfcase_id,")
    assert marked.decode("utf-8-sig").startswith("case_id,")


def test_who_took_how_much_and_why_is_written_down_before_the_first_byte(
    admin: FlaskClient, make: Factory, session: Session
) -> None:
    make.case(), make.case(status=Status.DRAFT)
    session.commit()
    body = {"csrf_token": token(admin), "reason": "legal"}
    response = admin.post("/export/cases.csv", data=body, buffered=False)
    (event,) = events(session, "export.downloaded")
    assert event.facts == {"kind": "cases", "reason": "legal", "rows": 2}
    assert event.actor_kind == "staff"
    response.close()


@pytest.mark.parametrize("reason", ["", "because", "care; drop"])
def test_without_a_reason_nothing_is_taken(admin: FlaskClient, session: Session, reason: str) -> None:
    response = download(admin, reason=reason)
    assert response.status_code == 422
    assert "Pick why you need this file" in response.text or "Not a valid choice" in response.text
    assert "<title>Error: Export records" in response.text
    assert not events(session, "export.downloaded")


def test_the_page_offers_every_reason(admin: FlaskClient) -> None:
    page = admin.get("/export/")
    assert page.status_code == 200
    for code, words in REASONS.items():
        assert f'value="{code}"' in page.text
        assert words in page.text


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_data_dictionary_lies_beside_it(admin: FlaskClient, session: Session, method: str) -> None:
    path = "/export/dictionary.csv"
    response = admin.get(path) if method == "GET" else post(admin, path)
    found = list(csv.DictReader(io.StringIO(response.text, newline="")))
    assert [row["column"] for row in found] == headings(INTAKE)
    assert tuple(found[0]) == dictionary.HEADINGS
    assert len(events(session, "export.dictionary")) == 1


def test_what_comes_in_while_the_file_is_sent_waits_for_the_next(make: Factory, session: Session) -> None:
    make.case(), make.case()
    actor = Actor("staff", make.user("admin").id, frozenset({Permission.EXPORT}))
    export = service.begin(session, actor, NOW, "care")
    assert export.rows == 2
    body = service.stream(lambda: _Kept(session), actor, export)  # type: ignore[arg-type, return-value] # as good as one
    heading = next(body)
    make.case()
    assert (heading + b"".join(body)).count(b"\r\n") == 1 + export.rows


class _Kept:
    """A session that is not closed: what it holds was not committed."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def __enter__(self) -> Session:
        return self.session

    def __exit__(self, *_: object) -> None:
        pass


def test_somebody_without_the_right_gets_no_row(make: Factory, session: Session) -> None:
    make.case()
    stranger = Actor("staff", make.user().id, frozenset({Permission.INVITE}))
    assert service.begin(session, stranger, NOW, "care").rows == 0


def test_a_slow_reader_holds_no_connection(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two batches a patient's form must be saved: on SQLite a reader that waits would lock every writer out."""
    info = {"ring": Ring({1: bytes(32)}, 1), "audit_key": bytes(32)}
    monkeypatch.setattr(service, "BATCH", 1)
    with Session(engine, info=info) as session:
        make = Factory(session)
        make.case(), make.case()
        actor = Actor("staff", make.user("admin").id, frozenset({Permission.EXPORT}))
        export = service.begin(session, actor, NOW, "care")
        session.commit()
    body: Iterator[bytes] = service.stream(lambda: Session(engine, info=info), actor, export)
    next(body), next(body)
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined] # both databases' pools count
    with Session(engine, info=info) as session:
        session.scalars(select(Case)).first().updated_at = NOW + timedelta(days=1)  # type: ignore[union-attr] # there is one
        session.commit()
    assert len(list(body)) == 1
