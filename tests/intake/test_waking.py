"""Who is woken: declared on each rule, apart from its level, and never without a help page for the patient."""

import pytest
from sqlalchemy import func, select

from app.models import Mail
from app.questionnaire.all_forms import FORMS, WHOLE
from app.questionnaire.countries import Country
from app.questionnaire.form_kinds import FormKind
from app.questionnaire.interruption_triggers import triggered_interruptions
from app.questionnaire.interruptions import INTERRUPTIONS
from app.questionnaire.reading import Reading
from app.screening.evaluation import Raised
from app.screening.levels import Level
from app.screening.rulebook import RULEBOOK
from app.screening.rules import Rule
from tests.intake.patient import Patient
from tests.intake.test_interruptions import CALLS, MORE, PAIN, THOUGHTS
from tests.people import CHECKED_IN, HEALTHY, ON, Answers, but, mood, screen
from tests.screening.test_every_rule import ALL_CASES

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")

WAKES = {
    "suicide-risk-now",
    "phq9-self-harm-item",
    "call-wanted-today",
    "harm-to-others",
    "unwell-right-now",
    "spinal-nerve-warning",
    "after-emergency",
    "after-suicide-risk",
    "after-wants-call",
}
WAKING = pytest.mark.parametrize(
    "rule", [rule for rule in RULEBOOK.rules if rule.wakes], ids=lambda rule: rule.slug
)
# When a reading was taken is no sign of danger by itself: it decides with the numbers beside it.
NOT_SURE = [
    (page.id, name)
    for page in INTERRUPTIONS
    for name in page.when.names()
    if "not_sure" in getattr(getattr(WHOLE.questions.get(name), "kind", None), "options", ())
    and name != "bp_when"
]


def kind_of(rule: Rule) -> FormKind:
    return FormKind.CHECK_IN if rule.stage == FormKind.CHECK_IN.part else FormKind.INTAKE


def raised_by(rule: Rule, changes: Answers) -> Raised | None:
    whole = but(CHECKED_IN if kind_of(rule) is FormKind.CHECK_IN else HEALTHY, changes)
    parts = (kind_of(rule).part,)
    return next((flag for flag in screen(whole, parts=parts).raised if flag.rule is rule), None)


def alerts(patient: Patient) -> int:
    """How many alerts wait for whoever is on call."""
    patient.session.commit()
    of = select(func.count()).where(Mail.kind == "alert", Mail.case_id == patient.case_id)
    return patient.session.scalar(of) or 0


def test_these_rules_wake_somebody_and_no_others() -> None:
    assert {rule.slug for rule in RULEBOOK.rules if rule.wakes} == WAKES
    assert {rule.slug for rule in RULEBOOK.rules if rule.level is Level.URGENT} - WAKES == {
        "blood-pressure-crisis",
        "after-seizure",
    }, "urgent in the queue, and no night alarm"


@WAKING
def test_whatever_wakes_somebody_shows_the_patient_a_help_page(rule: Rule) -> None:
    form = FORMS[kind_of(rule)]
    woken = 0
    for changes in ALL_CASES[rule.slug].fires:
        flag = raised_by(rule, changes)
        if flag is None or not flag.wakes:
            continue
        woken += 1
        base = CHECKED_IN if form.kind is FormKind.CHECK_IN else HEALTHY
        reading = Reading(WHOLE, but(base, changes), ON, Country.US, ("phq9", "gad7"))
        pages = [page for page in triggered_interruptions(form.asks, reading) if rule.slug in page.rules]
        assert pages, changes
    assert woken


@pytest.mark.parametrize("call", CALLS)
def test_a_help_page_says_that_the_team_was_told_only_when_somebody_was_woken(
    patient: Patient, call: str
) -> None:
    interruption, page_id, before, answers, _ = CALLS[call]
    pain = {"back_warning": "no", "headache_changed": "no"} if before is PAIN else {}
    tried = {"suicide_attempt": "yes"} if "suicide_attempt" in answers else {}
    patient.have(HEALTHY | before | pain | tried, seen_help=["crisis_support"] if before else [])
    patient.save(page_id, HEALTHY | before | pain | tried | answers)
    seen = patient.open(f"/intake/help/{interruption}")
    page = next(page for page in INTERRUPTIONS if page.id == interruption)
    assert ("told our team" in seen.words) is (page.told_open is not None and alerts(patient) == 1)
    woken = {flag for flag in patient.flags() if flag in WAKES} - (
        {"phq9-self-harm-item"} if "at 1" in call else set()
    )
    assert alerts(patient) == bool(woken)


def test_question_9_at_1_is_urgent_in_the_queue_and_wakes_nobody(patient: Patient) -> None:
    patient.save("phq9", HEALTHY | mood(1))
    assert alerts(patient) == 0
    assert patient.case.level_rank == 0
    assert (
        "Our team can see this answer. Someone will look at it."
        in patient.open("/intake/help/crisis_support").words
    )


def test_a_worse_answer_to_a_rule_that_was_raised_before_wakes_somebody_once(patient: Patient) -> None:
    patient.save("phq9", HEALTHY | mood(1))
    patient.send("/intake/help/crisis_support", answer="carry_on")
    patient.save("phq9", HEALTHY | mood(2))
    assert alerts(patient) == 1
    assert patient.flags()["phq9-self-harm-item"]["because"][0]["answer"][-1] == 2
    assert patient.facts("alert.raised")[-1] == {"rules": ["phq9-self-harm-item"]}
    patient.save("phq9", HEALTHY | mood(1))
    patient.save("phq9", HEALTHY | mood(3))
    assert alerts(patient) == 1, "one form, one alarm for the same concern"


@pytest.mark.parametrize(("page", "question"), NOT_SURE)
def test_not_sure_calls_for_the_same_page_in_words_of_its_own(
    patient: Patient, page: str, question: str
) -> None:
    before = HEALTHY | THOUGHTS | MORE | PAIN | {"back_warning": "no", "headache_changed": "no"}
    patient.have(before, seen_help=["crisis_support"])
    asked = WHOLE.page_of(question)
    saved = patient.save(asked.id, before | {question: "not_sure"})
    assert saved.path == f"/intake/help/{page}"
    seen = patient.open(saved.path)
    found = next(one for one in INTERRUPTIONS if one.id == page)
    assert found.opening[Country.US] not in seen.words
    assert found.opening_unsure[Country.US] in seen.words
    assert "told our team" not in seen.words
    assert alerts(patient) == 0
    assert "/help/" not in patient.send(saved.path, answer="carry_on").path


def test_every_red_flag_that_can_be_unsure_is_tried() -> None:
    assert {name for _, name in NOT_SURE} >= {
        "back_warning",
        "chest_pain_recent",
        "headache_changed",
        "harm_others",
    }


def test_the_emergency_page_lets_a_true_answer_stand(patient: Patient) -> None:
    patient.save("right_now", {"urgent_now": ["chest_pain"]})
    seen = patient.open("/intake/help/emergency")
    assert "My answer is right. Go on with the form" in seen.words
    assert seen.buttons["answer"] == ["stop", "carry_on", "mistake"]
    assert patient.send("/intake/help/emergency", answer="carry_on").path == "/intake/begin"
    assert patient.draft.answers["urgent_now"] == ["chest_pain"]
