"""Codes by mail. A link and a birth date send one; the code opens the form, once, in the browser that asked for it.

A code is made when its mail is: until then it is nowhere, and after that only as a keyed hash.
"""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import audit
from app.core.access import Actor
from app.core.act import Act
from app.mail import outbox
from app.models import Invitation, SignInCode, ring
from app.models.people import MOST_CODES

LIFE = timedelta(minutes=10)
DIGITS = 6
MOST_TRIES = 5
MOST_AN_HOUR = 5
NOBODY = Actor("anonymous", None, frozenset())


class Claimed(StrEnum):
    """What came of a typed code."""

    OPEN = "open"
    WRONG = "wrong"
    SPENT = "spent"
    PAUSED = "paused"
    NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class Claim:
    """What came of it, and for a right one whose form to open."""

    claimed: Claimed
    invitation: Invitation | None = None
    language: str = "en"


def plain(typed: str) -> str | None:
    """The six digits that were typed, whatever stands between them; None when it is something else."""
    digits = re.sub(r"[\s-]", "", typed)
    return digits if re.fullmatch(rf"[0-9]{{{DIGITS}}}", digits) else None


def ask(act: Act, invitation: Invitation, browser: str, language: str) -> bool:
    """Send a code to the address of an invitation, whose row the caller holds. False when there were too many."""
    recent = select(func.count()).where(
        SignInCode.invitation_id == invitation.id, SignInCode.asked_at > act.now - timedelta(hours=1)
    )
    if (act.session.scalar(recent) or 0) >= MOST_AN_HOUR:
        audit.record(act.by(NOBODY), "code.limited", case_id=invitation.case_id, invitation=invitation.id)
        return False
    code = SignInCode(
        invitation_id=invitation.id, browser_hash=_hash(browser), language=language, asked_at=act.now
    )
    act.session.add(code)
    act.session.flush()
    outbox.post_code(act, invitation, code, give_up=act.now + LIFE)
    audit.record(act.by(NOBODY), "code.asked", case_id=invitation.case_id, invitation=invitation.id)
    return True


def make(act: Act, code: SignInCode) -> str | None:
    """The digits to be mailed now, or None when a later code took this one's place. At each try they are others."""
    newest = _newest(act.session, code.invitation_id)
    if newest is not code or code.used_at:
        return None
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    code.code_mac, code.expires_at = _mac(act.session, code, digits), act.now + LIFE
    return digits


def claim(act: Act, invitation: Invitation | None, browser: str | None, typed: str) -> Claim:
    """Use up a code, once. `invitation` is held by the caller, so that of two at the same moment one is first."""
    if invitation is None or browser is None or not _asked(act.session, invitation, browser):
        return Claim(Claimed.NOT_ASKED)
    if invitation.is_paused(act.now):
        return Claim(Claimed.PAUSED)
    code = _newest(act.session, invitation.id)
    if code is None or not hmac.compare_digest(code.browser_hash, _hash(browser)):
        return Claim(Claimed.SPENT)
    if code.used_at or code.tries >= MOST_TRIES or (code.expires_at and code.expires_at <= act.now):
        return Claim(Claimed.SPENT)
    if code.code_mac is None or not hmac.compare_digest(code.code_mac, _mac(act.session, code, typed)):
        return Claim(_missed(act, invitation, code))
    code.used_at = act.now
    invitation.code_misses = 0
    audit.record(act.by(NOBODY), "code.used", case_id=invitation.case_id, invitation=invitation.id)
    return Claim(Claimed.OPEN, invitation, code.language)


def _missed(act: Act, invitation: Invitation, code: SignInCode) -> Claimed:
    code.tries += 1
    invitation.code_misses += 1
    audit.record(act.by(NOBODY), "code.missed", case_id=invitation.case_id, invitation=invitation.id)
    if invitation.code_misses % MOST_CODES == 0:
        invitation.paused_at = act.now
        audit.record(act.by(NOBODY), "invitation.paused", case_id=invitation.case_id)
        return Claimed.PAUSED
    return Claimed.SPENT if code.tries >= MOST_TRIES else Claimed.WRONG


def _asked(session: Session, invitation: Invitation, browser: str) -> bool:
    of = select(SignInCode.id).where(
        SignInCode.invitation_id == invitation.id, SignInCode.browser_hash == _hash(browser)
    )
    return session.scalar(of.limit(1)) is not None


def _newest(session: Session, invitation_id: object) -> SignInCode | None:
    of = select(SignInCode).where(SignInCode.invitation_id == invitation_id)
    return session.scalar(of.order_by(SignInCode.asked_at.desc(), SignInCode.id.desc()).limit(1))


def _hash(browser: str) -> bytes:
    return sha256(browser.encode()).digest()


def _mac(session: Session, code: SignInCode, digits: str) -> bytes:
    return ring(session).mac("sign-in code", f"{code.id}:{digits}")
