"""What was typed on a page and could not be taken as an answer: shown there again, and listed on the saved page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.intake.form.forms import TypedPage, form_values
from app.intake.progress import Progress
from app.questionnaire.kinds import Group
from app.questionnaire.pages import Page, Questionnaire
from app.questionnaire.posted import Problem
from app.questionnaire.wording import Message

# Who reads over a shoulder may be the one this question is about.
HOME_ALONE = ("safe_home",)
PRIVATE = Message("Private questions")


def _stored_values(progress: Progress, page: Page) -> dict[str, list[str]]:
    """The form values of a page that is opened again: its answers, and what was typed there and could not be taken."""
    unread = {q.id: progress.draft.unread[q.id] for q in page.questions if q.id in progress.draft.unread}
    answers = {name: answer for name, answer in progress.draft.answers.items() if name not in unread}
    return form_values(page, answers) | {
        name: texts for typed in unread.values() for name, texts in typed.items()
    }


def remaining_problems(progress: Progress, page: Page) -> list[Problem]:
    """The problems of what was typed on a page and could not be taken before: also of an entry that lacks a part."""
    draft, half_done = progress.draft, page.id in progress.draft.incomplete_pages
    unfinished = {
        question.id
        for question in page.questions
        if question.id in draft.unread
        or (half_done and isinstance(question.kind, Group) and draft.answers.get(question.id))
    }
    if not unfinished:
        return []
    again = draft.read(
        page, _stored_values(progress, page), progress.reading.on, progress.reading.jurisdiction
    )
    return [problem for problem in again.problems if problem.question in unfinished]


@dataclass(frozen=True, slots=True)
class LineToMend:
    """One thing on a page that was saved for later and could not be taken as an answer yet."""

    title: str
    """The title of the page, or a plain one of a page that nobody else shall know of."""
    text: str
    """What to do about it."""
    page: str
    """Id of the page."""
    anchor: str
    """Where it is on that page."""


def lines_to_mend(progress: Progress) -> list[LineToMend]:
    """All that was typed in a form and could not be taken as an answer yet, in the order it is asked."""
    return [
        LineToMend(
            PRIVATE if leaves_quickly(progress.questionnaire, page) else page.title,
            problem.text,
            page.id,
            problem.target,
        )
        for page in progress.questionnaire.pages
        if page is not progress.last_page and progress.is_asked(page)
        for problem in remaining_problems(progress, page)
    ]


def leaves_quickly(questionnaire: Questionnaire, page: Page) -> bool:
    """Whether nobody who looks over a shoulder shall see what a page asks."""
    private = questionnaire.step_of(page.id).private
    return private or any(question.id in HOME_ALONE for question in page.questions)


def stored_page(progress: Progress, page: Page, problems: Sequence[Problem] = ()) -> TypedPage:
    """A page with what is stored of it in its boxes."""
    return TypedPage(_stored_values(progress, page), problems)
