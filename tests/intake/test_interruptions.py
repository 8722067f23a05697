"""Help, the moment an answer calls for it, and an alert that is stored before the patient is told of it."""

from datetime import date

import pytest

from app.core.act import Terms
from app.models import Queue, unseal
from app.questionnaire.all_forms import WHOLE
from app.questionnaire.countries import Country
from app.questionnaire.intake import INTAKE
from app.questionnaire.interruption import USUAL, Limits
from app.questionnaire.interruption_triggers import BY_ID, triggered_interruptions
from app.questionnaire.reading import Reading
from app.records import judging
from app.screening.case_summary import RANK, CaseSummary
from app.screening.rulebook import RULEBOOK
from app.screening.rules import ClinicRules
from app.screening.workflow import Status
from tests.intake.answers import path_after
from tests.intake.patient import Patient
from tests.people import HEALTHY, Answers, but, mood

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")

THOUGHTS = {"suicide_thoughts": "sometimes"}
MORE = THOUGHTS | {"suicide_today": "no", "suicide_plan": "no", "callback": "no"}
PAIN = {"reasons": ["pain"], "pain_sites": ["back", "headache"]}
ATTEMPT = {"suicide_attempt": "yes", "suicide_attempt_when": "past_3_months", "callback": "no"}

# Which page, what was there before, what is then answered, and the rule that it raises.
CALLS: dict[str, tuple[str, str, Answers, Answers, str]] = {
    **{
        f"emergency: {code}": ("emergency", "right_now", {}, {"urgent_now": [code]}, "unwell-right-now")
        for code in ("chest_pain", "breathing", "seizure", "overdose", "weakness")
    },
    "crisis: end life": ("crisis_now", "right_now", {}, {"urgent_now": ["end_life"]}, "suicide-risk-now"),
    "crisis: item 9 at 2": ("crisis_now", "phq9", {}, mood(2), "phq9-self-harm-item"),
    "crisis: item 9 at 3": ("crisis_now", "phq9", {}, mood(3), "phq9-self-harm-item"),
    "crisis: today": ("crisis_now", "suicide_more", MORE, {"suicide_today": "yes"}, "suicide-risk-now"),
    "crisis: plan": ("crisis_now", "suicide_more", MORE, {"suicide_plan": "yes"}, "suicide-risk-now"),
    "crisis: attempt": ("crisis_now", "suicide_more", MORE, ATTEMPT, "suicide-risk-now"),
    "support: item 9 at 1": ("crisis_support", "phq9", {}, mood(1), "phq9-self-harm-item"),
    "support: now and then": ("crisis_support", "suicide", {}, THOUGHTS, "suicidal-thoughts-month"),
    "support: often": (
        "crisis_support", "suicide", {}, {"suicide_thoughts": "often"}, "suicidal-thoughts-month",
    ),
    "harm to others": ("harm_others", "mental_history", {}, {"harm_others": "yes"}, "harm-to-others"),
    "back": ("back_warning", "reasons", PAIN, {"back_warning": "yes"}, "spinal-nerve-warning"),
    "headache": ("headache_warning", "reasons", PAIN, {"headache_changed": "yes"}, "headache-changed"),
    "chest": ("chest_pain", "head", {}, {"chest_pain_recent": "yes"}, "chest-pain-recent"),
}  # fmt: skip


@pytest.mark.parametrize("call", CALLS)
def test_help_is_shown_at_once_and_once_with_the_alert_stored_before(patient: Patient, call: str) -> None:
    interruption, page_id, before, answers, rule = CALLS[call]
    if rule == "suicide-risk-now" and page_id == "suicide_more" and "suicide_attempt" in answers:
        before = before | {"suicide_attempt": "yes"}
    pain = {"back_warning": "no", "headache_changed": "no"} if before is PAIN else {}
    answers = HEALTHY | before | pain | answers
    patient.have(HEALTHY | before | pain, seen_help=["crisis_support"] if before else [])
    patient.clock.wait(minutes=5)

    saved = patient.save(page_id, answers)
    assert (saved.status, saved.path) == (303, f"/intake/help/{interruption}")
    case = patient.case
    assert case.status is Status.DRAFT
    assert case.queue is Queue.TO_REVIEW
    assert case.level_rank == min(RANK[RULEBOOK.by_slug[name].level] for name in patient.flags())
    assert case.waiting_since == patient.clock.now
    assert rule in patient.flags()
    assert not patient.flags()[rule].get("changed")
    assert [screening.interim for screening in patient.screenings] == [True]
    assert patient.events[-2:] == ["intake.saved", "alert.raised"]
    assert rule in patient.facts("alert.raised")[0]["rules"]

    found = BY_ID[interruption]
    seen = patient.open(saved.path)
    assert seen.heading == found.heading
    assert seen.title == f"{found.title} – Oak Street Clinic"
    assert ("We have told our team" in seen.words) is (interruption == "crisis_now")
    assert patient.facts("interruption.shown") == [{"id": interruption}]
    if found.stop_here:
        assert "stop" in seen.buttons["answer"]

    onward = patient.send(saved.path, answer="carry_on")
    assert onward.status == 303
    assert "/help/" not in onward.path
    assert patient.draft.seen_help.count(interruption) == 1
    assert "/help/" not in patient.save(page_id, answers).path, "the same answers do not bring it up again"
    assert len(patient.screenings) == 1


@pytest.mark.parametrize("call", [call for call in CALLS if not BY_ID[CALLS[call][0]].asks])
def test_where_no_call_is_offered_no_number_is_asked_and_none_holds_anybody_up(
    someone: Patient, call: str
) -> None:
    interruption, page_id, before, answers, _ = CALLS[call]
    path = f"/intake/help/{interruption}"
    someone.clock.wait(days=5)
    someone.start()
    pain = {"back_warning": "no", "headache_changed": "no"} if before is PAIN else {}
    nobody = but(HEALTHY | before | pain, {"first_name": None, "phone": None})
    someone.have(nobody)
    someone.save(page_id, nobody | answers)
    seen = someone.open(path)
    assert not {"first_name", "phone", "callback"} & seen.boxes
    for word in ("to call you", "So that we can call", "reach you"):
        assert word not in seen.words
    onward = someone.send(path, answer="carry_on", phone="12")
    assert (onward.status, onward.path != path) == (303, True)
    assert someone.send(path, answer="stop", phone="12").path == "/intake/saved"


def test_every_interruption_is_tried_here() -> None:
    assert {call[0] for call in CALLS.values()} | {
        "under_age",
        "followup_emergency",
        "pressure_crisis",
    } == set(BY_ID)


def test_help_not_yet_left_comes_up_again_with_the_next_page(patient: Patient) -> None:
    patient.save("right_now", {"urgent_now": ["end_life"]})
    assert patient.save("reasons", HEALTHY).path == "/intake/help/crisis_now"
    patient.open("/intake/help/crisis_now")
    assert patient.save("reasons", HEALTHY, later="yes").path == "/intake/help/crisis_now"
    patient.send("/intake/help/crisis_now", answer="carry_on")
    assert patient.save("reasons", HEALTHY).path == path_after("reasons")


def test_several_calls_for_help_are_shown_one_after_the_other(patient: Patient) -> None:
    saved = patient.save("right_now", {"urgent_now": ["chest_pain", "end_life"]})
    assert saved.path == "/intake/help/emergency"
    assert patient.facts("alert.raised") == [{"rules": ["suicide-risk-now", "unwell-right-now"]}]
    assert patient.send(saved.path, answer="carry_on").path == "/intake/help/crisis_now"
    assert patient.send("/intake/help/crisis_now", answer="carry_on").path == "/intake/begin"


def test_picked_by_mistake_leads_back_to_the_question(patient: Patient) -> None:
    patient.save("right_now", {"urgent_now": ["breathing"]})
    seen = patient.open("/intake/help/emergency")
    assert "I picked this by mistake" in seen.words
    assert patient.send("/intake/help/emergency", answer="mistake").path == "/intake/right_now"
    assert patient.facts("interruption.mistaken") == [{"id": "emergency"}]


def test_what_was_a_mistake_and_is_left_as_it_is_brings_help_again(patient: Patient) -> None:
    danger = {"urgent_now": ["breathing"]}
    patient.save("right_now", danger)
    patient.send("/intake/help/emergency", answer="mistake")
    assert patient.save("right_now", danger).path == "/intake/help/emergency"
    patient.send("/intake/help/emergency", answer="mistake")
    assert patient.save("right_now", {"urgent_now": ["none"]}).path == "/intake/begin"


def test_the_most_urgent_help_comes_first_whichever_answer_came_first(patient: Patient) -> None:
    assert patient.save("right_now", {"urgent_now": ["end_life"]}).path == "/intake/help/crisis_now"
    saved = patient.save("right_now", {"urgent_now": ["end_life", "seizure"]})
    assert saved.path == "/intake/help/emergency"
    assert patient.send(saved.path, answer="carry_on").path == "/intake/help/crisis_now"


def test_a_name_that_came_after_the_alert_stands_in_the_queue(patient: Patient) -> None:
    patient.save("right_now", {"urgent_now": ["end_life"]})
    patient.save("you", HEALTHY)
    patient.session.refresh(patient.case)
    assert unseal(patient.session, patient.case, "sealed_summary")["called"] == HEALTHY["first_name"]


def test_stopping_for_today_keeps_everything(patient: Patient) -> None:
    patient.save("phq9", HEALTHY | mood(3))
    assert patient.send("/intake/help/crisis_now", answer="stop").path == "/intake/saved"
    assert patient.draft.answers["scale_phq9"] == mood(3)["scale_phq9"]


def test_the_stronger_page_comes_after_the_weaker_but_not_the_other_way(patient: Patient) -> None:
    patient.save("phq9", HEALTHY | mood(1))
    patient.send("/intake/help/crisis_support", answer="carry_on")
    assert patient.save("suicide", HEALTHY | THOUGHTS).path == "/intake/suicide_more"
    assert patient.save("suicide_more", MORE | {"suicide_today": "yes"}).path == "/intake/help/crisis_now"
    patient.send("/intake/help/crisis_now", answer="carry_on")
    assert "/help/" not in patient.save("suicide_more", MORE).path


def test_the_weaker_page_does_not_follow_the_stronger(patient: Patient) -> None:
    patient.save("phq9", HEALTHY | mood(3))
    patient.send("/intake/help/crisis_now", answer="carry_on")
    assert patient.save("phq9", HEALTHY | mood(1)).path == "/intake/suicide"


def test_a_stronger_answer_does_not_mark_the_weaker_as_changed(patient: Patient) -> None:
    patient.save("phq9", HEALTHY | mood(1))
    patient.send("/intake/help/crisis_support", answer="carry_on")
    patient.save("suicide", HEALTHY | THOUGHTS)
    patient.save("suicide_more", MORE | {"suicide_today": "yes"})
    raised = patient.flags()
    assert {"phq9-self-harm-item", "suicidal-thoughts-month", "suicide-risk-now"} <= raised.keys()
    assert not [rule for rule, evidence in raised.items() if evidence.get("changed")]


def test_open_questions_on_the_page_do_not_hold_help_back(patient: Patient) -> None:
    patient.have(HEALTHY | THOUGHTS, seen_help=["crisis_support"])
    saved = patient.save("suicide_more", {"suicide_today": "yes"})
    assert saved.path == "/intake/help/crisis_now"
    assert patient.send(saved.path, answer="carry_on").path == "/intake/suicide_more"


def test_the_team_is_said_to_know_only_when_the_alert_is_stored(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "store_screening", lambda *_args, **_more: CaseSummary.of(()))
    saved = patient.save("phq9", HEALTHY | mood(3))
    seen = patient.open(saved.path)
    assert seen.heading == "Thank you for telling us. Let's get you some help now"
    assert "told our team" not in seen.words
    monkeypatch.undo()
    patient.save("phq9", HEALTHY | mood(3))
    assert "told our team" not in patient.open(saved.path).words, "of somebody whom nobody can call"
    patient.save("you", HEALTHY)
    assert "We have told our team" in patient.open(saved.path).words


def test_a_corrected_answer_keeps_the_alert_marked_as_changed(patient: Patient) -> None:
    patient.save("right_now", {"urgent_now": ["end_life"]})
    first = patient.flags()["suicide-risk-now"]
    patient.send("/intake/help/crisis_now", answer="carry_on")
    patient.have(HEALTHY, seen_help=["crisis_now"])
    assert patient.sign().status == 303
    final = patient.screenings[-1]
    assert not final.interim
    assert patient.flags(final) == {"suicide-risk-now": first | {"changed": True, "changed_by": "patient"}}
    assert first["because"][0]["words"] == "You want to end your life, or have hurt yourself"
    assert patient.case.level_rank == 0
    assert patient.case.queue is Queue.TO_REVIEW
    assert patient.facts("intake.submitted")[0]["level"] in (None, "urgent")


def test_a_corrected_answer_withdraws_help_that_was_not_seen_yet(patient: Patient) -> None:
    patient.save("right_now", {"urgent_now": ["end_life"]})
    assert patient.save("right_now", HEALTHY).path == "/intake/begin"
    assert "suicide-risk-now" in patient.flags()


@pytest.mark.parametrize("wish", ["visit", "no", "", "never", "today "])
def test_other_wishes_than_a_call_today_raise_no_alert(patient: Patient, wish: str) -> None:
    patient.save("phq9", HEALTHY | mood(1))
    patient.send("/intake/help/crisis_support", answer="carry_on", callback=wish)
    assert "call-wanted-today" not in patient.flags()
    assert patient.draft.answers.get("callback") == (wish if wish in ("visit", "no") else None)


def test_a_wish_to_be_called_today_is_an_alert_of_its_own(patient: Patient) -> None:
    patient.save("you", HEALTHY)
    patient.save("phq9", HEALTHY | mood(1))
    seen = patient.open("/intake/help/crisis_support")
    assert "Would you like a call from the clinic?" in seen.words
    assert f"We will use {HEALTHY['phone']}" in seen.words
    for _ in range(2):
        patient.send("/intake/help/crisis_support", answer="carry_on", callback="today")
    assert "call-wanted-today" in patient.flags()
    assert patient.facts("alert.raised")[1:] == [{"rules": ["call-wanted-today"]}]
    assert patient.open("/intake/suicide_more").values["callback"] == ["today"], "nobody is asked twice"


def test_a_page_of_help_that_nothing_calls_for_is_not_there(patient: Patient) -> None:
    assert patient.open("/intake/help/crisis_now").status == 404
    assert patient.open("/intake/help/anything").status == 404
    assert patient.send("/intake/help/anything").status == 404
    assert "interruption.shown" not in patient.events


def test_help_cannot_be_waved_off_before_it_is_called_for(patient: Patient) -> None:
    patient.send("/intake/help/crisis_now", answer="carry_on")
    assert patient.save("phq9", HEALTHY | mood(3)).path == "/intake/help/crisis_now"


PRESSURE = "/intake/help/pressure_crisis"
NUMBERS = "/intake/help/number_check"


def test_a_crisis_reading_of_this_week_has_its_page_once_the_number_was_kept(patient: Patient) -> None:
    very_high = HEALTHY | {"bp_top": 184, "bp_when": "week"}
    assert patient.save("measures", very_high).path == NUMBERS, "a slip of the finger frightens nobody"
    assert "blood-pressure-crisis" in patient.flags(), "nor does it hold the alert back"
    assert patient.send(NUMBERS, answer="keep").path == PRESSURE
    seen = patient.open(PRESSURE)
    assert seen.heading == "Please have your blood pressure checked today"
    for words in ("Call 911 if you have chest pain", "still 180 or more on top, or 120 or more below"):
        assert words in seen.words
    for promise in ("told our team", "to call you", "will look"):
        assert promise not in seen.words, "nobody is promised to ring"
    assert patient.send(PRESSURE, answer="carry_on").path == "/intake/reasons"
    assert patient.save("measures", very_high).path == "/intake/reasons", "once is enough"


def test_a_reading_put_right_has_no_page_of_help(patient: Patient) -> None:
    patient.save("measures", HEALTHY | {"bp_top": 184, "bp_when": "week"})
    assert patient.send(NUMBERS, answer="change").path == "/intake/measures"
    assert patient.save("measures", HEALTHY | {"bp_top": 134, "bp_when": "week"}).path == "/intake/reasons"
    assert patient.open(PRESSURE).status == 404
    assert "blood-pressure-crisis" in patient.flags(), "decision 2: an alert stays until a person has looked"


@pytest.mark.parametrize("when", ["month", "months_1_to_6", "not_sure"])
def test_an_old_or_undated_reading_alarms_nobody(patient: Patient, when: str) -> None:
    patient.save("measures", HEALTHY | {"bp_top": 184, "bp_when": when})
    assert patient.send(NUMBERS, answer="keep").path == "/intake/reasons"
    assert patient.screenings == []
    assert patient.case.queue is Queue.UNFINISHED


def test_the_page_on_blood_pressure_has_the_limits_of_the_clinics_own_rule() -> None:
    own = Terms(rules=ClinicRules({"blood-pressure-crisis": {"systolic_crisis": 170}}), minimum_age=21).limits
    assert (own.minimum_age, own.systolic_crisis, own.diastolic_crisis) == (21, 170, 120)

    def called_for(top: int, limits: Limits = USUAL) -> set[str]:
        reading = Reading(WHOLE, HEALTHY | {"bp_top": top, "bp_when": "week"}, date(2026, 3, 1))
        return {page.id for page in triggered_interruptions(INTAKE, reading, limits)}

    assert called_for(180) == called_for(170, own) == {"pressure_crisis"}
    assert called_for(179) == called_for(169, own) == set()


def test_plain_advice_is_behind_the_number_for_advice_and_option_2_behind_the_one_for_a_crisis() -> None:
    """In the UK, 111 option 2 is the mental health line: no help for numb legs, a headache or a tight chest."""
    mental = {page.id for page in BY_ID.values() if "nhs" in page.contacts[Country.UK]}
    advice = {page.id for page in BY_ID.values() if "nhs_advice" in page.contacts[Country.UK]}
    assert mental == {"crisis_now", "crisis_support", "harm_others"}
    assert advice == {"back_warning", "headache_warning", "chest_pain", "pressure_crisis"}
    for page in BY_ID.values():
        said = " ".join((*page.opening.values(), *page.act_now.values(), *page.act_today.values()))
        assert ("NHS 111" in said) <= ("nhs_advice" in page.contacts[Country.UK])
