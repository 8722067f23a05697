"""Making the phone script of a case: which line asks which question, and in what order. Plain Python.

A line is one cause that leaves rules open. Every question stands once, where it first comes up; what follows from it
stands right behind it, and opens there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from app.questionnaire.all_forms import FORMS, WHOLE
from app.questionnaire.answers import STATE_WORDS, Answer, State, is_blank, state_of
from app.questionnaire.conditions import Expression, Has, In, any_of, mapped
from app.questionnaire.kinds import Group, Scale, answer_words
from app.questionnaire.pages import Page, Question
from app.questionnaire.posted import condition_json
from app.questionnaire.reading import Reading, is_open
from app.review.case.call_questions import call_item, call_question, can_be_asked
from app.review.case.flags import StoredFlag, title_of
from app.review.case.obstacles import to_ask_lines
from app.review.case.phone_script_view import (
    ORDER,
    Script,
    ScriptLine,
    ScriptQuestion,
    ScriptSection,
    WaitingRule,
)
from app.screening.factbook import FACTS
from app.screening.facts import Facts
from app.screening.lists import allergy_names_to_ask, medicine_names_to_ask
from app.screening.source_questions import item_answer, item_of, open_places, places_read, question_of
from app.screening.to_ask import ToAskItem

ASKED_BY: Mapping[str, str] = MappingProxyType(
    {name: form.kind for form in FORMS.values() for name in form.asks.questions}
)

NAMES_TO_ASK: Mapping[str, Callable[[Facts], tuple[str, ...]]] = MappingProxyType(
    {"medicine_names": medicine_names_to_ask, "allergy_names": allergy_names_to_ask}
)
"""What was typed and not understood, by the key of the line that reads it out."""


def phone_script(flags: Iterable[StoredFlag], reading: Reading) -> Script:
    """The script of a case: subjects together in the order of the form, and first questions before what follows."""
    undecided = {flag.rule: flag for flag in flags if not flag.raised}
    lines = to_ask_lines(undecided.values())
    facts = Facts(reading, FACTS)
    needed = {
        line.key: _in_order(
            name
            for key in keys
            for name in open_places(key, facts)
            if can_be_asked(WHOLE.questions[question_of(name)])
        )
        for line, keys in _facts_of(lines, undecided)
    }
    ordered = sorted(lines, key=lambda line: [ORDER[name] for name in needed[line.key]] or [len(ORDER)])
    follow = _shared_out([(line.key, needed[line.key]) for line in ordered], reading)
    places = _places(follow, reading)
    asks: dict[str, ScriptLine] = {}
    told: list[tuple[str, ScriptLine]] = []
    for line in ordered:
        mine = _in_order(name for name, key in follow.items() if key == line.key)
        elsewhere = [name for name in needed[line.key] if follow[name] != line.key]
        fields = tuple(places[name] for name in mine)
        above = tuple((name, places[name].ask.text) for name in elsewhere)
        ask = _ask(line, _instruction(line, facts), undecided, fields, above)
        if elsewhere and not mine:
            told.append((follow[elsewhere[-1]], ask))
        else:
            asks[line.key] = ask
    for key, ask in told:
        asks[key] = replace(asks[key], also=(*asks[key].also, ask))
    sections: dict[str, list[ScriptLine]] = {}
    for key, ask in asks.items():
        sections.setdefault(_subject(needed[key]), []).append(ask)
    return Script(tuple(ScriptSection(name, tuple(found)) for name, found in sections.items()))


def _subject(names: Iterable[str]) -> str:
    """The step that asks the first of some questions."""
    return next((WHOLE.step_of(WHOLE.page_of(question_of(name)).id).name for name in names), "Something else")


def _in_order(names: Iterable[str]) -> list[str]:
    """Questions, each once, in the order of the form."""
    return sorted(dict.fromkeys(names), key=ORDER.__getitem__)


def _facts_of(
    lines: Iterable[ToAskItem], undecided: Mapping[str, StoredFlag]
) -> Iterator[tuple[ToAskItem, list[str]]]:
    """Each line with the facts it asks for: those of its cause, and what its rules wait for besides, where no other
    line asks for that.
    """
    covered: dict[str, list[str]] = {}
    rest: dict[str, list[str]] = {}
    every = list(lines)
    for line in every:
        unknown = dict.fromkeys(fact for rule in line.rules for fact in undecided[rule].unknown)
        mine = [fact for fact in unknown if line.cause is None or fact in line.cause.facts]
        covered[line.key], rest[line.key] = mine, [fact for fact in unknown if fact not in mine]
    asked = {fact for facts in covered.values() for fact in facts}
    for line in every:
        left = [fact for fact in rest[line.key] if fact not in asked]
        asked.update(left)
        yield line, [*covered[line.key], *left]


def _shared_out(needed: Iterable[tuple[str, list[str]]], reading: Reading) -> dict[str, str]:
    """The questions that have a place: id to the line it stands in. What is asked now stands in the first line that
    needs it, and what only follows from an answer right behind the question it hangs on, where the script has that.
    """
    every = list(needed)
    first: dict[str, str] = {}
    for line, names in every:
        for name in names:
            first.setdefault(name, line)
    placed: dict[str, list[str]] = {line: [] for line, _ in every}
    for name, line in first.items():
        if reading.shown(question_of(name)):
            placed[line].append(name)
    for name in first.keys() - _follow_ups(placed, reading).keys():
        placed[first[name]].append(name)
    return _follow_ups(placed, reading)


def _follow_ups(own: Mapping[str, Iterable[str]], reading: Reading) -> dict[str, str]:
    """The questions that have a place, with those that their answers may bring up: id to the line it stands in, which
    is that of the last question it hangs on.
    """
    found = {name: line for line, names in own.items() for name in names}
    asked = {question_of(name) for name in found}
    place = {line: number for number, line in enumerate(own)}
    for question in WHOLE.questions.values():
        if question.id in asked or question.show_if is None or reading.applies(question.id) is True:
            continue
        behind = [
            found[gate]
            for gate in places_read(question.show_if)
            if gate in found and ASKED_BY.get(question_of(gate)) == ASKED_BY.get(question.id)
        ]
        if behind and can_be_asked(question):
            found[question.id] = max(behind, key=place.__getitem__)
    return found


def _places(names: Iterable[str], reading: Reading) -> dict[str, ScriptQuestion]:
    """The place of each question and item of the script, by id."""
    asks = {}
    for name in _in_order(names):
        question = WHOLE.questions[question_of(name)]
        asks[name] = call_item(question, item_of(name)) if item_of(name) else call_question(question)
    page = Page("ask", "", tuple(asks.values()))
    return {name: _place(name, ask, page, reading) for name, ask in asks.items()}


def _place(name: str, ask: Question, page: Page, reading: Reading) -> ScriptQuestion:
    question = WHOLE.questions[question_of(name)]
    shown, answer = reading.shown(question.id), reading.value(question.id)
    definite = answer if shown and not is_blank(answer) and state_of(answer) is State.ANSWERED else None
    words = _until_now(name, definite, answer, reading) if shown else "Not asked"
    entries = _entries(question, definite, reading) if definite else ()
    return ScriptQuestion(ask, words, definite, entries, _condition(name, page, reading))


def _until_now(name: str, definite: Answer, answer: Answer, reading: Reading) -> str:
    """What is known of a place, in words."""
    question = WHOLE.questions[question_of(name)]
    if item_of(name):
        said = item_answer(name, answer)
        if said or isinstance(definite, dict):
            return f"{said}".capitalize() if said else STATE_WORDS[State.BLANK]
    kind = question.kind
    if isinstance(kind, Scale) and definite and kind.blank_items(definite):
        return f"{sum(score is not None for score in definite)} of {len(definite)} questions answered"
    return answer_words(question, answer, reading.jurisdiction)


def _entries(question: Question, answer: Answer, reading: Reading) -> tuple[tuple[str, bool], ...]:
    """The entries of a list, in words, and whether all of each is clear: its name, and every answer about it."""
    kind = question.kind
    if not isinstance(kind, Group):
        return ()
    facts = Facts(reading, FACTS)
    unclear = {name.casefold() for read in NAMES_TO_ASK.values() for name in read(facts)}
    return tuple(
        (
            kind.row_words(row, reading.jurisdiction),
            all(
                not is_open(column, said) and state_of(said) is State.ANSWERED
                for column in kind.entries
                if column.required
                for said in [row.get(column.id)]
            )
            and not any(name in str(row.get(kind.entries[0].id, "")).casefold() for name in unclear),
        )
        for row in answer
    )


def _condition(name: str, page: Page, reading: Reading) -> str | None:
    """When a place is asked, as JSON for the page's own script; None when it is asked now. What hangs on items of a
    list hangs on their own places.
    """
    question = WHOLE.questions[question_of(name)]
    if question.show_if is None or reading.shown(question.id):
        return None
    here = {one.id for one in page.questions}
    shown_if = mapped(question.show_if, lambda leaf: _by_items(leaf, here))
    return json.dumps(condition_json(replace(question, show_if=shown_if), page, reading))


def _by_items(leaf: Expression, here: Collection[str]) -> Expression:
    """A leaf about items of a list, about their places where they have some."""
    match leaf:
        case Has(name=name, wanted=wanted) if any(f"{name}-{item}" in here for item in wanted):
            return any_of(
                *(
                    In(place, ("yes",)) if (place := f"{name}-{item}") in here else Has(name, (item,))
                    for item in wanted
                )
            )
        case _:
            return leaf


def _instruction(line: ToAskItem, facts: Facts) -> str:
    return line.instruction(NAMES_TO_ASK[line.key](facts) if line.key in NAMES_TO_ASK else ())


def _ask(
    line: ToAskItem,
    instruction: str,
    undecided: Mapping[str, StoredFlag],
    fields: tuple[ScriptQuestion, ...],
    above: tuple[tuple[str, str], ...],
) -> ScriptLine:
    flags = [undecided[rule] for rule in line.rules]
    still = [flag for flag in flags if flag.open or flag.mark().blocks_suitable]
    waits = tuple(
        WaitingRule(
            title_of(flag.rule), flag.level, None if flag.open else next(reversed(flag.settlements), None)
        )
        for flag in flags
    )
    return ScriptLine(
        line.key,
        instruction,
        (still or flags)[0].level,
        waits,
        fields,
        above,
        tuple((flag.id, flag.revision) for flag in still or flags),
        any(flag.open for flag in flags),
    )
