"""Kinds answered by typing: text, names and whole numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from ..answers import STATES, Answer
from ..contact import likely_email, plain_signs, read_email, read_phone
from ..countries import Country
from ..wording import Message, UserText
from .base import (
    Column,
    InvalidAnswer,
    Kind,
    Posted,
    clean_text,
    is_number,
    read_number,
    says_something,
    single_value,
)

if TYPE_CHECKING:
    from ..pages import Question


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A whole number with one unit."""

    name: ClassVar[str] = "number"
    unit: str
    """Its unit, in words."""
    hard: tuple[int, int]
    """The lowest and highest number that is taken."""
    soft_limits: tuple[int, int]
    """The lowest and highest number that is usual."""
    told: str
    """The answer said back for the patient to confirm, when it is far from usual."""
    above: str | None = None
    """The id of the question whose answer must be lower."""

    def read(self, question: Question, posted: Posted, on: date) -> Answer:
        text = single_value(question.id, posted)
        if not text:
            return None
        unit = r"[\s.]*".join(map(re.escape, self.unit))
        number = re.sub(rf"\s*{unit}\.?$", "", plain_signs(text), flags=re.IGNORECASE)
        try:
            if two := re.fullmatch(r"\s*(\d{1,3})\s*[/\\|]\s*(\d{1,3})\s*", number):
                one_here = Message(
                    "{noun} is one number, like {example}. The other one has its own box",
                    noun=question.label, example=two[1 if self.above else 2],
                )  # fmt: skip
                raise InvalidAnswer(one_here, question.id)
            return self.accept(question, read_number(number, self._example(question), question.id), on)
        except InvalidAnswer as refusal:
            raise refusal.typed(text) from None

    def _example(self, question: Question, whole: bool = False) -> Message:
        example = self.soft_limits[0] + 35
        if whole:
            return Message(
                "{noun} must be a whole number, like {example}", noun=question.label, example=example
            )
        return Message("{noun} must be a number, like {example}", noun=question.label, example=example)

    def accept(self, question: Question, answer: Answer, on: date) -> Answer:
        if not is_number(answer):
            raise InvalidAnswer(self._example(question), question.id)
        if answer != int(answer):
            raise InvalidAnswer(self._example(question, whole=True), question.id)
        low, high = self.hard
        if not low <= answer <= high:
            asked = Message(
                "{noun} should be from {low} to {high}. Check it", noun=question.label, low=low, high=high
            )
            raise InvalidAnswer(asked, question.id)
        return int(answer)

    def sample(self, question: Question, typed: Posted | None = None) -> str | None:
        return f"{self.soft_limits[0] + 35}"

    def words(self, question: Question, answer: Answer, jurisdiction: Country) -> str:
        return Message("{number} {unit}", number=answer, unit=self.unit)

    def columns(self, question: Question) -> tuple[Column, ...]:
        return (Column(question.id, f"number, {self.unit}"),)

    def soft(self, question: Question, answer: Answer, answers: Mapping[str, Answer]) -> str | None:
        if self.soft_limits[0] <= answer <= self.soft_limits[1]:
            return None
        return Message(self.told, answer)

    def together(self) -> tuple[str, ...]:
        return (self.above,) if self.above else ()

    def check_together(self, question: Question, answers: Mapping[str, Answer]) -> None:
        other = answers.get(self.above) if self.above else None
        mine = answers.get(question.id)
        if is_number(other) and is_number(mine) and mine <= other:
            bigger = Message("The top number should be bigger than the bottom one. Check both")
            raise InvalidAnswer(bigger, question.id).typed(f"{mine}/{other}")


_READERS: Mapping[str | None, tuple[Callable[[str], str], Message]] = {
    "email": (read_email, Message("Enter an email like name@example.com")),
    "phone": (read_phone, Message("Enter a phone number, like 555 010 0199")),
}
_EXAMPLES = {"phone": "555 010 0199", "email": "name@example.com"}


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """Typed words."""

    name: ClassVar[str] = "text"
    max_length: int
    """How many characters it may have."""
    form: str | None = None
    """What is typed: "name", "phone" or "email"; None for anything."""
    free: bool = True
    """Whether something about the patient's health is looked for in it; not in what names a person or a place."""

    def read(self, question: Question, posted: Posted, on: date) -> Answer:
        try:
            return Kind.read(self, question, posted, on)
        except InvalidAnswer as refusal:
            shaped = self.form in _READERS and refusal.message == _READERS[self.form][1]
            raise (refusal.typed(single_value(question.id, posted)) if shaped else refusal) from None

    def accept(self, question: Question, answer: Answer, on: date) -> Answer:
        if not isinstance(answer, str):
            raise InvalidAnswer(f"“{question.label}” must be text", question.id)
        text = clean_text(answer, question.id)
        asks_for_words = question.required or self.form == "name"
        if text and asks_for_words and self.form not in _READERS and not says_something(text):
            raise InvalidAnswer(self._no_words(question), question.id)
        over = len(text) - self.max_length
        if over > 0:
            if self.form == "name" and not question.label.endswith("?"):
                long = Message(
                    "{noun} must be {most} letters or fewer", noun=question.label, most=self.max_length
                )
                raise InvalidAnswer(long, question.id)
            many = (
                Message("You have 1 letter too many") if over == 1
                else Message("You have {over} letters too many", over=over)
            )  # fmt: skip
            fits = Message("{too_many}. This box holds {most}", too_many=many, most=self.max_length)
            raise InvalidAnswer(fits, question.id)
        if text and self.form in _READERS:
            reader, wrong = _READERS[self.form]
            try:
                return reader(text)
            except ValueError:
                raise InvalidAnswer(wrong, question.id) from None
        return text or None

    def _no_words(self, question: Question) -> Message:
        """What to say of signs that are no words."""
        if question.required:
            return Message("Use letters or numbers. {message}", message=self.empty(question))
        return Message("Use letters or numbers, or leave this box empty")

    def soft(self, question: Question, answer: Answer, answers: Mapping[str, Answer]) -> str | None:
        likely = likely_email(answer) if self.form == "email" and isinstance(answer, str) else None
        if likely is None:
            return None
        return Message("your email is {email}, not {likely}", email=UserText(answer), likely=UserText(likely))

    def sample(self, question: Question, typed: Posted | None = None) -> str | None:
        return question.example or _EXAMPLES.get(self.form or "")

    def words(self, question: Question, answer: Answer, jurisdiction: Country) -> str:
        return UserText(answer)

    def columns(self, question: Question) -> tuple[Column, ...]:
        return (Column(question.id, "text"),)


@dataclass(frozen=True, slots=True)
class Signature(Text):
    """A typed full name."""

    name: ClassVar[str] = "signature"
    match: tuple[str, ...] = ()
    """Ids of the questions whose words it should repeat; a difference only asks."""

    def differs(self, typed: str, answers: Mapping[str, Answer]) -> bool:
        """Whether the typed name is another than the one given, letter case, accents and spaces apart."""

        def plain(text: str) -> str:
            split = unicodedata.normalize("NFKD", text.casefold())
            return "".join(c for c in split if c.isalnum())

        given = [answers.get(name) for name in self.match]
        return plain(typed) != plain("".join(str(part) for part in given if part and part not in STATES))
