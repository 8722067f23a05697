"""What happens when an admin takes records out: it is written down first, then read in batches and written as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

import structlog
from sqlalchemy import Row, String, cast, func, select
from sqlalchemy.orm import Session

from app import audit
from app.access import Actor, cases_for
from app.export.spreadsheet import BYTE_ORDER_MARK, as_csv
from app.models import Case, Decision, Flag, Screening, ring
from app.questionnaire import dictionary
from app.questionnaire.columns import RECORD, AnswerCells, headings, record_cells
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import Cell
from app.screening.rulebook import RULEBOOK
from app.screening.rules import LEVEL_ORDER, Level
from app.sealing import Ring, SealBroken

BATCH = 500
UNREADABLE = "unreadable"
# A sealed value that was altered or whose key is gone; answers of a shape that the questions no longer have.
BROKEN = (SealBroken, AttributeError, KeyError, TypeError, ValueError)

_Found: TypeAlias = "Row[*tuple[Any, ...]]"

log = structlog.get_logger("foreroom.export")

_ANSWERS = AnswerCells(INTAKE)
_ANSWER_COLUMNS = len(headings(INTAKE)) - len(RECORD)


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be written: the cases there were when it was asked for. `newest` is None when there are none."""

    rows: int
    newest: UUID | None


def begin(session: Session, actor: Actor, now: datetime, reason: str) -> Export:
    """Count what the actor may take and write down that they take it. `reason` is a code."""
    cases = cases_for(actor)
    rows = session.scalar(select(func.count()).select_from(cases.with_only_columns(Case.id).subquery())) or 0
    newest = session.scalar(cases.with_only_columns(Case.id).order_by(Case.id.desc()).limit(1))
    audit.record(session, actor, "export.downloaded", now, kind="cases", reason=reason, rows=rows)
    return Export(rows, newest)


def stream(
    sessions: Callable[[], Session], actor: Actor, export: Export, *, mark: bool = False
) -> Iterator[bytes]:
    """The CSV file, a batch at a time.

    Every batch has a session of its own, which is closed before the batch is sent: a slow reader holds no lock and no
    connection. A case that cannot be opened is written with "unreadable" in its answers, and logged.
    """
    heading = as_csv([headings(INTAKE)])
    yield BYTE_ORDER_MARK + heading if mark else heading
    after: UUID | None = None
    while export.newest is not None and after != export.newest:
        with sessions() as session:
            batch = _read(session, actor, after, export.newest)
        if batch is None:
            return
        yield as_csv(batch.rows())
        after = batch.cases[-1].id


def dictionary_csv(session: Session, actor: Actor, now: datetime) -> bytes:
    """The data dictionary as CSV; that it was taken is written down."""
    audit.record(session, actor, "export.dictionary", now)
    return as_csv([dictionary.HEADINGS, *dictionary.rows(INTAKE)])


@dataclass(frozen=True, slots=True)
class _Batch:
    """What was read of some cases: nothing is opened, and no connection is held any more."""

    ring: Ring
    cases: Sequence[_Found]
    screenings: dict[UUID, _Found]
    decisions: dict[UUID, _Found]

    def rows(self) -> Iterator[list[Cell]]:
        """The cells of each case, in the order of the headings."""
        for case in self.cases:
            yield [*self._record(case), *self._answers(case)]

    def _record(self, case: _Found) -> list[Cell]:
        screening = self.screenings.get(case.id)
        flags = sorted(map(_flag, screening.flags.split(";"))) if screening and screening.flags else []
        raised = [flag for flag in flags if flag.raised]
        decision = self.decisions.get(case.id)
        return record_cells(
            {
                "case_id": str(case.id),
                "kind": case.kind,
                "status": case.status.value,
                "started_at": case.started_at.isoformat(),
                "submitted_at": case.submitted_at.isoformat() if case.submitted_at else None,
                "questionnaire_version": case.questionnaire_version,
                "rulebook": screening.rulebook if screening else None,
                "level": raised[0].level if raised else None,
                "flags": ";".join(flag.rule for flag in raised),
                "flags_settled": ";".join(flag.rule for flag in raised if flag.settled),
                "to_ask": ";".join(sorted(flag.rule for flag in flags if flag.to_ask)),
                "decision": decision.outcome.value if decision else None,
                "decision_by": str(decision.made_by) if decision else None,
                "decided_at": decision.made_at.isoformat() if decision else None,
                "decision_note": self._note(decision) if decision else None,
            }
        )

    def _answers(self, case: _Found) -> list[Cell]:
        screening = self.screenings.get(case.id)
        on: date = screening.on_date if screening else (case.submitted_at or case.updated_at).date()
        try:
            sealed = self.ring.open("case.sealed_answers", case.id, case.sealed_answers)
            return _ANSWERS.cells(sealed["answers"], on, case.jurisdiction)
        except BROKEN as error:
            log.error("case unreadable", case=str(case.id), error=type(error).__name__)
            return [UNREADABLE] * _ANSWER_COLUMNS

    def _note(self, decision: _Found) -> Cell:
        if decision.sealed_note is None:
            return None
        try:
            return str(self.ring.open("decision.sealed_note", decision.id, decision.sealed_note))
        except SealBroken as error:
            log.error("note unreadable", case=str(decision.case_id), error=type(error).__name__)
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
            + cast(Flag.state, String),
            ";",
        )
    )
    .where(Flag.screening_id == Screening.id)
    .scalar_subquery()
    .label("flags")
)


class _Flag(NamedTuple):
    """What a row says of a flag, in the order flags are told: strongest first, then by slug."""

    place: int
    rule: str
    level: str
    raised: bool
    settled: bool
    to_ask: bool


@lru_cache(maxsize=4096)
def _flag(joined: str) -> _Flag:
    """One flag out of _FLAGS. A rule that is gone from the rulebook is not left out of what to ask for that."""
    slug, level, outcome, state = joined.split(":")
    rule = RULEBOOK.by_slug.get(slug)
    return _Flag(
        LEVEL_ORDER[Level(level)],
        slug,
        level,
        outcome == "raised",
        state == "settled",
        outcome == "undetermined" and (rule is None or rule.ask is not None),
    )


def _read(session: Session, actor: Actor, after: UUID | None, newest: UUID) -> _Batch | None:
    """The next cases after one, up to the newest, with what belongs to them; None when there are no more."""
    wanted = cases_for(actor).with_only_columns(
        Case.id, Case.kind, Case.status, Case.started_at, Case.submitted_at, Case.updated_at,
        Case.questionnaire_version, Case.jurisdiction, Case.sealed_answers,
    ).where(Case.id <= newest).order_by(Case.id).limit(BATCH)  # fmt: skip
    # Rows and no objects: the session's own way of loading costs as much again.
    connection = session.connection()
    cases = connection.execute(wanted if after is None else wanted.where(Case.id > after)).all()
    if not cases:
        return None
    first, last = cases[0].id, cases[-1].id
    screenings = connection.execute(
        select(Screening.case_id, Screening.rulebook, Screening.on_date, _FLAGS)
        .where(Screening.case_id.between(first, last))
        .order_by(Screening.id)
    )
    latest = {screening.case_id: screening for screening in screenings}
    decisions = connection.execute(
        select(
            Decision.id,
            Decision.case_id,
            Decision.outcome,
            Decision.made_by,
            Decision.made_at,
            Decision.sealed_note,
        )
        .where(Decision.case_id.between(first, last), Decision.invalidated_at.is_(None))
        .order_by(Decision.id)
    )
    return _Batch(ring(session), cases, latest, {decision.case_id: decision for decision in decisions})
