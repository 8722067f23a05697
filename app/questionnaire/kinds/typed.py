"""Kinds answered by typing: text, names, numbers, measures and dates."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from ..answers import STATES, Answer
from ..contact import DASHES, likely_email, plain_signs, read_email, read_phone
from ..units import AMOUNT, UNITS, Part, Unit, amount, meant, plain_number, without_unit, written_measure
from ..wording import AsTyped, Words
from .base import (
    FRACTION,
    Cell,
    Column,
    Kind,
    Posted,
    Refused,
    clean_text,
    is_number,
    joined,
    one,
    plain_fractions,
    read_number,
)

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
        unit = r"[\s.]*".join(map(re.escape, self.unit))
        number = re.sub(rf"\s*{unit}\.?$", "", plain_signs(text), flags=re.IGNORECASE)
        try:
            if two := re.fullmatch(r"\s*(\d{1,3})\s*[/\\|]\s*(\d{1,3})\s*", number):
                one_here = Words(
                    "{noun} is one number, like {example}. The other one has its own box",
                    noun=question.label, example=two[1 if self.above else 2],
                )  # fmt: skip
                raise Refused(one_here, question.id)
            return self.accept(question, read_number(number, self._example(question), question.id), on)
        except Refused as refusal:
            raise refusal.typed(text) from None

    def _example(self, question: Question, whole: bool = False) -> Words:
        example = self.soft_limits[0] + 35
        if whole:
            return Words(
                "{noun} must be a whole number, like {example}", noun=question.label, example=example
            )
        return Words("{noun} must be a number, like {example}", noun=question.label, example=example)

    def accept(self, question: Question, answer: Answer, on: date) -> Answer:
        if not is_number(answer):
            raise Refused(self._example(question), question.id)
        if answer != int(answer):
            raise Refused(self._example(question, whole=True), question.id)
        low, high = self.hard
        if not low <= answer <= high:
            asked = Words(
                "{noun} should be from {low} to {high}. Check it", noun=question.label, low=low, high=high
            )
            raise Refused(asked, question.id)
        return int(answer)

    def sample(self, question: Question, typed: Posted | None = None) -> str | None:
        return f"{self.soft_limits[0] + 35}"

    def words(self, question: Question, answer: Answer, jurisdiction: str) -> str:
        return Words("{number} {unit}", number=answer, unit=self.unit)

    def columns(self, question: Question) -> tuple[Column, ...]:
        return (Column(question.id, f"number, {self.unit}"),)

    def soft(self, question: Question, answer: Answer, answers: Mapping[str, Answer]) -> str | None:
        if self.soft_limits[0] <= answer <= self.soft_limits[1]:
            return None
        return Words(self.told, answer)

    def check_together(self, question: Question, answers: Mapping[str, Answer]) -> None:
        other = answers.get(self.above) if self.above else None
        mine = answers.get(question.id)
        if is_number(other) and is_number(mine) and mine <= other:
            bigger = Words("The top number should be bigger than the bottom one. Check both")
            raise Refused(bigger, question.id).typed(f"{mine}/{other}")


@dataclass(frozen=True, slots=True)
class Measure(Kind):
    """A number with a choice of unit, stored as typed. Limits are in the metric unit.

    `pair` is another measure whose value makes this one possible or not; `pair_usual` is the range of this one by the
    other's square, and `pair_told` what we say back when it is outside. Beyond `pair_alone` the other is asked about by
    itself.
    """

    name: ClassVar[str] = "measure"
    units: tuple[Unit, ...]
    metric: str
    noun: str
    told: str
    hard: tuple[float, float]
    soft_limits: tuple[float, float]
    pair: str | None = None
    pair_usual: tuple[float, float] = (0, 0)
    pair_told: str = ""
    pair_alone: tuple[float, float] = (0, 0)

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
        typed = {name.removeprefix(f"{question.id}-"): one(name, posted) for name in self.parts(question)}
        filled = {key for key, text in typed.items() if text and key != "unit"}
        if not filled:
            return None
        text = typed[next(iter(filled))]
        if len(filled) == 1 and (written := written_measure(text, self.units)):
            unit, numbers = written
            try:
                return self.accept(question, {"unit": unit.code, **numbers}, on)
            except Refused as refusal:
                raise refusal.typed(text) from None
        chosen = self.unit(typed["unit"])
        if chosen is None or not filled & {part.key for part in chosen.parts}:
            # The boxes of exactly one unit are filled: it is plain which was meant, whatever the switch says.
            fitting = [u for u in self.units if filled <= {part.key for part in u.parts}]
            chosen = fitting[0] if len(fitting) == 1 else chosen
        if chosen is None:
            units = joined([unit.label for unit in self.units if unit.only_in is None])
            raise Refused(
                Words("Pick the unit of your {noun}: {units}", noun=self.noun.lower(), units=units),
                question.id,
            )
        return self._read_boxes(question, chosen, typed, on)

    def _read_boxes(self, question: Question, unit: Unit, typed: Mapping[str, str], on: date) -> Answer:
        """The measure in the boxes of a unit. Where it can only be another one, that is offered."""
        self._offer(question, unit, typed)
        answer: dict[str, Any] = {"unit": unit.code}
        wrong: list[Refused] = []
        first, last = unit.parts[0], unit.parts[-1]
        for part in unit.parts:
            text, name = typed[part.key], f"{question.id}-{part.key}"
            try:
                if text:
                    answer[part.key] = read_number(without_unit(text, part), self._number(unit, part), name)
            except Refused as refusal:
                wrong.append(refusal.typed(text))
        if not typed[last.key] and last.below and FRACTION.fullmatch(plain_fractions(typed[first.key])):
            # 11 1/2 stones are 11 stones 7 pounds.
            rest = answer[first.key] % 1 * last.below
            answer |= {first.key: int(answer[first.key]), last.key: int(rest) if rest == int(rest) else rest}
        missing = [part for part in unit.parts if part.key not in answer]
        if missing and not wrong:
            both = Words(
                "Enter {unit}, like {example}. {last} can be 0",
                unit=unit.label, example=unit.example, last=last.label,
            )  # fmt: skip
            raise Refused(both, f"{question.id}-{missing[0].key}")
        if wrong:
            raise Refused(wrong[0].message, wrong[0].part, more=wrong[1:])
        try:
            self._check_parts(question, unit, answer)
        except Refused as refusal:
            raise refusal.typed(typed[refusal.part.removeprefix(f"{question.id}-")]) from None
        try:
            return self.accept(question, answer, on)
        except Refused as refusal:
            raise refusal.typed(self.words(question, answer, "")) from None

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
        if found := meant(text, known, self.soft_limits):
            measures = joined([each.words(numbers) for each, numbers in found])
            offer = Words("Did you mean {measures}? Change the number or the unit", measures=measures)
            raise Refused(offer, f"{question.id}-{first.key}").typed(typed[first.key])

    def _number(self, unit: Unit, part: Part) -> Words:
        noun = self.noun if len(unit.parts) == 1 else part.label
        return Words("{noun} must be a number, like {example}", noun=noun, example=part.example)

    def sample(self, question: Question, typed: Posted | None = None) -> str | None:
        unit = self.unit(next(iter((typed or {}).get(f"{question.id}-unit", ())), ""))
        return unit.example if unit else question.example

    def beside(self) -> tuple[str, ...]:
        return (self.pair,) if self.pair else ()

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
        self._check_parts(question, unit, answer)
        low, high = self.hard
        if not low <= unit.metric(answer) <= high:
            check = Words(
                "{noun} should be from {low} to {high} {metric}. Check the number and the unit",
                noun=self.noun, low=low, high=high, metric=self.metric,
            )  # fmt: skip
            raise Refused(check, f"{question.id}-{unit.parts[0].key}")
        return answer

    def _check_parts(self, question: Question, unit: Unit, answer: Mapping[str, Any]) -> None:
        for part in unit.parts:
            name, value = f"{question.id}-{part.key}", answer[part.key]
            if not is_number(value) or value < 0:
                raise Refused(self._number(unit, part), name)
            if part.below is not None and value >= part.below:
                said = {"noun": part.label, "most": f"{part.below - 1:g}"}
                if unit.code == "st_lb":
                    raise Refused(Words("{noun} must be 0 to {most} when you use stones", **said), name)
                raise Refused(Words("{noun} must be 0 to {most}", **said), name)
            if part.whole and value != int(value):
                split = Words(
                    "{noun} must be a whole number, like {example}. Put the rest in the next box",
                    noun=part.label, example=int(value),
                )  # fmt: skip
                raise Refused(split, name)

    def post(self, question: Question, answer: Answer) -> dict[str, list[str]]:
        return {
            f"{question.id}-{key}": [value if key == "unit" else plain_number(value)]
            for key, value in answer.items()
        }

    def words(self, question: Question, answer: Answer, jurisdiction: str) -> str:
        unit = self._unit_of(answer)
        typed = unit.words(answer)
        if unit.code == self.metric:
            return typed
        return Words("{typed} ({metric})", typed=typed, metric=f"{unit.metric(answer):.0f} {self.metric}")

    def columns(self, question: Question) -> tuple[Column, ...]:
        return (Column(question.id, f"number, {self.metric}"), Column(f"{question.id}_typed", "as typed"))

    def cells(self, question: Question, answer: Answer) -> list[Cell]:
        unit = self._unit_of(answer)
        return [round(unit.metric(answer), 2), unit.words(answer)]

    def soft(self, question: Question, answer: Answer, answers: Mapping[str, Answer]) -> str | None:
        mine = self.to_metric(answer)
        if not self.soft_limits[0] <= mine <= self.soft_limits[1]:
            return Words(self.told, self.words(question, answer, "US"))
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
        return Words(self.pair_told, _in_unit(unit, other), self.words(question, answer, "US"))


def _in_unit(unit: Unit, answer: Mapping[str, Any]) -> str:
    """A measure in words, with centimeters beside feet."""
    typed = unit.words(answer)
    return (
        typed
        if unit.code == "cm"
        else Words("{typed} ({metric})", typed=typed, metric=f"{unit.metric(answer):.0f} cm")
    )


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


NOT_A_DATE = Words("Enter a real date, like 27 March 1985")
NOT_A_DAY = Words("The day must be a number from 1 to 31")
NOT_A_MONTH = Words("The month must be from 1 to 12, or its name")
NOT_A_YEAR = Words("The year must have 4 numbers, like 1985")


def date_words(day: date) -> str:
    """27 March 1985."""
    return Words("{day} {month} {year}", day=day.day, month=_MONTHS[day.month - 1], year=f"{day.year}")


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
        lacking = [
            Refused(
                Words("{noun} must include a {part}, like {example}", noun=self.noun, part=part, example=like),
                f"{question.id}-{part}",
            )
            for part, like in (("day", 27), ("month", 3), ("year", "1985")) if not typed[part]
        ]  # fmt: skip
        if lacking:
            raise Refused(lacking[0].message, lacking[0].part, more=lacking[1:])
        given = dict(typed)
        typed = {part: _AROUND.sub("", plain_signs(text)) for part, text in typed.items()}
        day, month, year = typed["day"], _month(typed["month"]), typed["year"]
        not_read: list[Refused] = []
        for part, number, highest, wrong in (
            ("year", year, 9999, NOT_A_YEAR), ("month", month, 12, NOT_A_MONTH), ("day", day, 31, NOT_A_DAY)
        ):  # fmt: skip
            if not re.fullmatch(r"[0-9]{4}" if part == "year" else r"0?[0-9]{1,2}", number) or not (
                1 <= int(number) <= highest
            ):
                not_read.insert(0, Refused(wrong, f"{question.id}-{part}").typed(given[part]))
        if not_read:
            raise Refused(not_read[0].message, not_read[0].part, more=not_read[1:])
        days = monthrange(int(year), int(month))[1]
        if int(day) > days:
            short = Words(
                "{month} {year} has {days} days. Check the day",
                month=_MONTHS[int(month) - 1],
                year=year,
                days=days,
            )
            raise Refused(short, f"{question.id}-day").typed(given["day"])
        answer = f"{year}-{int(month):02}-{int(day):02}"
        try:
            return self.accept(question, answer, on)
        except Refused as refusal:
            raise refusal.typed(date_words(date.fromisoformat(answer))) from None

    def accept(self, question: Question, answer: Answer, on: date) -> Answer:
        part = f"{question.id}-day"
        try:
            if not isinstance(answer, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", answer):
                raise ValueError
            day = date.fromisoformat(answer)
        except ValueError:
            raise Refused(NOT_A_DATE, part) from None
        if day > on:
            late = "year" if day.year > on.year else "month" if day.month > on.month else "day"
            past = Words(
                "{noun} must be in the past: {today} or earlier", noun=self.noun, today=date_words(on)
            )
            raise Refused(past, f"{question.id}-{late}")
        if age_on(day, on) > self.oldest_years:
            old = Words("That is more than {years} years ago. Check the year", years=self.oldest_years)
            raise Refused(old, f"{question.id}-year")
        return answer

    def post(self, question: Question, answer: Answer) -> dict[str, list[str]]:
        year, month, day = answer.split("-")
        values = {"day": str(int(day)), "month": str(int(month)), "year": year}
        return {f"{question.id}-{part}": [value] for part, value in values.items()}

    def words(self, question: Question, answer: Answer, jurisdiction: str) -> str:
        return date_words(date.fromisoformat(answer))

    def sample(self, question: Question, typed: Posted | None = None) -> str | None:
        return "27 March 1985 is day 27, month 3, year 1985"

    def columns(self, question: Question) -> tuple[Column, ...]:
        return (Column(question.id, "date, YYYY-MM-DD"),)


def age_on(born: date, on: date) -> int:
    """Whole years. A birthday on 29 February counts from 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


_READERS: Mapping[str | None, tuple[Callable[[str], str], Words]] = {
    "email": (read_email, Words("Enter an email like name@example.com")),
    "phone": (read_phone, Words("Enter a phone number, like 555 010 0199")),
}
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

    def read(self, question: Question, posted: Posted, on: date) -> Answer:
        try:
            return Kind.read(self, question, posted, on)
        except Refused as refusal:
            shaped = self.form in _READERS and refusal.message == _READERS[self.form][1]
            raise (refusal.typed(one(question.id, posted)) if shaped else refusal) from None

    def accept(self, question: Question, answer: Answer, on: date) -> Answer:
        if not isinstance(answer, str):
            raise Refused(f"“{question.label}” must be text", question.id)
        text = clean_text(answer, question.id)
        over = len(text) - self.max_length
        if over > 0:
            if self.form == "name" and not question.label.endswith("?"):
                long = Words(
                    "{noun} must be {most} letters or fewer", noun=question.label, most=self.max_length
                )
                raise Refused(long, question.id)
            many = (
                Words("You have 1 letter too many") if over == 1
                else Words("You have {over} letters too many", over=over)
            )  # fmt: skip
            fits = Words("{too_many}. This box holds {most}", too_many=many, most=self.max_length)
            raise Refused(fits, question.id)
        if text and self.form in _READERS:
            reader, wrong = _READERS[self.form]
            try:
                return reader(text)
            except ValueError:
                raise Refused(wrong, question.id) from None
        return text or None

    def soft(self, question: Question, answer: Answer, answers: Mapping[str, Answer]) -> str | None:
        likely = likely_email(answer) if self.form == "email" and isinstance(answer, str) else None
        if likely is None:
            return None
        return Words("your email is {email}, not {likely}", email=AsTyped(answer), likely=AsTyped(likely))

    def sample(self, question: Question, typed: Posted | None = None) -> str | None:
        return question.example or _EXAMPLES.get(self.form or "")

    def words(self, question: Question, answer: Answer, jurisdiction: str) -> str:
        return AsTyped(answer)

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
        return plain(typed) != plain("".join(str(part) for part in given if part and part not in STATES))


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
