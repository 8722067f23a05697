"""Invented people and their records. Whatever a patient would have written holds a marker of its own.

A leak is then a byte search: a marker in a log, an address, a title or a database file is a patient's words there.
"""

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import (
    Amendment,
    BirthDateMisses,
    Case,
    ContactAttempt,
    Correction,
    Decision,
    Flag,
    Invitation,
    KeyFingerprint,
    Mail,
    PageTime,
    Person,
    Queue,
    Role,
    RulebookSignature,
    Screening,
    SignInCode,
    Treatment,
    User,
    ring,
    seal,
)
from app.questionnaire.form_kinds import FormKind
from app.questionnaire.versions import newest
from app.screening.workflow import Outcome, Status

Row = TypeVar("Row")

CANARY = "Zanahoria"
"""In every text of every invented patient, and nowhere in the product."""
CANARY_PHONE = "5550199"
"""In every invented telephone number; no real number has it."""
NOW = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)


@dataclass
class Factory:
    """Makes rows in a session and flushes them, so that the database's constraints hold for invented ones too."""

    session: Session
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def identity(self, **given: str) -> dict[str, str]:
        """Who someone says they are, as it is sealed."""
        n = next(self.numbers)
        return {
            "first_name": f"Anna{CANARY}{n}",
            "last_name": f"Bell{CANARY}{n}",
            "preferred_name": f"Nan{CANARY}{n}",
            "dob": "1985-03-27",
            "phone": f"{CANARY_PHONE}{n:03d}",
            "email": f"anna.{CANARY.lower()}{n}@example.test",
        } | given

    def person(self, **given: str) -> Person:
        """Someone, with the marks they are found by."""
        identity = self.identity(**given)
        keys = ring(self.session)
        person = Person(
            created_at=NOW,
            blind_surname=keys.blind("surname", identity["last_name"]),
            blind_email=keys.blind("email", identity["email"]),
            blind_phone=keys.blind("phone", identity["phone"]),
        )
        seal(self.session, person, "sealed_identity", identity)
        return self._kept(person)

    def case(
        self,
        person: Person | None = None,
        *,
        answers: dict[str, Any] | None = None,
        status: Status = Status.SUBMITTED,
        **columns: Any,
    ) -> Case:
        """A form: sent, unless `status` says it is a draft."""
        person = person or self.person()
        draft = status is Status.DRAFT
        case = Case(
            person_id=person.id,
            status=status,
            submission_id=uuid4(),
            questionnaire_version=newest(columns.get("kind", FormKind.INTAKE)),
            jurisdiction="US",
            started_at=NOW - timedelta(minutes=12),
            updated_at=NOW,
            answers_version=1,
        )
        if not draft:
            case.submitted_at = case.waiting_since = NOW
            case.queue = Queue.TO_REVIEW
            case.signature_hash = hashlib.sha256(b"what was signed").hexdigest()
            signature = {"name": f"Anna {CANARY}", "meaning": "true", "at": NOW.isoformat()}
            seal(self.session, case, "sealed_signature", signature)
        if status is Status.DECIDED:
            case.queue, case.decision_outcome = Queue.DECIDED, Outcome.SUITABLE
        answered = {"anything_else": f"My note is {CANARY}"} if answers is None else answers
        document: dict[str, Any] = {"answers": answered, "saved": {}, "shown": [], "confirmed": []}
        seal(self.session, case, "sealed_answers", document)
        summary = {"called": f"Nan{CANARY}", "last_name": f"Bell{CANARY}", "dob": "1985-03-27"}
        seal(self.session, case, "sealed_summary", summary | {"wants": [], "cards": []})
        for name, value in columns.items():
            setattr(case, name, value)
        return self._kept(case)

    def screening(self, case: Case | None = None, **columns: Any) -> Screening:
        """What the rulebook made of a case, with no flags yet."""
        case = case or self.case()
        given = {
            "case_id": case.id,
            "answers_version": case.answers_version,
            "rulebook": "1-abc",
            "settings_hash": "0" * 64,
            "evaluated_at": NOW,
            "on_date": date(2026, 3, 2),
        }
        return self._kept(Screening(**given | columns))

    def flag(self, screening: Screening | None = None, **columns: Any) -> Flag:
        """One raised flag, open."""
        screening = screening or self.screening()
        given = {
            "screening_id": screening.id,
            "case_id": screening.case_id,
            "rule": "unstable-heart",
            "level": "stop",
            "card": "heart",
            "outcome": "raised",
        }
        flag = Flag(**given | columns)
        because = [{"question": "heart_attack", "answer": "yes", "words": f"Yes {CANARY}"}]
        seal(self.session, flag, "sealed_evidence", {"because": because, "unknown": [], "ask": None})
        return self._kept(flag)

    def decision(
        self, case: Case | None = None, conditions: list[dict[str, Any]] | None = None, **columns: Any
    ) -> Decision:
        """A decision on a case."""
        case = case or self.case()
        given: dict[str, Any] = {"case_id": case.id, "outcome": Outcome.SUITABLE, "made_at": NOW}
        if "made_by" not in columns:
            given["made_by"] = self.user().id
        decision = Decision(**given | columns)
        seal(self.session, decision, "sealed_note", f"Spoke with {CANARY}")
        if conditions:
            seal(self.session, decision, "sealed_conditions", conditions)
        return self._kept(decision)

    def correction(self, case: Case | None = None, **columns: Any) -> Correction:
        """What a patient asked to have corrected; nobody dealt with it yet."""
        case = case or self.case()
        correction = Correction(**{"case_id": case.id, "asked_at": NOW} | columns)
        seal(self.session, correction, "sealed_text", f"It was {CANARY}, not the other")
        return self._kept(correction)

    def amendment(
        self, case: Case | None = None, answers: dict[str, Any] | None = None, **columns: Any
    ) -> Amendment:
        """Answers from a call, to questions that were left empty."""
        case = case or self.case()
        told = {"goals": f"A walk with {CANARY}"} if answers is None else answers
        given: dict[str, Any] = {"case_id": case.id, "made_at": NOW}
        if "made_by" not in columns:
            given["made_by"] = self.user().id
        amendment = Amendment(**given | columns)
        document = {"answers": told, "replaced": dict.fromkeys(told)}
        seal(self.session, amendment, "sealed_answers", document)
        return self._kept(amendment)

    def contact_attempt(
        self, case: Case | None = None, outcome: str = "no_answer", whom: str = "patient", **columns: Any
    ) -> ContactAttempt:
        """A call to the patient of a case."""
        case = case or self.case()
        given: dict[str, Any] = {"case_id": case.id, "made_at": NOW}
        if "made_by" not in columns:
            given["made_by"] = self.user().id
        attempt = ContactAttempt(**given | columns)
        call = {"whom": whom, "outcome": outcome, "note": f"It rang, {CANARY}"}
        seal(self.session, attempt, "sealed_call", call)
        return self._kept(attempt)

    def invitation(self, person: Person | None = None, token: str = "", **columns: Any) -> Invitation:
        """A link for someone, good for two weeks, with `token` or one nobody knows."""
        person = person or self.person()
        given = {
            "person_id": person.id,
            "token_hash": Invitation.hash_of(token or uuid4().hex),
            "created_at": NOW,
            "expires_at": NOW + timedelta(days=14),
        }
        return self._kept(Invitation(**given | columns))

    def mailed_invitation(self, token: str, email: str = "", **columns: Any) -> Invitation:
        """A link that went to an address, and asks for a code."""
        invitation = self.invitation(token=token, **columns)
        email = email or f"anna.{CANARY.lower()}@example.test"
        seal(self.session, invitation, "sealed_link", {"token": token, "email": email})
        invitation.needs_code = True
        return self._kept(invitation)

    def mail(self, invitation: Invitation | None = None, **columns: Any) -> Mail:
        """A mail that is to leave now."""
        invitation = invitation or self.mailed_invitation(uuid4().hex)
        given = {"kind": "invitation", "invitation_id": invitation.id, "created_at": NOW, "due_at": NOW}
        return self._kept(Mail(**given | columns))

    def treatment(self, case: Case | None = None, **columns: Any) -> Treatment:
        """A session of the person of a health check."""
        given: dict[str, Any] = {
            "case_id": (case or self.case()).id, "on_date": date(2026, 3, 2), "recorded_at": NOW,
        }  # fmt: skip
        if "recorded_by" not in columns:
            given["recorded_by"] = self.user().id
        return self._kept(Treatment(**given | columns))

    def rulebook_signature(self, **columns: Any) -> RulebookSignature:
        """A signature under some rulebook."""
        given = {
            "signed_at": NOW, "name": "Ada Okafor", "role": "medical director",
            "rulebook": "1.0+abc", "settings_hash": "def", "document": b"packed",
        }  # fmt: skip
        return self._kept(RulebookSignature(**given | columns))

    def page_time(self) -> PageTime:
        """How long a page took, of one form that was sent."""
        return self._kept(PageTime(kind="intake", page="phq9", minutes=0, count=1, seconds=40.5))

    def another_key(self) -> KeyFingerprint:
        """A key that belongs to the database, besides those of its settings."""
        return self._kept(KeyFingerprint(key="sealing 200", fingerprint=bytes(16)))

    def case_door(self, case: Case | None = None) -> BirthDateMisses:
        """Wrong birth dates that were given for a case."""
        return self._kept(BirthDateMisses(case_id=(case or self.case()).id, misses=2, missed_at=NOW))

    def sign_in_code(self, invitation: Invitation | None = None, **columns: Any) -> SignInCode:
        """A code that was asked for, and is not made yet."""
        invitation = invitation or self.mailed_invitation(uuid4().hex)
        given = {
            "invitation_id": invitation.id,
            "browser_hash": hashlib.sha256(b"a browser").digest(),
            "language": "en",
            "asked_at": NOW,
        }
        return self._kept(SignInCode(**given | columns))

    def role(self, name: str) -> Role:
        """The role of this name, made when it is not there yet."""
        found = self.session.scalar(select(Role).where(Role.name == name))
        return found or self._kept(Role(name=name))

    def user(self, *roles: str, **columns: Any) -> User:
        """A member of staff with these roles ("clinician" when none is given), who has no password."""
        n = next(self.numbers)
        given = {
            "email": f"staff{n}.{uuid4().hex[:8]}@example.test",
            "name": f"Sam Staff {n}",
            "fs_uniquifier": uuid4().hex,
            "created_at": NOW,
            "roles": [self.role(name) for name in roles or ("clinician",)],
        }
        return self._kept(User(**given | columns))

    def _kept(self, row: Row) -> Row:
        self.session.add(row)
        self.session.flush()
        return row
