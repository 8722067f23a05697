"""The HTML of questions and of our own words, kept from one page to the next with places for what was typed.

A question's words, boxes and options follow from its declaration, its country and the language. What the template makes
of them is drawn once, and a page puts into it what was typed and picked. Nothing that a person typed is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Flask, current_app
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from app.questionnaire.pages import Question
from app.web.language import locale
from app.web.question_view import Shown
from app.web.tablet_session import on_tablet

KINDS = frozenset({"choice", "choices", "text", "number", "date", "identity", "instrument", "rows"})
"""The kinds whose HTML is the same but for what stands in the boxes and what is picked."""
CHECKED = Markup(" checked")
_KEPT, _WORDS = "kept_questions", "kept_words"
_PLACE = re.compile("\0([^\0\1]*)(?:\1([^\0\1]*))?\0")

Body = Callable[[Shown, str, Mapping[str, Iterable[str]]], str]
"""The macro that draws a question: its field, how large it is written, and what was typed, by form name."""


@dataclass(frozen=True, slots=True)
class _Typed:
    """What stands for the typed values of one form name: its text, and each pick, are a place to be filled."""

    name: str
    """The form name."""

    def __iter__(self) -> Iterator[str]:
        yield Markup("\0{}\0").format(self.name)

    def place_of(self, code: str) -> Markup:
        """The place that says whether this code is picked."""
        return Markup("\0{}\1{}\0").format(self.name, code)


class _Places(dict[str, Iterable[str]]):
    """The typed values of a question that is drawn to be kept."""

    def get(self, name: str, default: object = None) -> _Typed:
        return _Typed(name)


@dataclass(frozen=True, slots=True)
class _Kept:
    """The HTML of a question."""

    question: Question
    """The question."""
    parts: Sequence[str | None]
    """The text before the first place, its form name and code, the text after it, and so on: see re.split."""

    def filled(self, typed: Mapping[str, Sequence[str]]) -> Markup:
        """The HTML with what was typed."""
        parts = [self.parts[0] or ""]
        for at in range(1, len(self.parts), 3):
            name, code, after = self.parts[at : at + 3]
            values = typed.get(name or "", ())
            if code is None:
                parts.append(escape(next(iter(values), "")))
            elif code in values:
                parts.append(CHECKED)
            parts.append(after or "")
        return Markup("".join(parts))  # noqa: S704 - drawn by the template, and what was typed is escaped


def init_app(app: Flask) -> None:
    """Give templates `question_body`, `kept_words` and the filter `checked_in`."""
    app.extensions.update({_KEPT: {}, _WORDS: {}})
    app.add_template_global(question_body)
    app.add_template_global(kept_words)
    app.add_template_filter(checked_in)


def question_body(field: Shown, size: str, body: Body) -> str:
    """What stands in the box of a question, as the macro `body` draws it."""
    if field.declared_for is None or field.errors or field.kind_name not in KINDS or field.question.notice:
        return body(field, size, field.values)
    memory: dict[object, _Kept] = current_app.extensions[_KEPT]
    key = (field.question.id, field.declared_for, size, locale(), on_tablet())
    kept = memory.get(key)
    # Whoever edits a template reads it at once.
    if kept is None or kept.question is not field.question or current_app.jinja_env.auto_reload:
        drawn = body(field, size, _Places())
        kept = memory[key] = _Kept(field.question, _PLACE.split(drawn))
    return kept.filled(field.values)


def kept_words(macro: Macro, *told: object) -> str:
    """What a macro draws of our own words and `told`, settings of the clinic: the same until the language changes."""
    memory: dict[object, str] = current_app.extensions[_WORDS]
    key = (macro.name, locale(), *told)
    if key not in memory or current_app.jinja_env.auto_reload:
        memory[key] = macro(*told)
    return memory[key]


def checked_in(code: str, chosen: Iterable[str]) -> Markup:
    """The attribute of an option that is among those chosen."""
    if isinstance(chosen, _Typed):
        return chosen.place_of(code)
    return CHECKED if code in chosen else Markup()
