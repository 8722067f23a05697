"""Signatures under the rulebook: who answers at this clinic for the rules that cases are judged by."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import audit
from app.core.act import Act
from app.models import RulebookSignature
from app.screening.rulebook import RULEBOOK
from app.screening.rules import ClinicRules

LONGEST_NAME = 100


class SignatureRefused(ValueError):
    """The name or the role says nothing. The message says which, and how to mend it."""


@dataclass(frozen=True, slots=True)
class RulebookIdentity:
    """A rulebook with a clinic's own limits, as a screening and a signature name it."""

    rulebook: str
    """The identity of the rulebook."""
    settings: str
    """The identity of the clinic's own limits."""


@dataclass(frozen=True, slots=True)
class RulebookSigned:
    """A signature, as it is shown."""

    of: RulebookIdentity
    """What was signed."""
    name: str
    """Who signed."""
    role: str
    """What they are at the clinic."""
    at: datetime
    """When, aware."""


def running(rules: ClinicRules) -> RulebookIdentity:
    """The rulebook of this program with a clinic's own limits."""
    return RulebookIdentity(RULEBOOK.identity, rules.identity)


def sign(act: Act, name: str, role: str) -> RulebookSigned:
    """Store a signature under the rulebook of this program and the limits of the act's clinic.

    Raises SignatureRefused.
    """
    from app.screening.signing import signing_document  # nobody else needs it: a server starts without it

    what = running(act.terms.rules)
    row = RulebookSignature(
        signed_at=act.now,
        name=_said(name, "name"),
        role=_said(role, "role"),
        rulebook=what.rulebook,
        settings_hash=what.settings,
        document=_packed(signing_document(RULEBOOK, act.terms.rules)),
    )
    act.session.add(row)
    act.session.flush()
    version, _, mark = what.rulebook.partition("+")
    audit.record(
        act, "rulebook.signed", signature=row.id, version=version, rulebook=mark, settings=what.settings
    )
    return _shown(row)


def signatures(session: Session) -> list[RulebookSigned]:
    """All signatures, newest first."""
    newest = RulebookSignature.signed_at.desc(), RulebookSignature.id.desc()
    return [_shown(row) for row in session.scalars(select(RulebookSignature).order_by(*newest))]


def signatures_of(
    session: Session, wanted: Iterable[RulebookIdentity]
) -> dict[RulebookIdentity, RulebookSigned]:
    """The newest signature of each rulebook that was signed."""
    rulebooks = {one.rulebook for one in wanted}
    found = session.execute(
        select(
            RulebookSignature.rulebook,
            RulebookSignature.settings_hash,
            RulebookSignature.name,
            RulebookSignature.role,
            RulebookSignature.signed_at,
        )
        .where(RulebookSignature.rulebook.in_(rulebooks))
        .order_by(RulebookSignature.signed_at, RulebookSignature.id)
    )
    every = (RulebookSigned(RulebookIdentity(*row[:2]), *row[2:]) for row in found)
    return {one.of: one for one in every}


def is_signed(session: Session, rules: ClinicRules) -> bool:
    """Whether somebody signed the rulebook of this program with these limits."""
    what = running(rules)
    return what in signatures_of(session, [what])


def last_document(session: Session) -> dict[str, Any] | None:
    """What was signed last; None before the first signature."""
    newest = RulebookSignature.signed_at.desc(), RulebookSignature.id.desc()
    packed = session.scalar(select(RulebookSignature.document).order_by(*newest).limit(1))
    return None if packed is None else _unpacked(packed)


def _said(text: str, what: str) -> str:
    text = " ".join(text.split())
    if not any(letter.isalpha() for letter in text):
        raise SignatureRefused(f"The {what} must have letters.")
    if len(text) > LONGEST_NAME or not text.isprintable():
        raise SignatureRefused(f"The {what} must have {LONGEST_NAME} letters or fewer.")
    return text


def _packed(document: dict[str, Any]) -> bytes:
    return zlib.compress(json.dumps(document, ensure_ascii=False).encode(), 9)


def _unpacked(packed: bytes) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(zlib.decompress(packed))
    return read


def _shown(row: RulebookSignature) -> RulebookSigned:
    return RulebookSigned(
        RulebookIdentity(row.rulebook, row.settings_hash), row.name, row.role, row.signed_at
    )
