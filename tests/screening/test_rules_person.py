"""Age, consent, who is answering, what was tried, body size."""

from collections.abc import Callable

import pytest

from tests.people import Answers, allergic_to, takes
from tests.screening.proofs import Cases, checks, line, pick, tick, when

GUARDIAN = {"filled_by": "for_patient", "filler_role": "legal", "helper_name": "Kit", "private_part": "alone"}


def size(cm: float, kg: float) -> Answers:
    return {"height": {"unit": "cm", "value": cm}, "weight": {"unit": "kg", "value": kg}}


def is_left_out(question: str) -> Cases:
    return when({question: "not_sure"}, {question: None}, misses=())


CASES = {
    "under-minimum-age": when(
        {"dob": "2008-03-02"},  # 18 tomorrow
        misses={"dob": "2008-03-01"},  # 18 today
        unknown=({"dob": None}, ("patient.age_years",)),
    ),
    "age-65-or-over": when(
        {"dob": "1961-03-01"},
        misses={"dob": "1961-03-02"},
        unknown=({"dob": "rather_not"}, ("patient.age_years",)),
    ),
    "answered-by-other": pick(
        "filler_role",
        "patient.answered_by_other",
        "parent_guardian",
        "legal",
        instead="typing",
        given=GUARDIAN,
    )
    + when(misses=GUARDIAN | {"filled_by": "self"}),
    "typed-by-other": pick(
        "filled_by", "patient.typed_by_other", "self_with_help", "for_patient", instead="self"
    ),
    "patient-does-not-agree": line(
        "sign_assent", "patient.does_not_agree", given=GUARDIAN, yes="no", no="yes"
    )
    + when(
        misses=(
            {"sign_assent": "no"},  # asked of guardians only
            GUARDIAN | {"filler_role": "typing", "sign_assent": "no"},
        ),
        unknown=(GUARDIAN | {"filler_role": None, "sign_assent": "no"}, ("patient.does_not_agree",)),
    ),
    "memory-or-capacity": line("memory_problem", "condition.dementia"),
    "private-part-by-voice": when(
        GUARDIAN | {"private_part": "ask_me"},
        {"scale_phq9": "ask_me"},
        {"opioid_ever": "ask_me"},
        {"pregnancy_status": "ask_me"},
        GUARDIAN | {"private_part": None, "opioid_ever": "ask_me"},
        misses=(
            GUARDIAN | {"private_part": "with_helper"},
            {"scale_phq9": None},  # a blank is no wish to be called
            {"sex_at_birth": "male", "pregnancy_status": "ask_me"},
        ),
        unknown=(
            (GUARDIAN | {"private_part": None}, ("patient.wants_voice_for_private",)),
            ({"filled_by": None}, ("patient.wants_voice_for_private",)),
        ),
    ),
    "medicine-list-to-come": pick("meds_how", "meds.list_to_come", "bring", instead="none"),
    "medicine-name-unclear": when(
        {"medicines": [{"med_name": "Zoloft"}, {"med_name": "the blue one"}]},
        {"medicines": [{"med_name": "Zolloft"}]},
        {"medicines": [{"med_name": "not_sure"}]},
        {"medicines": [{"med_often": "once"}]},
        {"med_classes": ["otc"], "otc_list": "the blue one"},
        {"med_classes": ["otc"], "otc_list": "vitamin D, ketmine"},
        {"med_classes": ["otc"], "otc_list": "ask_me"},
        misses=(
            {"medicines": [{"med_name": "Zoloft"}]},
            {"medicines": None},
            {"meds_how": "bring", "medicines": [{"med_name": "the blue one"}]},
            {"otc_list": "the blue one"},
            {"med_classes": ["otc"], "otc_list": "vitamin D, fish oil; turmeric, N/A"},
            takes("Keflex 500 mg"),
            takes("Foozle for acne"),
            takes("stopped Zoloft last year"),
        ),
    ),
    "medicine-name-unknown": when(
        takes("Foozle for acne"),
        {"medicines": [{"med_name": "Foozle 5 mg", "med_for": "dry skin, my eczema"}]},
        {"med_classes": ["otc"], "otc_list": "vitamin D, foozle for hay fever"},
        misses=(
            takes("Foozle"),
            takes("Foozle for my nerves"),
            {"medicines": [{"med_name": "Foozle", "med_for": "not_sure"}]},
            takes("ketmine for acne"),  # near what matters
            takes("Foozle for acne, stopped in May"),
            takes("Zoloft for acne"),
        ),
    ),
    "medicine-may-be-stopped": when(
        takes("stopped Zoloft last year"),
        takes("Zoloft (stopped in May)"),
        takes("used to take Zoloft but now Prozac"),
        {"med_classes": ["otc"], "otc_list": "vitamin D, no longer kratom"},
        misses=(
            {"med_classes": ["otc"], "otc_list": "vitamin D, no longer melatonin"},  # harmless
            takes("Zoloft"),
            takes("Zoloft off and on"),
            takes("stopped ketmine"),  # which one is not clear; that is asked instead
            {"med_classes": ["otc"], "otc_list": "vitamin D, fish oil"},
            allergic_to("penicillin, stopped"),
        ),
    ),
    "no-treatment-tried": tick("tried_list", "fit.nothing_tried", "none", instead="other"),
    "few-antidepressants-tried": when(
        {"antidepressant_count": "0"},
        {"antidepressant_count": "1"},
        {"tried_list": ["talking"]},
        {"tried_list": ["none"]},
        misses=(
            {"antidepressant_count": "2"},
            {"reasons": ["anxiety"], "antidepressant_count": "1"},
        ),
        unknown=(
            ({"antidepressant_count": "not_sure"}, ("fit.few_antidepressants",)),
            ({"tried_list": ["not_sure"]}, ("fit.few_antidepressants",)),
            ({"reasons": ["not_sure"], "tried_list": ["talking"]}, ("reason.depression",)),
            ({"reasons": None, "tried_list": None}, ("reason.depression", "fit.few_antidepressants")),
        ),
    ),
    "problem-is-new": pick(
        "reason_duration", "fit.problem_under_3_months", "under_3_months", instead="months_3_to_12"
    ),
    "measures-missing": is_left_out("height") + is_left_out("weight") + when(misses=size(168, 64)),
    "measures-unlikely": when(
        size(200, 59.9),
        size(200, 240.1),
        size(140, 34.9),
        size(210, 250.1),
        size(210, 250.1) | {"height": "not_sure"},
        misses=(size(200, 60), size(200, 240), size(140, 35), size(210, 250)),
        unknown=(
            ({"height": "not_sure"}, ("patient.bmi",)),
            ({"weight": "not_sure"}, ("patient.bmi", "patient.weight_kg")),
            ({"height": None, "weight": None}, ("patient.bmi", "patient.weight_kg")),
        ),
    ),
}


@pytest.mark.parametrize("check", checks(CASES))
def test_person(check: Callable[[], None]) -> None:
    check()
