"""Judging a case: what the rulebook says of it, frozen as a screening with the answers that decided each flag."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select, Table, bindparam, insert, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from app.core import damage
from app.core.act import Act
from app.models import Case, Flag, Screening, ring, seal, unseal
from app.questionnaire.answers import STATES, Answers
from app.questionnaire.kinds import Scale, answer_words
from app.questionnaire.whole import PARTS, WHOLE
from app.screening.behind import questions_behind
from app.screening.factbook import FACTS
from app.screening.facts import Score
from app.screening.levels import Level
from app.screening.logic import comparisons
from app.screening.rulebook import RULEBOOK
from app.screening.rules import Because, ClinicRules, Rule, Submitted, evaluate
from app.screening.rules import Screening as Judged
from app.screening.settling import reason_stored
from app.screening.standing import Mark, Standing
from app.screening.validity import validity

# Made once, and into the tables themselves: through the unit of work a row costs ten times as much.
_ADD_SCREENING = insert(cast(Table, Screening.__table__))
_ADD_FLAGS = insert(cast(Table, Flag.__table__))
_LATEST = (
    select(Screening).where(Screening.case_id == bindparam("case")).order_by(Screening.id.desc()).limit(1)
)
_FLAGS = select(Flag).where(Flag.screening_id == _LATEST.with_only_columns(Screening.id).scalar_subquery())
_RAISED = _FLAGS.where(Flag.outcome == "raised")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rulebook was asked about, and how it came out."""

    case: Submitted
    settings: ClinicRules
    screening: Judged


def judge(
    answers: Answers,
    on: date,
    jurisdiction: str,
    settings: ClinicRules,
    rules: Iterable[str] | None = None,
    answered_on: date | None = None,
    part: int | str = 1,
    due: Iterable[str] = (),
) -> Asked:
    """The rulebook's word on these answers, by the rules of a part; with `rules`, by those and the urgent ones only.
    `answered_on` is the day they were given, when that is not `on`; `due` the scales due at a check-in.

    What was written in the free text of the forms before was read with the form it stands in.
    """
    chosen = None if rules is None else set(rules)

    def only(rule: Rule) -> bool:
        return chosen is None or rule.level is Level.URGENT or rule.slug in chosen

    case = Submitted(
        WHOLE, answers, on, jurisdiction, (part,), tuple(due), answered_on=answered_on, written=PARTS[part]
    )
    return Asked(case, settings, evaluate(RULEBOOK, case, settings, only))


def said(because: Because, jurisdiction: str, rule: str) -> dict[str, Any]:
    """An answer that decided a flag of a rule, with its words as the patient saw them. Where one item of a scale did,
    those of that item: a total would not say it.
    """
    question = WHOLE.questions[because.question]
    item = _items(rule).get(because.question)
    if item is not None and isinstance(question.kind, Scale) and isinstance(because.answer, list):
        instrument, score = question.kind.instrument, because.answer[item - 1]
        picked = instrument.choices(item, jurisdiction)[score]
        words = f"{item}. {instrument.wording(jurisdiction).items[item - 1]}: {picked}"
        return {"question": because.question, "answer": because.answer, "words": words}
    own_words = (
        because.answer
        if isinstance(because.answer, str) and question.kind.name in ("group", "text")
        else None
    )
    words = own_words or answer_words(question, because.answer, jurisdiction)
    return {"question": because.question, "answer": because.answer, "words": words}


@cache
def _items(slug: str) -> dict[str, int]:
    """The items of scales that a rule reads, by question."""
    read = (FACTS[leaf.key] for leaf in comparisons(RULEBOOK.by_slug[slug].trigger))
    return {fact.question: fact.item for fact in read if isinstance(fact, Score) and fact.item is not None}


@dataclass(slots=True)
class _Row:
    """One flag to be stored. `before` is the flag of the same rule in the screening before, whose settlements it keeps;
    with `settled` it still stands settled by the last of them.
    """

    rule: str
    card: str
    level: Level
    outcome: str
    evidence: dict[str, Any]
    before: Flag | None = None
    settled: bool = False


def write(act: Act, case: Case, asked: Asked, *, interim: bool, keep: Collection[Level] = ()) -> Standing:
    """Store a screening with its flags, bring the queue's columns up to date, and return where the case stands.

    What raised an alert while the form was filled in stays raised, even when the patient changed the answer since: a
    person looks at it, and its evidence says that it was changed. So do flags of the levels in `keep`. A flag that was
    settled stays settled while the answers that decided it, or left it undecided, are the same.
    """
    judged = asked.screening
    rows = [
        _Row(
            raised.rule.slug,
            raised.rule.card,
            raised.level,
            "raised",
            _evidence([said(because, case.jurisdiction, raised.rule.slug) for because in raised.because]),
        )
        for raised in judged.raised
    ]
    before = latest(act.session, case)
    flags = {flag.rule: flag for flag in _flags(act.session, case)}
    for row in rows:
        row.before = flags.pop(row.rule, None)
        row.settled = _still_settled(act.session, row)
    for flag in flags.values():
        if flag.outcome != "raised":
            continue
        told = _told(act.session, flag)
        alert = bool(before and before.interim)
        if alert or told.get("changed") or flag.level in keep:
            changed = _Row(flag.rule, flag.card, Level(flag.level), "raised", told | {"changed": True}, flag)
            known = told.get("changed") or not alert
            changed.settled = (
                flag.state == "settled" and bool(known) and _note_of(act.session, flag) is not None
            )
            rows.append(changed)
    if not interim:
        raised_rules = {row.rule for row in rows}
        for line in judged.undetermined:
            if line.rule.slug not in raised_rules:
                row = _Row(
                    line.rule.slug, line.rule.card, _level(line.rule, asked.settings), "undetermined",
                    _evidence([], line.unknown, line.rule.ask) | {"answers": _digest(line.unknown, asked.case)},
                    flags.get(line.rule.slug),
                )  # fmt: skip
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
        "on_date": asked.case.on,
        "interim": interim,
        "sealed_validity": None if interim else _validity(act.session, screening_id, asked),
    }
    act.session.execute(_ADD_SCREENING, screening)
    if rows:
        act.session.execute(_ADD_FLAGS, [_values(act.session, case, screening_id, row) for row in rows])
    return _count(case, rows)


def _told(session: Session, flag: Flag) -> dict[str, Any]:
    """The evidence of an earlier flag. What cannot be read matches nothing: its flag stays, for a person to look at."""
    try:
        told = dict(unseal(session, flag, "sealed_evidence"))
        return told | {"because": list(told["because"])}
    except damage.BROKEN as error:
        damage.tell("flag.sealed_evidence", flag.id, error, flag.case_id)
        return _evidence([])


def _note_of(session: Session, flag: Flag) -> Any:
    """How a flag was settled, each time. None for never, and where it cannot be read: it is to be settled again."""
    try:
        return unseal(session, flag, "sealed_note")
    except damage.BROKEN as error:
        damage.tell("flag.sealed_note", flag.id, error, flag.case_id)
        return None


def _level(rule: Rule, settings: ClinicRules) -> Level:
    """What a rule would come to at this clinic."""
    return settings.article_exclusions_level if rule.named_by_article else rule.level


def _still_settled(session: Session, row: _Row) -> bool:
    """Whether the flag before was settled, by the same outcome and level and for the same answers."""
    flag = row.before
    if flag is None or flag.state != "settled" or (flag.outcome, flag.level) != (row.outcome, row.level):
        return False
    told = _told(session, flag)
    same = all(told.get(part) == row.evidence.get(part) for part in ("because", "unknown", "answers"))
    return same and _note_of(session, flag) is not None


def _digest(unknown: Iterable[str], case: Submitted) -> str:
    """A short hash of how the questions behind unknown facts stand: it tells whether any was answered since."""
    names = sorted({name for key in unknown for name in questions_behind(key)})
    told = json.dumps({name: case.answers.get(name) for name in names}, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


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


def _count(case: Case, rows: list[_Row]) -> Standing:
    standing = Standing.of(
        Mark(
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
    case.level_rank, case.open_stop_count = standing.level_rank, standing.open_stops
    case.to_ask_count = standing.to_ask
    return standing


def _held(row: _Row) -> bool:
    """Whether it still stands settled with a reason that keeps "suitable" blocked."""
    if not row.settled or row.before is None:
        return False
    last = reason_stored(row.rule, row.card, row.before.settled_reason or "")
    return last is None or not last.clears


def summarise(session: Session, case: Case, answers: Answers, standing: Standing) -> None:
    """Seal what the queue shows of a case, so that a list of fifty opens one small value each."""
    seal(
        session,
        case,
        "sealed_summary",
        _named(answers)
        | {
            "wants": answers.get("reasons") if isinstance(answers.get("reasons"), list) else [],
            "cards": list(standing.cards),
            "not_known": list(standing.not_known),
        },
    )


def name_in_queue(session: Session, case: Case, answers: Answers) -> None:
    """Bring the name in the queue's summary up to date, where there is one."""
    if case.sealed_summary is not None:
        seal(session, case, "sealed_summary", unseal(session, case, "sealed_summary") | _named(answers))


def _named(answers: Answers) -> dict[str, Any]:
    return {
        "called": answers.get("preferred_name") or answers.get("first_name"),
        "last_name": last if (last := answers.get("last_name")) not in STATES else None,
        "dob": answers.get("dob"),
    }


def latest(session: Session, case: Case) -> Screening | None:
    """What the rulebook made of the newest answers."""
    with session.no_autoflush:
        return session.scalar(_LATEST, {"case": case.id})


def alerts(session: Session, case: Case) -> list[str]:
    """The rules that raised a flag while the form is being filled in."""
    return [flag.rule for flag in _flags(session, case, _RAISED)]


def _flags(session: Session, case: Case, wanted: Select[Flag] = _FLAGS) -> list[Flag]:
    # What is still to be written of the case is nothing to this question, and is written once, at the end.
    with session.no_autoflush:
        return list(session.scalars(wanted, {"case": case.id}))
