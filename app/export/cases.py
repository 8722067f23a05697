"""cases.csv: one row for each case, with all its answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session

from app.core.access import Actor
from app.core.damage import READ_ERRORS
from app.export.reading import (
    UNREADABLE,
    ReadRow,
    ValidityCells,
    count_cases,
    latest_screenings,
    log,
    next_cases,
    open_sealed,
    validity_cells,
)
from app.models import (
    Case,
    Decision,
    Flag,
    Screening,
    amendments_between,
    apply_amendments,
    merged_answers,
    ring,
)
from app.models.sealing import KeyRing
from app.questionnaire.all_forms import FORMS, WHOLE, Form
from app.questionnaire.columns import RECORD, AnswerCells, headings, record_cells
from app.questionnaire.form_kinds import FormKind
from app.questionnaire.kinds import Cell
from app.screening.levels import LEVEL_ORDER, Level

BATCH = 500


@dataclass(frozen=True)
class Sheet:
    """The file of one kind of form: its headings, and how answers are written under them."""

    kind: FormKind
    """The kind of form."""
    headings: tuple[str, ...]
    """The headings of its columns, in order."""
    answers: AnswerCells
    """What writes the cells of its answers."""

    @classmethod
    def of(cls, form: Form) -> Sheet:
        """The file of a form."""
        # No form comes before the health check: its questions show by its own answers.
        reads = form.asks if form.kind is FormKind.INTAKE else WHOLE
        return cls(form.kind, tuple(headings(form.asks)), AnswerCells(form.asks, reads))

    @property
    def unreadable(self) -> list[Cell]:
        """The cells of answers that cannot be opened."""
        return [UNREADABLE] * (len(self.headings) - len(RECORD))

    def count(self, session: Session, actor: Actor) -> int:
        """How many cases of it the actor may take."""
        return count_cases(session, actor, self.kind)

    def read(self, session: Session, actor: Actor, after: UUID | None, newest: UUID) -> CaseBatch | None:
        """The next cases after one, up to the newest, with what belongs to them; None when there are no more."""
        return _read(self, session, actor, after, newest)


SHEETS = {kind: Sheet.of(form) for kind, form in FORMS.items()}


@dataclass(frozen=True, slots=True)
class CaseBatch:
    """Some cases with what belongs to them, as fetched: nothing is opened yet."""

    sheet: Sheet
    """The file that the cases are for."""
    ring: KeyRing
    """The sealing keys."""
    cases: Sequence[ReadRow]
    """The rows of the cases, in the order of their ids."""
    screenings: dict[UUID, ReadRow]
    """The latest screening of each, by the case's id."""
    decisions: dict[UUID, ReadRow]
    """The decision in force of each, by the case's id."""
    amendments: dict[UUID, list[Any]]
    """The answers given on calls, by the case's id."""

    @property
    def last(self) -> UUID:
        """The last case's id."""
        last: UUID = self.cases[-1].id
        return last

    def rows(self) -> Iterator[list[Cell]]:
        """The cells of each case, in the order of the headings."""
        for case in self.cases:
            yield [*self._record(case), *self._answers(case)]

    def _record(self, case: ReadRow) -> list[Cell]:
        screening = self.screenings.get(case.id)
        flags = sorted(map(_flag, screening.flags.split(";"))) if screening and screening.flags else []
        raised = [flag for flag in flags if flag.raised]
        decision = self.decisions.get(case.id)
        return record_cells(
            {
                "case_id": str(case.id),
                "person_id": str(case.person_id),
                "kind": case.kind,
                "follows": str(case.follows_id) if case.follows_id else None,
                "status": case.status.value,
                "started_at": case.started_at.isoformat(),
                "submitted_at": case.submitted_at.isoformat() if case.submitted_at else None,
                "questionnaire_version": case.questionnaire_version,
                "rulebook": screening.rulebook if screening else None,
                "settings": screening.settings_hash if screening else None,
                "valid_until": (validity_cells(self.ring, screening) if screening else ValidityCells()).until,
                "level": raised[0].level if raised else None,
                "flags": ";".join([flag.rule for flag in raised]),
                "flags_settled": ";".join([flag.rule for flag in raised if flag.settled]),
                "cards": ";".join(dict.fromkeys([flag.card for flag in raised if flag.stands])),
                "conflicts": ";".join([flag.rule for flag in raised if flag.level == Level.CONFLICT]),
                "to_ask": ";".join(sorted([flag.rule for flag in flags if flag.to_ask])),
                "decision": decision.outcome.value if decision else None,
                "decision_by": str(decision.made_by) if decision else None,
                "decided_at": decision.made_at.isoformat() if decision else None,
                "decision_note": self._note(decision) if decision else None,
                "decision_conditions": self._conditions(decision) if decision else None,
            }
        )

    def _answers(self, case: ReadRow) -> list[Cell]:
        screening = self.screenings.get(case.id)
        on: date = screening.on_date if screening else (case.submitted_at or case.updated_at).date()
        try:
            sealed = self.ring.open("case.sealed_answers", case.id, case.sealed_answers)
            answers = merged_answers(sealed)
            if case.id in self.amendments:
                answers = apply_amendments(self.ring, answers, self.amendments[case.id])
            return self.sheet.answers.cells(answers, on, case.jurisdiction, sealed.get("due", ()))
        except READ_ERRORS as error:
            log.error("case unreadable", case=str(case.id), error=type(error).__name__)
            return self.sheet.unreadable

    def _note(self, decision: ReadRow) -> Cell:
        try:
            note = open_sealed(self.ring, "decision.sealed_note", decision.id, decision.sealed_note)
            return None if note is None else str(note)
        except READ_ERRORS as error:
            log.error("note unreadable", case=str(decision.case_id), error=type(error).__name__)
            return UNREADABLE

    def _conditions(self, decision: ReadRow) -> Cell:
        """Each condition with the rules it carries."""
        try:
            conditions = open_sealed(
                self.ring, "decision.sealed_conditions", decision.id, decision.sealed_conditions
            )
            return (
                " | ".join(f"{', '.join(one['rules'])}: {one['condition']}" for one in conditions or ())
                or None
            )
        except READ_ERRORS as error:
            log.error("conditions unreadable", case=str(decision.case_id), error=type(error).__name__)
            return UNREADABLE


# All flags of a screening in one value: a row for each costs ten times as much to fetch. Slugs and words hold neither
# mark. A join with GROUP BY would have SQLite read every screening for each batch.
_FLAGS = (
    select(
        func.aggregate_strings(
            Flag.rule
            + ":"
            + cast(Flag.level, String)
            + ":"
            + cast(Flag.outcome, String)
            + ":"
            + cast(Flag.state, String)
            + ":"
            + Flag.card,
            ";",
        )
    )
    .where(Flag.screening_id == Screening.id)
    .scalar_subquery()
    .label("flags")
)


class _FlagSummary(NamedTuple):
    """A flag as a row names it. Sorted, flags are strongest first, then by slug."""

    place: int
    """The place of its level in LEVEL_ORDER."""
    rule: str
    level: str
    card: str
    raised: bool
    settled: bool
    stands: bool
    """Whether its card is named for it: it is raised, open and no note."""
    to_ask: bool
    """Whether it waits for an answer."""


@lru_cache(maxsize=4096)
def _flag(joined: str) -> _FlagSummary:
    """One flag out of _FLAGS."""
    slug, level, outcome, state, card = joined.split(":")
    return _FlagSummary(
        LEVEL_ORDER[Level(level)],
        slug,
        level,
        card,
        raised=outcome == "raised",
        settled=state == "settled",
        stands=outcome == "raised" and state == "open" and level != Level.NOTE,
        to_ask=outcome == "undetermined" and state == "open",
    )


def _read(sheet: Sheet, session: Session, actor: Actor, after: UUID | None, newest: UUID) -> CaseBatch | None:
    cases = next_cases(
        session, actor, after, newest, BATCH, sheet.kind,
        Case.person_id, Case.kind, Case.follows_id, Case.status, Case.started_at, Case.submitted_at, Case.updated_at,
        Case.questionnaire_version, Case.jurisdiction, Case.sealed_answers,
    )  # fmt: skip
    if not cases:
        return None
    decisions = session.connection().execute(
        select(
            Decision.id,
            Decision.case_id,
            Decision.outcome,
            Decision.made_by,
            Decision.made_at,
            Decision.sealed_note,
            Decision.sealed_conditions,
        )
        .where(Decision.case_id.between(cases[0].id, cases[-1].id), Decision.invalidated_at.is_(None))
        .order_by(Decision.id)
    )
    return CaseBatch(
        sheet,
        ring(session),
        cases,
        latest_screenings(session, cases, _FLAGS),
        {decision.case_id: decision for decision in decisions},
        amendments_between(session, cases[0].id, cases[-1].id),
    )
