"""A patient asks for a correction: it is kept, sealed, told back, and dealt with once."""

import pytest
from sqlalchemy import select

from app.intake.after import rights
from app.models import Correction, unseal
from tests.browsing import post
from tests.factories import Factory
from tests.intake.patient import Patient
from tests.intake.rights.told import MARK, clinician, rows

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")

# ---- A correction


def corrections(patient: Patient) -> list[Correction]:
    patient.session.commit()
    return list(patient.session.scalars(select(Correction).order_by(Correction.id)))


def test_a_correction_is_sealed_kept_with_the_case_and_told_back(sent: Patient) -> None:
    assert sent.send("/intake/correction", correction=f"It was {MARK}\r\nin May").path == "/intake/correction"
    (kept,) = corrections(sent)
    assert kept.case_id == sent.case_id
    assert MARK.encode() not in kept.sealed_text
    assert unseal(sent.session, kept, "sealed_text") == f"It was {MARK}\nin May"
    assert sent.facts("correction.asked") == [{"correction": str(kept.id)}]
    words = rows(sent.open("/intake/correction"))
    assert f"Wegotthison2March2026,10:30Itwas{MARK}inMay" in words
    assert "Aclinicianhasnotdealtwithityet" in words


def test_when_a_clinician_dealt_with_it_the_patient_sees_that(sent: Patient) -> None:
    sent.send("/intake/correction", correction="In May")
    (kept,) = corrections(sent)
    sent.clock.wait(minutes=20)
    staff = clinician(sent)
    sent.session.commit()
    assert post(staff, f"/review/{sent.case_id}/corrections/{kept.id}").status_code == 303
    assert "Acliniciandealtwithiton2March2026,10:50" in rows(sent.open("/intake/correction"))


def test_an_empty_or_endless_one_comes_back_with_what_to_mend(sent: Patient) -> None:
    seen = sent.send("/intake/correction", correction="  ")
    assert (seen.status, seen.problems) == (422, [("Tell us what to correct", "correction")])
    assert seen.title.startswith("Error: ")
    typed = "x" * 1001
    seen = sent.send("/intake/correction", correction=typed)
    assert seen.problems == [("You have 1 letter too many. This box holds 1000", "correction")]
    assert seen.values["correction"] == [typed]
    assert corrections(sent) == []
    assert sent.events[-2:] == ["corrections.viewed"] * 2, "a page that comes back was looked at too"


def test_the_same_words_twice_are_one_request_until_it_is_dealt_with(sent: Patient) -> None:
    for _ in range(2):
        sent.send("/intake/correction", correction="In May")
    (kept,) = corrections(sent)
    kept.answered_at, kept.answered_by = sent.clock.now, Factory(sent.session).user().id
    sent.session.commit()
    sent.send("/intake/correction", correction="In May")
    assert len(corrections(sent)) == 2


def test_there_is_an_end_to_asking(sent: Patient) -> None:
    make = Factory(sent.session)
    for _ in range(rights.MOST_CORRECTIONS):
        make.correction(sent.case)
    seen = sent.send("/intake/correction", correction="One more")
    assert seen.problems == [(rights.FULL, "correction")]
    assert len(corrections(sent)) == rights.MOST_CORRECTIONS


def test_a_stale_token_costs_no_words_and_keeps_none(sent: Patient) -> None:
    seen = sent.send("/intake/correction", correction=f"Was {MARK}", csrf_token="old")
    assert seen.status == 422
    assert seen.values["correction"] == [f"Was {MARK}"]
    assert "Your words are still here" in seen.problems[0][0]
    assert corrections(sent) == []


def test_what_was_typed_before_a_pause_is_kept_and_shows_nothing_after_it(sent: Patient) -> None:
    sent.clock.wait(minutes=40)
    seen = sent.send("/intake/correction", correction=f"Was {MARK}")
    assert seen.path == "/"
    assert len(corrections(sent)) == 1
    assert sent.open("/intake/correction").path == "/"
    assert sent.send("/intake/correction", correction="").status == 403
