"""Every text that a page shows of its questions, as it is declared."""

from __future__ import annotations

from collections.abc import Iterator

from .countries import Country
from .kinds import Choice, Choices, Group, Measure, Number, Rows, Scale
from .pages import Page, Question


def shown_texts(page: Page, jurisdiction: Country) -> Iterator[str]:
    """What a page says, from its title to its last option; scales in the form of a country."""
    yield from (page.title, *page.intro)
    for question in page.questions:
        yield from question_texts(question, jurisdiction)


def question_texts(question: Question, jurisdiction: Country) -> Iterator[str]:
    """A question, its hint, what can be picked, what boxes are called, and the ways out."""
    yield from (question.text, question.help or "", *question.exit.values())
    if question.notice:
        yield question.notice.title
    match question.kind:
        case Choice(options=options) | Choices(options=options):
            yield from options.values()
        case Rows(rows=rows, options=options):
            yield from (*rows.values(), *options.values())
        case Number():
            yield question.kind.unit
        case Measure(units=units):
            for unit in units:
                yield from (unit.label, *(part.label for part in unit.parts))
        case Group(item_name=name, entries=entries):
            yield name
            for entry in entries:
                yield from question_texts(entry, jurisdiction)
        case Scale(instrument=instrument):
            yield from instrument.above(jurisdiction)
            for number in range(1, instrument.item_count + 1):
                yield instrument.asked(number, jurisdiction)
                yield from instrument.choices(number, jurisdiction).values()
