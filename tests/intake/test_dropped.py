"""Answers that a changed answer hides: named before they are lost, kept until then, and gone once it is sent."""

import pytest

from app.questionnaire.intake import INTAKE
from tests.browsing import as_staff, post
from tests.export.taking import rows
from tests.factories import CANARY, Factory
from tests.intake.patient import Patient, Seen
from tests.people import HEALTHY, Answers, but, mood

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")

UNSIGNED = but(HEALTHY, {"agree_screen": None, "sign_name": None})
SEIZURES = {"seizure_ever": "yes", "seizure_last": "month", "seizure_cause": ["epilepsy"]}
SAID = "You changed an answer, so we will not send these"
WHEN = "Your last seizure?"


def changed(patient: Patient, page_id: str, before: Answers, after: Answers) -> Seen:
    """The check page of somebody who told one thing, went back to its page and told another."""
    patient.have(UNSIGNED | before)
    patient.clock.wait(seconds=30)
    assert patient.save(page_id, UNSIGNED | after).status == 303
    return patient.open("/intake/sign")


def test_nothing_is_said_when_nothing_is_lost(patient: Patient) -> None:
    patient.have(UNSIGNED)
    assert "not send" not in patient.open("/intake/sign").words
    patient.have(UNSIGNED | SEIZURES)
    assert "not send" not in patient.open("/intake/sign").words


def test_the_check_page_names_what_is_lost_and_leads_to_what_hid_it(patient: Patient) -> None:
    seen = changed(patient, "head", SEIZURES, {"seizure_ever": "no"})
    assert SAID in seen.words
    said = seen.words[seen.words.index(SAID) : seen.words.index("Before you start")]
    assert WHEN in said
    assert said.count("Change") == 2, "two answers are lost"
    assert "seizure" in seen.links["/intake/head#seizure_ever"]
    assert "seizure" not in seen.title.lower()


PAIN = {"reasons": ["pain"], "pain_sites": ["back"], "back_warning": "no"}
THOUGHTS = {"suicide_thoughts": "often", "suicide_today": "no", "suicide_plan": "no", "callback": "visit"}


@pytest.mark.parametrize(
    ("page_id", "before", "after", "link"),
    [
        ("head", SEIZURES, {"seizure_ever": "not_sure"}, "/intake/head#seizure_ever"),
        ("reasons", PAIN, {"reasons": ["anxiety"]}, "/intake/reasons#reasons"),
        ("reasons", PAIN, {"reasons": ["not_sure"]}, "/intake/reasons#reasons"),
        ("phq9", mood(2) | {"callback": "visit"}, mood(0), "/intake/phq9#scale_phq9-1"),
        (
            "suicide",
            THOUGHTS,
            {"suicide_thoughts": "rather_not"},
            "/intake/suicide#suicide_thoughts",
        ),
    ],
    ids=["not sure", "two deep", "two deep and not sure", "a score", "one of many, and left open"],
)
def test_whatever_hid_it_is_one_link_away(
    patient: Patient, page_id: str, before: Answers, after: Answers, link: str
) -> None:
    seen = changed(patient, page_id, before, after)
    assert SAID in seen.words
    assert "Because of your answer to" in seen.words
    assert "No longer asked" not in seen.words, "each has its way back"
    assert {place for place in seen.links if place.startswith("/intake/") and "#" in place} == {link}


def test_what_was_left_to_a_talk_was_not_answered(patient: Patient) -> None:
    patient.have(UNSIGNED, saved={page.id: 1 for page in INTAKE.pages if page.id != "suicide"})
    patient.save("suicide", ask_me="yes")
    assert patient.draft.answers["suicide_today"] == "ask_me"
    assert "not send" not in patient.open("/intake/sign").words
    patient.sign()
    assert patient.facts("intake.submitted")[0]["dropped"] == 0


def test_it_comes_back_with_the_answer_that_hid_it(patient: Patient) -> None:
    changed(patient, "head", SEIZURES, {"seizure_ever": "no"})
    patient.save("head", UNSIGNED | SEIZURES)
    seen = patient.open("/intake/sign")
    assert SAID not in seen.words
    assert "Epilepsy" in seen.words
    assert patient.sign().status == 303
    assert {name: patient.draft.answers[name] for name in SEIZURES} == SEIZURES
    assert patient.facts("intake.submitted")[0]["dropped"] == 0


def test_what_is_lost_is_in_nothing_that_is_sent(patient: Patient) -> None:
    left = SEIZURES | {"reasons": ["other"], "reason_other": f"{CANARY} told in confidence"}
    patient.have(UNSIGNED | left)
    assert CANARY in patient.open("/intake/sign").words
    for page_id in ("reasons", "head"):
        assert patient.save(page_id, UNSIGNED).status == 303
    assert SAID in patient.open("/intake/sign").words
    assert CANARY in str(patient.draft.answers), "kept until it is sent"
    assert patient.sign().status == 303
    assert patient.facts("intake.submitted")[0]["dropped"] == 3
    assert CANARY not in str(patient.draft)
    assert not {"reason_other", "seizure_last", "seizure_cause"} & patient.draft.answers.keys()
    assert not patient.flags()
    for copy in (patient.client.get("/intake/copy"), post(patient.client, "/intake/copy.json")):
        assert "Robin" in copy.text
        assert CANARY not in copy.text
        assert "pilepsy" not in copy.text
    admin = Factory(patient.session).user("admin")
    patient.session.commit()
    (row,) = rows(as_staff(patient.client.application.test_client(), admin))
    assert row["reason_other"] == row["seizure_last"] == "not_shown"
    assert CANARY not in str(row)


def test_an_alert_from_an_answer_that_is_hidden_later_stays_raised_and_marked(patient: Patient) -> None:
    thoughts = THOUGHTS | {"suicide_today": "yes"}
    patient.have(UNSIGNED)
    patient.save("suicide", UNSIGNED | thoughts)
    assert patient.save("suicide_more", UNSIGNED | thoughts).path == "/intake/help/crisis_now"
    raised = patient.flags()["suicide-risk-now"]
    patient.send("/intake/help/crisis_now", answer="carry_on")
    patient.save("suicide", UNSIGNED)
    assert "/intake/suicide#suicide_thoughts" in patient.open("/intake/sign").links
    assert patient.sign().status == 303
    assert "suicide_today" not in patient.draft.answers
    assert patient.flags()["suicide-risk-now"] == raised | {"changed": True, "changed_by": "patient"}
    assert patient.facts("intake.submitted")[0]["dropped"] == 3
