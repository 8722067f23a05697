"""Flask-WTF forms built from the questions' declarations, and what a page shows of each question.

A form class is built once for each page. Its fields hold what was typed; the page as a whole is read by
`questionnaire.pages`, and drawn by templates/components/question.html, so no question has HTML or checks of its own.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.answers import STATES, Answer, is_blank
from app.questionnaire.pages import Page, Question
from app.questionnaire.posted import Problem, condition_json
from app.questionnaire.reading import Reading
from app.web.question_view import Shown
from app.web.questions import draw


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
        """All that was typed, by form name, with the questions in view, the fields to mend, and the version drawn."""
        typed: dict[str, list[str]] = {
            "opened": request.form.getlist("opened"),
            "again": request.form.getlist("again"),
            "questions": request.form.getlist("questions"),
        }
        for each in self:
            if isinstance(each, QuestionField):
                typed |= each.typed
        return typed


@cache
def _form_class(page_id: str) -> type[PageForm]:
    page = WHOLE.page(page_id)
    if page is None:
        raise KeyError(page_id)
    fields = {f"q_{question.id}": QuestionField(question, name=question.id) for question in page.questions}
    return type(f"{page.id.title()}Form", (PageForm,), fields)


def form_for(page: Page) -> type[PageForm]:
    """The form class of a page."""
    return _form_class(page.id)


def version_of(posted: object) -> int:
    """The answers version that a page was opened at; 0, an old one, for anything that is no version."""
    return int(posted[:9]) if isinstance(posted, str) and posted.isdecimal() else 0


def form_values(page: Page, answers: Mapping[str, Answer]) -> dict[str, list[str]]:
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


@dataclass(frozen=True, slots=True)
class TypedPage:
    """The contents of the boxes of a page that is drawn, and the messages beside them."""

    typed: Mapping[str, Sequence[str]]
    """What was typed or is stored, by form name."""
    problems: Sequence[Problem] = ()
    """What to mend."""
    opened: Collection[str] = ()
    """Ids of the questions that an answer on this page has just brought up."""
    entries: int | None = None
    """How many empty entries a group shows at the end; None for one while it has none."""


def shown(page: Page, reading: Reading, content: TypedPage, phone: str = "") -> list[Shown]:
    """The page's questions as the template draws them. Those another answer on this page may bring up come hidden.

    `phone` is the clinic's, for a field that could not be taken twice.
    """
    drawn = []
    by_question: dict[str, list[Problem]] = {}
    for problem in content.problems:
        by_question.setdefault(problem.question, []).append(problem)
    for question in page.questions:
        visible = reading.shown(question.id)
        condition = None if question.show_if is None else condition_json(question, page, reading)
        if not visible and not _may_show(condition):
            continue
        drawn.append(
            draw(
                question,
                reading.jurisdiction,
                content.typed,
                by_question.get(question.id, []),
                content.entries,
                phone,
                hidden=not visible,
                opened=question.id in content.opened,
                line=page.is_line(question),
                show_if_json=None if condition is None else json.dumps(condition),
            )
        )
    return drawn


def _may_show(condition: Any) -> bool:
    """Whether a condition still depends on an answer of this page."""
    return '"q"' in json.dumps(condition)
