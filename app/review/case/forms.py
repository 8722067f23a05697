"""What a clinician sends."""

import re
from collections.abc import Collection, Mapping
from itertools import zip_longest
from types import MappingProxyType
from typing import Any
from uuid import UUID

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, Optional, Regexp

from app.questionnaire.kinds import InvalidAnswer, says_something
from app.questionnaire.kinds.base import clean_text
from app.records.calls_made import PATIENT
from app.review.case.calls import OUTCOMES, WHOM
from app.review.case.decisions import outcomes

NOTE_LETTERS = 2000
CONDITION = "condition-"
CONDITION_LETTERS = 500
UUID_SHAPE = r"[0-9a-fA-F-]{36}"


def _read_words(text: str, name: str, called: str) -> str:
    """What was typed, in one form of Unicode. Raises InvalidAnswer for what cannot be shown safely, and for dots,
    dashes and pictures alone: they would stand for a reason, and tell the next reader nothing.
    """
    words = clean_text(text, name)
    if words and not says_something(words):
        raise InvalidAnswer(f"Use letters or numbers in the {called}: these signs alone say nothing", name)
    return words


def plain(_form: Any, field: Any) -> None:
    """Read a note. Raises ValidationError for one that cannot be taken."""
    try:
        field.data = _read_words(field.data or "", field.name, "note")
    except InvalidAnswer as refusal:
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
    """Settle one flag, as it was when the page was opened (`seen`, its revision); or what one line of the phone script
    leaves undecided: then both come once for each flag.
    """

    flag = HiddenField(validators=[InputRequired(), Regexp(UUID_SHAPE)])
    seen = IntegerField(validators=[InputRequired()])
    reason = StringField("Why it is settled", validators=[InputRequired("Pick a reason")])
    note = _note("Note (optional)")

    def line(self) -> str | None:
        """The key of the line of the phone script that it was sent from; None for a flag on a card."""
        found = re.fullmatch(r"ask-([a-z0-9_-]{1,64})", request.form.get("from", ""))
        return found[1] if found else None

    def flags(self) -> dict[UUID, int] | None:
        """The flags with their revisions; None when what was sent names none."""
        pairs = list(zip_longest(request.form.getlist("flag"), request.form.getlist("seen"), fillvalue=""))
        try:
            return {UUID(flag): int(seen) for flag, seen in pairs} or None
        except ValueError:
            return None

    def typed_words(self) -> list[str]:
        """What was typed, in words."""
        return [f"Note on a flag: {self.note.data}"] if self.note.data else []


class CallForm(FlaskForm):
    """How a call went. `attempt` is an id made with the page, so that the same form sent twice is one call."""

    attempt = HiddenField(validators=[InputRequired(), Regexp(UUID_SHAPE)])
    whom = RadioField("Who was rung", choices=list(WHOM.items()), default=PATIENT)
    outcome = RadioField(
        "How it went", choices=list(OUTCOMES.items()), validators=[InputRequired("Pick how the call went")]
    )
    note = _note("Note")


class CallAnswersForm(FlaskForm):
    """Answers from a call, to a case as it was when the page was opened (`seen`, its revision). Its fields are the
    questions of the phone script, which are read by their kinds.
    """

    seen = IntegerField(validators=[InputRequired()])

    def posted(self) -> dict[str, list[str]]:
        """All that was typed, by form name."""
        return {name: request.form.getlist(name) for name in request.form}


class DecisionForm(FlaskForm):
    """Decide a case, as it was when the page was opened (`seen`, its revision). Its further fields are the conditions,
    named by the line of the phone script that each is about.
    """

    seen = IntegerField(validators=[InputRequired()])
    outcome = RadioField(
        "Decision",
        choices=list(outcomes()),
        validators=[InputRequired("Pick a decision")],
        validate_choice=True,
    )
    note = _note("Note")
    condition_errors: dict[str, str]
    """What is wrong with a condition, by form name."""
    read_conditions: Mapping[str, str] = MappingProxyType({})
    """The conditions that can be taken, by the key of their line."""

    def conditions(self) -> dict[str, str]:
        """The conditions by the key of their line: as they were read, or as typed where they cannot be taken."""
        typed = {
            name.removeprefix(CONDITION): text.strip()
            for name, text in request.form.items()
            if name.startswith(CONDITION)
        }
        return {**typed, **self.read_conditions}

    def unmatched_conditions(self, carried: Collection[str]) -> list[str]:
        """What was typed as conditions for other lines than these, in words."""
        return [
            f"Condition: {text}" for key, text in self.conditions().items() if text and key not in carried
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all of it can be taken; `condition_errors` hold what is wrong with a condition."""
        self.condition_errors = {}
        read = {}
        for key, text in self.conditions().items():
            try:
                read[key] = _read_words(text, CONDITION + key, "condition")
            except InvalidAnswer as refusal:
                self.condition_errors[CONDITION + key] = refusal.message
            if len(text) > CONDITION_LETTERS:
                self.condition_errors[CONDITION + key] = (
                    f"Use up to {CONDITION_LETTERS} letters in a condition"
                )
        self.read_conditions = read
        return super().validate(extra_validators) and not self.condition_errors
