"""What a form is once it is sent: its answers, its signature and what was judged of it are frozen."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.intake.form.signing import BOUND, hash_of_questions, hash_of_signed
from app.models import Flag, unseal
from app.questionnaire.countries import Country
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import Choices
from app.screening.evaluation import evaluate
from app.screening.rulebook import RULEBOOK
from app.screening.rules import Submitted
from tests.intake.patient import Patient
from tests.intake.test_send import HARD, UNSIGNED
from tests.people import HEALTHY, Answers


def test_a_screening_says_until_when_it_holds(patient: Patient) -> None:
    patient.have(UNSIGNED | {"surgery_last": "under_6_weeks", "surgery_areas": ["bones"]})
    patient.sign()
    (final,) = patient.screenings
    assert unseal(patient.session, final, "sealed_validity") == {
        "until": (patient.clock.today + timedelta(days=42)).isoformat(),
        "changes": ["surgery-recent"],
    }


@pytest.mark.parametrize("answers", [UNSIGNED, HARD], ids=["healthy", "hard"])
def test_frozen_answers_and_flags_are_what_the_rulebook_says_of_them(
    patient: Patient, answers: Answers
) -> None:
    patient.have(answers, seen_help=["crisis_support", "chest_pain"])
    assert patient.sign().path == "/intake/confirmation"
    frozen = patient.draft.answers
    assert frozen == answers | {"agree_screen": True, "sign_name": "Robin Ashdown"}
    judged = evaluate(RULEBOOK, Submitted(INTAKE, frozen, patient.clock.today, Country.US))
    (final,) = patient.screenings
    assert (final.interim, final.on_date, final.answers_version) == (
        False, patient.clock.today, patient.case.answers_version,
    )  # fmt: skip
    assert (final.rulebook, final.settings_hash) == (judged.rulebook, judged.settings)
    rows = list(patient.session.scalars(select(Flag).where(Flag.screening_id == final.id)))
    assert len(rows) == len(judged.raised) + len(judged.undetermined)
    stored = {row.rule: (row, unseal(patient.session, row, "sealed_evidence")) for row in rows}
    for raised in judged.raised:
        row, evidence = stored[raised.rule.slug]
        assert (row.outcome, row.level, row.card, row.state) == (
            "raised", raised.level.value, raised.rule.card, "open",
        )  # fmt: skip
        told = [(said["question"], said["answer"]) for said in evidence["because"]]
        assert told == [(because.question, because.answer) for because in raised.because]
        assert all(said["words"] for said in evidence["because"])
    for line in judged.undetermined:
        row, evidence = stored[line.rule.slug]
        assert row.outcome == "undetermined"
        assert (evidence["unknown"], evidence["ask"]) == (list(line.unknown), line.rule.ask)
    case = patient.case
    if answers is HARD:
        assert {"phq9-self-harm-item", "chest-pain-recent"} <= {raised.rule.slug for raised in judged.raised}
        assert case.level_rank == 0
        assert 0 < case.to_ask_count <= len(judged.undetermined)


def test_hidden_answers_are_dropped_when_it_is_sent(patient: Patient) -> None:
    left_over = {
        "bp_known": "no",
        "seizure_last": "month",
        "pain_sites": ["back"],
        "alcohol_withdrawal": "yes",
    }
    patient.have(UNSIGNED | left_over)
    patient.sign()
    frozen = patient.draft.answers
    assert "bp_top" not in frozen
    assert not left_over.keys() - {"bp_known"} & frozen.keys()
    assert patient.flags() == {}


def test_hidden_answers_are_kept_until_then_for_a_change_of_mind(patient: Patient) -> None:
    patient.have(
        UNSIGNED | {"seizure_ever": "yes", "seizure_last": "over_5_years", "seizure_cause": ["fever"]}
    )
    patient.save("head", UNSIGNED)
    assert patient.draft.answers["seizure_last"] == "over_5_years"
    seen = patient.open("/intake/head")
    assert "seizure_last" not in seen.in_view
    assert seen.values["seizure_last"] == ["over_5_years"]


def test_the_signature_is_bound_to_the_answers_and_the_words_that_were_asked(patient: Patient) -> None:
    patient.have(UNSIGNED)
    patient.sign()
    case, frozen = patient.case, patient.draft.answers
    signature = unseal(patient.session, case, "sealed_signature")
    assert case.signature_hash == signature["answers_sha256"] == hash_of_signed(case, frozen, signature)
    assert hash_of_signed(case, frozen | {"heart_attack": "yes"}, signature) != case.signature_hash
    for name in BOUND:
        assert hash_of_signed(case, frozen, signature | {name: "something else"}) != case.signature_hash, name
    asked = {line["id"]: line for step in signature["asked"] for line in step["lines"]}
    assert asked["heart_attack"]["question"] == INTAKE.questions["heart_attack"].text
    assert asked["heart_attack"]["words"] == "No"
    assert asked.keys() == {
        question.id
        for page in INTAKE.pages
        for question in patient.draft.reading(patient.clock.today, Country.US).shown_questions(page)
        if question.kind.name != "identity"
    }
    assert signature["questions_sha256"] == hash_of_questions(INTAKE, Country.US, str)
    assert signature["name"] == "Robin Ashdown"
    assert signature["meaning"] == INTAKE.questions["agree_screen"].text
    assert signature["statement_version"] == INTAKE.version
    assert date.fromisoformat(signature["at"][:10]) == patient.clock.today


def test_an_option_that_nobody_picked_is_bound_too() -> None:
    page = INTAKE.pages[1]
    picked = page.questions[0]
    assert isinstance(picked.kind, Choices)
    other = replace(picked, kind=Choices(dict(picked.kind.options) | {"seizure": "A seizure"}))
    step = replace(
        INTAKE.steps[0],
        pages=(INTAKE.pages[0], replace(page, questions=(other,)), *INTAKE.steps[0].pages[2:]),
    )
    changed = replace(INTAKE, steps=(step, *INTAKE.steps[1:]))
    assert hash_of_questions(changed, Country.US, str) != hash_of_questions(INTAKE, Country.US, str)


def test_what_is_frozen_is_plain_json(patient: Patient) -> None:
    patient.have(UNSIGNED)
    patient.sign()
    assert json.loads(json.dumps(patient.draft.answers)) == patient.draft.answers


@pytest.mark.parametrize(
    ("told", "raised", "level"),
    [
        (
            {"anesthetic_problem": "yes", "anesthetic_problem_what": ["breathing"]},
            {"anesthetic-problem"},
            3,
        ),
        (
            {"mh_list": ["psychosis"], "psychosis_when": "older"},
            {"psychosis-diagnosed", "psychosis-history"},
            1,
        ),
        (
            {"bp_top": 184, "bp_bottom": 100, "bp_when": "not_sure"},
            {"blood-pressure-very-high", "blood-pressure-high-us"},
            1,
        ),
    ],
)
def test_a_form_is_taken_for_no_more_and_no_less_than_it_says(
    patient: Patient, told: Answers, raised: set[str], level: int
) -> None:
    patient.have(HEALTHY | told)
    assert patient.sign().status == 303
    assert set(patient.flags()) == raised
    assert patient.case.level_rank == level
