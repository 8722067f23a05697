"""What is stored. Tables only: no Flask, no rules, no commit.

Whoever locks rows of several tables in one transaction does so in this order, and several rows of one table in that of
their ids. Else two that wait for each other end as a deadlock, on PostgreSQL:

    invitation, case (with what hangs on it), person, mail, page_time, and the audit log's chain

A row that is changed or deleted is locked by that, and one that a new row points at is held as it is. So whoever will
write down an event has all other rows before: whoever writes one holds the chain until the commit, a request from its
end on. tests/locking.py watches over it in every request of the tests.
"""

from app.models.base import Base, UtcDateTime, ring, seal, unseal
from app.models.birth_date_misses import MOST_MISSES, PAUSES, BirthDateMisses
from app.models.cases import (
    Amendment,
    Case,
    Decision,
    Flag,
    Queue,
    Screening,
    amendments_between,
    answers_of,
    apply_amendments,
    merged_answers,
    short_id,
)
from app.models.contacts import ContactAttempt
from app.models.corrections import Correction
from app.models.engine import NotDurable, check_durable, configure_engine, engine_options, read_only
from app.models.installation import CLINIC, DEMO, Installation, KeyFingerprint
from app.models.log import AuditEvent
from app.models.mail import IS_OPEN_ALERT, Delivery, Mail, MailKind, Trouble
from app.models.people import Invitation, Person, SignInCode
from app.models.signatures import RulebookSignature
from app.models.staff import Role, User, roles_users
from app.models.times import WHOLE_FORM, PageTime
from app.models.treatments import Treatment

__all__ = [
    "CLINIC",
    "DEMO",
    "IS_OPEN_ALERT",
    "MOST_MISSES",
    "PAUSES",
    "WHOLE_FORM",
    "Amendment",
    "AuditEvent",
    "Base",
    "BirthDateMisses",
    "Case",
    "ContactAttempt",
    "Correction",
    "Decision",
    "Delivery",
    "Flag",
    "Installation",
    "Invitation",
    "KeyFingerprint",
    "Mail",
    "MailKind",
    "NotDurable",
    "PageTime",
    "Person",
    "Queue",
    "Role",
    "RulebookSignature",
    "Screening",
    "SignInCode",
    "Treatment",
    "Trouble",
    "User",
    "UtcDateTime",
    "amendments_between",
    "answers_of",
    "apply_amendments",
    "check_durable",
    "configure_engine",
    "engine_options",
    "merged_answers",
    "read_only",
    "ring",
    "roles_users",
    "seal",
    "short_id",
    "unseal",
]
