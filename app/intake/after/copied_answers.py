"""One question of a copy, and its answer in words. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from app.questionnaire.answers import STATE_WORDS, STATES, Answer, State, is_blank, state_of
from app.questionnaire.countries import Country
from app.questionnaire.kinds import Choice, Choices, Group, Rows, Scale, answer_words
from app.questionnaire.pages import Question
from app.questionnaire.wording import Message, Translate, Untranslatable

NOT_ANSWERED = STATE_WORDS[State.BLANK]
NONE = "none"
"""What is picked for "None of these"."""


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


def copied_answer(
    question: Question, answer: Answer, jurisdiction: Country, translate: Translate
) -> CopiedAnswer:
    """One question and its answer, translated by `translate`."""
    code = isinstance(answer, str) and isinstance(question.kind, Choice) and answer in question.kind.options
    if answer is None or code:
        return _kept_line(question, answer, jurisdiction, translate)
    return _line(question, answer, jurisdiction, translate)


def _line(question: Question, answer: Answer, jurisdiction: Country, translate: Translate) -> CopiedAnswer:
    quiet = state_of(answer) is not State.ANSWERED
    items = () if quiet else answer_items(question, answer, jurisdiction)
    words = _before_items(question, jurisdiction) if items else _words_of(question, answer, jurisdiction)
    return CopiedAnswer(
        question.id,
        translate(question.text.removesuffix(" (optional)")),
        translate(words),
        quiet,
        tuple(CopiedItem(translate(item.label), translate(item.words)) for item in items),
        translate(question.help or ""),
    )


# Most answers are one of a few that the question declares, and nobody's own words: "No" to a pregnancy reads one way.
_kept_line = lru_cache(maxsize=8192)(_line)


def _words_of(question: Question, answer: Answer, jurisdiction: Country) -> str:
    """The answer in words. "None of these" means nothing without the list."""
    words = answer_words(question, answer, jurisdiction)
    kind = question.kind
    if isinstance(kind, Choices) and kind.denies(answer):
        asked = [label for code, label in kind.items().items() if answer == [NONE] or code in answer]
        return Message("{label}: {words}", label=kind.options[NONE], words=Message.listed("; ", asked))
    return words


def _before_items(question: Question, jurisdiction: Country) -> str:
    """The text above the first item of a scale; empty for other kinds."""
    if not isinstance(question.kind, Scale):
        return ""
    return Untranslatable(" ".join(question.kind.instrument.above(jurisdiction)))


def answer_items(question: Question, answer: Answer, jurisdiction: Country) -> tuple[CopiedItem, ...]:
    """An answer of several lines, line by line, and no total of a scale. Empty for an answer of one line."""
    if is_blank(answer) or (isinstance(answer, str) and answer in STATES):
        return ()
    match question.kind:
        case Scale() as kind:
            open_items = kind.blank_items(answer)
            return tuple(
                CopiedItem(
                    Untranslatable(kind.instrument.asked(number, jurisdiction)),
                    NOT_ANSWERED
                    if score is None
                    else Untranslatable(kind.instrument.choices(number, jurisdiction)[score]),
                )
                for number, score in enumerate(answer, 1)
                if score is not None or number in open_items
            )  # fmt: skip
        case Group() as kind:
            return tuple(
                CopiedItem(
                    Message("{item} {number}", item=kind.item_name.capitalize(), number=number),
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
