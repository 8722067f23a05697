"""Kinds answered by typing: text, names, numbers, measures and dates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from ..answers import Answer
from ..units import Unit, plain_number
from .base import DASHES, Cell, Column, Kind, Posted, Refused, clean_text, is_number, joined, one, read_number

if TYPE_CHECKING:
    from ..pages import Question


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A whole number with one unit. `hard` limits refuse, `soft` ones ask. `told` is what we say back."""

    name: ClassVar[str] = "number"
    unit: str
    hard: tuple[int, int]
    soft_limits: tuple[int, int]
    told: str
    above: str | None = None

    def read(self, question: Question, posted: Posted, on: date) -> Answer:
        text = one(question.id, posted)
        if not text:
            return None
        number = read_number(
            text, f"{question.label} must be a number, like {self.soft_limits[0] + 35}", question.id
        )
        return self.accept(question, number, on)

    def accept(self, question: Question, answer: Answer, on: date) -> Answer:
        if not is_number(answer):
            raise Refused(f"{question.label} must be a number", question.id)
        if answer != int(answer):
            raise Refused(
                f"{question.label} must be a whole number, like {self.soft_limits[0] + 35}", question.id
            )
        if not self.hard[0] <= answer <= self.hard[1]:
            raise Refused(
                f"Check this number. It should be from {self.hard[0]} to {self.hard[1]}", question.id
            )
        return int(answer)

    def sample(self, question: Question) -> str | None:
        return f"{self.soft_limits[0] + 35}"

    def words(self, question: Question, answer: Answer, jurisdiction: str) -> str:
        return f"{answer} {self.unit}"

    def columns(self, question: Question) -> tuple[Column, ...]:
        return (Column(question.id, f"number, {self.unit}"),)

    def soft(self, question: Question, answer: Answer) -> str | None:
        if self.soft_limits[0] <= answer <= self.soft_limits[1]:
            return None
        return self.told.format(f"{answer}")

    def check_together(self, question: Question, answers: Mapping[str, Answer]) -> None:
        other = answers.get(self.above) if self.above else None
        mine = answers.get(question.id)
        if is_number(other) and is_number(mine) and mine <= other:
            raise Refused("The top number should be bigger than the bottom one. Check both", question.id)


@dataclass(frozen=True, slots=True)
class Measure(Kind):
    """A number with a choice of unit, stored as typed. Limits are in the metric unit."""

    name: ClassVar[str] = "measure"
    units: tuple[Unit, ...]
    metric: str
    noun: str
    example: str
    told: str
    hard: tuple[float, float]
    soft_limits: tuple[float, float]

    def unit(self, code: str) -> Unit | None:
        """The unit with this code."""
        return next((unit for unit in self.units if unit.code == code), None)

    def to_metric(self, answer: Mapping[str, Any]) -> float:
        """The stored value in the metric unit, not rounded."""
        unit = self.unit(answer["unit"])
        assert unit is not None
        return unit.metric(answer)

    def parts(self, question: Question) -> tuple[str, ...]:
        keys = dict.fromkeys(part.key for unit in self.units for part in unit.parts)
        return (f"{question.id}-unit", *(f"{question.id}-{key}" for key in keys))

    def read(self, question: Question, posted: Posted, on: date) -> Answer:
        typed = {name.removeprefix(f"{question.id}-"): one(name, posted) for name in self.parts(question)}
        filled = {key for key, text in typed.items() if text and key != "unit"}
        if not filled:
            return None
        unit = self.unit(typed["unit"])
        if unit is None or not filled & {part.key for part in unit.parts}:
            # The boxes of exactly one unit are filled: it is plain which was meant, whatever the switch says.
            fitting = [u for u in self.units if filled <= {part.key for part in u.parts}]
            if unit is None and len(fitting) != 1:
                raise Refused(f"Pick the unit of your {self.noun.lower()}", question.id)
            unit = fitting[0] if len(fitting) == 1 else unit
        assert unit is not None
        answer: dict[str, Any] = {"unit": unit.code}
        for part in unit.parts:
            name = f"{question.id}-{part.key}"
            if not typed[part.key]:
                labels = " and ".join(p.label.lower() for p in unit.parts)
                raise Refused(f"Enter {labels}. {unit.parts[-1].label} can be 0", name)
            answer[part.key] = read_number(
                typed[part.key], f"{self.noun} must be a number, like {self.example}", name
            )
        return self.accept(question, answer, on)

    def accept(self, question: Question, answer: Answer, on: date) -> Answer:
        codes = joined([unit.code for unit in self.units])
        unit = self.unit(answer.get("unit", "")) if isinstance(answer, dict) else None
        if unit is None:
            raise Refused(f"{self.noun} must be given with a unit: {codes}", question.id)
        keys = {part.key for part in unit.parts}
        if set(answer) != keys | {"unit"}:
            raise Refused(
                f"{self.noun} in {unit.label} needs {joined(sorted(keys))} and nothing else", question.id
            )
        for part in unit.parts:
            name, value = f"{question.id}-{part.key}", answer[part.key]
            if not is_number(value) or value < 0:
                raise Refused(f"{self.noun} must be a number, like {self.example}", name)
            if part.below is not None and value >= part.below:
                when = " when you use stones" if unit.code == "st_lb" else ""
                raise Refused(f"{part.label} must be 0 to {part.below - 1:g}{when}", name)
            if part.whole and value != int(value):
                raise Refused(f"{part.label} must be a whole number", name)
        if not self.hard[0] <= unit.metric(answer) <= self.hard[1]:
            raise Refused(
                f"Check your {self.noun.lower()}. Did you pick the right unit?",
                f"{question.id}-{unit.parts[0].key}",
            )
        return answer

    def post(self, question: Question, answer: Answer) -> dict[str, list[str]]:
        return {
            f"{question.id}-{key}": [value if key == "unit" else plain_number(value)]
            for key, value in answer.items()
        }

    def words(self, question: Question, answer: Answer, jurisdiction: str) -> str:
        unit = self.unit(answer["unit"])
        assert unit is not None
        typed = unit.words(answer)
        return typed if unit.code == self.metric else f"{typed} ({unit.metric(answer):.0f} {self.metric})"

    def columns(self, question: Question) -> tuple[Column, ...]:
        return (Column(question.id, f"number, {self.metric}"), Column(f"{question.id}_typed", "as typed"))

    def cells(self, question: Question, answer: Answer) -> list[Cell]:
        unit = self.unit(answer["unit"])
        assert unit is not None
        return [round(unit.metric(answer), 2), unit.words(answer)]

    def soft(self, question: Question, answer: Answer) -> str | None:
        if self.soft_limits[0] <= self.to_metric(answer) <= self.soft_limits[1]:
            return None
        return self.told.format(self.words(question, answer, "US"))


# Between two numbers a dash stays, as in read_number.
_AROUND = re.compile(rf"[\s,]|^[{DASHES}]+|[{DASHES}]+$")
_MONTHS = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip


def date_words(day: date) -> str:
    """27 March 1985."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True)
class Day(Kind):
    """A date in the past, stored as YYYY-MM-DD. `noun` begins its messages."""

    name: ClassVar[str] = "date"
    noun: str
    oldest_years: int

    def parts(self, question: Question) -> tuple[str, ...]:
        return tuple(f"{question.id}-{part}" for part in ("day", "month", "year"))

    def read(self, question: Question, posted: Posted, on: date) -> Answer:
        typed = {part: one(f"{question.id}-{part}", posted) for part in ("day", "month", "year")}
        if not any(typed.values()):
            return None
        for part, text in typed.items():
            if not text:
                raise Refused(f"{self.noun} must include a {part}", f"{question.id}-{part}")
        typed = {part: _AROUND.sub("", text) for part, text in typed.items()}
        month = next((n for n, name in enumerate(_MONTHS, 1) if name.lower().startswith(typed["month"].lower())
                      and len(typed["month"]) >= 3), None)  # fmt: skip
        numbers = [typed["day"], str(month) if month else typed["month"], typed["year"]]
        if not all(re.fullmatch(r"[0-9]{1,4}", number) for number in numbers) or len(typed["year"]) != 4:
            raise Refused("Enter a real date, like 27 March 1985", f"{question.id}-day")
        return self.accept(question, f"{numbers[2]}-{int(numbers[1]):02}-{int(numbers[0]):02}", on)

    def accept(self, question: Question, answer: Answer, on: date) -> Answer:
        part = f"{question.id}-day"
        try:
            if not isinstance(answer, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", answer):
                raise ValueError
            day = date.fromisoformat(answer)
        except ValueError:
            raise Refused("Enter a real date, like 27 March 1985", part) from None
        if day > on:
            raise Refused(f"{self.noun} must be in the past", part)
        if age_on(day, on) > self.oldest_years:
            raise Refused("Check the year you were born", f"{question.id}-year")
        return answer

    def post(self, question: Question, answer: Answer) -> dict[str, list[str]]:
        year, month, day = answer.split("-")
        values = {"day": str(int(day)), "month": str(int(month)), "year": year}
        return {f"{question.id}-{part}": [value] for part, value in values.items()}

    def words(self, question: Question, answer: Answer, jurisdiction: str) -> str:
        return date_words(date.fromisoformat(answer))

    def sample(self, question: Question) -> str | None:
        return "27 March 1985 is day 27, month 3, year 1985"

    def columns(self, question: Question) -> tuple[Column, ...]:
        return (Column(question.id, "date, YYYY-MM-DD"),)


def age_on(born: date, on: date) -> int:
    """Whole years. A birthday on 29 February counts from 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


_EXAMPLES = {"phone": "555 010 0199", "email": "name@example.com"}


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """Typed words. `form` is "name", "phone", "email" or None. What names a person or a place is not `free`: nothing
    about the patient's health is looked for in it.
    """

    name: ClassVar[str] = "text"
    max_length: int
    form: str | None = None
    free: bool = True

    def accept(self, question: Question, answer: Answer, on: date) -> Answer:
        if not isinstance(answer, str):
            raise Refused(f"“{question.label}” must be text", question.id)
        text = clean_text(answer, question.id)
        over = len(text) - self.max_length
        if over > 0:
            if self.form == "name" and not question.label.endswith("?"):
                raise Refused(f"{question.label} must be {self.max_length} letters or fewer", question.id)
            raise Refused(f"You have {over} letter{'s' if over > 1 else ''} too many", question.id)
        if text and self.form == "email" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", text):
            raise Refused("Enter an email like name@example.com", question.id)
        if (
            text
            and self.form == "phone"
            and not (
                re.fullmatch(rf"[{DASHES}0-9\s().,+/]+", text) and 7 <= sum(c.isdigit() for c in text) <= 15
            )
        ):
            raise Refused("Enter a phone number, like 555 010 0199", question.id)
        return text or None

    def sample(self, question: Question) -> str | None:
        return question.example or _EXAMPLES.get(self.form or "")

    def columns(self, question: Question) -> tuple[Column, ...]:
        return (Column(question.id, "text"),)


@dataclass(frozen=True, slots=True)
class Signature(Text):
    """A typed full name. `match` are the questions whose words it should repeat; a difference only asks."""

    name: ClassVar[str] = "signature"
    match: tuple[str, ...] = ()

    def differs(self, typed: str, answers: Mapping[str, Answer]) -> bool:
        """Whether the typed name is another than the one given, letter case, accents and spaces apart."""

        def plain(text: str) -> str:
            split = unicodedata.normalize("NFKD", text.casefold())
            return "".join(c for c in split if c.isalnum())

        given = [answers.get(name) for name in self.match]
        return plain(typed) != plain("".join(str(part) for part in given if part))


@dataclass(frozen=True, slots=True)
class Identity(Day):
    """A birth date that opens an invitation. Compared, never stored as an answer of its own."""

    name: ClassVar[str] = "identity"

    def accept(self, question: Question, answer: Answer, on: date) -> Answer:
        return Day.accept(self, question, answer, on)

    def columns(self, question: Question) -> tuple[Column, ...]:
        return ()

    def cells(self, question: Question, answer: Answer) -> list[Cell]:
        return []
