"""A call asked for in danger: by which number, when, and what every later page says of it."""

import json
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.models import Delivery, Mail, unseal
from app.records.identity import identity_of
from tests.intake.conftest import SATURDAY
from tests.intake.patient import Patient, Seen
from tests.people import HEALTHY, but, mood

CRISIS = "/intake/help/crisis_now"
MONDAY_9 = "when we open, Monday 9 am"
DANGER = {
    "suicide_thoughts": "often",
    "suicide_today": "yes",
    "suicide_plan": "yes",
    "callback": "today",
} | mood(3)


def in_danger(patient: Patient) -> Seen:
    """The first answer of danger, and the help page that it brings up."""
    assert patient.save("right_now", {"urgent_now": ["end_life"]}).path == CRISIS
    return patient.open(CRISIS)


def test_without_a_number_the_page_asks_for_one_and_promises_nothing(closed: Patient) -> None:
    seen = in_danger(closed)
    assert {"first_name", "phone"} <= seen.boxes
    assert "So that we can call, tell us a first name and a phone number." in seen.words
    assert "told our team" not in seen.words
    assert "We will" not in seen.words


def test_closed_it_offers_when_you_open_and_never_today(closed: Patient) -> None:
    seen = in_danger(closed)
    assert "Yes, when you open, Monday 9 am" in seen.words
    assert "today if you can" not in seen.words


def test_open_it_offers_today(patient: Patient) -> None:
    seen = in_danger(patient)
    assert "Yes, today if you can" in seen.words
    assert "when you open" not in seen.words
    patient.send(CRISIS, answer="carry_on", callback="today", first_name="Robin", phone="555 010 0199")
    assert "We will call you today on 555 010 0199." in patient.open(CRISIS).words


def test_a_call_needs_a_number_and_nothing_typed_is_lost(closed: Patient) -> None:
    in_danger(closed)
    seen = closed.send(CRISIS, answer="carry_on", callback="when_open", first_name="Robin", phone="")
    assert seen.status == 422
    assert seen.problems == [("Enter your phone number, or pick “I have no phone”", "phone")]
    assert seen.values["first_name"] == ["Robin"]
    assert seen.values["callback"] == ["when_open"]
    seen = closed.send(CRISIS, answer="stop", callback="when_open", first_name="Robin", phone="555")
    assert (seen.status, seen.values["phone"]) == (422, ["555"])
    assert closed.send(CRISIS, answer="carry_on", callback="no").path == "/intake/begin", "never a dead end"


@pytest.mark.parametrize(("answer", "goes"), [("carry_on", "/intake/begin"), ("stop", "/intake/saved")])
@pytest.mark.parametrize("typed", ["555", "my old one", "x" * 300, ""])
def test_a_number_that_cannot_be_called_is_shown_with_its_message_once_and_holds_nobody_up(
    closed: Patient, typed: str, answer: str, goes: str
) -> None:
    in_danger(closed)
    fields = {"answer": answer, "callback": "when_open", "first_name": "Robin", "phone": typed}
    seen = closed.send(CRISIS, fields)
    assert (seen.status, len(seen.problems)) == (422, 1)
    assert seen.values["phone"] == [typed]
    assert {"tel:911", "tel:988", "sms:988"} <= seen.links.keys()
    assert "You can go on without it." in seen.words
    again = closed.open(CRISIS)
    assert (again.values["phone"], again.problems) == ([typed], seen.problems), "for whoever comes back"
    assert closed.draft.answers["callback"] == "when_open", "nothing that was picked is lost"
    assert "We will call" not in closed.open("/intake/saved").words
    seen = closed.send(CRISIS, fields)
    assert (seen.status, seen.path) == (303, goes)
    for page in ("/intake/saved", "/intake/", CRISIS):
        assert (
            "we do not have your number. Please call us on 555 010 0100. We are closed until 9 am on Monday."
            in closed.open(page).words
        )
    closed.clock.now = SATURDAY + timedelta(days=2)
    closed.start()
    assert "We are closed" not in closed.open("/intake/saved").words


@pytest.mark.parametrize(("answer", "goes"), [("carry_on", "/intake/begin"), ("stop", "/intake/saved")])
@pytest.mark.parametrize("wish", [{"callback": "no"}, {}], ids=["no, thank you", "no wish"])
@pytest.mark.parametrize("typed", ["555", "my old one", "x" * 300, ""])
def test_without_a_wish_to_be_called_no_number_holds_anybody_up_and_what_was_typed_is_kept(
    closed: Patient, typed: str, wish: dict[str, str], answer: str, goes: str
) -> None:
    in_danger(closed)
    seen = closed.send(CRISIS, wish, answer=answer, first_name="Robin", phone=typed)
    assert (seen.status, seen.path) == (303, goes)
    assert closed.open(CRISIS).values["phone"] == [typed]
    assert closed.draft.answers["first_name"] == "Robin"
    assert closed.draft.queued_help == []


def test_whom_to_call_stands_above_what_is_to_be_mended_and_keeps_the_focus(closed: Patient) -> None:
    in_danger(closed)
    wrong = {"callback": "when_open", "first_name": "Robin", "phone": "555"}
    for seen in (closed.send(CRISIS, wrong, answer="carry_on"), closed.open(CRISIS)):
        assert seen.title.startswith("Error:")
        summary = seen.html.index('class="nhsuk-error-summary"')
        for number in ("tel:911", "tel:988", "sms:988"):
            assert seen.html.index(f'href="{number}') < summary < seen.html.index('id="answers"')
        assert seen.html.count('class="nhsuk-error-summary"') == 1
        assert "autofocus" not in seen.html


def test_a_number_that_cannot_take_the_place_of_one_that_is_known_holds_nobody_up(closed: Patient) -> None:
    in_danger(closed)
    closed.send(CRISIS, answer="carry_on", callback="when_open", first_name="Robin", phone="555 010 0199")
    seen = closed.send(CRISIS, answer="carry_on", phone="12")
    assert (seen.status, seen.values["phone"]) == (422, ["12"])
    assert f"We will call you on 555 010 0199 {MONDAY_9}." in seen.words
    assert closed.send(CRISIS, answer="carry_on", phone="12").path == "/intake/begin"
    assert closed.draft.answers["phone"] == "555 010 0199"


def test_a_call_is_confirmed_with_its_number_and_time_before_the_page_is_left(closed: Patient) -> None:
    in_danger(closed)
    posted = closed.send(
        CRISIS, answer="carry_on", callback="when_open", first_name="Robin", phone="555 010 0199"
    )
    assert (posted.status, posted.path) == (303, CRISIS)
    seen = closed.open(CRISIS)
    assert f"We will call you on 555 010 0199 {MONDAY_9}." in seen.words
    assert (
        "We have told our team. We are closed until 9 am on Monday, and may not see this before then"
        in seen.words
    )
    assert "Change the number" in seen.words
    assert closed.send(CRISIS, answer="carry_on").path == "/intake/begin"


def test_name_and_number_are_the_forms_own_answers_and_the_persons(closed: Patient) -> None:
    in_danger(closed)
    closed.send(CRISIS, answer="carry_on", callback="when_open", first_name="Robin", phone="555 010 0199")
    assert closed.draft.answers["first_name"] == "Robin"
    assert closed.draft.answers["phone"] == "555 010 0199"
    assert closed.open("/intake/you").values["first_name"] == ["Robin"]
    case = closed.case
    assert unseal(closed.session, case, "sealed_summary")["called"] == "Robin"
    assert identity_of(closed.session, case.person)["phone"] == "555 010 0199"
    words = [one["words"] for one in closed.flags()["call-wanted-today"]["because"]]
    assert words == ["Yes, when you open"], "what the clinician reads was promised"


def test_the_number_can_be_changed_there(closed: Patient) -> None:
    in_danger(closed)
    closed.send(CRISIS, answer="carry_on", callback="when_open", first_name="Robin", phone="555 010 0199")
    again = closed.send(CRISIS, answer="carry_on", phone="555 010 0111")
    assert again.path == CRISIS
    assert f"We will call you on 555 010 0111 {MONDAY_9}." in closed.open(CRISIS).words


def test_today_asked_for_after_closing_is_kept_as_when_the_clinic_opens(closed: Patient) -> None:
    in_danger(closed)
    closed.send(CRISIS, answer="carry_on", callback="today", first_name="Robin", phone="555 010 0199")
    assert closed.draft.answers["callback"] == "when_open"


def test_stopping_keeps_the_help_and_what_was_asked_for(closed: Patient) -> None:
    in_danger(closed)
    left = closed.send(CRISIS, answer="stop", callback="when_open", first_name="Robin", phone="555 010 0199")
    assert left.path == "/intake/saved"
    seen = closed.open("/intake/saved")
    assert {"tel:911", "tel:988", "sms:988"} <= seen.links.keys()
    assert f"We will call you on 555 010 0199 {MONDAY_9}." in seen.words
    assert seen.words.index("If you need help now") < seen.words.index("You can close this page")


def test_a_call_picked_on_a_page_of_the_form_is_confirmed_too(closed: Patient) -> None:
    closed.have(HEALTHY | DANGER | {"callback": "no"}, seen_help=["crisis_now", "crisis_support"])
    closed.save("suicide_more", HEALTHY | DANGER | {"callback": "no"})
    assert "Yes, when you open, Monday 9 am" in closed.open("/intake/suicide_more").words
    assert "today if you can" not in closed.open("/intake/suicide_more").words
    assert closed.save("suicide_more", HEALTHY | DANGER | {"callback": "when_open"}).path == CRISIS
    assert MONDAY_9 in closed.open(CRISIS).words


def test_a_promise_is_not_said_to_be_kept_when_nobody_was_reached(closed: Patient) -> None:
    in_danger(closed)
    closed.send(CRISIS, answer="carry_on", callback="when_open", first_name="Robin", phone="555 010 0199")
    for mail in closed.session.scalars(select(Mail).where(Mail.case_id == closed.case_id)):
        mail.state, mail.tries = Delivery.WAITING, 1
    seen = closed.open(CRISIS)
    assert "told our team" not in seen.words
    assert (
        "We could not reach our team yet. Please call us on 555 010 0100. We are closed until 9 am on Monday."
        in seen.words
    )


def test_a_promise_whose_time_has_passed_says_what_to_do(closed: Patient) -> None:
    in_danger(closed)
    closed.send(CRISIS, answer="stop", callback="when_open", first_name="Robin", phone="555 010 0199")
    closed.start()
    for mail in closed.session.scalars(select(Mail).where(Mail.case_id == closed.case_id)):
        mail.state, mail.ended_at = Delivery.SENT, closed.clock.now
    closed.session.commit()
    closed.clock.wait(days=3)
    closed.start()
    seen = closed.open("/intake/saved")
    assert "If no one has called yet, please call us on 555 010 0100." in seen.words
    assert "We will call" not in seen.words


@pytest.mark.parametrize("moment", [SATURDAY, SATURDAY - timedelta(days=5)], ids=["closed", "open"])
def test_after_sending_somebody_in_danger_finds_numbers_first_and_no_next_step(
    someone: Patient, moment: datetime
) -> None:
    someone.clock.now = moment
    someone.start()
    someone.save("phq9", HEALTHY | mood(3))
    someone.have(
        but(HEALTHY | DANGER, {"agree_screen": None, "sign_name": None}),
        seen_help=["crisis_now", "crisis_support"],
    )
    someone.save("suicide_more", HEALTHY | DANGER | {"callback": "visit"})
    someone.save("suicide_more", HEALTHY | DANGER)
    someone.send(CRISIS, answer="carry_on")
    assert someone.sign().path == "/intake/confirmation"
    seen = someone.open("/intake/confirmation")
    assert seen.heading == "We have your answers"
    assert {"tel:911", "tel:988"} <= seen.links.keys()
    assert "We will call you" in seen.words
    assert seen.words.index("We will call you") < seen.words.index("What happens next")
    assert "Getting ready" not in seen.words
    assert "whether this treatment is right" not in seen.words
    copy = someone.open("/intake/copy")
    assert {"tel:911", "tel:988"} <= copy.links.keys()
    told = json.loads(someone.send("/intake/copy.json").html)
    assert told["help"].startswith("If you need help now, call 911.")
    assert "when you open" not in told["help"], "it is the same for everybody"


def test_a_copy_says_the_same_of_help_whoever_it_is_of(patient: Patient) -> None:
    patient.have(but(HEALTHY, {"agree_screen": None, "sign_name": None}))
    patient.sign()
    assert "If you need help now, call 911." in patient.open("/intake/copy").words
    done = patient.open("/intake/confirmation")
    assert done.heading == "We have your health check"
    assert "Getting ready" in done.words
    assert "If you need help now" not in done.words


def test_a_withdrawn_form_of_somebody_in_danger_keeps_numbers_and_the_call(closed: Patient) -> None:
    in_danger(closed)
    closed.send(CRISIS, answer="stop", callback="when_open", first_name="Robin", phone="555 010 0199")
    seen = closed.send("/intake/withdraw")
    assert {"tel:911", "tel:988"} <= seen.links.keys()
    assert f"We will call you on 555 010 0199 {MONDAY_9}." in seen.words
    assert "our team was told" not in seen.words


def test_a_number_refused_there_stands_with_its_message_where_the_form_asks_for_it(closed: Patient) -> None:
    in_danger(closed)
    closed.send(CRISIS, answer="carry_on", callback="no", first_name="Robin", phone="12345")
    message = closed.open(CRISIS).problems
    assert message
    seen = closed.open("/intake/you")
    assert seen.values["phone"] == ["12345"]
    assert set(message) <= set(seen.problems)
    closed.save("right_now", {"urgent_now": ["end_life", "harm_others"]})
    closed.send("/intake/help/harm_others", answer="carry_on")
    assert closed.open("/intake/you").values["phone"] == ["12345"], "another help page asks for none"
    closed.save("you", HEALTHY | {"phone": "555"})
    assert closed.open(CRISIS).values["phone"] == ["555"], "what was typed last"
    closed.save("you", HEALTHY)
    assert closed.open(CRISIS).problems == []
    assert closed.draft.refused_reach == {}


def test_a_refused_number_that_is_taken_back_is_gone_from_the_form_too(closed: Patient) -> None:
    in_danger(closed)
    closed.send(CRISIS, answer="carry_on", callback="no", first_name="Robin", phone="12345")
    closed.send(CRISIS, answer="carry_on", callback="no", first_name="Robin", phone="")
    assert closed.open("/intake/you").values["phone"] == [""]
    assert closed.draft.unread == {}
