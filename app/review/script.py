"""The phone script: what is still to be asked, and how each question is asked on a call. Plain Python.

A line is the sentence of a rule that could not be decided, with the questions behind it that hold no definite answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from app.questionnaire.answers import STATES, State, state_of
from app.questionnaire.kinds import Choice, Choices, Day, Identity, Measure, Number, Posted, answer_words
from app.questionnaire.pages import Question, Reading
from app.questionnaire.whole import WHOLE
from app.review.cards import Frozen, title_of
from app.screening.factbook import FACTS
from app.screening.facts import Computed, Entered, Tri
from app.screening.rules import LEVEL_ORDER, Level

STILL_NOT_KNOWN = "Still not known"
LEAVE_EMPTY = "Leave this empty while it is still not known."
FROM_LISTS = {"meds": ("meds_how", "medicines"), "allergy": ("allergy_any", "allergies")}
"""What facts worked out from a list are asked by: the first part of their key, to its questions."""


@dataclass(frozen=True, slots=True)
class Open:
    """A question that was asked and holds no definite answer; `words` say how it stands, `anchor` is its id.

    `ask` is the question as it is put on a call: None when it cannot be asked in one go. `above`: an earlier line of
    the script asks it.
    """

    question: str
    words: str
    anchor: str
    ask: Question | None
    above: bool


@dataclass(frozen=True, slots=True)
class Ask:
    """A line of the phone script: the sentence to say, what it would come to, and the answers that leave it open."""

    sentence: str
    level: Level
    title: str
    unknown: tuple[Open, ...]


def to_ask(flags: Iterable[Frozen], reading: Reading) -> tuple[Ask, ...]:
    """The phone script: every sentence once, what matters most first."""
    lines: dict[str, list[Frozen]] = {}
    undecided = (flag for flag in flags if flag.mark().to_ask)
    for flag in sorted(undecided, key=lambda flag: (LEVEL_ORDER[flag.level], flag.rule)):
        lines.setdefault(str(flag.evidence["ask"]), []).append(flag)
    asked: set[str] = set()
    return tuple(_line(sentence, behind, reading, asked) for sentence, behind in lines.items())


def _line(sentence: str, flags: list[Frozen], reading: Reading, asked: set[str]) -> Ask:
    facts = (fact for flag in flags for fact in flag.evidence.get("unknown") or ())
    behind = dict.fromkeys(name for fact in facts for name in questions_behind(fact))
    names = dict.fromkeys(name for one in behind for name in _still_open(one, reading))
    unknown = tuple(_open(name, reading, name in asked) for name in names)
    asked |= {one.anchor for one in unknown}
    return Ask(sentence, flags[0].level, title_of(flags[0].rule), unknown)


def _still_open(name: str, reading: Reading) -> Iterator[str]:
    """A question that was asked and holds no definite answer. Where it is not known whether one applies, what is open
    of those that tell.
    """
    question = reading.questionnaire.questions.get(name)
    if question is None:
        return
    applies = reading.applies(name)
    if applies and state_of(reading.value(name)) is not State.ANSWERED:
        yield name
    elif applies is None and question.show_if is not None:
        for other in question.show_if.names():
            for asked in _question(other):
                yield from _still_open(asked, reading)


def _open(name: str, reading: Reading, above: bool) -> Open:
    question = WHOLE.questions[name]
    words = answer_words(question, reading.value(name), reading.jurisdiction)
    return Open(question.text, words, name, on_a_call(question), above)


def can_be_told(script: Iterable[Ask]) -> dict[str, Question]:
    """The questions that can be answered on a call, by id, as they are put there."""
    return {one.anchor: one.ask for line in script for one in line.unknown if one.ask}


def on_a_call(question: Question) -> Question | None:
    """A question as it is put on a call: in full, and with no way to pass it by but to leave it as it is.

    None for those that are several in one, or for the patient alone to write.
    """
    whole = replace(question, exit={})
    match question.kind:
        case Choice(options=options):
            # Nothing is posted for the last, so that a question left at it reads as one that was not answered.
            return replace(whole, kind=Choice(_definite(options) | {"": STILL_NOT_KNOWN}))
        case Choices(options=options):
            return replace(whole, kind=Choices(_definite(options)), help=_may_be_left(question))
        case Identity():
            return None
        case Number() | Measure() | Day():
            return replace(whole, help=_may_be_left(question))
        case _:
            return None


def typed_elsewhere(posted: Posted, fields: Collection[str]) -> list[str]:
    """What was typed for questions that have no field any more, in words: label and answer."""
    told = []
    for question in WHOLE.questions.values():
        given = [text for name in question.form_names() for text in posted.get(name, ()) if text]
        if given and question.id not in fields:
            labels: Mapping[str, str] = getattr(question.kind, "options", {})
            told.append(f"{question.label}: {', '.join(labels.get(text, text) for text in given)}")
    return told


def _definite(options: Mapping[str, str]) -> dict[str, str]:
    return {code: label for code, label in options.items() if code not in STATES}


def _may_be_left(question: Question) -> str:
    return f"{question.help.rstrip('.')}. {LEAVE_EMPTY}" if question.help else LEAVE_EMPTY


@cache
def questions_behind(key: str) -> tuple[str, ...]:
    """The questions that a fact is worked out from; none for a fact that is not in the book."""
    return tuple(dict.fromkeys(_behind(key)))


def _behind(key: str) -> Iterator[str]:
    fact = FACTS.get(key)
    if isinstance(fact, Tri):
        conditions = (fact.when, fact.unknown_if) if fact.unknown_if is not None else (fact.when,)
        for condition in conditions:
            for name in condition.names():
                yield from _behind(name) if name in FACTS else _question(name)
    elif isinstance(fact, Computed):
        yield from FROM_LISTS.get(key.partition(".")[0], ())
    elif fact is not None and not isinstance(fact, Entered):
        # A body mass index names no question of its own.
        yield from _question(getattr(fact, "question", "")) or ("height", "weight")


def _question(name: str) -> tuple[str, ...]:
    derived = WHOLE.derived.get(name)
    name = derived.question if derived else name
    return (name,) if name in WHOLE.questions else ()
