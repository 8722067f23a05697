"""The to-ask list: one line for each missing cause, in the order of levels, and no rule left out."""

from dataclasses import dataclass

import pytest

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.pages import Question
from app.screening.case_summary import CaseSummary, FlagCount
from app.screening.factbook import FACTS
from app.screening.levels import LEVEL_ORDER, Level
from app.screening.prompts import read_aloud
from app.screening.rulebook import RULEBOOK
from app.screening.rules import Rule
from app.screening.source_questions import source_questions
from app.screening.to_ask import CAUSES, NAMES, Cause, ToAskItem, to_ask_items
from tests.people import HEALTHY, but, screen, takes


@dataclass(frozen=True)
class Open:
    """A rule that waits."""

    rule: str
    unknown: tuple[str, ...]
    ask: str | None = None
    level: Level = Level.REVIEW


def waiting(answers: dict[str, object]) -> list[Open]:
    return [
        Open(one.rule.slug, one.unknown, one.rule.ask, one.rule.level) for one in screen(answers).undetermined
    ]


def test_a_missing_reading_is_one_line_for_all_its_rules() -> None:
    open_rules = waiting(but(HEALTHY, {"bp_known": "no", "bp_top": None, "bp_bottom": None}))
    assert len(open_rules) >= 3
    (line,) = to_ask_items(open_rules)
    assert line.key == "pressure"
    assert set(line.rules) == {one.rule for one in open_rules}
    assert line.level is Level.URGENT


def test_a_name_that_nobody_knows_is_one_line_for_a_dozen_rules() -> None:
    open_rules = waiting(but(HEALTHY, takes("the blue ones", "Foobarol")))
    assert len(open_rules) >= 10
    (line,) = to_ask_items(open_rules)
    assert line.key == "medicine_names"
    assert "“the blue ones”, “Foobarol”." in line.instruction(["“the blue ones”", "“Foobarol”"])
    assert NAMES not in line.instruction()
    assert "Not clear yet: every medicine." in line.instruction()


def test_a_rule_stands_under_every_cause_that_holds_one_of_its_facts() -> None:
    both = Open("blood-pressure-very-high", ("vitals.systolic_mmhg", "meds.classes"))
    assert [(line.key, line.rules) for line in to_ask_items([both])] == [
        ("pressure", (both.rule,)), ("medicine_names", (both.rule,))
    ]  # fmt: skip


def test_rules_in_no_cause_share_a_line_when_they_wait_for_the_same_facts() -> None:
    first = Open("chemotherapy", ("x", "y"), None, Level.STOP)
    second = Open("cancer-history", ("y", "x"), "When?", Level.REVIEW)
    other = Open("surgery-recent", ("x",), "Where?", Level.STOP)
    made = to_ask_items([second, other, first])
    assert {line.rules for line in made} == {("chemotherapy", "cancer-history"), ("surgery-recent",)}
    assert {line.level for line in made} == {Level.STOP}


def assert_instructs_alone(line: ToAskItem) -> None:
    """What is asked stands at the field: beside it is what the caller does, and no question without a box."""
    said = line.instruction()
    assert NAMES not in said
    assert '"' not in said
    assert "?" not in said, (line.key, said)
    assert not said or said.endswith("."), (line.key, said)


@pytest.mark.parametrize("rule", RULEBOOK.rules, ids=lambda rule: rule.slug)
def test_no_line_of_a_rule_asks_beside_its_fields(rule: Rule) -> None:
    facts = tuple(dict.fromkeys(rule.trigger.names()))
    for unknown in [(fact,) for fact in facts] + [facts]:
        for line in to_ask_items([Open(rule.slug, unknown, rule.ask)]):
            assert_instructs_alone(line)


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.key)
def test_no_cause_asks_beside_its_fields(cause: Cause) -> None:
    (line,) = to_ask_items([Open("x", (next(iter(cause.facts)),))])
    assert_instructs_alone(line)
    if NAMES in cause.instruction:
        assert cause.unnamed


@pytest.mark.parametrize("question", WHOLE.questions.values(), ids=lambda question: question.id)
def test_every_question_can_be_read_aloud(question: Question) -> None:
    assert read_aloud(question).endswith("?")
    assert "(optional)" not in read_aloud(question)


def test_lines_come_by_level_then_causes_then_rules() -> None:
    made = to_ask_items(
        [
            Open("age-65-or-over", ("a",), "A?"),
            Open("headache-changed", ("b",), "B?", Level.STOP),
            Open("suicide-risk-now", ("c",), "C?", Level.URGENT),
            Open("x", ("family.psychosis",), None, Level.STOP),
            Open("y", ("vitals.systolic_mmhg",), None, Level.STOP),
            Open("surgery-recent", ("d",), "D?", Level.STOP),
        ]
    )
    places = [rule.slug for rule in RULEBOOK.rules]
    stops = sorted(("headache-changed", "surgery-recent"), key=places.index)
    assert [line.key for line in made] == ["suicide-risk-now", "pressure", "family", *stops, "age-65-or-over"]


def test_nothing_is_left_out_of_a_form_that_says_nothing() -> None:
    open_rules = waiting({})
    made = to_ask_items(open_rules)
    assert {rule for line in made for rule in line.rules} == {one.rule for one in open_rules}
    assert len({line.key for line in made}) == len(made) < len(open_rules)
    assert [LEVEL_ORDER[line.level] for line in made] == sorted(LEVEL_ORDER[line.level] for line in made)
    for line in made:
        assert_instructs_alone(line)


@pytest.mark.parametrize(
    "cause", [one for one in CAUSES if one.facts & FACTS.keys()], ids=lambda cause: cause.key
)
def test_every_cause_is_of_facts_that_come_from_questions(cause: Cause) -> None:
    known = [key for key in cause.facts if key in FACTS]
    assert known
    assert all(source_questions(key) for key in known)
    assert cause.key not in RULEBOOK.by_slug


def test_the_queue_counts_lines_and_ranks_what_may_be_grave_between_stop_and_review() -> None:
    def mark(rule: str, level: Level, *unknown: str, open: bool = True) -> FlagCount:
        return FlagCount(rule, RULEBOOK.by_slug[rule].card, level, not unknown, open, unknown)

    waits = [mark("blood-pressure-very-high", Level.STOP, "vitals.systolic_mmhg"),
             mark("blood-pressure-crisis", Level.URGENT, "vitals.diastolic_mmhg"),
             mark("age-65-or-over", Level.REVIEW, "patient.age_years")]  # fmt: skip
    review, stop = mark("eye-pressure", Level.REVIEW), mark("headache-changed", Level.STOP)
    case_summary = CaseSummary.of([*waits, review])
    assert (case_summary.level_rank, case_summary.open_stops, case_summary.to_ask) == (2, 2, 2)
    assert (case_summary.cards, case_summary.not_known) == (("head",), ("heart",))
    assert CaseSummary.of([*waits, stop]).level_rank == 1
    assert CaseSummary.of([waits[2], review]).level_rank == 3
    assert CaseSummary.of([waits[2]]).level_rank == 4
    settled = [mark("blood-pressure-very-high", Level.STOP, "vitals.systolic_mmhg", open=False)]
    assert CaseSummary.of(settled) == CaseSummary.of([])
