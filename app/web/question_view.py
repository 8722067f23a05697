"""What a page shows of a question, as plain values: its boxes, its options, and where its errors stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.questionnaire.pages import Question
from app.questionnaire.posted import Problem

MANY_BOXES = frozenset({"date", "identity", "measure", "group", "instrument", "rows"})
NO_EXAMPLE = frozenset({"choice", "choices", "instrument", "statement", "group", "rows"})
LONG, COUNTED, SHORT = 150, 200, 30
"""From how many letters a text has a box of several lines, and one that counts them; up to how many a narrow one."""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice offered."""

    code: str
    label: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A box of a measure, by its form name. Units that share it share its label: `labels` are their codes and words.

    `units` are their codes, `factors` what a script needs to turn one into the other, each in one line; `after_or`: the
    word "or" stands before it; `wrong` is what could not be taken, `marked` also where the whole could not.
    """

    name: str
    labels: Sequence[tuple[str, str]]
    units: str
    factors: str
    inputmode: str
    after_or: bool
    wrong: bool
    marked: bool


def arrangement(options: Sequence[Option]) -> str:
    """How options stand: more than seven numbers make a "scale", a few short words a "line"; all others a "list"."""
    labels = [option.label for option in options]
    if len(options) > 7 and len(labels[-1]) < 4:
        return "scale"
    if len(options) < 5 and len("".join(labels)) < 45 and not any(option.hint for option in options):
        return "line"
    return "list"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the template draws of one question: see templates/components/question.html for each part."""

    question: Question
    kind_name: str
    values: Mapping[str, Sequence[str]]
    errors: Sequence[Problem] = ()
    hidden: bool = False
    opened: bool = False
    line: bool = False
    show_if_json: str | None = None
    options: Sequence[Option] = ()
    exits: Sequence[Option] = ()
    suffix: str = ""
    date_order: str = "mdy"
    max_length: int | None = None
    input_type: str | None = None
    autocomplete: str | None = None
    inputmode: str | None = None
    units: Sequence[Mapping[str, Any]] = ()
    boxes: Sequence[Box] = ()
    entries: Sequence[Mapping[str, Any]] = ()
    item_name: str = ""
    can_add: bool = False
    most: int = 0
    focus: bool = False
    above: Sequence[str] = ()
    foreign: bool = False
    items: Sequence[Mapping[str, Any]] = field(default=())
    example: str | None = None
    phone: str = ""

    @property
    def moves(self) -> bool:
        """Whether another question of this page brings it up."""
        return bool(self.show_if_json and '"q"' in self.show_if_json)

    @property
    def many_boxes(self) -> bool:
        """Whether its id is that of the whole, and each of its boxes has one of its own."""
        return self.kind_name in MANY_BOXES

    @property
    def own_errors(self) -> list[Problem]:
        """What is told on top of it, and not at an item of a scale or a box of a list."""
        parts = (*self.items, *(part for entry in self.entries for part in entry["fields"]))
        within = {
            problem.target
            for part in parts
            for problem in (part.errors if isinstance(part, Shown) else part["errors"])
        }
        return [problem for problem in self.errors if problem.target not in within]

    @property
    def said_twice(self) -> bool:
        """Whether something typed could not be taken twice. Picks need no example, and the summary has the number."""
        return self.kind_name not in NO_EXAMPLE and any(problem.again for problem in self.own_errors)

    @property
    def new_example(self) -> str | None:
        """The example to tell where something could not be taken twice, unless its help or a message holds it."""
        if not self.said_twice or not self.example:
            return None
        said = (*(problem.text for problem in self.own_errors), self.question.help or "")
        return None if self.example in " ".join(said) else self.example

    @property
    def unit_picked(self) -> str:
        """The unit of a measure that is picked: the clinic's own to begin with."""
        return str(next(iter(self.values.get(f"{self.question.id}-unit", (self.units[0]["code"],))), ""))

    @property
    def in_lines(self) -> bool:
        """Whether a text has a box of several lines."""
        return (self.max_length or 0) >= LONG and not self.input_type

    @property
    def counted_to(self) -> int:
        """To how many letters a box of several lines counts; 0 for one that does not."""
        return self.max_length if self.max_length and self.max_length >= COUNTED else 0

    @property
    def narrow(self) -> bool:
        """Whether a text is a short one."""
        return bool(self.max_length and self.max_length <= SHORT)

    @property
    def takes_an(self) -> bool:
        """Whether it is "an" entry of the list that English adds, and not "a"."""
        return self.item_name[:1] in tuple("aeiou")

    @property
    def by_stem(self) -> list[tuple[str, Sequence[Mapping[str, Any]]]]:
        """The items, under the stem that they share: those before the first that has one have none."""
        first = next((place for place, item in enumerate(self.items) if item["stem"]), len(self.items))
        parts = [("", self.items[:first])]
        if first < len(self.items):
            parts.append((self.items[first]["stem"], self.items[first:]))
        return [(stem, items) for stem, items in parts if items]
