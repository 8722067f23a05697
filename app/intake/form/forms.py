"""What was posted of a page of questions, and what a page shows of each question.

Every page of a form is a form of one button: what was typed on it is read by `questionnaire.posted` and drawn by
templates/components/question.html, so no question has HTML or checks of its own.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from flask import request

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.answers import STATES, Answer, is_blank
from app.questionnaire.pages import Page
from app.questionnaire.posted import Problem, condition_json
from app.questionnaire.reading import Reading
from app.web.question_view import Shown
from app.web.questions import draw, with_blank_entry
from app.web.tablet_session import on_tablet
from app.web.untouched_questions import untouched

ALONGSIDE = ("opened", "again", "questions")
"""Hidden fields of a page: the questions in view, the fields to mend, and the version of the questions drawn."""


def posted_values(page: Page) -> dict[str, list[str]]:
    """All that was typed on a page that was posted, by form name, with the hidden fields of ALONGSIDE."""
    posted = request.form
    typed = {name: posted.getlist(name) for name in ALONGSIDE}
    for question in page.questions:
        typed |= {name: posted.getlist(name) for name in question.form_names() if name in posted}
    return typed


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
    told: str = ""
    """What the page says of what became of it; "" for nothing."""


def shown(page: Page, reading: Reading, content: TypedPage, phone: str = "") -> list[Shown]:
    """The page's questions as the template draws them. Those another answer on this page may bring up come hidden.

    `phone` is the clinic's, for a field that could not be taken twice.
    """
    drawn = []
    touched = {name.partition("-")[0] for name in content.typed}
    by_question: dict[str, list[Problem]] = {}
    for problem in content.problems:
        by_question.setdefault(problem.question, []).append(problem)
    openers, tablet = _openers(page.id), on_tablet()
    for question in page.questions:
        visible, condition = reading.shown(question.id), None
        if question.id in openers.moved:
            condition = json.dumps(condition_json(question, page, reading))
        # It still depends on an answer of this page.
        moves = condition is not None and '"q"' in condition
        if not visible and not moves:
            continue
        state = {
            "hidden": not visible,
            "opened": question.id in content.opened,
            "apart": question.id in openers.apart,
            "line": page.is_line(question),
            "show_if_json": condition if moves else None,
        }
        if question.id in touched or question.id in by_question or content.entries is not None:
            field = draw(
                question,
                reading.jurisdiction,
                content.typed,
                by_question.get(question.id, []),
                content.entries,
                phone,
                **state,
            )
            drawn.append(with_blank_entry(field, reading.jurisdiction))
        else:
            drawn.append(untouched(question, reading.jurisdiction, tablet, **state))
    return drawn


@dataclass(frozen=True, slots=True)
class _Openers:
    """Which questions of a page another of the page may bring up."""

    moved: frozenset[str]
    """The ids of all."""
    apart: frozenset[str]
    """Of those that do not stand right under it."""


@cache
def _openers(page_id: str) -> _Openers:
    page = WHOLE.page(page_id)
    questions = page.questions if page else ()
    moved, apart, right_above = set(), set(), set[str]()
    here = {question.id for question in questions}
    for question in questions:
        openers = here.intersection(question.show_if.names()) if question.show_if else set()
        if not openers:
            right_above.clear()
        else:
            moved.add(question.id)
            if not openers <= right_above:
                apart.add(question.id)
        right_above.add(question.id)
    return _Openers(frozenset(moved), frozenset(apart))
