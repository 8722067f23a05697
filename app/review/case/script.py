"""The phone script: what is still to be asked, where each answer goes, and what an answer brings up. Plain Python.

A line is one cause that leaves rules open. Every question stands once, where it first comes up; what follows from it
stands right behind it, and opens there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from app.questionnaire.answers import STATES, State, is_blank, state_of
from app.questionnaire.kinds import Choice, Choices, Identity, Posted, Statement, answer_words
from app.questionnaire.pages import Page, Question
from app.questionnaire.posted import condition_json
from app.questionnaire.reading import Reading
from app.questionnaire.whole import FORMS, WHOLE
from app.review.case.cards import Settlement, StoredFlag, title_of, to_ask_lines
from app.screening.asking import Line
from app.screening.behind import open_questions
from app.screening.factbook import FACTS
from app.screening.facts import Facts
from app.screening.levels import Level
from app.screening.lists import allergy_names_to_ask, medicine_names_to_ask
from app.screening.prompts import Prompt
from app.screening.settling import MUST_SETTLE

STILL_NOT_KNOWN = "Asked: still not known"
NOT_KNOWN = State.NOT_SURE.value
"""What is posted for it: a state, so that no condition takes it for an answer."""
ORDER: Mapping[str, int] = MappingProxyType({name: place for place, name in enumerate(WHOLE.questions)})
ASKED_BY: Mapping[str, str] = MappingProxyType(
    {name: form.kind for form in FORMS.values() for name in form.asks.questions}
)

NAMES_TO_ASK: Mapping[str, Callable[[Facts], tuple[str, ...]]] = MappingProxyType(
    {"medicine_names": medicine_names_to_ask, "allergy_names": allergy_names_to_ask}
)
"""What was typed and not understood, by the key of the line that reads it out."""


@dataclass(frozen=True, slots=True)
class ScriptQuestion:
    """A question's place in the script. `ask` is the question as it is put on a call, `words` how it stands until now,
    `condition` when it is asked, for the page's own script: None when it is asked now.
    """

    ask: Question
    words: str
    condition: str | None = None

    @property
    def id(self) -> str:
        """The question's id."""
        return self.ask.id


@dataclass(frozen=True, slots=True)
class WaitingRule:
    """A rule that waits for the answer: its title, what it would come to, and how it was settled without one."""

    title: str
    level: Level
    settled: Settlement | None


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """A line of the script. `above` are questions of it that an earlier line asks: id and label; `also` are the lines
    that the same answers settle, and so ask nothing of their own. `flags` are those that can be settled without an
    answer, with their revisions: those that are open or still in the way, or all when none is.
    """

    key: str
    prompt: Prompt
    level: Level
    waits: tuple[WaitingRule, ...]
    fields: tuple[ScriptQuestion, ...]
    above: tuple[tuple[str, str], ...]
    flags: tuple[tuple[UUID, int], ...]
    open: bool
    also: tuple[ScriptLine, ...] = ()

    def in_order(self) -> list[tuple[str, str, ScriptQuestion | None]]:
        """Its questions in the order of the form, so that the first stands before what follows from it: id and
        label, and the place; None for one that an earlier line asks.
        """
        own = [(place.id, place.ask.label, place) for place in self.fields]
        earlier = [(name, label, None) for name, label in self.above]
        return sorted([*own, *earlier], key=lambda one: ORDER[one[0]])

    @property
    def titles(self) -> str:
        """The titles of the rules that wait, in one line."""
        return "; ".join(one.title for one in self.waits)

    @property
    def settlements(self) -> list[Settlement]:
        """How rules that wait were settled without an answer: each act once, though it settled several."""
        found: dict[datetime, Settlement] = {}
        for one in self.waits:
            if one.settled:
                found.setdefault(one.settled.at, one.settled)
        return list(found.values())

    @property
    def in_the_way(self) -> bool:
        """Whether "suitable" is blocked until it is answered or settled."""
        return any(
            one.level in MUST_SETTLE and (one.settled is None or not one.settled.clears) for one in self.waits
        )


@dataclass(frozen=True, slots=True)
class ScriptSection:
    """The lines about one subject, in the order its questions are asked on the form."""

    name: str
    asks: tuple[ScriptLine, ...]


@dataclass(frozen=True)
class Script:
    """The whole phone script."""

    sections: tuple[ScriptSection, ...] = ()

    def asks(self) -> Iterator[ScriptLine]:
        """All its lines, as they stand."""
        for section in self.sections:
            for ask in section.asks:
                yield ask
                yield from ask.also

    def places(self) -> dict[str, ScriptQuestion]:
        """Every question of it, in the order of the form."""
        found = {place.id: place for ask in self.asks() for place in ask.fields}
        return dict(sorted(found.items(), key=lambda item: ORDER[item[0]]))

    def page(self) -> Page:
        """Its questions as one page, to be read as a whole."""
        return Page("ask", "", tuple(place.ask for place in self.places().values()))

    def has(self, key: str | None) -> bool:
        """Whether there is a line of this key."""
        return any(ask.key == key for ask in self.asks())

    def count(self) -> int:
        """How many lines are open, or still in the way."""
        return sum(ask.open or ask.in_the_way for ask in self.asks())


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


def _facts_of(lines: Iterable[Line], undecided: Mapping[str, StoredFlag]) -> Iterator[tuple[Line, list[str]]]:
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


def _prompt(line: Line, needed: Iterable[str], facts: Facts) -> Prompt:
    names = NAMES_TO_ASK[line.key](facts) if line.key in NAMES_TO_ASK else ()
    return line.prompt(names, needed)


def _ask(
    line: Line,
    prompt: Prompt,
    undecided: Mapping[str, StoredFlag],
    fields: tuple[ScriptQuestion, ...],
    above: tuple[tuple[str, str], ...],
) -> ScriptLine:
    flags = [undecided[rule] for rule in line.rules]
    still = [flag for flag in flags if flag.open or flag.mark().stands_in_the_way]
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


def can_be_asked(question: Question) -> bool:
    """Whether a question can be put on a call. What opens a link, and what a patient signs, are theirs alone."""
    return not isinstance(question.kind, (Identity, Statement)) and question.kind.name != "signature"


def call_question(question: Question) -> Question:
    """A question as it is put on a call: in full, with only definite answers, and a way to say that it was asked and is
    still not known. What is left empty was not asked.
    """
    whole = replace(question, required=False, exit={})
    match question.kind:
        case Choice(options=options):
            return replace(whole, kind=replace(question.kind, options=_definite(options)))
        case Choices(options=options):
            return replace(whole, kind=Choices(_definite(options)))
        case _:
            return replace(whole, exit={NOT_KNOWN: STILL_NOT_KNOWN})


def _definite(options: Mapping[str, str]) -> dict[str, str]:
    return {code: label for code, label in options.items() if code not in STATES} | {
        NOT_KNOWN: STILL_NOT_KNOWN
    }


def known_form_values(script: Script, reading: Reading) -> dict[str, list[str]]:
    """What the fields of the script hold before anything is typed: what was told, to be corrected or completed."""
    typed: dict[str, list[str]] = {}
    for name, place in script.places().items():
        answer = reading.value(name)
        if reading.shown(name) and not is_blank(answer) and state_of(answer) is State.ANSWERED:
            typed |= place.ask.kind.post(place.ask, answer)
    return typed


def unplaced_answers(posted: Posted, fields: Collection[str]) -> list[str]:
    """What was typed for questions that have no field any more, in words: label and answer."""
    told = []
    for question in WHOLE.questions.values():
        given = [text for name in question.form_names() for text in posted.get(name, ()) if text]
        if given and question.id not in fields:
            labels: Mapping[str, str] = getattr(question.kind, "options", {})
            told.append(f"{question.label}: {', '.join(labels.get(text, text) for text in given)}")
    return told
