"""What would settle an unknown fact: the questions whose answers leave it unknown. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from ..questionnaire.all_forms import WHOLE
from ..questionnaire.conditions import Expression, unknown_names
from .fact_kinds import BodyMassIndex, Computed, Entered, Tri
from .factbook import FACTS
from .facts import Fact, Facts

FROM_LISTS = {
    "meds": ("meds_how", "medicines", "otc_list"),
    "allergy": ("allergy_any", "allergies"),
}
"""What facts worked out from a list are asked by: the first part of their key, to its questions."""
MEASURES = ("height", "weight")
TOGETHER = {"bp_when": ("bp_top", "bp_bottom", "bp_when")}
"""What is told anew as a whole: another day comes with other numbers."""


@cache
def source_questions(key: str) -> tuple[str, ...]:
    """Every question that a fact is worked out from; none for a fact that is not in the book."""
    return tuple(dict.fromkeys(_behind(FACTS.get(key))))


def _behind(fact: Fact | None) -> Iterator[str]:
    if isinstance(fact, Tri):
        for condition in _conditions(fact):
            for name in condition.names():
                yield from _behind(FACTS[name]) if name in FACTS else _question(name)
    elif fact is not None:
        yield from _own(fact)


def _conditions(fact: Tri) -> tuple[Expression, ...]:
    return (fact.when,) if fact.unknown_if is None else (fact.when, fact.unknown_if)


def _own(fact: Fact) -> tuple[str, ...]:
    """The questions of a fact that is no condition."""
    if isinstance(fact, Computed):
        return FROM_LISTS[fact.key.partition(".")[0]]
    if isinstance(fact, BodyMassIndex):
        return MEASURES
    condition = getattr(fact, "unknown_if", None)
    own = () if isinstance(fact, Entered) else _question(getattr(fact, "question", ""))
    gates = tuple(one for name in condition.names() for one in _question(name)) if condition else ()
    return (*gates, *own)


def _question(name: str) -> tuple[str, ...]:
    derived = WHOLE.derived.get(name)
    name = derived.question if derived else name
    return (name,) if name in WHOLE.questions else ()


def open_questions(key: str, facts: Facts) -> tuple[str, ...]:
    """The questions to ask so that an unknown fact is known: first those that tell whether others apply.

    Where nothing is unknown by now, all that it is worked out from.
    """
    found = (one for name in _open(key, facts) for one in TOGETHER.get(name, (name,)))
    return tuple(dict.fromkeys(found)) or source_questions(key)


def _open(key: str, facts: Facts) -> Iterator[str]:
    fact = FACTS.get(key)
    if isinstance(fact, Tri):
        if fact.unknown_if is not None and fact.unknown_if.truth(facts) is True:
            yield from _of(fact.unknown_if.names(), facts)
        yield from _of(unknown_names(fact.when, facts), facts)
    elif isinstance(fact, Computed):
        yield from _list_questions(_own(fact), facts)
    elif fact is not None:
        condition = getattr(fact, "unknown_if", None)
        if condition is not None and condition.truth(facts) is not False:
            yield from _of(condition.names(), facts)
        yield from _of(_question(getattr(fact, "question", "")) or _own(fact), facts)


def _list_questions(names: tuple[str, ...], facts: Facts) -> Iterator[str]:
    """What asks for a list, while there is none; then the list itself, and what was bought besides."""
    gate, entries, *others = names
    yield entries if facts.applies(entries) is True else gate
    yield from (name for name in others if facts.applies(name) is True)


def _of(names: Iterable[str], facts: Facts) -> Iterator[str]:
    for name in names:
        if name in FACTS:
            yield from _open(name, facts)
            continue
        for question in _question(name):
            show_if = WHOLE.questions[question].show_if
            applies = facts.applies(question)
            if applies is None and show_if is not None:
                yield from _of(unknown_names(show_if, facts), facts)
            if applies is not False:
                yield question
