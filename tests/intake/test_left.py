"""A form that was left: what is typed on it may be kept, and nothing that is stored is shown until its birth date."""

import pytest

from tests.browsing import token
from tests.factories import CANARY
from tests.intake.patient import Patient
from tests.intake.test_two_windows import Window
from tests.people import HEALTHY

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")

TOLD = HEALTHY | {"goals": f"Walk with {CANARY}"}
HOURS = 60


@pytest.mark.parametrize("minutes", [31, 11 * HOURS, 13 * HOURS, 20 * 24 * HOURS])
@pytest.mark.parametrize(
    "sent", [{}, {"csrf_token": "forged"}, {"sign_name": "Robin Ashdown", "agree_screen": "yes"}]
)
def test_the_page_that_holds_the_whole_form_shows_none_of_it(
    patient: Patient, minutes: int, sent: dict[str, str]
) -> None:
    patient.have(TOLD)
    mark = {"csrf_token": token(patient.client)} if "sign_name" in sent else {}
    patient.clock.wait(minutes=minutes)
    patient.session.commit()
    response = patient.client.post("/intake/sign", data=mark | sent)
    assert response.status_code == 403
    assert CANARY not in response.text
    assert patient.case.submitted_at is None, "keeping what was typed is one thing, signing another"
    assert patient.looks == []


def test_what_is_typed_is_kept_for_twelve_hours_and_given_back_after(patient: Patient) -> None:
    patient.clock.wait(hours=11)
    assert patient.save("reasons", TOLD).path == "/"
    assert patient.draft.answers["goals"] == TOLD["goals"]
    patient.clock.wait(hours=2)
    seen = patient.save("reasons", TOLD | {"goals": "Sleep through the night"})
    assert (seen.status, seen.heading) == (403, "Your form is closed in this browser")
    assert "Sleep through the night" in seen.words
    assert CANARY not in seen.words
    assert patient.draft.answers["goals"] == TOLD["goals"]
    assert patient.start().status == 303
    version = str(patient.draft.saved["reasons"])
    again = patient.send("/intake/reasons", seen.values | {"version": version})
    assert again.status == 303, "one button sends it again"
    assert patient.draft.answers["goals"] == "Sleep through the night"


def test_a_page_to_be_mended_is_given_back_as_it_was_typed(patient: Patient) -> None:
    patient.have(TOLD)
    patient.clock.wait(minutes=40)
    seen = patient.save("measures", HEALTHY, **{"height-feet": "tall"})
    assert seen.status == 403
    assert "tall" in seen.words
    assert CANARY not in seen.words


def test_an_older_window_is_not_shown_the_newer(patient: Patient) -> None:
    older, newer = Window(patient, "reasons"), Window(patient, "reasons")
    newer.save(TOLD)
    patient.clock.wait(minutes=40)
    seen = older.save(HEALTHY | {"goals": "Sleep through the night"})
    assert seen.status == 403
    assert "Sleep through the night" in seen.words
    assert CANARY not in seen.words
    assert patient.draft.answers["goals"] == TOLD["goals"]


def test_a_page_that_is_not_asked_is_told_from_none_that_is(patient: Patient) -> None:
    patient.have(TOLD)
    patient.clock.wait(minutes=40)
    for page in ("pregnancy", "no_such_page"):
        assert patient.send(f"/intake/{page}").status == 403


def test_what_was_chosen_on_a_help_page_is_kept(patient: Patient) -> None:
    thoughts = {"suicide_thoughts": "often", "suicide_today": "yes", "suicide_plan": "no"}
    patient.have(TOLD | thoughts, queued_help=["crisis_now"])
    patient.clock.wait(minutes=40)
    assert patient.send("/intake/help/crisis_now", answer="carry_on", callback="today").path == "/"
    assert patient.draft.answers["callback"] == "today"


def test_a_lost_cookie_gives_back_what_was_typed_and_says_why(patient: Patient) -> None:
    patient.client.delete_cookie("foreroom")
    seen = patient.send("/intake/reasons", goals="Sleep through the night", reasons="pain", version="0")
    assert (seen.status, seen.heading) == (403, "Your form is closed in this browser")
    assert "Sleep through the night" in seen.words
    assert "Pain" in seen.words, "in words, not in codes"
    assert seen.values["goals"] == ["Sleep through the night"]
    assert seen.title == "Your form – Oak Street Clinic"


def test_each_page_that_is_shown_is_written_down(patient: Patient) -> None:
    patient.have(TOLD)
    for path in ("", "reasons", "sign", "saved", "withdraw"):
        assert patient.open(f"/intake/{path}").status == 200
    assert patient.looks == ["tasks", "reasons", "sign", "saved", "withdraw"]
    patient.save("measures", HEALTHY, **{"height-feet": "tall"})
    patient.send("/intake/sign", csrf_token="stale")
    patient.save("reasons", HEALTHY, version="0")
    assert patient.looks[5:] == ["measures", "sign", "reasons"], "also one that comes back to be mended"
    patient.have(TOLD)
    patient.sign()
    patient.open("/intake/confirmation")
    assert patient.looks[8:] == ["confirmation"]


def test_a_page_opened_in_the_same_second_sends_no_cookie_and_a_later_one_does(patient: Patient) -> None:
    page = "/intake/right_now"
    patient.client.get(page)  # with the token that is made for the first form
    assert "Set-Cookie" not in patient.client.get(page).headers
    patient.clock.wait(seconds=1)
    assert "Set-Cookie" in patient.client.get(page).headers
    patient.clock.wait(minutes=29, seconds=59)
    assert patient.client.get(page).status_code == 200
    patient.clock.wait(minutes=30)
    assert patient.client.get(page).status_code == 303
