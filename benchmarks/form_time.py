"""How long the health check takes four people, by the model of ux.md section 12, recomputed from the built form.

A model and no measurement: no clock, database or server. Its constants are section 12's: "reading at 240 words a
minute, 1 to 2 seconds to answer, 4 seconds a page, 5 seconds a scale item, 14 a medicine, 19 an allergy, start page and
check page included". So are the people's minutes, which are the targets. Where it leaves room, it is read so:

- Pages, questions and words all come from INTAKE and the person's Reading of it. Read are a page's stem and notices,
  each question (its short words under a stem), its help, options and ways out, and what stands above a scale; what a
  page repeats is read once. A page's title is within its 4 seconds. The start page has text of its own, START_WORDS.
- 1 second answers a line under a stem, or looks at what the invitation filled in ("details filled in already"); 2
  answer anything else, typed or picked. An optional question left empty is only read.
- The seconds of a scale item, a medicine and an allergy are all it takes, reading included.
- The check page is a page with what it asks. Reading one's answers again there is not in the minutes but beside them,
  as "reading back": all its rows but those that fold a page's Nos ("check page folds what needs no second look").
- "cruder" is section 12's own check, within 5% of its model: 10 seconds a question, 5 a line, the rest as above.
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

from app.intake.check import check_steps
from app.intake.draft import SIGN_PAGE, START_PAGE, Draft, Way
from app.questionnaire.answers import Answer, is_blank
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import Choice, Choices, Group, Scale, Statement
from app.questionnaire.pages import Page, Question, Questionnaire, Reading
from benchmarks.form_people import PEOPLE, Someone
from benchmarks.report import Figure, Mark, columns

if TYPE_CHECKING:
    from benchmarks.bench import Bench

ON = date(2026, 3, 1)
WORD = 60 / 240
LINE, ANSWER = 1.0, 2.0
PAGE = 4.0
SCALE_ITEM = 5.0
ENTRY = {"medicine": 14.0, "allergy": 19.0}
CRUDE_QUESTION, CRUDE_LINE = 10.0, 5.0
START_WORDS = 97
"""Above the questions of templates/intake/start.html, and not in the questionnaire."""
FILLED_IN = frozenset(("first_name", "last_name", "preferred_name", "dob", "phone", "email"))
"""Known from the invitation: app.intake.opening.IDENTITY."""
TYPICAL_TARGET = 12.0
"""Minutes: "median 12 or less", and what the start page says."""


@dataclass(frozen=True)
class FormTime:
    """What one person met in the form, and how long the model says it took."""

    pages: int
    questions: int
    taps: int
    typed: int
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
    seconds = sum(PAGE + WORD * _words(_text(page, shown)) for page, shown in met)
    seconds += WORD * START_WORDS * any(page.id == START_PAGE for page, _ in met)
    seconds += sum(_answering(page, question, answers.get(question.id)) for page, question in asked)
    return FormTime(
        pages=len(met),
        questions=len(asked),
        taps=sum(taps for taps, _ in efforts),
        typed=sum(typed for _, typed in efforts),
        seconds=seconds,
        crude_seconds=sum(_crude(page, question, answers.get(question.id)) for page, question in asked),
        reading_back=WORD * _words(_read_back(reading)),
    )


def _words(texts: Iterable[str]) -> int:
    return sum(len(text.split()) for text in dict.fromkeys(texts))


def _text(page: Page, shown: Iterable[Question]) -> Iterator[str]:
    """Everything there is to read on a page, but for what scale items and entries of a group say."""
    yield from (page.stem or "", *page.intro)
    for question in shown:
        yield from (
            _under_stem(page, question) or question.text,
            question.help or "",
            *question.exit.values(),
        )
        match question.kind:
            case Choice(options=options) | Choices(options=options):
                yield from options.values()
            case Scale(instrument=instrument):
                wording = instrument.wording("US")
                yield from (wording.stem or "", wording.help or "")


def _under_stem(page: Page, question: Question) -> str | None:
    return question.row if page.stem else None


def _whole(question: Question, answer: Answer) -> float | None:
    """The seconds of a question the model counts by the item or the entry, reading included; None for others."""
    match question.kind:
        case Scale(instrument=instrument):
            return SCALE_ITEM * instrument.item_count
        case Group(item_name=name):
            return ENTRY[name] * len(answer or ())
    return None


def _answering(page: Page, question: Question, answer: Answer) -> float:
    whole = _whole(question, answer)
    if whole is not None:
        return whole
    if question.id in FILLED_IN or _under_stem(page, question):
        return LINE
    return 0.0 if is_blank(answer) else ANSWER


def _crude(page: Page, question: Question, answer: Answer) -> float:
    whole = _whole(question, answer)
    if whole is not None:
        return whole
    return CRUDE_LINE if _under_stem(page, question) else CRUDE_QUESTION


def _effort(question: Question, answer: Answer) -> tuple[int, int]:
    """Taps on answers and fields typed in; none where the invitation has filled it in or nothing was given."""
    if question.id in FILLED_IN or is_blank(answer):
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
    """The check page's rows, but for those that fold a page's Nos into one."""
    way = Way(
        Draft(dict(reading.answers), dict.fromkeys((p.id for p in reading.questionnaire.pages), 1)), reading
    )
    for step in check_steps(way, SIGN_PAGE):
        for row in step.rows:
            if row.key != "You said No to":
                yield f"{row.key} {row.value or 'Not answered'}"


HEADINGS = ("person (section 12's pages, questions)", *("pages", "questions", "taps", "typed"),
            *("minutes", "target", "met", "cruder", "reading back"))  # fmt: skip


def main() -> None:
    """Print the four people beside their targets, and the typical one beside the promise."""
    times = [(someone, form_time(someone.answers)) for someone in PEOPLE]
    print(columns([HEADINGS, *(_row(someone, time) for someone, time in times)]))
    typical = times[1][1].minutes
    met = "met" if typical <= TYPICAL_TARGET else "NOT met"
    print(
        f"\nM, the typical patient: {typical:.1f} minutes of {TYPICAL_TARGET:.0f}, {met}. A model, not measured."
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


if __name__ == "__main__":
    main()
