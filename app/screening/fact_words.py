"""Conditions and facts in words: a rule's over facts, and a fact's over the answers, as patients read the questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ..questionnaire.answers import STATE_WORDS
from ..questionnaire.conditions import (
    OPERATOR_WORDS,
    Compare,
    Expression,
    Field,
    Has,
    In,
    NotIn,
    Row,
    Unanswered,
    worded,
)
from ..questionnaire.kinds import Group, Rows
from ..questionnaire.pages import Question, Questionnaire
from .fact_kinds import AnsweredNumber, BodyMassIndex, Computed, Days, Entered, Mentioned, OneOf, Score, Tri
from .facts import Fact
from .logic import Band, FactCompare, FactHas, FactIs, Param
from .mention_words import SUBJECTS

NEGATED = "it is not so that {0}"
LED = "{0} (a yes, but never a no, can also come from this: {1.bare})"


def rule_words(condition: Expression) -> str:
    """A condition over facts as a sentence's end. Raises TypeError for a part that has no words yet."""
    return worded(condition, _fact_words, NEGATED, LED)


def _fact_words(leaf: Expression) -> str:
    match leaf:
        case FactIs(key, wanted):
            return f"`{key}` is {wanted}"
        case FactCompare(key, operator, Param(name)):
            return f"`{key}` {OPERATOR_WORDS[operator]} *{name}*"
        case FactCompare(key, operator, limit):
            return f"`{key}` {OPERATOR_WORDS[operator]} {limit:g}"
        case FactHas(key, wanted):
            return f"`{key}` has {_either([f'`{name}`' for name in wanted])}"
    raise TypeError(f"{type(leaf).__name__} has no words yet")


class _Words:
    """Conditions over answers, in the words that patients read."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questionnaire = questionnaire

    def of(self, condition: Expression) -> str:
        """A condition over answers or facts as a sentence's end."""
        return worded(condition, self._leaf, NEGATED, LED)

    def _leaf(self, leaf: Expression) -> str:
        match leaf:
            case In(name, wanted):
                return f"{self.asked(name)} is {self._picked(name, wanted)}"
            case Has(name, wanted):
                return f"{self.asked(name)} includes {self._picked(name, wanted)}"
            case NotIn(name, unwanted):
                return f"{self.asked(name)} is answered, and not {self._picked(name, unwanted)}"
            case Unanswered(name):
                return f"{self.asked(name)} is asked and has no definite answer"
            case Compare(name, operator, limit):
                return f"{self.asked(name)} {OPERATOR_WORDS[operator]} {limit:g}"
            case Field(name, column, wanted):
                return f"in an entry of {self.asked(name)}, {self._column(name, column, wanted)}"
            case Row(name, rows, wanted):
                return f"in {self.asked(name)}, {self._lines(name, rows)} is {self._picked(name, wanted)}"
        return _fact_words(leaf)

    def asked(self, name: str) -> str:
        """A question by its wording, or the name of what is worked out from it."""
        derived = self._questionnaire.derived.get(name)
        if derived:
            return f"*{name}*, from {self.asked(derived.question)},"
        return f"“{self._question(name).text}” (`{name}`)"

    def options(self, name: str, codes: Sequence[Any]) -> str:
        """Options of a question by their labels."""
        return self._picked(name, codes)

    def _question(self, name: str) -> Question:
        return self._questionnaire.questions[name]

    def _picked(self, name: str, codes: Sequence[Any]) -> str:
        return _labels(self._question(name), codes)

    def _lines(self, name: str, rows: Sequence[str]) -> str:
        kind = self._question(name).kind
        labels = kind.rows if isinstance(kind, Rows) else {}
        return f"“{labels.get(rows[0], rows[0])}”" if len(rows) == 1 else "any line"

    def _column(self, name: str, column: str, wanted: Sequence[Any]) -> str:
        kind = self._question(name).kind
        entries = kind.entries if isinstance(kind, Group) else ()
        entry = next(entry for entry in entries if entry.id == column)
        return f"“{entry.text}” is {_labels(entry, wanted)}"


def _labels(question: Question, codes: Sequence[Any]) -> str:
    labels = {**STATE_WORDS, **question.exit, **getattr(question.kind, "options", {})}
    return _either([f"“{labels.get(code, code)}”" for code in codes])


def fact_words(fact: Fact, questionnaire: Questionnaire) -> list[str]:
    """How a fact comes out of the answers, a line each. Raises TypeError for a kind that has no words yet."""
    return list(_worked_out(fact, _Words(questionnaire)))


def _worked_out(fact: Fact, words: _Words) -> Iterator[str]:
    match fact:
        case Tri():
            yield f"Yes when {words.of(fact.when)}"
        case AnsweredNumber():
            yield f"The answer to {words.asked(fact.question)}{f' in {fact.unit}' if fact.unit else ''}"
        case BodyMassIndex():
            yield "Weight in kilograms by the square of height in meters, not rounded"
        case Score():
            which = "The total" if fact.item is None else f"Item {fact.item}"
            yield f"{which} of {words.asked(fact.question)}. A blank item leaves it unknown"
        case Days():
            yield f"Days since, from {words.asked(fact.question)}"
            for code, band in fact.bands.items():
                yield f"{words.options(fact.question, [code])}: {_band_words(band)}"
            if fact.never:
                yield f"{words.options(fact.question, fact.never)}: it never happened"
            if fact.recurs:
                yield "It may go on or come again: with time it may also be as near as it was"
        case OneOf():
            yield f"From {words.asked(fact.question)}"
            for code, value in fact.values.items():
                yield f"{words.options(fact.question, [code])}: {value}"
        case Mentioned(subject=subject, told=told):
            phrases = ", ".join(f"“{phrase}”" for phrase in _some_phrases(subject))
            yield f"Yes when a free text mentions it, as in {phrases}"
            if told:
                yield f"No when the patient told it where it is asked: {_either([f'`{key}`' for key in told])}"
        case Entered():
            yield f"Entered by staff: {_entered_words(fact)}"
        case Computed():
            yield "Worked out from the lists of medicines and allergies"
        case _:
            raise TypeError(f"{type(fact).__name__} has no words yet")
    unknown_if = getattr(fact, "unknown_if", None)
    if unknown_if is not None:
        yield f"Unknown whenever {words.of(unknown_if)}"


def _entered_words(fact: Entered) -> str:
    what = f"a number, in {fact.unit}" if fact.unit else _either(fact.values or ("yes", "no"))
    if fact.banded:
        what = f"a whole number, in {fact.unit}, or the lowest and the highest it may be"
    return f"{what}. Or none" if fact.or_none else what


def _some_phrases(subject: str) -> list[str]:
    """A few plain phrases of a subject; what is said of relatives has those of the subject itself."""
    named = next(name for name, it in SUBJECTS.items() if subject in (name, it.of_relatives))
    plain = [phrase for phrase in SUBJECTS[named].phrases if not re.search(r"[*|.#\[]", phrase)]
    return plain[:5] or [phrase.replace("*", "") for phrase in SUBJECTS[named].phrases[:3]]


def _band_words(band: Band) -> str:
    return f"{band.low} days or more" if band.high is None else f"{band.low} to {band.high} days"


def _either(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]
