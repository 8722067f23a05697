"""The phone script has a field for each answer that is still to be had."""

import html
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.models import Case, answers_of, unseal
from app.questionnaire.answers import STATES
from app.questionnaire.intake import INTAKE
from app.review.case.call_questions import STILL_NOT_KNOWN
from tests.factories import Factory
from tests.judged import sent
from tests.people import takes
from tests.review.seen import words
from tests.review.telling import script, tell, told


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
    """What was told until now is said beside them, and is in no box: half of a scale, and the names nobody knew."""
    scale = [2, None, 1, 2, 1, 1, 1, 0, 0]
    case = sent(make, {"scale_phq9": scale} | takes("the blue ones"))
    session.commit()
    shown = script(desk, case)
    assert "8 of 9 questions answered" in shown
    assert {*re.findall(r'name="(scale_phq9-\d)"', shown)} == {"scale_phq9-2"}
    assert not re.search(r"<input[^>]* checked", shown.partition("Settle")[0])
    assert 'name="scale_phq9-exit"' in shown
    assert re.search(r'name="medicines-0-med_name" type="text"[^>]* value=""', shown)
    assert "Medicine 1, until now: the blue ones, Once a day" in shown
    assert "Not clear yet: “the blue ones”" in html.unescape(shown)
    named = {"medicines-0-med_name": "Sertraline"}
    assert tell(desk, case, **{"scale_phq9-2": "0"}, **named).status_code == 303
    session.expire_all()
    assert answers_of(session, case)["scale_phq9"] == [2, 0, 1, 2, 1, 1, 1, 0, 0]
    assert answers_of(session, case)["medicines"][0]["med_often"] == "once"
    assert (case.to_ask_count, answers_of(session, case)["medicines"][0]["med_name"]) == (0, "Sertraline")
    shown = words(desk.get(f"/review/{case.id}"))
    assert "(was: the blue ones, Once a day)" in shown


def test_the_list_of_a_script_can_grow_and_shrink_and_nothing_typed_is_lost(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make, takes("the blue ones", "the red ones"))
    session.commit()
    typed = {f"medicines-{n}-med_name": name for n, name in enumerate(("Xanax", "", "Zoloft"))}
    for button in ({"add": "medicines"}, {"remove": "medicines-2"}):
        response = tell(desk, case, **typed, **button)
        assert response.status_code == 200
        names = re.findall(r'name="medicines-\d-med_name" type="text"[^>]* value="([^"]*)"', response.text)
        assert names == (["Xanax", "", "Zoloft", ""] if "add" in button else ["Xanax", ""])
    assert not told(session, case)
    gone = {"medicines-0-med_name-exit": "gone", "medicines-1-med_name": "Zoloft"}
    assert tell(desk, case, **gone).status_code == 303
    session.expire_all()
    assert [one["med_name"] for one in answers_of(session, case)["medicines"]] == ["Zoloft"]


@pytest.mark.parametrize(
    ("beside", "says"),
    [
        ({}, "This takes the last medicine off the list"),
        ({"chest_pain_recent": "no"}, "This takes the last medicine off the list"),
        ({"medicines-exit": "not_sure"}, "or pick “Asked: still not known”, not both"),
    ],
)
def test_an_entry_that_cannot_be_taken_off_a_list_is_said_at_its_box(
    desk: FlaskClient, make: Factory, session: Session, beside: dict[str, str], says: str
) -> None:
    """An empty list is no answer: neither refused without a reason, nor dropped beside another answer."""
    case = sent(make, takes("the blue ones") | {"chest_pain_recent": "not_sure"})
    session.commit()
    name = "medicines-0-med_name-exit"
    refused = tell(desk, case, **{name: "gone"}, **beside)
    assert refused.status_code == 422
    assert says in words(refused)
    assert "Pick an answer for at least one" not in words(refused)
    assert f'href="#{name}"' in refused.text
    assert re.search(rf'id="{name}"[^>]*checked', refused.text)
    assert not told(session, case)


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


def test_one_item_of_a_list_is_told_and_the_others_stay_unknown(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make, {"other_any": "yes", "other_list": ["not_sure"]})
    session.commit()
    before = case.to_ask_count
    shown = script(desk, case)
    assert 'name="other_list-porphyria"' in shown
    assert 'name="other_list"' not in shown
    refused = tell(desk, case, other_list=["porphyria"])
    assert (refused.status_code, "cannot be changed here" in words(refused)) == (409, True)
    assert (
        tell(desk, case, **{"other_list-porphyria": "no", "other_list-adrenal": "not_sure"}).status_code
        == 303
    )
    session.expire_all()
    assert answers_of(session, case)["other_list"] == {"porphyria": "no"}
    (made,) = told(session, case)
    assert unseal(session, made, "sealed_answers")["asked"] == ["other_list-adrenal"]
    assert case.to_ask_count == before - 1
    assert 'name="other_list-porphyria"' not in script(desk, case)
    assert tell(desk, case, **{"other_list-muscle": "yes"}).status_code == 303
    session.expire_all()
    assert answers_of(session, case)["other_list"] == {"porphyria": "no", "muscle": "yes"}
    text = words(desk.get(f"/review/{case.id}"))
    assert "Porphyria: No; Myasthenia or muscle illness: Yes" in text
    assert "Which other illness?: Adrenal tumor" in text


def test_what_was_not_asked_is_not_stored_as_told(desk: FlaskClient, make: Factory, session: Session) -> None:
    """A reading that is out of date is said on the page, and another day comes with its own numbers."""
    case = sent(make, {"bp_top": 190, "bp_bottom": 125, "bp_when": "month", "chemo_now": None})
    session.commit()
    assert tell(desk, case, chemo_now="no").status_code == 303
    (made,) = told(session, case)
    assert unseal(session, made, "sealed_answers")["answers"] == {"chemo_now": "no"}
    session.expire_all()
    half = tell(desk, case, bp_when="week")
    assert "Write down the whole new reading" in words(half)
    assert tell(desk, case, bp_when="week", bp_top="150", bp_bottom="90").status_code == 303
    assert answers_of(session, case)["bp_bottom"] == 90
