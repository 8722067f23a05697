"""What is told on a call is judged with the form, and may end a decision."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.models import Case, Queue, User, unseal
from app.review.case.recount import recount
from app.screening.rulebook import RULEBOOK
from app.screening.rules import ClinicRules
from app.screening.workflow import Outcome, Status
from tests.browsing import as_staff
from tests.factories import NOW, Factory
from tests.judged import sent
from tests.review.acts import decide, decisions, flags, settle
from tests.review.seen import audited, cases_in, words
from tests.review.telling import carried, latest, tell

CHEMO = RULEBOOK.by_slug["chemotherapy"]


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
