"""What a page shows of a question, for the patient who fills in the form and for staff who ask on a call.

It is drawn by templates/components/question.html, so no page has its own HTML for a field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.questionnaire.countries import Country
from app.questionnaire.kinds import Choice, Choices, Group, Measure, Number, Rows, Scale, Text
from app.questionnaire.pages import Page, Question
from app.questionnaire.posted import Problem
from app.questionnaire.units import FIRST_UNIT
from app.web.language import language, say

AUTOCOMPLETE = {"first_name": "given-name", "last_name": "family-name", "phone": "tel", "email": "email"}
INPUT_TYPES = {"phone": "tel", "email": "email"}
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


def draw(
    question: Question,
    jurisdiction: str,
    typed: Mapping[str, Sequence[str]],
    errors: Sequence[Problem],
    entries: int | None = None,
    phone: str = "",
    **state: Any,
) -> Shown:
    """A question with what was typed into it. `entries`: empty ones at the end of a group, None for as many as needed;
    `phone`: the clinic's, told with an example at a field that could not be taken twice; `state`: the further parts of
    Shown.
    """
    kind = question.kind
    common = {
        "question": question,
        "kind_name": kind.name,
        "values": typed,
        "errors": errors,
        "exits": [Option(code, say(label)) for code, label in question.exit.items()],
        "date_order": Country(jurisdiction).date_order,
        "example": kind.sample(question, typed),
        "phone": phone,
        **state,
    }
    match kind:
        case Choice(options=options) | Choices(options=options):
            return Shown(**common, options=[Option(code, say(label)) for code, label in options.items()])
        case Number(unit=unit):
            return Shown(**common, suffix=say(unit))
        case Text(max_length=most, form=form):
            return Shown(
                **common,
                max_length=most,
                input_type=INPUT_TYPES.get(form or ""),
                autocomplete=AUTOCOMPLETE.get(question.id),
                inputmode=INPUT_TYPES.get(form or ""),
            )
        case Measure():
            units = _units(question, kind, jurisdiction, typed)
            return Shown(**common, units=units, boxes=list(_boxes(question, units, errors)))
        case Group():
            return Shown(**common, **_group(question, kind, jurisdiction, typed, errors, entries, phone))
        case Scale():
            return Shown(
                **common,
                above=kind.instrument.above(jurisdiction),
                foreign=language() != "en",
                items=_items(question, kind, jurisdiction, errors),
            )
        case Rows(rows=rows, options=options):
            return Shown(**common, items=[_line(question, row, rows[row], options, errors) for row in rows])
        case _:
            return Shown(**common)


def _units(
    question: Question, kind: Measure, jurisdiction: str, typed: Mapping[str, Sequence[str]]
) -> list[dict[str, Any]]:
    """The units offered where the form is filled in, and one of elsewhere that something was typed in: it is shown."""
    first = FIRST_UNIT[kind.metric, jurisdiction]
    offered = [
        unit
        for unit in kind.units
        if unit.only_in in (None, jurisdiction)
        or any(any(typed.get(f"{question.id}-{part.key}", ())) for part in unit.parts)
    ]
    return [
        {
            "code": unit.code,
            "label": unit.label,
            "parts": [
                {
                    "name": f"{question.id}-{part.key}",
                    "label": part.label,
                    "inputmode": "decimal",
                    "factor": unit.factor(part),
                    "whole": part.whole or len(unit.parts) > 1,
                }
                for part in unit.parts
            ],
        }
        for unit in sorted(offered, key=lambda unit: unit.code != first)
    ]


def _boxes(
    question: Question, units: Sequence[Mapping[str, Any]], errors: Sequence[Problem]
) -> Iterator[Box]:
    """The boxes of a measure, in the order of the units that need them."""
    wrong = {problem.target for problem in errors}
    whole = not wrong - {question.id, f"{question.id}-unit"}
    drawn: set[str] = set()
    for unit in units:
        new = [part for part in unit["parts"] if part["name"] not in drawn]
        for place, part in enumerate(new):
            name = part["name"]
            sharing = [
                (other["code"], theirs)
                for other in units
                for theirs in other["parts"]
                if theirs["name"] == name
            ]
            yield Box(
                name=name,
                labels=[(code, say(theirs["label"])) for code, theirs in sharing],
                units=" ".join(code for code, _ in sharing),
                factors=" ".join(
                    f"{code}:{theirs['factor']}:{'whole' if theirs['whole'] else ''}"
                    for code, theirs in sharing
                ),
                inputmode=part["inputmode"],
                after_or=bool(drawn) and place == 0,
                wrong=name in wrong,
                marked=bool(errors) and (name in wrong or whole),
            )
        drawn |= {part["name"] for part in new}


def _group(
    question: Question,
    kind: Group,
    jurisdiction: str,
    typed: Mapping[str, Sequence[str]],
    errors: Sequence[Problem],
    empty: int | None,
    phone: str,
) -> dict[str, Any]:
    filled = [index for index in range(kind.most) if any(_names(question, kind, index, typed))]
    last = max(filled, default=-1) + 1
    more = (0 if filled else 1) if empty is None else empty
    count = min(last + more, kind.most)
    return {
        "entries": [
            _entry(question, kind, index, jurisdiction, typed, errors, phone, count, added=bool(empty))
            for index in range(count)
        ],
        "item_name": kind.item_name,
        "can_add": count < kind.most,
        "most": kind.most,
    }


def _entry(
    question: Question,
    kind: Group,
    index: int,
    jurisdiction: str,
    typed: Mapping[str, Sequence[str]],
    errors: Sequence[Problem],
    phone: str,
    count: int,
    *,
    added: bool,
) -> dict[str, Any]:
    """One entry of a list of `count`. Those that are filled in are folded beside others; `added`: the last is new, and
    the first box of it is where to go on.
    """
    asked = [entry.at(question.id, index) for entry in kind.entries]
    wrong = {at.id: [p for p in errors if p.target in at.form_names()] for at in asked}
    new = added and index == count - 1
    title = f"{say(kind.item_name).capitalize()} {index + 1}"
    called = next(iter(typed.get(asked[0].id, ())), "").strip()
    filled = any(_names(question, kind, index, typed))
    return {
        "index": index,
        "title": title,
        "summary": f"{title}: {called}" if called else title,
        "folded": filled and count > 1 and not new and not any(wrong.values()),
        "fields": [
            draw(at, jurisdiction, typed, wrong[at.id], None, phone, focus=new and not place)
            for place, at in enumerate(asked)
        ],
    }


def _names(question: Question, kind: Group, index: int, typed: Mapping[str, Sequence[str]]) -> Iterable[bool]:
    for entry in kind.entries:
        for name in entry.kind.parts(entry.at(question.id, index)):
            yield any(value.strip() for value in typed.get(name, ()))


def _items(
    question: Question, kind: Scale, jurisdiction: str, errors: Sequence[Problem]
) -> list[dict[str, Any]]:
    wording = kind.instrument.wording(jurisdiction)
    return [
        {
            "text": f"{number}. {text}",
            "stem": kind.instrument.stem_of(number, jurisdiction),
            "field_name": f"{question.id}-{number}",
            "errors": [problem for problem in errors if problem.target == f"{question.id}-{number}"],
            "options": [
                Option(str(score), label)
                for score, label in kind.instrument.choices(number, jurisdiction).items()
            ],
        }
        for number, text in enumerate(wording.items, 1)
    ]


def _line(
    question: Question, row: str, label: str, options: Mapping[str, str], errors: Sequence[Problem]
) -> Mapping[str, Any]:
    name = f"{question.id}-{row}"
    return {
        "text": say(label),
        "stem": "",
        "field_name": name,
        "errors": [problem for problem in errors if problem.target == name],
        "options": [Option(code, say(option)) for code, option in options.items()],
    }


def without_entry(page: Page, posted: Mapping[str, Sequence[str]], removed: str) -> dict[str, list[str]]:
    """The typed values with the entry of a group taken out that a button names, and those after it moved up."""
    group, _, number = removed.rpartition("-")
    question = next((one for one in page.questions if one.id == group), None)
    if question is None or not isinstance(question.kind, Group) or not number.isdecimal():
        return {name: list(values) for name, values in posted.items()}
    index = int(number[:4])
    moved: dict[str, list[str]] = {}
    for name, values in posted.items():
        prefix, _, rest = name.removeprefix(f"{group}-").partition("-")
        if (
            not name.startswith(f"{group}-")
            or not prefix.isdigit()
            or int(prefix) >= question.kind.most
            or int(prefix) < index
        ):
            moved[name] = list(values)
        elif int(prefix) > index:
            moved[f"{group}-{int(prefix) - 1}-{rest}"] = list(values)
    return moved
