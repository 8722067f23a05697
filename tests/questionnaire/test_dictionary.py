"""The data dictionary says everything about every column, and nothing that is not so."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.questionnaire import dictionary
from app.questionnaire.all_forms import WHOLE
from app.questionnaire.answers import State
from app.questionnaire.checkin import CHECKIN
from app.questionnaire.columns import FLAG, RECORD, headings
from app.questionnaire.conditions import Expression, all_of, any_of, lead, not_, q
from app.questionnaire.conditions.truth import Truth
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import Choice, Choices
from app.questionnaire.ready import READY

ALL = [dict(zip(dictionary.HEADINGS, row, strict=True)) for row in dictionary.rows()]
ROWS = {row["column"]: row for row in ALL if row["file"] == "cases"}
TEXT = dictionary.as_markdown(INTAKE)
WHOLE_TEXT = dictionary.as_markdown(WHOLE)


def test_it_has_the_columns_of_every_file_in_their_order() -> None:
    assert list(ROWS) == headings(INTAKE)
    assert [row["column"] for row in ALL if row["file"] == "ready"] == headings(READY)
    assert [row["column"] for row in ALL if row["file"] == "flags"] == [column.name for column in FLAG]
    assert all(row["holds"] for row in ALL)


def test_the_document_tells_the_columns_of_the_files_apart() -> None:
    flags, case = TEXT.partition("## `flags.csv`")[2].split("\n## ")[:2]
    assert [line.split("`")[1] for line in flags.splitlines() if line.startswith("| `")] == [
        c.name for c in FLAG
    ]
    assert [line.split("`")[1] for line in case.splitlines() if line.startswith("| `")] == [
        c.name for c in RECORD
    ]


def test_the_document_covers_every_part_and_says_which_a_step_belongs_to() -> None:
    for name in headings(WHOLE):
        assert f"`{name}`" in WHOLE_TEXT
    for file, words, form in (
        ("`cases.csv`", "Part 1, before the clinic reviews.", INTAKE),
        ("`ready.csv`", "Part 2, getting ready.", READY),
        ("`checkin.csv`", "The check-in after a session.", CHECKIN),
    ):
        for step in form.steps:
            assert f"\n## {file}: {step.name}\n\n{words}\n" in WHOLE_TEXT


def test_each_line_of_a_question_is_told_in_words() -> None:
    assert "- Column `fu_memory`: one choice: Gaps in memory\n" in WHOLE_TEXT


@pytest.mark.parametrize(
    "name", [n for n, q in INTAKE.questions.items() if isinstance(q.kind, (Choice, Choices))]
)
def test_every_code_is_explained(name: str) -> None:
    kind = INTAKE.questions[name].kind
    assert isinstance(kind, (Choice, Choices))
    for code, label in kind.options.items():
        assert f"{code} = {label}" in ROWS[name]["values"]
        assert f"| `{code}` | {label} |" in TEXT


def test_a_question_that_may_stay_hidden_says_so_and_when_it_is_asked() -> None:
    assert ROWS["back_warning"]["asked_when"] == "pain_sites includes back or spine"
    assert State.NOT_SHOWN in ROWS["back_warning"]["may_also_hold"]
    assert ROWS["reasons"]["asked_when"] == "always"
    assert State.NOT_SHOWN not in ROWS["reasons"]["may_also_hold"]


def test_the_ways_out_of_a_typed_question_are_told() -> None:
    assert ROWS["height"]["may_also_hold"] == "not_sure"
    assert ROWS["email"]["may_also_hold"] == "rather_not"


def test_only_private_steps_can_be_left_to_a_talk() -> None:
    assert "ask_me" in ROWS["scale_phq9"]["may_also_hold"]
    assert "ask_me" not in ROWS["height"]["may_also_hold"]


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (q("a").is_("x"), "a is x"),
        (q("a").in_("x", "y"), "a is x or y"),
        (q("a").not_in("x"), "a is answered and not x"),
        (q("a").has("x", "y"), "a includes x or y"),
        (q("a").unanswered(), "a is not answered"),
        (q("a").field("column", "x"), "column of an entry of a is x"),
        (q("a").gte(2), "a is at least 2"),
        (q("a").lt(2.5), "a is under 2.5"),
        (all_of(q("a").is_("x"), any_of(q("b").gt(1), q("b").lte(0))), "a is x and (b is over 1 or b is at most 0)"),
        (not_(q("a").equals(3)), "not (a is 3)"),
        (lead(q("a").is_("x"), or_yes=q("b").has("y")), "a is x or b includes y"),
    ],
)  # fmt: skip
def test_conditions_in_words(condition: object, words: str) -> None:
    assert dictionary.condition_words(condition) == words  # type: ignore[arg-type] # any of them


class Wordless(Expression):
    """A leaf that nobody has put into words."""

    def truth(self, reading: Any) -> Truth:
        return None

    def because(self, reading: Any, outcome: bool) -> Iterator[Any]:
        yield from ()

    def as_json(self, leaf: Callable[[Any], Any]) -> Any:
        return leaf(self)


def test_a_condition_without_words_is_refused_rather_than_left_out() -> None:
    with pytest.raises(TypeError):
        dictionary.condition_words(not_(Wordless()))


def test_the_document_names_every_column_and_every_question() -> None:
    for name in headings(INTAKE):
        assert f"`{name}`" in TEXT
    for question in INTAKE.questions.values():
        assert f"### `{question.id}`\n\n{question.text}\n" in TEXT


def test_tables_hold_together() -> None:
    """A row with another number of cells than its heading falls apart when it is drawn."""
    blocks = [block.splitlines() for block in TEXT.split("\n\n") if block.startswith("|")]
    assert blocks
    for block in blocks:
        assert len({line.replace("\\|", "").count("|") for line in block}) == 1, block[0]
