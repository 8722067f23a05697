"""Whether patients may fill in forms here: what the clinic set, and whether somebody signed the rulebook."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.core import signatures
from app.web.settings import current_settings

SIGN = "a signature under this rulebook (flask rulebook sign)"


def missing_for_form(session: Session) -> tuple[str, ...]:
    """What is still to be done before patients may fill in forms, each in words. None: they may.

    A demonstration and a test judge nobody real, and need no signature.
    """
    settings = current_settings()
    unsigned = settings.env == "production" and not signatures.is_signed(session, settings.rules)
    return (*settings.missing, *((SIGN,) if unsigned else ()))


def is_form_on(session: Session) -> bool:
    """Whether patients may begin forms, and come back to them."""
    return current_settings().clinic is not None and not missing_for_form(session)
