"""The session cookie: its rules, and emptying it.

It holds ids, timestamps and the language of the pages, never a name or an answer. One cookie is one person: starting a
form signs staff out, and signing in closes an open form. What it holds for each is in `patient_session.py`,
`tablet_session.py` and `staff_session.py`.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Flask, current_app, g, session
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from app.questionnaire.durations import BROWSER_KEEPS
from app.web.clock import now

if TYPE_CHECKING:
    from config import Settings

# Two servers' clocks may differ by this much; a time further ahead means that a clock was set back.
CLOCK_SKEW = timedelta(minutes=1)


class _SignedCookie(SecureCookieSessionInterface):
    """Flask's, with what signs it made once: each cookie that is read or written asks for it, and the key stays."""

    def __init__(self) -> None:
        self._serializer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The serializer of the app that this is of."""
        if self._serializer is None:
            self._serializer = super().get_signing_serializer(app)
        return self._serializer


def init_app(app: Flask) -> None:
    """Set the cookie's rules."""
    settings: Settings = app.config["SETTINGS"]
    app.session_interface = _SignedCookie()
    app.config.update(
        SECRET_KEY=settings.secret_key,
        # Browsers refuse a __Host- cookie that is not Secure, with no domain and for the whole site.
        SESSION_COOKIE_NAME="__Host-foreroom" if settings.secure_cookies else "foreroom",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        # Strict would drop the cookie of a patient who comes back through the link in an e-mail.
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=BROWSER_KEEPS,
    )


def clear_session() -> None:
    """Empty the cookie: nothing in it can be used again from this browser."""
    session.clear()
    forget_request_token()


def forget_request_token() -> None:
    """Let the next form drawn in this request make a CSRF token of its own."""
    # Flask-WTF keeps the token it made for this request; a form drawn later in it would carry a dead one.
    g.pop(current_app.config["WTF_CSRF_FIELD_NAME"], None)


def is_within(lifetime: timedelta, since: int) -> bool:
    """Whether less than `lifetime` has passed since a time of the cookie, in whole seconds since 1970."""
    return -CLOCK_SKEW.total_seconds() <= now().timestamp() - since < lifetime.total_seconds()


def timestamp() -> int:
    """The time as the cookie holds it: whole seconds since 1970."""
    return int(now().timestamp())
