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
    """What is posted when it is picked."""
    label: str
    """Its words, translated."""
    hint: str | None = None
    """What stands under the label, translated; None for nothing."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box of a measure. Units that share it share its label."""

    name: str
    """Its form name."""
    labels: Sequence[tuple[str, str]]
    """The units that it is of: code and words, translated."""
    units: str
    """The codes of these units, in one line."""
    factors: str
    """For each unit its code, its factor and whether it is whole, in one line for the page's script."""
    inputmode: str
    """Which keys a phone offers."""
    after_or: bool
    """Whether the word "or" stands before it."""
    wrong: bool
    """Whether what was typed in it could not be taken."""
    marked: bool
    """Whether it is marked as wrong: also where only the whole could not be taken."""


def arrangement(options: Sequence[Option]) -> str:
    """How options stand: more than seven numbers make a "scale", a few short words a "line"; all others a "list"."""
    labels = [option.label for option in options]
    if len(options) > 7 and len(labels[-1]) < 4:
        return "scale"
    if len(options) < 5 and len("".join(labels)) < 45 and not any(option.hint for option in options):
        return "line"
    return "list"


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What the template draws of one question: see templates/components/question.html for each part. Each is only equal
    to itself.
    """

    question: Question
    """The question."""
    kind_name: str
    """The name of its kind, which picks the branch of the template."""
    values: Mapping[str, Sequence[str]]
    """What was typed or picked, by form name."""
    errors: Sequence[Problem] = ()
    """What could not be taken of it."""
    hidden: bool = False
    """Whether it is on the page but not shown yet."""
    opened: bool = False
    """Whether an answer on this page has just brought it up."""
    apart: bool = False
    """Whether it does not stand right under what may bring it up: another question is between."""
    line: bool = False
    """Whether it is one of a page of lines."""
    show_if_json: str | None = None
    """When it is shown, as JSON for the page's script; None when it always is."""
    options: Sequence[Option] = ()
    """What can be picked."""
    exits: Sequence[Option] = ()
    """The ways out of a question that is typed."""
    suffix: str = ""
    """The unit after a number's box; "" for none."""
    date_order: str = "mdy"
    """The order of a date's boxes: "mdy" or "dmy"."""
    max_length: int | None = None
    """How many letters a text may have; None for no text."""
    input_type: str | None = None
    """The HTML type of a text's box; None for plain text."""
    autocomplete: str | None = None
    """What a browser may fill in by itself; None for nothing."""
    inputmode: str | None = None
    """Which keys a phone offers; None for the usual ones."""
    units: Sequence[Mapping[str, Any]] = ()
    """The units of a measure, the clinic's own first."""
    boxes: Sequence[Box] = ()
    """The boxes of a measure."""
    entries: Sequence[Mapping[str, Any]] = ()
    """The entries of a list, each with its fields."""
    item_name: str = ""
    """What one entry of a list is called; "" for no list."""
    can_add: bool = False
    """Whether another entry can be added."""
    most: int = 0
    """How many entries a list may have."""
    blank: Mapping[str, Any] | None = None
    """An entry of a list with nothing in it, which the page's script copies; None for a list that has no script."""
    focus: bool = False
    """Whether the page opens with it in focus."""
    suggests: bool = False
    """Whether names of medicines are offered while it is typed."""
    above: Sequence[str] = ()
    """The texts over the first item of a scale."""
    foreign: bool = False
    """Whether the page is in another language than the scale."""
    items: Sequence[Mapping[str, Any]] = field(default=())
    """The items of a scale, or the rows of a table of picks."""
    example: str | None = None
    """An answer that could be taken, shown after the same mistake was made twice; None for none."""
    phone: str = ""
    """The clinic's number, told beside it then; "" without a clinic."""
    untouched: bool = False
    """Whether it was made with no typed value at hand and shows all that is declared: see untouched_questions."""

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
