"""A decision with conditions carries what is not known, each by name, and never a raised flag."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.models import Case, Queue, answers_of, unseal
from app.screening.rulebook import RULEBOOK
from app.screening.workflow import Outcome, Status
from tests.browsing import post
from tests.factories import CANARY, NOW, Factory
from tests.judged import sent
from tests.review.acts import decide, decisions
from tests.review.conftest import OPEN
from tests.review.seen import words
from tests.review.test_unknown import box, settle, waiting

pytestmark = pytest.mark.sqlite_alone("what is said, in which words and language")

LATER = f"Letter before the first session, {CANARY}"


def conditions(desk: FlaskClient, case: Case) -> dict[str, str]:
    """A condition for each box of the page."""
    text = desk.get(f"/review/{case.id}").text
    return dict.fromkeys(re.findall(r'name="(condition-[^"]+)"', text), LATER)


def test_conditions_carry_what_is_not_known_and_stand_with_the_decision(
    desk: FlaskClient, session: Session, unknown: Case
) -> None:
    named = conditions(desk, unknown)
    assert decide(desk, unknown, "suitable_with_conditions", conditions=named).status_code == 303
    (made,) = decisions(session, unknown)
    assert made.outcome is Outcome.SUITABLE_WITH_CONDITIONS
    told = unseal(session, made, "sealed_conditions")
    assert {rule for one in told for rule in one["rules"]} == {
        flag.rule for flag in waiting(session, unknown)
    }
    assert {one["condition"] for one in told} == {LATER}
    assert CANARY.encode() not in (made.sealed_conditions or b"")
    shown = words(desk.get(f"/review/{unknown.id}"))
    assert shown.count(LATER) == len(named)
    assert "Not known when this was decided" not in shown


def test_each_unknown_needs_a_condition_of_its_own(
    desk: FlaskClient, session: Session, unknown: Case
) -> None:
    named = sorted(conditions(desk, unknown))
    assert len(named) >= 4
    for written in (0, 1, len(named) - 1):
        texts = dict.fromkeys(named[:written], LATER) | dict.fromkeys(named[written:], " ")
        response = decide(desk, unknown, "suitable_with_conditions", conditions=texts)
        assert response.status_code == 422
        text = unescape(response.text)
        said = re.findall(
            r'<a href="#([^"]+)">Write a condition for what is not known, or settle it first', text
        )
        assert sorted(said) == named[written:]
        assert all(f'id="{one}-error"' in text for one in said)
        assert text.count(f"{LATER}</textarea>") == written
    assert not decisions(session, unknown)


def test_the_only_unknown_is_named_at_its_box(desk: FlaskClient, make: Factory, session: Session) -> None:
    case = sent(make, {"chemo_now": "not_sure"})
    session.commit()
    (box_of,) = conditions(desk, case)
    response = decide(desk, case, "suitable_with_conditions")
    assert response.status_code == 422
    assert f'<a href="#{box_of}">Write a condition for what is not known' in unescape(response.text)
    assert RULEBOOK.by_slug["chemotherapy"].title in words(response)


@pytest.mark.parametrize("reason", ["unknown_wait_patient", "unknown_wait_records"])
def test_what_waits_for_an_answer_is_carried_by_conditions_too(
    desk: FlaskClient, session: Session, unknown: Case, reason: str
) -> None:
    (chemo,) = waiting(session, unknown, "chemotherapy")
    before = conditions(desk, unknown)
    assert settle(desk, [chemo], reason).status_code == 303
    session.expire_all()
    assert conditions(desk, unknown) == before
    assert decide(desk, unknown, "suitable_with_conditions", conditions=before).status_code == 303
    (made,) = decisions(session, unknown)
    assert "chemotherapy" in {
        one for told in unseal(session, made, "sealed_conditions") for one in told["rules"]
    }
    assert "Not known when this was decided" not in words(desk.get(f"/review/{unknown.id}"))


@pytest.mark.parametrize("outcome", ["suitable", "suitable_with_conditions"])
def test_what_is_settled_with_a_reason_that_stops_says_to_settle_it_again(
    desk: FlaskClient, session: Session, unknown: Case, outcome: str
) -> None:
    for flag in waiting(session, unknown):
        session.expire_all()
        settle(desk, [flag], "not_going_on")
    session.expire_all()
    assert not conditions(desk, unknown)
    told = "settled with a reason that keeps them open: settle again with another reason"
    for shown in (decide(desk, unknown, outcome), desk.get(f"/review/{unknown.id}")):
        assert "Settle first" not in words(shown)
    assert told in words(decide(desk, unknown, outcome))
    assert "“Suitable with conditions” cannot carry what is settled with a reason that stops" in box(
        desk, unknown
    )


def test_conditions_never_carry_a_raised_flag(desk: FlaskClient, make: Factory, session: Session) -> None:
    case = sent(make, OPEN | {"pregnancy_status": "yes"})
    session.commit()
    response = decide(desk, case, "suitable_with_conditions", conditions=conditions(desk, case))
    assert response.status_code == 422
    assert "in the way" in words(response)


@pytest.mark.parametrize("outcome", ["suitable", "not_suitable_now"])
def test_conditions_of_another_decision_are_not_dropped_in_silence(
    desk: FlaskClient, session: Session, unknown: Case, outcome: str
) -> None:
    response = decide(desk, unknown, outcome, conditions=conditions(desk, unknown))
    assert response.status_code == 422
    assert "Conditions go with “Suitable with conditions”" in words(response)
    assert LATER in response.text


def test_a_condition_that_cannot_be_taken_is_said_at_its_box(
    desk: FlaskClient, session: Session, unknown: Case
) -> None:
    named = conditions(desk, unknown)
    first = min(named)
    for text, says in (
        ("x" * 501, "Use up to 500 letters"),
        ("hid\ue000den", "The sign after “hid” cannot be saved"),
        (". 👍 —", "Use letters or numbers in the condition"),
        ("\u200e", "Write a condition for what is not known"),
    ):
        response = decide(desk, unknown, "suitable_with_conditions", conditions=named | {first: text})
        assert response.status_code == 422
        assert says in words(response)
        assert f'href="#{first}"' in response.text
    assert not decisions(session, unknown)


def test_an_answer_that_raises_what_a_condition_carried_ends_the_decision(
    desk: FlaskClient, session: Session, unknown: Case
) -> None:
    assert (
        decide(desk, unknown, "suitable_with_conditions", conditions=conditions(desk, unknown)).status_code
        == 303
    )
    session.expire_all()
    told = {"seen": unknown.revision, "aneurysm": "yes"}
    assert post(desk, f"/review/{unknown.id}/answers", **told).status_code == 303
    (made,) = decisions(session, unknown)
    assert made.invalidated_at == NOW
    assert (unknown.status, unknown.queue) == (Status.IN_REVIEW, Queue.TO_REVIEW)
    assert answers_of(session, unknown)["aneurysm"] == "yes"


def test_a_condition_for_what_is_not_open_any_more_is_given_back(
    desk: FlaskClient, session: Session, unknown: Case
) -> None:
    written = conditions(desk, unknown)
    seen = unknown.revision
    assert settle(desk, waiting(session, unknown, "chemotherapy")).status_code == 303
    response = decide(desk, unknown, "suitable_with_conditions", seen=seen, conditions=written)
    assert response.status_code == 409
    assert response.text.count(LATER) == len(written)
    assert f"Condition: {LATER}" in words(response)
