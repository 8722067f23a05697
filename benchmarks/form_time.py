"""How long the health check takes four people, by the model of ux.md section 12, recomputed from the built form.

A model and no measurement: no clock, database or server. It is the product's own, app/questionnaire/timing.py, where
its constants and how they are read stand. The targets are those of the shorter form (decision 34). Besides:

- Pages, questions and words all come from INTAKE and the person's Reading of it.
- The check page is a page with what it asks. Reading one's answers again there is not in the minutes but beside them,
  as "reading back": all its rows but those that fold a page's Nos ("check page folds what needs no second look").
- "cruder" is section 12's own check, within 5% of its model: 10 seconds a question, 5 a line, the rest as above.
- "words" are those on the way, each as often as it stands on a page: titles, what stands above, questions, hints, every
  option, ways out, items and choices of a scale, the fields of each entry of a list, and FRAME of buttons and the like.
- Help pages, the task list, waiting and mending mistakes are in none of them.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    # As `python -m` would have it: this folder must not be where modules are looked for.
    sys.path[0] = str(Path(__file__).parent.parent)

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.intake import asked_families
from app.intake.asked_families import left_out
from app.intake.draft import SIGN_PAGE, Draft
from app.intake.form.check import check_steps
from app.intake.progress import Progress
from app.questionnaire.answers import Answer, is_blank
from app.questionnaire.countries import Country
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import Choice, Choices, Group, Scale, Statement
from app.questionnaire.pages import Page, Question, Questionnaire
from app.questionnaire.reading import Reading
from app.questionnaire.timing import KNOWN, WORD, seconds, whole, words
from benchmarks.form_people import PEOPLE, Someone
from benchmarks.report import Figure, Mark, columns

if TYPE_CHECKING:
    from benchmarks.bench import Bench

ON = date(2026, 3, 1)
CRUDE_QUESTION, CRUDE_LINE = 10.0, 5.0
TYPICAL_TARGET = 10.5
"""Minutes of the typical patient; the start page says "about 10"."""
FRAME = 16
"""Words on a page besides: Go back, the step, whose form it is, the buttons. They were 18 in version 1.4."""
FEWER = 0.75
"""Of the words of before, what shall be left."""


@dataclass(frozen=True)
class FormTime:
    """What one person met in the form, and how long the model says it took."""

    pages: int
    questions: int
    taps: int
    typed: int
    words: int
    seconds: float
    crude_seconds: float
    reading_back: float

    @property
    def minutes(self) -> float:
        """As section 12 gives them: to a tenth."""
        return round(self.seconds / 60, 1)


def form_time(answers: Mapping[str, Answer], questionnaire: Questionnaire = INTAKE) -> FormTime:
    """The model of section 12 over the pages and questions these answers bring up."""
    reading = Reading(questionnaire, answers, ON)
    met = [(page, shown) for page in questionnaire.pages if (shown := reading.shown_questions(page))]
    asked = [(page, question) for page, shown in met for question in shown]
    efforts = [_effort(question, answers.get(question.id)) for _, question in asked]
    return FormTime(
        pages=len(met),
        questions=len(asked),
        taps=sum(taps for taps, _ in efforts),
        typed=sum(typed for _, typed in efforts),
        words=sum(words_on_the_way(page, shown, reading) for page, shown in met),
        seconds=sum(seconds(page, reading, left_out=_left_out(page, reading)) for page, _ in met),
        crude_seconds=sum(_crude(page, question, answers.get(question.id)) for page, question in asked),
        reading_back=WORD * words(_read_back(reading)),
    )


def _left_out(page: Page, reading: Reading) -> frozenset[str]:
    """The options that the page does not offer this person: families of medicines that their list names."""
    return left_out(reading.answers) if page.id == asked_families.PAGE else frozenset()


def words_on_the_way(page: Page, shown: Iterable[Question], reading: Reading) -> int:
    """All words on a page as this person meets it, each as often as it stands there."""
    own = sum(map(_count, (page.title, *page.intro))) + FRAME
    unoffered = [
        q.kind.options[code]
        for q in shown
        if q.id == asked_families.ASKED and isinstance(q.kind, Choices)
        for code in _left_out(page, reading)
    ]
    asked = sum(_question_words(q, reading.answers.get(q.id), reading.jurisdiction) for q in shown)
    return own + asked - sum(map(_count, unoffered))


def _question_words(question: Question, answer: Answer, jurisdiction: Country) -> int:
    own = sum(map(_count, (question.text, question.help or "", *question.exit.values())))
    match question.kind:
        case Choice(options=options) | Choices(options=options):
            return own + sum(map(_count, options.values()))
        case Scale(instrument=instrument):
            items = range(1, instrument.item_count + 1)
            asked = [
                text
                for item in items
                for text in (
                    instrument.asked(item, jurisdiction),
                    *instrument.choices(item, jurisdiction).values(),
                )
            ]
            return own + sum(map(_count, (*instrument.above(jurisdiction), *asked)))
        case Group(entries=entries):
            given = answer if isinstance(answer, list) and answer else [{}]
            return own + sum(
                _question_words(e, row.get(e.id), jurisdiction) for row in given for e in entries
            )
    return own


def _count(text: str) -> int:
    return len(text.split())


def _crude(page: Page, question: Question, answer: Answer) -> float:
    by_item = whole(question, answer)
    if by_item is not None:
        return by_item
    return CRUDE_LINE if page.is_line(question) else CRUDE_QUESTION


def _effort(question: Question, answer: Answer) -> tuple[int, int]:
    """Taps on answers and fields typed in; none where the invitation has filled it in or nothing was given."""
    if question.id in KNOWN or is_blank(answer):
        return 0, 0
    match question.kind:
        case Group(entries=entries):
            each = [_effort(entry, row.get(entry.id)) for row in answer for entry in entries]
            return sum(taps for taps, _ in each), sum(typed for _, typed in each)
        case Choices():
            return len(answer), 0
        case Scale():
            return sum(score is not None for score in answer), 0
        case Choice() | Statement():
            return 1, 0
    return (1, 0) if isinstance(answer, str) and answer in question.exit else (0, 1)


def _read_back(reading: Reading) -> Iterator[str]:
    """The check page's rows, but for those that come folded."""
    progress = Progress(
        Draft(dict(reading.answers), dict.fromkeys((p.id for p in reading.questionnaire.pages), 1)), reading
    )
    for step in check_steps(progress, SIGN_PAGE, private=False):
        for row in step.rows:
            yield " ".join((row.key, *([part.words for part in row.parts] or [row.value or "Not answered"])))


HEADINGS = ("person (section 12's pages, questions)", *("pages", "questions", "taps", "typed"),
            *("minutes", "target", "met", "cruder", "reading back", "words", "of before"))  # fmt: skip


def main() -> None:
    """Print the four people beside their targets, and the typical one beside the promise."""
    times = [(someone, form_time(someone.answers)) for someone in PEOPLE]
    print(columns([HEADINGS, *(_row(someone, time) for someone, time in times)]))
    typical = times[1][1].minutes
    met = "met" if typical <= TYPICAL_TARGET else "NOT met"
    print(
        f"\nM, the typical patient: {typical:.1f} minutes of {TYPICAL_TARGET}, {met}. A model, not measured."
    )


def _row(someone: Someone, time: FormTime) -> tuple[str, ...]:
    return (
        f"{someone.name} ({someone.said_pages}, {someone.said_questions})",
        *(str(count) for count in (time.pages, time.questions, time.taps, time.typed)),
        f"{time.minutes:.1f}",
        f"{someone.target:.1f}",
        "yes" if time.minutes <= someone.target else "NO",
        f"{time.crude_seconds / 60:.1f}",
        f"+{time.reading_back / 60:.1f}",
        f"{time.words:,}",
        f"{time.words / someone.words_before:.0%}",
    )


def measure(bench: Bench) -> None:
    """The four people's minutes in the table of all benchmarks."""
    for someone in PEOPLE:
        time = form_time(someone.answers)
        bench.add(
            Figure(
                f"form, modelled: {someone.name[:1]}",
                time.minutes,
                "min",
                mark=Mark(someone.target),
                note=f"{time.pages} pages, {time.questions} questions",
            )
        )
        bench.add(Figure(f"form, words on the way: {someone.name[:1]}", time.words, "words",
                         mark=Mark(FEWER * someone.words_before)))  # fmt: skip


if __name__ == "__main__":
    main()
