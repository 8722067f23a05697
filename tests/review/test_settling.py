"""Settling a flag: who, when and why, from the flag's own list; and what it does to the queue."""

import re
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.models import Case, Queue, User, unseal
from app.review.case.recount import recount
from app.screening.rulebook import RULEBOOK
from app.screening.settling import BY_CARD, BY_RULE, GENERAL, reasons_for
from app.screening.workflow import Status
from tests.browsing import post
from tests.factories import NOW, Factory
from tests.judged import sent, unfinished
from tests.review.acts import NOTE, flags, settle
from tests.review.seen import audited, cases_in, words

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")


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
        3 if flags(session, case, "review", "conflict") else 4,
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
    for one in reasons_for("chemotherapy", "cancer"):
        case = sent(make, {"chemo_now": "yes", "chemo_last": "this_month"})
        session.commit()
        (flag,) = [flag for flag in flags(session, case) if flag.rule == "chemotherapy"]
        assert settle(desk, flag, one.code, "because").status_code == 303


@pytest.mark.parametrize("level", ["urgent", "stop"])
def test_no_reason_that_keeps_it_blocked_lets_a_case_drop_in_the_queue(
    desk: FlaskClient, make: Factory, session: Session, level: str
) -> None:
    """Every reason of every list, for a flag of its rule or of a card without a rule of today."""
    lists = [
        (rule, RULEBOOK.by_slug[rule].card, own) for rule, own in BY_RULE.items() if rule in RULEBOOK.by_slug
    ]
    lists += [("gone", card, own) for card, own in BY_CARD.items()] + [("gone", "cognition", GENERAL)]
    case = sent(make)
    for rule, card, own in lists:
        screening = make.screening(case)
        for one in own:
            flag = make.flag(screening, level=level, rule=rule, card=card)
            recount(session, case)
            session.commit()
            assert settle(desk, flag, one.code, NOTE).status_code == 303
            session.expire_all()
            assert (case.level_rank, case.open_stop_count) == ((4, 0) if one.clears else (1, 1)), (
                rule,
                one.code,
            )
            if not one.clears:
                assert unseal(session, case, "sealed_summary")["cards"] == [card]
                assert "“Suitable” is blocked" in words(desk.get(f"/review/{case.id}"))
            assert not recount(session, case)
            session.delete(flag)
            session.flush()
    assert "Nothing raised" in words(desk.get("/review/"))


@pytest.mark.parametrize(
    ("reason", "note", "says"),
    [
        ("", "x", "Pick a reason"),
        ("childhood_fever", "x", "Pick a reason"),
        ("other", "", "Write the reason in the note"),
        ("other", "...", "Use letters or numbers in the note"),
        ("finished", "x" * 2001, "Use up to 2000 letters"),
    ],
)
def test_settling_needs_a_reason_of_the_flags_own_list(
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


def test_two_rules_of_one_card_have_lists_of_their_own(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    """A heart attack is not settled by a blood pressure reading."""
    case = sent(make, {"chest_pain_recent": "yes", "high_bp": "yes", "high_bp_control": "no"})
    session.commit()
    found = {flag.rule: flag for flag in flags(session, case)}
    assert {flag.card for flag in found.values()} == {"heart"}
    pain, pressure = found["chest-pain-recent"], found["hypertension-uncontrolled"]
    assert settle(desk, pain, "readings_below").status_code == 422
    assert settle(desk, pressure, "checked_heart").status_code == 422
    assert settle(desk, pain, "checked_heart").status_code == 303
    assert settle(desk, pressure, "readings_below").status_code == 303
    shown = words(desk.get(f"/review/{case.id}"))
    assert "Checked by a doctor since: not from the heart" in shown
    assert "Repeat readings are below the limit" in shown


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


def test_what_was_typed_for_a_flag_that_was_judged_again_is_kept(
    desk: FlaskClient, other_desk: FlaskClient, make: Factory, session: Session
) -> None:
    """Every answer from a call makes new flags: the note is in the form of the same rule, or else on the page."""
    case = sent(make, {"chemo_now": "yes", "chemo_last": "this_month", "steroid_allergy": "not_sure"})
    session.commit()
    (flag,) = flags(session, case)
    told = {"opened": "steroid_reaction", "seen": case.revision, "steroid_allergy": "no"}
    assert post(other_desk, f"/review/{case.id}/answers", **told).status_code == 303
    response = settle(desk, flag, "finished", NOTE)
    assert response.status_code == 409
    form = response.text.partition("<textarea")[0].rpartition("<form")[2]
    newest = [one for one in flags(session, case) if one.id != flag.id]
    assert f'value="{newest[0].id}"' in response.text
    before, _, after = response.text.partition(NOTE)
    assert f'name="flag" value="{newest[0].id}"' in before.rpartition("<form")[2], form
    assert "</form>" in after
    make.screening(case)
    session.commit()
    response = settle(desk, newest[0], "finished", NOTE)
    assert (response.status_code, response.text.count(NOTE)) == (409, 1)
    assert f"Note on a flag: {NOTE}" in words(response)


def test_only_what_must_be_settled_can_be(
    desk: FlaskClient, make: Factory, session: Session, case: Case
) -> None:
    other = sent(make, {"chemo_now": "yes"})
    older = make.flag(make.screening(case), level="stop")
    make.screening(case)
    note = make.flag(make.screening(other), level="review")
    session.commit()
    assert settle(desk, older).status_code == 409  # judged anew since
    assert settle(desk, note).status_code == 404
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
    assert not recount(session, case)
    case.level_rank, case.open_stop_count, case.to_ask_count = 3, 99, 99
    assert recount(session, case)
    assert not recount(session, case)


def test_a_flag_that_is_only_held_never_looks_settled(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make, {"aneurysm": "yes"})
    session.commit()
    (flag,) = flags(session, case)
    keeps = next(one for one in reasons_for(flag.rule, flag.card) if not one.clears)
    for code, mark, other in (
        (keeps.code, "Still in the way", "Settled"),
        ("mistake", "Settled", "Still in the"),
    ):
        (flag,) = flags(session, case)
        assert settle(desk, flag, code, NOTE).status_code == 303
        shown = desk.get(f"/review/{case.id}").text.partition('id="flags"')[2].partition('id="ask"')[0]
        assert f">{mark}" in shown
        assert f">{other}" not in shown
