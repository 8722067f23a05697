"""One posted page, read as a whole: what of it is kept, what is to be mended, and what it brings up.

The server decides what is shown, required and kept. A page is read in one go, in the order it is asked, because
whether a question is shown may depend on the one above it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeAlias

from .answers import STATES, Answer, Answers, is_blank
from .conditions import Has, In, Leaf, NotIn, Row
from .interruption_triggers import picked_danger
from .kinds import InvalidAnswer, Posted, Rows, Scale, single_value
from .pages import Page, Question, Questionnaire
from .reading import Reading, ReadingOnDemand, is_open
from .wording import Message


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend on a page."""

    question: str
    """The id of the question."""
    text: str
    """How to mend it."""
    target: str
    """The form name that its link goes to."""
    again: bool = False
    """Whether the same field could not be taken the last time either. That is not stored: a page that comes back names
    the fields to mend in a hidden `again`, which is posted with it. So it needs no script, and a field that is right,
    or a page that is opened anew, starts afresh."""


TypedValues: TypeAlias = dict[str, list[str]]
"""What was typed into one question, by form name."""


@dataclass(frozen=True, slots=True)
class PageRead:
    """The result of reading one posted page."""

    answers: dict[str, Answer]
    """All answers, with the valid ones of this page in. Hidden ones stay as they were, for a change of mind, and are
    dropped when the form is sent.
    """
    problems: tuple[Problem, ...]
    """What has to be corrected, in the order asked."""
    refused: bool
    """Whether any posted value was invalid."""
    opened: tuple[str, ...]
    """Ids of questions that this post made visible."""
    soft: Mapping[str, str]
    """Answers far from usual: question id to the answer in words, for the patient to confirm."""
    unread: Mapping[str, TypedValues] = field(default_factory=dict)
    """Typed values of questions with something that is not among the answers: question id to its form values."""


def read_page(page: Page, posted: Posted, earlier: Reading) -> PageRead:
    """Read one posted page.

    `earlier` is a reading of the answers stored before, with the questionnaire, day, jurisdiction and due scales that
    the page is read with.
    """
    questionnaire, before, on = earlier.questionnaire, earlier.answers, earlier.on
    here = {q.id for q in page.questions}
    seen = {name for name in here if earlier.shown(name)} | set(posted.get("opened", ()))
    answers = {key: value for key, value in before.items() if key not in here}
    problems: list[Problem] = []
    opened: list[str] = []
    hidden: dict[str, Answer] = {}
    refused = False
    unread: dict[str, TypedValues] = {}
    for question in page.questions:
        if question.show_if is not None and not ReadingOnDemand(
            questionnaire, answers, on, earlier.jurisdiction, earlier.due
        ).shown(question.id):
            if question.id in before:
                hidden[question.id] = before[question.id]
            continue
        try:
            answer = read_question(question, posted, on)
            if not is_blank(answer):
                answers[question.id] = answer
        except InvalidAnswer as refusal:
            refused = True
            if refusal.unread:
                unread[question.id] = _typed(question, posted)
            problems += [Problem(question.id, each.message, each.part) for each in refusal.each()]
            if refusal.kept is not None:
                answers[question.id] = refusal.kept
            elif (danger := picked_danger(question, posted)) is not None:
                # Help does not wait until it is cleared up whether it was meant.
                answers[question.id] = danger
            elif question.id in before:
                # What was saved earlier stands until something better takes its place.
                answers[question.id] = before[question.id]
            continue
        if question.required and is_open(question, answer):
            if question.id in seen:
                problems.extend(_unanswered(question, answer))
            else:
                opened.append(question.id)
    for question, misfit in _unfit(page, answers):
        refused = True
        pair = [each for each in page.questions if each.id in (question.id, *question.kind.together())]
        # Beside one that could not be read stands its older answer, which says nothing of the other.
        stale = [each for each in pair if any(problem.question == each.id for problem in problems)]
        for each in stale or pair:
            unread[each.id] = _typed(each, posted)
            del answers[each.id]
        if not stale:
            problems.append(Problem(question.id, misfit.message, misfit.part))
    soft = {
        question.id: asked
        for question in page.questions
        if question.id in answers and (asked := unusual(question, answers | hidden))
    }
    named = set(posted.get("again", ()))
    marked = tuple(replace(it, again=field_of(questionnaire, it) in named) for it in problems)
    return PageRead(answers | hidden, marked, refused, tuple(opened), soft, unread)


def _unfit(page: Page, answers: Answers) -> Iterator[tuple[Question, InvalidAnswer]]:
    """The questions of a page whose answers do not fit those they make one answer with, and what to say of it."""
    for question in page.questions:
        try:
            question.kind.check_together(question, answers)
        except InvalidAnswer as refusal:
            yield question, refusal


def told_apart(questionnaire: Questionnaire, problems: Sequence[Problem]) -> list[Problem]:
    """The problems as lines of one list: where two say the same, each says first which question it is of."""
    said = Counter(problem.text for problem in problems)
    asked = questionnaire.questions
    return [
        replace(it, text=Message("“{label}”: {message}", label=asked[it.question].label, message=it.text))
        if said[it.text] > 1 and it.question in asked
        else it
        for it in problems
    ]


def _typed(question: Question, posted: Posted) -> TypedValues:
    """What stands in the boxes of a question, those left empty apart."""
    return {
        name: [*texts] for name in question.form_names() if any(map(str.strip, texts := posted.get(name, ())))
    }


def unusual(question: Question, answers: Answers) -> str | None:
    """The answer in words, for the patient to confirm, when it is far from usual; else None."""
    answer = answers.get(question.id)
    if is_blank(answer) or (isinstance(answer, str) and answer in STATES):
        return None
    return question.kind.soft(question, answer, answers)


def field_of(questionnaire: Questionnaire, problem: Problem) -> str:
    """The field to mend, by its form name: a question, or one line or box of a question of many."""
    question = questionnaire.questions.get(problem.question)
    return question.kind.field(question, problem.target) if question else problem.target


def read_question(question: Question, posted: Posted, on: date) -> Answer:
    """The stored value of one posted question, or the way out that was picked; None when left empty.

    Raises InvalidAnswer.
    """
    answer = question.kind.read(question, posted, on)
    way_out = single_value(question.exit_name, posted) if question.exit else ""
    if not way_out:
        return answer
    if way_out not in question.exit:
        offered = Message("Pick one of the answers offered for “{label}”", label=question.label)
        raise InvalidAnswer(offered, question.exit_name)
    if not is_blank(answer):
        both = Message(
            "You gave an answer and picked “{label}”. Pick one or the other", label=question.exit[way_out]
        )
        raise InvalidAnswer(both, question.id)
    return way_out


def _unanswered(question: Question, answer: Answer) -> list[Problem]:
    kind = question.kind
    if isinstance(kind, Scale):
        return [
            Problem(
                question.id,
                Message("Pick an answer for question {item}", item=item),
                f"{question.id}-{item}",
            )
            for item in kind.blank_items(answer)
        ]
    if isinstance(kind, Rows):
        return [
            Problem(
                question.id, Message("Pick one for “{label}”", label=kind.rows[row]), f"{question.id}-{row}"
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
