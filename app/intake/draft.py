"""What a case's sealed answers hold while it is filled in, and how it is read. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypedDict

from app.intake.asked_families import as_asked
from app.intake.readings import Readings
from app.questionnaire.all_forms import FORMS, Form
from app.questionnaire.answers import Answer, State, is_blank
from app.questionnaire.countries import Country
from app.questionnaire.form_kinds import FormKind
from app.questionnaire.kinds import InvalidAnswer, Posted, accept_answer
from app.questionnaire.notices import Notice, hash_of_text
from app.questionnaire.pages import Page, Question
from app.questionnaire.posted import PageRead, TypedValues, read_page
from app.questionnaire.reading import Reading
from app.questionnaire.versions import changed_since
from app.questionnaire.wording import Translate

START_PAGE, SIGN_PAGE = "start", "sign"
LEAST_SECONDS, MOST_SECONDS = 1, 600
"""What a page can have taken somebody who was there all the time."""


class Moved(TypedDict):
    """That a form went on in a new version of its questions: when (ISO time), and the pages to look at again."""

    before: str
    version: str
    at: str
    pages: list[str]


SEALED_KEYS = {
    "incomplete_pages": "mending",
    "seen_help": "shown",
    "queued_help": "pending",
    "page_seconds": "took",
    "earlier_answers": "before",
    "language": "spoken",
    "page_clock": "showing",
    "alerted_rules": "woken",
    "promised_call": "promise",
    "refused_reach": "refused",
}
"""Fields of a draft whose key in the sealed document is another: documents of earlier releases hold these keys."""


@dataclass(slots=True)
class Draft:
    """The document that the sealed answers of a case hold while it is filled in, and after."""

    answers: dict[str, Answer] = field(default_factory=dict)
    """Answers to questions of this form, by question id."""
    saved: dict[str, int] = field(default_factory=dict)
    """By page id, the answers version it was last saved at, which tells an older window from a newer one."""
    seen_help: list[str] = field(default_factory=list)
    """Ids of the help pages that were seen, which are not shown again."""
    queued_help: list[str] = field(default_factory=list)
    """Ids of the help pages still to be seen, the next one first."""
    confirmed: list[str] = field(default_factory=list)
    """Ids of the questions whose unusual value the patient confirmed."""
    incomplete_pages: list[str] = field(default_factory=list)
    """Ids of the pages on which something typed could not be taken, or which Continue has not finished."""
    unread: dict[str, TypedValues] = field(default_factory=dict)
    """By question id, what stands in its boxes and is not among the answers. It is shown there again, and read by
    nothing else."""
    kind: FormKind = FormKind.INTAKE
    """Which form it is."""
    earlier_answers: dict[str, Answer] = field(default_factory=dict)
    """Answers from the forms before, as they were when this one was begun."""
    due: list[str] = field(default_factory=list)
    """Names of the scales that a check-in asks for."""
    language: str = "en"
    """The language of its pages: "en" or "es"."""
    page_clock: tuple[str, float] | None = None
    """The id of the page that Continue led to last, and when, as a POSIX time."""
    page_seconds: dict[str, float] = field(default_factory=dict)
    """By page id, the seconds it took. Emptied when the form is sent."""
    notices: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By notice id, the text that was ticked as read, as it was shown then: see `record_notices`."""
    alerted_rules: list[str] = field(default_factory=list)
    """Slugs of the rules that whoever is on call was alerted to."""
    is_flagged: bool | None = None
    """Whether flags were stored while it was filled in. None in drafts of earlier releases: the database knows."""
    promised_call: tuple[str, str] | None = None
    """A call that was promised: "today" or "when_open", and until when, as ISO time. None without one."""
    call_asked_at: str | None = None
    """When the promised call was asked for, as ISO time; None without one, and in drafts of earlier releases."""
    refused_reach: dict[str, str] = field(default_factory=dict)
    """By question id, a name or number typed on a help page that could not be taken and was shown with its message."""
    asked_again: list[str] = field(default_factory=list)
    """Ids of the pages that were filled in and whose questions a new version changed, until they were looked at."""
    moved: list[Moved] = field(default_factory=list)
    """The new versions of its questions that the form went on in while it was open, oldest first."""
    readings: Readings = field(default_factory=Readings, repr=False, compare=False)
    """How it was read in this request. Not sealed."""

    @property
    def form(self) -> Form:
        """Which form it is."""
        return FORMS[self.kind]

    @property
    def merged_answers(self) -> dict[str, Answer]:
        """The answers of this form and of the forms before it, in one; this form's own win."""
        return {**self.earlier_answers, **self.answers} if self.earlier_answers else self.answers

    def reading(self, on: date, jurisdiction: Country) -> Reading:
        """The merged answers, as they read on a day at the clinic."""
        return self.readings.of(self.merged_answers, on, jurisdiction, self.due)

    def read(self, page: Page, posted: Posted, on: date, jurisdiction: Country) -> PageRead:
        """Read a posted page. The answers of the result are those of this form alone."""
        read = read_page(page, posted, self.reading(on, jurisdiction))
        return replace(read, answers=as_asked(page, self.own_answers(read.answers)))

    def own_answers(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """The answers among these to questions of this form."""
        asked = self.form.asks.questions
        return {name: answer for name, answer in answers.items() if name in asked}

    def record_notices(
        self, page: Page, now: datetime, jurisdiction: Country, locale: str, translate: Translate
    ) -> None:
        """Keep the texts that the answers of a page say were read, as shown now; drop those they say were not."""
        for question in page.questions:
            if (notice := self.form.asks.ticked.get(question.id)) is None:
                continue
            if self.answers.get(question.id) is not True:
                self.notices.pop(notice.id, None)
            elif not self._holds(notice):
                shown = notice.shown(jurisdiction, translate)
                self.notices[notice.id] = {
                    "version": notice.version,
                    "locale": locale,
                    "sha256": hash_of_text(translate(notice.title), shown),
                    "at": now.isoformat(),
                    "title": translate(notice.title),
                    "passages": [{"heading": each.heading, "lines": list(each.lines)} for each in shown],
                }

    def drop_outdated_answers(self) -> None:
        """Take back ticks for texts that have a newer version, and answers to what is not asked any more."""
        asks = self.form.asks
        old = (name for name, notice in asks.ticked.items() if not self._holds(notice))
        for name in (*asks.retired, *(name for name in old if self.answers.get(name) is True)):
            self.answers.pop(name, None)

    def go_on_in_newest(self, version: str, on: date) -> None:
        """Bring the draft from an earlier version of its questions to today's; `on` is the day it was last saved.

        Pages that were filled in and have changed are to be looked at again. Their answers stay, for a danger told in
        them must not be lost; what does not fit the question any more goes, as does what is not asked now.
        """
        changed = changed_since(self.kind, version)
        for page in self.form.asks.pages:
            if page.id not in changed:
                continue
            self.ask_again(page.id)
            for question in page.questions:
                if question.id in self.answers:
                    self.answers[question.id] = _fitting(question, self.answers[question.id], on)
            here = {question.id for question in page.questions}
            self.confirmed = [name for name in self.confirmed if name not in here]
        asked = self.form.asks.questions
        self.answers = {
            name: answer for name, answer in self.own_answers(self.answers).items() if not is_blank(answer)
        }
        self.confirmed = [name for name in self.confirmed if name in asked]
        self.asked_again = [page for page in self.asked_again if self.form.asks.page(page) is not None]

    def look_at(self, page: Page, questions: str) -> None:
        """Note that a page was gone through as a version had it: one that changed since is to be looked at again."""
        self.asked_again = [other for other in self.asked_again if other != page.id]
        if page.id in changed_since(self.kind, questions):
            self.asked_again.append(page.id)

    def ask_again(self, page: str) -> None:
        """Have a page that was filled in looked at once more: it asks for more than it did."""
        if page in self.saved and page not in self.asked_again:
            self.asked_again.append(page)

    def _holds(self, notice: Notice) -> bool:
        return self.notices.get(notice.id, {}).get("version") == notice.version

    def start_page_clock(self, page: Page, now: datetime) -> None:
        """Start the clock of the page that the patient is led to."""
        self.page_clock = (page.id, now.timestamp())

    def restart_page_clock(self, now: datetime) -> None:
        """Start the page's clock anew: something else was to be read first."""
        if self.page_clock is not None:
            self.page_clock = (self.page_clock[0], now.timestamp())

    def stop_page_clock(self, page: Page, now: datetime) -> None:
        """Stop the clock of a page and add its seconds. A pause is not counted, nor a time too short to read it in."""
        if self.page_clock is None or self.page_clock[0] != page.id:
            return
        took = now.timestamp() - self.page_clock[1]
        if LEAST_SECONDS <= took <= MOST_SECONDS:
            self.page_seconds[page.id] = round(self.page_seconds.get(page.id, 0.0) + took, 1)

    @classmethod
    def from_json(cls, sealed: Mapping[str, Any]) -> Draft:
        """The draft that an unsealed document holds. Keys it knows nothing of are left out."""
        draft = cls(**{name: sealed[key] for name, key in _SEALED_FIELDS if key in sealed})
        draft.kind = FormKind(draft.kind)
        return draft

    def as_json(self) -> dict[str, Any]:
        """The document to be sealed."""
        return {key: getattr(self, name) for name, key in _SEALED_FIELDS}


_SEALED_FIELDS = [(name, SEALED_KEYS.get(name, name)) for name in Draft.__slots__ if name != "readings"]
"""The fields that the document holds, each with its key in it."""


def _fitting(question: Question, answer: Answer, on: date) -> Answer:
    """What of a stored answer the question takes today; None for nothing."""
    if answer == State.ASK_ME:
        return answer
    try:
        accept_answer(question, answer, on)
    except InvalidAnswer as refusal:
        return refusal.kept
    return answer
