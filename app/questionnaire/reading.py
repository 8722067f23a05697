"""One person's answers read against a questionnaire on a date: what applies, what is missing, and what is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from .answers import DUE, STATES, Answer, Answers, is_blank
from .conditions import NONE, NoValue, Truth
from .countries import Country
from .kinds import Measure, Rows, Scale
from .pages import Page, Question, Questionnaire
from .program import UNREADABLE


class Reading:
    """One person's answers read against a questionnaire on a date.

    The questionnaire's program works out at once what applies. What it cannot read is worked out when it is asked for.
    `numbered` are the answers by the numbers of the questions, as the program left them; None without it.
    """

    __slots__ = ("_applies", "answers", "due", "jurisdiction", "numbered", "on", "questionnaire")

    def __init__(
        self,
        questionnaire: Questionnaire,
        answers: Answers,
        on: date,
        jurisdiction: Country = Country.US,
        due: Sequence[str] = (),
    ) -> None:
        self.questionnaire = questionnaire
        self.answers = answers
        self.on = on
        self.jurisdiction = jurisdiction
        # What the check-in schedule set. Never blank: nothing due is an answer too.
        self.due = list(due) or ["none"]
        self._applies: dict[str, Truth]
        self.numbered: tuple[Answer, ...] | None
        self._read()

    def _read(self) -> None:
        self._applies = self.questionnaire.always.copy()
        try:
            self.numbered = self.questionnaire.program(self._applies, self.answers.get, self.due, self.on)
        except UNREADABLE:
            self._applies, self.numbered = self.questionnaire.always.copy(), None

    def with_answers(self, answers: Answers) -> Reading:
        """Other answers, read against the same questionnaire on the same day."""
        return type(self)(self.questionnaire, answers, self.on, self.jurisdiction, self.due)

    def on_day(self, on: date) -> Reading:
        """The same answers, read on another day."""
        if self.numbered is None or self.questionnaire.asks_by_day:
            return type(self)(self.questionnaire, self.answers, on, self.jurisdiction, self.due)
        other = Reading.__new__(type(self))
        for name in Reading.__slots__:
            setattr(other, name, getattr(self, name))
        other.on = on
        return other

    def applies(self, name: str) -> Truth:
        """Whether a question, or the question behind a derived name, applies: yes, no or unknown."""
        try:
            return self._applies[name]
        except KeyError:
            pass
        derived = self.questionnaire.derived.get(name)
        question = self.questionnaire.questions[derived.question if derived else name]
        truth = True if question.show_if is None else question.show_if.truth(self)
        self._applies[name] = truth
        return truth

    def shown(self, question_id: str) -> bool:
        """Whether the question is asked. Unknown is not shown."""
        return self.applies(question_id) is True

    def value(self, name: str) -> Answer:
        """The stored answer."""
        return self.due if name == DUE else self.answers.get(name)

    def number(self, name: str) -> float | NoValue | None:
        """A number question or derived name: a number (metric for measures), NONE, or None when unknown."""
        applies = self.applies(name)
        if applies is not True:
            return NONE if applies is False else None
        derived = self.questionnaire.derived.get(name)
        value = self.answers.get(derived.question if derived else name)
        if is_blank(value) or (isinstance(value, str) and value in STATES):
            return None
        if derived:
            return derived.of(value, self.on)
        kind = self.questionnaire.questions[name].kind
        if isinstance(kind, Measure) and isinstance(value, dict):
            return kind.to_metric(value)
        return value if isinstance(value, (int, float)) else None

    def behind(self, name: str) -> Iterator[str]:
        """The question behind a name; when it does not apply, those whose answers ruled it out.

        A hidden question may hold a left-over value, which decided nothing and must never be shown as a reason. What
        the schedule set is nobody's answer.
        """
        if name == DUE:
            return
        derived = self.questionnaire.derived.get(name)
        question = self.questionnaire.questions[derived.question if derived else name]
        if question.show_if is not None and self.applies(question.id) is False:
            yield from question.show_if.because(self, False)
        else:
            yield question.id

    def shown_questions(self, page: Page) -> list[Question]:
        """The page's questions that are asked of this person."""
        known = self._applies
        return [q for q in page.questions if (known[q.id] if q.id in known else self.applies(q.id)) is True]

    def missing(self, page: Page) -> list[Question]:
        """Required questions of the page that are shown and still open."""
        return [q for q in self.shown_questions(page) if q.required and is_open(q, self.answers.get(q.id))]

    def kept(self) -> dict[str, Answer]:
        """The answers to questions that are shown: what is left when hidden ones are dropped."""
        return {
            key: value
            for key, value in self.answers.items()
            if key in self.questionnaire.questions and self.shown(key) and not is_blank(value)
        }


class ReadingOnDemand(Reading):
    """A reading without the program: what applies is worked out when it is asked for, by the conditions themselves.

    For who asks about a question or two. It is what the program is compared with.
    """

    __slots__ = ()

    def _read(self) -> None:
        self._applies, self.numbered = self.questionnaire.always.copy(), None


def is_open(question: Question, answer: Answer) -> bool:
    """Whether a required question still waits for its answer. A half-filled scale does."""
    if is_blank(answer) or answer is False:
        return True
    if isinstance(question.kind, Rows) and isinstance(answer, dict):
        return bool(question.kind.blank_rows(answer))
    return (
        isinstance(question.kind, Scale)
        and isinstance(answer, list)
        and bool(question.kind.blank_items(answer))
    )
