"""Repeating groups, and the checks and words that hold for a question of any kind."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from ..answers import STATE_WORDS, STATES, Answer, State, is_blank
from ..countries import Country
from ..wording import Message, UserText, labelled
from .base import Cell, Column, InvalidAnswer, Kind, Posted

if TYPE_CHECKING:
    from ..pages import Question


@dataclass(frozen=True, slots=True)
class Group(Kind):
    """A repeating group, stored as a list of objects."""

    name: ClassVar[str] = "group"
    item_name: str
    """What one entry is called."""
    most: int
    """How many entries it may have."""
    entries: tuple[Question, ...] = field(default=())
    """Its columns, declared as questions."""

    def parts(self, question: Question) -> tuple[str, ...]:
        return tuple(part for index in range(self.most) for entry in self.entries
                     for part in entry.kind.parts(entry.at(question.id, index)))  # fmt: skip

    def field(self, question: Question, part: str) -> str:
        return part

    def read(self, question: Question, posted: Posted, on: date) -> Answer:
        rows: list[dict[str, Answer]] = []
        found: list[tuple[int, InvalidAnswer]] = []
        for index in range(self.most):
            row, wrong = self._entry(question, index, posted, on)
            if row:
                rows.append(row)
            found += ((index, each) for each in wrong)
        to_mend = self._told_apart(found)
        if to_mend:
            # A box that is refused or empty costs none of the others, in its own entry or elsewhere.
            first, *more = to_mend
            unread = any(each.unread for each in to_mend)
            raise InvalidAnswer(first.message, first.part, rows or None, more, unread=unread)
        return rows or None

    def _told_apart(self, found: Sequence[tuple[int, InvalidAnswer]]) -> list[InvalidAnswer]:
        """What is to be mended, by the place of its entry; where two say the same, each says of which entry."""
        said = Counter(each.message for _, each in found)
        return [
            each.of_entry(self.item_name, index + 1) if said[each.message] > 1 else each
            for index, each in found
        ]

    def _entry(
        self, question: Question, index: int, posted: Posted, on: date
    ) -> tuple[dict[str, Answer], list[InvalidAnswer]]:
        """What can be taken of one entry, and what is to be mended in it."""
        row: dict[str, Answer] = {}
        wrong: dict[str, InvalidAnswer] = {}
        asked = {entry.id: entry.at(question.id, index) for entry in self.entries}
        for name, at in asked.items():
            try:
                value = at.kind.read(at, posted, on)
            except InvalidAnswer as refusal:
                wrong[name], value = refusal, refusal.kept
            if not is_blank(value):
                row[name] = value
        if row or wrong:
            for entry in self.entries:
                if entry.required and entry.id not in row and entry.id not in wrong:
                    at = asked[entry.id]
                    half = self.half_filled(entry, row)
                    wrong[entry.id] = InvalidAnswer(half, at.kind.parts(at)[0], unread=False)
        return row, [each for name in asked if name in wrong for each in wrong[name].each()]

    def half_filled(self, entry: Question, row: Mapping[str, Answer]) -> str:
        """What to say when an entry lacks a required column."""
        first = row.get(self.entries[0].id)
        if entry.missing and entry is self.entries[0]:
            return entry.missing
        if entry.missing and first:
            return Message(entry.missing, UserText(first))
        return Message(
            "Answer “{label}” for this {item}, or remove it", label=entry.label, item=self.item_name
        )

    def accept(self, question: Question, answer: Answer, on: date) -> Answer:
        if not isinstance(answer, list) or not all(isinstance(row, dict) for row in answer):
            raise InvalidAnswer(
                f"“{question.label}” must be a list with one object for each {self.item_name}", question.id
            )
        if len(answer) > self.most:
            raise InvalidAnswer(Message("Give up to {most} entries", most=self.most), question.id)
        known = {entry.id: entry for entry in self.entries}
        rows = []
        for index, row in enumerate(answer):
            kept = {}
            for key, value in row.items():
                if key not in known:
                    raise InvalidAnswer(
                        f"There is no “{key}” in “{question.label}”", f"{question.id}-{index}"
                    )
                try:
                    kept[key] = accept_answer(known[key], value, on)
                except InvalidAnswer:
                    # Once more as the question of this entry, which the refusal names.
                    kept[key] = accept_answer(known[key].at(question.id, index), value, on)
            rows.append(kept)
        return rows

    def post(self, question: Question, answer: Answer) -> dict[str, list[str]]:
        values: dict[str, list[str]] = {}
        for index, row in enumerate(answer):
            for entry in self.entries:
                if not is_blank(row.get(entry.id)):
                    at = entry.at(question.id, index)
                    values |= entry.kind.post(at, row[entry.id])
        return values

    def words(self, question: Question, answer: Answer, jurisdiction: Country) -> str:
        return Message.listed("; ", [self.row_words(row, jurisdiction) for row in answer])

    def row_words(self, row: Mapping[str, Answer], jurisdiction: Country) -> str:
        """One entry as a line: penicillin, Rash or itching, As a child."""
        said = [
            answer_words(entry, row.get(entry.id), jurisdiction)
            for entry in self.entries
            if not is_blank(row.get(entry.id))
        ]
        return Message.listed(", ", said)

    def entry_lines(self, row: Mapping[str, Answer], jurisdiction: Country, *, first: bool = True) -> str:
        """One entry with what was asked: Medicine name: sertraline; How often? Once a day.

        Not `first`: what the first column asks is left out, for what the list is of says it.
        """
        told = [
            labelled(entry.label, words) if first or entry is not self.entries[0] else words
            for entry in self.entries
            for words in (answer_words(entry, row.get(entry.id), jurisdiction),)
            if not is_blank(row.get(entry.id))
        ]
        return Message.listed("; ", told)

    def columns(self, question: Question) -> tuple[Column, ...]:
        about = "; ".join(f"{entry.id}: {entry.kind.name}" for entry in self.entries)
        return (
            Column(question.id, f"JSON list of objects ({about})"),
            Column(f"{question.id}_count", "number of entries"),
        )

    def cells(self, question: Question, answer: Answer) -> list[Cell]:
        return [json.dumps(answer, ensure_ascii=False), len(answer)]

    def empty(self, question: Question) -> str:
        return question.missing or Message(
            "Add at least one {item}, or change your answer", item=self.item_name
        )


def accept_answer(question: Question, answer: Answer, on: date) -> Answer:
    """Check a stored-shape value of any question: blank and the three states stand in place of any value.

    Raises InvalidAnswer.
    """
    if is_blank(answer):
        return None
    if isinstance(answer, str) and answer in STATES and answer not in getattr(question.kind, "options", ()):
        return answer
    return question.kind.accept(question, answer, on)


def answer_words(question: Question, answer: Answer, jurisdiction: Country) -> str:
    """A stored value of any question that is shown, in words: its state when there is no definite answer."""
    if is_blank(answer):
        return STATE_WORDS[State.BLANK]
    if isinstance(answer, str) and answer in STATES and answer not in getattr(question.kind, "options", ()):
        return question.exit.get(answer, STATE_WORDS[State(answer)])
    return question.kind.words(question, answer, jurisdiction)
