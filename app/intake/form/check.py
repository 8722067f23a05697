"""The check page: all answers by step, folded where nothing needs a second look, and those not sent. Plain Python."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.intake.after.copied_answers import CopiedItem, answer_items
from app.intake.form.mending import leaves_quickly
from app.intake.progress import Progress
from app.questionnaire.answers import STATES, Answer, State, is_blank, state_of
from app.questionnaire.kinds import Choice, Choices, Group, Rows, answer_words
from app.questionnaire.pages import Page, Question
from app.questionnaire.reading import Reading
from app.questionnaire.wording import Message

YES, NONE = "yes", "none"
"""What is picked for Yes; and on a line for No, on a list for none of it."""


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
    parts: tuple[CopiedItem, ...] = ()
    """The answer line by line, where it has several: the items of a scale, which fold, or the entries of a list."""
    folds: bool = False
    """Whether its parts are folded."""


@dataclass(frozen=True, slots=True)
class CheckedStep:
    """The lines of one step."""

    title: str
    """The name of the step."""
    rows: tuple[CheckRow, ...]
    """What needs a second look: each Yes, tick, Not sure and typed answer, in the order the questions are asked."""
    folded: tuple[CheckRow, ...] = ()
    """What needs none: No, none of these, any other one of several, and what may be left empty and was."""
    folded_count: int = 0
    """How many answers those are."""


def check_steps(progress: Progress, last_page: str, *, private: bool) -> list[CheckedStep]:
    """The lines that the patient is about to sign, step by step, the last page apart.

    `private`: those of pages that nobody else shall see, or else all others.
    """
    steps = []
    for step in progress.questionnaire.steps:
        rows: list[CheckRow] = []
        folded: list[CheckRow] = []
        count = 0
        for page in step.pages:
            if page.id == last_page or not progress.is_begun(page):
                continue
            if leaves_quickly(progress.questionnaire, page) is not private:
                continue
            told = _page_rows(progress, page)
            rows += told.rows
            folded += told.folded
            count += told.folded_count
        if rows or folded:
            steps.append(CheckedStep(step.name, tuple(rows), tuple(folded), count))
    return steps


def _page_rows(progress: Progress, page: Page) -> CheckedStep:
    """The lines of one page."""
    rows: list[CheckRow] = []
    folded: list[CheckRow] = []
    no: list[str] = []
    for question in progress.reading.shown_questions(page):
        answer = progress.draft.answers.get(question.id)
        if isinstance(question.kind, Rows) and isinstance(answer, dict):
            no += [label for row, label in question.kind.rows.items() if answer.get(row) == NONE]
            told = {row: choice for row, choice in answer.items() if choice != NONE}
            items = answer_items(question, told, progress.reading.jurisdiction) if told else ()
            rows += [
                CheckRow(item.label, item.words, page.id, page.title)
                for item in items
                if item.label not in no
            ]
        elif page.is_line(question) and answer == "no":
            no.append(question.label)
        elif _needs_no_look(question, answer):
            folded.append(_row(progress, page, question))
        else:
            rows.append(_row(progress, page, question))
    count = len(folded) + len(no)
    if no:
        change = Message("your No answers: {page}", page=page.title)
        folded.insert(0, CheckRow(Message("You said No to"), Message.listed("; ", no), page.id, change))
    return CheckedStep(page.title, tuple(rows), tuple(folded), count)


def _needs_no_look(question: Question, answer: Answer) -> bool:
    """Whether an answer is neither a Yes, a tick or Not sure nor typed, or was left out where it may be."""
    if is_blank(answer):
        return not question.required
    if isinstance(question.kind, Choices):
        return answer == [NONE] or question.kind.denies(answer)
    if not isinstance(question.kind, Choice) or answer in (YES, *STATES):
        return False
    return not str(question.kind.options.get(answer, "")).startswith("Yes")  # "Yes, now and then" is one, too


def _row(progress: Progress, page: Page, question: Question) -> CheckRow:
    """The line of one question. Of a scale what was picked, never its total: a score is read by a clinician."""
    answer, jurisdiction = progress.draft.answers.get(question.id), progress.reading.jurisdiction
    if isinstance(question.kind, Group) and isinstance(answer, list):
        told = [question.kind.entry_lines(entry, jurisdiction, first=False) for entry in answer]
        lines = tuple(CopiedItem(question.label, words) for words in told)
        return CheckRow(question.label, None, page.id, page.title, lines)
    parts = answer_items(question, answer, jurisdiction)
    if not parts:
        words = None if is_blank(answer) else answer_words(question, answer, jurisdiction)
        return CheckRow(question.label, words, page.id, question.label)
    given = sum(score is not None for score in answer or ())
    said = Message("{given} of {all} answered", given=given, all=len(parts))
    return CheckRow(question.label, said, page.id, page.title, parts, folds=True)


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
