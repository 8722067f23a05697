"""Flask-WTF forms built from the questions' declarations, and what a page shows of each question.

A form class is built once for each page. Its fields hold what was typed; the page as a whole is read by
`questionnaire.pages`, and drawn by templates/components/question.html, so no question has HTML or checks of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField

from app.questionnaire.answers import STATES, Answer, is_blank
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import Choice, Choices, Group, Measure, Number, Scale, Text
from app.questionnaire.pages import Page, Problem, Question, Reading, condition_json
from app.questionnaire.units import FIRST_UNIT

AUTOCOMPLETE = {"first_name": "given-name", "last_name": "family-name", "phone": "tel", "email": "email"}
INPUT_TYPES = {"phone": "tel", "email": "email"}


@dataclass(frozen=True, slots=True)
class Option:
    """A choice offered."""

    code: str
    label: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What the template draws of one question: see templates/components/question.html for each part."""

    question: Question
    kind_name: str
    values: Mapping[str, Sequence[str]]
    errors: Sequence[Problem] = ()
    hidden: bool = False
    opened: bool = False
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
    entries: Sequence[Mapping[str, Any]] = ()
    item_name: str = ""
    can_add: bool = False
    stem: str | None = None
    items: Sequence[Mapping[str, Any]] = field(default=())


class QuestionField(Field):
    """The typed values of one question, by form name."""

    def __init__(self, question: Question, **kwargs: Any) -> None:
        super().__init__(label=question.label, **kwargs)
        self.question = question
        self.typed: dict[str, list[str]] = {}

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Keep every value posted under one of the question's names."""
        if formdata is not None:
            names = self.question.form_names()
            self.typed = {name: formdata.getlist(name) for name in names if name in formdata}


class PageForm(FlaskForm):
    """One page. `version` is the answers version the page was opened at."""

    version = HiddenField(default="0")
    opened = HiddenField()

    def posted(self) -> dict[str, list[str]]:
        """All that was typed, by form name, with the questions that were in view."""
        typed: dict[str, list[str]] = {"opened": request.form.getlist("opened")}
        for each in self:
            if isinstance(each, QuestionField):
                typed |= each.typed
        return typed


@cache
def _form_class(page_id: str) -> type[PageForm]:
    page = INTAKE.page(page_id)
    assert page is not None
    fields = {f"q_{question.id}": QuestionField(question, name=question.id) for question in page.questions}
    return type(f"{page.id.title()}Form", (PageForm,), fields)


def form_for(page: Page) -> type[PageForm]:
    """The form class of a page."""
    return _form_class(page.id)


def typed_again(page: Page, answers: Mapping[str, Answer]) -> dict[str, list[str]]:
    """The form values that show stored answers once more."""
    values: dict[str, list[str]] = {}
    for question in page.questions:
        answer = answers.get(question.id)
        if is_blank(answer):
            continue
        if (
            isinstance(answer, str)
            and answer in STATES
            and answer not in getattr(question.kind, "options", ())
        ):
            if answer in question.exit:
                values[question.exit_name] = [answer]
            continue
        values |= question.kind.post(question, answer)
    return values


def shown(
    page: Page,
    reading: Reading,
    typed: Mapping[str, Sequence[str]],
    problems: Iterable[Problem] = (),
    opened: Iterable[str] = (),
    entries: int | None = None,
) -> list[Shown]:
    """The page's questions as the template draws them. Those another answer on this page may bring up come hidden.

    `entries` is how many empty entries a group shows at the end (by default one while it has none).
    """
    drawn = []
    by_question: dict[str, list[Problem]] = {}
    for problem in problems:
        by_question.setdefault(problem.question, []).append(problem)
    for question in page.questions:
        visible = reading.shown(question.id)
        condition = None if question.show_if is None else condition_json(question, page, reading)
        if not visible and not _may_show(condition):
            continue
        drawn.append(
            _draw(
                question,
                reading.jurisdiction,
                typed,
                by_question.get(question.id, []),
                entries,
                hidden=not visible,
                opened=question.id in set(opened),
                show_if_json=None if condition is None else json.dumps(condition),
            )
        )
    return drawn


def _may_show(condition: Any) -> bool:
    """Whether a condition still depends on an answer of this page."""
    return '"q"' in json.dumps(condition)


def _draw(
    question: Question,
    jurisdiction: str,
    typed: Mapping[str, Sequence[str]],
    errors: Sequence[Problem],
    entries: int | None,
    **state: Any,
) -> Shown:
    kind = question.kind
    common = {
        "question": question,
        "kind_name": kind.name,
        "values": typed,
        "errors": errors,
        "exits": [Option(code, label) for code, label in question.exit.items()],
        "date_order": "mdy" if jurisdiction == "US" else "dmy",
        **state,
    }
    match kind:
        case Choice(options=options) | Choices(options=options):
            return Shown(**common, options=[Option(code, label) for code, label in options.items()])
        case Number(unit=unit):
            return Shown(**common, suffix=unit)
        case Text(max_length=most, form=form):
            return Shown(
                **common,
                max_length=most,
                input_type=INPUT_TYPES.get(form or ""),
                autocomplete=AUTOCOMPLETE.get(question.id),
                inputmode=INPUT_TYPES.get(form or ""),
            )
        case Measure():
            return Shown(**common, units=_units(question, kind, jurisdiction))
        case Group():
            return Shown(**common, **_group(question, kind, jurisdiction, typed, errors, entries))
        case Scale():
            wording = kind.instrument.wording(jurisdiction)
            return Shown(
                **common,
                stem=wording.stem or wording.help,
                items=_items(question, kind, jurisdiction, errors),
            )
        case _:
            return Shown(**common)


def _units(question: Question, kind: Measure, jurisdiction: str) -> list[dict[str, Any]]:
    first = FIRST_UNIT[kind.metric, jurisdiction]
    offered = [unit for unit in kind.units if unit.only_in in (None, jurisdiction)]
    return [
        {
            "code": unit.code,
            "label": unit.label,
            "parts": [
                {"name": f"{question.id}-{part.key}", "label": part.label, "inputmode": "decimal"}
                for part in unit.parts
            ],
        }
        for unit in sorted(offered, key=lambda unit: unit.code != first)
    ]


def _group(
    question: Question,
    kind: Group,
    jurisdiction: str,
    typed: Mapping[str, Sequence[str]],
    errors: Sequence[Problem],
    empty: int | None,
) -> dict[str, Any]:
    filled = [index for index in range(kind.most) if any(_names(question, kind, index, typed))]
    last = max(filled, default=-1) + 1
    more = (0 if filled else 1) if empty is None else empty
    entries = []
    for index in range(min(last + more, kind.most)):
        asked = [entry.at(question.id, index) for entry in kind.entries]
        entries.append(
            {
                "index": index,
                "title": f"{kind.item_name.capitalize()} {index + 1}",
                "fields": [
                    _draw(at, jurisdiction, typed, [p for p in errors if p.target in at.form_names()], None)
                    for at in asked
                ],
            }
        )
    return {"entries": entries, "item_name": kind.item_name, "can_add": len(entries) < kind.most}


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
            "number": number,
            "text": text,
            "field_name": f"{question.id}-{number}",
            "errors": [problem for problem in errors if problem.target == f"{question.id}-{number}"],
            "options": [
                Option(str(score), label)
                for score, label in kind.instrument.choices(number, jurisdiction).items()
            ],
        }
        for number, text in enumerate(wording.items, 1)
    ]


def without_entry(
    posted: Mapping[str, Sequence[str]], group: str, index: int, most: int
) -> dict[str, list[str]]:
    """The typed values with one entry of a group taken out, and those after it moved up."""
    moved: dict[str, list[str]] = {}
    for name, values in posted.items():
        prefix, _, rest = name.removeprefix(f"{group}-").partition("-")
        if (
            not name.startswith(f"{group}-")
            or not prefix.isdigit()
            or int(prefix) >= most
            or int(prefix) < index
        ):
            moved[name] = list(values)
        elif int(prefix) > index:
            moved[f"{group}-{int(prefix) - 1}-{rest}"] = list(values)
    return moved
