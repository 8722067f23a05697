"""The download of the records: who takes it, why, and what is kept of it."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.core.access import Actor, Permission
from app.export import cases as cases_file
from app.export import flags as flags_file
from app.export import service
from app.export.forms import REASONS
from app.models import Case
from app.models.sealing import KeyRing
from app.questionnaire import dictionary
from app.questionnaire.checkin import CHECKIN
from app.questionnaire.columns import FLAG, headings
from app.questionnaire.intake import INTAKE
from app.questionnaire.ready import READY
from app.screening.workflow import Status
from tests.acts import act
from tests.browsing import post, token
from tests.databases import ROOT
from tests.export.taking import FILES, download, events, kept
from tests.factories import NOW, Factory


@pytest.mark.parametrize("file", FILES)
def test_it_is_a_download_that_nobody_keeps(admin: FlaskClient, file: str) -> None:
    response = download(admin, file)
    assert response.content_type == "text/csv; charset=utf-8"
    name = f"foreroom-{file}-2026-03-02.csv"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("file", FILES)
def test_the_mark_for_excel_is_there_only_when_asked_for(admin: FlaskClient, file: str) -> None:
    assert not download(admin, file).data.startswith(b"\xef\xbb\xbf")
    marked = download(admin, file, excel="yes").data
    assert marked.startswith(b'\xef\xbb\xbf"case_id",')
    assert marked.decode("utf-8-sig").startswith('"case_id",')


@pytest.mark.parametrize(("file", "count"), [("cases", 3), ("flags", 4)])
def test_who_took_how_much_and_why_is_written_down_before_the_first_byte(
    admin: FlaskClient, make: Factory, session: Session, file: str, count: int
) -> None:
    case = make.case()
    make.flag(make.screening(case)), make.flag(make.screening(make.case(status=Status.DRAFT)))
    newest = make.screening(case)
    make.flag(newest, rule="a"), make.flag(newest, rule="b"), make.flag(newest, rule="c")
    make.screening()
    session.commit()
    body = {"csrf_token": token(admin), "reason": "legal"}
    response = admin.post(f"/export/{file}.csv", data=body, buffered=False)
    (event,) = events(session, "export.downloaded")
    assert event.facts == {"kind": file, "reason": "legal", "rows": count}
    assert response.data.count(b"\r\n") == 1 + count
    assert event.actor_kind == "staff"
    response.close()


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("reason", ["", "because", "care; drop"])
def test_without_a_reason_nothing_is_taken(
    admin: FlaskClient, session: Session, reason: str, file: str
) -> None:
    response = download(admin, file, reason=reason)
    assert response.status_code == 422
    assert "Pick why you need this file" in response.text or "Not a valid choice" in response.text
    assert "<title>Error: Export records" in response.text
    assert not events(session, "export.downloaded")


def test_the_page_offers_every_reason_and_both_files(admin: FlaskClient) -> None:
    page = admin.get("/export/")
    assert page.status_code == 200
    for code, words in REASONS.items():
        assert f'value="{code}"' in page.text
        assert words in page.text
    (form,) = (part for part in page.text.split("<form ") if 'name="reason"' in part)
    assert 'action="/export/cases.csv"' in form
    assert 'formaction="/export/flags.csv"' in form
    assert 'formaction="/export/ready.csv"' in form
    assert 'formaction="/export/checkin.csv"' in form


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_data_dictionary_lies_beside_it(admin: FlaskClient, session: Session, method: str) -> None:
    path = "/export/dictionary.csv"
    response = admin.get(path) if method == "GET" else post(admin, path)
    found = list(csv.DictReader(io.StringIO(response.text, newline="")))
    assert [(row["file"], row["column"]) for row in found] == [
        *(("cases", name) for name in headings(INTAKE)),
        *(("ready", name) for name in headings(READY)),
        *(("checkin", name) for name in headings(CHECKIN)),
        *(("flags", column.name) for column in FLAG),
    ]
    assert tuple(found[0]) == dictionary.HEADINGS
    assert len(events(session, "export.dictionary")) == 1


@pytest.mark.parametrize("file", [service.CASES, service.FLAGS])
def test_what_comes_in_while_the_file_is_sent_waits_for_the_next(
    make: Factory, session: Session, file: service.ExportFile
) -> None:
    make.flag(), make.flag()
    actor = Actor("staff", make.user("admin").id, frozenset({Permission.EXPORT}))
    export = service.begin(act(session, actor, NOW), "care", file)
    assert export.rows == 2
    body = service.stream(lambda: kept(session), actor, export)  # type: ignore[arg-type, return-value] # as good as one
    heading = next(body)
    make.flag()
    assert (heading + b"".join(body)).count(b"\r\n") == 1 + export.rows


@pytest.mark.parametrize("file", [service.CASES, service.FLAGS])
def test_somebody_without_the_right_gets_no_row(
    make: Factory, session: Session, file: service.ExportFile
) -> None:
    newest = make.flag().case_id
    stranger = Actor("staff", make.user().id, frozenset({Permission.INVITE}))
    assert service.begin(act(session, stranger, NOW), "care", file).rows == 0
    assert file.read(session, stranger, None, newest) is None


@pytest.mark.parametrize("file", [service.CASES, service.FLAGS])
def test_a_slow_reader_holds_no_connection(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, file: service.ExportFile
) -> None:
    """Between two batches a patient's form must be saved: on SQLite a reader that waits would lock every writer out."""
    info = {"ring": KeyRing({1: bytes(32)}, 1), "audit_key": bytes(32)}
    monkeypatch.setattr(cases_file, "BATCH", 1)
    monkeypatch.setattr(flags_file, "BATCH", 1)
    with Session(engine, info=info) as session:
        make = Factory(session)
        make.flag(), make.flag()
        actor = Actor("staff", make.user("admin").id, frozenset({Permission.EXPORT}))
        export = service.begin(act(session, actor, NOW), "care", file)
        session.commit()
    body: Iterator[bytes] = service.stream(lambda: Session(engine, info=info), actor, export)
    next(body), next(body)
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined] # both databases' pools count
    with Session(engine, info=info) as session:
        session.scalars(select(Case)).first().updated_at = NOW + timedelta(days=1)  # type: ignore[union-attr] # there is one
        session.commit()
    assert len(list(body)) == 1


def test_the_dictionary_names_exactly_the_files_that_can_be_taken(app: Flask) -> None:
    rules = {str(rule) for rule in app.url_map.iter_rules() if str(rule).startswith("/export/")}
    files = {path.removeprefix("/export/") for path in rules if path.endswith(".csv")} - {"dictionary.csv"}
    document = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\w+\.csv", document)) == files
    assert {f"{row[0]}.csv" for row in dictionary.rows()} == files
    every = (service.CASES, service.READY, service.CHECK_IN, service.FLAGS)
    assert {f"{file.kind}.csv" for file in every} == files
    for file in every:
        sections = re.findall(
            rf"^## [^\n]*`{file.kind}\.csv`.*?(?=^## |\Z)", document, re.DOTALL | re.MULTILINE
        )
        told = set(re.findall(r"^(?:- Column|\|) `([^`]+)`", "\n".join(sections), re.MULTILINE))
        assert set(file.headings) <= told
