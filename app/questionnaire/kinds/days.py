"""Kinds answered with a date."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from ..answers import Answer
from ..contact import DASHES, plain_signs
from ..countries import Country
from ..wording import Message
from .base import (
    Cell,
    Column,
    InvalidAnswer,
    Kind,
    Posted,
    single_value,
)

if TYPE_CHECKING:
    from ..pages import Question


# Between two numbers a dash stays, as in read_number.
_AROUND = re.compile(rf"[\s,]|^[{DASHES}]+|[{DASHES}]+$")


_MONTHS = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip


_MESES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()


def _month(typed: str) -> str:
    """The number of a month that was typed by name, or by the beginning of it, in either language; else as typed."""
    for names in (_MONTHS, _MESES):
        for number, name in enumerate(names, 1):
            if len(typed) >= 3 and name.lower().startswith(typed.lower()):
                return str(number)
    return typed


NOT_A_DATE = Message("Enter a real date, like 27 March 1985")


NOT_A_DAY = Message("The day must be a number from 1 to 31")


NOT_A_MONTH = Message("The month must be from 1 to 12, or its name")


NOT_A_YEAR = Message("The year must have 4 numbers, like 1985")


def date_words(day: date) -> str:
    """27 March 1985."""
    return Message("{day} {month} {year}", day=day.day, month=_MONTHS[day.month - 1], year=f"{day.year}")


@dataclass(frozen=True, slots=True)
class Day(Kind):
    """A date in the past, stored as YYYY-MM-DD."""

    name: ClassVar[str] = "date"
    noun: str
    """What the date is called, at the beginning of its messages."""
    oldest_years: int
    """How many years back a date may lie."""

    def parts(self, question: Question) -> tuple[str, ...]:
        return tuple(f"{question.id}-{part}" for part in ("day", "month", "year"))

    def read(self, question: Question, posted: Posted, on: date) -> Answer:
        typed = {part: single_value(f"{question.id}-{part}", posted) for part in ("day", "month", "year")}
        if not any(typed.values()):
            return None
        lacking = [
            InvalidAnswer(
                Message("{noun} must include a {part}, like {example}", noun=self.noun, part=part, example=like),
                f"{question.id}-{part}",
            )
            for part, like in (("day", 27), ("month", 3), ("year", "1985")) if not typed[part]
        ]  # fmt: skip
        if lacking:
            raise InvalidAnswer(lacking[0].message, lacking[0].part, more=lacking[1:])
        given = dict(typed)
        typed = {part: _AROUND.sub("", plain_signs(text)) for part, text in typed.items()}
        day, month, year = typed["day"], _month(typed["month"]), typed["year"]
        not_read: list[InvalidAnswer] = []
        for part, number, highest, wrong in (
            ("year", year, 9999, NOT_A_YEAR), ("month", month, 12, NOT_A_MONTH), ("day", day, 31, NOT_A_DAY)
        ):  # fmt: skip
            if not re.fullmatch(r"[0-9]{4}" if part == "year" else r"0?[0-9]{1,2}", number) or not (
                1 <= int(number) <= highest
            ):
                not_read.insert(0, InvalidAnswer(wrong, f"{question.id}-{part}").typed(given[part]))
        if not_read:
            raise InvalidAnswer(not_read[0].message, not_read[0].part, more=not_read[1:])
        days = monthrange(int(year), int(month))[1]
        if int(day) > days:
            short = Message(
                "{month} {year} has {days} days. Check the day",
                month=_MONTHS[int(month) - 1],
                year=year,
                days=days,
            )
            raise InvalidAnswer(short, f"{question.id}-day").typed(given["day"])
        answer = f"{year}-{int(month):02}-{int(day):02}"
        try:
            return self.accept(question, answer, on)
        except InvalidAnswer as refusal:
            raise refusal.typed(date_words(date.fromisoformat(answer))) from None

    def accept(self, question: Question, answer: Answer, on: date) -> Answer:
        part = f"{question.id}-day"
        try:
            if not isinstance(answer, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", answer):
                raise ValueError
            day = date.fromisoformat(answer)
        except ValueError:
            raise InvalidAnswer(NOT_A_DATE, part) from None
        if day > on:
            late = "year" if day.year > on.year else "month" if day.month > on.month else "day"
            past = Message(
                "{noun} must be in the past: {today} or earlier", noun=self.noun, today=date_words(on)
            )
            raise InvalidAnswer(past, f"{question.id}-{late}")
        if age_on(day, on) > self.oldest_years:
            old = Message("That is more than {years} years ago. Check the year", years=self.oldest_years)
            raise InvalidAnswer(old, f"{question.id}-year")
        return answer

    def post(self, question: Question, answer: Answer) -> dict[str, list[str]]:
        year, month, day = answer.split("-")
        values = {"day": str(int(day)), "month": str(int(month)), "year": year}
        return {f"{question.id}-{part}": [value] for part, value in values.items()}

    def words(self, question: Question, answer: Answer, jurisdiction: Country) -> str:
        return date_words(date.fromisoformat(answer))

    def sample(self, question: Question, typed: Posted | None = None) -> str | None:
        return "27 March 1985 is day 27, month 3, year 1985"

    def columns(self, question: Question) -> tuple[Column, ...]:
        return (Column(question.id, "date, YYYY-MM-DD"),)


def age_on(born: date, on: date) -> int:
    """Whole years. A birthday on 29 February counts from 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


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
