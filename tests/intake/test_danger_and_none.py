"""A danger picked together with what denies it, as a browser without scripts can send it: the danger counts."""

import pytest

from app.models import Queue
from app.questionnaire.intake import INTAKE
from app.questionnaire.interruption_triggers import BY_ID
from tests.intake.patient import Patient
from tests.intake.test_check_in import begin, treated  # noqa: F401
from tests.intake.test_interruptions import CALLS
from tests.intake.test_quiet_save import quietly
from tests.people import CHECKED_IN, HEALTHY, but

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")

NONE_TOO = "You picked None of these and something else. Pick one or the other"
NOW = INTAKE.questions["urgent_now"].kind
DANGERS = [code for code in getattr(NOW, "options", ()) if code != "none"]
RADIOS = [call for call, told in CALLS.items() if told[1] in ("suicide", "mental_history", "reasons", "head")]
AT_ONCE = [call for call, told in CALLS.items() if told[1] == "suicide_more"]


def page_of(danger: str) -> str:
    return "crisis_now" if danger == "end_life" else "emergency"


@pytest.mark.parametrize("danger", DANGERS)
@pytest.mark.parametrize("before", [{}, {"urgent_now": ["none"]}], ids=["new", "denied before"])
def test_danger_with_none_of_these_is_helped_with_as_if_it_stood_alone(
    patient: Patient, danger: str, before: dict[str, list[str]]
) -> None:
    if before:
        patient.save("right_now", before)
    saved = patient.save("right_now", {}, urgent_now=[danger, "none"])
    assert (saved.status, saved.path) == (303, f"/intake/help/{page_of(danger)}")
    rule = "suicide-risk-now" if danger == "end_life" else "unwell-right-now"
    assert patient.facts("alert.raised") == [{"rules": [rule]}]
    assert not patient.flags()[rule].get("changed")
    assert patient.case.queue is Queue.TO_REVIEW
    assert patient.draft.answers["urgent_now"] == [danger]
    assert patient.open(saved.path).heading == BY_ID[page_of(danger)].heading


@pytest.mark.parametrize("answer", ["carry_on", "mistake"])
def test_the_page_asks_about_both_after_the_help_and_a_danger_taken_back_stays_in_the_record(
    patient: Patient, answer: str
) -> None:
    patient.have(but(HEALTHY, {"agree_screen": None, "sign_name": None}))
    saved = patient.save("right_now", {}, urgent_now=["none", "breathing"])
    assert patient.send(saved.path, answer=answer).path == "/intake/right_now"
    seen = patient.open("/intake/right_now")
    assert seen.problems == [(NONE_TOO, "urgent_now")]
    assert sorted(seen.values["urgent_now"]) == ["breathing", "none"]
    assert patient.sign().status == 422, "nothing is sent while both stand"

    patient.save("right_now", {"urgent_now": ["none"]})
    assert patient.draft.answers["urgent_now"] == ["none"]
    assert "unwell-right-now" in patient.flags()
    assert patient.sign().path == "/intake/confirmation"
    told = patient.flags(patient.screenings[-1])["unwell-right-now"]
    assert (told["changed"], told["changed_by"]) == (True, "patient")
    assert told["because"][0]["words"] == "Hard to breathe"


def test_all_dangers_beside_none_of_these_count_and_help_is_shown_once(patient: Patient) -> None:
    both = ["chest_pain", "end_life", "none"]
    assert patient.save("right_now", {}, urgent_now=both).path == "/intake/help/emergency"
    assert patient.facts("alert.raised") == [{"rules": ["suicide-risk-now", "unwell-right-now"]}]
    assert patient.send("/intake/help/emergency", answer="carry_on").path == "/intake/help/crisis_now"
    assert patient.send("/intake/help/crisis_now", answer="carry_on").path == "/intake/right_now"
    again = patient.save("right_now", {}, urgent_now=both)
    assert (again.status, again.problems) == (422, [(NONE_TOO, "urgent_now")])
    assert len(patient.facts("alert.raised")) == 1


def test_a_page_that_saves_itself_alerts_too_and_is_not_called_whole(patient: Patient) -> None:
    status, told = quietly(patient, "right_now", {}, urgent_now=["end_life", "none"])
    assert (status, told["whole"]) == (200, False)
    assert patient.draft.answers["urgent_now"] == ["end_life"]
    assert patient.facts("alert.raised") == [{"rules": ["suicide-risk-now"]}]
    assert patient.open("/intake/right_now").problems == [(NONE_TOO, "urgent_now")]


@pytest.mark.parametrize("other", ["no", "not_sure", "rather_not"])
@pytest.mark.parametrize("call", [*RADIOS, *AT_ONCE])
def test_danger_sent_with_another_answer_to_pick_one_of_counts(
    patient: Patient, call: str, other: str
) -> None:
    interruption, page_id, before, answers, rule = CALLS[call]
    if "suicide_attempt_when" in answers:
        before = before | {"suicide_attempt": "yes"}
    name = next(key for key in reversed(answers) if key not in ("callback", "suicide_attempt"))
    patient.have(HEALTHY | before, seen_help=["crisis_support"] if before else [])
    saved = patient.save(page_id, HEALTHY | before | answers, **{name: [other, answers[name]]})
    assert (saved.status, saved.path) == (303, f"/intake/help/{interruption}")
    assert rule in patient.flags()
    assert patient.draft.answers[name] == answers[name]
    assert patient.send(saved.path, answer="carry_on").path == f"/intake/{page_id}"
    assert name in [target for _, target in patient.open(f"/intake/{page_id}").problems]


@pytest.mark.parametrize("danger", ["chest_pain", "breathing", "seizure", "passed_out", "swelling"])
@pytest.mark.usefixtures("treated")
def test_danger_with_none_of_these_after_a_session(someone: Patient, danger: str) -> None:
    begin(someone)
    saved = someone.save("fu_now", CHECKED_IN, fu_urgent=["none", danger])
    assert saved.path == "/intake/help/followup_emergency"
    assert "after-emergency" in someone.flags()
    assert someone.draft.answers["fu_urgent"] == [danger]
    assert someone.send(saved.path, answer="carry_on").path == "/intake/fu_now"
    assert someone.open("/intake/fu_now").problems == [(NONE_TOO, "fu_urgent")]
