"""The columns of cases.csv and flags.csv: those of a case, then those of every question, by its id; those of a flag.

A question's columns and cells come from its kind. A question that was not shown, or was answered with a state
("not_sure", "rather_not", "ask_me"), has that word in each of its columns; one left empty has empty cells. So "not
asked", "not answered" and "Not sure" never look alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from .answers import STATES, Answers, State, is_blank
from .countries import Country
from .kinds import Cell, Column, Kind
from .pages import Question, Questionnaire
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

    Built once for many rows. Where a cell stands is known beforehand, so that a row costs what was answered and one
    reading.
    """

    def __init__(self, questionnaire: Questionnaire, reads: Questionnaire) -> None:
        """`reads`: what the answers are read with, since questions also show by those of another form."""
        self.reads = reads
        self._plain: dict[str, int] = {}
        self._others: dict[str, tuple[Question, slice]] = {}
        self._hidden: list[tuple[str, slice, list[Cell]]] = []
        width = 0
        for question, columns in columns_of(questionnaire):
            where = slice(width, width + len(columns))
            if type(question.kind).cells is Kind.cells:
                self._plain[question.id] = width
            else:
                self._others[question.id] = question, where
            if question.show_if is not None:
                self._hidden.append((question.id, where, [NOT_SHOWN] * len(columns)))
            width += len(columns)
        self._empty: list[Cell] = [None] * width

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
                question, where = others[name]
                if isinstance(answer, str) and answer in STATES:
                    row[where] = [answer] * (where.stop - where.start)
                else:
                    row[where] = question.kind.cells(question, answer)
        applies = Reading(self.reads, answers, on, jurisdiction, due).applies
        for name, where, not_shown in self._hidden:
            if applies(name) is not True:
                row[where] = not_shown
        return row


def record_cells(values: Mapping[str, Cell], columns: tuple[Column, ...] = RECORD) -> list[Cell]:
    """The cells under RECORD, or FLAG. Raises KeyError when a column is missing."""
    return [values[column.name] for column in columns]
