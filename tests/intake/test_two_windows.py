"""One form in two windows: the older one never overwrites the newer in silence, and loses nothing it held."""

import pytest

from app.intake.form.forms import form_values
from app.questionnaire.intake import INTAKE
from tests.intake.patient import Fields, Patient, Seen
from tests.people import HEALTHY, Answers, but

NEWER = HEALTHY | {"goals": "Walk the dog again", "reason_duration": "over_5_years"}
OLDER = HEALTHY | {"goals": "Sleep through the night"}
TOLD = "You changed this page in another window. Here is the newest version"


class Window:
    """A page as it was when it was opened."""

    def __init__(self, patient: Patient, page_id: str) -> None:
        self.patient, self.page_id = patient, page_id
        self.version = patient.open(f"/intake/{page_id}").values["version"][0]

    def save(self, answers: Answers, **fields: str) -> Seen:
        """Send it as it stands here, and keep what comes back."""
        page = INTAKE.page(self.page_id)
        assert page is not None
        typed: Fields = {"version": self.version, **form_values(page, answers), **fields}
        seen = self.patient.send(f"/intake/{self.page_id}", typed)
        if "version" in seen.values:
            self.version = seen.values["version"][0]
        return seen


def test_the_older_window_is_shown_the_newest_version_and_its_own_answers(patient: Patient) -> None:
    older, newer = Window(patient, "reasons"), Window(patient, "reasons")
    assert newer.save(NEWER).status == 303
    events = patient.events
    seen = older.save(OLDER)
    assert seen.status == 409
    assert seen.problems == [(TOLD, "main")]
    assert seen.values["goals"] == [NEWER["goals"]]
    assert seen.values["reason_duration"] == ["over_5_years"]
    assert "In this window you had put:" in seen.words
    assert "What do you hope for?: Sleep through the night" in seen.words
    assert "How long has the main problem lasted?: 1 to 5 years" in seen.words
    assert patient.draft.answers["goals"] == NEWER["goals"]
    assert patient.events == events
    assert older.save(OLDER).status == 303, "having seen it, the patient decides"
    assert patient.draft.answers["goals"] == OLDER["goals"]


def test_what_could_not_be_read_is_given_back_too(patient: Patient) -> None:
    older, newer = Window(patient, "reasons"), Window(patient, "reasons")
    newer.save(NEWER)
    seen = older.save(OLDER, goals="why " * 140)
    assert seen.status == 409
    assert "why why why" in seen.words


def test_sending_the_same_page_twice_is_no_conflict(patient: Patient) -> None:
    first, second = Window(patient, "reasons"), Window(patient, "reasons")
    assert first.save(NEWER).status == second.save(NEWER).status == 303


def test_other_pages_do_not_conflict(patient: Patient) -> None:
    reasons, safety = Window(patient, "reasons"), Window(patient, "safety_rows")
    assert safety.save(HEALTHY).status == 303
    assert reasons.save(OLDER).status == 303


def test_a_page_that_needed_mending_in_the_newer_window_is_not_overwritten_either(patient: Patient) -> None:
    older, newer = Window(patient, "head"), Window(patient, "head")
    assert newer.save(HEALTHY | {"seizure_ever": "yes", "head_injury": None}).status == 422
    assert older.save(HEALTHY).status == 409
    assert patient.draft.answers["seizure_ever"] == "yes"
    told = {"seizure_ever": "yes", "seizure_last": "month", "seizure_cause": ["epilepsy"]}
    assert newer.save(HEALTHY | told).status == 303


def test_mending_in_one_window_is_no_conflict_with_itself(patient: Patient) -> None:
    window = Window(patient, "safety_rows")
    for left_out in ("chemo_now", "cancer_now", "steroid_allergy"):
        assert window.save(but(HEALTHY, {left_out: None})).status == 422
    assert window.save(HEALTHY).status == 303


def test_a_stale_token_does_not_make_an_older_window_new(patient: Patient) -> None:
    older, newer = Window(patient, "reasons"), Window(patient, "reasons")
    newer.save(NEWER)
    seen = older.save(OLDER, csrf_token="of yesterday")
    assert seen.status == 422
    assert seen.values["goals"] == [OLDER["goals"]]
    assert older.save(OLDER).status == 409
    assert patient.draft.answers["goals"] == NEWER["goals"]


@pytest.mark.parametrize("version", ["-1", "x", "", "9" * 50, "٣", "²", "1e3", "0x1"])
def test_a_version_that_is_none_is_an_old_one(patient: Patient, version: str) -> None:
    patient.save("reasons", NEWER)
    seen = patient.save("reasons", OLDER, version=version)
    assert seen.status == 409
    assert patient.draft.answers["goals"] == NEWER["goals"]


def test_the_other_window_sent_the_form_meanwhile(patient: Patient) -> None:
    patient.have(HEALTHY)
    older = Window(patient, "reasons")
    assert patient.sign().status == 303
    assert older.save(OLDER).path == "/intake/confirmation"
    assert patient.draft.answers["goals"] == HEALTHY["goals"]
