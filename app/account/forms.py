"""The sign-in form."""

from threading import BoundedSemaphore
from typing import Any

import structlog
from flask_security import LoginForm
from werkzeug.exceptions import ServiceUnavailable
from wtforms import EmailField, Field, PasswordField
from wtforms.validators import InputRequired, Length

# Checking a password is made slow on purpose. Two at once keep a storm of sign-ins from starving patients' forms.
HASHES_AT_ONCE = 2
HASH_WAIT_SECONDS = 5
# Longer than anyone types, and refused before it costs a hash.
PASSWORD_LETTERS = 256
EMAIL_LETTERS = 254

security_log = structlog.get_logger("foreroom.security")
_hashing = BoundedSemaphore(HASHES_AT_ONCE)


class SignInForm(LoginForm):
    """Flask-Security's form without "remember me": a lasting cookie would outlive the 15 idle minutes."""

    email = EmailField(
        "Email address",
        validators=[InputRequired(), Length(max=EMAIL_LETTERS)],
        filters=[lambda typed: typed and typed.strip()],
    )
    password = PasswordField("Password", validators=[InputRequired(), Length(max=PASSWORD_LETTERS)])
    remember = None  # type: ignore[assignment] # how WTForms takes an inherited field away

    def validate_next(self, field: Field) -> None:
        """Where to go on is decided in `sign_in.py`: a bad address there must not keep anyone out."""

    def validate(self, **kwargs: Any) -> bool:
        """Check both. A miss is logged with the person's id if there is one, never with what was typed."""
        if not _hashing.acquire(timeout=HASH_WAIT_SECONDS):
            raise ServiceUnavailable
        try:
            passed = bool(super().validate(**kwargs))
        finally:
            _hashing.release()
        if not passed:
            security_log.warning("sign-in refused", actor=str(self.user.id) if self.user else None)
        return passed
