"""flask synth: invented people through the real submit path, and who they are."""

import dataclasses
import json
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import audit
from app.demo.particulars import MARKER
from app.demo.people import InventedPerson, Tendency
from app.intake.form import timing
from app.models import AuditEvent, Case, Flag, PageTime, Person, Screening, unseal
from app.questionnaire.countries import Country
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import accept_answer, age_on
from app.questionnaire.reading import Reading
from app.review.case.recount import recount
from app.screening.evaluation import evaluate
from app.screening.levels import Level
from app.screening.rulebook import RULEBOOK
from app.screening.rules import Submitted
from app.screening.workflow import Status

ON = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
MANY = 30


def run(app: Flask, *args: str) -> Result:
    app.config["CLOCK"] = lambda: NOON
    return app.test_cli_runner().invoke(args=["synth", *args])


@pytest.fixture
def no_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' database is migrated already, and in a transaction that must stay open."""
    monkeypatch.setattr("app.commands.synth.migrate", lambda: None)


def answers_of(session: Session) -> list[dict[str, Any]]:
    cases = session.scalars(select(Case).order_by(Case.id))
    return [unseal(session, case, "sealed_answers")["answers"] for case in cases]


@pytest.mark.usefixtures("no_migration")
def test_people_go_through_the_real_path(app: Flask, session: Session) -> None:
    result = run(app, str(MANY), "--seed", "3")
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert result.stderr.splitlines() == ["20 of 30", "30 of 30"]
    cases = session.scalars(select(Case).order_by(Case.id)).all()
    assert len(cases) == MANY
    statuses = Counter(case.status for case in cases)
    assert set(statuses) == {Status.DRAFT, Status.SUBMITTED}
    assert statuses[Status.DRAFT] < statuses[Status.SUBMITTED]
    assert {case.level_rank for case in cases if case.status is Status.SUBMITTED} == {0, 1, 2, 3, 4}
    assert not any(recount(session, case) for case in cases)
    # The minutes of people nobody is must not be promised to anyone.
    assert session.scalars(select(PageTime)).all() == []
    assert not any(unseal(session, case, "sealed_answers").get("took") for case in cases)
    assert timing.expected_minutes(session) == timing.ExpectedMinutes()
    events = Counter(session.scalars(select(AuditEvent.event)))
    assert events["intake.started"] == MANY
    assert events["intake.submitted"] == statuses[Status.SUBMITTED]
    assert events["synth.made"] == 2
    assert events["alert.raised"]
    assert audit.verify(session) is None
    assert all(case.submitted_at is None or case.started_at < case.submitted_at <= NOON for case in cases)
    frozen = {flag.screening_id for flag in session.scalars(select(Flag))}
    assert frozen <= set(session.scalars(select(Screening.id)))


@pytest.mark.usefixtures("no_migration")
def test_all_they_write_is_marked_as_invented(app: Flask, session: Session) -> None:
    run(app, "8")
    texts = 0
    for person in session.scalars(select(Person)):
        identity = unseal(session, person, "sealed_identity")
        assert identity["last_name"] is None or MARKER in identity["last_name"]
        assert identity["email"] in (None, "rather_not") or MARKER.lower() in identity["email"]
    own_words = [
        q.id for q in INTAKE.questions.values() if q.kind.name in ("text", "signature")
        and q.id not in ("first_name", "preferred_name", "phone", "ec_phone", "email", "otc_list", "ec_name")
    ]  # fmt: skip
    for answers in answers_of(session):
        for name in own_words:
            if name in answers:
                texts += 1
                assert MARKER in answers[name]
    assert texts > 8


@pytest.mark.usefixtures("no_migration")
def test_the_same_seed_gives_the_same_answers(app: Flask, session: Session) -> None:
    run(app, "3", "--seed", "9")
    run(app, "3", "--seed", "9")
    run(app, "3", "--seed", "10")
    told = [json.dumps(answers, sort_keys=True) for answers in answers_of(session)]
    assert told[:3] == told[3:6]
    assert told[:3] != told[6:]


def test_never_among_real_people(app: Flask, session: Session) -> None:
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], env="production")
    result = run(app, "1")
    assert result.exit_code == 1
    assert "never go among real ones" in result.stderr
    assert session.scalar(select(Case)) is None


@pytest.mark.parametrize("count", ["0", "-1", "many"])
def test_a_count_is_needed(app: Flask, count: str) -> None:
    assert run(app, count).exit_code == 2


@pytest.mark.parametrize("jurisdiction", [Country.US, Country.UK])
def test_they_differ_as_people_do(jurisdiction: Country) -> None:
    people = [InventedPerson.of(5, number, ON, jurisdiction) for number in range(400)]
    assert {person.tendency for person in people} == set(Tendency)
    assert 15 < sum(person.stops_after is not None for person in people) < 100
    ages = [age_on(date.fromisoformat(person.fixed["dob"]), ON) for person in people]
    assert min(ages) >= 18
    assert max(ages) <= 86
    assert max(ages) - min(ages) > 50
    units = {person.fixed["weight"]["unit"] for person in people if person.fixed["weight"] != "not_sure"}
    assert units == ({"lb", "kg"} if jurisdiction == Country.US else {"st_lb", "kg"})
    assert any(person.fixed["weight"] == "not_sure" for person in people)
    typed = {taken.typed for person in people for taken in person.taken}
    assert {"Zoloft 50 mg", "sertralin", "capecitabine"} <= typed


def test_a_person_gives_an_answer_of_its_kind_to_every_question() -> None:
    """Also to those that none of them happens to be asked."""
    people = [InventedPerson.of(6, number, ON, Country.US) for number in range(60)]
    for question in INTAKE.questions.values():
        if question.kind.name == "identity":
            continue
        for person in people:
            answer = person.answer(question)
            # Those who take nothing are not asked for a list.
            if answer != []:
                accepted = accept_answer(question, answer, ON)
                assert accepted is not None or not question.required, question.id


def test_a_clean_person_needs_nobody_at_once() -> None:
    clean = [
        person for person in (InventedPerson.of(7, number, ON, Country.US) for number in range(200))
        if person.tendency is Tendency.CLEAN
    ]  # fmt: skip
    assert len(clean) > 30
    for person in clean:
        answers = {q.id: person.answer(q) for q in INTAKE.questions.values() if q.id != "verify_dob"}
        kept = Reading(INTAKE, answers, ON).kept()
        assert evaluate(RULEBOOK, Submitted(INTAKE, kept, ON)).level not in (Level.URGENT, Level.STOP)
