"""A form that was filled in, its screenings with their flags, calls about it, and what a clinician decided."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from app.models.base import (
    Base,
    Identified,
    UtcDateTime,
    choice_type,
    index_on,
    ring,
    unique_index,
    unseal,
)
from app.models.people import Person
from app.models.sealing import KeyRing
from app.questionnaire.countries import Country
from app.questionnaire.form_kinds import FormKind
from app.screening.levels import Level
from app.screening.workflow import Outcome, Status


class Queue(StrEnum):
    """The list a clinician finds a case in."""

    TO_REVIEW = "to_review"
    WAITING = "waiting"
    DECIDED = "decided"
    UNFINISHED = "unfinished"


_QUEUE_ORDER = ("queue", "level_rank", "waiting_since", "id")
# All that a line of the queue needs. In a row of SQLite it stands behind the answers, which fill several pages.
_QUEUE_LINE = (
    *("person_id", "sealed_summary", "kind", "status", "started_at", "to_ask_count", "decision_outcome"),
    "owner_id",
)


class Case(Identified, Base):
    """One form of one person, from the first answer to the decision.

    sealed_answers: {"answers": {question id: answer}, "saved": {page id: ISO time},
        "shown": [interruption ids], "confirmed": [question ids whose unusual value was confirmed],
        "kind": as the column, "before": {question id: answer} of the forms before, as this one was begun,
        "due": [scales that a check-in asks for]}.
    sealed_summary: {"called", "last_name", "dob", "wants": [codes], "cards": [card ids, strongest first],
        "not_known": [cards with an urgent or stop rule that waits for an answer, likewise]}.
    sealed_signature: {"name", "meaning", "at", "answers_sha256", "statement_version"}.
    """

    __tablename__ = "case"
    __table_args__ = (
        CheckConstraint("answers_version >= 0", name="answers_version_counts_up"),
        CheckConstraint("level_rank BETWEEN 0 AND 4", name="level_rank_known"),
        CheckConstraint("open_stop_count >= 0 AND to_ask_count >= 0", name="counts_not_negative"),
        CheckConstraint("(status = 'draft') = (submitted_at IS NULL)", name="submitted_unless_draft"),
        CheckConstraint("(sealed_signature IS NULL) = (signature_hash IS NULL)", name="signature_whole"),
        CheckConstraint("submitted_at IS NULL OR signature_hash IS NOT NULL", name="submitted_is_signed"),
        CheckConstraint("(kind = 'intake') = (follows_id IS NULL)", name="follows_an_intake"),
        CheckConstraint("status <> 'decided' OR decision_outcome IS NOT NULL", name="decided_has_outcome"),
        index_on("postgresql", "ix_case_queue", *_QUEUE_ORDER),
        index_on("sqlite", "ix_case_listed", *_QUEUE_ORDER, *_QUEUE_LINE, where="queue IS NOT NULL"),
        Index("ix_case_unfinished", "status", "level_rank", "id"),
        unique_index("ix_case_one_ready", "follows_id", where="kind = 'ready'"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[FormKind] = mapped_column(choice_type(FormKind, "kind_known"), default=FormKind.INTAKE)
    status: Mapped[Status] = mapped_column(choice_type(Status, "status_known"), default=Status.DRAFT)
    follows_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"), index=True)
    """The health check it follows: getting ready once, check-ins as often as there are any."""
    submission_id: Mapped[UUID] = mapped_column(unique=True)
    questionnaire_version: Mapped[str] = mapped_column(String(64))
    jurisdiction: Mapped[Country] = mapped_column(choice_type(Country, "jurisdiction_known"))

    sealed_answers: Mapped[bytes] = mapped_column(LargeBinary)
    answers_version: Mapped[int] = mapped_column(default=0)
    """Counted up with every save."""
    sealed_summary: Mapped[bytes | None] = mapped_column(LargeBinary)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sealed_signature: Mapped[bytes | None] = mapped_column(LargeBinary)
    signature_hash: Mapped[str | None] = mapped_column(String(64))
    """SHA-256, in hexadecimal, of exactly what was signed."""
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its patient withdrew a draft that had raised an alert: the alert stays, most of the answers do not."""

    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    queue: Mapped[Queue | None] = mapped_column(choice_type(Queue, "queue_known"))
    level_rank: Mapped[int] = mapped_column(default=4)
    """Worst flag that is open or still in the way: 0 urgent, 1 stop, 2 urgent or stop that waits for an answer, 3
    review or conflict, 4 note or none. Rebuilt from the flags.
    """
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when a clinician is waited for; the queue is in this order."""
    open_stop_count: Mapped[int] = mapped_column(default=0)
    """Urgent and stop flags, raised or waiting for an answer, that are open or settled with a reason that keeps them
    so: each blocks "suitable".
    """
    to_ask_count: Mapped[int] = mapped_column(default=0)
    """Lines of the to-ask list, as screening.to_ask has them."""
    decision_outcome: Mapped[Outcome | None] = mapped_column(choice_type(Outcome, "decision_outcome_known"))
    revision: Mapped[int] = mapped_column()
    """Counted by SQLAlchemy: a save over someone else's save raises StaleDataError and changes nothing."""

    person: Mapped[Person] = relationship()

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - SQLAlchemy reads it as it is


class Screening(Identified, Base):
    """The evaluation of one version of a case's answers by the rulebook. Never changed: new answers, new row.

    sealed_validity: {"until": ISO date, "changes": [rules that come out otherwise after it]}; None when interim.
    """

    __tablename__ = "screening"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    answers_version: Mapped[int] = mapped_column()
    rulebook: Mapped[str] = mapped_column(String(128))
    settings_hash: Mapped[str] = mapped_column(String(64))
    evaluated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    on_date: Mapped[date] = mapped_column()
    """The date ages and "how long ago" were reckoned from."""
    interim: Mapped[bool] = mapped_column(default=False)
    """Whether it was made before the form was finished, for what cannot wait."""
    sealed_validity: Mapped[bytes | None] = mapped_column(LargeBinary)

    flags: Mapped[list["Flag"]] = relationship(back_populates="screening", order_by="Flag.id")


class Flag(Identified, Base):
    """One rule that was raised, or could not be settled for want of an answer.

    sealed_evidence: {"because": [{"question", "answer", "words"}], "unknown": [fact keys],
        "ask": text or None, and when undetermined "answers": a hash of the answers behind them}.
    """

    __tablename__ = "flag"
    __table_args__ = (
        CheckConstraint("(state = 'settled') = (settled_at IS NOT NULL)", name="settled_has_time"),
        CheckConstraint("(state = 'settled') = (settled_by IS NOT NULL)", name="settled_has_person"),
        CheckConstraint("(state = 'settled') = (settled_reason IS NOT NULL)", name="settled_has_reason"),
    )

    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"), index=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    rule: Mapped[str] = mapped_column(String(64))
    level: Mapped[Level] = mapped_column(choice_type(Level, "level_known"))
    card: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[str] = mapped_column(choice_type(("raised", "undetermined"), "outcome_known"))
    sealed_evidence: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(choice_type(("open", "settled"), "state_known"), default="open")
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    settled_reason: Mapped[str | None] = mapped_column(String(64))
    """A code from the rule's own list."""
    sealed_note: Mapped[bytes | None] = mapped_column(LargeBinary)
    revision: Mapped[int] = mapped_column()

    screening: Mapped[Screening] = relationship(back_populates="flags")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - SQLAlchemy reads it as it is


class Decision(Identified, Base):
    """What a clinician decided. Never changed nor deleted: a later one is a new row, and ends this.

    sealed_conditions: [{"rules": [those that wait for an answer], "condition": text}].
    """

    __tablename__ = "decision"
    __table_args__ = (CheckConstraint("invalidated_at >= made_at", name="invalidated_later"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    outcome: Mapped[Outcome] = mapped_column(choice_type(Outcome, "outcome_known"))
    sealed_note: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_conditions: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    invalidated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Amendment(Identified, Base):
    """The answers of a call, beside the form that was signed. Never changed nor deleted.

    sealed_answers: {"answers": {question id: answer}, "replaced": {question id: its state before, or null},
        "asked": [question ids that were asked and are still not known]}.
    """

    __tablename__ = "amendment"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sealed_answers: Mapped[bytes] = mapped_column(LargeBinary)


_AMENDMENTS = select(Amendment.case_id, Amendment.id, Amendment.sealed_answers).order_by(Amendment.id)


class SealedAmendment(Protocol):
    """The answers of a call about a case, still sealed: a row of Amendment."""

    @property
    def id(self) -> UUID:
        """The row that the value is sealed for."""

    @property
    def sealed_answers(self) -> bytes:
        """As in Amendment."""


def short_id(case_id: UUID) -> str:
    """A name for a case that gives nothing away: the last letters of its id, for ids begin with the time."""
    return case_id.hex[-8:].upper()


def answers_of(session: Session, case: Case) -> dict[str, Any]:
    """The answers of a case as they are now: of the forms before, of this form and of calls since, the later first.

    Raises SealBroken.
    """
    rows = session.execute(_AMENDMENTS.where(Amendment.case_id == case.id)).all()
    return apply_amendments(ring(session), merged_answers(unseal(session, case, "sealed_answers")), rows)


def merged_answers(sealed: Mapping[str, Any]) -> dict[str, Any]:
    """The answers in an opened `Case.sealed_answers`: those of the forms before, replaced by those of this form."""
    return {**sealed.get("before", {}), **sealed["answers"]}


def amendments_between(session: Session, first: UUID, last: UUID) -> dict[UUID, list[Any]]:
    """The amendments of the cases from `first` to `last`, still sealed, oldest first, by case: in one query."""
    found: dict[UUID, list[Any]] = {}
    for row in session.execute(_AMENDMENTS.where(Amendment.case_id.between(first, last))):
        found.setdefault(row.case_id, []).append(row)
    return found


def apply_amendments(
    keys: KeyRing, answers: Mapping[str, Any], rows: Iterable[SealedAmendment]
) -> dict[str, Any]:
    """The answers of a form, replaced by those of the amendments in `rows`, oldest first. Raises SealBroken."""
    since = (keys.open("amendment.sealed_answers", row.id, row.sealed_answers)["answers"] for row in rows)
    return reduce(or_, since, dict(answers))
