"""Coming back in the same browser: how long a form stays open, and who may open it again."""

import pytest

from app.models import MOST_MISSES
from app.questionnaire.intake import INTAKE
from tests.browsing import as_staff, cookie_contents, post
from tests.factories import Factory
from tests.intake.patient import BORN, Patient, Seen, birth_date
from tests.people import HEALTHY

WRONG = "1990-05-04"


def test_for_half_an_hour_nothing_is_asked(patient: Patient) -> None:
    for _ in range(3):
        patient.clock.wait(minutes=29)
        assert patient.open("/intake/you").status == 200


def test_after_half_an_hour_pages_ask_for_the_birth_date_but_a_save_is_kept(patient: Patient) -> None:
    patient.clock.wait(minutes=31)
    for path in ("/intake/", "/intake/you", "/intake/saved", "/intake/sign"):
        assert patient.open(path).path == "/"
    saved = patient.save("reasons", HEALTHY)
    assert saved.status == 303
    assert patient.draft.answers["reasons"] == HEALTHY["reasons"]
    assert saved.path == "/", "saving does not open the form again"
    assert patient.open("/intake/reasons").path == "/"
    seen = patient.open("/")
    assert seen.title.startswith("Welcome back")
    assert seen.in_view == ["verify_dob"]
    assert HEALTHY["goals"] not in seen.words
    assert patient.start().path == "/intake/"
    assert patient.open("/intake/reasons").values["goals"] == [HEALTHY["goals"]]
    assert patient.events[-1] == "intake.resumed"


def test_help_that_is_due_is_shown_first_to_whoever_comes_back(patient: Patient) -> None:
    patient.clock.wait(minutes=31)
    told = HEALTHY | {"harm_others": "yes"}
    page = next(page.id for page in INTAKE.pages if any(q.id == "harm_others" for q in page.questions))
    patient.save(page, told)
    assert patient.draft.queued_help == ["harm_others"]
    assert patient.start().path == "/intake/help/harm_others"
    assert patient.open("/intake/help/harm_others").status == 200
    patient.send("/intake/help/harm_others", answer="stop")
    patient.clock.wait(minutes=31)
    assert patient.start().path == "/intake/", "it was seen"


def test_a_wrong_date_is_counted_and_the_fifth_pauses_the_form(patient: Patient) -> None:
    patient.save("reasons", HEALTHY)
    patient.clock.wait(hours=2)
    missed = "That date does not match our record. Check it"
    left = f"{missed}. Tries left before we pause this form for a while: "
    for told in (f"{missed} and try again", f"{missed} and try again", f"{left}2", f"{left}1"):
        seen = patient.start(WRONG)
        assert seen.status == 422
        assert seen.problems == [(told, "verify_dob-day")]
        assert seen.values["verify_dob-day"] == ["4"]
    for born in (WRONG, BORN):
        seen = patient.start(born)
        assert seen.status == 403
        assert "You can try again from 2 March 2026, 13:30" in seen.words
    assert patient.open("/intake/reasons").path == "/"
    assert patient.events.count("intake.resume_missed") == MOST_MISSES
    assert patient.draft.answers["goals"] == HEALTHY["goals"]


def test_a_pause_ends_by_itself_and_each_in_a_row_is_longer(patient: Patient) -> None:
    patient.clock.wait(hours=2)
    for hours in (1, 4, 24, 7 * 24, 7 * 24):
        tried = [patient.start(WRONG).status for _ in range(MOST_MISSES)]
        assert tried == [422] * (MOST_MISSES - 1) + [403]
        patient.clock.wait(hours=hours, seconds=-1)
        assert patient.start().status == 403
        patient.clock.wait(seconds=1)
    assert patient.start().status == 303
    patient.clock.wait(hours=1)
    for _ in range(MOST_MISSES):
        patient.start(WRONG)
    patient.clock.wait(hours=1)
    assert patient.start().status == 303, "a right date begins anew"


@pytest.mark.parametrize("sent", [False, True])
def test_whoever_tries_at_the_door_changes_nothing_of_the_form(patient: Patient, sent: bool) -> None:
    patient.have(HEALTHY)
    if sent:
        patient.sign()
    patient.clock.wait(hours=1)
    before = (patient.case.revision, patient.case.sealed_answers)
    for _ in range(MOST_MISSES):
        patient.start(WRONG)
    patient.clock.wait(hours=1)
    assert patient.start().status == 303
    assert (patient.case.revision, patient.case.sealed_answers) == before, "a clinician's decision stands"


def test_the_link_and_staff_end_a_pause(someone: Patient) -> None:
    make = Factory(someone.session)
    invitation = make.invitation(make.person(dob=BORN), "a-link")
    someone.session.commit()
    clinician = make.user("clinician")
    someone.session.commit()
    someone.start(path="/i/a-link")
    someone.clock.wait(hours=1)
    for progress in ("link", "staff"):
        for _ in range(MOST_MISSES):
            someone.start(WRONG)
        assert someone.start().status == 403
        if progress == "link":
            assert someone.start(path="/i/a-link").status == 303
            someone.clock.wait(minutes=31)
        else:
            post(
                as_staff(someone.client.application.test_client(), clinician),
                f"/clinic/invitations/{invitation.id}/unpause",
            )
        assert someone.start().status == 303
        someone.clock.wait(minutes=31)


@pytest.mark.parametrize("invited", [False, True])
@pytest.mark.parametrize("role", ["clinician", "admin"])
def test_staff_see_a_form_that_is_paused_in_its_browser_and_end_that(
    someone: Patient, invited: bool, role: str
) -> None:
    make = Factory(someone.session)
    user = make.user(role)
    if invited:
        make.invitation(make.person(dob=BORN), "a-link")
    someone.session.commit()
    someone.start(path="/i/a-link" if invited else "/")
    desk = as_staff(someone.client.application.test_client(), user)
    assert "Paused forms" not in Seen(desk.get("/clinic/invitations")).words
    someone.clock.wait(minutes=35)
    for _ in range(MOST_MISSES):
        someone.start(WRONG)
    assert someone.start().status == 403
    desk = as_staff(someone.client.application.test_client(), user)
    seen = Seen(desk.get("/clinic/invitations"))
    assert "Paused forms" in seen.words
    assert ("No name yet" in seen.words) is not invited
    ended = post(desk, f"/clinic/forms/{someone.case_id}/unpause")
    assert ended.location == "/clinic/invitations"
    seen = Seen(desk.get(ended.location))
    assert "can be opened again" in seen.words
    assert "Paused forms" not in seen.words
    assert someone.events[-1] == "intake.unpaused"
    assert someone.start().status == 303
    nobody = post(desk, "/clinic/forms/0190c0de-0000-7000-8000-000000000000/unpause")
    assert nobody.status_code == 404


def test_a_right_date_forgives_the_wrong_ones(patient: Patient) -> None:
    patient.clock.wait(hours=2)
    for _ in range(2):
        for _ in range(MOST_MISSES - 1):
            patient.start(WRONG)
        assert patient.start().status == 303


def test_a_date_that_is_no_date_is_not_counted(patient: Patient) -> None:
    patient.clock.wait(hours=2)
    for _ in range(MOST_MISSES + 1):
        assert patient.send("/", birth_date("1990-13-45")).status == 422
    assert patient.start().status == 303


def test_the_form_stays_in_the_browser_for_thirty_days(patient: Patient) -> None:
    patient.clock.wait(days=29, hours=23)
    assert patient.open("/").title.startswith("Welcome back")
    assert patient.start().path == "/intake/"
    patient.clock.wait(days=31)
    assert patient.open("/").title.startswith("Start your health check")
    assert patient.send("/intake/reasons", reasons="pain").status == 403


def test_a_new_form_can_be_started_instead(patient: Patient) -> None:
    first = patient.case_id
    patient.clock.wait(minutes=31)
    assert "The form you have here can still be opened in this browser" in patient.open("/").words
    assert patient.send("/intake/new").path == "/"
    assert "case" not in cookie_contents(patient.client)
    door = patient.open("/")
    assert door.in_view == ["verify_dob", "language"]
    assert "Open the form from before" in door.words
    assert patient.start("1970-01-01").path == "/intake/right_now"
    assert patient.case_id != first
    assert patient.send("/intake/earlier").path == "/"
    assert patient.start().path == "/intake/"
    assert patient.case_id == first


@pytest.mark.parametrize("sent", [False, True])
def test_a_form_that_was_set_aside_opens_with_its_birth_date_before_another_is_begun(
    patient: Patient, sent: bool
) -> None:
    patient.have(HEALTHY)
    if sent:
        patient.sign()
    first = patient.case_id
    patient.send("/intake/new")
    old_tab = patient.send("/intake/reasons", goals="To sing")
    assert "Or open the form that was open here before" in old_tab.words
    patient.send("/intake/earlier")
    assert patient.start().path == "/intake/"
    assert patient.case_id == first


@pytest.mark.parametrize("sent", [False, True])
def test_closing_asks_first_and_says_what_happened(patient: Patient, sent: bool) -> None:
    patient.have(HEALTHY)
    if sent:
        patient.sign()
    held = patient.case_id
    for path in ("/intake/confirmation",) if sent else ("/intake/", "/intake/saved"):
        assert "/intake/leave" in patient.open(path).links
    asked = patient.open("/intake/leave")
    assert asked.heading == "Do you want to close this form in this browser?"
    assert "You will need a link to open it again" in asked.words
    assert "call us on 555 010 0100" in asked.words
    assert ("Your form is not sent yet" in asked.words) is not sent
    assert patient.case_id == held, "asking closes nothing"
    closed = patient.send("/intake/leave")
    assert (closed.status, closed.heading) == (200, "Your form is closed in this browser")
    assert "call us on 555 010 0100" in closed.words
    assert "case" not in cookie_contents(patient.client)
    assert "Open the form from before" not in patient.open("/").words


def test_closing_one_form_leaves_the_one_from_before(patient: Patient) -> None:
    first = patient.case_id
    patient.send("/intake/new")
    patient.start("1970-01-01")
    patient.send("/intake/leave")
    patient.send("/intake/earlier")
    assert patient.start().path == "/intake/"
    assert patient.case_id == first


def test_an_emptied_birth_date_does_not_lock_its_owner_out(patient: Patient) -> None:
    patient.save("you", HEALTHY)
    emptied = {"dob-day": "", "dob-month": "", "dob-year": ""}
    assert patient.save("you", HEALTHY, **emptied).problems == [("Enter your date of birth", "dob-day")]
    patient.clock.wait(hours=1)
    assert patient.start().status == 303


def test_a_corrected_birth_date_is_the_one_that_opens(patient: Patient) -> None:
    patient.save("you", HEALTHY | {"dob": "1989-05-03"})
    patient.clock.wait(hours=1)
    assert patient.start().status == 422
    assert patient.start("1989-05-03").status == 303


def test_after_sending_only_the_confirmation_is_left(patient: Patient) -> None:
    patient.have(HEALTHY)
    patient.sign()
    for path in ("/intake/", "/intake/you", "/intake/sign", "/intake/saved", "/intake/help/crisis_now"):
        assert patient.open(path).path == "/intake/confirmation"
    assert patient.save("you", HEALTHY | {"first_name": "Another"}).path == "/intake/confirmation"
    assert patient.send("/intake/help/crisis_now", callback="today").path == "/intake/confirmation"
    patient.clock.wait(hours=1)
    revision = patient.case.revision
    assert patient.start().path == "/intake/"
    assert patient.case.revision == revision, "what was sent is not written again"
    seen = patient.open("/intake/confirmation")
    assert "Sent 2 March 2026, 10:30" in seen.words
    assert "Ashdown" not in seen.words


@pytest.mark.parametrize("path", ["/", "/i/some-link"])
def test_a_visit_writes_nothing(patient: Patient, path: str) -> None:
    before = patient.events
    patient.open(path)
    assert patient.events == before
