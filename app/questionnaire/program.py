"""A questionnaire's show-ifs as one flat Python function, made from the declarations when a form is first read.

The declarations stay the only source: an `Expression` evaluates itself, and `Reading` can do without what is made here.
That is the reference, and tests compare the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from .answers import DUE, Answer
from .conditions import Truth
from .writer import Writer

if TYPE_CHECKING:
    from .pages import Questionnaire

UNREADABLE = (TypeError, ValueError, LookupError, AttributeError)
"""What the function raises for answers of another shape than their questions have. They are left to the reference."""

Read = Callable[[dict[str, Truth], Callable[[str], Answer], list[str], date], tuple[Answer, ...]]
"""Reads one person's answers: see `form_program`."""


def compiled(lines: list[str], constants: dict[str, Any], name: str) -> Any:
    """The function of this name that the lines define, which reads `constants`."""
    scope = dict(constants)
    # Nothing in the text comes from outside: see the head of this module.
    exec(compile("\n".join(lines), f"<{name}>", "exec"), scope)  # noqa: S102
    return scope[name]


def form_program(questionnaire: Questionnaire) -> Read:
    """The function that reads all answers of one person.

    It takes what is known to apply, what gives the stored answer of a question, the scales that are due and the day. It
    adds whether each other question and derived name applies, and returns the answers by the numbers of the questions.
    """
    writer = Writer(questionnaire)
    due = writer.places[DUE]
    lines = ["def read(applies, get, due, on):", f"    v{due} = due"]
    for name in _in_order(questionnaire):
        place, show_if = writer.places[name], questionnaire.questions[name].show_if
        many = writer.is_list(name)
        asked = [f"v{place} = get({name!r})"]
        if many:
            asked.append(f"if v{place}.__class__ is not list or not v{place}: v{place} = picks(v{place})")
        if show_if is None:
            lines += [f"    {line}" for line in (*asked, f"p{place} = True")]
            continue
        hidden, unknown = writer.absent(name)
        lines += [f"    applies[{name!r}] = p{place} = {writer.truth(show_if)}", f"    if p{place}:"]
        lines += [f"        {line}" for line in asked]
        lines.append(f"    else: v{place} = {hidden} if p{place} is False else {unknown}")
    for name, derived in questionnaire.derived.items():
        lines.append(f"    applies[{name!r}] = p{writer.places[derived.question]}")
    lines.append(f"    return ({''.join(f'v{place}, ' for place in writer.places.values())})")
    read: Read = compiled(lines, writer.constants, "read")
    return read


def _in_order(questionnaire: Questionnaire) -> Iterator[str]:
    """The ids of all questions, each after those that decide whether it is asked."""
    done: set[str] = set()

    def after_its_own(name: str) -> Iterator[str]:
        if name in done:
            return
        done.add(name)
        show_if = questionnaire.questions[name].show_if
        for read in show_if.names() if show_if else ():
            derived = questionnaire.derived.get(read)
            if read != DUE:
                yield from after_its_own(derived.question if derived else read)
        yield name

    for name in questionnaire.questions:
        yield from after_its_own(name)
