"""The questions as data, for other programs: docs/questionnaire.json, as docs/questionnaire.schema.json describes it.

Written from the declarations themselves. Texts are in English; what a form stores is in the codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from .all_forms import FORMS, WHOLE
from .conditions import All, Either, Expression, Lead, Not
from .conditions.leaves import Compare, Field, Has, In, NotIn, Retired, Row, Unanswered
from .dictionary import condition_words
from .instrument import Instrument
from .kinds import Group, Kind, Scale
from .notices import Notice
from .pages import Derived, Page, Question, Step
from .units import Part, Unit


def as_json() -> dict[str, Any]:
    """All forms, their pages and questions. Raises TypeError for a kind of condition that has no JSON yet."""
    return {
        "$schema": "questionnaire.schema.json",
        "questionnaire": WHOLE.id,
        "derived": {name: _derived(it) for name, it in WHOLE.derived.items()},
        "forms": [
            {
                "form": kind.value,
                "version": form.asks.version,
                "part": form.part,
                "name": kind.word,
                "steps": [_step(step) for step in form.asks.steps],
            }
            for kind, form in FORMS.items()
        ],
    }


def condition_json(condition: Expression) -> dict[str, Any]:
    """A condition over answers: its joins by name, each leaf as the question and what it is compared with."""
    match condition:
        case All(parts):
            return {"all": [condition_json(part) for part in parts]}
        case Either(parts):
            return {"any": [condition_json(part) for part in parts]}
        case Not(part):
            return {"not": condition_json(part)}
        case Lead(first, or_yes):
            return {"lead": condition_json(first), "or_yes": condition_json(or_yes)}
        case In(name, wanted):
            return {"question": name, "in": list(wanted)}
        case NotIn(name, unwanted):
            return {"question": name, "not_in": list(unwanted)}
        case Has(name, wanted):
            return {"question": name, "has": list(wanted)}
        case Unanswered(name):
            return {"question": name, "unanswered": True}
        case Retired(name):
            return {"question": name, "was_answered": True}
        case Row(name, rows, wanted):
            return {"question": name, "rows": list(rows), "in": list(wanted)}
        case Field(name, column, wanted):
            return {"question": name, "column": column, "in": list(wanted)}
        case Compare(name, operator, limit):
            return {"number": name, operator: limit}
    raise TypeError(f"{type(condition).__name__} has no JSON yet")


def plain(declared: object) -> Any:
    """A value of a declaration as JSON: a dataclass as an object of those of its fields that hold something."""
    match declared:
        case Expression():
            return condition_json(declared)
        case Mapping():
            return {str(key): plain(value) for key, value in declared.items()}
        case tuple() | list():
            return [plain(one) for one in declared]
        case str():
            return str(declared)
    if is_dataclass(declared):
        held = {one.name: getattr(declared, one.name) for one in fields(declared)}
        return {name: plain(value) for name, value in held.items() if not _says_nothing(value)}
    return declared


def _says_nothing(value: object) -> bool:
    return value is None or value == () or value == {} or value == "" or callable(value)


def _derived(it: Derived) -> dict[str, Any]:
    return {"from": it.question, "how": it.how, "by_day": it.by_day}


def _step(step: Step) -> dict[str, Any]:
    return {
        "id": step.id,
        "name": step.name,
        "group": step.group,
        "private": step.private,
        "pages": [_page(page) for page in step.pages],
    }


def _page(page: Page) -> dict[str, Any]:
    said: dict[str, Any] = {"id": page.id, "title": page.title}
    if page.intro:
        said["intro"] = plain(page.intro)
    return {**said, "questions": [_question(question) for question in page.questions]}


def _question(question: Question) -> dict[str, Any]:
    said = {
        "id": question.id,
        "text": question.text,
        "help": question.help,
        "required": question.required,
        "kind": _kind(question.kind),
        "show_if": question.show_if and condition_json(question.show_if),
        "show_if_words": question.show_if and condition_words(question.show_if),
        "ways_out": dict(question.exit),
        "columns": plain(question.kind.columns(question)),
        "use": question.use,
        "article_says": question.seed,
        "card": question.card,
        "also_on": list(question.also_on),
        "notice": question.notice and _notice(question.notice),
    }
    return {name: value for name, value in said.items() if value not in (None, [], {})}


def _notice(notice: Notice) -> dict[str, Any]:
    said: dict[str, Any] = plain(notice)
    return said


def _kind(kind: Kind) -> dict[str, Any]:
    said: dict[str, Any] = {"name": kind.name}
    for one in fields(kind):
        value = getattr(kind, one.name)
        if _says_nothing(value):
            continue
        if isinstance(kind, Group) and one.name == "entries":
            said["entries"] = [_question(entry) for entry in kind.entries]
        elif isinstance(kind, Scale) and one.name == "instrument":
            said["instrument"] = _instrument(kind.instrument)
        elif one.name == "units":
            said["units"] = [_unit(unit) for unit in value]
        else:
            said[one.name] = plain(value)
    return said


def _instrument(instrument: Instrument) -> dict[str, Any]:
    said: dict[str, Any] = plain(instrument)
    return said


def _unit(unit: Unit) -> dict[str, Any]:
    """A unit with what one of each of its boxes comes to in the metric unit."""
    said: dict[str, Any] = {"code": unit.code, "label": unit.label}
    if unit.only_in:
        said["only_in"] = unit.only_in.value
    return {**said, "parts": [_box(unit, part) for part in unit.parts]}


def _box(unit: Unit, part: Part) -> dict[str, Any]:
    said = {"key": part.key, "label": part.label, "metric": unit.factor(part)}
    return said if part.below is None else {**said, "below": part.below}
