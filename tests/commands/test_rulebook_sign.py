"""flask rulebook sign: who answers for the rules, what they read before, and what stays shut without them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from click.testing import Result
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.commands import rulebook as command
from app.core import audit, signatures
from app.models import AuditEvent, RulebookSignature
from app.screening.rulebook import RULEBOOK
from app.screening.rules import ClinicRules
from app.screening.sources import SOURCES
from app.screening.workflow import Status
from app.web.form_switch import SIGN
from tests.acts import act
from tests.browsing import as_patient, as_staff
from tests.factories import NOW, Factory

Switch = Callable[..., None]


def sign(
    app: Flask, name: str = "Ada Okafor", again: str = "Ada Okafor", role: str = "medical director"
) -> Result:
    asked = ["rulebook", "sign", "--name", name, "--role", role]
    return app.test_cli_runner().invoke(args=asked, input=f"{again}\n")


@pytest.fixture
def switch(app: Flask) -> Switch:
    def to(**more: object) -> None:
        app.config["SETTINGS"] = replace(app.config["SETTINGS"], **more)

    return to


def test_a_signature_says_who_when_and_under_what(app: Flask, session: Session) -> None:
    result = sign(app, "  Ada   Okafor")
    assert result.exit_code == 0, result.output
    row = session.scalars(select(RulebookSignature)).one()
    rules = app.config["SETTINGS"].rules
    assert (row.name, row.role) == ("Ada Okafor", "medical director")
    assert (row.rulebook, row.settings_hash) == (RULEBOOK.identity, rules.identity)
    event = session.scalars(select(AuditEvent).where(AuditEvent.event == "rulebook.signed")).one()
    assert event.facts["signature"] == str(row.id)
    assert f"{event.facts['version']}+{event.facts['rulebook']}" == RULEBOOK.identity
    assert "Okafor" not in str(event.facts)
    assert audit.verify(session) is None
    signed = signatures.last_document(session)
    assert signed is not None
    assert (signed["rulebook"], len(signed["rules"])) == (RULEBOOK.identity, len(RULEBOOK.rules))


def test_before_signing_one_reads_how_much_it_is_and_what_nobody_read(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SOURCES, "KETALAR_US", replace(SOURCES["KETALAR_US"], seen="part"))
    shown = sign(app).output
    assert f"Rulebook {RULEBOOK.identity}: " in shown
    assert " urgent, " in shown
    assert "Rules that a marketing article alone supports: stop" in shown
    assert "Sources of urgent and stop rules that are not read in all that rules rest on: " in shown
    assert "KETALAR_US (part)" in shown
    assert "SPCG" not in shown, "it was read"
    own = shown.partition("own judgement, at least in part: ")[2].partition(".\n")[0].split(", ")
    assert {"call-wanted-today", "mania-current"} <= set(own)
    assert "theophylline" not in own, "a label says so"
    assert "cannabis-use" not in own, "it is no stop"
    assert "Nobody signed a rulebook here before." in shown


@pytest.mark.parametrize("again", ["", "Ada", "ada okafor"])
def test_another_name_signs_nothing(app: Flask, session: Session, again: str) -> None:
    result = sign(app, again=again)
    assert result.exit_code == 1
    assert session.scalars(select(RulebookSignature)).all() == []


@pytest.mark.parametrize(
    ("name", "role"), [("...", "medical director"), ("Ada Okafor", "-"), ("a" * 101, "chief")]
)
def test_a_name_or_a_role_that_says_nothing_is_refused(
    app: Flask, session: Session, name: str, role: str
) -> None:
    result = sign(app, name, name, role)
    assert result.exit_code == 1
    assert "must have" in result.output
    assert session.scalars(select(RulebookSignature)).all() == []


def test_what_changed_since_the_last_signature_is_told_in_words(
    app: Flask, session: Session, switch: Switch, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(app)
    switch(own_rules=ClinicRules({"surgery-recent": {"surgery_days": 30}}))
    first, *rest = RULEBOOK.rules
    changed = replace(RULEBOOK, rules=(replace(first, title="Another title"), *rest))
    monkeypatch.setattr(command, "RULEBOOK", changed)
    shown = sign(app).output
    assert f"- Called: Another title\n  - before: {first.title}" in shown
    assert "*surgery_days* of `surgery-recent`: 30 days, and not 42" in shown
    assert "Nobody signed" not in shown


def test_the_database_keeps_a_signature_as_it_was_written(make: Factory, session: Session) -> None:
    make.rulebook_signature()
    for change in (
        update(RulebookSignature).values(name="Somebody Else"),
        delete(RulebookSignature),
    ):
        with pytest.raises(DatabaseError, match="kept as it was written"), session.begin_nested():
            session.execute(change.execution_options(synchronize_session=False))


def test_without_a_signature_no_clinic_opens_its_form(
    app: Flask, client: FlaskClient, switch: Switch, session: Session, make: Factory
) -> None:
    make.invitation(token="h" * 43)
    session.commit()
    assert client.get("/").status_code == 200, "a demonstration and a test need none"
    switch(env="production")
    for path in ("/", f"/i/{'h' * 43}"):
        assert client.get(path).status_code == 503
        assert client.post(path).status_code == 503
    assert sign(app).exit_code == 0
    assert client.get("/").status_code == 200
    assert client.get(f"/i/{'h' * 43}").status_code == 200
    switch(own_rules=ClinicRules({"surgery-recent": {"surgery_days": 30}}))
    assert client.get("/").status_code == 503, "with other limits it is not what was signed"


def test_who_has_a_form_open_goes_on_without_a_signature(
    app: Flask, client: FlaskClient, switch: Switch, session: Session, make: Factory
) -> None:
    """To cut off somebody who is about to tell of danger is worse than rules that wait for a signature."""
    case = make.case(status=Status.DRAFT)
    session.commit()
    as_patient(client, case)
    switch(env="production")
    assert client.get("/").status_code == 503
    with app.test_request_context():
        tasks = url_for("intake.tasks")
    assert client.get(tasks).status_code == 200


def test_a_rulebook_that_changed_is_signed_anew_before_the_form_opens(
    app: Flask, client: FlaskClient, switch: Switch, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch(env="production")
    sign(app)
    assert client.get("/").status_code == 200
    first, *rest = RULEBOOK.rules
    changed = replace(RULEBOOK, rules=(replace(first, action="Wait."), *rest))
    monkeypatch.setattr(signatures, "RULEBOOK", changed)
    assert client.get("/").status_code == 503


def test_staff_and_the_list_of_signatures_say_what_is_missing(
    app: Flask, client: FlaskClient, session: Session, switch: Switch, make: Factory
) -> None:
    switch(env="production")
    as_staff(client, make.user("admin"))
    session.commit()
    assert f"Still needed: {SIGN}." in client.get("/clinic/invitations").text
    listed = app.test_cli_runner().invoke(args=["rulebook", "signatures"]).output
    assert "is not signed. Run: flask rulebook sign" in listed
    sign(app)
    assert "Still needed" not in client.get("/clinic/invitations").text
    listed = app.test_cli_runner().invoke(args=["rulebook", "signatures"]).output
    assert "Ada Okafor, medical director" in listed
    assert f"{RULEBOOK.identity}, is signed" in listed


def test_the_newest_signature_of_a_rulebook_is_the_one_that_is_shown(session: Session, app: Flask) -> None:
    for name in ("Ada Okafor", "Sam Lindqvist"):
        signatures.sign(act(session, now=NOW), name, "medical director")
    what = signatures.running(act(session).terms.rules)
    assert signatures.signatures_of(session, [what])[what].name == "Sam Lindqvist"
