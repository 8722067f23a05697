"""Taking, settling and deciding: what each needs, what each writes, and that nobody overwrites anybody."""

import re
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.access import Actor, permissions
from app.models import Case, Decision, Flag, Queue, User, unseal
from app.review import service
from app.review.reasons import reasons_for
from app.screening.workflow import Outcome, Status
from app.sealing import Ring
from tests.browsing import post
from tests.factories import CANARY, NOW, Factory
from tests.judged import sent, unfinished
from tests.review.seen import audited, cases_in, title, words

NOTE = f"Spoke with the patient, {CANARY}"


def decide(
    desk: FlaskClient,
    case: Case,
    outcome: str = "not_suitable_now",
    note: str = NOTE,
    seen: int | None = None,
) -> TestResponse:
    seen = case.revision if seen is None else seen
    return post(desk, f"/review/{case.id}/decision", seen=seen, outcome=outcome, note=note)


def settle(
    desk: FlaskClient, flag: Flag, reason: str = "mistake", note: str = "", seen: int | None = None
) -> TestResponse:
    seen = flag.revision if seen is None else seen
    return post(desk, f"/review/{flag.case_id}/settle", flag=flag.id, seen=seen, reason=reason, note=note)


def flags(session: Session, case: Case, *levels: str) -> list[Flag]:
    session.expire_all()
    wanted = levels or ("urgent", "stop")
    return list(session.scalars(select(Flag).where(
        Flag.case_id == case.id, Flag.outcome == "raised", Flag.level.in_(wanted)
    ).order_by(Flag.id)))  # fmt: skip


def decisions(session: Session, case: Case) -> list[Decision]:
    session.expire_all()
    return list(session.scalars(select(Decision).where(Decision.case_id == case.id).order_by(Decision.id)))


@pytest.fixture
def case(make: Factory, session: Session) -> Case:
    """Somebody having chemotherapy: one flag that must be settled, and others."""
    made = sent(make, {"chemo_now": "yes", "chemo_last": "this_month"})
    session.commit()
    return made


@pytest.fixture
def healthy(make: Factory, session: Session) -> Case:
    """Somebody with nothing in the way."""
    made = sent(make)
    session.commit()
    return made


# ---- deciding


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_decision_is_recorded_with_its_note(
    desk: FlaskClient, session: Session, healthy: Case, clara: User, outcome: Outcome
) -> None:
    response = decide(desk, healthy, outcome.value)
    assert (response.status_code, response.location) == (303, f"/review/{healthy.id}#decision")
    (made,) = decisions(session, healthy)
    assert (made.outcome, made.made_by, made.made_at, made.invalidated_at) == (outcome, clara.id, NOW, None)
    assert unseal(session, made, "sealed_note") == NOTE
    assert (healthy.status, healthy.queue, healthy.decision_outcome) == (
        Status.DECIDED,
        Queue.DECIDED,
        outcome,
    )
    assert healthy.owner_id == clara.id
    (event,) = audited(session, "decision.recorded")
    assert (event.case_id, event.actor_id, event.facts) == (healthy.id, clara.id, {"outcome": outcome.value})
    assert cases_in(desk.get("/review/")) == []
    assert cases_in(desk.get("/review/?tab=decided")) == [healthy.id]


@pytest.mark.parametrize(
    ("outcome", "note", "says"),
    [
        ("", NOTE, "Pick a decision"),
        ("healed", NOTE, "Not a valid choice"),
        ("suitable", "", "Write a note"),
        ("suitable", "  \r\n ", "Write a note"),
        ("suitable", "x" * 2001, "Use up to 2000 letters"),
        ("suitable", "hid\ue000den", "One character here cannot be saved"),
    ],
)
def test_a_decision_needs_an_outcome_and_a_note_and_keeps_what_was_typed(
    desk: FlaskClient, session: Session, healthy: Case, outcome: str, note: str, says: str
) -> None:
    response = decide(desk, healthy, outcome, note)
    assert response.status_code == 422
    assert says in words(response)
    assert title(response).startswith("Error: Case ")
    if note.strip():
        assert note in response.text
    if outcome == "suitable":
        assert re.search(r'value="suitable" checked', response.text)
    assert not decisions(session, healthy)
    assert healthy.status is Status.SUBMITTED
    # The record was shown again, so that is written down, though nothing else was.
    assert len(audited(session, "case.viewed")) == 1


@pytest.mark.parametrize("outcome", ["suitable", "suitable_with_conditions"])
def test_nobody_is_suitable_while_a_flag_stands_in_the_way(
    desk: FlaskClient, session: Session, case: Case, outcome: str
) -> None:
    assert "“Suitable” is blocked until these are settled" in words(desk.get(f"/review/{case.id}"))
    response = decide(desk, case, outcome)
    assert response.status_code == 422
    assert "Settle first, or pick “Not suitable now”" in words(response)
    assert NOTE in response.text
    assert not decisions(session, case)
    assert decide(desk, case).status_code == 303
    assert len(decisions(session, case)) == 1


def test_settling_every_flag_in_the_way_opens_it(desk: FlaskClient, session: Session, case: Case) -> None:
    for flag in flags(session, case):
        assert settle(desk, flag).status_code == 303
    session.expire_all()
    assert "“Suitable” is blocked" not in words(desk.get(f"/review/{case.id}"))
    assert decide(desk, case, "suitable").status_code == 303


def test_a_reason_that_is_not_going_on_opens_nothing(desk: FlaskClient, session: Session, case: Case) -> None:
    for flag in flags(session, case):
        assert settle(desk, flag, "wait").status_code == 303
    session.expire_all()
    assert case.open_stop_count == 0
    assert "“Suitable” stays blocked" in words(desk.get(f"/review/{case.id}"))
    assert decide(desk, case, "suitable").status_code == 422
    for flag in flags(session, case):
        assert settle(desk, flag, "finished").status_code == 303
    session.expire_all()
    assert decide(desk, case, "suitable").status_code == 303


def test_a_later_decision_ends_the_earlier_and_changes_nothing_of_it(
    desk: FlaskClient, other_desk: FlaskClient, session: Session, healthy: Case, lee: User
) -> None:
    decide(desk, healthy, "suitable")
    session.expire_all()
    assert decide(other_desk, healthy, "not_suitable_now", "New letter").status_code == 303
    first, second = decisions(session, healthy)
    assert (first.outcome, unseal(session, first, "sealed_note")) == (Outcome.SUITABLE, NOTE)
    assert (first.invalidated_at, second.invalidated_at) == (NOW, None)
    assert (second.made_by, healthy.decision_outcome) == (lee.id, Outcome.NOT_SUITABLE_NOW)


def test_two_decisions_on_one_page_never_overwrite_in_silence(
    desk: FlaskClient, other_desk: FlaskClient, session: Session, healthy: Case
) -> None:
    seen = healthy.revision
    assert decide(other_desk, healthy, "suitable", "First").status_code == 303
    response = decide(desk, healthy, "not_suitable_now", NOTE, seen)
    assert response.status_code == 409
    shown = words(response)
    assert "Someone changed this case while you had it open" in shown
    assert "Suitable to book" in shown
    assert NOTE in response.text
    assert [unseal(session, one, "sealed_note") for one in decisions(session, healthy)] == ["First"]
    # The page carries what is new, so sending it again is a choice and not a dead end.
    fresh = re.search(r'/decision" novalidate>.*?name="seen" value="(\d+)"', response.text)
    assert fresh
    assert decide(desk, healthy, "not_suitable_now", NOTE, int(fresh.group(1))).status_code == 303


def test_the_same_decision_again_counts_as_a_change_too(
    desk: FlaskClient, other_desk: FlaskClient, session: Session, healthy: Case
) -> None:
    decide(desk, healthy, "suitable")
    session.expire_all()
    seen = healthy.revision
    assert decide(desk, healthy, "suitable", "Again", seen).status_code == 303
    assert decide(other_desk, healthy, "suitable", "Me too", seen).status_code == 409
    assert len(decisions(session, healthy)) == 2


def test_nothing_is_decided_about_a_form_that_was_not_sent(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    draft = unfinished(make)
    session.commit()
    response = decide(desk, draft)
    assert response.status_code == 422
    assert "has not been sent yet" in words(response)
    assert not decisions(session, draft)


def test_a_decision_needs_to_say_what_it_saw(desk: FlaskClient, session: Session, healthy: Case) -> None:
    assert post(desk, f"/review/{healthy.id}/decision", outcome="suitable", note=NOTE).status_code == 400
    assert (
        post(desk, f"/review/{healthy.id}/decision", seen="x", outcome="suitable", note=NOTE).status_code
        == 400
    )
    assert not decisions(session, healthy)


# ---- settling


def test_a_settled_flag_keeps_who_when_and_why(
    desk: FlaskClient, session: Session, case: Case, clara: User
) -> None:
    before = flags(session, case)
    (flag,) = [one for one in before if one.rule == "chemotherapy"]
    response = settle(desk, flag, "specialist_agrees", NOTE)
    assert (response.status_code, response.location) == (303, f"/review/{case.id}#flags")
    session.expire_all()
    assert (flag.state, flag.settled_by, flag.settled_at, flag.settled_reason) == (
        "settled", clara.id, NOW, "specialist_agrees"
    )  # fmt: skip
    assert case.open_stop_count == len(before) - 1
    (event,) = audited(session, "flag.settled")
    assert event.facts == {"flag": str(flag.id), "reason": "specialist_agrees"}
    shown = words(desk.get(f"/review/{case.id}"))
    assert "The cancer team agrees" in shown
    assert f"“{NOTE}”" in shown
    assert "Clara Park, 2 March 2026, 10:30" in shown


def test_settling_moves_the_case_down_the_queue(desk: FlaskClient, session: Session, case: Case) -> None:
    assert case.level_rank == 1
    for flag in flags(session, case):
        settle(desk, flag)
    session.expire_all()
    assert (case.level_rank, case.open_stop_count) == (
        2 if flags(session, case, "review", "conflict") else 3,
        0,
    )
    summary = unseal(session, case, "sealed_summary")
    still = {flag.card for flag in flags(session, case, "review", "conflict")}
    assert set(summary["cards"]) == still


def test_settling_again_is_added_and_takes_nothing_away(
    desk: FlaskClient, other_desk: FlaskClient, session: Session, case: Case
) -> None:
    (flag,) = [one for one in flags(session, case) if one.rule == "chemotherapy"]
    settle(desk, flag, "wait", "First look")
    session.expire_all()
    settle(other_desk, flag, "finished", "Letter came")
    session.expire_all()
    told = unseal(session, flag, "sealed_note")
    assert [(one["name"], one["reason"], one["note"]) for one in told] == [
        ("Clara Park", "wait", "First look"), ("Lee Moss", "finished", "Letter came")
    ]  # fmt: skip
    shown = words(desk.get(f"/review/{case.id}"))
    assert "First look" in shown
    assert "Letter came" in shown


def test_every_reason_of_the_list_settles(desk: FlaskClient, make: Factory, session: Session) -> None:
    for one in reasons_for("cancer"):
        case = sent(make, {"chemo_now": "yes", "chemo_last": "this_month"})
        session.commit()
        (flag,) = [flag for flag in flags(session, case) if flag.rule == "chemotherapy"]
        assert settle(desk, flag, one.code, "because").status_code == 303


@pytest.mark.parametrize(
    ("reason", "note", "says"),
    [
        ("", "x", "Pick a reason"),
        ("childhood_fever", "x", "Pick a reason"),
        ("other", "", "Write the reason in the note"),
        ("finished", "x" * 2001, "Use up to 2000 letters"),
    ],
)
def test_settling_needs_a_reason_of_the_cards_own_list(
    desk: FlaskClient, session: Session, case: Case, reason: str, note: str, says: str
) -> None:
    (flag,) = [one for one in flags(session, case) if one.rule == "chemotherapy"]
    response = settle(desk, flag, reason, note)
    assert response.status_code == 422
    assert says in words(response)
    target = re.search(r'nhsuk-error-summary__list">\s*<li><a href="#([^"]+)"', response.text)
    assert target
    assert f'id="{target.group(1)}"' in response.text
    assert note in response.text
    session.expire_all()
    assert flag.state == "open"
    assert not audited(session, "flag.settled")


def test_two_who_settle_one_flag(
    desk: FlaskClient, other_desk: FlaskClient, session: Session, case: Case
) -> None:
    flag = flags(session, case)[0]
    seen = flag.revision
    assert settle(other_desk, flag, seen=seen).status_code == 303
    response = settle(desk, flag, "finished", NOTE, seen)
    assert response.status_code == 409
    assert NOTE in response.text
    session.expire_all()
    assert flag.settled_reason == "mistake"


def test_only_what_must_be_settled_can_be(
    desk: FlaskClient, make: Factory, session: Session, case: Case
) -> None:
    other = sent(make, {"chemo_now": "yes"})
    older = make.flag(make.screening(case), level="stop")
    make.screening(case)
    note = make.flag(make.screening(other), level="review")
    open_question = make.flag(make.screening(other), outcome="undetermined")
    session.commit()
    for flag in (older, note, open_question):
        assert settle(desk, flag).status_code == 404
    mine = make.flag(make.screening(case), level="stop")
    session.commit()
    response = post(desk, f"/review/{other.id}/settle", flag=mine.id, seen=1, reason="mistake", note="")
    assert response.status_code == 404
    for flag_id in (uuid4(), UUID(int=0)):
        assert (
            post(desk, f"/review/{case.id}/settle", flag=flag_id, seen=1, reason="mistake").status_code == 404
        )
    assert post(desk, f"/review/{case.id}/settle", flag="x", seen=1, reason="mistake").status_code == 400


def test_an_alert_of_a_form_that_is_not_finished_can_be_answered(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = unfinished(make, {"urgent_now": ["chest_pain"]}, alerts=("unwell-right-now",))
    session.commit()
    assert cases_in(desk.get("/review/")) == [case.id]
    (flag,) = flags(session, case)
    assert settle(desk, flag, "safe_now").status_code == 303
    session.expire_all()
    assert (case.queue, case.waiting_since, case.status) == (Queue.UNFINISHED, None, Status.DRAFT)
    assert cases_in(desk.get("/review/")) == []


@pytest.mark.parametrize(
    "changes",
    [{}, {"chemo_now": "yes"}, {"urgent_now": ["end_life"], "steroid_allergy": "not_sure"}, {"height": None}],
)
def test_what_the_intake_counts_is_what_a_recount_finds(
    make: Factory, session: Session, changes: dict[str, object]
) -> None:
    case = sent(make, changes)
    assert not service.recount(session, case)
    case.level_rank, case.open_stop_count, case.to_ask_count = 3, 99, 99
    assert service.recount(session, case)
    assert not service.recount(session, case)


# ---- taking


def test_whoever_takes_a_case_begins_its_review(
    desk: FlaskClient, session: Session, healthy: Case, clara: User
) -> None:
    response = post(desk, f"/review/{healthy.id}/take", owner="")
    assert (response.status_code, response.location) == (303, f"/review/{healthy.id}")
    session.expire_all()
    assert (healthy.owner_id, healthy.status, healthy.queue) == (clara.id, Status.IN_REVIEW, Queue.TO_REVIEW)
    assert len(audited(session, "case.taken")) == 1
    assert post(desk, f"/review/{healthy.id}/take", owner="").status_code == 303
    assert len(audited(session, "case.taken")) == 1


def test_the_second_to_take_a_case_is_told_who_was_first(
    desk: FlaskClient, other_desk: FlaskClient, session: Session, healthy: Case, clara: User, lee: User
) -> None:
    post(desk, f"/review/{healthy.id}/take", owner="")
    response = post(other_desk, f"/review/{healthy.id}/take", owner="")
    assert response.status_code == 409
    assert "With Clara Park" in words(response)
    session.expire_all()
    assert healthy.owner_id == clara.id
    assert post(other_desk, f"/review/{healthy.id}/take", owner=clara.id).status_code == 303
    session.expire_all()
    assert healthy.owner_id == lee.id


def test_a_case_that_waits_comes_back_when_it_is_taken(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make, status=Status.WAITING_ON_PATIENT, queue=Queue.WAITING)
    session.commit()
    assert cases_in(desk.get("/review/?tab=waiting")) == [case.id]
    assert post(desk, f"/review/{case.id}/take", owner="").status_code == 303
    session.expire_all()
    assert (case.status, case.queue) == (Status.IN_REVIEW, Queue.TO_REVIEW)


def test_taking_a_form_that_is_not_finished_leaves_it_the_patients(
    desk: FlaskClient, make: Factory, session: Session, clara: User
) -> None:
    draft = unfinished(make)
    session.commit()
    assert post(desk, f"/review/{draft.id}/take", owner="").status_code == 303
    session.expire_all()
    assert (draft.owner_id, draft.status, draft.queue) == (clara.id, Status.DRAFT, Queue.UNFINISHED)


@pytest.mark.parametrize("act", ["take", "settle", "decision"])
def test_an_act_on_a_case_that_is_not_there(desk: FlaskClient, act: str) -> None:
    fields = {
        "owner": "",
        "flag": uuid4(),
        "seen": 1,
        "reason": "mistake",
        "outcome": "suitable",
        "note": NOTE,
    }
    assert post(desk, f"/review/{uuid4()}/{act}", **fields).status_code == 404


# ---- at the same moment


def test_of_two_decisions_at_the_same_moment_one_is_told(engine: Engine) -> None:
    info = {"ring": Ring({1: bytes(32)}, 1), "audit_key": bytes(32)}
    with Session(engine, info=info) as session:
        make = Factory(session)
        case_id, seen = sent(make).id, 1
        doctors = [make.user().id for _ in range(2)]
        session.commit()
        seen = session.get_one(Case, case_id).revision
    start, told = Barrier(2), []

    def one(doctor: UUID) -> None:
        actor = Actor("staff", doctor, permissions(["clinician"]))
        with Session(engine, info=info) as session:
            start.wait(10)
            try:
                service.decide(session, actor, NOW, case_id, seen, Outcome.SUITABLE, "mine")
                session.commit()
                told.append("recorded")
            except service.Changed:
                told.append("changed")

    threads = [Thread(target=one, args=(doctor,)) for doctor in doctors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(told) == ["changed", "recorded"]
    with Session(engine, info=info) as session:
        assert len(session.scalars(select(Decision)).all()) == 1
