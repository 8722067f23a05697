"""The check page: all answers by step, folded where nothing needs a second look, and those not sent. Plain Python."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.intake.after.copied_answers import answer_items
from app.intake.progress import Progress
from app.questionnaire.answers import State, is_blank, state_of
from app.questionnaire.kinds import Rows, answer_words
from app.questionnaire.pages import Page, Question
from app.questionnaire.reading import Reading
from app.questionnaire.wording import Message

NONE = "none"
"""What is picked on a line for No."""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One line of the check page."""

    key: str
    """The question, or what several have in common."""
    value: str | None
    """The answer in words; None for none."""
    page: str
    """Id of the page where it is changed."""
    change: str
    """What the link to that page says it changes."""


@dataclass(frozen=True, slots=True)
class CheckedStep:
    """The lines of one step."""

    title: str
    """The name of the step."""
    rows: tuple[CheckRow, ...]
    """Its lines, in the order the questions are asked."""


def check_steps(progress: Progress, last_page: str) -> list[CheckedStep]:
    """The lines that the patient is about to sign, step by step, the last page apart."""
    steps = []
    for step in progress.questionnaire.steps:
        rows = [
            row
            for page in step.pages
            if page.id != last_page and progress.is_begun(page)
            for row in _rows(progress, page)
        ]
        if rows:
            steps.append(CheckedStep(step.name, tuple(rows)))
    return steps


def _rows(progress: Progress, page: Page) -> list[CheckRow]:
    rows: list[CheckRow] = []
    no: list[str] = []
    for question in progress.reading.shown_questions(page):
        answer = progress.draft.answers.get(question.id)
        if page.is_line(question) and answer == "no":
            no.append(question.label)
        elif isinstance(question.kind, Rows) and isinstance(answer, dict):
            no += [label for row, label in question.kind.rows.items() if answer.get(row) == NONE]
            told = {row: choice for row, choice in answer.items() if choice != NONE}
            items = answer_items(question, told, progress.reading.jurisdiction) if told else ()
            rows += [
                CheckRow(item.label, item.words, page.id, page.title)
                for item in items
                if item.label not in no
            ]
        elif items := answer_items(question, answer, progress.reading.jurisdiction):
            # Of a scale what was picked, never its total: a score is read by a clinician.
            rows += [CheckRow(item.label, item.words, page.id, page.title) for item in items]
        else:
            words = (
                None if is_blank(answer) else answer_words(question, answer, progress.reading.jurisdiction)
            )
            rows.append(CheckRow(question.label, words, page.id, question.label))
    if no:
        labels = Message.listed("; ", no)
        change = Message("your No answers: {page}", page=page.title)
        rows.append(CheckRow(Message("You said No to"), labels, page.id, change))
    return rows


@dataclass(frozen=True, slots=True)
class DroppedAnswer:
    """A question whose answer will not be sent, because another answer hid it."""

    question: Question
    """The question that is not asked any more."""
    because: Question | None
    """The question that hid it; None when this form does not ask that."""
    page: Page | None
    """Where that question is asked."""

    @property
    def reason(self) -> Message:
        """Why it is not asked, in words."""
        if self.because is None:
            return Message("No longer asked")
        return Message("Because of your answer to “{question}”", question=self.because.label)

    @property
    def anchor(self) -> str:
        """Where the question is on its page."""
        return self.because.kind.parts(self.because)[0] if self.because else ""


def dropped_answers(progress: Progress) -> list[DroppedAnswer]:
    """The answers that will not be sent, in the order they were asked."""
    told = []
    for question in progress.hidden_questions():
        pages = {
            name: progress.questionnaire.page_of(name)
            for name in _hiding(progress.reading, question)
            if name in progress.questionnaire.questions
        }
        # Of several that could bring it back, the one changed last is most likely the one that hid it.
        newest = max(pages, key=lambda name: progress.draft.saved.get(pages[name].id, 0), default=None)
        because = progress.questionnaire.questions[newest] if newest else None
        told.append(DroppedAnswer(question, because, pages[newest] if newest else None))
    return told


def _hiding(reading: Reading, question: Question) -> Iterator[str]:
    """The questions asked whose answers hide another: those that rule it out, or leave open whether it applies."""
    if question.show_if is None:
        return
    ruled_out = reading.applies(question.id) is False
    for name in question.show_if.because(reading, False) if ruled_out else question.show_if.names():
        derived = reading.questionnaire.derived.get(name)
        other = reading.questionnaire.questions[derived.question if derived else name]
        if not reading.shown(other.id):
            yield from _hiding(reading, other)
        elif ruled_out or state_of(reading.answers.get(other.id)) is not State.ANSWERED:
            yield other.id
