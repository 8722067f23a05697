"""Questions on pages in steps: what is shown when, and reading one posted page as a whole.

The server decides what is shown, required and kept. A page is read in one go, in the order it is asked, because
whether a question is shown may depend on the one above it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

from .answers import STATES, Answer, Answers, is_blank
from .conditions import NONE, Expression, Has, In, Leaf, NotIn, NoValue, Row, Truth
from .kinds import Choice, Group, Kind, Measure, Posted, Refused, Rows, Scale, Statement, Text, age_on, one
from .notices import Notice
from .wording import Words


@dataclass(frozen=True, slots=True)
class Question:
    """One question, declared once. Form field, check, pages, export column and dictionary all derive from it.

    `id` is stable and never reused. `text` is its one wording: seen, read aloud, signed, printed and exported.
    `exit` is the way out of a typed question: state to label. `missing` is said when a required question is left empty.
    `seed` quotes the mission article it answers; `use` says who does what with it.
    `example` is shown when a box could not be taken twice, where its kind knows none.
    `on_copy` is false for what must never be on a copy that somebody else may find; see copied_pages.
    `notice` is a text that helps to answer it; whoever ticks a statement says that they have read it.
    """

    id: str
    text: str
    kind: Kind
    help: str | None = None
    required: bool = True
    show_if: Expression | None = None
    exit: Mapping[str, str] = field(default_factory=dict)
    missing: str | None = None
    example: str | None = None
    seed: str | None = None
    use: str | None = None
    card: str | None = None
    also_on: tuple[str, ...] = ()
    on_copy: bool = True
    notice: Notice | None = None

    @property
    def label(self) -> str:
        """Its wording where an answer or a message stands beside it: messages, the check page, copies, staff pages."""
        return self.text.removesuffix(" (optional)")

    @property
    def exit_name(self) -> str:
        """The form name of the way out."""
        return f"{self.id}-exit"

    def at(self, group: str, index: int) -> Question:
        """This column of a group, as the question of one entry's form."""
        return dataclasses.replace(self, id=f"{group}-{index}-{self.id}")

    def form_names(self) -> tuple[str, ...]:
        """Every form name that belongs to it."""
        names = self.kind.parts(self)
        return (*names, self.exit_name) if self.exit else names


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `intro` are lines said before the questions.

    `lines`: its yes-or-no questions stand close together, each whole in a few words, and are answered in a row.
    """

    id: str
    title: str
    questions: tuple[Question, ...]
    intro: tuple[str, ...] = ()
    lines: bool = False

    def is_line(self, question: Question) -> bool:
        """Whether a question is one of its lines."""
        return self.lines and isinstance(question.kind, Choice) and question.kind.lines


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the task list. A `private` step may be asked by voice instead."""

    id: str
    name: str
    group: str
    pages: tuple[Page, ...]
    private: bool = False

    def questions(self) -> Iterator[Question]:
        """Its questions, in order."""
        for page in self.pages:
            yield from page.questions

    def copied_pages(self) -> Iterator[Page]:
        """The pages on a patient's copy. One that asks something left off is left off whole: a gap would tell."""
        yield from (page for page in self.pages if all(question.on_copy for question in page.questions))


@dataclass(frozen=True)
class Questionnaire:
    """All steps of one form. `derived` names may stand in conditions: name to (question, how to work it out)."""

    id: str
    version: str
    steps: tuple[Step, ...]
    derived: Mapping[str, Derived] = field(default_factory=dict)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Every page, in order."""
        return tuple(page for step in self.steps for page in step.pages)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by id, in order."""
        return {question.id: question for page in self.pages for question in page.questions}

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """The texts that are ticked as read in it."""
        found = (q.notice for q in self.questions.values() if q.notice and isinstance(q.kind, Statement))
        return tuple(dict.fromkeys(found))

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
    """A name worked out from one question: `of(answer, on)` gives a number, or None when unknown."""

    question: str
    of: Any


DUE = "fu_due"
"""Scales due at a check-in (phq9, gad7, peg). Set by the schedule beside the answers, never asked."""


class Reading:
    """One person's answers read against a questionnaire on a date. Works everything out once, when asked."""

    __slots__ = ("_applies", "answers", "due", "jurisdiction", "on", "questionnaire")

    def __init__(
        self,
        questionnaire: Questionnaire,
        answers: Answers,
        on: date,
        jurisdiction: str = "US",
        due: Sequence[str] = (),
    ) -> None:
        self.questionnaire = questionnaire
        self.answers = answers
        self.on = on
        self.jurisdiction = jurisdiction
        # What the check-in schedule set. Never blank: nothing due is an answer too.
        self.due = list(due) or ["none"]
        self._applies = questionnaire.always.copy()

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
            return derived.of(value, self.on)  # type: ignore[no-any-return]
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
        return [question for question in page.questions if self.shown(question.id)]

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


def age_years(born: str, on: date) -> float | None:
    """Whole years from a stored birth date to a day."""
    return age_on(date.fromisoformat(born), on)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend: which question, the message, and the form name its link goes to.

    `again`: the same field could not be taken the last time either. That is not stored: a page that comes back names
    the fields to mend in a hidden `again`, which is posted with it. So it needs no script, and a field that is right,
    or a page that is opened anew, starts afresh.
    """

    question: str
    text: str
    target: str
    again: bool = False


Typed: TypeAlias = dict[str, list[str]]
"""What was typed into one question, by form name."""


@dataclass(frozen=True, slots=True)
class PageRead:
    """What came of a posted page.

    `answers` are all answers with the page's good ones in; its hidden ones stay as they were, for a change of mind, and
    are dropped when the form is sent. `problems` are to be mended.
    `refused` tells that something could not be taken as it is. `unread` is what was typed into questions with something
    that is not among the answers: question id to its form values. `opened` are questions this post brought up, not seen
    before. `soft` are answers far from usual: question id to what the patient told us.
    """

    answers: dict[str, Answer]
    problems: tuple[Problem, ...]
    refused: bool
    opened: tuple[str, ...]
    soft: Mapping[str, str]
    unread: Mapping[str, Typed] = field(default_factory=dict)


def read_page(
    questionnaire: Questionnaire,
    page: Page,
    posted: Posted,
    before: Answers,
    on: date,
    jurisdiction: str = "US",
    due: Sequence[str] = (),
) -> PageRead:
    """Read one posted page against what is already stored."""
    earlier = Reading(questionnaire, before, on, jurisdiction, due)
    seen = {q.id for q in page.questions if earlier.shown(q.id)} | set(posted.get("opened", ()))
    answers = {key: value for key, value in before.items() if key not in {q.id for q in page.questions}}
    problems: list[Problem] = []
    opened: list[str] = []
    hidden: dict[str, Answer] = {}
    refused = False
    unread: dict[str, Typed] = {}
    for question in page.questions:
        if not Reading(questionnaire, answers, on, jurisdiction, due).shown(question.id):
            if question.id in before:
                hidden[question.id] = before[question.id]
            continue
        try:
            answer = read_question(question, posted, on)
            if not is_blank(answer):
                answers[question.id] = answer
        except Refused as refusal:
            refused = True
            if refusal.unread:
                unread[question.id] = _typed(question, posted)
            problems += [Problem(question.id, each.message, each.part) for each in refusal.each()]
            if refusal.kept is not None:
                answers[question.id] = refusal.kept
            elif question.id in before:
                # What was saved earlier stands until something better takes its place.
                answers[question.id] = before[question.id]
            continue
        if question.required and is_open(question, answer):
            if question.id in seen:
                problems.extend(_unanswered(question, answer))
            else:
                opened.append(question.id)
    for question in page.questions:
        try:
            question.kind.check_together(question, answers)
        except Refused as refusal:
            refused = True
            unread[question.id] = _typed(question, posted)
            del answers[question.id]
            problems.append(Problem(question.id, refusal.message, refusal.part))
    soft = {
        question.id: asked
        for question in page.questions
        if question.id in answers and (asked := unusual(question, answers))
    }
    named = set(posted.get("again", ()))
    marked = tuple(replace(it, again=field_of(questionnaire, it) in named) for it in problems)
    return PageRead(answers | hidden, marked, refused, tuple(opened), soft, unread)


def _typed(question: Question, posted: Posted) -> Typed:
    """What stands in the boxes of a question, those left empty apart."""
    return {
        name: [*texts] for name in question.form_names() if any(map(str.strip, texts := posted.get(name, ())))
    }


def unusual(question: Question, answers: Answers) -> str | None:
    """What the patient told us, when their answer is far from usual and so to be asked once more; else None."""
    answer = answers.get(question.id)
    if is_blank(answer) or (isinstance(answer, str) and answer in STATES):
        return None
    return question.kind.soft(question, answer, answers)


def field_of(questionnaire: Questionnaire, problem: Problem) -> str:
    """The field to mend, by its form name: a question, or one line or box of a question of many."""
    question = questionnaire.questions.get(problem.question)
    return question.kind.field(question, problem.target) if question else problem.target


def read_question(question: Question, posted: Posted, on: date) -> Answer:
    """The stored value of one posted question, or the way out that was picked; None when left empty. Raises Refused."""
    answer = question.kind.read(question, posted, on)
    way_out = one(question.exit_name, posted) if question.exit else ""
    if not way_out:
        return answer
    if way_out not in question.exit:
        offered = Words("Pick one of the answers offered for “{label}”", label=question.label)
        raise Refused(offered, question.exit_name)
    if not is_blank(answer):
        both = Words(
            "You gave an answer and picked “{label}”. Pick one or the other", label=question.exit[way_out]
        )
        raise Refused(both, question.id)
    return way_out


def _unanswered(question: Question, answer: Answer) -> list[Problem]:
    kind = question.kind
    if isinstance(kind, Scale):
        return [
            Problem(
                question.id,
                Words("Pick an answer for question {item}", item=item),
                f"{question.id}-{item}",
            )
            for item in kind.blank_items(answer)
        ]
    if isinstance(kind, Rows):
        return [
            Problem(
                question.id, Words("Pick one for “{label}”", label=kind.rows[row]), f"{question.id}-{row}"
            )
            for row in kind.blank_rows(answer)
        ]
    return [Problem(question.id, kind.empty(question), kind.parts(question)[0])]


def condition_json(question: Question, page: Page, reading: Reading) -> Any:
    """The question's show_if for the page's own script: leaves on this page as they are, all others worked out."""
    here = {q.id for q in page.questions}

    def leaf(part: Leaf) -> Any:
        match part:
            case In(name=name, wanted=wanted) if name in here:
                return {"q": name, "in": list(wanted)}
            case NotIn(name=name, unwanted=unwanted) if name in here:
                return {"q": name, "not_in": list(unwanted)}
            case Has(name=name, wanted=wanted) if name in here:
                return {"q": name, "has_any": list(wanted)}
            case Row(name=name, wanted=wanted) if name in here and _asks_every_row(page, part):
                return {"q": name, "in": list(wanted)}
            case _:
                return part.truth(reading)

    return True if question.show_if is None else question.show_if.as_json(leaf)


def _asks_every_row(page: Page, row: Row) -> bool:
    """Whether it is about any line of a question at all: the script knows what was picked, not on which line."""
    kind = next(question.kind for question in page.questions if question.id == row.name)
    return isinstance(kind, Rows) and set(row.rows) == set(kind.rows)
