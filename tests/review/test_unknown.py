"""An unknown is never a no, also when somebody decides: what waits for an answer blocks "suitable", ranks the case, and
is answered, settled with a reason of its own list, or carried by a named condition.
"""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.models import Case, Decision, Flag, User, unseal
from app.questionnaire.countries import Country
from app.records import judging
from app.review.case.recount import recount
from app.review.case.stored import latest_screening
from app.screening.case_summary import NOT_KNOWN
from app.screening.rulebook import RULEBOOK
from app.screening.rules import ClinicRules
from app.screening.settling import FOR_UNKNOWN, MUST_SETTLE
from app.screening.workflow import Status
from tests.acts import act
from tests.browsing import post
from tests.factories import NOW, Factory
from tests.judged import sent
from tests.people import takes
from tests.review.acts import NOTE, decide, decisions
from tests.review.conftest import OPEN
from tests.review.seen import audited, words

pytestmark = pytest.mark.sqlite_alone("what is said, in which words and language")


def waiting(session: Session, case: Case, *rules: str) -> list[Flag]:
    """The flags of the newest screening that could not be decided, and may be grave; or those of some rules."""
    session.expire_all()
    newest = latest_screening(session, case)
    assert newest
    found = session.scalars(
        select(Flag).where(Flag.screening_id == newest.id, Flag.outcome == "undetermined")
    )
    return [flag for flag in found if (flag.rule in rules if rules else flag.level in MUST_SETTLE)]


def settle(
    desk: FlaskClient, flags: list[Flag], reason: str = "unknown_accepted", note: str = NOTE
) -> TestResponse:
    seen = {
        "flag": [flag.id for flag in flags],
        "seen": [flag.revision for flag in flags],
        "from": f"ask-{flags[0].rule}",
    }
    return post(desk, f"/review/{flags[0].case_id}/settle", **seen, reason=reason, note=note)


def box(desk: FlaskClient, case: Case) -> str:
    """The words of the decision box."""
    return words(desk.get(f"/review/{case.id}")).partition("“Suitable” is blocked")[2]


def test_nobody_is_suitable_while_a_grave_question_has_no_answer(
    desk: FlaskClient, session: Session, unknown: Case
) -> None:
    assert len(waiting(session, unknown)) >= 5
    response = decide(desk, unknown, "suitable")
    assert response.status_code == 422
    assert "wait for an answer: an unknown is not a no." in words(response)
    assert NOTE in response.text
    assert not decisions(session, unknown)
    assert decide(desk, unknown).status_code == 303


def test_a_blank_form_is_never_suitable(desk: FlaskClient, make: Factory, session: Session) -> None:
    case = make.case(answers={"first_name": "Robin"})
    asked = judging.judge(judging.submitted({"first_name": "Robin"}, NOW.date(), Country.US), ClinicRules())
    judging.store_screening(act(session, now=NOW), case, asked, interim=False)
    session.commit()
    assert case.level_rank == NOT_KNOWN
    assert decide(desk, case, "suitable").status_code == 422


def test_what_only_a_review_waits_for_blocks_nothing(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make, {"height": None})
    session.commit()
    assert case.to_ask_count
    assert not waiting(session, case)
    assert decide(desk, case, "suitable").status_code == 303


def test_the_decision_box_lists_what_is_open_each_with_a_link_to_its_place(
    desk: FlaskClient, session: Session, unknown: Case
) -> None:
    text = desk.get(f"/review/{unknown.id}").text
    listed = text.rpartition("“Suitable” is blocked")[2].partition("</ul>")[0]
    links = re.findall(r'<a class="nhsuk-link" href="#([^"]+)">([^<]+)</a>: not known', listed)
    titles = {RULEBOOK.by_slug[flag.rule].title for flag in waiting(session, unknown)}
    assert {unescape(title) for _, title in links} == titles
    for anchor, _ in links:
        line = text.partition(f'id="{anchor}"')[2]
        assert line, anchor
        assert 'name="' in line.partition('<li id="ask-')[0]


def test_the_queue_ranks_it_between_stop_and_review_and_says_what_is_not_known(
    desk: FlaskClient, session: Session, unknown: Case
) -> None:
    assert (unknown.level_rank, unknown.open_stop_count) == (NOT_KNOWN, len(waiting(session, unknown)))
    shown = words(desk.get("/review/"))
    assert re.search(r"Not known Person Robin A\. , 35 Why Not known: \w", shown)
    assert "Heart and blood pressure" in shown
    for word in ("ketamine", "chemo_now", "aneurysm"):
        assert word not in shown.casefold()
    assert not recount(session, unknown)


def test_one_reason_and_note_settle_all_that_one_cause_leaves_open(
    desk: FlaskClient, session: Session, unknown: Case, clara: User
) -> None:
    pressure = waiting(session, unknown, "blood-pressure-crisis", "blood-pressure-very-high")
    before = unknown.open_stop_count
    response = settle(desk, pressure)
    assert response.status_code == 303
    session.expire_all()
    for flag in pressure:
        assert (flag.state, flag.settled_by, flag.settled_reason) == ("settled", clara.id, "unknown_accepted")
        (told,) = unseal(session, flag, "sealed_note")
        assert (told["name"], told["note"]) == ("Clara Park", NOTE)
    assert len(audited(session, "flag.settled")) == 2
    assert unknown.open_stop_count == before - 2
    assert not recount(session, unknown)
    shown = words(desk.get(f"/review/{unknown.id}"))
    assert "Asked, still not known, accepted because of what the note says" in shown
    assert f"“{NOTE}”" in shown


def test_everything_answered_or_settled_opens_the_decision(
    desk: FlaskClient, session: Session, unknown: Case
) -> None:
    for flag in waiting(session, unknown):
        session.expire_all()
        assert settle(desk, [flag]).status_code == 303
    session.expire_all()
    assert unknown.open_stop_count == 0
    assert box(desk, unknown) == ""
    assert decide(desk, unknown, "suitable").status_code == 303


@pytest.mark.parametrize("reason", [one.code for one in FOR_UNKNOWN if not one.clears])
def test_a_reason_that_only_waits_keeps_it_blocked(
    desk: FlaskClient, session: Session, unknown: Case, reason: str
) -> None:
    for flag in waiting(session, unknown):
        session.expire_all()
        assert settle(desk, [flag], reason, "").status_code == 303
    session.expire_all()
    assert "settled with “" in box(desk, unknown)
    assert decide(desk, unknown, "suitable").status_code == 422
    assert decide(desk, unknown, "suitable_with_conditions").status_code == 422


@pytest.mark.parametrize("reason", [one.code for one in FOR_UNKNOWN if not one.clears])
def test_what_only_waits_keeps_its_place_in_the_queue_and_is_still_to_ask(
    desk: FlaskClient, session: Session, unknown: Case, reason: str
) -> None:
    before = (unknown.level_rank, unknown.open_stop_count, unseal(session, unknown, "sealed_summary"))
    for flag in waiting(session, unknown):
        session.expire_all()
        assert settle(desk, [flag], reason, NOTE).status_code == 303
    session.expire_all()
    assert (unknown.level_rank, unknown.open_stop_count, unseal(session, unknown, "sealed_summary")) == before
    assert re.search(r"Not known Person Robin A\. , 35 Why Not known: \w", words(desk.get("/review/")))
    assert not recount(session, unknown)
    assert unknown.to_ask_count
    shown = words(desk.get(f"/review/{unknown.id}"))
    assert f"To ask ({unknown.to_ask_count})" in shown
    assert "Nothing raised" not in shown
    # An answer to something else is judged anew, and counts the same.
    again = {"seen": unknown.revision, "ketamine_allergy": "no"}
    assert post(desk, f"/review/{unknown.id}/answers", **again).status_code == 303
    session.expire_all()
    assert unknown.level_rank == NOT_KNOWN
    assert not recount(session, unknown)


@pytest.mark.parametrize(
    ("reason", "note", "says"),
    [
        ("", NOTE, "Pick a reason"),
        ("mistake", NOTE, "Pick a reason"),
        ("unknown_accepted", "", "Write the reason in the note"),
        ("unknown_ruled_out", "", "Write the reason in the note"),
        ("other", "", "Write the reason in the note"),
    ],
)
def test_settling_an_unknown_needs_a_reason_of_its_own_list(
    desk: FlaskClient, session: Session, unknown: Case, reason: str, note: str, says: str
) -> None:
    (flag,) = waiting(session, unknown, "chemotherapy")
    response = settle(desk, [flag], reason, note)
    assert response.status_code == 422
    assert says in words(response)
    target = re.search(r'nhsuk-error-summary__list">\s*<li><a href="#([^"]+)"', response.text)
    assert target
    assert f'id="{target[1]}"' in response.text
    session.expire_all()
    assert flag.state == "open"


def test_a_raised_flag_is_not_settled_as_an_unknown_and_never_together_with_one(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make, OPEN | {"heart_worse": "yes", "heart_attack": "yes"})
    session.commit()
    raised = session.scalars(select(Flag).where(Flag.case_id == case.id, Flag.outcome == "raised")).all()
    grave = [flag for flag in raised if flag.level in MUST_SETTLE]
    assert grave
    assert settle(desk, grave[:1]).status_code == 422
    assert settle(desk, [*waiting(session, case, "chemotherapy"), grave[0]], "mistake").status_code == 404


def test_an_unknown_that_was_accepted_opens_again_when_what_is_behind_it_changes(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make, takes("the blue ones", "the red ones") | {"steroid_allergy": None})
    session.commit()
    rules = [rule.slug for rule in RULEBOOK.rules if rule.slug != "steroid-allergy"]
    assert len(waiting(session, case, *rules)) >= 10
    assert settle(desk, waiting(session, case, *rules)).status_code == 303
    session.expire_all()
    # Something else is told: what was accepted stays so.
    again = {"seen": case.revision, "steroid_allergy": "no"}
    assert post(desk, f"/review/{case.id}/answers", **again).status_code == 303
    assert {flag.state for flag in waiting(session, case, *rules)} == {"settled"}
    # One of the names is another now: as unknown as before, but not what was accepted.
    named = {f"medicines-{n}-med_name": name for n, name in enumerate(("the green ones", "the red ones"))}
    often = {f"medicines-{n}-med_often": "once" for n in range(2)}
    assert post(desk, f"/review/{case.id}/answers", seen=case.revision, **named, **often).status_code == 303
    reopened = waiting(session, case, *rules)
    assert {flag.state for flag in reopened} == {"open"}
    assert all(unseal(session, flag, "sealed_note")[0]["note"] == NOTE for flag in reopened)
    assert not recount(session, case)


def test_a_decision_of_the_time_before_stays_and_says_what_was_not_known(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make, OPEN, status=Status.DECIDED)
    make.decision(case)
    session.commit()
    shown = words(desk.get(f"/review/{case.id}"))
    assert "Not known when this was decided The decision stands as it was made." in shown
    assert RULEBOOK.by_slug["chemotherapy"].title in shown
    assert session.scalars(select(Decision).where(Decision.case_id == case.id)).one().invalidated_at is None


def test_the_unknowns_of_a_check_in_block_its_own_decision(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    first = make.case()
    case = make.case(kind="checkin", follows_id=first.id, answers={"first_name": "Robin"})
    asked = judging.judge(
        judging.submitted({"first_name": "Robin"}, NOW.date(), Country.US, "followup"), ClinicRules()
    )
    judging.store_screening(act(session, now=NOW), case, asked, interim=False)
    session.commit()
    assert waiting(session, case)
    assert decide(desk, case, "suitable").status_code == 422
