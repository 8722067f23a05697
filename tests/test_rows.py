"""What the database and its types keep of a row: decisions and calls as they were made, times, ids, seals."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError, StatementError
from sqlalchemy.orm import Session

from app.models import Amendment, Case, Decision, Invitation, Person, seal, unseal
from app.models.sealing import SealBroken
from app.screening.workflow import Outcome, Status
from tests.factories import NOW, Factory


@pytest.mark.parametrize(
    "change", [update(Decision).values(outcome=Outcome.NOT_SUITABLE_NOW), delete(Decision)]
)
def test_the_database_refuses_to_change_or_delete_a_decision(
    make: Factory, session: Session, change: Any
) -> None:
    decision = make.decision()
    with pytest.raises(DatabaseError, match="kept as it was written"), session.begin_nested():
        session.execute(change.execution_options(synchronize_session=False))
    session.refresh(decision)
    assert decision.outcome is Outcome.SUITABLE


def test_a_decision_can_be_ended_and_its_note_sealed_again(make: Factory, session: Session) -> None:
    decision = make.decision()
    decision.invalidated_at = NOW
    seal(session, decision, "sealed_note", "the same note")
    session.flush()
    session.refresh(decision)
    assert decision.invalidated_at == NOW
    assert unseal(session, decision, "sealed_note") == "the same note"


@pytest.mark.parametrize(
    "change",
    [
        *(update(Amendment).values({name: uuid4()}) for name in ("id", "case_id", "made_by")),
        update(Amendment).values(made_at=NOW + timedelta(days=1)),
        delete(Amendment),
    ],
)
def test_the_database_refuses_to_change_or_delete_what_was_told_on_a_call(
    make: Factory, session: Session, change: Any
) -> None:
    told = make.amendment()
    with pytest.raises(DatabaseError, match="kept as it was written"), session.begin_nested():
        session.execute(change.execution_options(synchronize_session=False))
    session.refresh(told)
    assert told.made_at == NOW


def test_what_was_told_on_a_call_can_be_sealed_again(make: Factory, session: Session) -> None:
    told = make.amendment()
    seal(session, told, "sealed_answers", {"answers": {"goals": "Sleep"}, "replaced": {"goals": None}})
    session.flush()
    session.refresh(told)
    assert unseal(session, told, "sealed_answers")["answers"] == {"goals": "Sleep"}


def test_a_time_comes_back_as_it_went_in_and_in_utc(make: Factory, session: Session) -> None:
    summer = datetime(2026, 7, 1, 9, 30, 0, 123456, tzinfo=ZoneInfo("America/New_York"))
    case = make.case(updated_at=summer)
    session.refresh(case)
    assert case.updated_at == summer
    assert case.updated_at.tzinfo is UTC
    assert session.scalars(select(Case).where(Case.updated_at >= summer.astimezone(UTC))).one() is case


def test_a_time_without_its_zone_is_refused(make: Factory) -> None:
    make.person().created_at = NOW.replace(tzinfo=None)
    with pytest.raises(StatementError, match="A time needs its zone"):
        make.session.flush()


def test_an_id_is_there_before_the_row_is_saved_and_grows_with_time() -> None:
    ids = [Person(created_at=NOW).id for _ in range(50)]
    assert ids == sorted(set(ids))
    assert {each.version for each in ids} == {7}


def test_statuses_come_back_as_what_they_are(make: Factory, session: Session) -> None:
    case = make.case(status=Status.DECIDED)
    session.refresh(case)
    assert case.status is Status.DECIDED
    assert case.decision_outcome is Outcome.SUITABLE


def test_a_sealed_column_opens_in_its_own_row_only(make: Factory, session: Session) -> None:
    mine, yours = make.case(answers={"heart_attack": "no"}), make.case(answers={"heart_attack": "yes"})
    assert unseal(session, yours, "sealed_answers")["answers"] == {"heart_attack": "yes"}
    yours.sealed_answers = mine.sealed_answers
    with pytest.raises(SealBroken):
        unseal(session, yours, "sealed_answers")
    mine.sealed_summary = mine.sealed_answers
    with pytest.raises(SealBroken):
        unseal(session, mine, "sealed_summary")


def test_an_empty_sealed_column_holds_nothing(make: Factory, session: Session) -> None:
    assert unseal(session, make.case(status=Status.DRAFT), "sealed_signature") is None


def test_a_token_is_found_by_its_hash_and_not_kept(make: Factory, session: Session) -> None:
    invitation = make.invitation(token="a-long-random-token")
    assert invitation.token_hash != b"a-long-random-token"
    found = select(Invitation).where(Invitation.token_hash == Invitation.hash_of("a-long-random-token"))
    assert session.scalars(found).one() is invitation
