"""Answers -> facts. Rules read facts only. A fact is "no" only when the patient said no, or when the question could not
apply because an earlier answer ruled it out; otherwise it is unknown.

Here are the kinds of fact and how each is worked out; the facts themselves, by subject, are in `factbook`.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

from ..questionnaire.answers import STATES
from ..questionnaire.reading import Reading
from .logic import DecidingAnswer
from .mentions import mentions
from .name_pieces import pieces
from .typed_names import NameField, look_up


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a rule may ask about a patient."""

    key: str
    """Its key, by which rules name it."""
    note: str = ""
    """For the dictionary and the medical director; may be ""."""
    kind: ClassVar[str]
    moves: ClassVar[bool] = False
    """Whether time alone changes it."""

    @abstractmethod
    def work_out(self, facts: Facts) -> Any:
        """The value; None is unknown."""

    @abstractmethod
    def because(self, facts: Facts, outcome: bool, wanted: tuple[str, ...]) -> Iterator[str | DecidingAnswer]:
        """The questions behind it."""


NOTHING: Mapping[str, Any] = MappingProxyType({})


class Facts:
    """One person's facts: all at once by the rulebook's program, or each when a rule first asks.

    `values` are those that the program worked out, by `numbers`; None without it.
    `age` is how many days before the reading's date the answers were given. `staff` is what staff entered, by fact.
    `texts` are the places of free text that are read: question id, and column when it is that of a group.
    """

    __slots__ = (
        "_known",
        "_mentioned",
        "age",
        "applies",
        "behind",
        "book",
        "number",
        "numbers",
        "reading",
        "staff",
        "texts",
        "value",
        "values",
    )

    def __init__(
        self,
        reading: Reading,
        book: Mapping[str, Fact],
        age: int = 0,
        staff: Mapping[str, Any] = NOTHING,
        texts: Sequence[tuple[str, str | None]] = (),
    ) -> None:
        self.reading = reading
        self.book = book
        self.age = age
        self.staff = staff
        self.texts = texts
        self.numbers: Mapping[str, int] = NOTHING
        self.values: list[Any] | None = None
        self._known: dict[str, Any] = {}
        self._mentioned: Mapping[str, tuple[DecidingAnswer, ...]] | None = None
        self.applies = reading.applies
        self.value = reading.value
        self.number = reading.number
        self.behind = reading.behind

    def fact(self, key: str) -> Any:
        """The value of a fact; None is unknown."""
        if self.values is not None:
            return self.values[self.numbers[key]]
        try:
            return self._known[key]
        except KeyError:
            value = self._known[key] = self.book[key].work_out(self)
            return value

    def once(self, name: str, work_out: Callable[[Facts], Any]) -> Any:
        """What several facts are worked out from, under a name that is no fact's."""
        if name not in self._known:
            self._known[name] = work_out(self)
        return self._known[name]

    def keep_mentioned(self, facts: Facts) -> None:
        """Take over what was found in the same free texts before."""
        self._mentioned = facts.mentioned()

    def mentioned(self) -> Mapping[str, tuple[DecidingAnswer, ...]]:
        """The subjects of mention_words in the free texts: each with the words, and the question they stand in."""
        if self._mentioned is None:
            found: dict[str, tuple[DecidingAnswer, ...]] = {}
            for question, text in self._free_texts():
                for mention in mentions(text):
                    found[mention.subject] = (
                        *found.get(mention.subject, ()),
                        DecidingAnswer(question, mention.words),
                    )
            self._mentioned = found
        return self._mentioned

    def _free_texts(self) -> Iterator[tuple[str, str]]:
        for question, column in self.texts:
            if question in self.reading.answers and self.applies(question) is True:
                value = self.value(question)
                told = (
                    [value]
                    if column is None
                    else [entry.get(column) for entry in value if isinstance(entry, dict)]
                )
                yield from (
                    (question, text)
                    for text in told
                    if isinstance(text, str)
                    and text not in STATES
                    and not _names_alone(NAME_FIELDS.get((question, column)), text)
                )

    def fact_because(
        self, key: str, outcome: bool, wanted: tuple[str, ...]
    ) -> Iterator[str | DecidingAnswer]:
        """The questions, or words said, behind a fact."""
        yield from self.book[key].because(self, outcome, wanted)


NAME_FIELDS = MappingProxyType(
    {
        ("medicines", "med_name"): NameField.MEDICINES,
        ("otc_list", None): NameField.SHOP,
    }
)
"""The places where medicines that are taken are named: question id, and column when it is that of a group."""


def _names_alone(box: NameField | None, text: str) -> bool:
    """Whether a text is names and nothing else: what they mean is said of the names, and nothing was mentioned."""
    if box is None:
        return False
    read = [look_up(piece, box) for piece in (pieces(text) if box is not NameField.MEDICINES else (text,))]
    return all(one.understood and not one.reason for one in read)
