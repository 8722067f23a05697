"""How far a patient has come with a form: which pages are asked, which are done, and what is next. Plain Python."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.intake.draft import START_PAGE, Draft
from app.questionnaire.answers import State, is_blank
from app.questionnaire.countries import Country
from app.questionnaire.pages import Page, Question, Questionnaire, Step
from app.questionnaire.reading import Reading
from app.questionnaire.wording import Message


class StepStatus(StrEnum):
    """How far a step has come: a word of the task list."""

    DONE = Message("Done")
    STARTED = Message("Started")
    TO_DO = Message("To do")
    BY_VOICE = Message("We will ask you")
    NOT_NEEDED = Message("Not needed")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a draft has come: which pages are asked of this person, which are done, and what is next."""

    draft: Draft
    """The draft it is about."""
    reading: Reading
    """Its merged answers, as they read today."""

    @classmethod
    def of(cls, draft: Draft, on: date, jurisdiction: Country) -> Progress:
        """The progress of a draft on a day, in a jurisdiction."""
        return cls(draft, draft.reading(on, jurisdiction))

    @property
    def questionnaire(self) -> Questionnaire:
        """What the form asks."""
        return self.draft.form.asks

    @property
    def last_page(self) -> Page:
        """The check page, from which the form is sent."""
        return self.questionnaire.pages[-1]

    def is_asked(self, page: Page) -> bool:
        """Whether anything on the page is asked of this person."""
        return page.id != START_PAGE and bool(self.reading.shown_questions(page))

    def is_begun(self, page: Page) -> bool:
        """Whether the page is asked and was saved, or left to voice. Pages still to do are listed by name instead."""
        return self.is_asked(page) and (page.id in self.draft.saved or self._by_voice(page))

    def is_done(self, page: Page) -> bool:
        """Whether the page needs nothing more: saved, or wholly left to voice, with nothing missing, to mend, or to
        look at again.
        """
        return self.is_asked(page) and self._is_finished(page)

    def _is_finished(self, page: Page) -> bool:
        """Whether a page that is asked needs nothing more."""
        draft = self.draft
        if page.id in draft.incomplete_pages or page.id in draft.asked_again:
            return False
        return (page.id in draft.saved or self._by_voice(page)) and not self.reading.missing(page)

    def _by_voice(self, page: Page) -> bool:
        shown = self.reading.shown_questions(page)
        return bool(shown) and all(self.draft.answers.get(q.id) == State.ASK_ME for q in shown)

    def hidden_questions(self) -> Iterator[Question]:
        """Questions that were answered and are no longer asked, because another answer changed. They are not sent.

        What a private step left to voice marked was not answered.
        """
        for name, question in self.questionnaire.questions.items():
            answer = self.draft.answers.get(name)
            if not is_blank(answer) and answer != State.ASK_ME and not self.reading.shown(name):
                yield question

    def is_open(self, page: Page) -> bool:
        """Whether the page is still to do; of the last one (check and sign) that is never said."""
        return page is not self.last_page and self.is_asked(page) and not self._is_finished(page)

    def open_pages(self) -> Iterator[Page]:
        """Pages still to do, in order, the last one (check and sign) apart."""
        return filter(self.is_open, self.questionnaire.pages)

    def page_after(self, page: Page) -> Page:
        """Where Continue leads from a page: the next one to do after it, else any that is left, else the last page."""
        pages = self.questionnaire.pages
        after = pages.index(page) + 1
        return next(filter(self.is_open, (*pages[after:], *pages[:after])), self.last_page)

    def is_needed(self, step: Step) -> bool:
        """Whether anything in the step is asked of this person, or it is the first, which is done by beginning."""
        return step.id == "start" or any(self.is_asked(page) for page in step.pages)

    def status_of(self, step: Step) -> StepStatus:
        """The status of a step."""
        pages = [page for page in step.pages if self.is_asked(page)]
        if not pages:
            return StepStatus.DONE if step.id == "start" else StepStatus.NOT_NEEDED
        if all(self.is_done(page) for page in pages):
            return StepStatus.BY_VOICE if any(self._by_voice(page) for page in pages) else StepStatus.DONE
        begun = any(page.id in self.draft.saved for page in pages)
        return StepStatus.STARTED if begun else StepStatus.TO_DO
