"""What would settle an unknown fact: what is asked, whose answers leave it unknown. Plain Python.

A place is what has an answer of its own: a question, or one item of a list, as "other_list-porphyria".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from ..questionnaire.all_forms import WHOLE
from ..questionnaire.answers import STATES, Answer, State, state_of
from ..questionnaire.conditions import Expression, Has, In, NotIn, Row, unknown_leaves, walk
from ..questionnaire.kinds import Choices, Rows
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


def question_of(place: str) -> str:
    """The question that a place is, or is an item of."""
    return place.partition("-")[0]


def item_of(place: str) -> str:
    """The item that a place is; "" for a whole question."""
    return place.partition("-")[2]


def items_of(question: str) -> dict[str, str]:
    """The items of a list, code to label; none for any other question."""
    kind = WHOLE.questions[question].kind
    if isinstance(kind, Choices):
        return kind.items()
    return dict(kind.rows) if isinstance(kind, Rows) else {}


def item_answer(place: str, answer: Answer) -> str | None:
    """What is known of one item by the answer to its list; None for nothing definite."""
    kind = WHOLE.questions[question_of(place)].kind
    if isinstance(kind, Choices):
        return kind.said_of(answer).get(item_of(place))
    said = answer.get(item_of(place)) if isinstance(answer, dict) else None
    return None if said in STATES else said or None


@cache
def source_questions(key: str) -> tuple[str, ...]:
    """Every question that a fact is worked out from; none for a fact that is not in the book."""
    return tuple(dict.fromkeys(map(question_of, _behind(FACTS.get(key)))))


def _behind(fact: Fact | None) -> Iterator[str]:
    """Every place that a fact is worked out from."""
    if isinstance(fact, Tri):
        for condition in _conditions(fact):
            for name in _read(walk(condition)):
                yield from _behind(FACTS[name]) if name in FACTS else (name,)
    elif fact is not None:
        yield from _own(fact)


def _conditions(fact: Tri) -> tuple[Expression, ...]:
    return (fact.when,) if fact.unknown_if is None else (fact.when, fact.unknown_if)


def _own(fact: Fact) -> tuple[str, ...]:
    """The places of a fact that is no condition."""
    if isinstance(fact, Computed):
        return FROM_LISTS[fact.key.partition(".")[0]]
    if isinstance(fact, BodyMassIndex):
        return MEASURES
    condition = getattr(fact, "unknown_if", None)
    own = () if isinstance(fact, Entered) else _question(getattr(fact, "question", ""))
    return (*(_read(walk(condition)) if condition else ()), *own)


def _question(name: str) -> tuple[str, ...]:
    derived = WHOLE.derived.get(name)
    name = derived.question if derived else name
    return (name,) if name in WHOLE.questions else ()


def _read(nodes: Iterable[Expression]) -> Iterator[str]:
    """What the leaves among some nodes read: facts by their keys, and places."""
    for node in nodes:
        for name in node.reads():
            yield from (name,) if name in FACTS else _places(node, name)


def places_read(condition: Expression) -> tuple[str, ...]:
    """The questions that a condition over answers reads, and the items of lists among them."""
    read = (name for leaf in walk(condition) for name in leaf.reads())
    return (*_read(walk(condition)), *(one for name in read for one in _question(name)))


def _places(leaf: Expression, name: str) -> Iterator[str]:
    """The items that a leaf asks for of a list; all of them where it asks for "none"."""
    for question in _question(name):
        items = items_of(question)
        match leaf:
            case Has(wanted=asked) | In(wanted=asked) | NotIn(unwanted=asked) | Row(rows=asked) if items:
                wanted = asked if items.keys() >= set(asked) else items
                yield from (f"{question}-{item}" for item in wanted)
            case _:
                yield question


def open_places(key: str, facts: Facts) -> tuple[str, ...]:
    """What to ask so that an unknown fact is known: first what tells whether the rest applies.

    Where nothing is unknown by now, all that it is worked out from.
    """
    found = (one for name in _open(key, facts) for one in _told_together(name, facts))
    return tuple(dict.fromkeys(found)) or tuple(dict.fromkeys(_behind(FACTS.get(key))))


def _told_together(name: str, facts: Facts) -> tuple[str, ...]:
    """A place; with what is told anew beside it, where it has an answer that does not do any more."""
    return TOGETHER.get(name, (name,)) if state_of(facts.value(name)) is State.ANSWERED else (name,)


def _open(key: str, facts: Facts) -> Iterator[str]:
    fact = FACTS.get(key)
    if isinstance(fact, Tri):
        if fact.unknown_if is not None and fact.unknown_if.truth(facts) is True:
            yield from _of(_read(walk(fact.unknown_if)), facts)
        yield from _of(_read(unknown_leaves(fact.when, facts)), facts)
    elif isinstance(fact, Computed):
        yield from _list_questions(_own(fact), facts)
    elif fact is not None:
        condition = getattr(fact, "unknown_if", None)
        if condition is not None and condition.truth(facts) is not False:
            yield from _of(_read(walk(condition)), facts)
        yield from _of(_question(getattr(fact, "question", "")) or _own(fact), facts)


def _list_questions(names: tuple[str, ...], facts: Facts) -> Iterator[str]:
    """What asks for a list, while there is none; then the list itself, and what was bought besides."""
    gate, entries, *others = names
    yield entries if facts.applies(entries) is True else gate
    yield from (name for name in others if facts.applies(name) is True)


def _of(names: Iterable[str], facts: Facts) -> Iterator[str]:
    """What is open of some facts and places. A list is asked item by item where it is known to apply, and else as a
    whole, once it does.
    """
    for name in names:
        if name in FACTS:
            yield from _open(name, facts)
            continue
        question = question_of(name)
        show_if = WHOLE.questions[question].show_if
        applies = facts.applies(question)
        if applies is None and show_if is not None:
            yield from _of(_read(unknown_leaves(show_if, facts)), facts)
        if applies is None:
            yield question
        elif applies and not (item_of(name) and item_answer(name, facts.value(question))):
            yield name
