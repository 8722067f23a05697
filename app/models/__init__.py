"""What is stored. Tables only: no Flask, no rules, no commit."""

from app.models.base import (
    Base,
    NotDurable,
    UtcDateTime,
    durable,
    engine_options,
    ring,
    seal,
    tune,
    unseal,
)
from app.models.cases import (
    Amendment,
    Case,
    Decision,
    Flag,
    Queue,
    Screening,
    amended,
    amendments_between,
    answers_of,
    short_id,
    told,
)
from app.models.corrections import Correction
from app.models.installation import CLINIC, DEMO, Installation, KeyFingerprint
from app.models.log import AuditEvent
from app.models.mail import Delivery, Mail, Trouble
from app.models.people import Invitation, Person, SignInCode
from app.models.staff import Role, User, roles_users
from app.models.times import WHOLE, PageTime
from app.models.treatments import Treatment

__all__ = [
    "CLINIC",
    "DEMO",
    "WHOLE",
    "Amendment",
    "AuditEvent",
    "Base",
    "Case",
    "Correction",
    "Decision",
    "Delivery",
    "Flag",
    "Installation",
    "Invitation",
    "KeyFingerprint",
    "Mail",
    "NotDurable",
    "PageTime",
    "Person",
    "Queue",
    "Role",
    "Screening",
    "SignInCode",
    "Treatment",
    "Trouble",
    "User",
    "UtcDateTime",
    "amended",
    "amendments_between",
    "answers_of",
    "durable",
    "engine_options",
    "ring",
    "roles_users",
    "seal",
    "short_id",
    "told",
    "tune",
    "unseal",
]
