"""What a condition on one answer says: the literal first, then "is it known at all", then no."""

from dataclasses import fields
from typing import Any

import pytest

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.conditions import (
    All,
    Either,
    Expression,
    Lead,
    Not,
    Truth,
    all_of,
    any_of,
    lead,
    mapped,
    not_,
    q,
    walk,
)
from app.questionnaire.intake import INTAKE
from app.questionnaire.reading import Reading
from app.screening.fact_kinds import Tri
from app.screening.factbook import FACTS
from app.screening.rulebook import RULEBOOK
from tests.people import ON, Answers

Y, N, U = True, False, None


def truth(condition: Expression, answers: Answers) -> Truth:
    return condition.truth(Reading(INTAKE, answers, ON))


# Over a question that is always asked: the stored answer, then is "yes", in ("yes", "not_sure"), not in ("no",)
CHOICE: list[tuple[Any, Truth, Truth, Truth]] = [
    ("yes", Y, Y, Y),
    ("no", N, N, N),
    ("not_sure", U, Y, U),
    ("rather_not", U, U, U),
    ("ask_me", U, U, U),
    (None, U, U, U),
    ("", U, U, U),
    ([], U, U, U),
]


@pytest.mark.parametrize(("answer", "is_yes", "in_yes_or_not_sure", "not_in_no"), CHOICE)
def test_one_choice(answer: Any, is_yes: Truth, in_yes_or_not_sure: Truth, not_in_no: Truth) -> None:
    answers = {"heart_attack": answer}
    asked = q("heart_attack")
    assert truth(asked.is_("yes"), answers) is is_yes
    assert truth(asked.in_("yes", "not_sure"), answers) is in_yes_or_not_sure
    assert truth(asked.not_in("no"), answers) is not_in_no


def test_a_missing_key_is_blank() -> None:
    assert truth(q("heart_attack").is_("no"), {}) is None


def test_a_state_can_be_asked_for() -> None:
    assert truth(q("opioid_ever").is_("ask_me"), {"opioid_ever": "ask_me"}) is True
    assert truth(q("opioid_ever").is_("ask_me"), {"opioid_ever": "no"}) is False
    assert truth(q("scale_phq9").is_("ask_me"), {"scale_phq9": [0, None, 0, 0, 0, 0, 0, 0, 0]}) is False
    assert truth(q("ec_name").not_in("rather_not"), {"ec_name": "rather_not"}) is False


# The stored answer, then has "opioid", has any of ("opioid", "none"), has "not_sure"
TICKS: list[tuple[Any, Truth, Truth, Truth]] = [
    (["opioid"], Y, Y, N),
    (["lithium", "opioid"], Y, Y, N),
    (["lithium"], N, N, N),
    (["none"], N, Y, N),
    (["not_sure"], U, U, Y),
    ("opioid", Y, Y, N),
    ("not_sure", U, U, Y),
    ("rather_not", U, U, U),
    ("ask_me", U, U, U),
    (None, U, U, U),
    ("", U, U, U),
    ([], U, U, U),
]


@pytest.mark.parametrize(("answer", "opioid", "opioid_or_none", "not_sure"), TICKS)
def test_a_tick_list(answer: Any, opioid: Truth, opioid_or_none: Truth, not_sure: Truth) -> None:
    answers = {"med_classes": answer}
    asked = q("med_classes")
    assert truth(asked.has("opioid"), answers) is opioid
    assert truth(asked.has("opioid", "none"), answers) is opioid_or_none
    assert truth(asked.has("not_sure"), answers) is not_sure


# What the gate says, then every leaf on the question behind it, whatever it holds
@pytest.mark.parametrize(
    ("gate", "leaf"), [("no", N), ("not_sure", U), ("rather_not", U), ("ask_me", U), (None, U)]
)
@pytest.mark.parametrize("left_over", ["month", "child", None])
def test_a_question_behind_a_gate(gate: str | None, leaf: Truth, left_over: str | None) -> None:
    answers = {"seizure_ever": gate, "seizure_last": left_over, "seizure_cause": ["fever"]}
    assert truth(q("seizure_last").is_("month"), answers) is leaf
    assert truth(q("seizure_last").in_("month", "child"), answers) is leaf
    assert truth(q("seizure_last").not_in("year"), answers) is leaf
    assert truth(q("seizure_cause").has("fever"), answers) is leaf
    assert truth(q("seizure_last").unanswered(), answers) is False


def test_a_gate_behind_a_gate() -> None:
    """heart_event_when hangs on heart_list, which hangs on heart_other."""
    stent = q("heart_event_when").is_("under_6_weeks")
    kept = {"heart_attack": "no", "heart_list": ["stent"], "heart_event_when": "under_6_weeks"}
    assert truth(stent, kept | {"heart_other": "yes"}) is True
    assert truth(stent, kept | {"heart_other": "not_sure"}) is True
    assert truth(stent, kept | {"heart_other": "no"}) is False
    assert truth(stent, kept | {"heart_other": None}) is None
    assert truth(stent, kept | {"heart_other": None, "heart_attack": "yes"}) is True


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (None, Y),
        ("", Y),
        ([], Y),
        ("not_sure", Y),
        ("ask_me", Y),
        (["not_sure"], Y),
        (["rather_not"], Y),
        (["pain"], N),
        ("pain", N),
    ],
)
def test_unanswered_is_never_unknown(answer: Any, says: bool) -> None:
    assert truth(q("reasons").unanswered(), {"reasons": answer}) is says


@pytest.mark.parametrize(
    ("scores", "gte_1", "is_1"),
    [
        ([0] * 8 + [0], N, N),
        ([0] * 8 + [1], Y, Y),
        ([0] * 8 + [2], Y, N),
        ([3] * 8 + [None], U, U),
        ("ask_me", U, U),
        (None, U, U),
    ],
)
def test_a_number_worked_out_of_an_answer(scores: Any, gte_1: Truth, is_1: Truth) -> None:
    answers = {"scale_phq9": scores}
    assert truth(q("scale_phq9_item9").gte(1), answers) is gte_1
    assert truth(q("scale_phq9_item9").equals(1), answers) is is_1


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"alcohol_any": "yes", "scale_auditc": [2, 1, 1]}, Y),
        ({"alcohol_any": "yes", "scale_auditc": [2, 1, 0]}, N),
        ({"alcohol_any": "yes", "scale_auditc": [0, None, None]}, N),
        ({"alcohol_any": "yes", "scale_auditc": [4, None, 0]}, U),
        ({"alcohol_any": "yes"}, U),
        ({"alcohol_any": "no", "scale_auditc": [4, 4, 4]}, N),
        ({"alcohol_any": None, "scale_auditc": [4, 4, 4]}, U),
    ],
)
def test_a_score_of_a_scale_that_may_not_have_been_asked(answers: Answers, says: Truth) -> None:
    assert truth(q("scale_auditc_score").gte(4), answers) is says
    if says is False and answers["alcohol_any"] == "no":
        assert truth(q("scale_auditc_score").lt(4), answers) is False  # no score is not a low score


@pytest.mark.parametrize(
    ("dob", "says"), [("2008-03-02", Y), ("2008-03-01", N), (None, U), ("rather_not", U)]
)
def test_age_is_worked_out_on_the_day(dob: str | None, says: Truth) -> None:
    assert truth(q("age_years").lt(18), {"dob": dob}) is says


def entries(*reactions: Any) -> Answers:
    return {
        "allergy_any": "yes",
        "allergies": [{"allergy_to": "x", "allergy_reaction": r} for r in reactions],
    }


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (entries(["rash"]), N),
        (entries(["rash"], ["swelling", "rash"]), Y),
        (entries(["not_sure"], ["swelling"]), Y),
        (entries(["not_sure"], ["rash"]), U),
        (entries(None, ["rash"]), U),
        (entries("ask_me"), U),
        (entries("swelling"), Y),
        ({"allergy_any": "yes", "allergies": []}, U),
        ({"allergy_any": "yes", "allergies": "rather_not"}, U),
        ({"allergy_any": "yes"}, U),
        ({"allergy_any": "no"} | {"allergies": entries(["swelling"])["allergies"]}, N),
        ({"allergies": entries(["swelling"])["allergies"]}, U),
    ],
)
def test_a_column_of_a_list(answers: Answers, says: Truth) -> None:
    assert truth(q("allergies").field("allergy_reaction", "swelling", "breathing"), answers) is says


def test_a_condition_lists_what_it_reads() -> None:
    condition = all_of(
        any_of(q("a").is_("yes"), not_(q("b").has("x"))), lead(q("c").in_("y"), or_yes=q("d").gte(1))
    )
    assert list(condition.names()) == ["a", "b", "c", "d"]


def test_a_condition_says_which_answers_decided_it() -> None:
    def because(condition: Expression, answers: Answers) -> list[str]:
        reading = Reading(INTAKE, answers, ON)
        outcome = condition.truth(reading)
        assert outcome is not None
        return list(condition.because(reading, outcome))

    either = any_of(q("heart_attack").is_("yes"), q("heart_list").has("stent"))
    assert because(either, {"heart_attack": "yes", "heart_other": "no"}) == ["heart_attack"]
    # The list was not asked, for there was no other heart problem: that "no" is what says so.
    assert because(either, {"heart_attack": "no", "heart_other": "no"}) == ["heart_attack", "heart_other"]
    score = q("scale_phq9_item9").gte(1)
    assert because(score, {"scale_phq9": [1] * 9}) == ["scale_phq9"]


def held(value: Any) -> list[Expression]:
    """The expressions in a field of a node, whatever it holds them in."""
    if isinstance(value, Expression):
        return [value]
    return [one for part in value for one in held(part)] if isinstance(value, (tuple, list)) else []


EVERY = [
    *(question.show_if for question in WHOLE.questions.values() if question.show_if is not None),
    *(rule.trigger for rule in RULEBOOK.rules),
    *(fact.when for fact in FACTS.values() if isinstance(fact, Tri)),
]
NODES = {type(part): part for condition in EVERY for part in walk(condition)}


def test_a_node_lists_every_expression_it_holds() -> None:
    """One that is left out is on no way through a condition: its limit is not put in, its question not asked."""
    for node in NODES.values():
        inside = [one for field in fields(node) for one in held(getattr(node, field.name))]  # type: ignore[arg-type]
        assert list(node.children()) == inside, type(node).__name__


def test_a_node_over_its_own_parts_is_the_same_node() -> None:
    for condition in EVERY:
        assert mapped(condition, lambda leaf: leaf) == condition


def test_the_conditions_we_ask_by_have_every_join() -> None:
    assert {All, Either, Not, Lead} <= set(NODES)
