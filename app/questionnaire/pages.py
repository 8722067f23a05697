"""Questions on pages in steps, each declared once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from .answers import DUE, STATES
from .conditions import Expression, Retired, Truth
from .kinds import Choice, Group, Kind, Statement, Text, age_on
from .notices import Notice
from .program import Read, form_program


@dataclass(frozen=True, slots=True)
class Question:
    """One question, declared once. Form field, check, pages, export column and dictionary all derive from it."""

    id: str
    """Stable, and never reused."""
    text: str
    """Its one wording: seen, read aloud, signed, printed and exported."""
    kind: Kind
    """What may be answered, and how."""
    help: str | None = None
    """The hint under it."""
    required: bool = True
    """Whether the page asks again when it is left empty."""
    show_if: Expression | None = None
    """The answers that it is asked after; None for always."""
    exit: Mapping[str, str] = field(default_factory=dict)
    """The ways out of a typed question: state to label."""
    missing: str | None = None
    """Said when a required question is left empty."""
    example: str | None = None
    """Shown when a box could not be taken twice, where its kind knows none."""
    seed: str | None = None
    """The words of the mission article that it answers."""
    use: str | None = None
    """Who does what with the answer."""
    card: str | None = None
    """The card that a clinician finds the answer on."""
    also_on: tuple[str, ...] = ()
    """Further cards."""
    on_copy: bool = True
    """False for what must never be on a copy that somebody else may find; see copied_pages."""
    notice: Notice | None = None
    """A text that helps to answer it; whoever ticks a statement says that they have read it."""

    @property
    def label(self) -> str:
        """Its wording where an answer or a message stands beside it: messages, the check page, copies, staff pages."""
        return self.text.removesuffix(" (optional)")

    @property
    def exit_name(self) -> str:
        """The form name of the way out."""
        return f"{self.id}-exit"

    def __hash__(self) -> int:
        return hash(self.id)

    def at(self, group: str, index: int) -> Question:
        """This column of a group, as the question of one entry's form."""
        return _column(self, group, index)

    def form_names(self) -> tuple[str, ...]:
        """Every form name that belongs to it."""
        return _form_names(self)


@lru_cache(maxsize=4096)  # a list of forty medicines has hundreds, and each of its pages asks for all
def _column(question: Question, group: str, index: int) -> Question:
    return dataclasses.replace(question, id=f"{group}-{index}-{question.id}")


@lru_cache(maxsize=4096)
def _form_names(question: Question) -> tuple[str, ...]:
    names = question.kind.parts(question)
    return (*names, question.exit_name) if question.exit else names


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a form."""

    id: str
    """Its id, which is in addresses."""
    title: str
    """Its heading."""
    questions: tuple[Question, ...]
    """Its questions, in order."""
    intro: tuple[str, ...] = ()
    """Lines said before the questions."""
    lines: bool = False
    """Whether its yes-or-no questions stand close together, each whole in a few words, to be answered in a row."""

    def is_line(self, question: Question) -> bool:
        """Whether a question is one of its lines."""
        return self.lines and isinstance(question.kind, Choice) and question.kind.lines


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the task list."""

    id: str
    """Its id."""
    name: str
    """What it is called in the task list."""
    group: str
    """The heading that it stands under there."""
    pages: tuple[Page, ...]
    """Its pages, in order."""
    private: bool = False
    """Whether it may be asked by voice instead."""

    def questions(self) -> Iterator[Question]:
        """Its questions, in order."""
        for page in self.pages:
            yield from page.questions

    def copied_pages(self) -> Iterator[Page]:
        """The pages on a patient's copy. One that asks something left off is left off whole: a gap would tell."""
        yield from (page for page in self.pages if all(question.on_copy for question in page.questions))


@dataclass(frozen=True, eq=False)
class Questionnaire:
    """All steps of one form."""

    id: str
    """Its id, which is in exports."""
    version: str
    """The version of its questions."""
    steps: tuple[Step, ...]
    """Its steps, in order."""
    derived: Mapping[str, Derived] = field(default_factory=dict)
    """What is worked out from an answer, by a name that may stand in conditions."""

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Every page, in order."""
        return tuple(page for step in self.steps for page in step.pages)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by id, in order."""
        return {question.id: question for page in self.pages for question in page.questions}

    @cached_property
    def ticked(self) -> dict[str, Notice]:
        """The texts that are ticked as read in it, by the id of the question that does it."""
        return {q.id: q.notice for q in self.questions.values() if q.notice and isinstance(q.kind, Statement)}

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """The texts that are ticked as read in it."""
        return tuple(dict.fromkeys(self.ticked.values()))

    @cached_property
    def retired(self) -> tuple[str, ...]:
        """The ids of the questions that are not asked any more."""
        return tuple(q.id for q in self.questions.values() if isinstance(q.show_if, Retired))

    @cached_property
    def codes(self) -> dict[str, frozenset[str]]:
        """What may be stored for each question with one pick: its options, and the states."""
        kinds = {name: question.kind for name, question in self.questions.items()}
        return {
            name: STATES.union(kind.options) - {""}
            for name, kind in kinds.items()
            if isinstance(kind, Choice)
        }

    @cached_property
    def always(self) -> dict[str, Truth]:
        """The names that apply to everyone."""
        asked = {question.id: True for question in self.questions.values() if question.show_if is None}
        return {
            **asked,
            **{name: True for name, it in self.derived.items() if it.question in asked},
            DUE: True,
        }

    @cached_property
    def program(self) -> Read:
        """What reads all answers of one person at once. Made when the first are read: a command may read none."""
        return form_program(self)

    @cached_property
    def asks_by_day(self) -> bool:
        """Whether the day alone may decide that a question is asked."""
        read = {name for q in self.questions.values() if q.show_if for name in q.show_if.names()}
        return any(derived.by_day for name, derived in self.derived.items() if name in read)

    @cached_property
    def free_texts(self) -> tuple[tuple[str, str | None], ...]:
        """Where patients write in their own words: question id, and column when it is that of a group."""
        found: list[tuple[str, str | None]] = []
        for question in self.questions.values():
            entries = question.kind.entries if isinstance(question.kind, Group) else ()
            for name, kind in ((None, question.kind), *((entry.id, entry.kind) for entry in entries)):
                if type(kind) is Text and kind.free and kind.form is None:
                    found.append((question.id, name))
        return tuple(found)

    @cached_property
    def _page_of(self) -> dict[str, Page]:
        return {question.id: page for page in self.pages for question in page.questions}

    @cached_property
    def _pages_by_id(self) -> dict[str, Page]:
        return {page.id: page for page in self.pages}

    @cached_property
    def _step_of(self) -> dict[str, Step]:
        return {page.id: step for step in self.steps for page in step.pages}

    def page(self, page_id: str) -> Page | None:
        """The page with this id."""
        return self._pages_by_id.get(page_id)

    def page_of(self, question_id: str) -> Page:
        """The page a question is asked on."""
        return self._page_of[question_id]

    def step_of(self, page_id: str) -> Step:
        """The step a page belongs to."""
        return self._step_of[page_id]


@dataclass(frozen=True, slots=True)
class Derived:
    """A number worked out from one question."""

    question: str
    """The id of the question."""
    of: Callable[[Any, date], float | None]
    """Takes the answer and the day; returns a number, or None when unknown."""
    how: str
    """What it is of the answer, in words."""
    by_day: bool = False
    """Whether it may be another on another day."""


def age_years(born: str, on: date) -> float | None:
    """Whole years from a stored birth date to a day."""
    return age_on(date.fromisoformat(born), on)
