"""What a clinician sends."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, Optional, Regexp

from app.questionnaire.kinds import Refused
from app.questionnaire.kinds.base import clean_text
from app.review.page import outcomes

NOTE_LETTERS = 2000
UUID_SHAPE = r"[0-9a-fA-F-]{36}"


def plain(_form: Any, field: Any) -> None:
    """Bring a note into one form of Unicode. Raises ValidationError for what cannot be shown safely."""
    try:
        field.data = clean_text(field.data or "", field.name)
    except Refused as refusal:
        raise ValidationError(refusal.message) from None


def _note(label: str) -> TextAreaField:
    return TextAreaField(
        label,
        validators=[Length(max=NOTE_LETTERS, message=f"Use up to {NOTE_LETTERS} letters in the note"), plain],
    )


class TakeForm(FlaskForm):
    """Take a case: `owner` is the owner that was on the page, empty for none."""

    owner = HiddenField(validators=[Optional(), Regexp(UUID_SHAPE)])


class SettleForm(FlaskForm):
    """Settle one flag, as it was when the page was opened (`seen`, its revision)."""

    flag = HiddenField(validators=[InputRequired(), Regexp(UUID_SHAPE)])
    seen = IntegerField(validators=[InputRequired()])
    reason = StringField("Why it is settled", validators=[InputRequired("Pick a reason")])
    note = _note("Note (optional)")


class ToldForm(FlaskForm):
    """Answers from a call, to a case as it was when the page was opened (`seen`, its revision). Its fields are the
    questions of the phone script, which are read by their kinds.
    """

    seen = IntegerField(validators=[InputRequired()])

    def posted(self) -> dict[str, list[str]]:
        """All that was typed, by form name."""
        return {name: request.form.getlist(name) for name in request.form}


class DecisionForm(FlaskForm):
    """Decide a case, as it was when the page was opened (`seen`, its revision)."""

    seen = IntegerField(validators=[InputRequired()])
    outcome = RadioField(
        "Decision",
        choices=list(outcomes()),
        validators=[InputRequired("Pick a decision")],
        validate_choice=True,
    )
    note = _note("Note")
