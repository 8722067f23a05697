"""What a patient's copy holds: every question asked and its answer in words, and the same for programs. Plain Python.

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
class Item:
    """One line of an answer that has several: an item of a scale, a medicine."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One question and its answer. `quiet`: there is no definite answer. With `items`, these are the answer, and
    `words` are what a scale says before its first item. `help` is the hint that stood under the question.
    """

    id: str
    question: str
    words: str
    quiet: bool
    items: tuple[Item, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class CopiedStep:
    """The questions of one step."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Since:
    """Answers told on a call after the form was sent, beside what was signed."""

    at: datetime
    lines: tuple[Line, ...]
    answers: dict[str, Answer]


@dataclass(frozen=True, slots=True)
class Signed:
    """The signature: whose name, when, under which words, read in which language. `note`: what is to be said of
    questions that were worded in another way then, or of what does not fit the signature.
    """

    name: str
    meaning: str
    at: datetime
    version: str
    note: str = ""
    locale: str = "en"


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text that the patient said they have read, as it was shown to them then."""

    id: str
    version: str
    locale: str
    sha256: str
    title: str
    passages: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """A form that was sent, as its patient may have it. `sent_on` is the day at the clinic."""

    questionnaire: str
    part: int | str
    version: str
    jurisdiction: str
    sent_at: datetime
    sent_on: date
    signed: Signed
    steps: tuple[CopiedStep, ...]
    answers: dict[str, Answer]
    since: tuple[Since, ...] = ()
    due: tuple[str, ...] = ()
    read: tuple[ReadText, ...] = ()
    advice: tuple[str, ...] = ()
    """What a help page said of an illness: its answers stand on the copy anyway, and tell no more than it."""


def copied_steps(reading: Reading, asked: Questionnaire, say: Say = str) -> tuple[CopiedStep, ...]:
    """Every question of a form that was asked and may be on a copy, step by step."""
    return may_be_copied(signed_steps(reading, asked, say), asked)


def signed_steps(reading: Reading, asked: Questionnaire, say: Say = str) -> tuple[CopiedStep, ...]:
    """Every question of a form that was asked, step by step: what is signed."""
    steps = []
    for step in asked.steps:
        lines = tuple(
            _line(question, reading.answers.get(question.id), reading.jurisdiction, say)
            for page in step.pages
            for question in _shown(page, reading)
        )
        if lines:
            steps.append(CopiedStep(say(step.name), lines))
    return tuple(steps)


def may_be_copied(steps: Iterable[CopiedStep], asked: Questionnaire) -> tuple[CopiedStep, ...]:
    """These without what a copy must not hold."""
    may = {question.id for question in _copied(asked)}
    left = (replace(step, lines=tuple(line for line in step.lines if line.id in may)) for step in steps)
    return tuple(step for step in left if step.lines)


def copied_answers(reading: Reading, asked: Questionnaire) -> dict[str, Answer]:
    """The answers behind these, as they are stored."""
    may = {question.id for question in _copied(asked)}
    return {name: answer for name, answer in reading.kept().items() if name in may}


def told_since(
    questionnaire: Questionnaire,
    at: datetime,
    answers: Mapping[str, Answer],
    jurisdiction: str,
    say: Say = str,
) -> Since:
    """What was told on one call, as far as a copy may hold it."""
    told = {
        question.id: answers[question.id] for question in _copied(questionnaire) if question.id in answers
    }
    lines = tuple(
        _line(questionnaire.questions[name], answer, jurisdiction, say) for name, answer in told.items()
    )
    return Since(at, lines, told)


def _copied(questionnaire: Questionnaire) -> Iterator[Question]:
    for step in questionnaire.steps:
        for page in step.copied_pages():
            yield from page.questions


def _shown(page: Page, reading: Reading) -> Iterator[Question]:
    # A birth date that opens a link is compared and never stored; the answer is another question's.
    return (question for question in reading.shown_questions(page) if not isinstance(question.kind, Identity))


def _line(question: Question, answer: Answer, jurisdiction: str, say: Say) -> Line:
    quiet = state_of(answer) is not State.ANSWERED
    items = () if quiet else items_of(question, answer, jurisdiction)
    words = _before_items(question, jurisdiction) if items else _answer(question, answer, jurisdiction)
    return Line(
        question.id,
        say(question.text.removesuffix(" (optional)")),
        say(words),
        quiet,
        tuple(Item(say(item.label), say(item.words)) for item in items),
        say(question.help or ""),
    )


def _answer(question: Question, answer: Answer, jurisdiction: str) -> str:
    """The answer in words. "None of these" means nothing without the list."""
    words = answer_words(question, answer, jurisdiction)
    if isinstance(question.kind, Choices) and answer == [NONE]:
        others = [label for code, label in question.kind.options.items() if code not in EXCLUSIVE]
        return Words("{label}: {words}", label=words, words=Words.listed("; ", others))
    return words


def _before_items(question: Question, jurisdiction: str) -> str:
    """What stands above a scale, as one text."""
    if not isinstance(question.kind, Scale):
        return ""
    return InEnglish(" ".join(question.kind.instrument.above(jurisdiction)))


def items_of(question: Question, answer: Answer, jurisdiction: str) -> tuple[Item, ...]:
    """An answer of several lines, line by line: of a scale, what was picked for each item, and no total."""
    if is_blank(answer) or (isinstance(answer, str) and answer in STATES):
        return ()
    match question.kind:
        case Scale() as kind:
            open_items = kind.blank_items(answer)
            return tuple(
                Item(
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
                Item(
                    Words("{item} {number}", item=kind.item_name.capitalize(), number=number),
                    kind.entry_lines(entry, jurisdiction),
                )
                for number, entry in enumerate(answer, 1)
            )
        case Rows() as kind:
            return tuple(
                Item(label, kind.options[answer[row]] if answer.get(row) else NOT_ANSWERED)
                for row, label in kind.rows.items()
            )
        case _:
            return ()


def for_programs(copy: Copy, say: Say = str) -> dict[str, Any]:
    """The same as JSON: the case as `flask screen` reads it, and beside it the words."""
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
