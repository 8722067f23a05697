"""Codes by mail. A link and a birth date send one; the code opens the form, once, in the browser that asked for it.

A code is made when its mail is: until then it is nowhere, and after that only as a keyed hash.
"""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import audit
from app.core.access import ANONYMOUS
from app.core.act import Act
from app.mail import outbox
from app.models import Invitation, SignInCode, ring
from app.models.people import MOST_CODES
from app.questionnaire.durations import CODE_WORKS, COUNTED_WITHIN

DIGITS = 6
MOST_TRIES = 5
MOST_MAILED = 5
"""Codes mailed for one link within COUNTED_WITHIN."""


class CodeResult(StrEnum):
    """Result of checking a typed code."""

    OPEN = "open"
    WRONG = "wrong"
    SPENT = "spent"
    PAUSED = "paused"
    NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class CodeCheck:
    """Result of a code check; on success the invitation it opens."""

    result: CodeResult
    """What came of the check."""
    invitation: Invitation | None = None
    """Set when the result is OPEN."""
    language: str = "en"
    """The language picked with the birth date, for a form that has not begun."""


def digits_of(typed: str) -> str | None:
    """The six digits of a typed code without spaces and hyphens; None when it is something else."""
    digits = re.sub(r"[\s-]", "", typed)
    return digits if re.fullmatch(rf"[0-9]{{{DIGITS}}}", digits) else None


def send_code(act: Act, invitation: Invitation, browser: str, language: str) -> bool:
    """Mail a code to the address of an invitation, whose row the caller holds. False after MOST_MAILED.

    `browser` is the mark of the browser in which the code will work.
    """
    recent = select(func.count()).where(
        SignInCode.invitation_id == invitation.id, SignInCode.asked_at > act.now - COUNTED_WITHIN
    )
    if (act.session.scalar(recent) or 0) >= MOST_MAILED:
        audit.record(act.by(ANONYMOUS), "code.limited", case_id=invitation.case_id, invitation=invitation.id)
        return False
    code = SignInCode(
        invitation_id=invitation.id, browser_hash=_hash(browser), language=language, asked_at=act.now
    )
    act.session.add(code)
    act.session.flush()
    outbox.post_code(act, invitation, code, give_up=act.now + CODE_WORKS)
    audit.record(act.by(ANONYMOUS), "code.asked", case_id=invitation.case_id, invitation=invitation.id)
    return True


def new_digits(act: Act, code: SignInCode) -> str | None:
    """Make the digits of a code as its mail leaves, other ones at each try. None when a later code took its place."""
    newest = _newest(act.session, code.invitation_id)
    if newest is not code or code.used_at:
        return None
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    code.code_mac, code.expires_at = _mac(act.session, code, digits), act.now + CODE_WORKS
    return digits


def redeem(act: Act, invitation: Invitation | None, browser: str | None, typed: str) -> CodeCheck:
    """Check a typed code, and use it up when it is right.

    `invitation` is held by the caller, so that of two at the same moment one is first.
    """
    if invitation is None or browser is None or not _asked(act.session, invitation, browser):
        return CodeCheck(CodeResult.NOT_ASKED)
    if invitation.is_paused(act.now):
        return CodeCheck(CodeResult.PAUSED)
    code = _newest(act.session, invitation.id)
    if code is None or not hmac.compare_digest(code.browser_hash, _hash(browser)):
        return CodeCheck(CodeResult.SPENT)
    if code.used_at or code.tries >= MOST_TRIES or (code.expires_at and code.expires_at <= act.now):
        return CodeCheck(CodeResult.SPENT)
    if code.code_mac is None or not hmac.compare_digest(code.code_mac, _mac(act.session, code, typed)):
        return CodeCheck(_missed(act, invitation, code))
    code.used_at = act.now
    invitation.code_misses = 0
    audit.record(act.by(ANONYMOUS), "code.used", case_id=invitation.case_id, invitation=invitation.id)
    return CodeCheck(CodeResult.OPEN, invitation, code.language)


def _missed(act: Act, invitation: Invitation, code: SignInCode) -> CodeResult:
    code.tries += 1
    invitation.code_misses += 1
    audit.record(act.by(ANONYMOUS), "code.missed", case_id=invitation.case_id, invitation=invitation.id)
    if invitation.code_misses % MOST_CODES == 0:
        invitation.paused_at = act.now
        audit.record(act.by(ANONYMOUS), "invitation.paused", case_id=invitation.case_id)
        return CodeResult.PAUSED
    return CodeResult.SPENT if code.tries >= MOST_TRIES else CodeResult.WRONG


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
