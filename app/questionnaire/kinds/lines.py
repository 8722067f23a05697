"""The kind of fixed lines with one choice each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from ..answers import STATE_WORDS, STATES, Answer, is_blank
from ..countries import Country
from ..wording import Message
from .base import Cell, Column, InvalidAnswer, Kind, Posted, single_value

if TYPE_CHECKING:
    from ..pages import Question


@dataclass(frozen=True, slots=True)
class Rows(Kind):
    """Fixed lines with one choice each. Stored as an object, line id to choice."""

    name: ClassVar[str] = "rows"
    rows: Mapping[str, str]
    """The label of each line, by id."""
    options: Mapping[str, str]
    """The label of each choice, by the code that is stored."""

    def parts(self, question: Question) -> tuple[str, ...]:
        return tuple(f"{question.id}-{row}" for row in self.rows)

    def field(self, question: Question, part: str) -> str:
        return part

    def read(self, question: Question, posted: Posted, on: date) -> Answer:
        typed = {row: single_value(f"{question.id}-{row}", posted) for row in self.rows}
        for row, choice in typed.items():
            if choice and choice not in self.options:
                raise self._not_offered(question, row)
        return self.accept(question, typed, on)

    def accept(self, question: Question, answer: Answer, on: date) -> Answer:
        if not isinstance(answer, dict):
            raise InvalidAnswer(f"“{question.label}” must be one object, line to choice", question.id)
        for row, choice in answer.items():
            if row not in self.rows:
                raise InvalidAnswer(f"There is no line “{row}” in “{question.label}”", question.id)
            known = isinstance(choice, str) and (choice in self.options or choice in STATES)
            if not is_blank(choice) and not known:
                raise self._not_offered(question, row)
        picked = {row: answer[row] for row in self.rows if not is_blank(answer.get(row))}
        return picked or None

    def _not_offered(self, question: Question, row: str) -> InvalidAnswer:
        offered = Message("Pick one of the answers offered for “{label}”", label=self.rows[row])
        return InvalidAnswer(offered, f"{question.id}-{row}")

    def blank_rows(self, answer: Answer) -> list[str]:
        """The lines still to be picked."""
        picked = answer if isinstance(answer, dict) else {}
        return [row for row in self.rows if is_blank(picked.get(row))]

    def post(self, question: Question, answer: Answer) -> dict[str, list[str]]:
        return {f"{question.id}-{row}": [choice] for row, choice in answer.items() if choice in self.options}

    def words(self, question: Question, answer: Answer, jurisdiction: Country) -> str:
        said = {state.value: words for state, words in STATE_WORDS.items()} | dict(self.options)
        lines = [
            Message("{label}: {words}", label=self.rows[row], words=said[choice])
            for row, choice in answer.items()
            if choice
        ]
        return Message.listed("; ", lines)

    def columns(self, question: Question) -> tuple[Column, ...]:
        return tuple(Column(row, f"one choice: {line}") for row, line in self.rows.items())

    def cells(self, question: Question, answer: Answer) -> list[Cell]:
        return [answer.get(row) for row in self.rows]
