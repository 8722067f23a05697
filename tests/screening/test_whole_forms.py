"""A whole person: healthy, blank, and halfway through the form."""

import pytest

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.countries import Country
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import accept_answer
from app.questionnaire.reading import Reading
from app.screening.evaluation import ScreeningResult, evaluate
from app.screening.levels import Level
from app.screening.rulebook import RULEBOOK
from app.screening.rules import Submitted
from tests.people import CHECKED_IN, HEALTHY, ON, but, raised, screen, undetermined
from tests.strategies import UNWELL

JURISDICTIONS = pytest.mark.parametrize("jurisdiction", [Country.US, Country.UK])

# A name that was never typed cannot be unclear, near another or stopped: the rules a blank form may leave silent.
SILENT_WHEN_BLANK = {
    "medicine-name-unclear",
    "medicine-name-unknown",
    "medicine-may-be-stopped",
    "allergy-name-unclear",
    "contradiction-allergy-name",
}


def in_force(jurisdiction: Country) -> set[str]:
    return {
        rule.slug for rule in RULEBOOK.rules if rule.stage == 1 and rule.jurisdiction in (None, jurisdiction)
    }


def told(screening: ScreeningResult) -> set[str]:
    return {*raised(screening), *undetermined(screening)}


def test_the_healthy_adult_answered_every_question_asked_and_no_other() -> None:
    reading = Reading(INTAKE, HEALTHY, ON)
    asked = {question.id for page in INTAKE.pages for question in reading.shown_questions(page)}
    assert set(HEALTHY) <= asked
    # The birth date that opens an invitation is compared, not stored.
    assert [q.id for page in INTAKE.pages for q in reading.missing(page)] == ["verify_dob"]
    for key, answer in HEALTHY.items():
        assert accept_answer(INTAKE.questions[key], answer, ON) == answer


@JURISDICTIONS
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"sex_at_birth": "male", "pregnancy_status": None, "breastfeeding": None},
        {"dob": "1962-06-01"},
        {"dob": "2007-06-01"},
        {"med_classes": ["none"], "meds_how": "none", "medicines": None},
        {"med_classes": ["otc"], "otc_list": "vitamin C", "medicines": [{"med_name": "paracetamol"}]},
        {"reasons": ["pain"], "pain_sites": ["all_over"], "medicines": [{"med_name": "ibuprofen"}]},
        {"alcohol_any": "no", "scale_auditc": None, "drugs_used": ["tobacco"]},
        {"surgery_last": "over_1_year", "allergy_any": "no", "lung_any": "no"},
        {"filled_by": "self_with_help", "helper_name": "Kit", "private_part": "alone"},
    ],
)  # fmt: skip
def test_a_healthy_adult_raises_nothing_above_a_note(
    changes: dict[str, object], jurisdiction: Country
) -> None:
    screening = screen(but(HEALTHY, changes), jurisdiction)
    assert {flag.level for flag in screening.raised} <= {Level.NOTE}
    assert undetermined(screening) == {}


@JURISDICTIONS
def test_the_healthy_adult_raises_nothing_at_all(jurisdiction: Country) -> None:
    assert raised(screen(HEALTHY, jurisdiction)) == []


@JURISDICTIONS
def test_a_blank_form_clears_nothing(jurisdiction: Country) -> None:
    assert in_force(jurisdiction) - told(screen({}, jurisdiction)) == SILENT_WHEN_BLANK


@JURISDICTIONS
@pytest.mark.parametrize("state", ["not_sure", "rather_not", "ask_me", "", []])
def test_a_form_of_nothing_but_not_sure_clears_nothing(state: object, jurisdiction: Country) -> None:
    """However each question was left open, and in whatever shape: a sheet of shrugs must not look safe."""
    answers = dict.fromkeys(INTAKE.questions, state)
    assert in_force(jurisdiction) - told(screen(answers, jurisdiction)) == SILENT_WHEN_BLANK


@pytest.mark.parametrize("gone", ["mood", "substances", "pregnancy", "medicines", "safety", "body", "family"])
def test_a_step_left_out_leaves_every_rule_that_reads_it_open(gone: str) -> None:
    """All that a healthy adult left out is unknown; nothing that reads it may go silent as if it were no."""
    step = next(step for step in INTAKE.steps if step.id == gone)
    answers = but(HEALTHY, {question.id: None for question in step.questions()})
    open_rules = undetermined(screen(answers))
    assert len(open_rules) > 2
    facts = screen(answers).facts
    for slug, unknown in open_rules.items():
        assert unknown, slug
        for key in unknown:
            value = facts.fact(key)
            assert value is None or not isinstance(value, bool), (slug, key)


@JURISDICTIONS
def test_someone_very_unwell_is_seen_as_such(jurisdiction: Country) -> None:
    screening = screen(UNWELL, jurisdiction)
    assert screening.level is Level.URGENT
    assert {"suicide-risk-now", "unwell-right-now", "chemotherapy"} <= set(raised(screening))
    assert len(screening.raised) > 60


def test_flags_come_by_level_then_name_and_the_to_ask_list_by_name() -> None:
    screening = screen(UNWELL | {"scale_phq9": None})
    order = [(list(Level).index(flag.level), flag.rule.slug) for flag in screening.raised]
    assert order == sorted(order)
    assert screening.level is screening.raised[0].level
    assert list(undetermined(screening)) == sorted(undetermined(screening))


def test_only_the_parts_that_were_sent_are_judged() -> None:
    sent = evaluate(RULEBOOK, Submitted(WHOLE, CHECKED_IN, ON, parts=("followup",)))
    assert (sent.raised, sent.undetermined) == ((), ())
    assert sent.level is None


def test_a_caller_may_judge_some_rules_only() -> None:
    """A page being saved asks for its urgent rules before the form is done."""
    urgent = {rule.slug for rule in RULEBOOK.rules if rule.level is Level.URGENT}
    found = evaluate(RULEBOOK, Submitted(INTAKE, UNWELL, ON), only=urgent)
    assert found.raised
    assert {flag.level for flag in found.raised} == {Level.URGENT}
    every = {flag.rule.slug for flag in screen(UNWELL).raised if flag.level is Level.URGENT}
    assert {flag.rule.slug for flag in found.raised} == every
