"""The check page: all answers by step, folded where nothing needs a second look. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass

from app.intake.copy import items_of
from app.intake.draft import Way
from app.questionnaire.answers import is_blank
from app.questionnaire.kinds import answer_words
from app.questionnaire.pages import Page, Question
from app.questionnaire.wording import Words


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a question or several, the answer in words, and where to change it."""

    key: str
    value: str | None
    page: str
    change: str


@dataclass(frozen=True, slots=True)
class CheckedStep:
    """A step's lines."""

    title: str
    rows: tuple[Row, ...]


def check_steps(way: Way, last_page: str) -> list[CheckedStep]:
    """What the patient is about to sign, step by step, the last page apart."""
    steps = []
    for step in way.questionnaire.steps:
        rows = [
            row for page in step.pages if page.id != last_page and way.begun(page) for row in _rows(way, page)
        ]
        if rows:
            steps.append(CheckedStep(step.name, tuple(rows)))
    return steps


def _rows(way: Way, page: Page) -> list[Row]:
    rows: list[Row] = []
    no: list[Question] = []
    for question in way.reading.shown_questions(page):
        answer = way.draft.answers.get(question.id)
        if page.stem and question.row and answer == "no":
            no.append(question)
        elif items := items_of(question, answer, way.reading.jurisdiction):
            # Of a scale what was picked, never its total: a score is read by a clinician.
            rows += [Row(item.label, item.words, page.id, page.title) for item in items]
        else:
            words = None if is_blank(answer) else answer_words(question, answer, way.reading.jurisdiction)
            rows.append(Row(question.label, words, page.id, question.label))
    if no:
        labels = Words.listed("; ", [question.label for question in no])
        change = Words("your No answers: {page}", page=page.title)
        rows.append(Row(Words("You said No to"), labels, page.id, change))
    return rows
