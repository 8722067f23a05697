"""flags.csv: one row for each flag of each case's latest screening, with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import and_, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from app.core.access import Actor, cases_for
from app.core.damage import READ_ERRORS
from app.export.reading import (
    UNREADABLE,
    ReadRow,
    ValidityCells,
    latest_screenings,
    log,
    next_cases,
    open_sealed,
    validity_cells,
)
from app.models import Case, Flag, Screening, merged_answers, ring
from app.models.sealing import KeyRing
from app.questionnaire.all_forms import WHOLE
from app.questionnaire.columns import FLAG, record_cells
from app.questionnaire.kinds import Cell
from app.questionnaire.reading import Reading
from app.records.evidence import is_answer_changed
from app.screening.cards import CARDS
from app.screening.levels import LEVEL_ORDER, Level
from app.screening.rulebook import RULEBOOK
from app.screening.settling import reason_stored
from app.screening.sources import SOURCES
from app.screening.workflow import Status

BATCH = 100
"""Cases at a time: each has dozens of flags."""
# Of a draft that was erased, only some answers are left: nothing can be said by the others.
_OPEN_DRAFT = and_(Case.status == Status.DRAFT, Case.withdrawn_at.is_(None))
_DRAFT = case((_OPEN_DRAFT, Case.sealed_answers)).label("draft")
HEADINGS = tuple(column.name for column in FLAG)
# Between texts in words, which hold semicolons of their own.
APART = " | "

CellsByColumn: TypeAlias = Mapping[str, Cell]


def count(session: Session, actor: Actor) -> int:
    """How many flags the actor may take."""
    later = aliased(Screening)
    latest = select(Screening.id).where(
        Screening.case_id.in_(cases_for(actor).with_only_columns(Case.id)),
        ~exists().where(later.case_id == Screening.case_id, later.id > Screening.id),
    )
    return session.scalar(select(func.count()).select_from(Flag).where(Flag.screening_id.in_(latest))) or 0


def read(session: Session, actor: Actor, after: UUID | None, newest: UUID) -> FlagBatch | None:
    """The flags of the next cases after one, up to the newest; None when there are no more cases."""
    cases = next_cases(session, actor, after, newest, BATCH, None, Case.person_id, Case.jurisdiction, _DRAFT)
    if not cases:
        return None
    screenings = latest_screenings(session, cases)
    flags = session.connection().execute(
        select(
            Flag.id, Flag.case_id, Flag.rule, Flag.level, Flag.card, Flag.outcome, Flag.sealed_evidence,
            Flag.state, Flag.settled_at, Flag.settled_by, Flag.settled_reason, Flag.sealed_note,
        ).where(Flag.screening_id.in_([screening.id for screening in screenings.values()]))
    )  # fmt: skip
    by_case: dict[UUID, list[ReadRow]] = {one.id: [] for one in cases}
    for flag in flags:
        by_case[flag.case_id].append(flag)
    return FlagBatch(ring(session), {one.id: one for one in cases}, screenings, by_case)


@dataclass(frozen=True, slots=True)
class FlagBatch:
    """The flags of some cases, as fetched: nothing is opened yet."""

    ring: KeyRing
    """The sealing keys."""
    cases: Mapping[UUID, ReadRow]
    """The rows of the cases, by id."""
    screenings: Mapping[UUID, ReadRow]
    """The latest screening of each, by the case's id."""
    by_case: Mapping[UUID, Sequence[ReadRow]]
    """The rows of the flags, by the case's id."""

    @property
    def last(self) -> UUID:
        """The last case's id."""
        return max(self.cases)

    def rows(self) -> Iterator[list[Cell]]:
        """The cells of each flag, in the order of the headings; a case's flags in the order of _place."""
        for case_id, flags in self.by_case.items():
            if not flags:
                continue
            screening, of = self.screenings[case_id], self.cases[case_id]
            whose = {"case_id": str(case_id), "person_id": str(of.person_id)}
            judged = _judged(screening, validity_cells(self.ring, screening))
            now = self._draft(of, screening)
            for flag in sorted(flags, key=_place):
                cells = {
                    **_rule(flag.rule),
                    **self._evidence(flag, now),
                    **self._settled(flag),
                    **judged,
                    **whose,
                }
                yield record_cells({**cells, **_flag(flag)}, FLAG)

    def _draft(self, of: ReadRow, screening: ReadRow) -> Reading | None:
        """The answers of a draft as they are now; None for a form that was sent, and where they cannot be opened."""
        try:
            document = open_sealed(self.ring, "case.sealed_answers", of.id, of.draft)
            answers = merged_answers(document) if document else None
        except READ_ERRORS as error:
            log.error("answers unreadable", case=str(of.id), error=type(error).__name__)
            return None
        if answers is None:
            return None
        return Reading(WHOLE, answers, screening.on_date, of.jurisdiction, document.get("due", ()))

    def _evidence(self, flag: ReadRow, now: Reading | None) -> CellsByColumn:
        try:
            evidence = self.ring.open("flag.sealed_evidence", flag.id, flag.sealed_evidence)
            changed = evidence.get("changed") or (now and is_answer_changed(evidence, flag.rule, now))
            return {
                "because": APART.join(
                    f"{_asked(one['question'])}: {one['words']}" for one in evidence["because"]
                ),
                "questions": ";".join(dict.fromkeys(one["question"] for one in evidence["because"])),
                "unknown": ";".join(evidence["unknown"]),
                "ask": evidence["ask"],
                "changed": _yes_no(changed),
            }
        except READ_ERRORS as error:
            log.error(
                "evidence unreadable", case=str(flag.case_id), flag=str(flag.id), error=type(error).__name__
            )
            return dict.fromkeys(("because", "questions", "unknown", "ask", "changed"), UNREADABLE)

    def _settled(self, flag: ReadRow) -> CellsByColumn:
        settled = flag.state == "settled"
        reason = reason_stored(flag.rule, flag.card, flag.settled_reason) if settled else None
        return {
            "settled": _yes_no(settled),
            "settled_reason": flag.settled_reason,
            "settled_reason_words": reason.words if reason else flag.settled_reason,
            "settled_by": str(flag.settled_by) if flag.settled_by else None,
            "settled_at": flag.settled_at.isoformat() if flag.settled_at else None,
            "settled_note": self._note(flag) if settled else None,
        }

    def _note(self, flag: ReadRow) -> Cell:
        """The note of the last time it was settled."""
        try:
            notes = open_sealed(self.ring, "flag.sealed_note", flag.id, flag.sealed_note)
            return str(notes[-1]["note"]) if notes else None
        except READ_ERRORS as error:
            log.error(
                "note unreadable", case=str(flag.case_id), flag=str(flag.id), error=type(error).__name__
            )
            return UNREADABLE


def _place(flag: ReadRow) -> tuple[bool, int, str]:
    """The sort key of a flag among its case's: raised first, then strongest first, then by slug."""
    return flag.outcome != "raised", LEVEL_ORDER[Level(flag.level)], flag.rule


def _flag(flag: ReadRow) -> CellsByColumn:
    return {
        "rule": flag.rule,
        "outcome": flag.outcome,
        "level": flag.level,
        "card": flag.card,
        "card_name": CARDS.get(flag.card, flag.card),
    }


def _judged(screening: ReadRow, valid: ValidityCells) -> CellsByColumn:
    return {
        "rulebook": screening.rulebook,
        "settings": screening.settings_hash,
        "judged_on": screening.on_date.isoformat(),
        "valid_until": valid.until,
        "changes_after": valid.changes,
    }


@lru_cache(maxsize=1024)
def _rule(slug: str) -> CellsByColumn:
    """The cells of a rule in the rulebook. One that is gone from it has a name and nothing more."""
    rule = RULEBOOK.by_slug.get(slug)
    sources = [SOURCES[key] for key in rule.sources] if rule else []
    return {
        "title": rule.title if rule else slug,
        "evidence": rule.evidence.value if rule else None,
        "sources": ";".join(source.key for source in sources),
        "source_kinds": ";".join(source.kind for source in sources),
        "citations": APART.join(source.citation for source in sources),
    }


def _asked(name: str) -> str:
    question = WHOLE.questions.get(name)
    return question.text if question else name


def _yes_no(value: Any) -> str:
    return "yes" if value else "no"
