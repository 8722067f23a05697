"""A patient's answers, laid out for a clinician: identity, numbers, lists, and every answer. Plain Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.answers import STATE_WORDS, STATES, Answer, State, is_blank, state_of
from app.questionnaire.countries import Country
from app.questionnaire.kinds import Choices, Group, Measure, Scale, age_on, answer_words, date_words
from app.questionnaire.pages import Question, Questionnaire
from app.questionnaire.reading import Reading
from app.questionnaire.units import POUND_KG
from app.screening.factbook import FACTS
from app.screening.facts import Facts

TOLD = "told by patient"
NOT_ASKED, NOT_ANSWERED = STATE_WORDS[State.NOT_SHOWN], STATE_WORDS[State.BLANK]

# Asked apart from the allergy list, which says that they need not be repeated there.
NAMED_ALLERGIES = {
    "anesthetic_allergy": "an anesthetic",
    "steroid_allergy": "a steroid",
    "ketamine_allergy": "ketamine",
}


@dataclass(frozen=True, slots=True)
class LabelledAnswer:
    """An answer in words, with its label."""

    label: str
    """The label."""
    words: str
    """The answer in words."""
    quiet: bool = False
    """Whether there is no definite answer."""


@dataclass(frozen=True, slots=True)
class PhoneAnswer:
    """An answer that was given on a call after the form was sent."""

    by: str
    """The name of who wrote it down."""
    at: datetime
    """When it was written down, aware."""
    was: str
    """The answer before, in words."""


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A question with its answer in words."""

    id: str
    """The question's id."""
    label: str
    """The question's label."""
    words: str
    """The answer in words."""
    quiet: bool
    """Whether there is no definite answer."""
    items: tuple[LabelledAnswer, ...] = ()
    """The items of a scale, each with the response picked."""
    by_phone: PhoneAnswer | None = None
    """Set when the answer was given on a call."""


@dataclass(frozen=True, slots=True)
class StepAnswers:
    """The answers of one step of the form."""

    name: str
    """The name of the step."""
    asked: tuple[AnswerView, ...]
    """Its questions that were asked, in order."""
    not_asked: tuple[tuple[str, str], ...]
    """Id and label of each question that did not apply."""


@dataclass(frozen=True, slots=True)
class Banner:
    """Who the patient is, in words."""

    called: str
    """The name to use."""
    legal: str
    """First name and surname."""
    born: str
    """The birth date, with the age after it."""
    sex: str
    """The sex recorded at birth, in words."""
    allergies: str
    """The allergies in one line."""


def labelled_answer(reading: Reading, name: str) -> LabelledAnswer:
    """The answer to a question in words, with its label."""
    question = WHOLE.questions[name]
    if not reading.shown(name):
        return LabelledAnswer(question.label, NOT_ASKED, quiet=True)
    answer = reading.value(name)
    quiet = state_of(answer) is not State.ANSWERED
    return LabelledAnswer(question.label, answer_words(question, answer, reading.jurisdiction), quiet)


def typed_text(reading: Reading, name: str) -> str:
    """The words of a typed answer; "" when there are none."""
    answer = reading.value(name)
    return answer if isinstance(answer, str) and answer not in STATES and reading.shown(name) else ""


def called(reading: Reading) -> str:
    """The name to use."""
    return typed_text(reading, "preferred_name") or typed_text(reading, "first_name") or "No name yet"


def banner(reading: Reading, today: date) -> Banner:
    """The top of the page."""
    legal = " ".join(filter(None, (typed_text(reading, "first_name"), typed_text(reading, "last_name"))))
    born = typed_text(reading, "dob")
    day = date.fromisoformat(born) if born else None
    return Banner(
        called=called(reading),
        legal=legal or NOT_ANSWERED,
        born=f"{date_words(day)} ({age_on(day, today)})" if day else NOT_ANSWERED,
        sex=labelled_answer(reading, "sex_at_birth").words,
        allergies=allergies(reading),
    )


def allergies(reading: Reading) -> str:
    """Every allergy in the answers; "None known" only when each question about one was answered no."""
    asked = NAMED_ALLERGIES | {"allergy_any": "anything else"}
    if all(is_blank(reading.value(name)) for name in asked):
        return "Not yet asked"
    known = [what for name, what in NAMED_ALLERGIES.items() if reading.value(name) == "yes"]
    known += [_allergy(row, reading.jurisdiction) for row in _rows(reading, "allergies")]
    if reading.value("allergy_any") == "yes" and not _rows(reading, "allergies"):
        known.append("something not yet named")
    unknown = [what for name, what in asked.items() if reading.value(name) not in ("yes", "no")]
    parts = ["; ".join(known)] if known else []
    parts += [f"Not known: {', '.join(unknown)}"] if unknown else []
    return ". ".join(parts) or "None known"


def _allergy(row: Mapping[str, Answer], jurisdiction: Country) -> str:
    """penicillin (rash or itching, as a child)."""
    columns = {entry.id: entry for entry in _group("allergies").entries}
    told = [
        _lower(answer_words(columns[name], row[name], jurisdiction))
        for name in ("allergy_reaction", "allergy_when")
        if state_of(row.get(name)) is State.ANSWERED
    ]
    return f"{row.get('allergy_to') or 'unnamed'}" + (f" ({', '.join(told)})" if told else "")


def _group(name: str) -> Group:
    """The kind of a repeating question. Raises TypeError for any other question."""
    kind = WHOLE.questions[name].kind
    if not isinstance(kind, Group):
        raise TypeError(f"{name} holds no list")
    return kind


def _rows(reading: Reading, name: str) -> list[Mapping[str, Answer]]:
    rows = reading.value(name)
    return rows if isinstance(rows, list) and reading.shown(name) else []


def one_line(reading: Reading, today: date) -> str:
    """Sam, 42, wants help with pain (more than 5 years). Hopes to: walk the dog."""
    born = typed_text(reading, "dob")
    who = called(reading)
    if born:
        who += f", {age_on(date.fromisoformat(born), today)}"
    wants = _wants(reading)
    duration = labelled_answer(reading, "reason_duration")
    line = f"{who}, wants help with {wants}" if wants else f"{who}, has not said what they want help with"
    line += f" ({_lower(duration.words)})" if wants and not duration.quiet else ""
    hopes = typed_text(reading, "goals")
    return f"{line}. Hopes to: {hopes}" if hopes else f"{line}."


def _wants(reading: Reading) -> str:
    kind = WHOLE.questions["reasons"].kind
    if not isinstance(kind, Choices):
        return ""
    picked = [code for code, said in kind.said_of(reading.value("reasons")).items() if said == "yes"]
    other = typed_text(reading, "reason_other")
    words = [f"“{other}”" if code == "other" and other else _lower(kind.options[code]) for code in picked]
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def _lower(words: str) -> str:
    """Into the middle of a sentence; OCD stays OCD."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def numbers(reading: Reading, asked: Questionnaire) -> Iterator[LabelledAnswer]:
    """Measures, and the scores of the scales that a form asks. No dose is worked out."""
    for name in ("height", "weight"):
        yield _measure(reading, name)
    bmi = Facts(reading, FACTS).fact("patient.bmi")
    known = isinstance(bmi, float)
    yield LabelledAnswer("BMI", f"{bmi:.1f} kg/m²" if known else "Not known", quiet=not known)
    top, bottom = reading.number("bp_top"), reading.number("bp_bottom")
    if isinstance(top, (int, float)) and isinstance(bottom, (int, float)):
        yield LabelledAnswer("Blood pressure", f"{top:g} over {bottom:g} mmHg, {TOLD}")
    else:
        yield LabelledAnswer("Blood pressure", "Not known", quiet=True)
    for question in asked.questions.values():
        if isinstance(question.kind, Scale):
            told = labelled_answer(reading, question.id)
            yield LabelledAnswer(question.kind.instrument.name, told.words, told.quiet)


def _measure(reading: Reading, name: str) -> LabelledAnswer:
    question = WHOLE.questions[name]
    told = labelled_answer(reading, name)
    noun = question.kind.noun if isinstance(question.kind, Measure) else question.label
    metric = reading.number(name)
    if told.quiet or not isinstance(metric, (int, float)):
        return LabelledAnswer(noun, told.words, quiet=True)
    if name == "weight":
        return LabelledAnswer(noun, f"{metric:.1f} kg, {metric / POUND_KG:.0f} pounds, {TOLD}")
    return LabelledAnswer(noun, f"{told.words}, {TOLD}")


def entries(reading: Reading, name: str) -> list[list[str]]:
    """The rows of a list the patient typed: a cell for each column. Empty when there are none."""
    columns = _group(name).entries
    return [
        [answer_words(entry, row.get(entry.id), reading.jurisdiction) for entry in columns]
        for row in _rows(reading, name)
    ]


def entry_heads(name: str) -> list[str]:
    """The headings over them."""
    return [entry.label for entry in _group(name).entries]


def answers_by_step(
    reading: Reading, asked: Questionnaire, by_phone: Mapping[str, PhoneAnswer]
) -> Iterator[StepAnswers]:
    """Every question of a form, in the order asked. `by_phone`: those given on a call, by id."""
    for step in asked.steps:
        # A birth date that opens a link is compared, never stored: there is nothing to show.
        questions = [question for question in step.questions() if question.kind.name != "identity"]
        shown = tuple(
            _answered(question, reading, by_phone.get(question.id))
            for question in questions
            if reading.shown(question.id)
        )
        hidden = tuple((q.id, q.label) for q in questions if not reading.shown(q.id))
        if questions:
            yield StepAnswers(step.name, shown, hidden)


def _answered(question: Question, reading: Reading, by_phone: PhoneAnswer | None) -> AnswerView:
    answer = reading.value(question.id)
    quiet = state_of(answer) is not State.ANSWERED
    words = answer_words(question, answer, reading.jurisdiction)
    items: tuple[LabelledAnswer, ...] = ()
    if not quiet and isinstance(question.kind, Group):
        words = "\n".join(question.kind.row_words(row, reading.jurisdiction) for row in answer)
    elif not quiet and isinstance(question.kind, Scale):
        items = tuple(_items(question.kind, answer, reading.jurisdiction))
    return AnswerView(question.id, question.label, words, quiet, items, by_phone)


def _items(kind: Scale, scores: Answer, jurisdiction: Country) -> Iterator[LabelledAnswer]:
    for number, score in enumerate(scores, 1):
        picked = (
            NOT_ANSWERED
            if score is None
            else f"{score}, {kind.instrument.choices(number, jurisdiction)[score]}"
        )
        yield LabelledAnswer(
            f"{number}. {kind.instrument.asked(number, jurisdiction)}", picked, quiet=score is None
        )
