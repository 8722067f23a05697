"""Whoever opened a form is told to its patient, by role and time."""

import pytest

from app.core.access import Actor, permissions
from app.core.events import OPENINGS
from app.export import service as export
from tests.acts import act
from tests.factories import Factory
from tests.intake.patient import Patient
from tests.intake.rights.told import clinician, rows
from tests.people import HEALTHY

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")


def test_staff_who_opened_it_and_exports_are_told_by_role_and_time(sent: Patient) -> None:
    sent.clock.wait(hours=1)
    staff = clinician(sent)
    assert staff.get(f"/review/{sent.case_id}").status_code == 200
    sent.clock.wait(minutes=5)
    user = Factory(sent.session).user("admin")
    admin = Actor("staff", user.id, permissions(["admin"]))
    export.begin(act(sent.session, admin, sent.clock.now), "care")
    sent.session.commit()
    sent.start()
    seen = sent.open("/intake/opened")
    words = rows(seen)
    assert "2March2026,11:30WhoAclinicianWhatOpenedyourform" in words
    assert "11:35WhoAnadministratorWhatTookoutrecords,andyourswasamongthem" in words
    assert "YouWhatSenttheform" in words
    assert "SamStaff" not in words
    for kept_out in ("flag", "alert", "seizure", "care", "helppage", "decision"):
        assert kept_out not in words.casefold(), kept_out


def test_what_happened_before_the_form_or_to_another_is_not_told(someone: Patient) -> None:
    make = Factory(someone.session)
    other = make.case()
    user = make.user("admin", "clinician")
    actor = Actor("staff", user.id, permissions(["admin", "clinician"]))
    export.begin(act(someone.session, actor, someone.clock.now), "care")
    someone.session.commit()
    someone.start()
    someone.have(HEALTHY)
    someone.sign()
    staff = clinician(someone)
    staff.get(f"/review/{other.id}")
    words = rows(someone.open("/intake/opened"))
    assert "administrator" not in words
    assert "clinician" not in words
    assert "Senttheform" in words


def test_somebody_s_wrong_birth_date_is_told(sent: Patient) -> None:
    sent.clock.wait(hours=1)
    sent.start("1991-01-01")
    sent.start()
    assert "SomeoneWhatTypedadateofbirththatwasnotyours" in rows(sent.open("/intake/opened"))


def test_patients_are_not_told_of_what_staff_saw_or_settled() -> None:
    assert not {"flag.settled", "alert.raised", "interruption.shown"} & OPENINGS.keys()
