"""A case as the intake holds it: its unsealed draft, locked while it changes, and the clinic's terms."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.core import audit
from app.core.access import Actor, patient_case
from app.core.act import Act
from app.intake.draft import Draft, Moved
from app.models import Case, Invitation, Queue, seal, unseal
from app.questionnaire.countries import Country
from app.screening.workflow import Status

HELD = "held_case"
"""In `session.info`: the transaction that a case was found in to be changed, and its id."""
# The number alone: it tells whether the rest, which is a hundred times as large, must be read again.
_HOLD = select(Case.revision).where(Case.id == bindparam("case")).with_for_update()


class AlreadySent(Exception):
    """The form was sent or withdrawn, so its answers cannot be changed here any more."""


def find_held_case(session: Session, case_id: UUID, *, to_change: bool = False) -> Case | None:
    """The case whose id a patient's cookie holds; None when it is gone or was withdrawn. `to_change`: it is held from
    here on, as `lock_draft` does, in the same statement.
    """
    # SQLite's transactions that write begin as the only writer: what they read stays as it is.
    locks = to_change and session.get_bind().dialect.name == "postgresql"
    case = patient_case(session, case_id, hold=locks)
    if to_change and case is not None:
        session.info[HELD] = (session.get_transaction(), case.id)
    return case


def open_draft(
    act: Act,
    draft: Draft,
    *,
    person_id: UUID,
    jurisdiction: Country,
    via: str,
    follows_id: UUID | None = None,
) -> Case:
    """Open a new form of the kind of its draft. Audits with the new case as the patient."""
    case = Case(
        person_id=person_id,
        kind=draft.kind,
        follows_id=follows_id,
        status=Status.DRAFT,
        submission_id=uuid4(),
        questionnaire_version=draft.form.asks.version,
        jurisdiction=jurisdiction,
        sealed_answers=b"",
        started_at=act.now,
        updated_at=act.now,
        queue=Queue.UNFINISHED,
    )
    draft.is_flagged = False
    store_draft(act.session, case, draft)
    act.session.add(case)
    act.session.flush()
    patient = Actor("patient", case.id, frozenset())
    audit.record(act.by(patient), "intake.started", case_id=case.id, via=via)
    return case


def read_draft(session: Session, case: Case) -> Draft:
    """Unseal the draft of a case, without what is out of date. Raises SealBroken."""
    draft = Draft.from_json(unseal(session, case, "sealed_answers"))
    # Unsealed once to see what is asked and once more to change it, it is read once.
    draft.readings = session.info.setdefault(f"readings of {case.id}", draft.readings)
    if case.status is Status.DRAFT and case.withdrawn_at is None:
        draft.drop_outdated_answers()
        if case.questionnaire_version != draft.form.asks.version:
            draft.go_on_in_newest(case.questionnaire_version, case.updated_at.date())
    return draft


def draft_to_change(act: Act, case: Case) -> Draft:
    """The draft of a case that is held as `lock_draft` does. Raises AlreadySent.

    A form that was begun in an earlier version of its questions goes on in today's from here, and its case says so.
    """
    lock_draft(act.session, case)
    draft = read_draft(act.session, case)
    before, version = case.questionnaire_version, draft.form.asks.version
    if before != version:
        moved = Moved(before=before, version=version, at=act.now.isoformat(), pages=list(draft.asked_again))
        draft.moved.append(moved)
        case.questionnaire_version = version
        store_draft(act.session, case, draft)
    return draft


def lock_draft(session: Session, case: Case) -> None:
    """Hold the case until the end of the transaction, as it is now. Raises AlreadySent."""
    if session.info.get(HELD) != (session.get_transaction(), case.id):
        revision = session.execute(_HOLD, {"case": case.id}).scalar()
        if revision is None:
            raise AlreadySent  # withdrawn in another window a moment ago
        if revision != case.revision:
            session.refresh(case)
    if case.status is not Status.DRAFT or case.withdrawn_at is not None:
        raise AlreadySent


def lock_draft_with_links(session: Session, case: Case) -> list[Invitation]:
    """Hold the links that lead to a case, and then the case, as `lock_draft` does. Raises AlreadySent.

    In this order, as whoever opens a link does. One that was made between the two is held only if nobody opens it at
    this moment: to wait for them would be for ever. Raises OperationalError then.
    """
    of = select(Invitation).where(Invitation.case_id == case.id).order_by(Invitation.id)
    session.scalars(of.with_for_update()).all()
    lock_draft(session, case)
    return list(session.scalars(of.with_for_update(nowait=True)))


def store_draft(session: Session, case: Case, draft: Draft) -> None:
    """Seal the draft into the case."""
    seal(session, case, "sealed_answers", draft.as_json())
