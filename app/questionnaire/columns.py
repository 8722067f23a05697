"""What an export holds: the columns of a case, then those of every question, by its id.

A question's columns and cells come from its kind. A question that was not shown, or was answered with a state
("not_sure", "rather_not", "ask_me"), has that word in each of its columns; one left empty has empty cells. So "not
asked", "not answered" and "I'm not sure" never look alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from .answers import STATES, Answer, Answers, State, is_blank
from .conditions import Expression, Truth
from .kinds import Cell, Choice, Choices, Column
from .pages import Question, Questionnaire, Reading

RECORD: tuple[Column, ...] = (
    Column("case_id", "id of the case; a row is one case"),
    Column("kind", "which form: intake"),
    Column("status", "draft, submitted, in_review, waiting_on_patient, waiting_until, decided or reopened"),
    Column("started_at", "time, ISO 8601, UTC"),
    Column("submitted_at", "time, ISO 8601, UTC; empty for a draft"),
    Column("questionnaire_version", "version of the questions answered"),
    Column("rulebook", "version and hash of the rules that judged it"),
    Column("level", "worst level raised, settled or not: urgent, stop, review, conflict or note"),
    Column("flags", "every rule raised, strongest first, joined by ;"),
    Column("flags_settled", "those of them that a clinician settled, joined by ;"),
    Column("to_ask", "rules that could not be decided for want of an answer and have a question to ask, joined by ;"),
    Column("decision", "suitable, suitable_with_conditions or not_suitable_now; empty when none stands"),
    Column("decision_by", "id of the member of staff who decided"),
    Column("decided_at", "time, ISO 8601, UTC"),
    Column("decision_note", "text"),
)  # fmt: skip
"""The columns before the questions."""


def columns_of(questionnaire: Questionnaire) -> Iterator[tuple[Question, tuple[Column, ...]]]:
    """Every question that is exported, with its columns, in the order asked."""
    for question in questionnaire.questions.values():
        if columns := question.kind.columns(question):
            yield question, columns


def headings(questionnaire: Questionnaire) -> list[str]:
    """The headings of the whole export."""
    answered = (column.name for _, columns in columns_of(questionnaire) for column in columns)
    return [*(column.name for column in RECORD), *answered]


class AnswerCells:
    """Writes one person's answers into cells, under the headings of `columns_of`. Built once for many rows."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self._gates: dict[str, _Gate] = {}
        self._plan = [
            (question, question.id, len(columns), self._gate(question))
            for question, columns in columns_of(questionnaire)
        ]

    def _gate(self, question: Question) -> _Gate | None:
        """What decides whether a question is shown. Questions with the same condition share one."""
        if question.show_if is None:
            return None
        key = repr(question.show_if)
        if key not in self._gates:
            self._gates[key] = _Gate(self.questionnaire, question.id, question.show_if)
        return self._gates[key]

    def cells(self, answers: Answers, on: date, jurisdiction: str) -> list[Cell]:
        """The cells of one case, judged as on a day: as many as there are columns.

        Raises KeyError, TypeError or ValueError for answers that are not in the stored shape.
        """
        reading = Reading(self.questionnaire, answers, on, jurisdiction)
        row: list[Cell] = []
        for question, name, count, gate in self._plan:
            if gate is not None and not gate.shown(reading):
                row += [State.NOT_SHOWN.value] * count
                continue
            answer = answers.get(name)
            if is_blank(answer):
                row += [None] * count
            elif isinstance(answer, str) and answer in STATES:
                row += [answer] * count
            else:
                row += question.kind.cells(question, answer)
        return row


class _Gate:
    """One condition. It remembers how each combination of the answers it reads came out.

    Only picked answers are remembered: there are few of those, and everyone's are the same.
    """

    MOST = 10_000

    def __init__(self, questionnaire: Questionnaire, question: str, condition: Expression) -> None:
        self._question = question
        names = dict.fromkeys(_read_by(questionnaire, condition))
        picked = all(isinstance(questionnaire.questions[name].kind, (Choice, Choices)) for name in names)
        self._names = tuple(names) if picked else None
        self._known: dict[tuple[Any, ...], Truth] = {}

    def shown(self, reading: Reading) -> bool:
        if self._names is None:
            return reading.shown(self._question)
        key = tuple(_hashable(reading.answers.get(name)) for name in self._names)
        try:
            return self._known[key] is True
        except KeyError:
            truth = reading.applies(self._question)
            if len(self._known) < self.MOST:
                self._known[key] = truth
            return truth is True


def _read_by(questionnaire: Questionnaire, condition: Expression) -> Iterator[str]:
    """Every question whose answer a condition depends on, those that decide whether its questions show included."""
    for name in condition.names():
        derived = questionnaire.derived.get(name)
        question = questionnaire.questions[derived.question if derived else name]
        yield question.id
        if question.show_if is not None:
            yield from _read_by(questionnaire, question.show_if)


def _hashable(answer: Answer) -> Any:
    return tuple(answer) if isinstance(answer, list) else answer


def record_cells(values: Mapping[str, Cell]) -> list[Cell]:
    """The cells under RECORD. Raises KeyError when a column is missing."""
    return [values[column.name] for column in RECORD]
