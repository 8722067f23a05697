"""Judging a case: what the rulebook says of it, frozen as a screening with the answers that decided each flag."""

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
from app.questionnaire.kinds import answer_words
from app.questionnaire.whole import WHOLE
from app.screening.rulebook import RULEBOOK
from app.screening.rules import Because, ClinicRules, Level, Rule, Submitted, evaluate
from app.screening.rules import Screening as Judged
from app.screening.standing import Mark, Standing
from app.screening.validity import validity

# Made once, and into the tables themselves: through the unit of work a row costs ten times as much.
_ADD_SCREENING = insert(cast(Table, Screening.__table__))
_ADD_FLAGS = insert(cast(Table, Flag.__table__))
_LATEST = (
    select(Screening).where(Screening.case_id == bindparam("case")).order_by(Screening.id.desc()).limit(1)
)
_RAISED = select(Flag).where(
    Flag.screening_id == _LATEST.with_only_columns(Screening.id).scalar_subquery(), Flag.outcome == "raised"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rulebook was asked about, and how it came out."""

    case: Submitted
    settings: ClinicRules
    screening: Judged


def judge(
    answers: Answers, on: date, jurisdiction: str, settings: ClinicRules, rules: Iterable[str] | None = None
) -> Asked:
    """The rulebook's word on these answers; with `rules`, on those and the urgent ones only."""
    chosen = None if rules is None else set(rules)

    def only(rule: Rule) -> bool:
        return chosen is None or rule.level is Level.URGENT or rule.slug in chosen

    case = Submitted(WHOLE, answers, on, jurisdiction)
    return Asked(case, settings, evaluate(RULEBOOK, case, settings, only))


def said(because: Because, jurisdiction: str) -> dict[str, Any]:
    """An answer that decided a flag, with its words as the patient saw them."""
    question = WHOLE.questions[because.question]
    own_words = (
        because.answer
        if isinstance(because.answer, str) and question.kind.name in ("group", "text")
        else None
    )
    words = own_words or answer_words(question, because.answer, jurisdiction)
    return {"question": because.question, "answer": because.answer, "words": words}


@dataclass(slots=True)
class _Row:
    """One flag to be stored. `settled` is the flag of the screening before that it stands for, when it was settled."""

    rule: Rule
    level: Level
    outcome: str
    evidence: dict[str, Any]
    settled: Flag | None = None


def write(session: Session, case: Case, asked: Asked, now: datetime, *, interim: bool) -> Standing:
    """Store a screening with its flags, bring the queue's columns up to date, and return where the case stands.

    What raised an alert while the form was filled in stays raised, even when the patient changed the answer since: a
    person looks at it, and its evidence says that it was changed. A flag that was settled stays settled while the
    answers that decided it are the same.
    """
    judged = asked.screening
    rows = [
        _Row(
            raised.rule,
            raised.level,
            "raised",
            _evidence([said(b, case.jurisdiction) for b in raised.because]),
        )
        for raised in judged.raised
    ]
    before = latest(session, case)
    flags = {flag.rule: flag for flag in _raised(session, case)}
    for row in rows:
        flag = flags.pop(row.rule.slug, None)
        if flag and flag.state == "settled":
            told = unseal(session, flag, "sealed_evidence")
            if told["because"] == row.evidence["because"] and flag.level == row.level:
                row.settled = flag
    for flag in flags.values():
        told = unseal(session, flag, "sealed_evidence")
        if (before and before.interim) or told.get("changed"):
            changed = _Row(RULEBOOK.by_slug[flag.rule], Level(flag.level), "raised", told | {"changed": True})
            changed.settled = flag if flag.state == "settled" and told.get("changed") else None
            rows.append(changed)
    if not interim:
        known = {row.rule.slug for row in rows}
        rows += [
            _Row(line.rule, line.rule.level, "undetermined", _evidence([], line.unknown, line.rule.ask))
            for line in judged.undetermined
            if line.rule.slug not in known
        ]
    screening_id = uuid7()
    screening = {
        "id": screening_id,
        "case_id": case.id,
        "answers_version": case.answers_version,
        "rulebook": judged.rulebook,
        "settings_hash": judged.settings,
        "evaluated_at": now,
        "on_date": asked.case.on,
        "interim": interim,
        "sealed_validity": None if interim else _validity(session, screening_id, asked),
    }
    session.execute(_ADD_SCREENING, screening)
    if rows:
        session.execute(_ADD_FLAGS, [_values(session, case, screening_id, row) for row in rows])
    return _count(case, rows)


def _validity(session: Session, screening_id: UUID, asked: Asked) -> bytes:
    """Until when the screening holds. It can tell of a birthday or an operation, so it is sealed."""
    holds = validity(RULEBOOK, asked.case, asked.settings, asked.screening)
    told = {"until": holds.until.isoformat(), "changes": list(holds.changes)}
    return ring(session).seal("screening.sealed_validity", screening_id, told)


def _evidence(
    because: list[dict[str, Any]], unknown: Iterable[str] = (), ask: str | None = None
) -> dict[str, Any]:
    return {"because": because, "unknown": list(unknown), "ask": ask}


def _values(session: Session, case: Case, screening_id: UUID, row: _Row) -> dict[str, Any]:
    flag_id, settled = uuid7(), row.settled
    note = unseal(session, settled, "sealed_note") if settled else None
    return {
        "id": flag_id,
        "screening_id": screening_id,
        "case_id": case.id,
        "rule": row.rule.slug,
        "level": row.level.value,
        "card": row.rule.card,
        "outcome": row.outcome,
        "sealed_evidence": ring(session).seal("flag.sealed_evidence", flag_id, row.evidence),
        "state": "settled" if settled else "open",
        "settled_at": settled.settled_at if settled else None,
        "settled_by": settled.settled_by if settled else None,
        "settled_reason": settled.settled_reason if settled else None,
        "sealed_note": ring(session).seal("flag.sealed_note", flag_id, note) if note is not None else None,
        "revision": 1,
    }


def _count(case: Case, rows: list[_Row]) -> Standing:
    standing = Standing.of(
        Mark(
            rule=row.rule.slug,
            card=row.rule.card,
            level=row.level,
            raised=row.outcome == "raised",
            open=row.settled is None,
            to_ask=row.outcome == "undetermined" and row.rule.ask is not None,
        )
        for row in rows
    )
    case.level_rank, case.open_stop_count = standing.level_rank, standing.open_stops
    case.to_ask_count = standing.to_ask
    return standing


def latest(session: Session, case: Case) -> Screening | None:
    """What the rulebook made of the newest answers."""
    with session.no_autoflush:
        return session.scalar(_LATEST, {"case": case.id})


def alerts(session: Session, case: Case) -> list[str]:
    """The rules that raised a flag while the form is being filled in."""
    return [flag.rule for flag in _raised(session, case)]


def _raised(session: Session, case: Case) -> list[Flag]:
    # What is still to be written of the case is nothing to this question, and is written once, at the end.
    with session.no_autoflush:
        return list(session.scalars(_RAISED, {"case": case.id}))
