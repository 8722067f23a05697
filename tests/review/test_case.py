"""One case on one page: everything a clinician needs, in the patient's own words; and a note of who looked."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.models import Case, Person, User, seal, unseal
from app.questionnaire.intake import INTAKE
from app.review.case.cards import CHANGED_BY
from app.screening.prompts import read_aloud
from app.screening.rulebook import RULEBOOK
from app.screening.sources import SOURCES
from app.screening.workflow import Outcome, Status
from app.web.extensions import db
from tests.browsing import as_staff, staff
from tests.factories import CANARY, NOW, Factory
from tests.judged import sent, unfinished
from tests.people import Answers, allergic_to, mood, takes
from tests.review.seen import audited, statements, words

PLAN = {"suicide_thoughts": "often", "suicide_today": "yes"}
DISAGREE = {"scale_phq9": [0, 0, None, None, None, None, None, None, 2], "suicide_thoughts": "no"}
NOTHING: dict[str, Any] = {"because": [], "unknown": [], "ask": None}

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")


def page(desk: FlaskClient, case: Case) -> TestResponse:
    response = desk.get(f"/review/{case.id}")
    assert response.status_code == 200
    return response


def part(shown: str, start: str, end: str) -> str:
    return shown.partition(start)[2].partition(end)[0]


def test_a_flag_is_told_with_level_evidence_words_source_and_action(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make, {"chemo_now": "yes", "chemo_last": "this_month"})
    session.commit()
    rule = RULEBOOK.by_slug["chemotherapy"]
    response = page(desk, case)
    shown = part(words(response), "What stands out These flags hold until", "Settle this flag")
    assert f"Stop {rule.title}" in shown
    assert f"{rule.title} {rule.evidence.word(confirmed=False)}" in shown
    assert f"Source: {rule.evidence.word(confirmed=False)} " in shown
    assert "Chemotherapy now Yes See answer" in shown
    assert rule.rationale in shown
    assert f"Suggested: {rule.action}" in shown
    for key in rule.sources:
        assert SOURCES[key].citation in shown
    assert 'href="#answer-chemo_now"' in response.text
    assert 'id="answer-chemo_now"' in response.text


def test_a_conflict_shows_both_sides_in_the_patients_words(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    seizures = sent(make, takes("Keppra 500 mg") | {"seizure_ever": "no"})
    suicide = sent(make, {"scale_phq9": [0] * 8 + [2], "suicide_thoughts": "no"})
    session.commit()
    shown = words(page(desk, seizures))
    assert "Your medicines Keppra 500 mg See answer" in shown
    assert "A seizure or fit, even as a child No See answer" in shown
    shown = words(page(desk, suicide)).partition("Suicide answers do not agree")[2]
    assert re.search(
        r"Mood questionnaire \(PHQ-9\) 9\. Thoughts that [^:]+: More than half the days See", shown
    )
    assert "In the last month, have you thought about ending your life? No See answer" in shown


def test_flags_are_read_as_they_were_frozen(desk: FlaskClient, make: Factory, session: Session) -> None:
    case = sent(make, {"chemo_now": "yes"})
    session.commit()
    # Whatever became of the answers: a page that judged anew would now find nothing.
    seal(
        session,
        case,
        "sealed_answers",
        {"answers": {"chemo_now": "no"}, "saved": {}, "shown": [], "confirmed": []},
    )
    session.commit()
    assert "Chemotherapy now Yes See answer" in words(page(desk, case))


def test_who_it_is_stands_on_top(desk: FlaskClient, make: Factory, session: Session) -> None:
    case = sent(make, allergic_to("penicillin") | {"preferred_name": "Sam", "dob": "1969-05-03"})
    session.commit()
    shown = part(words(page(desk, case)), "Case ", "What stands out")
    assert (
        "Sam Legal name Robin Ashdown Born 3 May 1969 (56) Sex at birth Female "
        "Allergies penicillin (rash or itching, longer ago)" in shown
    )
    assert "Sam, 56, wants help with" in shown
    assert "Hopes to: Get back to the garden" in shown


def test_what_is_not_known_becomes_a_phone_script(desk: FlaskClient, make: Factory, session: Session) -> None:
    case = sent(make, {"chemo_now": "not_sure", "steroid_allergy": None})
    session.commit()
    assert case.to_ask_count > 0
    shown = part(
        words(page(desk, case)), "An answer that is missing is never taken for a no.", "Numbers No dose"
    )
    for slug in ("chemotherapy", "steroid-allergy"):
        assert RULEBOOK.by_slug[slug].title in shown
    for name, stands in (("steroid_allergy", "Not answered"), ("chemo_now", "Not sure")):
        question = INTAKE.questions[name]
        assert (
            f"{read_aloud(question)} {question.help} Yes No Asked: still not known Until now: {stands}"
            in shown
        )


def test_numbers_medicines_and_allergies(desk: FlaskClient, make: Factory, session: Session) -> None:
    case = sent(make, takes("Zoloft 50 mg") | allergic_to("latex") | mood(0, 2))
    session.commit()
    shown = words(page(desk, case))
    assert "BMI 23.4 kg/m²" in shown
    assert "Weight 65.8 kg, 145 pounds, told by patient" in shown
    assert "PHQ-9 16 of 27, moderately severe" in shown
    assert "AUDIT-C 1 of 12" in shown
    assert "No dose is worked out" in shown
    medicines = part(shown, "Medicines and allergies Medicines", "All answers")
    assert "Zoloft 50 mg" in medicines
    assert "latex" in medicines


def test_every_answer_stands_under_its_step(desk: FlaskClient, make: Factory, session: Session) -> None:
    case = sent(make, {"goals": None})
    session.commit()
    response = page(desk, case)
    shown = part(words(response), "All answers Before you start", "History When")
    for step in INTAKE.steps:
        assert step.name in f"Before you start {shown}"
    assert "What do you hope for? Not answered" in shown
    assert "Your gender Woman" in shown
    assert "Where is your pain?: Not asked" in shown
    assert "2. Feeling down, depressed, or hopeless" in shown
    for name in INTAKE.questions.keys() - {"verify_dob"}:
        assert f'id="answer-{name}"' in response.text, name


def test_a_form_that_is_not_finished_shows_what_there_is(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = unfinished(make, {"urgent_now": ["chest_pain"]}, alerts=("unwell-right-now",))
    session.commit()
    response = page(desk, case)
    shown = words(response)
    assert "Only what could not wait was checked" in shown
    assert RULEBOOK.by_slug["unwell-right-now"].title in shown
    assert "Bad chest pain" in shown
    assert "nothing can be decided yet" in shown
    assert f"/review/{case.id}/decision" not in response.text
    assert f"/review/{case.id}/settle" in response.text


def test_an_alert_whose_answer_was_changed_says_so(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make)
    screening = make.screening(case)
    flag = make.flag(screening, rule="suicide-risk-now", level="urgent", card="suicide")
    seal(session, flag, "sealed_evidence", NOTHING | {"changed": True})
    session.commit()
    shown = words(page(desk, case))
    assert "The answers no longer raise this" in shown, (
        "of earlier releases, which did not keep who changed them"
    )
    assert "The patient changed this answer since" not in shown
    for who, told in CHANGED_BY.items():
        seal(session, flag, "sealed_evidence", NOTHING | {"changed": True, "changed_by": who})
        session.commit()
        assert told in words(page(desk, case))


@pytest.mark.parametrize(
    ("rule", "first", "now", "changed", "dropped"),
    [
        ("unwell-right-now", {"urgent_now": ["chest_pain"]}, {"urgent_now": ["none"]}, True, False),
        ("unwell-right-now", {"urgent_now": ["chest_pain"]}, {}, True, False),
        ("harm-to-others", {"harm_others": "yes"}, {"harm_others": "no"}, True, False),
        ("suicide-risk-now", PLAN, PLAN | {"suicide_thoughts": "no"}, True, True),
        ("unwell-right-now", {"urgent_now": ["chest_pain"]}, {"urgent_now": ["chest_pain", "end_life"]}, False, False),
        ("harm-to-others", {"harm_others": "yes"}, {"harm_others": "yes", "goals": "Sleep"}, False, False),
        ("suicide-answers-disagree", DISAGREE, DISAGREE | mood(2), False, False),
    ],
    ids=["other", "taken back", "no", "hidden", "one more tick", "elsewhere", "another item of the scale"],
)  # fmt: skip
def test_a_flag_of_a_draft_says_that_its_answer_was_changed_and_links_only_to_what_is_there(
    desk: FlaskClient, make: Factory, session: Session, rule: str, first: Answers, now: Answers,
    changed: bool, dropped: bool,
) -> None:  # fmt: skip
    case = unfinished(make, first, alerts=(rule,))
    draft = unseal(session, case, "sealed_answers")
    kept = {name: value for name, value in draft["answers"].items() if name not in first}
    seal(session, case, "sealed_answers", draft | {"answers": kept | now})
    session.commit()
    response = page(desk, case)
    assert RULEBOOK.by_slug[rule].title in words(response)
    assert ("The patient changed this answer since" in words(response)) is changed
    assert ("Not asked any more" in words(response)) is dropped
    shown = part(response.text, 'id="answers"', 'id="history"')
    for name in re.findall(r'href="#answer-(\w+)"', response.text):
        assert f'-actions" id="answer-{name}"' in shown or f'wide" id="answer-{name}"' in shown


def test_a_healthy_person_has_nothing_that_stands_out(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make)
    session.commit()
    shown = words(page(desk, case))
    assert "Settle this flag" not in shown
    assert "“Suitable” is blocked" not in shown


def test_who_looked_is_written_down_and_told(
    desk: FlaskClient, other_desk: FlaskClient, make: Factory, session: Session, clara: User, lee: User
) -> None:
    case = sent(make)
    session.commit()
    page(desk, case), page(desk, case), page(other_desk, case)
    seen = audited(session, "case.viewed")
    assert [(one.actor_id, one.case_id, one.facts) for one in seen] == [
        (clara.id, case.id, {}), (clara.id, case.id, {}), (lee.id, case.id, {})
    ]  # fmt: skip
    history = part(words(page(desk, case)), "History When", "Judged by rulebook")
    assert re.search(
        r"Lee Moss \S+ Looked at the case .*Clara Park \S+ Looked at the case \(2 times\)", history
    )


def test_decisions_are_told_whole_and_the_ended_one_as_ended(
    desk: FlaskClient, make: Factory, session: Session, lee: User
) -> None:
    case = sent(make)
    make.decision(case, outcome=Outcome.SUITABLE, made_by=lee.id, invalidated_at=NOW + timedelta(hours=1))
    make.decision(case, outcome=Outcome.NOT_SUITABLE_NOW, made_by=lee.id)
    case.status, case.decision_outcome = Status.DECIDED, Outcome.NOT_SUITABLE_NOW
    session.commit()
    shown = words(page(desk, case)).partition(" History ")[2]
    assert re.search(
        r"Not suitable now , by Lee Moss, .*Suitable to book \(ended by a later decision\), by Lee Moss, ",
        shown,
    )
    assert f"Spoke with {CANARY}" in shown
    assert "Decide again" in shown


def test_what_a_patient_typed_is_text_and_nothing_else(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    nasty = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"
    case = sent(make, {"first_name": nasty, "goals": nasty} | takes(nasty))
    session.commit()
    response = page(desk, case)
    assert "<script>alert" not in response.text
    assert "<img" not in response.text
    assert "&lt;script&gt;alert(1)" in response.text
    assert "49" not in part(words(response), "Legal name", "Born")
    assert "<script>alert" not in desk.get("/review/").text


def test_names_and_answers_stay_out_of_what_others_read(
    desk: FlaskClient, make: Factory, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    case = sent(make, {"first_name": CANARY, "goals": CANARY, "chemo_now": "yes"})
    session.commit()
    response = page(desk, case)
    assert CANARY in response.text
    assert CANARY not in capsys.readouterr().err
    assert all(CANARY not in value for value in response.headers.values())
    assert response.headers["Cache-Control"] == "no-store"


def test_a_page_has_one_heading_and_no_id_twice(desk: FlaskClient, make: Factory, session: Session) -> None:
    case = sent(make, {"chemo_now": "yes", "steroid_allergy": "yes", "urgent_now": ["end_life"]})
    session.commit()
    text = page(desk, case).text
    assert text.count("<h1") == 1
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'href="#([^"]+)"', text):
        assert target in ids, target
    for label in re.findall(r'<label[^>]* for="([^"]+)"', text):
        assert label in ids, label


def test_a_page_asks_the_same_of_the_database_however_much_there_is(
    app: Flask, desk: FlaskClient, make: Factory, session: Session
) -> None:
    with app.app_context():
        engine = db.engine

    def asked(case: Case) -> int:
        address = f"/review/{case.id}"
        with statements(engine) as meanwhile:
            assert desk.get(address).status_code == 200
        return len(meanwhile)

    plain = sent(make)
    much = sent(make, {"chemo_now": "yes", "urgent_now": ["end_life"], "steroid_allergy": "yes"} | mood(3, 3))
    for _ in range(4):
        make.decision(much, invalidated_at=NOW)
    session.commit()
    page(desk, plain)
    assert asked(much) == asked(plain) <= 14


@pytest.mark.parametrize("path", [f"/review/{UUID(int=7)}", f"/review/{UUID(int=0)}"])
def test_a_case_that_is_not_there(desk: FlaskClient, session: Session, path: str) -> None:
    assert desk.get(path).status_code == 404
    assert not audited(session, "case.viewed")


def test_an_admin_sees_no_case(app: Flask, make: Factory, session: Session) -> None:
    case = sent(make)
    session.commit()
    desk = as_staff(app.test_client(), staff(app, make, session, "admin"))
    assert desk.get(f"/review/{case.id}").status_code == 403
    assert not audited(session, "case.viewed")


def test_nobody_elses_data_is_on_the_page(desk: FlaskClient, make: Factory, session: Session) -> None:
    case = sent(make)
    other = make.person(first_name="Somebodyelse")
    sent(make, {"first_name": "Somebodyelse"}, person=other)
    session.commit()
    assert isinstance(other, Person)
    assert "Somebodyelse" not in page(desk, case).text
