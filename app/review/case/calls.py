"""Reaching a patient: whom to ring and at which number, and the calls that were made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.core import audit, damage
from app.core.act import Act
from app.models import Case, ContactAttempt, Flag, User, ring, seal
from app.questionnaire.answers import State
from app.questionnaire.reading import Reading
from app.records.calls_made import PATIENT, REACHED
from app.records.identity import identity_of
from app.review.case import answers_view
from app.review.case.service import CaseNotFound, lock_case
from app.screening.workflow import Status

OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        REACHED: "Reached",
        "no_answer": "No answer",
        "left_message": "Left a message",
        "wrong_number": "Number wrong",
    }
)
CONTACT = "contact"
WHOM: Mapping[str, str] = MappingProxyType({PATIENT: "The patient", CONTACT: "The emergency contact"})
EXTENSION = re.compile(r"\s*,?\s*(?:extension|ext\.?|x|#)\s*(\d+)\s*$", re.IGNORECASE)
UNREAD = "how it went cannot be read"
_ABOUT = (
    select(ContactAttempt, User.name)
    .join(User, User.id == ContactAttempt.made_by)
    .where(ContactAttempt.case_id.in_(bindparam("cases", expanding=True)))
    .order_by(ContactAttempt.id.desc())
)


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A telephone number, with the name of the person it reaches."""

    name: str
    """The name of the person."""
    written: str
    """As it was typed; "" when there is none."""
    dialled: str
    """As a `tel:` link dials it; "" when it cannot be dialled."""


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """How to reach the patient of a case."""

    patient: PhoneNumber
    """The patient's own number."""
    contact: PhoneNumber | None
    """The emergency contact; None when none was named."""
    email: str
    """"" when there is none."""
    wants_call: str
    """The answer about a call, in words; "" when it is not definite."""
    no_phone: bool
    """Whether the patient said that they have no phone."""
    unread_number: str
    """What the patient typed as their number and could not be taken as one; "" for nothing."""

    @property
    def no_number(self) -> str:
        """Why there is no number of the patient to ring."""
        if self.no_phone:
            return "The patient told us that they have no phone."
        return "There is no number of the patient on file."

    @property
    def no_number_short(self) -> str:
        """The same, for the bar that stays in view."""
        return "No phone: the patient told us so." if self.no_phone else "No number on file."

    @property
    def contact_to_ring(self) -> PhoneNumber | None:
        """The emergency contact, where they have a number."""
        return self.contact if self.contact and self.contact.written else None


@dataclass(frozen=True, slots=True)
class RecordedCall:
    """One call about a case, opened."""

    id: UUID
    """The call's id."""
    by: str
    """The name of who called."""
    at: datetime
    """When it was made, aware."""
    outcome: str
    """How it went, in words."""
    note: str
    """May be ""."""

    @property
    def outcome_inline(self) -> str:
        """How it went, for the middle of a sentence."""
        return self.outcome[:1].lower() + self.outcome[1:]


def contact_details(
    session: Session, case: Case, reading: Reading, document: Mapping[str, Any]
) -> ContactDetails:
    """How to reach the patient: by the answers of the form, or else by the person's stored identity. `document`: the
    sealed document of the form, for a number that was typed and could not be read.
    """
    phone, email = answers_view.typed_text(reading, "phone"), answers_view.typed_text(reading, "email")
    if not phone or not email:
        known = _known(session, case)
        phone, email = phone or str(known.get("phone") or ""), email or str(known.get("email") or "")
    name, number = answers_view.typed_text(reading, "ec_name"), answers_view.typed_text(reading, "ec_phone")
    asked = answers_view.labelled_answer(reading, "callback")
    return ContactDetails(
        patient=PhoneNumber(answers_view.called(reading), phone, dialled(phone)),
        contact=PhoneNumber(name or "No name", number, dialled(number)) if name or number else None,
        email=email,
        wants_call="" if asked.quiet else asked.words,
        no_phone=not phone and reading.answers.get("phone") == State.RATHER_NOT,
        unread_number=_unread_number(document),
    )


def _unread_number(document: Mapping[str, Any]) -> str:
    """What was typed as the patient's number and could not be taken, on the form's own page or else on a help page."""
    on_page = document.get("unread", {}).get("phone", {}).get("phone", ())
    return str(next(iter(on_page), "") or document.get("refused", {}).get("phone", "")).strip()


def _known(session: Session, case: Case) -> dict[str, Any]:
    try:
        return identity_of(session, case.person)
    except damage.READ_ERRORS as error:
        damage.log_unreadable("person.sealed_identity", case.person_id, error, case.id)
        return {}


def dialled(written: str) -> str:
    """A number that was typed, as a link dials it; "" when there are too few digits to dial."""
    extension = EXTENSION.search(written)
    number = written[: extension.start()] if extension else written
    digits = "".join(str(int(sign)) for sign in number if sign.isdecimal())
    if len(digits) < 3:
        return ""
    plus = "+" if number.strip().startswith(("+", "＋")) else ""
    return f"{plus}{digits}" + (f";ext={extension[1]}" if extension else "")


def can_record_calls(session: Session, case: Case) -> bool:
    """Whether calls about a case are written down: it was sent, or raised an alert, and so is kept whatever comes."""
    if case.status is not Status.DRAFT:
        return True
    return session.scalar(select(Flag.id).where(Flag.case_id == case.id).limit(1)) is not None


def record_call(act: Act, case_id: UUID, attempt_id: UUID, whom: str, outcome: str, note: str) -> None:
    """Write down that somebody was rung. It settles nothing, and goes beside what others wrote at the same moment. The
    same form sent twice is one call: it brings the id along.

    Raises CaseNotFound, also for a draft without an alert.
    """
    case = lock_case(act, case_id)
    if act.actor.id is None or not can_record_calls(act.session, case):
        raise CaseNotFound
    before = act.session.get(ContactAttempt, attempt_id)
    if before is not None:
        if before.case_id != case.id:
            raise CaseNotFound
        return
    made = ContactAttempt(id=attempt_id, case_id=case.id, made_by=act.actor.id, made_at=act.now)
    seal(act.session, made, "sealed_call", {"whom": whom, "outcome": outcome, "note": note})
    act.session.add(made)
    act.session.flush()
    audit.record(act, "contact.tried", case_id=case.id, attempt=made.id)


def calls_about(session: Session, cases: Iterable[UUID]) -> dict[UUID, tuple[RecordedCall, ...]]:
    """The calls about cases, newest first."""
    found: dict[UUID, list[RecordedCall]] = {}
    for attempt, by in session.execute(_ABOUT, {"cases": list(cases)}):
        found.setdefault(attempt.case_id, []).append(_recorded_call(session, attempt, by))
    return {case_id: tuple(rang) for case_id, rang in found.items()}


def _recorded_call(session: Session, attempt: ContactAttempt, by: str) -> RecordedCall:
    try:
        told = dict(ring(session).open("contact_attempt.sealed_call", attempt.id, attempt.sealed_call))
        outcome, note = OUTCOMES.get(told["outcome"], str(told["outcome"])), str(told["note"])
        if told["whom"] == CONTACT:
            outcome = f"Emergency contact: {outcome[:1].lower()}{outcome[1:]}"
    except damage.READ_ERRORS as error:
        damage.log_unreadable("contact_attempt.sealed_call", attempt.id, error, attempt.case_id)
        outcome, note = UNREAD, ""
    return RecordedCall(attempt.id, by, attempt.made_at, outcome, note)


def options(words: Mapping[str, str]) -> Sequence[dict[str, str]]:
    """Codes and words, as a form lists them."""
    return [{"code": code, "words": said} for code, said in words.items()]


def call_words(calls: Iterable[RecordedCall]) -> Iterator[tuple[UUID, str]]:
    """The words of each call for the history, with its id."""
    for one in calls:
        yield one.id, f"Rang: {one.outcome_inline}" + (f". “{one.note}”" if one.note else "")
