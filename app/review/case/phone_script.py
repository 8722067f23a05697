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
from app.questionnaire.kinds import answer_words
from app.questionnaire.pages import Page
from app.questionnaire.posted import condition_json
from app.questionnaire.reading import Reading
from app.review.case.call_questions import call_question, can_be_asked
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
from app.screening.prompts import Prompt
from app.screening.source_questions import open_questions
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
            name for key in keys for name in open_questions(key, facts) if can_be_asked(WHOLE.questions[name])
        )
        for line, keys in _facts_of(lines, undecided)
    }
    ordered = sorted(lines, key=lambda line: [ORDER[name] for name in needed[line.key]] or [len(ORDER)])
    own, above = _shared_out([(line.key, needed[line.key]) for line in ordered])
    follow = _follow_ups(own, reading)
    every = Page(
        "ask", "", tuple(WHOLE.questions[name] for name in _in_order([*ORDER.keys() & follow.keys()]))
    )
    places = {name: _place(name, every, reading) for name in follow}
    asks: dict[str, ScriptLine] = {}
    for line in ordered:
        mine = _in_order(name for name, key in follow.items() if key == line.key)
        asked_above = tuple((name, WHOLE.questions[name].label) for name in above[line.key])
        fields = tuple(places[name] for name in mine)
        ask = _ask(line, _prompt(line, needed[line.key], facts), undecided, fields, asked_above)
        last = follow[above[line.key][-1]] if above[line.key] and not mine else None
        if last is None:
            asks[line.key] = ask
        else:
            asks[last] = replace(asks[last], also=(*asks[last].also, ask))
    sections: dict[str, list[ScriptLine]] = {}
    for key, ask in asks.items():
        sections.setdefault(_subject(needed[key]), []).append(ask)
    return Script(tuple(ScriptSection(name, tuple(found)) for name, found in sections.items()))


def _subject(names: Iterable[str]) -> str:
    """The step that asks the first of some questions."""
    return next((WHOLE.step_of(WHOLE.page_of(name).id).name for name in names), "Something else")


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


def _shared_out(
    needed: Iterable[tuple[str, list[str]]],
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The questions that each line asks itself, and those that an earlier one asks."""
    own: dict[str, list[str]] = {}
    above: dict[str, list[str]] = {}
    placed: set[str] = set()
    for key, names in needed:
        own[key] = [name for name in names if name not in placed]
        above[key] = [name for name in names if name in placed]
        placed.update(names)
    return own, above


def _follow_ups(own: Mapping[str, Iterable[str]], reading: Reading) -> dict[str, str]:
    """The questions that have a place, with those that their answers may bring up: id to the line it stands in, which
    is that of the last question it hangs on.
    """
    found = {name: line for line, names in own.items() for name in names}
    place = {line: number for number, line in enumerate(own)}
    for question in WHOLE.questions.values():
        if question.id in found or question.show_if is None or reading.applies(question.id) is True:
            continue
        gates = (_gate(name) for name in question.show_if.names())
        behind = [found[name] for name in gates if _brings_up(name, question.id, found)]
        if behind and can_be_asked(question):
            found[question.id] = max(behind, key=place.__getitem__)
    return found


def _gate(name: str) -> str:
    derived = WHOLE.derived.get(name)
    return derived.question if derived else name


def _brings_up(gate: str, follow_up: str, placed: Collection[str]) -> bool:
    """Whether it follows a question of the script, on the same form."""
    return gate in placed and ASKED_BY.get(gate) == ASKED_BY.get(follow_up)


def _place(name: str, page: Page, reading: Reading) -> ScriptQuestion:
    question = WHOLE.questions[name]
    shown = reading.shown(name)
    words = answer_words(question, reading.value(name), reading.jurisdiction) if shown else "Not asked"
    condition = None if shown else json.dumps(condition_json(question, page, reading))
    return ScriptQuestion(call_question(question), words, condition)


def _prompt(line: ToAskItem, needed: Iterable[str], facts: Facts) -> Prompt:
    names = NAMES_TO_ASK[line.key](facts) if line.key in NAMES_TO_ASK else ()
    return line.prompt(names, needed)


def _ask(
    line: ToAskItem,
    prompt: Prompt,
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
        prompt,
        (still or flags)[0].level,
        waits,
        fields,
        above,
        tuple((flag.id, flag.revision) for flag in still or flags),
        any(flag.open for flag in flags),
    )
