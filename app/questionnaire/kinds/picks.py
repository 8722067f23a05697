"""Kinds answered by picking: one, several, a tick to agree, a validated scale."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from ..answers import STATE_WORDS, STATES, Answer, State, is_blank
from ..countries import Country
from ..instrument import Instrument
from ..wording import Message
from .base import EXCLUSIVE, Cell, Column, InvalidAnswer, Kind, Posted, joined, single_value

if TYPE_CHECKING:
    from ..pages import Question


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """Pick one, stored as its code."""

    name: ClassVar[str] = "choice"
    options: Mapping[str, str]
    """The label of each option, by the code that is stored."""
    lines: bool = False
    """Whether it may be a line of a page of lines: a few words, answered in a row."""

    def accept(self, question: Question, answer: Answer, on: date) -> Answer:
        if isinstance(answer, str) and answer in self.options:
            return answer
        raise InvalidAnswer(
            Message("Pick one of the answers offered for “{label}”", label=question.label), question.id
        )

    def words(self, question: Question, answer: Answer, jurisdiction: Country) -> str:
        return self.options[answer]

    def empty(self, question: Question) -> str:
        if self.lines:
            return Message(
                "Pick {options} for “{label}”",
                options=joined(list(self.options.values())),
                label=question.label,
            )
        return question.missing or Message("Pick an answer for “{label}”", label=question.label)


NONE = "none"
"""The option that says none of the others is so."""
_YES_NO = {"yes": "Yes", "no": "No"}
_NOT_SURE = {"not_sure": STATE_WORDS[State.NOT_SURE]}
_SKIP = {"rather_not": STATE_WORDS[State.RATHER_NOT]}


def yes_no() -> Choice:
    """Yes or No."""
    return Choice(_YES_NO, lines=True)


def yes_no_not_sure() -> Choice:
    """Yes, No or Not sure."""
    return Choice(_YES_NO | _NOT_SURE, lines=True)


def yes_no_not_sure_skip() -> Choice:
    """Yes, No, Not sure or Rather not say."""
    return Choice(_YES_NO | _NOT_SURE | _SKIP, lines=True)


@dataclass(frozen=True, slots=True)
class Choices(Kind):
    """Pick all that apply. Stored as a list of codes; none, not_sure and rather_not stand alone.

    Where only some items were asked, on a call, it is stored as an object: item to yes or no. One left out is unknown.
    """

    name: ClassVar[str] = "choices"
    options: Mapping[str, str]
    """The label of each option, by the code that is stored."""

    def read(self, question: Question, posted: Posted, on: date) -> Answer:
        picked = [value for value in posted.get(question.id, ()) if value]
        return self.accept(question, picked, on) if picked else None

    def items(self) -> dict[str, str]:
        """The options that may each be true beside others: code to label."""
        return {code: label for code, label in self.options.items() if code not in EXCLUSIVE}

    def said_of(self, answer: Answer) -> dict[str, str]:
        """What is known of each item: yes or no."""
        if isinstance(answer, dict):
            return dict(answer)
        picked = [answer] if isinstance(answer, str) else answer or []
        if not picked or STATES.intersection(picked):
            return {}
        return {code: "yes" if code in picked else "no" for code in self.items()}

    def accept(self, question: Question, answer: Answer, on: date) -> Answer:
        if isinstance(answer, dict):
            return self._accept_items(question, answer)
        picked = [answer] if isinstance(answer, str) else answer
        if not isinstance(picked, list) or not all(
            isinstance(code, str) and code in self.options for code in picked
        ):
            raise InvalidAnswer(
                Message("Pick from the answers offered for “{label}”", label=question.label), question.id
            )
        picked = list(dict.fromkeys(picked))
        alone = [code for code in picked if code in EXCLUSIVE]
        if alone and len(picked) > 1:
            both = Message(
                "You picked {label} and something else. Pick one or the other", label=self.options[alone[0]]
            )
            raise InvalidAnswer(both, question.id)
        return picked

    def _accept_items(self, question: Question, answer: Mapping[str, Answer]) -> Answer:
        """Items with yes or no: as a list where nothing is left out and a list can say so."""
        items = self.items()
        if not all(code in items and said in _YES_NO for code, said in answer.items()):
            raise InvalidAnswer(
                Message("Pick from the answers offered for “{label}”", label=question.label), question.id
            )
        told = {code: answer[code] for code in items if code in answer}
        if len(told) < len(items):
            return told or None
        return [code for code, said in told.items() if said == "yes"] or (
            [NONE] if NONE in self.options else told
        )

    def denies(self, answer: Answer) -> bool:
        """Whether none of what was asked is so."""
        said = answer.values() if isinstance(answer, dict) else ()
        return answer == [NONE] or (NONE in self.options and bool(said) and "yes" not in said)

    def post(self, question: Question, answer: Answer) -> dict[str, list[str]]:
        if isinstance(answer, dict):
            yes = [code for code, said in answer.items() if said == "yes"]
            answer = [NONE] if self.denies(answer) else yes
        return {question.id: list(answer)}

    def words(self, question: Question, answer: Answer, jurisdiction: Country) -> str:
        if isinstance(answer, dict):
            left_out = [label for code, label in self.items().items() if code not in answer]
            if NONE in self.options and len(left_out) < len(answer):
                picked = [self.options[code] for code, said in answer.items() if said == "yes"]
                return Message(
                    "{picked}. Not asked: {left_out}",
                    picked=Message.listed("; ", picked or [self.options[NONE]]),
                    left_out=Message.listed("; ", left_out),
                )
            told = [
                Message("{label}: {words}", label=self.options[code], words=_YES_NO[said])
                for code, said in answer.items()
            ]
            return Message.listed("; ", told)
        return Message.listed("; ", [self.options[code] for code in answer])

    def columns(self, question: Question) -> tuple[Column, ...]:
        return (
            Column(question.id, "codes joined by ;, or code=yes and code=no where only those were asked"),
        )

    def cells(self, question: Question, answer: Answer) -> list[Cell]:
        told = [f"{code}={said}" for code, said in answer.items()] if isinstance(answer, dict) else answer
        return [";".join(told)]

    def empty(self, question: Question) -> str:
        way_out = next((self.options[code] for code in EXCLUSIVE if code in self.options), None)
        if way_out is None:
            return Message("Pick all that apply for “{label}”", label=question.label)
        return Message(
            "Pick all that apply for “{label}”, or pick {way_out}", label=question.label, way_out=way_out
        )


@dataclass(frozen=True, slots=True)
class Statement(Kind):
    """Tick to agree. Stored as true."""

    name: ClassVar[str] = "statement"

    def read(self, question: Question, posted: Posted, on: date) -> Answer:
        return True if single_value(question.id, posted) else None

    def accept(self, question: Question, answer: Answer, on: date) -> Answer:
        if not isinstance(answer, bool):
            raise InvalidAnswer(f"“{question.label}” must be true or false", question.id)
        return answer

    def post(self, question: Question, answer: Answer) -> dict[str, list[str]]:
        return {question.id: ["yes"]} if answer else {}

    def words(self, question: Question, answer: Answer, jurisdiction: Country) -> str:
        return Message("I agree") if answer else Message("Not agreed")

    def empty(self, question: Question) -> str:
        return Message("Tick the box if you agree. If you don't, call us and we can help")


@dataclass(frozen=True, slots=True)
class Scale(Kind):
    """A validated instrument. Stored as a list of item scores in order, None for a blank item."""

    name: ClassVar[str] = "instrument"
    instrument: Instrument
    """The instrument it asks."""

    def parts(self, question: Question) -> tuple[str, ...]:
        return tuple(f"{question.id}-{item}" for item in range(1, self.instrument.item_count + 1))

    def field(self, question: Question, part: str) -> str:
        return part

    def read(self, question: Question, posted: Posted, on: date) -> Answer:
        scores: list[int | None] = []
        for part in self.parts(question):
            text = single_value(part, posted)
            if text and not re.fullmatch(r"[0-9]{1,2}", text):
                item = part.rpartition("-")[2]
                raise InvalidAnswer(
                    Message("Pick one of the answers offered for question {item}", item=item), part
                )
            scores.append(int(text) if text else None)
        return self.accept(question, scores, on) if any(score is not None for score in scores) else None

    def accept(self, question: Question, answer: Answer, on: date) -> Answer:
        count = self.instrument.item_count
        if not isinstance(answer, list) or len(answer) != count:
            raise InvalidAnswer(f"{self.instrument.name} needs a list of {count} scores", question.id)
        for item, score in enumerate(answer, 1):
            known = (
                isinstance(score, int)
                and not isinstance(score, bool)
                and score in self.instrument.choices(item)
            )
            if score is not None and not known:
                raise InvalidAnswer(
                    f"Item {item} of {self.instrument.name} has no such score", f"{question.id}-{item}"
                )
        return answer

    def blank_items(self, answer: Answer) -> list[int]:
        """The items still to be picked, counted from 1. An item that settles the rest needs no others."""
        if is_blank(answer):
            return list(range(1, self.instrument.item_count + 1))
        if self.instrument.total(answer) is not None:
            return []
        return [item for item, score in enumerate(answer, 1) if score is None]

    def post(self, question: Question, answer: Answer) -> dict[str, list[str]]:
        return {
            part: [str(score)]
            for part, score in zip(self.parts(question), answer, strict=True)
            if score is not None
        }

    def words(self, question: Question, answer: Answer, jurisdiction: Country) -> str:
        total = self.instrument.total(answer)
        return "Incomplete" if total is None else self.instrument.words(total)

    def columns(self, question: Question) -> tuple[Column, ...]:
        items = tuple(
            Column(f"{question.id}_{n}", "item score") for n in range(1, self.instrument.item_count + 1)
        )
        score = "mean" if self.instrument.mean else "total"
        return (Column(question.id, f"{score}, 0 to {self.instrument.highest}"), *items)

    def cells(self, question: Question, answer: Answer) -> list[Cell]:
        return [self.instrument.total(answer), *answer]
