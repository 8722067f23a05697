"""A patient's copy of a form: every question asked and its answer in words, and the same as JSON. Plain Python.

It is made from the declarations and the answers alone, so a flag, a total, a note or the name of a rule has no way in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from app.questionnaire.answers import STATE_WORDS, STATES, Answer, State, is_blank, state_of
from app.questionnaire.countries import Country
from app.questionnaire.kinds import EXCLUSIVE, Choices, Group, Identity, Rows, Scale, answer_words
from app.questionnaire.notices import Shown
from app.questionnaire.pages import Page, Question, Questionnaire
from app.questionnaire.reading import Reading
from app.questionnaire.wording import InEnglish, Say, Words

FORMAT = "foreroom-copy-1"
NOT_ANSWERED = STATE_WORDS[State.BLANK]
NONE = "none"
"""What is picked for "None of these"."""
HELP_NOW: Mapping[str, Words] = {
    Country.US: Words(
        "If you need help now, call 911. To talk to someone, call or text 988. It is free, day and night."
    ),
    Country.UK: Words(
        "If you need help now, call 999. To talk to someone, call Samaritans on 116 123, or NHS 111 and pick the "
        "mental health option. It is free, day and night."
    ),
}
"""Said first on every copy, whatever was answered: so it tells nothing to whoever finds one."""
LEFT_OFF = Words(
    "A few private questions are never put on a copy, so that nobody else can read them there. "
    "To see all you told us, ask us."
)
"""Said on every copy, whatever was asked: so it tells nothing."""


@dataclass(frozen=True, slots=True)
class CopiedItem:
    """One line of an answer that has several: an item of a scale, a medicine. Its fields are keys of the JSON copy."""

    label: str
    """The item asked, or "Medicine 2"."""
    words: str
    """The answer to it, in words."""


@dataclass(frozen=True, slots=True)
class CopiedAnswer:
    """One question and its answer. Its fields are keys of the JSON copy and of a sealed signature."""

    id: str
    """The question's id."""
    question: str
    """The question as it was asked."""
    words: str
    """The answer in words; of a scale, the text above its first item."""
    quiet: bool
    """Whether there is no definite answer."""
    items: tuple[CopiedItem, ...] = ()
    """The answer line by line, where it has several."""
    help: str = ""
    """The hint under the question."""


@dataclass(frozen=True, slots=True)
class CopiedStep:
    """The questions of one step."""

    name: str
    lines: tuple[CopiedAnswer, ...]


@dataclass(frozen=True, slots=True)
class AnswersByPhone:
    """Answers given on a call after the form was sent, beside what was signed. Its fields are keys of the JSON copy."""

    at: datetime
    lines: tuple[CopiedAnswer, ...]
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
    version: str
    locale: str
    """The language it was shown in."""
    sha256: str
    """The hash that the signature binds."""
    title: str
    passages: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class FormCopy:
    """A form that was sent, as its patient may have it."""

    questionnaire: str
    """The questionnaire's id."""
    part: int | str
    """The part of the rules that the form is judged by."""
    version: str
    """The version of the questions."""
    jurisdiction: str
    """The clinic's country."""
    sent_at: datetime
    sent_on: date
    """The day at the clinic on which it was sent."""
    signed: CopiedSignature
    steps: tuple[CopiedStep, ...]
    answers: dict[str, Answer]
    """The answers on the copy as they are stored, by question id."""
    since: tuple[AnswersByPhone, ...] = ()
    due: tuple[str, ...] = ()
    """The scales that a check-in asked."""
    read: tuple[AcknowledgedNotice, ...] = ()
    advice: tuple[str, ...] = ()
    """Sentences of help pages about an illness: its answers are on the copy anyway, and tell no more than it."""


def copied_steps(reading: Reading, asked: Questionnaire, say: Say = str) -> tuple[CopiedStep, ...]:
    """Every question of a form that was asked and may be on a copy, step by step."""
    return without_private_answers(signed_steps(reading, asked, say), asked)


def signed_steps(reading: Reading, asked: Questionnaire, say: Say = str) -> tuple[CopiedStep, ...]:
    """Every question of a form that was asked, step by step: what is signed."""
    steps = []
    for step in asked.steps:
        lines = tuple(
            _copied_answer(question, reading.answers.get(question.id), reading.jurisdiction, say)
            for page in step.pages
            for question in _shown_questions(page, reading)
        )
        if lines:
            steps.append(CopiedStep(say(step.name), lines))
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
    jurisdiction: str,
    say: Say = str,
) -> AnswersByPhone:
    """The answers of one call that may be on a copy."""
    told = {
        question.id: answers[question.id]
        for question in _copied_questions(questionnaire)
        if question.id in answers
    }
    lines = tuple(
        _copied_answer(questionnaire.questions[name], answer, jurisdiction, say)
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


def _copied_answer(question: Question, answer: Answer, jurisdiction: str, say: Say) -> CopiedAnswer:
    quiet = state_of(answer) is not State.ANSWERED
    items = () if quiet else answer_items(question, answer, jurisdiction)
    words = _before_items(question, jurisdiction) if items else _words_of(question, answer, jurisdiction)
    return CopiedAnswer(
        question.id,
        say(question.text.removesuffix(" (optional)")),
        say(words),
        quiet,
        tuple(CopiedItem(say(item.label), say(item.words)) for item in items),
        say(question.help or ""),
    )


def _words_of(question: Question, answer: Answer, jurisdiction: str) -> str:
    """The answer in words. "None of these" means nothing without the list."""
    words = answer_words(question, answer, jurisdiction)
    if isinstance(question.kind, Choices) and answer == [NONE]:
        others = [label for code, label in question.kind.options.items() if code not in EXCLUSIVE]
        return Words("{label}: {words}", label=words, words=Words.listed("; ", others))
    return words


def _before_items(question: Question, jurisdiction: str) -> str:
    """The text above the first item of a scale; empty for other kinds."""
    if not isinstance(question.kind, Scale):
        return ""
    return InEnglish(" ".join(question.kind.instrument.above(jurisdiction)))


def answer_items(question: Question, answer: Answer, jurisdiction: str) -> tuple[CopiedItem, ...]:
    """An answer of several lines, line by line, and no total of a scale. Empty for an answer of one line."""
    if is_blank(answer) or (isinstance(answer, str) and answer in STATES):
        return ()
    match question.kind:
        case Scale() as kind:
            open_items = kind.blank_items(answer)
            return tuple(
                CopiedItem(
                    InEnglish(kind.instrument.asked(number, jurisdiction)),
                    NOT_ANSWERED
                    if score is None
                    else InEnglish(kind.instrument.choices(number, jurisdiction)[score]),
                )
                for number, score in enumerate(answer, 1)
                if score is not None or number in open_items
            )  # fmt: skip
        case Group() as kind:
            return tuple(
                CopiedItem(
                    Words("{item} {number}", item=kind.item_name.capitalize(), number=number),
                    kind.entry_lines(entry, jurisdiction),
                )
                for number, entry in enumerate(answer, 1)
            )
        case Rows() as kind:
            return tuple(
                CopiedItem(label, kind.options[answer[row]] if answer.get(row) else NOT_ANSWERED)
                for row, label in kind.rows.items()
            )
        case _:
            return ()


def copy_document(copy: FormCopy, say: Say = str) -> dict[str, Any]:
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
        "help": say(HELP_NOW[copy.jurisdiction]),
        "advice": list(copy.advice),
        "left_off": say(LEFT_OFF),
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
