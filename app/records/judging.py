"""Judging a case by the rulebook, and storing the screening with its flags."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select, Table, bindparam, insert, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from app.core import damage
from app.core.act import Act
from app.models import Case, Flag, Screening, ring, seal, unseal
from app.questionnaire.all_forms import PARTS, WHOLE
from app.questionnaire.answers import Answers
from app.questionnaire.countries import Country
from app.questionnaire.reading import Reading
from app.records.evidence import deciding_answer, evidence_of, is_answer_changed, unknown_digest
from app.screening.case_summary import CaseSummary, FlagCount
from app.screening.evaluation import ScreeningResult, evaluate
from app.screening.levels import Level
from app.screening.rulebook import RULEBOOK
from app.screening.rules import ClinicRules, Submitted
from app.screening.settling import reason_stored
from app.screening.validity import validity

_URGENT = frozenset(rule.slug for rule in RULEBOOK.rules if rule.level is Level.URGENT)
# Made once, and into the tables themselves: through the unit of work a row costs ten times as much.
_ADD_SCREENING = insert(cast(Table, Screening.__table__))
_ADD_FLAGS = insert(cast(Table, Flag.__table__))
_LATEST = (
    select(Screening).where(Screening.case_id == bindparam("case")).order_by(Screening.id.desc()).limit(1)
)
_FLAGS = select(Flag).where(Flag.screening_id == _LATEST.with_only_columns(Screening.id).scalar_subquery())
_RAISED = _FLAGS.where(Flag.outcome == "raised")
_RAISED_RULES = _RAISED.with_only_columns(Flag.rule)
_BEFORE = _FLAGS.join(Screening, Screening.id == Flag.screening_id).add_columns(Screening.interim)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A screening with what it was made of."""

    case: Submitted
    """What was judged."""
    settings: ClinicRules
    """The clinic's settings of rules that it was judged by."""
    screening: ScreeningResult
    """The result."""


def submitted(
    answers: Answers,
    on: date,
    jurisdiction: Country,
    part: int | str = 1,
    due: Iterable[str] = (),
    answered_on: date | None = None,
) -> Submitted:
    """The answers of a form of one part, to be judged on a day. `due` are the scales due at a check-in.

    `answered_on` is the day they were given, when that is not `on`.
    What was written in the free text of the forms before was read with the form it stands in.
    """
    return Submitted(
        WHOLE, answers, on, jurisdiction, (part,), tuple(due), answered_on=answered_on, written=PARTS[part]
    )


def judge(
    case: Submitted,
    settings: ClinicRules,
    rules: Iterable[str] | None = None,
    reading: Reading | None = None,
) -> Evaluation:
    """Evaluate a case by the clinic's rules: by all of its part, or by `rules` and the urgent ones only.

    `reading` is that of its answers, where it was made before.
    """
    only = None if rules is None else _URGENT.union(rules)
    return Evaluation(case, settings, evaluate(RULEBOOK, case, settings, only, reading))


@dataclass(slots=True)
class _NewFlag:
    """One flag to be stored."""

    rule: str
    card: str
    level: Level
    outcome: str
    """"raised" or "undetermined"."""
    evidence: dict[str, Any]
    """As in Flag.sealed_evidence."""
    before: Flag | None = None
    """The flag of the same rule in the screening before, whose settlements it keeps."""
    settled: bool = False
    """Whether it is still settled, by the last of them."""


def store_screening(
    act: Act, case: Case, evaluation: Evaluation, *, interim: bool, first: bool = False,
    keep: Collection[Level] = (),
) -> CaseSummary:  # fmt: skip
    """Store a screening with its flags, bring the queue's columns up to date, and return its standing. `first`: it is
    known that the case has none before.

    What raised an alert while the form was filled in stays raised, even when the patient changed the answer since: a
    person looks at it, and its evidence says that it was changed, and by whom where an answer behind it is another.
    So do flags of the levels in `keep`. A flag that was settled stays settled while the answers that decided it, or
    left it undecided, are the same.
    """
    judged = evaluation.screening
    rows = [
        _NewFlag(
            raised.rule.slug,
            raised.rule.card,
            raised.level,
            "raised",
            evidence_of(
                [deciding_answer(because, case.jurisdiction, raised.rule.slug) for because in raised.because]
            ),
        )
        for raised in judged.raised
    ]
    with act.session.no_autoflush:
        before = [] if first else act.session.execute(_BEFORE, {"case": case.id}).all()
    flags: dict[str, Flag] = {flag.rule: flag for flag, _ in before}
    alerted = any(of_draft for _, of_draft in before)
    for row in rows:
        row.before = flags.pop(row.rule, None)
        row.settled = _still_settled(act.session, row)
    for flag in flags.values():
        if flag.outcome != "raised":
            continue
        evidence = _evidence_before(act.session, flag)
        if alerted or evidence.get("changed") or flag.level in keep:
            evidence_now = evidence | _change(act, flag, evidence, evaluation.case)
            changed = _NewFlag(flag.rule, flag.card, Level(flag.level), "raised", evidence_now, flag)
            known = evidence.get("changed") or not alerted
            changed.settled = (
                flag.state == "settled" and bool(known) and _note_of(act.session, flag) is not None
            )
            rows.append(changed)
    if not interim:
        raised_slugs = {row.rule for row in rows}
        for line in judged.undetermined:
            if line.rule.slug not in raised_slugs:
                level = evaluation.settings.level_of(line.rule)
                digest = {"answers": unknown_digest(line.unknown, evaluation.case)}
                evidence = evidence_of([], line.unknown, line.rule.ask) | digest
                before_flag = flags.get(line.rule.slug)
                row = _NewFlag(line.rule.slug, line.rule.card, level, "undetermined", evidence, before_flag)
                row.settled = _still_settled(act.session, row)
                rows.append(row)
    screening_id = uuid7()
    screening = {
        "id": screening_id,
        "case_id": case.id,
        "answers_version": case.answers_version,
        "rulebook": judged.rulebook,
        "settings_hash": judged.settings,
        "evaluated_at": act.now,
        "on_date": evaluation.case.on,
        "interim": interim,
        "sealed_validity": None if interim else _validity(act.session, screening_id, evaluation),
    }
    # The case is written once, with what is worked out below.
    with act.session.no_autoflush:
        act.session.execute(_ADD_SCREENING, screening)
        if rows:
            act.session.execute(_ADD_FLAGS, [_values(act.session, case, screening_id, row) for row in rows])
    return _update_queue_columns(case, rows)


def _change(act: Act, flag: Flag, before: dict[str, Any], case: Submitted) -> dict[str, Any]:
    """What is stored with a flag that the answers raise no more: "changed", and "changed_by" whom.

    That is "patient", or "call" for an answer that a clinician wrote down. It is missing where no answer behind the
    flag is another, as when the rules of the clinic are, and in flags of earlier releases.
    """
    reading = Reading(WHOLE, case.answers, case.on, case.jurisdiction, case.due)
    if before.get("changed") or not is_answer_changed(before, flag.rule, reading):
        return {"changed": True}
    return {"changed": True, "changed_by": "call" if act.actor.kind == "staff" else "patient"}


def _evidence_before(session: Session, flag: Flag) -> dict[str, Any]:
    """The evidence of an earlier flag. What cannot be read matches nothing: its flag stays, for a person to look at."""
    try:
        evidence = dict(unseal(session, flag, "sealed_evidence"))
        return evidence | {"because": list(evidence["because"])}
    except damage.READ_ERRORS as error:
        damage.log_unreadable("flag.sealed_evidence", flag.id, error, flag.case_id)
        return evidence_of([])


def _note_of(session: Session, flag: Flag) -> Any:
    """How a flag was settled, each time. None for never, and where it cannot be read: it is to be settled again."""
    try:
        return unseal(session, flag, "sealed_note")
    except damage.READ_ERRORS as error:
        damage.log_unreadable("flag.sealed_note", flag.id, error, flag.case_id)
        return None


def _still_settled(session: Session, row: _NewFlag) -> bool:
    """Whether the flag before was settled, by the same outcome and level and for the same answers."""
    flag = row.before
    if flag is None or flag.state != "settled" or (flag.outcome, flag.level) != (row.outcome, row.level):
        return False
    before = _evidence_before(session, flag)
    same = all(before.get(part) == row.evidence.get(part) for part in ("because", "unknown", "answers"))
    return same and _note_of(session, flag) is not None


def _validity(session: Session, screening_id: UUID, evaluation: Evaluation) -> bytes:
    """The sealed validity of a screening: the date can give away a birthday or an operation."""
    holds = validity(RULEBOOK, evaluation.case, evaluation.settings, evaluation.screening)
    value = {"until": holds.until.isoformat(), "changes": list(holds.changes)}
    return ring(session).seal("screening.sealed_validity", screening_id, value)


def _values(session: Session, case: Case, screening_id: UUID, row: _NewFlag) -> dict[str, Any]:
    flag_id, settled = uuid7(), row.before if row.settled else None
    note = _note_of(session, row.before) if row.before else None
    return {
        "id": flag_id,
        "screening_id": screening_id,
        "case_id": case.id,
        "rule": row.rule,
        "level": row.level.value,
        "card": row.card,
        "outcome": row.outcome,
        "sealed_evidence": ring(session).seal("flag.sealed_evidence", flag_id, row.evidence),
        "state": "settled" if settled else "open",
        "settled_at": settled.settled_at if settled else None,
        "settled_by": settled.settled_by if settled else None,
        "settled_reason": settled.settled_reason if settled else None,
        "sealed_note": ring(session).seal("flag.sealed_note", flag_id, note) if note is not None else None,
        "revision": 1,
    }


def _update_queue_columns(case: Case, rows: list[_NewFlag]) -> CaseSummary:
    case_summary = CaseSummary.of(
        FlagCount(
            rule=row.rule,
            card=row.card,
            level=row.level,
            raised=row.outcome == "raised",
            open=not row.settled,
            unknown=tuple(row.evidence["unknown"]),
            ask=row.evidence["ask"],
            held=_held(row),
        )
        for row in rows
    )
    case.level_rank, case.open_stop_count = case_summary.level_rank, case_summary.open_stops
    case.to_ask_count = case_summary.to_ask
    return case_summary


def _held(row: _NewFlag) -> bool:
    """Whether a flag is still settled, with a reason that keeps "suitable" blocked."""
    if not row.settled or row.before is None:
        return False
    last = reason_stored(row.rule, row.card, row.before.settled_reason or "")
    return last is None or not last.clears


def mark_changed(session: Session, case: Case, reading: Reading) -> None:
    """Mark the newest flags whose answers the patient changed since, before those answers are erased."""
    for flag in _flags(session, case, _RAISED):
        evidence = _evidence_before(session, flag)
        if not evidence.get("changed") and is_answer_changed(evidence, flag.rule, reading):
            seal(session, flag, "sealed_evidence", evidence | {"changed": True, "changed_by": "patient"})


def raised_rules(session: Session, case: Case) -> list[str]:
    """The slugs of the rules that raised a flag in the newest screening."""
    with session.no_autoflush:
        return list(session.scalars(_RAISED_RULES, {"case": case.id}))


def _flags(session: Session, case: Case, wanted: Select[Flag] = _FLAGS) -> list[Flag]:
    # What is still to be written of the case is nothing to this question, and is written once, at the end.
    with session.no_autoflush:
        return list(session.scalars(wanted, {"case": case.id}))
