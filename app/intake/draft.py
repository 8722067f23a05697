"""What a case's sealed answers hold while it is filled in, and how far the patient has come. Plain Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.questionnaire.answers import Answer, State, is_blank
from app.questionnaire.conditions import Retired
from app.questionnaire.form_kinds import FormKind
from app.questionnaire.kinds import Posted, Statement
from app.questionnaire.notices import Notice, hash_of_text
from app.questionnaire.pages import Page, PageRead, Question, Questionnaire, Reading, Step, Typed, read_page
from app.questionnaire.whole import FORMS, WHOLE, Form
from app.questionnaire.wording import Say, Words

START_PAGE, SIGN_PAGE = "start", "sign"
LEAST_SECONDS, MOST_SECONDS = 1, 600
"""What a page can have taken somebody who was there all the time."""


class Progress(StrEnum):
    """Status words of the task list."""

    DONE = Words("Done")
    STARTED = Words("Started")
    TO_DO = Words("To do")
    BY_VOICE = Words("We will ask you")
    NOT_NEEDED = Words("Not needed")


@dataclass(slots=True)
class Draft:
    """The answers so far. `saved`: page id to the answers version it was last saved at, which tells an older window
    from a newer one. `shown`: help pages already seen. `pending`: those still to be seen. `confirmed`: questions whose
    unusual value the patient said is right. `mending`: pages on which something typed could not be taken. `unread`: by
    question, what stands in its boxes and is not among the answers; it is shown there again, and read by nothing else.
    `kind`: which form it is. `before`: what was told in the forms before, as it
    was when this one was begun. `due`: the scales that a check-in asks for. `spoken`: the language of its pages.
    `showing`: the page that Continue led to last, and when. `took`: page id to the seconds
    it took, until the form is sent. `notices`: by id, what was ticked as read, as it was shown then. `woken`: the rules
    that whoever is on call was told of. `promise`: that a call was promised "today" or "when_open", and until when.
    `refused`: what was typed as a name or a number on a help page, could not be taken, and was shown with its message.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    saved: dict[str, int] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)
    mending: list[str] = field(default_factory=list)
    unread: dict[str, Typed] = field(default_factory=dict)
    kind: FormKind = FormKind.INTAKE
    before: dict[str, Answer] = field(default_factory=dict)
    due: list[str] = field(default_factory=list)
    spoken: str = "en"
    showing: tuple[str, float] | None = None
    took: dict[str, float] = field(default_factory=dict)
    notices: dict[str, dict[str, Any]] = field(default_factory=dict)
    woken: list[str] = field(default_factory=list)
    promise: tuple[str, str] | None = None
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def form(self) -> Form:
        """Which form it is."""
        return FORMS[self.kind]

    @property
    def everything(self) -> dict[str, Answer]:
        """All that was told, in this form and before."""
        return {**self.before, **self.answers} if self.before else self.answers

    def reading(self, on: date, jurisdiction: str) -> Reading:
        """All that was told, read on a day."""
        return Reading(WHOLE, self.everything, on, jurisdiction, self.due)

    def read(self, page: Page, posted: Posted, on: date, jurisdiction: str) -> PageRead:
        """A posted page; the answers that come of it are those of this form alone."""
        read = read_page(WHOLE, page, posted, self.everything, on, jurisdiction, self.due)
        return replace(read, answers=self.own(read.answers))

    def own(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """The answers among these to questions of this form."""
        asked = self.form.asks.questions
        return {name: answer for name, answer in answers.items() if name in asked}

    def note_notices(self, page: Page, now: datetime, jurisdiction: str, locale: str, say: Say) -> None:
        """Keep the texts that a page just saved says were read, as they are shown now; drop those it says were not."""
        for question in page.questions:
            if (notice := _read_by(question)) is None:
                continue
            if self.answers.get(question.id) is not True:
                self.notices.pop(notice.id, None)
            elif not self._holds(notice):
                shown = notice.shown(jurisdiction, say)
                self.notices[notice.id] = {
                    "version": notice.version,
                    "locale": locale,
                    "sha256": hash_of_text(say(notice.title), shown),
                    "at": now.isoformat(),
                    "title": say(notice.title),
                    "passages": [{"heading": each.heading, "lines": list(each.lines)} for each in shown],
                }

    def forget_what_is_out_of_date(self) -> None:
        """Take back ticks for texts that have a newer version, and answers to what is not asked any more."""
        for name, question in self.form.asks.questions.items():
            notice = _read_by(question)
            old = notice is not None and self.answers.get(name) is True and not self._holds(notice)
            if old or isinstance(question.show_if, Retired):
                self.answers.pop(name, None)

    def _holds(self, notice: Notice) -> bool:
        return self.notices.get(notice.id, {}).get("version") == notice.version

    def show(self, page: Page, now: datetime) -> None:
        """Start the clock of a page that the patient is led to."""
        self.showing = (page.id, now.timestamp())

    def show_again(self, now: datetime) -> None:
        """Start it anew: something else was to be read first."""
        if self.showing is not None:
            self.showing = (self.showing[0], now.timestamp())

    def finish(self, page: Page, now: datetime) -> None:
        """Stop the clock of a page. A pause is not counted, nor what nobody can have read."""
        if self.showing is None or self.showing[0] != page.id:
            return
        took = now.timestamp() - self.showing[1]
        if LEAST_SECONDS <= took <= MOST_SECONDS:
            self.took[page.id] = round(self.took.get(page.id, 0.0) + took, 1)

    @classmethod
    def of(cls, sealed: Mapping[str, Any]) -> Draft:
        """From what was unsealed."""
        draft = cls(**{name: sealed[name] for name in cls.__slots__ if name in sealed})
        draft.kind = FormKind(draft.kind)
        return draft

    def as_json(self) -> dict[str, Any]:
        """What is to be sealed."""
        return {name: getattr(self, name) for name in self.__slots__}


def _read_by(question: Question) -> Notice | None:
    """The text that whoever ticks this question says they have read."""
    return question.notice if isinstance(question.kind, Statement) else None


@dataclass(frozen=True, slots=True)
class Way:
    """How far a draft has come: which pages are asked of this person, which are done, and what is next."""

    draft: Draft
    reading: Reading

    @classmethod
    def of(cls, draft: Draft, on: date, jurisdiction: str) -> Way:
        """Read a draft as it stands today."""
        return cls(draft, draft.reading(on, jurisdiction))

    @property
    def questionnaire(self) -> Questionnaire:
        """What the form asks."""
        return self.draft.form.asks

    @property
    def last(self) -> Page:
        """Check and send."""
        return self.questionnaire.pages[-1]

    def asked(self, page: Page) -> bool:
        """Whether anything on the page is asked of this person."""
        return page.id != START_PAGE and bool(self.reading.shown_questions(page))

    def begun(self, page: Page) -> bool:
        """Whether the page is asked and was saved, or left to voice. Pages still to do are listed by name instead."""
        return self.asked(page) and (page.id in self.draft.saved or self._by_voice(page))

    def done(self, page: Page) -> bool:
        """Whether the page needs nothing more: saved, or wholly left to voice, with nothing missing or to mend."""
        return self.begun(page) and page.id not in self.draft.mending and not self.reading.missing(page)

    def _by_voice(self, page: Page) -> bool:
        shown = self.reading.shown_questions(page)
        return bool(shown) and all(self.draft.answers.get(q.id) == State.ASK_ME for q in shown)

    def hidden(self) -> Iterator[Question]:
        """Questions that were answered and are asked no more: another answer changed. They are not sent.

        What a private step left to voice marked was not answered.
        """
        for name, question in self.questionnaire.questions.items():
            answer = self.draft.answers.get(name)
            if not is_blank(answer) and answer != State.ASK_ME and not self.reading.shown(name):
                yield question

    def open_pages(self) -> Iterator[Page]:
        """Pages still to do, in order, the last one (check and sign) apart."""
        for page in self.questionnaire.pages:
            if page is not self.last and self.asked(page) and not self.done(page):
                yield page

    def after(self, page: Page) -> Page:
        """Where Continue goes: the next page to do after this one, else any that is left, else check and sign."""
        order = list(self.questionnaire.pages)
        later = {p.id for p in order[order.index(page) + 1 :]}
        left = list(self.open_pages())
        sign = order[-1]
        return next((p for p in left if p.id in later), left[0] if left else sign)

    def progress(self, step: Step) -> Progress:
        """The status word of a step."""
        pages = [page for page in step.pages if self.asked(page)]
        if not pages:
            return Progress.DONE if step.id == "start" else Progress.NOT_NEEDED
        if all(self.done(page) for page in pages):
            return Progress.BY_VOICE if any(self._by_voice(page) for page in pages) else Progress.DONE
        begun = any(page.id in self.draft.saved for page in pages)
        return Progress.STARTED if begun else Progress.TO_DO
