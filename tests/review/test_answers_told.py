"""Answers from a call: on the phone script, beside the form that was signed, judged again, and never a quiet change."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.models import Case, User, amendments_between, answers_of, apply_amendments, ring, unseal
from app.models.sealing import SealBroken
from tests.browsing import post
from tests.factories import CANARY, NOW, Factory
from tests.judged import unfinished
from tests.review.acts import decide
from tests.review.seen import audited, title, words
from tests.review.telling import latest, script, tell, told


def test_what_follows_opens_in_the_same_step(desk: FlaskClient, session: Session, unsure: Case) -> None:
    """Without a script the page comes back with it open, nothing saved and nothing lost; then it may be left empty."""
    shown = script(desk, unsure)
    follow_up = re.search(r'<div class="[^"]*" data-question="steroid_reaction"[^>]*>', shown)
    assert follow_up
    assert "hidden" in follow_up[0]
    assert "data-show-if" in follow_up[0]
    assert shown.index('data-question="steroid_allergy"') < follow_up.start()
    response = tell(desk, unsure, opened=[], steroid_allergy="yes", bp_top="118", bp_bottom="76")
    assert response.status_code == 422
    assert "These answers bring up more questions" in words(response)
    assert not told(session, unsure)
    opened = re.search(r'<div class="[^"]*" data-question="steroid_reaction"[^>]*>', response.text)
    assert opened
    assert "hidden" not in opened[0]
    assert re.search(r'name="steroid_allergy" type="radio" value="yes" checked', response.text)
    assert 'name="bp_top" type="text" value="118"' in response.text
    again = re.findall(r'name="opened" value="([^"]+)"', response.text)
    assert "steroid_reaction" in again
    assert (
        tell(desk, unsure, opened=again, steroid_allergy="yes", bp_top="118", bp_bottom="76").status_code
        == 303
    )
    assert answers_of(session, unsure)["steroid_allergy"] == "yes"


def test_still_not_known_is_recorded_and_is_no_answer(
    desk: FlaskClient, session: Session, unsure: Case, clara: User
) -> None:
    version, asked = unsure.answers_version, unsure.to_ask_count
    first = latest(session, unsure).id
    assert tell(desk, unsure, chemo_now="not_sure", **{"bp_top-exit": "not_sure"}).status_code == 303
    (made,) = told(session, unsure)
    assert unseal(session, made, "sealed_answers") == {
        "answers": {}, "replaced": {}, "asked": ["bp_top", "chemo_now"]
    }  # fmt: skip
    assert (unsure.answers_version, unsure.to_ask_count, latest(session, unsure).id) == (
        version,
        asked,
        first,
    )
    assert answers_of(session, unsure)["chemo_now"] == "not_sure"
    (event,) = audited(session, "answers.unknown")
    assert (event.actor_id, event.case_id, event.facts) == (clara.id, unsure.id, {"questions": 2})
    assert not audited(session, "answers.told")
    shown = words(desk.get(f"/review/{unsure.id}"))
    assert "Until now: Not sure . Asked 2 March 2026, 10:30 by Clara Park: still not known" in shown
    assert re.search(r"Clara Park \S* ?Asked on a call: still not known", shown.partition("History When")[2])
    assert decide(desk, unsure, "suitable").status_code == 422


def test_an_answer_and_still_not_known_are_not_both_taken(
    desk: FlaskClient, session: Session, unsure: Case
) -> None:
    response = tell(desk, unsure, bp_top="118", **{"bp_top-exit": "not_sure"})
    assert response.status_code == 422
    assert "You gave an answer and picked “Asked: still not known”" in words(response)
    assert not told(session, unsure)


def test_what_is_told_stands_beside_what_was_signed(
    desk: FlaskClient, session: Session, unsure: Case, clara: User
) -> None:
    signed = (unsure.sealed_answers, unsure.sealed_signature, unsure.signature_hash)
    version = unsure.answers_version
    response = tell(desk, unsure, chemo_now="no", steroid_allergy="", chemo_last="")
    assert (response.status_code, response.location) == (303, f"/review/{unsure.id}#ask")
    (made,) = told(session, unsure)
    assert (made.made_by, made.made_at) == (clara.id, NOW)
    assert unseal(session, made, "sealed_answers") == {
        "answers": {"chemo_now": "no"}, "replaced": {"chemo_now": "not_sure"}, "asked": []
    }  # fmt: skip
    assert (unsure.sealed_answers, unsure.sealed_signature, unsure.signature_hash) == signed
    assert unsure.answers_version == version + 1
    assert answers_of(session, unsure)["chemo_now"] == "no"
    assert b"chemo_now" not in made.sealed_answers


def test_the_page_says_what_was_told_by_whom_and_what_it_was_before(
    desk: FlaskClient, unsure: Case, session: Session
) -> None:
    tell(desk, unsure, chemo_now="no")
    session.expire_all()
    tell(desk, unsure, steroid_allergy="yes")
    shown = words(desk.get(f"/review/{unsure.id}"))
    by = "Told by phone, written down by Clara Park, 2 March 2026"
    assert f"Chemotherapy now No {by} (was: Not sure)" in shown
    assert f"Yes {by} (was: Not answered)" in shown
    assert shown.count(by) == 2
    history = shown.partition("History When")[2]
    assert re.search(
        r"Wrote down answers from a call: Allergic to a steroid"
        r".*Wrote down answers from a call: Chemotherapy now",
        history,
    )
    assert "Allergies a steroid" in shown


def test_the_log_tells_how_many_and_nothing_of_what(
    desk: FlaskClient, session: Session, unsure: Case, clara: User
) -> None:
    tell(desk, unsure, chemo_now="no", steroid_allergy="no")
    (event,) = audited(session, "answers.told")
    session.expire_all()
    assert (event.actor_id, event.case_id) == (clara.id, unsure.id)
    assert event.facts == {"questions": 2, "version": unsure.answers_version}


@pytest.mark.parametrize("answers", [{"heart_attack": "no"}, {"seizure_cause": "fever"}, {"goals": "Sleep"}])
def test_what_has_an_answer_or_is_not_asked_cannot_be_written_here(
    desk: FlaskClient, session: Session, unsure: Case, answers: dict[str, str]
) -> None:
    seen = unsure.revision
    response = tell(desk, unsure, chemo_now="yes", **answers)
    assert response.status_code == 409
    assert "cannot be changed here: it is not open any more" in words(response)
    assert re.search(r'name="chemo_now" type="radio" value="yes" checked', response.text)
    assert not told(session, unsure)
    assert unsure.revision == seen
    assert not audited(session, "answers.told")


def test_a_definite_answer_told_once_cannot_be_told_again(
    desk: FlaskClient, session: Session, unsure: Case
) -> None:
    tell(desk, unsure, chemo_now="yes")
    session.expire_all()
    assert tell(desk, unsure, chemo_now="no").status_code == 409
    assert answers_of(session, unsure)["chemo_now"] == "yes"


@pytest.mark.parametrize("answers", [{}, {"chemo_now": "", "bp_top": " "}])
def test_nothing_given_is_said(
    desk: FlaskClient, session: Session, unsure: Case, answers: dict[str, str]
) -> None:
    response = tell(desk, unsure, **answers)
    assert response.status_code == 422
    assert "Pick an answer for at least one question" in words(response)
    assert title(response).startswith("Error: Case ")
    target = re.search(r'error-summary__list">\s*<li><a href="#([^"]+)"', response.text)
    assert target
    assert f'id="{target[1]}"' in response.text
    assert not told(session, unsure)


@pytest.mark.parametrize(
    ("answers", "field", "says"),
    [
        ({"bp_top": "high"}, "bp_top", "must be a number"),
        ({"bp_top": "80", "bp_bottom": "120"}, "bp_top", "should be bigger than the bottom one"),
        ({"chemo_now": "rather_not"}, "chemo_now", "Pick one of the answers offered"),
        ({"chemo_now": ["yes", "no"]}, "chemo_now", "Give one answer here"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field_and_kept(
    desk: FlaskClient, session: Session, unsure: Case, answers: dict[str, Any], field: str, says: str
) -> None:
    response = tell(desk, unsure, steroid_allergy="yes", **answers)
    assert response.status_code == 422
    target = re.search(r'error-summary__list">\s*<li><a href="#([^"]+)">([^<]+)', response.text)
    assert target
    assert target[1].startswith(field)
    assert f'id="{target[1]}"' in response.text
    assert f'id="{target[1]}-error"' in response.text
    assert says in target[2]
    assert re.search(r'name="steroid_allergy" type="radio" value="yes" checked', response.text)
    for name, value in answers.items():
        if name.startswith("bp_"):
            assert f'name="{name}" type="text" value="{value}"' in response.text
    assert not told(session, unsure)
    assert len(audited(session, "case.viewed")) == 1


def test_two_answers_of_a_call_can_leave_no_room_for_a_third(
    desk: FlaskClient, session: Session, unsure: Case
) -> None:
    assert tell(desk, unsure, chemo_now="no", chemo_last="this_month").status_code == 303
    (made,) = told(session, unsure)
    assert unseal(session, made, "sealed_answers")["answers"] == {"chemo_now": "no"}


def test_two_clinicians_on_one_page_never_overwrite_in_silence(
    desk: FlaskClient, other_desk: FlaskClient, session: Session, unsure: Case
) -> None:
    seen = unsure.revision
    assert tell(other_desk, unsure, seen=seen, chemo_now="no").status_code == 303
    response = tell(desk, unsure, seen=seen, chemo_now="yes", steroid_allergy="yes")
    assert response.status_code == 409
    shown = words(response)
    assert "Someone changed this case while you had it open" in shown
    assert (
        "What you typed for what is not open any more Does this apply to you: chemotherapy now? Yes" in shown
    )
    assert re.search(r'name="steroid_allergy" type="radio" value="yes" checked', response.text)
    assert len(told(session, unsure)) == 1
    assert answers_of(session, unsure)["chemo_now"] == "no"
    fresh = re.search(r'/answers" novalidate[^>]*>.*?name="seen" value="(\d+)"', response.text, re.DOTALL)
    assert fresh
    assert tell(desk, unsure, seen=int(fresh[1]), steroid_allergy="yes").status_code == 303


def test_a_page_that_is_no_page_of_ours(desk: FlaskClient, unsure: Case) -> None:
    assert post(desk, f"/review/{unsure.id}/answers", chemo_now="no").status_code == 400


def test_a_form_that_is_not_finished_takes_none(desk: FlaskClient, make: Factory, session: Session) -> None:
    draft = unfinished(make, {"urgent_now": ["chest_pain"]}, alerts=("unwell-right-now",))
    session.commit()
    assert tell(desk, draft, chemo_now="no").status_code == 404
    assert not told(session, draft)
    assert f"/review/{draft.id}/answers" not in desk.get(f"/review/{draft.id}").text


def test_many_cases_are_read_at_once_as_each_alone(make: Factory, session: Session) -> None:
    cases = [make.case(answers={"goals": None, "chemo_now": "not_sure"}) for _ in range(3)]
    make.amendment(cases[0], {"chemo_now": "yes"})
    make.amendment(cases[0], {"goals": f"A walk with {CANARY}"})
    make.amendment(cases[2], {"chemo_now": "no"})
    found = amendments_between(session, cases[0].id, cases[2].id)
    assert [len(found.get(case.id, ())) for case in cases] == [2, 0, 1]
    assert len(amendments_between(session, cases[1].id, cases[2].id)) == 1
    for case in cases:
        signed = unseal(session, case, "sealed_answers")["answers"]
        assert apply_amendments(ring(session), signed, found.get(case.id, [])) == answers_of(session, case)
    assert answers_of(session, cases[0]) == {"goals": f"A walk with {CANARY}", "chemo_now": "yes"}


def test_answers_of_another_case_do_not_open(make: Factory, session: Session) -> None:
    mine, yours = make.amendment(), make.amendment()
    mine.sealed_answers = yours.sealed_answers
    session.flush()
    with pytest.raises(SealBroken):
        answers_of(session, session.get_one(Case, mine.case_id))
