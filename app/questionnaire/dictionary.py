"""The data dictionary: every column of the export, what it holds and when its question is asked.

Written from the declarations, so it cannot fall behind them: as CSV beside an export, and as docs/data-dictionary.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .all_forms import FORMS
from .answers import State
from .columns import FLAG, RECORD, columns_of
from .conditions import (
    OPERATOR_WORDS,
    Compare,
    Expression,
    Field,
    Has,
    In,
    NotIn,
    Retired,
    Row,
    Unanswered,
    worded,
)
from .countries import Country
from .kinds import Choice, Choices, Column, Group, Kind, Number, Rows, Scale
from .pages import Question, Questionnaire, Step

HEADINGS = (
    "file",
    "column",
    "question",
    "wording",
    "holds",
    "values",
    "may_also_hold",
    "asked_when",
    "required",
    "step",
)
"""The columns of the dictionary itself."""

FLAGS = "flags"
"""The file of flags; those of forms are named by their kind."""

ALWAYS = "always"


def rows() -> Iterator[list[str]]:
    """One line for each column of the files, under HEADINGS, in the files' order."""
    for kind, form in FORMS.items():
        yield from _answer_rows(kind.file, form.asks)
    for column in FLAG:
        yield [FLAGS, column.name, "", "", column.holds, "", "", ALWAYS, "", ""]


def _answer_rows(file: str, questionnaire: Questionnaire) -> Iterator[list[str]]:
    for column in RECORD:
        yield [file, column.name, "", "", column.holds, "", "", ALWAYS, "", ""]
    for question, columns in columns_of(questionnaire):
        step = questionnaire.step_of(questionnaire.page_of(question.id).id)
        for column in columns:
            yield [
                file,
                column.name,
                question.id,
                question.text,
                column.holds,
                "; ".join(f"{code} = {label}" for code, label in _options(question.kind).items()),
                "; ".join(_states(question, step)),
                ALWAYS if question.show_if is None else condition_words(question.show_if),
                "yes" if question.required else "no",
                step.name,
            ]


def _options(kind: Kind) -> dict[str, str]:
    """The codes a cell can hold, with what the patient picked."""
    return dict(kind.options) if isinstance(kind, (Choice, Choices, Rows)) else {}


def _states(question: Question, step: Step) -> Iterator[str]:
    """The words that can stand in place of a value. A private step can be left to a talk with staff as a whole."""
    offered = dict.fromkeys((*question.exit, State.ASK_ME.value) if step.private else question.exit)
    yield from (code for code in offered if code not in _options(question.kind))
    if question.show_if is not None:
        yield State.NOT_SHOWN.value


def condition_words(condition: Expression) -> str:
    """A condition over answers, in words with question ids and option codes. Raises TypeError for one not known."""
    return worded(condition, leaf_words, negated="not ({0.bare})", led="{0} or {1}")


def leaf_words(leaf: Expression) -> str:
    """One comparison in those words."""
    match leaf:
        case In(name, wanted):
            return f"{name} is {_either(wanted)}"
        case NotIn(name, unwanted):
            return f"{name} is answered and not {_either(unwanted)}"
        case Has(name, wanted):
            return f"{name} includes {_either(wanted)}"
        case Field(name, column, wanted):
            return f"{column} of an entry of {name} is {_either(wanted)}"
        case Row(name, (row,), wanted):
            return f"{row} of {name} is {_either(wanted)}"
        case Row(name, _, wanted):
            return f"a line of {name} is {_either(wanted)}"
        case Unanswered(name):
            return f"{name} is not answered"
        case Retired(name):
            return f"{name} was answered, when it was still asked"
        case Compare(name, operator, limit):
            return f"{name} {OPERATOR_WORDS[operator]} {limit:g}"
    raise TypeError(f"{type(leaf).__name__} has no words yet")


def _either(codes: tuple[Any, ...]) -> str:
    return " or ".join(str(code) for code in codes)


_HOW_TO_READ = """\
Made from the declarations in `app/questionnaire` by `flask docs`. Do not edit it: edit the question.

There are four files. In `cases.csv` a row is one health check, with all its answers; in `ready.csv` one form for
getting ready and in `checkin.csv` one check-in after a session, whose `follows` is the `case_id` of the health check;
in `flags.csv` one flag of a case's latest screening. `case_id` joins them. What is in words is for reading; programs
go by ids, codes and keys.

In all but the last an empty cell is a question left empty; the words below stand where there is no value:

| Cell | Means |
|---|---|
| `not_shown` | the question was not asked: an earlier answer ruled it out, or was itself unknown |
| `not_sure` | "Not sure" or "I don't know" |
| `rather_not` | "Rather not say" |
| `ask_me` | to be asked by phone or at the clinic |
| `unreadable` | what is stored could not be opened; the reason is in the server's log. In `flags.csv` too |

None of them is a "no".

All are CSV as in RFC 4180: UTF-8, commas, lines ending CR LF, every text in quotes. For Excel they begin with a byte
order mark, which programs read as `utf-8-sig`; for Excel with semicolons they have semicolons between cells and commas
in numbers.

A text that a spreadsheet would take for a formula, or for a number, a day or a time that it shows otherwise (a
telephone number with its zeros), has an apostrophe put before it. So has a text that begins with one, and inside a text
each place behind a comma, semicolon, tab or line break where a formula could begin. To get the text back, take off one
apostrophe at its start, and inside it the first of those that stand between such a separator and `=`, `+`, `-` or `@`
with nothing but quotes besides. Numbers are never touched.
"""


def as_markdown(questionnaire: Questionnaire) -> str:
    """The whole dictionary as docs/data-dictionary.md."""
    lines = [
        "# Data dictionary",
        "",
        f"The columns of the exported files, for version {questionnaire.version} of the form `{questionnaire.id}`.",
        "",
        *_HOW_TO_READ.splitlines(),
        "",
        "## `flags.csv`",
        "",
        *_column_lines(FLAG),
        "",
        "## `cases.csv`, `ready.csv` and `checkin.csv`: the case",
        "",
        *_column_lines(RECORD),
    ]
    for step in questionnaire.steps:
        kind = next(kind for kind, form in FORMS.items() if step in form.asks.steps)
        lines += ["", f"## `{kind.file}.csv`: {step.name}", "", f"{kind.when}."]
        for question in step.questions():
            lines += ["", *_question_lines(question, step)]
    return "\n".join(lines) + "\n"


def _column_lines(columns: Iterable[Column]) -> Iterator[str]:
    yield "| Column | Holds |"
    yield "|---|---|"
    yield from (f"| `{column.name}` | {_cell(column.holds)} |" for column in columns)


def _question_lines(question: Question, step: Step) -> Iterator[str]:
    yield f"### `{question.id}`"
    yield ""
    yield question.text
    yield ""
    yield f"- Kind: {question.kind.name}{'' if question.required else ', optional'}"
    if question.show_if is not None:
        yield f"- Asked when: `{condition_words(question.show_if)}`"
    columns = question.kind.columns(question)
    if not columns:
        yield "- Not exported: it is compared, never stored as an answer"
    for column in columns:
        yield f"- Column `{column.name}`: {column.holds}"
    if columns and (states := list(_states(question, step))):
        yield f"- May also hold: {', '.join(f'`{state}`' for state in states)}"
    if question.use:
        yield f"- Use: {question.use}"
    if question.seed:
        yield f"- Asked because the article says: “{question.seed}”"
    yield from _value_lines(question.kind)


def _value_lines(kind: Kind) -> Iterator[str]:
    """The codes, the entries of a group, or the items of a scale."""
    if options := _options(kind):
        yield ""
        yield "| Code | The patient picked |"
        yield "|---|---|"
        yield from (f"| `{code}` | {_cell(label)} |" for code, label in options.items())
    elif isinstance(kind, Number):
        yield f"- From {kind.hard[0]} to {kind.hard[1]} {kind.unit}"
    elif isinstance(kind, Group):
        yield ""
        yield "| In each entry | Asked | Holds |"
        yield "|---|---|---|"
        for entry in kind.entries:
            codes = ", ".join(f"`{code}` = {label}" for code, label in _options(entry.kind).items())
            yield f"| `{entry.id}` | {_cell(entry.text)} | {_cell(codes or entry.kind.name)} |"
    elif isinstance(kind, Scale):
        yield f"- {kind.instrument.long_name} ({kind.instrument.name}). {kind.instrument.licence}"
        yield ""
        yield "| Item | Asked | Scores |"
        yield "|---|---|---|"
        for number, text in enumerate(kind.instrument.wording(Country.US).items, 1):
            scores = ", ".join(
                f"{score} = {label}" for score, label in kind.instrument.choices(number).items()
            )
            yield f"| {number} | {_cell(text)} | {_cell(scores)} |"


def _cell(text: str) -> str:
    """Text inside a Markdown table."""
    return text.replace("|", "\\|").replace("\n", " ")
