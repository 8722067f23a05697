"""The rulebook on paper: every rule with its condition in words, for the medical director who answers for it.

Written from the rules and facts themselves, as docs/rulebook.md, so that it cannot fall behind them.
"""

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
from .levels import Evidence, Level
from .logic import Band, FactCompare, FactHas, FactIs, Param
from .mention_words import SUBJECTS
from .rules import CLINICIAN, Rule, Rulebook
from .settling import MUST_SETTLE, reasons_for
from .sources import SOURCES
from .validity import LONGEST

_HOW_TO_READ = """\
Made from the declarations in `app/screening` by `flask docs`. Do not edit it: edit the rule.

A rule flags something for a clinician. No rule decides, refuses, doses, or tells anyone to stop a medicine. Rules read
facts, and the second half of this document says how each fact comes out of the answers. A fact is yes, no or unknown:
"not sure", "rather not", "ask me" and an empty answer are unknown, and so is whatever is asked only after one of
these. What an earlier answer ruled out is no. A condition with "and" is no as soon as one part is no; one with "or" is
yes as soon as one part is yes; otherwise one unknown part leaves the whole unknown. A rule whose condition is yes is
raised. One whose condition is unknown puts its question on the to-ask list: unknown is never no.

The level of a rule says where the case stands in the queue. Whether it wakes whoever is on call is said apart: a rule
without that line waits in the queue, at its place, until the clinic is open.

What was told grows older. Judged on a later day, "in the last 6 weeks" has moved back by the days between, as if
nothing new had happened; what may go on or come again may also be as near as it was. A screening says until when it
holds: until a rule would come out otherwise, and never more than {longest} days after the answers (this project's own
judgement, which a clinic must confirm).
"""


def as_markdown(rulebook: Rulebook, questionnaire: Questionnaire) -> str:
    """The whole of docs/rulebook.md. Raises TypeError for a kind of condition or fact that has no words yet."""
    lines = [
        "# Rulebook",
        "",
        f"Version {rulebook.identity}.",
        "",
        *_HOW_TO_READ.format(longest=LONGEST.days).splitlines(),
    ]
    lines += ["", "| Level | Means | Rules |", "|---|---|---|"]
    by_level = {level: [rule for rule in rulebook.rules if rule.level is level] for level in Level}
    lines += [f"| {level} | {level.means} | {len(rules)} |" for level, rules in by_level.items()]
    lines += ["", "| Evidence | Means |", "|---|---|"]
    lines += [f"| {evidence} | {evidence.means} |" for evidence in Evidence]
    for level, rules in by_level.items():
        lines += ["", f"## {level.capitalize()}"]
        for rule in rules:
            lines += ["", *_rule_lines(rule)]
    words = _Words(questionnaire)
    lines += ["", "## Facts"]
    for fact in rulebook.facts.values():
        lines += ["", *_fact_lines(fact, words, rulebook)]
    lines += ["", "## Sources", ""]
    cited = dict.fromkeys(key for rule in rulebook.rules for key in rule.sources)
    lines += [f"- `{key}` {SOURCES[key].citation} (read: {SOURCES[key].seen})" for key in cited]
    return "\n".join(lines) + "\n"


def _rule_lines(rule: Rule) -> Iterator[str]:
    yield f"### {rule.title}"
    yield ""
    where = "US and UK" if rule.jurisdiction is None else f"{rule.jurisdiction} only"
    yield f"`{rule.slug}` · **{rule.level}** · evidence: {rule.evidence} · {where} · card: {rule.card}"
    yield ""
    if rule.stage == CLINICIAN:
        yield "- Runs only once staff have entered something about the treatment"
    yield f"- Raised when {rule_words(rule.trigger)}."
    if rule.parameters:
        for name, limit in rule.parameters.items():
            given = f"{limit.default:g} {limit.unit}, from {limit.low:g} to {limit.high:g}"
            yield f"- A clinic may set *{name}*: {given}"
    if rule.named_by_article:
        yield "- Named by the article: a clinic may lower all such rules to review together"
    yield f"- Why: {rule.rationale}"
    yield f"- What to do: {rule.action}"
    if rule.wakes:
        condition = "" if rule.wakes is True else f", when {rule_words(rule.wakes)}"
        yield f"- Wakes whoever is on call, day or night{condition}"
    if rule.level in MUST_SETTLE:
        yield f"- To settle it: {_reason_words(rule)}"
    others = "it says what is not known" if rule.stage == CLINICIAN else "another line asks"
    yield f"- When it cannot be told: {f'ask {rule.ask}' if rule.ask else others}"
    if rule.seed:
        yield f"- The article says: “{rule.seed}”"
    yield f"- Sources: {', '.join(f'`{key}`' for key in rule.sources)}"


def _reason_words(rule: Rule) -> str:
    reasons = reasons_for(rule.slug, rule.card)
    clear, hold = (
        "; ".join(one.words for one in reasons if one.clears is clears) for clears in (True, False)
    )
    return f"{clear}. Or, with “suitable” still refused: {hold}"


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


def _fact_lines(fact: Fact, words: _Words, rulebook: Rulebook) -> Iterator[str]:
    yield f"### `{fact.key}`"
    yield ""
    for line in _worked_out(fact, words):
        yield f"- {line}"
    if fact.note:
        yield f"- Note: {fact.note}"
    rules = [rule.slug for rule in rulebook.rules if fact.key in rule.trigger.names()]
    if rules:
        yield f"- Read by: {', '.join(f'`{slug}`' for slug in rules)}"


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
            yield f"Yes when a free text mentions it, as in {phrases} (`app/screening/mention_words.py`)"
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
