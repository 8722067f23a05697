"""What all kinds share, and the reading of single typed values."""

from __future__ import annotations

import re
import unicodedata
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar, TypeAlias, TypeGuard

from ..answers import STATES, Answer
from ..contact import DASHES, plain_signs
from ..countries import Country
from ..wording import Message, UserText

if TYPE_CHECKING:
    from ..pages import Question

Posted: TypeAlias = Mapping[str, Sequence[str]]
Cell: TypeAlias = str | float | int | bool | None

EXCLUSIVE = ("none", *sorted(STATES))
"""Options that stand alone in a tick list."""


LONGEST_REPEATED = 40


class InvalidAnswer(ValueError):
    """An answer outside its declaration.

    `message` is how to correct it, for the person who typed it; `part` the form name to go to; `kept` the part of the
    answer that can be stored meanwhile, None for nothing; `more` the other errors in the same answer; `unread` is true
    when something typed is not in `kept`.
    """

    def __init__(
        self,
        message: str,
        part: str,
        kept: Answer = None,
        more: Sequence[InvalidAnswer] = (),
        *,
        unread: bool = True,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.part = part
        self.kept = kept
        self.more = tuple(more)
        self.unread = unread

    def typed(self, text: str) -> InvalidAnswer:
        """The same, with what was typed said first. A file's door never repeats an answer, so `accept` does not."""
        shown = (
            text
            if isinstance(text, Message) or len(text) <= LONGEST_REPEATED
            else f"{text[:LONGEST_REPEATED]}…"
        )
        told = shown if isinstance(shown, Message) else UserText(shown)
        said = Message("You typed “{typed}”. {message}", typed=told, message=self.message)
        return InvalidAnswer(said, self.part, self.kept, self.more, unread=self.unread)

    def of_entry(self, item: str, number: int) -> InvalidAnswer:
        """The same, with the entry of a list that it is about said first."""
        said = Message("For {item} {number}: {message}", item=item, number=number, message=self.message)
        return InvalidAnswer(said, self.part, self.kept, self.more, unread=self.unread)

    def each(self) -> Iterator[InvalidAnswer]:
        """All that is to be mended, in the order it is asked."""
        yield self
        for other in self.more:
            yield from other.each()


@dataclass(frozen=True, slots=True)
class Column:
    """One export column: its heading, and what a cell holds."""

    name: str
    """Its heading."""
    holds: str
    """What its cells hold, for the dictionary."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What all kinds share. Most kinds have one form part, one column and one JSON value."""

    name: ClassVar[str]

    def parts(self, question: Question) -> tuple[str, ...]:
        """The form names of a question of this kind, the exit apart."""
        return (question.id,)

    def read(self, question: Question, posted: Posted, on: date) -> Answer:
        """The stored value of a posted form; None when left empty."""
        text = single_value(question.id, posted)
        return self.accept(question, text, on) if text else None

    @abstractmethod
    def accept(self, question: Question, answer: Answer, on: date) -> Answer:
        """Check a value in the stored shape, and return it as it is to be stored."""

    def post(self, question: Question, answer: Answer) -> dict[str, list[str]]:
        """The form values that show this answer again."""
        return {question.id: [str(answer)]}

    def words(self, question: Question, answer: Answer, jurisdiction: Country) -> str:
        """The answer in words."""
        return str(answer)

    def columns(self, question: Question) -> tuple[Column, ...]:
        """The export columns."""
        return (Column(question.id, self.name),)

    def cells(self, question: Question, answer: Answer) -> list[Cell]:
        """The cells under those columns, for a definite answer."""
        return [answer]

    def empty(self, question: Question) -> str:
        """The message for a required question that was left empty."""
        return question.missing or Message("Answer “{label}”", label=question.label)

    def field(self, question: Question, part: str) -> str:
        """What a form name belongs to, when it is counted how often a field could not be taken."""
        return question.id

    def sample(self, question: Question, typed: Posted | None = None) -> str | None:
        """What a good answer looks like, for a box that could not be taken twice. Picks have none: it would lead.
        `typed` is what stands in the form, for an example in the unit that was picked.
        """
        return question.example

    def soft(self, question: Question, answer: Answer, answers: Mapping[str, Answer]) -> str | None:
        """The answer in words, for the patient to confirm, when it is far from usual by itself or beside the other
        `answers`; else None.
        """
        return None

    def beside(self) -> tuple[str, ...]:
        """The ids of other questions whose answers make this one's usual or not."""
        return ()

    def together(self) -> tuple[str, ...]:
        """The ids of other questions of the same page that make one answer with this one, as two numbers of a pair."""
        return ()

    def check_together(self, question: Question, answers: Mapping[str, Answer]) -> None:
        """Refuse a value that does not fit another answer of the same page."""


def single_value(name: str, posted: Posted) -> str:
    """The single posted value of `name`, trimmed; refuses two."""
    values = [value.strip() for value in posted.get(name, ())]
    values = [value for value in values if value]
    if len(values) > 1:
        raise InvalidAnswer(Message("Give one answer here, not {count}", count=len(values)), name)
    return values[0] if values else ""


# Control signs but for new line and tab, halves of characters, private ones, those that are none; and overrides, which
# show a reader other words than are stored. By number: each edition of Unicode, and so each Python, knows more letters.
_NO_CHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0xF0000, 0x10000)
)
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff"
    + _NO_CHARACTERS
    + "]"
)
# Marks around a number copied from a telephone's contacts. They show nothing, so they are left out.
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"))


def clean_text(text: str, part: str) -> str:
    """NFC, plain line ends, no spaces at the ends; refuses characters that cannot be shown safely."""
    if text.isascii() and text.isprintable():
        # As most texts are; what follows would change nothing else.
        return text.strip()
    text = unicodedata.normalize("NFC", text.translate(_MARKS))
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if unsafe := _UNSAFE.search(text):
        before = text[: unsafe.start()].strip()
        if not before:
            raise InvalidAnswer(Message("The first sign here cannot be saved. Take it out"), part)
        raise InvalidAnswer(
            Message(
                "The sign after “{before}” cannot be saved. Take it out, or type it on your keyboard",
                before=UserText(before[-15:]),
            ),
            part,
        )
    return text


# They take the place of letters, and show nothing.
_FILLERS = "\u115f\u1160\u3164\uffa0"


def says_something(text: str) -> bool:
    """Whether there is a letter or a digit in it, of any script: dots, dashes and pictures alone answer nothing."""
    return any(
        unicodedata.category(sign) in ("Lu", "Ll", "Lt", "Lo", "Nd", "Nl", "No") and sign not in _FILLERS
        for sign in text
    )


FRACTION = re.compile(r"(?:(\d{1,3})\s+(?:(?:and|y|&)\s+)?)?([13])\s*[/⁄]\s*([24])")


def plain_fractions(text: str) -> str:
    """A half and quarters of one sign as they are written with three: 11½ is 11 1/2."""
    signs = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4"}
    return "".join(signs.get(sign, sign) for sign in plain_signs(text)).strip()


def read_number(text: str, message: str, part: str) -> float | int:
    """A typed number. Spaces, thousands commas and a dash after it are tolerated; a lone comma is a decimal comma; a
    half and quarters may be written as such.
    """
    if fraction := FRACTION.fullmatch(plain_fractions(text)):
        return read_number(fraction[1] or "0", message, part) + int(fraction[2]) / int(fraction[3])
    # Other dashes stay: "1-2" is a range, and must never be read as 12.
    compact = re.sub(r"[\s\u00a0\u202f]", "", plain_signs(text)).rstrip(DASHES)
    compact = re.sub(r",(?=\d{3}(\D|$))", "", compact).replace(",", ".")
    if len(compact) > 12 or not re.fullmatch(r"[0-9]+(\.[0-9]*)?", compact):
        raise InvalidAnswer(message, part)
    value = float(compact)
    return int(value) if value.is_integer() else value


def is_number(value: object) -> TypeGuard[float]:
    """A JSON number that is not a boolean, NaN, infinite or beyond all measure (which arithmetic would choke on)."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e12


def joined(labels: Sequence[str]) -> str:
    """Yes, No or Not sure."""
    if len(labels) == 1:
        return labels[0]
    return Message("{first} or {last}", first=Message.listed(", ", labels[:-1]), last=labels[-1])
