"""How long a page takes, by a model: what stands in until enough patients were measured.

Reading at 240 words a minute, 1 to 2 seconds to answer, 4 seconds a page, 5 seconds a scale item, 12.5 a medicine, 19
an allergy. Where that leaves room, it is read so:

- Read are a page's notices, each question, its help, options and ways out, and what stands above a scale; what a page
  repeats is read once. A page's title is within its 4 seconds.
- 1 second answers a line of a page of lines, or looks at what is known already; 2 answer anything else, typed or
  picked. An optional question left empty is only read, a required one is answered.
- The seconds of a scale item, a medicine and an allergy are all it takes, reading included.
- The design has 14 for a medicine that is typed whole. Names are offered now. Copied from a box at 2 letters a second,
  the 16 of "Sertraline 50 mg" take 8 seconds; 4 of them, a pick of 2 seconds and 5 for the strength take 6.5. So: 12.5.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from .answers import Answer, is_blank
from .countries import Country
from .kinds import Choice, Choices, Group, Scale
from .pages import Page, Question
from .reading import Reading

WORD = 60 / 240
LINE, ANSWER = 1.0, 2.0
PAGE = 4.0
SCALE_ITEM = 5.0
ENTRY = {"medicine": 12.5, "allergy": 19.0}
KNOWN = frozenset(("first_name", "last_name", "preferred_name", "dob", "phone", "email"))
"""Filled in from the invitation, and only looked at."""
PROMISED = 10
"""Whole minutes that the typical patient is told the health check takes; benchmarks/form_time.py has the sum."""
BESIDE = {"start": 56}
"""Words that a page's own template says beside its questions: templates/intake/start.html."""


def seconds(page: Page, reading: Reading, *, to_do: bool = False, left_out: Collection[str] = ()) -> float:
    """How long a page takes this person. With `to_do`, what is answered on it already takes no time again.

    `left_out`: options that a page does not offer them, as the families of medicines that their list names.
    """
    shown = reading.shown_questions(page)
    if not shown:
        return 0.0
    answering = (_answering(page, question, reading.answers.get(question.id), to_do) for question in shown)
    return (
        PAGE
        + WORD * (words(_text(page, shown, reading.jurisdiction, left_out)) + BESIDE.get(page.id, 0))
        + sum(answering)
    )


def words(texts: Iterable[str]) -> int:
    """How many words there are to read, what is repeated but once."""
    return sum(len(text.split()) for text in dict.fromkeys(texts))


def whole(question: Question, answer: Answer) -> float | None:
    """The seconds of a question that is counted by the item or the entry, reading included; None for others."""
    match question.kind:
        case Scale(instrument=instrument):
            return SCALE_ITEM * instrument.item_count
        case Group(item_name=name):
            given = len(answer) if isinstance(answer, list) else 0
            return ENTRY[name] * max(given, int(question.required and is_blank(answer)))
    return None


def _text(
    page: Page, shown: Iterable[Question], jurisdiction: Country, left_out: Collection[str]
) -> Iterator[str]:
    """Everything there is to read on a page, but for what scale items and entries of a group say."""
    yield from page.intro
    for question in shown:
        yield from (question.text, question.help or "", *question.exit.values())
        if question.notice:
            yield f"{question.notice.title} (opens in a new tab)"
        match question.kind:
            case Choice(options=options) | Choices(options=options):
                yield from (label for code, label in options.items() if code not in left_out)
            case Scale(instrument=instrument):
                yield from instrument.above(jurisdiction)


def _answering(page: Page, question: Question, answer: Answer, to_do: bool) -> float:
    if question.id in KNOWN:
        return LINE
    if to_do and not is_blank(answer):
        if isinstance(question.kind, Scale) and isinstance(answer, list):
            return SCALE_ITEM * len(question.kind.blank_items(answer))
        return 0.0
    by_item = whole(question, answer)
    if by_item is not None:
        return by_item
    if page.is_line(question):
        return LINE
    return 0.0 if is_blank(answer) and not question.required else ANSWER
