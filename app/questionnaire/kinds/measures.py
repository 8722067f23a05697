"""Measures: a number in one of several units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from typing import TYPE_CHECKING, Any, ClassVar

from ..answers import Answer
from ..countries import Country
from ..units import (
    AMOUNT,
    UNITS,
    Part,
    Unit,
    amount,
    plain_number,
    possible_measures,
    without_unit,
    written_measure,
)
from ..wording import Message
from .base import (
    FRACTION,
    Cell,
    Column,
    InvalidAnswer,
    Kind,
    Posted,
    is_number,
    joined,
    plain_fractions,
    read_number,
    single_value,
)

if TYPE_CHECKING:
    from ..pages import Question


@dataclass(frozen=True, slots=True)
class Measure(Kind):
    """A number with a choice of unit, stored as typed. Limits are in the metric unit."""

    name: ClassVar[str] = "measure"
    units: tuple[Unit, ...]
    """The units that it may be typed in."""
    metric: str
    """The code of its metric unit."""
    noun: str
    """What is measured, at the beginning of its messages."""
    told: str
    """The answer said back for the patient to confirm, when it is far from usual."""
    hard: tuple[float, float]
    """The lowest and highest value that is taken."""
    soft_limits: tuple[float, float]
    """The lowest and highest value that is usual."""
    pair: str | None = None
    """The id of another measure, whose value makes this one possible or not."""
    pair_usual: tuple[float, float] = (0, 0)
    """The lowest and highest usual value of this one by the square of the other, in meters."""
    pair_told: str = ""
    """Both answers said back, when they are outside of that."""
    pair_alone: tuple[float, float] = (0, 0)
    """The usual range of the other; outside of it, the other is asked about by itself."""

    def unit(self, code: str) -> Unit | None:
        """The unit with this code."""
        return next((unit for unit in self.units if unit.code == code), None)

    def to_metric(self, answer: Mapping[str, Any]) -> float:
        """The stored value in the metric unit, not rounded."""
        return self._unit_of(answer).metric(answer)

    def _unit_of(self, answer: Mapping[str, Any]) -> Unit:
        """The unit an answer was typed in. Raises ValueError for one that there is not."""
        unit = self.unit(answer["unit"])
        if unit is None:
            raise ValueError("An answer is in a unit that is not known.")
        return unit

    def parts(self, question: Question) -> tuple[str, ...]:
        keys = dict.fromkeys(part.key for unit in self.units for part in unit.parts)
        return (f"{question.id}-unit", *(f"{question.id}-{key}" for key in keys))

    def read(self, question: Question, posted: Posted, on: date) -> Answer:
        typed = {
            name.removeprefix(f"{question.id}-"): single_value(name, posted) for name in self.parts(question)
        }
        filled = {key for key, text in typed.items() if text and key != "unit"}
        if not filled:
            return None
        text = typed[next(iter(filled))]
        if len(filled) == 1 and (written := written_measure(text, self.units)):
            unit, numbers = written
            try:
                return self.accept(question, {"unit": unit.code, **numbers}, on)
            except InvalidAnswer as refusal:
                raise refusal.typed(text) from None
        chosen = self.unit(typed["unit"])
        if chosen is None or not filled & {part.key for part in chosen.parts}:
            # The boxes of exactly one unit are filled: it is plain which was meant, whatever the switch says.
            fitting = [u for u in self.units if filled <= {part.key for part in u.parts}]
            chosen = fitting[0] if len(fitting) == 1 else chosen
        if chosen is None:
            units = joined([unit.label for unit in self.units if unit.only_in is None])
            raise InvalidAnswer(
                Message("Pick the unit of your {noun}: {units}", noun=self.noun.lower(), units=units),
                question.id,
            )
        return self._read_boxes(question, chosen, typed, on)

    def _read_boxes(self, question: Question, unit: Unit, typed: Mapping[str, str], on: date) -> Answer:
        """The measure in the boxes of a unit. Where it can only be another one, that is offered."""
        self._offer(question, unit, typed)
        answer: dict[str, Any] = {"unit": unit.code}
        wrong: list[InvalidAnswer] = []
        first, last = unit.parts[0], unit.parts[-1]
        for part in unit.parts:
            text, name = typed[part.key], f"{question.id}-{part.key}"
            try:
                if text:
                    answer[part.key] = read_number(without_unit(text, part), self._number(unit, part), name)
            except InvalidAnswer as refusal:
                wrong.append(refusal.typed(text))
        if not typed[last.key] and last.below and FRACTION.fullmatch(plain_fractions(typed[first.key])):
            # 11 1/2 stones are 11 stones 7 pounds.
            rest = answer[first.key] % 1 * last.below
            answer |= {first.key: int(answer[first.key]), last.key: int(rest) if rest == int(rest) else rest}
        missing = [part for part in unit.parts if part.key not in answer]
        if missing and not wrong:
            both = Message(
                "Enter {unit}, like {example}. {last} can be 0",
                unit=unit.label, example=unit.example, last=last.label,
            )  # fmt: skip
            raise InvalidAnswer(both, f"{question.id}-{missing[0].key}")
        if wrong:
            raise InvalidAnswer(wrong[0].message, wrong[0].part, more=wrong[1:])
        try:
            self._check_parts(question, unit, answer)
        except InvalidAnswer as refusal:
            raise refusal.typed(typed[refusal.part.removeprefix(f"{question.id}-")]) from None
        try:
            return self.accept(question, answer, on)
        except InvalidAnswer as refusal:
            raise refusal.typed(self.words(question, answer, Country.US)) from None

    def _offer(self, question: Question, unit: Unit, typed: Mapping[str, str]) -> None:
        """Refuse one number that nobody has in this unit, with what it says in the units in which somebody has it."""
        first = unit.parts[0]
        text = without_unit(typed[first.key], first)
        if any(typed[part.key].strip("0., ") for part in unit.parts[1:]) or not re.fullmatch(AMOUNT, text):
            return
        alone = {part.key: amount(text) if part is first else 0 for part in unit.parts}
        if self.hard[0] <= unit.metric(alone) <= self.hard[1] and not (first.whole and alone[first.key] % 1):
            return
        known = [each for each in self.units if each.only_in in (None, unit.only_in)]
        if found := possible_measures(text, known, self.soft_limits):
            measures = joined([each.words(numbers) for each, numbers in found])
            offer = Message("Did you mean {measures}? Change the number or the unit", measures=measures)
            raise InvalidAnswer(offer, f"{question.id}-{first.key}").typed(typed[first.key])

    def _number(self, unit: Unit, part: Part) -> Message:
        noun = self.noun if len(unit.parts) == 1 else part.label
        return Message("{noun} must be a number, like {example}", noun=noun, example=part.example)

    def sample(self, question: Question, typed: Posted | None = None) -> str | None:
        unit = self.unit(next(iter((typed or {}).get(f"{question.id}-unit", ())), ""))
        return unit.example if unit else question.example

    def beside(self) -> tuple[str, ...]:
        return (self.pair,) if self.pair else ()

    def accept(self, question: Question, answer: Answer, on: date) -> Answer:
        unit = self.unit(answer.get("unit", "")) if isinstance(answer, dict) else None
        if unit is None:
            codes = joined([unit.code for unit in self.units])
            raise InvalidAnswer(f"{self.noun} must be given with a unit: {codes}", question.id)
        keys = {part.key for part in unit.parts}
        if set(answer) != keys | {"unit"}:
            raise InvalidAnswer(
                f"{self.noun} in {unit.label} needs {joined(sorted(keys))} and nothing else", question.id
            )
        self._check_parts(question, unit, answer)
        if not self.hard[0] <= unit.metric(answer) <= self.hard[1]:
            low, high = self.limits(unit)
            single = len(unit.parts) == 1
            check = Message(
                "{noun} should be from {low} to {high}. Check the number and the unit",
                noun=self.noun, low=low[unit.parts[0].key] if single else unit.words(low), high=unit.words(high),
            )  # fmt: skip
            raise InvalidAnswer(check, f"{question.id}-{unit.parts[0].key}")
        return answer

    def limits(self, unit: Unit) -> tuple[dict[str, int], dict[str, int]]:
        """The lowest and the highest value that is taken, in whole numbers of a unit."""
        low, high = self.hard
        return unit.whole_numbers(low, ceil), unit.whole_numbers(high, floor)

    def _check_parts(self, question: Question, unit: Unit, answer: Mapping[str, Any]) -> None:
        for part in unit.parts:
            name, value = f"{question.id}-{part.key}", answer[part.key]
            if not is_number(value) or value < 0:
                raise InvalidAnswer(self._number(unit, part), name)
            if part.below is not None and value >= part.below:
                said = {"noun": part.label, "most": f"{part.below - 1:g}"}
                if unit.code == "st_lb":
                    raise InvalidAnswer(
                        Message("{noun} must be 0 to {most} when you use stones", **said), name
                    )
                raise InvalidAnswer(Message("{noun} must be 0 to {most}", **said), name)
            if part.whole and value != int(value):
                split = Message(
                    "{noun} must be a whole number, like {example}. Put the rest in the next box",
                    noun=part.label, example=int(value),
                )  # fmt: skip
                raise InvalidAnswer(split, name)

    def post(self, question: Question, answer: Answer) -> dict[str, list[str]]:
        return {
            f"{question.id}-{key}": [value if key == "unit" else plain_number(value)]
            for key, value in answer.items()
        }

    def words(self, question: Question, answer: Answer, jurisdiction: Country) -> str:
        unit = self._unit_of(answer)
        typed = unit.words(answer)
        if unit.code == self.metric:
            return typed
        return Message("{typed} ({metric})", typed=typed, metric=f"{unit.metric(answer):.0f} {self.metric}")

    def columns(self, question: Question) -> tuple[Column, ...]:
        return (Column(question.id, f"number, {self.metric}"), Column(f"{question.id}_typed", "as typed"))

    def cells(self, question: Question, answer: Answer) -> list[Cell]:
        unit = self._unit_of(answer)
        return [round(unit.metric(answer), 2), unit.words(answer)]

    def soft(self, question: Question, answer: Answer, answers: Mapping[str, Answer]) -> str | None:
        mine = self.to_metric(answer)
        if not self.soft_limits[0] <= mine <= self.soft_limits[1]:
            return Message(self.told, self.words(question, answer, Country.US))
        other = answers.get(self.pair) if self.pair else None
        unit = UNITS.get(str(other.get("unit"))) if isinstance(other, dict) else None
        if unit is None or not isinstance(other, dict):
            return None
        low, high = self.pair_alone
        if not low <= unit.metric(other) <= high:
            return None
        low, high = self.pair_usual
        if low <= mine / (unit.metric(other) / 100) ** 2 <= high:
            return None
        return Message(self.pair_told, _in_unit(unit, other), self.words(question, answer, Country.US))


def _in_unit(unit: Unit, answer: Mapping[str, Any]) -> str:
    """A measure in words, with centimeters beside feet."""
    typed = unit.words(answer)
    return (
        typed
        if unit.code == "cm"
        else Message("{typed} ({metric})", typed=typed, metric=f"{unit.metric(answer):.0f} cm")
    )
