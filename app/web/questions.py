"""What a page shows of a question, for the patient who fills in the form and for staff who ask on a call.

It is drawn by templates/components/question.html, so no page has its own HTML for a field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.questionnaire.countries import Country
from app.questionnaire.kinds import Choice, Choices, Group, Measure, Number, Rows, Scale, Text
from app.questionnaire.pages import Page, Question
from app.questionnaire.posted import Problem
from app.questionnaire.units import FIRST_UNIT
from app.web.language import language, translate
from app.web.question_view import Box, Option, Shown

AUTOCOMPLETE = {"first_name": "given-name", "last_name": "family-name", "phone": "tel", "email": "email"}
MEDICINE_NAME = "med_name"
SUGGESTED = frozenset({MEDICINE_NAME, "allergy_to"})
"""The columns of lists in which names of medicines are offered while one is typed."""
INPUT_TYPES = {"phone": "tel", "email": "email"}


def draw(
    question: Question,
    jurisdiction: Country,
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
        "exits": [Option(code, translate(label)) for code, label in question.exit.items()],
        "date_order": Country(jurisdiction).date_order,
        "example": kind.sample(question, typed),
        "phone": phone,
        **state,
    }
    match kind:
        case Choice(options=options) | Choices(options=options):
            return Shown(
                **common, options=[Option(code, translate(label)) for code, label in options.items()]
            )
        case Number(unit=unit):
            return Shown(**common, suffix=translate(unit))
        case Text(max_length=most, form=form):
            return Shown(
                **common,
                max_length=most,
                input_type=INPUT_TYPES.get(form or ""),
                autocomplete=AUTOCOMPLETE.get(question.id),
                inputmode=INPUT_TYPES.get(form or ""),
                suggests=question.id.rpartition("-")[2] in SUGGESTED,
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
    question: Question, kind: Measure, jurisdiction: Country, typed: Mapping[str, Sequence[str]]
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
                labels=[(code, translate(theirs["label"])) for code, theirs in sharing],
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
    jurisdiction: Country,
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


def with_blank_entry(field: Shown, jurisdiction: Country) -> Shown:
    """A list with suggestions, and an empty entry for the page's script to copy where there is room for another."""
    question, kind = field.question, field.question.kind
    if not (isinstance(kind, Group) and field.can_add and any(it.id in SUGGESTED for it in kind.entries)):
        return field
    number = len(field.entries)
    return replace(
        field,
        blank=_entry(question, kind, number, jurisdiction, {}, (), field.phone, number, added=False),
    )


def _entry(
    question: Question,
    kind: Group,
    index: int,
    jurisdiction: Country,
    typed: Mapping[str, Sequence[str]],
    errors: Sequence[Problem],
    phone: str,
    count: int,
    *,
    added: bool,
) -> dict[str, Any]:
    """One entry of a list of `count`. Those that need nothing more are folded beside others; `added`: the last is new,
    and the first box of it is where to go on.
    """
    asked = [entry.at(question.id, index) for entry in kind.entries]
    wrong = {at.id: [p for p in errors if p.target in at.form_names()] for at in asked}
    new = added and index == count - 1
    title = f"{translate(kind.item_name).capitalize()} {index + 1}"
    called = _called(asked, typed)
    filled = all(any(_given(at, typed)) for at in asked if at.required)
    return {
        "index": index,
        "title": title,
        "summary": f"{title}: {called}" if called else title,
        "known": False,
        "folded": filled and count > 1 and not new and not any(wrong.values()),
        "fields": [
            draw(at, jurisdiction, typed, wrong[at.id], None, phone, focus=new and not place)
            for place, at in enumerate(asked)
        ],
    }


def _called(asked: Sequence[Question], typed: Mapping[str, Sequence[str]]) -> str:
    """What an entry is called where it is folded: by its first box, a medicine by all that was said of it."""
    first = asked[0].id
    told = asked if first.endswith(f"-{MEDICINE_NAME}") else asked[:1]
    said = [(at.kind, text.strip()) for at in told for text in typed.get(at.id, ())]
    words = [
        translate(kind.options.get(text, text)) if isinstance(kind, Choice) else text for kind, text in said
    ]
    return ", ".join(filter(None, words))


def _given(question: Question, typed: Mapping[str, Sequence[str]]) -> Iterable[bool]:
    for name in question.form_names():
        yield any(value.strip() for value in typed.get(name, ()))


def _names(question: Question, kind: Group, index: int, typed: Mapping[str, Sequence[str]]) -> Iterable[bool]:
    for entry in kind.entries:
        for name in entry.kind.parts(entry.at(question.id, index)):
            yield any(value.strip() for value in typed.get(name, ()))


def _items(
    question: Question, kind: Scale, jurisdiction: Country, errors: Sequence[Problem]
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
        "text": translate(label),
        "stem": "",
        "field_name": name,
        "errors": [problem for problem in errors if problem.target == name],
        "options": [Option(code, translate(option)) for code, option in options.items()],
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
