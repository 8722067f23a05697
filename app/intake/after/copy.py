"""A patient's copy of a form: every question asked and its answer in words, and the same as JSON. Plain Python.

It is made from the declarations and the answers alone, so a flag, a total, a note or the name of a rule has no way in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from app.intake.after.copied_answers import CopiedAnswer, copied_answer
from app.questionnaire.answers import Answer
from app.questionnaire.countries import Country
from app.questionnaire.crisis_contacts import HELP_NOW
from app.questionnaire.kinds import Identity
from app.questionnaire.notices import ShownPassage
from app.questionnaire.pages import Page, Question, Questionnaire
from app.questionnaire.reading import Reading
from app.questionnaire.wording import Message, Translate

FORMAT = "foreroom-copy-1"
LEFT_OFF = Message(
    "A few private questions are never put on a copy, so that nobody else can read them there. "
    "To see all you told us, ask us."
)
"""Said on every copy, whatever was asked: so it tells nothing."""


@dataclass(frozen=True, slots=True)
class CopiedStep:
    """The questions of one step."""

    name: str
    """The name of the step."""
    lines: tuple[CopiedAnswer, ...]
    """Its questions that were asked, in order, with their answers."""


@dataclass(frozen=True, slots=True)
class AnswersByPhone:
    """Answers given on a call after the form was sent, beside what was signed. Its fields are keys of the JSON copy."""

    at: datetime
    """When they were written down, aware."""
    lines: tuple[CopiedAnswer, ...]
    """The questions, with their answers in words."""
    answers: dict[str, Answer]
    """The same as they are stored, by question id."""


@dataclass(frozen=True, slots=True)
class CopiedSignature:
    """The signature under a form that was sent."""

    name: str
    """As it was typed."""
    meaning: str
    """The statement that was signed."""
    at: datetime
    """When it was signed, aware."""
    version: str
    """The version of the questions that were signed."""
    note: str = ""
    """A sentence on questions that were worded in another way then, or on what does not fit the signature; "" else."""
    locale: str = "en"
    """The language that the form was signed in."""


@dataclass(frozen=True, slots=True)
class AcknowledgedNotice:
    """A notice that the patient ticked as read, as it was shown to them then."""

    id: str
    """The notice's id."""
    version: str
    """The version that was shown."""
    locale: str
    """The language it was shown in."""
    sha256: str
    """The hash that the signature binds."""
    title: str
    """Its title, in that language."""
    passages: tuple[ShownPassage, ...]
    """Its passages, in that language and for the clinic's country."""


@dataclass(frozen=True, slots=True)
class FormCopy:
    """A form that was sent, as its patient may have it."""

    questionnaire: str
    """The questionnaire's id."""
    part: int | str
    """The part of the rules that the form is judged by."""
    version: str
    """The version of the questions."""
    jurisdiction: Country
    """The clinic's country."""
    sent_at: datetime
    """When it was sent, aware."""
    sent_on: date
    """The day at the clinic on which it was sent."""
    signed: CopiedSignature
    """The signature under it."""
    steps: tuple[CopiedStep, ...]
    """The steps that were asked, in order, with their answers."""
    answers: dict[str, Answer]
    """The answers on the copy as they are stored, by question id."""
    since: tuple[AnswersByPhone, ...] = ()
    """What was told on calls after it was sent, oldest first."""
    due: tuple[str, ...] = ()
    """The scales that a check-in asked."""
    read: tuple[AcknowledgedNotice, ...] = ()
    """The notices that were ticked as read."""
    advice: tuple[str, ...] = ()
    """Sentences of help pages about an illness: its answers are on the copy anyway, and tell no more than it."""


def copied_steps(
    reading: Reading, asked: Questionnaire, translate: Translate = str
) -> tuple[CopiedStep, ...]:
    """Every question of a form that was asked and may be on a copy, step by step."""
    return without_private_answers(signed_steps(reading, asked, translate), asked)


def signed_steps(
    reading: Reading, asked: Questionnaire, translate: Translate = str
) -> tuple[CopiedStep, ...]:
    """Every question of a form that was asked, step by step: what is signed."""
    steps = []
    for step in asked.steps:
        lines = tuple(
            copied_answer(question, reading.answers.get(question.id), reading.jurisdiction, translate)
            for page in step.pages
            for question in _shown_questions(page, reading)
        )
        if lines:
            steps.append(CopiedStep(translate(step.name), lines))
    return tuple(steps)


def without_private_answers(steps: Iterable[CopiedStep], asked: Questionnaire) -> tuple[CopiedStep, ...]:
    """The steps without the private questions that a copy must not hold."""
    may = {question.id for question in _copied_questions(asked)}
    left = (replace(step, lines=tuple(line for line in step.lines if line.id in may)) for step in steps)
    return tuple(step for step in left if step.lines)


def copied_answers(reading: Reading, asked: Questionnaire) -> dict[str, Answer]:
    """The answers of a form that may be on a copy, as they are stored, by question id."""
    may = {question.id for question in _copied_questions(asked)}
    return {name: answer for name, answer in reading.kept().items() if name in may}


def answers_by_phone(
    questionnaire: Questionnaire,
    at: datetime,
    answers: Mapping[str, Answer],
    jurisdiction: Country,
    translate: Translate = str,
) -> AnswersByPhone:
    """The answers of one call that may be on a copy."""
    told = {
        question.id: answers[question.id]
        for question in _copied_questions(questionnaire)
        if question.id in answers
    }
    lines = tuple(
        copied_answer(questionnaire.questions[name], answer, jurisdiction, translate)
        for name, answer in told.items()
    )
    return AnswersByPhone(at, lines, told)


def _copied_questions(questionnaire: Questionnaire) -> Iterator[Question]:
    for step in questionnaire.steps:
        for page in step.copied_pages():
            yield from page.questions


def _shown_questions(page: Page, reading: Reading) -> Iterator[Question]:
    # A birth date that opens a link is compared and never stored; the answer is another question's.
    return (question for question in reading.shown_questions(page) if not isinstance(question.kind, Identity))


def copy_document(copy: FormCopy, translate: Translate = str) -> dict[str, Any]:
    """The copy as a JSON object: the case as `flask screen` reads it, and beside it the words."""
    return {
        "format": FORMAT,
        "questionnaire": {"id": copy.questionnaire, "version": copy.version},
        "sent_at": copy.sent_at.isoformat(),
        "signed": {
            "name": copy.signed.name,
            "meaning": copy.signed.meaning,
            "at": copy.signed.at.isoformat(),
            "version": copy.signed.version,
        },
        "help": translate(HELP_NOW[copy.jurisdiction]),
        "advice": list(copy.advice),
        "left_off": translate(LEFT_OFF),
        "case": {
            "submitted_on": copy.sent_on.isoformat(),
            "jurisdiction": copy.jurisdiction,
            "parts": [copy.part],
            **({"fu_due": list(copy.due)} if copy.due else {}),
            "answers": copy.answers,
        },
        "read": [
            {"id": one.id, "version": one.version, "locale": one.locale, "sha256": one.sha256}
            for one in copy.read
        ],
        "told": [asdict(step) for step in copy.steps],
        "told_since": [asdict(one) | {"at": one.at.isoformat()} for one in copy.since],
    }
