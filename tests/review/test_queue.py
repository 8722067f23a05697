"""The queue: who is next, and why; and what passers-by may not read there."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from app.core.access import Actor, Permission
from app.models import Case, Queue, User, seal
from app.review.queue import overview, queries
from app.screening.workflow import Outcome, Status
from app.web.extensions import db
from tests.acts import act
from tests.factories import CANARY, NOW, Factory
from tests.judged import sent, unfinished
from tests.people import mood, takes
from tests.review.seen import audited, cases_in, statements, title, words


def in_line(make: Factory, rank: int, waited: int, **columns: Any) -> Case:
    return make.case(level_rank=rank, waiting_since=NOW - timedelta(minutes=waited), **columns)


def engine_of(app: Flask) -> Engine:
    with app.app_context():
        return db.engine


def test_strongest_level_first_then_longest_waiting(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    late, note, stop, early, urgent, unknown = (
        in_line(make, 3, 10), in_line(make, 4, 900), in_line(make, 1, 5), in_line(make, 3, 60), in_line(make, 0, 1),
        in_line(make, 2, 3),
    )  # fmt: skip
    session.commit()
    response = desk.get("/review/")
    assert cases_in(response) == [case.id for case in (urgent, stop, unknown, early, late, note)]
    assert re.findall(r"Urgent|Stop|Not known|Review", words(response).partition("Owner")[2])[:5] == [
        "Urgent", "Stop", "Not known", "Review", "Review"
    ]  # fmt: skip


@pytest.mark.parametrize("tab", ["to_review", "unfinished"])
def test_what_cannot_be_read_is_on_top_of_the_whole_list(
    desk: FlaskClient, make: Factory, session: Session, monkeypatch: pytest.MonkeyPatch, tab: str
) -> None:
    """Also one that stands on a later page: nobody would look there for what stands first."""
    monkeypatch.setattr(queries, "PAGE", 3)
    columns = {"status": Status.DRAFT, "queue": Queue.UNFINISHED} if tab == "unfinished" else {}
    cases = sorted(
        (in_line(make, rank, 5, **columns) for rank in (1, 2, 2, 3, 3, 4, 4, 4)),
        key=lambda case: (case.level_rank, case.id),
    )
    for case in cases:
        seal(session, case, "sealed_summary", {"called": "Anna", "last_name": CANARY})
    last = cases[-1]
    assert last.sealed_summary is not None
    last.sealed_summary = last.sealed_summary[:-1] + bytes([last.sealed_summary[-1] ^ 1])
    session.commit()
    response = desk.get(f"/review/?tab={tab}")
    assert cases_in(response) == [last.id, *(case.id for case in cases[:3])]
    assert f"Case {last.id.hex[-8:].upper()} Cannot be read" in words(response)
    assert str(last.id) in audited(session, "queue.viewed")[-1].facts["cases"]
    following = desk.get(f"/review/?tab={tab}&after={cases[2].id}")
    assert cases_in(following) == [case.id for case in cases[3:6]], "nothing is left out by it"


def test_every_case_is_on_exactly_one_page(
    desk: FlaskClient, make: Factory, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 3)
    made = {in_line(make, rank, waited).id for rank in (1, 2, 3) for waited in (5, 5, 8)}
    session.commit()
    found: list[UUID] = []
    address = "/review/"
    for _ in range(4):
        response = desk.get(address)
        found += cases_in(response)
        further = re.search(r'href="(/review/\?[^"]+)" rel="next"', response.text)
        if further is None:
            break
        address = further.group(1).replace("&amp;", "&")
    assert len(found) == len(set(found))
    assert set(found) == made


@pytest.mark.parametrize("tab", ["unfinished", "decided"])
def test_the_other_lists_can_be_paged_too(
    desk: FlaskClient, make: Factory, session: Session, monkeypatch: pytest.MonkeyPatch, tab: str
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    if tab == "unfinished":
        made = [unfinished(make).id for _ in range(5)]
    else:
        made = [make.decision(make.case(status=Status.DECIDED)).case_id for _ in range(5)][::-1]
    session.commit()
    found = cases_in(desk.get(f"/review/?tab={tab}"))
    while len(found) < 5:
        more = cases_in(desk.get(f"/review/?tab={tab}&after={found[-1]}"))
        assert more
        found += more
    assert found == made


def test_decided_cases_tell_what_was_decided_newest_first(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    first = make.decision(make.case(status=Status.DECIDED), invalidated_at=NOW).case_id
    other = make.decision(make.case(status=Status.DECIDED)).case_id
    case = session.get_one(Case, first)
    case.decision_outcome = Outcome.NOT_SUITABLE_NOW
    make.decision(case, outcome=Outcome.NOT_SUITABLE_NOW)
    session.commit()
    response = desk.get("/review/?tab=decided")
    assert cases_in(response) == [first, other]
    assert "Not suitable now" in words(response)


def test_the_tabs_count_up_to_99(
    desk: FlaskClient, make: Factory, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overview, "COUNTED", 3)
    for _ in range(4):
        make.case()
    make.case(status=Status.DECIDED), unfinished(make), unfinished(make)
    session.commit()
    shown = words(desk.get("/review/"))
    assert "To review 2+ Waiting 0 Decided 1 Not finished 2" in shown
    for tab, told in {"to_review": 1, "waiting": 0, "decided": 0, "unfinished": 1}.items():
        assert words(desk.get(f"/review/?tab={tab}")).count("and counts in both") == told


def test_the_urgent_strip_is_on_every_list_and_gone_when_nobody_is(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    assert "waiting longest first" not in words(desk.get("/review/?tab=decided"))
    for minutes in (12, 30, 5, 3, 1):
        in_line(make, 0, minutes)
    session.commit()
    for tab in ("to_review", "decided", "unfinished", "waiting"):
        strip = words(desk.get(f"/review/?tab={tab}")).partition("To review")[0]
        assert "5 people, waiting longest first" in strip
        assert "waiting 30 minutes" in strip
        assert re.search(r"Newest: [^,]*, waiting 1 minute\b", strip)
        assert "and 1 more in between" in strip


def test_a_form_that_alerts_stands_in_the_queue_marked_not_finished(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = unfinished(
        make, {"urgent_now": ["end_life"], "sex_at_birth": "female"}, alerts=("suicide-risk-now",)
    )
    session.commit()
    response = desk.get("/review/")
    assert cases_in(response) == [case.id]
    assert "Robin A." in words(response)
    assert "Not finished" in words(response).partition("Owner")[2]
    assert "Safety" in words(response)


def test_an_urgent_form_is_among_the_unfinished_too_and_stands_first(
    desk: FlaskClient, make: Factory, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    plain = [unfinished(make).id for _ in range(3)]
    urgent = unfinished(make, {"urgent_now": ["end_life"]}, alerts=("suicide-risk-now",))
    sent(make)
    session.commit()
    first = desk.get("/review/?tab=unfinished")
    assert cases_in(first) == [urgent.id, plain[0]]
    assert "Not finished 4" in words(first)
    assert cases_in(desk.get(f"/review/?tab=unfinished&after={plain[0]}")) == plain[1:]
    assert urgent.id in cases_in(desk.get("/review/"))


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)  # PostgreSQL reads a small table whole
@pytest.mark.parametrize("queue", [Queue.TO_REVIEW, Queue.WAITING, Queue.UNFINISHED])
def test_a_page_of_a_list_is_read_in_the_order_of_an_index(
    session: Session, make: Factory, queue: Queue
) -> None:
    clinician = Actor("staff", None, frozenset({Permission.REVIEW}))
    query = queries.query_of(act(session, clinician), queue, None).compile(
        compile_kwargs={"literal_binds": True}
    )
    plan = " ".join(row.detail for row in session.execute(text(f"EXPLAIN QUERY PLAN {query}")))
    # In a row, what a line needs stands behind the answers, on other pages of the file.
    index = "INDEX ix_case_unfinished" if queue is Queue.UNFINISHED else "COVERING INDEX ix_case_listed"
    assert f"USING {index}" in plan
    assert "TEMP B-TREE" not in plan


def test_nothing_private_is_in_a_list(desk: FlaskClient, make: Factory, session: Session) -> None:
    changes = mood(3, 3) | takes("oxycodone", "ketamine") | {
        "reasons": ["opioids", "depression"], "suicide_thoughts": "often", "suicide_today": "yes", "opioid_ever": "yes",
        "ketamine_before": ["no_prescription"], "drugs_used": ["cocaine"], "harm_others": "yes",
    }  # fmt: skip
    sent(make, changes | {"first_name": "Robin", "last_name": CANARY, "preferred_name": None})
    session.commit()
    shown = words(desk.get("/review/")).casefold()
    listed = shown.partition("owner")[2].partition("need help now")[0]
    assert "safety" in listed
    assert "substances" in listed
    assert f"robin {CANARY[0].casefold()}. , 35" in listed
    for word in (
        *("suicid", "self-harm", "harm", "opioid", "oxycodone", "ketamine", "cocaine", "alcohol", "drug"),
        *("female", "male", "woman", CANARY.casefold(), "1990", "555 010 0199", "robin@example.com"),
    ):
        assert word not in listed, word


def test_titles_and_addresses_name_nobody(desk: FlaskClient, make: Factory, session: Session) -> None:
    case = make.case()
    session.commit()
    assert title(desk.get("/review/")) == "Review queue – Oak Street Clinic"
    assert title(desk.get(f"/review/{case.id}")) == f"Case {case.id.hex[-8:].upper()} – Oak Street Clinic"


def test_two_people_of_one_name_are_marked(desk: FlaskClient, make: Factory, session: Session) -> None:
    sent(make), sent(make), sent(make, {"first_name": "Kit"})
    session.commit()
    shown = words(desk.get("/review/"))
    assert shown.count("Same name: check birth date") == 2


def test_up_to_three_cards_are_named(desk: FlaskClient, make: Factory, session: Session) -> None:
    case = make.case(level_rank=1)
    cards = ["cancer", "seizures", "opioids", "substances", "heart", "liver"]
    summary = {"called": "Ana", "last_name": None, "dob": None, "wants": ["pain"], "cards": cards}
    seal(session, case, "sealed_summary", summary)
    session.commit()
    shown = words(desk.get("/review/"))
    assert "Chemotherapy and cancer; Seizures and convulsions; Substances +2 Wants Pain" in shown


def test_who_saw_whom_is_written_down(
    desk: FlaskClient, make: Factory, session: Session, clara: User
) -> None:
    urgent, other, elsewhere = in_line(make, 0, 1), in_line(make, 2, 1), unfinished(make)
    session.commit()
    desk.get("/review/")
    desk.get("/review/?tab=unfinished")
    first, second = audited(session, "queue.viewed")
    assert first.facts == {"queue": "to_review", "cases": [str(urgent.id), str(other.id)]}
    assert second.facts == {"queue": "unfinished", "cases": [str(elsewhere.id), str(urgent.id)]}
    assert (first.actor_kind, first.actor_id) == ("staff", clara.id)


def test_a_list_costs_the_same_however_long_it_is(
    app: Flask, desk: FlaskClient, make: Factory, session: Session
) -> None:
    def asked() -> int:
        with statements(engine_of(app)) as sent_meanwhile:
            assert desk.get("/review/").status_code == 200
        return len(sent_meanwhile)

    for _ in range(60):
        in_line(make, 2, 1)
    session.commit()
    asked()  # the first event of a process reads which is the last
    few = asked()
    for number in range(75):
        in_line(make, number % 4, number, owner_id=make.user().id)
    session.commit()
    assert asked() == few <= 6


def test_the_list_opens_no_answers(app: Flask, desk: FlaskClient, make: Factory, session: Session) -> None:
    case = make.case()
    case.sealed_answers = b"nothing that opens"
    session.commit()
    with statements(engine_of(app)) as sent_meanwhile:
        assert desk.get("/review/").status_code == 200
    assert not any("sealed_answers" in statement for statement in sent_meanwhile)


@pytest.mark.parametrize(
    "query", ["tab=everything", "tab=", "after=1", "after=x%27--", "tab=decided&after=0"]
)
def test_addresses_that_are_none_are_refused(desk: FlaskClient, query: str) -> None:
    assert desk.get(f"/review/?{query}").status_code == 400


def test_a_place_that_is_gone_begins_again(desk: FlaskClient, make: Factory, session: Session) -> None:
    case = make.case()
    session.commit()
    assert cases_in(desk.get(f"/review/?after={uuid4()}")) == [case.id]


def test_looking_changes_nothing_but_the_log(desk: FlaskClient, make: Factory, session: Session) -> None:
    case = sent(make, {"chemo_now": "yes"})
    session.commit()
    before = (case.revision, case.status, case.queue, case.owner_id, case.updated_at)
    for path in ("/review/", "/review/?tab=decided", f"/review/{case.id}"):
        assert desk.get(path).status_code == 200
    session.expire_all()
    assert (case.revision, case.status, case.queue, case.owner_id, case.updated_at) == before
    assert [case.queue] == session.scalars(select(Case.queue)).all() == [Queue.TO_REVIEW]


@pytest.mark.parametrize("state", ["failed", "unsure"])
def test_an_alert_that_did_not_reach_who_is_on_call_is_told_until_somebody_takes_the_case(
    desk: FlaskClient, clara: User, make: Factory, session: Session, state: str
) -> None:
    case = make.case()
    make.mail(kind="alert", invitation_id=None, case_id=case.id, state=state, ended_at=NOW, due_at=NOW)
    other = make.case()
    make.mail(kind="alert", invitation_id=None, case_id=other.id, state="sent", ended_at=NOW, due_at=NOW)
    session.commit()
    shown = desk.get("/review/").text
    assert "An alert did not reach whoever is on call" in shown
    assert f"Case {case.id.hex[-8:].upper()}" in shown
    assert f"Case {other.id.hex[-8:].upper()}" not in shown
    case.owner_id = clara.id
    session.commit()
    assert "did not reach" not in desk.get("/review/").text


def test_a_line_says_which_form_it_is_and_two_forms_of_one_person_are_not_two_people(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    first = sent(make)
    sent(make, person=first.person, kind="checkin", follows_id=first.id)
    session.commit()
    shown = desk.get("/review/").text
    assert shown.count("Check-in</strong>") == 1
    assert "Same name" not in shown
