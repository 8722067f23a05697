"""Screening rows: what the rulebook said of a case, frozen with the answers that decided it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, bindparam, insert, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from app.models import Case, Flag, Screening, ring, unseal
from app.questionnaire.answers import Answers
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import answer_words
from app.screening.rulebook import RULEBOOK
from app.screening.rules import LEVEL_ORDER, Because, ClinicRules, Level, Rule, Submitted, evaluate
from app.screening.rules import Screening as Judged

# Made once, and into the tables themselves: through the unit of work a row costs ten times as much.
_ADD_SCREENING = insert(cast(Table, Screening.__table__))
_ADD_FLAGS = insert(cast(Table, Flag.__table__))
_OF_CASE = select(Screening.id).where(Screening.case_id == bindparam("case"))
_LATEST = _OF_CASE.order_by(Screening.id.desc()).limit(1).scalar_subquery()
_ALERTS = select(Flag).where(Flag.screening_id == _LATEST, Flag.outcome == "raised")

RANK = {Level.URGENT: 0, Level.STOP: 1, Level.REVIEW: 2, Level.CONFLICT: 2}


def judge(
    answers: Answers, on: date, jurisdiction: str, settings: ClinicRules, rules: Iterable[str] | None = None
) -> Judged:
    """The rulebook's word on these answers; with `rules`, on those and the urgent ones only."""
    chosen = None if rules is None else set(rules)

    def only(rule: Rule) -> bool:
        return chosen is None or rule.level is Level.URGENT or rule.slug in chosen

    return evaluate(RULEBOOK, Submitted(INTAKE, answers, on, jurisdiction), settings, only)


def said(because: Because, jurisdiction: str) -> dict[str, Any]:
    """An answer that decided a flag, with its words as the patient saw them."""
    question = INTAKE.questions[because.question]
    own_words = (
        because.answer
        if isinstance(because.answer, str) and question.kind.name in ("group", "text")
        else None
    )
    words = own_words or answer_words(question, because.answer, jurisdiction)
    return {"question": because.question, "answer": because.answer, "words": words}


@dataclass(frozen=True, slots=True)
class _Row:
    """One flag to be stored."""

    rule: Rule
    level: Level
    outcome: str
    evidence: dict[str, Any]


def write(session: Session, case: Case, judged: Judged, on: date, now: datetime, *, interim: bool) -> None:
    """Store a screening with its flags, and bring the queue's columns up to date.

    What raised an alert while the form was filled in stays raised, even when the patient changed the answer since: a
    person looks at it, and its evidence says that it was changed.
    """
    rows = [
        _Row(
            raised.rule,
            raised.level,
            "raised",
            _evidence([said(b, case.jurisdiction) for b in raised.because]),
        )
        for raised in judged.raised
    ]
    still = {raised.rule.slug for raised in judged.raised}
    rows += [
        _Row(
            RULEBOOK.by_slug[flag.rule],
            Level(flag.level),
            "raised",
            unseal(session, flag, "sealed_evidence") | {"changed": True},
        )
        for flag in alerts(session, case)
        if flag.rule not in still
    ]
    if not interim:
        rows += [
            _Row(line.rule, line.rule.level, "undetermined", _evidence([], line.unknown, line.rule.ask))
            for line in judged.undetermined
            if line.rule.slug not in {row.rule.slug for row in rows}
        ]
    screening_id = uuid7()
    screening = {
        "id": screening_id,
        "case_id": case.id,
        "answers_version": case.answers_version,
        "rulebook": judged.rulebook,
        "settings_hash": judged.settings,
        "evaluated_at": now,
        "on_date": on,
        "interim": interim,
    }
    session.execute(_ADD_SCREENING, screening)
    if rows:
        session.execute(_ADD_FLAGS, [_values(session, case, screening_id, row) for row in rows])
    _count(session, case, rows)


def _evidence(
    because: list[dict[str, Any]], unknown: Iterable[str] = (), ask: str | None = None
) -> dict[str, Any]:
    return {"because": because, "unknown": list(unknown), "ask": ask}


def _values(session: Session, case: Case, screening_id: UUID, row: _Row) -> dict[str, Any]:
    flag_id = uuid7()
    return {
        "id": flag_id,
        "screening_id": screening_id,
        "case_id": case.id,
        "rule": row.rule.slug,
        "level": row.level.value,
        "card": row.rule.card,
        "outcome": row.outcome,
        "sealed_evidence": ring(session).seal("flag.sealed_evidence", flag_id, row.evidence),
        "state": "open",
        "revision": 1,
    }


def _count(session: Session, case: Case, rows: list[_Row]) -> None:
    raised = sorted(
        (row for row in rows if row.outcome == "raised"),
        key=lambda row: (LEVEL_ORDER[row.level], row.rule.slug),
    )
    case.level_rank = min((RANK.get(row.level, 3) for row in raised), default=3)
    case.open_stop_count = sum(row.level in (Level.URGENT, Level.STOP) for row in raised)
    case.to_ask_count = sum(row.outcome == "undetermined" and row.rule.ask is not None for row in rows)


def alerts(session: Session, case: Case) -> list[Flag]:
    """The flags raised so far while the form is being filled in."""
    # What is still to be written of the case is nothing to this question, and is written once, at the end.
    with session.no_autoflush:
        return list(session.scalars(_ALERTS, {"case": case.id}))


def cards(judged: Judged) -> list[str]:
    """The cards with something above a note, strongest first."""
    return list(dict.fromkeys(raised.rule.card for raised in judged.raised if raised.level is not Level.NOTE))
