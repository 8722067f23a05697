"""Answers from a call: on the phone script, beside the form that was signed, judged again, and never a quiet change."""

import html
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.models import (
    Amendment,
    Case,
    Queue,
    Screening,
    User,
    amendments_between,
    answers_of,
    apply_amendments,
    ring,
    unseal,
)
from app.models.sealing import SealBroken
from app.questionnaire.answers import STATES
from app.questionnaire.intake import INTAKE
from app.records import judging
from app.review.case.call_questions import STILL_NOT_KNOWN
from app.review.case.recount import recount
from app.screening.rulebook import RULEBOOK
from app.screening.rules import ClinicRules
from app.screening.workflow import Outcome, Status
from tests.browsing import as_staff, post
from tests.factories import CANARY, NOW, Factory
from tests.judged import sent, unfinished
from tests.people import takes
from tests.review.acts import decide, decisions, flags, settle
from tests.review.seen import audited, cases_in, title, words

CHEMO = RULEBOOK.by_slug["chemotherapy"]


@pytest.fixture
def unsure(make: Factory, session: Session) -> Case:
    """Somebody who is not sure about chemotherapy, and left out an allergy and a blood pressure."""
    open_still = {"chemo_now": "not_sure", "steroid_allergy": None, "bp_top": None, "bp_bottom": None}
    case = sent(make, open_still)
    session.commit()
    return case


def tell(desk: FlaskClient, case: Case, **answers: object) -> TestResponse:
    """Send answers from a call; `seen` among them is the revision, when it is not today's, and `opened` the follow-ups
    that were in view, by default whatever there is.
    """
    page = {"seen": case.revision, "opened": list(INTAKE.questions)}
    return post(desk, f"/review/{case.id}/answers", **(page | answers))


def carried(desk: FlaskClient, session: Session, case: Case) -> None:
    """Decide that the person is suitable, with a condition for each thing that is not known."""
    text = desk.get(f"/review/{case.id}").text
    conditions = dict.fromkeys(
        re.findall(r'name="(condition-[^"]+)"', text), "Known before the first session"
    )
    assert conditions
    assert decide(desk, case, "suitable_with_conditions", conditions=conditions).status_code == 303
    session.expire_all()


def told(session: Session, case: Case) -> list[Amendment]:
    session.expire_all()
    found = select(Amendment).where(Amendment.case_id == case.id).order_by(Amendment.id)
    return list(session.scalars(found))


def latest(session: Session, case: Case) -> Screening:
    found = judging.latest_screening(session, case)
    assert found
    return found


def script(desk: FlaskClient, case: Case) -> str:
    """The part of the page with the phone script."""
    text = desk.get(f"/review/{case.id}").text
    return text.partition('id="ask"')[2].partition("</section>")[0]


def test_an_open_question_has_its_field_with_nothing_picked(desk: FlaskClient, unsure: Case) -> None:
    shown = script(desk, unsure)
    for name in ("chemo_now", "chemo_last", "steroid_allergy"):
        offered = re.findall(rf'name="{name}" type="radio" value="([^"]*)"( checked)?', shown)
        assert not [code for code, checked in offered if checked], name
        assert {code for code, _ in offered} & STATES == {"not_sure"}, name
    steroid = re.findall(r'name="steroid_allergy" type="radio" value="([^"]*)"', shown)
    assert steroid == ["yes", "no", "not_sure"]
    assert STILL_NOT_KNOWN in shown
    assert 'name="bp_top"' in shown
    assert "heart_attack" not in shown  # it has an answer


def test_a_scale_and_a_list_have_their_fields(desk: FlaskClient, make: Factory, session: Session) -> None:
    """What was told until now is in them: half of a scale, and the names that nobody knew."""
    scale = [2, None, 1, 2, 1, 1, 1, 0, 0]
    case = sent(make, {"scale_phq9": scale} | takes("the blue ones"))
    session.commit()
    shown = script(desk, case)
    assert re.search(r'name="scale_phq9-1" type="radio" value="2" checked', shown)
    assert not re.search(r'name="scale_phq9-2" type="radio" value="\d" checked', shown)
    assert 'name="scale_phq9-exit"' in shown
    assert re.search(r'name="medicines-0-med_name" type="text"[^>]* value="the blue ones"', shown)
    assert "not clear yet: “the blue ones”" in html.unescape(shown)
    items = {f"scale_phq9-{n}": str(score or 0) for n, score in enumerate(scale, 1)}
    named = {"medicines-0-med_name": "Sertraline", "medicines-0-med_often": "once"}
    assert tell(desk, case, **items, **named).status_code == 303
    session.expire_all()
    assert (case.to_ask_count, answers_of(session, case)["medicines"][0]["med_name"]) == (0, "Sertraline")
    shown = words(desk.get(f"/review/{case.id}"))
    assert "(was: the blue ones, Once a day)" in shown


def test_the_list_of_a_script_can_grow_and_shrink_and_nothing_typed_is_lost(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make, takes("the blue ones", "the red ones"))
    session.commit()
    typed = {f"medicines-{n}-med_name": name for n, name in enumerate(("Xanax", "the red ones"))}
    for button in ({"add": "medicines"}, {"remove": "medicines-1"}):
        response = tell(desk, case, **typed, **button)
        assert response.status_code == 200
        names = re.findall(r'name="medicines-\d-med_name" type="text"[^>]* value="([^"]*)"', response.text)
        assert names == (["Xanax", "the red ones", ""] if "add" in button else ["Xanax"])
    assert not told(session, case)


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
    assert "Until now: I'm not sure . Asked 2 March 2026, 10:30 by Clara Park: still not known" in shown
    assert re.search(r"Clara Park \S* ?Asked on a call: still not known", shown.partition("History When")[2])
    assert decide(desk, unsure, "suitable").status_code == 422


def test_an_answer_and_still_not_known_are_not_both_taken(
    desk: FlaskClient, session: Session, unsure: Case
) -> None:
    response = tell(desk, unsure, bp_top="118", **{"bp_top-exit": "not_sure"})
    assert response.status_code == 422
    assert "You gave an answer and picked “Asked: still not known”" in words(response)
    assert not told(session, unsure)


def test_each_question_is_asked_once_and_named_again_where_another_line_needs_it(
    desk: FlaskClient, unsure: Case
) -> None:
    shown = script(desk, unsure)
    assert len(re.findall(r'data-question="chemo_now"', shown)) == 1
    names = re.findall(r'data-question="([^"]+)"', shown)
    assert len(names) == len(set(names))


def test_a_line_whose_question_hangs_on_another_asks_that_one(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    """Nobody who would not say whether they had a heart attack was asked when."""
    case = sent(make, {"heart_attack": "not_sure"})
    session.commit()
    asked = re.findall(r'data-question="(heart_attack|heart_event_when)"', script(desk, case))
    assert asked == ["heart_attack", "heart_event_when"]


def test_the_page_with_the_script_has_no_id_twice_and_no_link_to_nowhere(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make, dict.fromkeys(INTAKE.questions.keys() - {"first_name", "dob"}))
    session.commit()
    text = desk.get(f"/review/{case.id}").text
    assert text.count('data-question="') > 20
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert [one for one in set(ids) if ids.count(one) > 1] == []
    for target in re.findall(r'(?:href="#| for=")([^"]+)"', text):
        assert target in ids, target


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
    assert f"Chemotherapy now No {by} (was: I'm not sure)" in shown
    assert f"Yes {by} (was: Not answered)" in shown
    assert shown.count(by) == 2
    history = shown.partition("History When")[2]
    assert re.search(
        r"Wrote down answers from a call: An allergic reaction to a steroid"
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


def test_the_case_is_judged_again_as_of_the_day_the_form_was_sent(
    app: Flask, session: Session, unsure: Case, clara: User
) -> None:
    app.config["CLOCK"] = lambda: NOW + timedelta(days=100)
    first = latest(session, unsure)
    assert tell(as_staff(app.test_client(), clara), unsure, chemo_now="no").status_code == 303
    session.expire_all()
    second = latest(session, unsure)
    assert second.id != first.id
    assert (second.on_date, second.evaluated_at) == (NOW.date(), NOW + timedelta(days=100))
    assert (second.answers_version, second.interim) == (unsure.answers_version, False)
    assert unseal(session, second, "sealed_validity")


def test_it_is_judged_by_the_clinics_own_rules(
    app: Flask, desk: FlaskClient, session: Session, unsure: Case
) -> None:
    rules = ClinicRules({"phq9-severe": {"phq9_severe": 5}})
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], own_rules=rules)
    tell(desk, unsure, chemo_now="no")
    session.expire_all()
    assert latest(session, unsure).settings_hash == rules.identity
    assert "phq9-severe" in {flag.rule for flag in flags(session, unsure, "review", "stop", "urgent", "note")}


def test_the_queue_follows(desk: FlaskClient, session: Session, unsure: Case) -> None:
    asked = unsure.to_ask_count
    tell(desk, unsure, chemo_now="yes", chemo_last="this_month")
    session.expire_all()
    assert (unsure.level_rank, unsure.open_stop_count > 0) == (1, True)
    assert unsure.to_ask_count < asked
    assert not recount(session, unsure)
    summary = unseal(session, unsure, "sealed_summary")
    assert summary["cards"][0] == CHEMO.card
    assert (summary["called"], summary["last_name"]) == ("Robin", "Ashdown")
    assert "Chemotherapy and cancer" in words(desk.get("/review/"))


def test_a_whole_call_clears_the_script(desk: FlaskClient, make: Factory, session: Session) -> None:
    skipped = (
        "chemo_now",
        "steroid_allergy",
        "heart_attack",
        "stroke",
        "liver",
        "psychosis_ever",
        "seizure_ever",
    )
    case = sent(make, dict.fromkeys(skipped))
    session.commit()
    assert case.to_ask_count >= len(skipped)
    assert tell(desk, case, **dict.fromkeys(skipped, "no")).status_code == 303
    session.expire_all()
    assert (case.to_ask_count, case.level_rank) == (0, 4)
    assert "Nothing: every safety question has an answer." in words(desk.get(f"/review/{case.id}"))


def test_what_was_settled_stays_settled(desk: FlaskClient, make: Factory, session: Session) -> None:
    case = sent(make, {"chemo_now": "yes", "chemo_last": "this_month", "steroid_allergy": None})
    session.commit()
    for flag in flags(session, case):
        settle(desk, flag, "finished", "Letter seen")
    session.expire_all()
    assert tell(desk, case, steroid_allergy="no").status_code == 303
    session.expire_all()
    assert case.open_stop_count == 0
    shown = words(desk.get(f"/review/{case.id}"))
    assert "Treatment is finished" in shown
    assert "Letter seen" in shown


def test_no_stop_flag_goes_by_a_call(desk: FlaskClient, make: Factory, session: Session) -> None:
    """What was said of the last chemotherapy is hidden by a no now: the flag it raised waits for a person."""
    case = sent(make, {"chemo_now": "not_sure", "chemo_last": "this_month"})
    session.commit()
    before = {flag.rule for flag in flags(session, case)}
    assert "chemotherapy" in before
    assert tell(desk, case, chemo_now="no").status_code == 303
    session.expire_all()
    newest = latest(session, case).id
    after = {flag.rule: flag.state for flag in flags(session, case) if flag.screening_id == newest}
    assert after == dict.fromkeys(before, "open")
    assert "An answer written down on a call since no longer raises this" in words(
        desk.get(f"/review/{case.id}")
    )
    assert decide(desk, case, "suitable").status_code == 422


def test_a_new_stop_flag_ends_the_decision_and_says_so(
    desk: FlaskClient, session: Session, unsure: Case
) -> None:
    carried(desk, session, unsure)
    assert tell(desk, unsure, chemo_now="yes").status_code == 303
    (decision,) = decisions(session, unsure)
    assert (decision.outcome, decision.invalidated_at) == (Outcome.SUITABLE_WITH_CONDITIONS, NOW)
    assert (unsure.status, unsure.queue, unsure.decision_outcome) == (
        Status.IN_REVIEW, Queue.TO_REVIEW, None
    )  # fmt: skip
    assert unsure.waiting_since == NOW
    assert cases_in(desk.get("/review/")) == [unsure.id]
    assert cases_in(desk.get("/review/?tab=decided")) == []
    (event,) = audited(session, "decision.ended")
    assert (event.case_id, event.facts) == (unsure.id, {"decision": str(decision.id)})
    shown = words(desk.get(f"/review/{unsure.id}"))
    assert "The decision “Suitable with conditions” by Clara Park no longer stands" in shown
    assert f"Answers from a call raised what has to be settled first: {CHEMO.title}." in shown
    assert "Suitable with conditions (ended by answers from a call)" in shown
    session.expire_all()
    decide(desk, unsure, "not_suitable_now")
    assert "no longer stands" not in words(desk.get(f"/review/{unsure.id}"))


def test_a_decision_stands_while_nothing_new_has_to_be_settled(
    desk: FlaskClient, session: Session, unsure: Case
) -> None:
    carried(desk, session, unsure)
    assert tell(desk, unsure, chemo_now="no").status_code == 303
    (decision,) = decisions(session, unsure)
    assert decision.invalidated_at is None
    assert (unsure.status, unsure.queue) == (Status.DECIDED, Queue.DECIDED)
    assert not audited(session, "decision.ended")
    assert "no longer stands" not in words(desk.get(f"/review/{unsure.id}"))


def test_a_case_that_waits_comes_back_for_a_new_stop_flag(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    columns: dict[str, Any] = {"status": Status.WAITING_ON_PATIENT, "queue": Queue.WAITING}
    quiet, grave = sent(make, {"chemo_now": None}, **columns), sent(make, {"chemo_now": None}, **columns)
    session.commit()
    tell(desk, quiet, chemo_now="no"), tell(desk, grave, chemo_now="yes")
    session.expire_all()
    assert (quiet.status, quiet.queue) == (Status.WAITING_ON_PATIENT, Queue.WAITING)
    assert (grave.status, grave.queue) == (Status.IN_REVIEW, Queue.TO_REVIEW)


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
    assert "What you typed for what is not open any more Chemotherapy now: Yes" in shown
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
