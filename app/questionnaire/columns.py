"""The columns of cases.csv and flags.csv: those of a case, then those of every question, by its id; those of a flag.

A question's columns and cells come from its kind. A question that was not shown, or was answered with a state
("not_sure", "rather_not", "ask_me"), has that word in each of its columns; one left empty has empty cells. So "not
asked", "not answered" and "I'm not sure" never look alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from .answers import DUE, STATES, Answer, Answers, State, is_blank
from .conditions import Expression
from .countries import Country
from .kinds import Cell, Choice, Choices, Column, Kind
from .pages import Derived, Question, Questionnaire
from .reading import Reading

_SETTINGS = Column("settings", "hash of the clinic's settings that the case was judged with")
_VALID_UNTIL = Column(
    "valid_until",
    "last day on which that judgement holds, YYYY-MM-DD; empty when none was worked out, as for a draft",
)

RECORD: tuple[Column, ...] = (
    Column("case_id", "id of the case; a row is one case"),
    Column("person_id", "id of the person; every form of one person has the same"),
    Column("kind", "which form: intake (the health check), ready (getting ready) or checkin (after a session)"),
    Column("follows", "case_id of the health check that the form follows"),
    Column("status", "draft, submitted, in_review, waiting_on_patient, waiting_until, decided or reopened"),
    Column("started_at", "time, ISO 8601, UTC"),
    Column("submitted_at", "time, ISO 8601, UTC; empty for a draft"),
    Column("questionnaire_version", "version of the questions answered"),
    Column("rulebook", "version and hash of the rules that judged it"),
    _SETTINGS,
    _VALID_UNTIL,
    Column("level", "worst level raised, settled or not: urgent, stop, review, conflict or note"),
    Column("flags", "every rule raised, strongest first, joined by ;"),
    Column("flags_settled", "those of them that a clinician settled, joined by ;"),
    Column("cards", "subjects with something raised and open above a note, strongest first, joined by ;"),
    Column("conflicts", "rules raised because answers disagree, settled or not, joined by ;"),
    Column("to_ask", "rules that wait for an answer and were not settled without one, joined by ;"),
    Column("decision", "suitable, suitable_with_conditions or not_suitable_now; empty when none stands"),
    Column("decision_by", "id of the member of staff who decided"),
    Column("decided_at", "time, ISO 8601, UTC"),
    Column("decision_note", "text"),
    Column("decision_conditions", "rules that wait for an answer: the condition that carries them, joined by |"),
)  # fmt: skip
"""The columns before the questions."""

FLAG: tuple[Column, ...] = (
    Column("case_id", "id of the case, as in the file of cases; a row is one flag of its latest screening"),
    Column("person_id", "id of the person, as in the file of cases"),
    Column("rule", "the rule's name, which never changes"),
    Column("title", "the rule in words; its name when it is no longer in the rulebook"),
    Column("outcome", "raised, or undetermined: an answer that decides it is missing"),
    Column("level", "urgent, stop, review, conflict or note; of one undetermined, what it would come to"),
    Column("card", "the subject it is told under"),
    Column("card_name", "that subject in words"),
    Column(
        "evidence",
        "what stands behind the rule: label, consensus, caution, law, article (marketing, no guideline found) or "
        "local (a threshold of the clinic's own); empty when the rule is no longer in the rulebook",
    ),
    Column("sources", "what it cites, by key, joined by ;"),
    Column("source_kinds", "what each of these is (label, guideline, study, article and so on), in the same order"),
    Column("citations", "these in words, in the same order, joined by |"),
    Column("because", "question: answer, as the patient read them, joined by |; of a conflict both sides"),
    Column("questions", "ids of the questions answered so, joined by ;"),
    Column("unknown", "the facts that nobody knows yet, when undetermined, joined by ;"),
    Column("ask", "the sentence to ask the patient, when undetermined; empty when another rule asks for the same"),
    Column("changed", "yes when it was raised and its answer was changed afterwards, before sending or after, else no"),
    Column("settled", "yes or no"),
    Column("settled_reason", "code of the reason it was settled with"),
    Column("settled_reason_words", "that reason in words"),
    Column("settled_by", "id of the member of staff who settled it"),
    Column("settled_at", "time, ISO 8601, UTC"),
    Column("settled_note", "text"),
    Column("rulebook", "version and hash of the rules that judged the case"),
    _SETTINGS,
    Column("judged_on", "day from which ages and times past were reckoned, YYYY-MM-DD"),
    _VALID_UNTIL,
    Column("changes_after", "rules that come out otherwise on the day after that, joined by ;"),
)  # fmt: skip
"""The columns of the file of flags."""


NOT_SHOWN = State.NOT_SHOWN.value


def columns_of(questionnaire: Questionnaire) -> Iterator[tuple[Question, tuple[Column, ...]]]:
    """Every question that is exported, with its columns, in the order asked."""
    for question in questionnaire.questions.values():
        if columns := question.kind.columns(question):
            yield question, columns


def headings(questionnaire: Questionnaire) -> list[str]:
    """The headings of the whole export."""
    answered = (column.name for _, columns in columns_of(questionnaire) for column in columns)
    return [*(column.name for column in RECORD), *answered]


class AnswerCells:
    """Writes one person's answers into cells, under the headings of `columns_of`.

    Built once for many rows. A row costs what was answered and little more: where a cell stands is known beforehand,
    and what is hidden is remembered for each combination of the cells that decide it.
    """

    def __init__(self, questionnaire: Questionnaire, reads: Questionnaire) -> None:
        """`reads`: what the answers are read with, since questions also show by those of another form."""
        self.reads = reads
        self._plain: dict[str, int] = {}
        self._others: dict[str, _Place] = {}
        places: dict[str, _Place] = {}
        width = 0
        for question, columns in columns_of(questionnaire):
            place = places[question.id] = _Place(question, slice(width, width + len(columns)))
            if type(question.kind).cells is Kind.cells:
                self._plain[question.id] = width
            else:
                self._others[question.id] = place
            width += len(columns)
        self._empty: list[Cell] = [None] * width
        # What is worked out from an answer, and the scales that are due, stand behind the row while gates are asked.
        self._derived = tuple(questionnaire.derived.values())
        at = {name: width + index for index, name in enumerate((*questionnaire.derived, DUE))}
        at |= {name: place.where.start for name, place in places.items() if _picked(place.question)}
        gates: dict[tuple[str, ...], list[_Place]] = {}
        for place in places.values():
            if place.question.show_if is not None:
                gates.setdefault(tuple(_read_by(self.reads, place.question.show_if)), []).append(place)
        self._gates = [
            _Gate(tuple(at[name] for name in names), hides)
            for names, hides in gates.items()
            if names and all(name in at for name in names)
        ]
        self._direct = [
            place
            for names, hides in gates.items()
            if not names or not all(name in at for name in names)
            for place in hides
        ]

    def cells(self, answers: Answers, on: date, jurisdiction: Country, due: Sequence[str] = ()) -> list[Cell]:
        """The cells of one case, judged as on a day: as many as there are columns. `due` as in Reading.

        Raises KeyError, TypeError or ValueError for answers that are not in the stored shape.
        """
        row = self._empty.copy()
        plain, others = self._plain, self._others
        for name, answer in answers.items():
            if name in plain:
                # A state is written as it is, as any code; what is blank leaves the cell empty.
                if answer or answer == 0:
                    row[plain[name]] = answer
            elif name in others and not is_blank(answer):
                others[name].write(row, answer)
        reading = Reading(self.reads, answers, on, jurisdiction, due)
        numbers = [_number(answers.get(derived.question), derived, on) for derived in self._derived]
        deciding = [*row, *numbers, ";".join(due)]
        for gate in self._gates:
            key = gate.key(deciding)
            hidden = gate.known.get(key)
            if hidden is None:
                hidden = gate.work_out(reading, key)
            for index in hidden:
                row[index] = NOT_SHOWN
        for place in self._direct:
            if not reading.shown(place.question.id):
                row[place.where] = [NOT_SHOWN] * len(place.indices)
        return row


class _Place:
    """Where the cells of a question stand in a row, and how they are written."""

    __slots__ = ("indices", "question", "where")

    def __init__(self, question: Question, where: slice) -> None:
        self.question = question
        self.where = where
        self.indices = tuple(range(where.start, where.stop))

    def write(self, row: list[Cell], answer: Answer) -> None:
        if isinstance(answer, str) and answer in STATES:
            row[self.where] = [answer] * len(self.indices)
        else:
            row[self.where] = self.question.kind.cells(self.question, answer)


class _Gate:
    """The questions that show or hide by the same cells. It remembers what each combination of these hides.

    Only picked answers and what is worked out from them decide here: there are few of those.
    """

    __slots__ = ("_places", "key", "known")

    MOST = 10_000

    def __init__(self, deciding: tuple[int, ...], places: list[_Place]) -> None:
        self._places = places
        self.key: Callable[[list[Cell]], Any] = itemgetter(*deciding)
        self.known: dict[Any, tuple[int, ...]] = {}

    def work_out(self, reading: Reading, key: Any) -> tuple[int, ...]:
        """The cells that say "not shown" for these answers."""
        found = tuple(
            index for place in self._places if not reading.shown(place.question.id) for index in place.indices
        )
        if len(self.known) < self.MOST:
            self.known[key] = found
        return found


def _picked(question: Question) -> bool:
    """Whether its one cell says all that was answered, in one of few ways."""
    return isinstance(question.kind, (Choice, Choices))


def _number(answer: Answer, derived: Derived, on: date) -> Cell:
    """What is worked out from an answer; None when nothing is known of it."""
    unknown = is_blank(answer) or (isinstance(answer, str) and answer in STATES)
    return None if unknown else derived.of(answer, on)


def _read_by(questionnaire: Questionnaire, condition: Expression) -> Iterator[str]:
    """Every question, derived name or DUE that a condition depends on, once; those that decide about these included."""
    names: set[str] = set()

    def collect(part: Expression) -> None:
        for name in part.names():
            names.add(name)
            if name == DUE:
                continue
            derived = questionnaire.derived.get(name)
            question = questionnaire.questions[derived.question if derived else name]
            if question.show_if is not None:
                collect(question.show_if)

    collect(condition)
    yield from sorted(names)


def record_cells(values: Mapping[str, Cell], columns: tuple[Column, ...] = RECORD) -> list[Cell]:
    """The cells under RECORD, or FLAG. Raises KeyError when a column is missing."""
    return [values[column.name] for column in columns]
