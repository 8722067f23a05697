"""Forms that features share."""

from types import SimpleNamespace

from flask import current_app, g, request
from flask_wtf.csrf import generate_csrf, validate_csrf
from wtforms import ValidationError


class PostForm:
    """A form of one button: it carries the CSRF token and nothing else. Each page of a patient is one, and needs no
    fields of the form library.
    """

    @property
    def csrf_token(self) -> SimpleNamespace:
        """The token of this request as `current_token`, as the forms with fields have it."""
        return SimpleNamespace(current_token=generate_csrf())

    def validate(self) -> bool:
        """Whether what was posted carries a token that holds."""
        if g.get("csrf_valid", False):
            return True  # it was checked before the view
        try:
            validate_csrf(request.form.get(current_app.config["WTF_CSRF_FIELD_NAME"]))
        except ValidationError:
            return False
        return True
