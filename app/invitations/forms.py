"""The form for a new invitation. Each field is read as the patient's own form reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from uuid_utils.compat import uuid7
from wtforms import HiddenField, StringField

from app.questionnaire.answers import STATES
from app.questionnaire.contact import likely_email
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import InvalidAnswer, age_on

ASKED = ("first_name", "last_name", "dob", "email", "phone")
OPTIONAL = ("last_name", "phone")
"""Some people have one name."""
LANGUAGES: Mapping[str, str] = {"en": "English", "es": "Español", "other": "Another language"}
"""The codes of the patient's own question, in words for staff."""
FormProblem = dict[str, str]
"""{"text", "target"}: a message, and the field it is about."""


class InviteForm(FlaskForm):
    """One person. `invitation` is the id it will have, so that sending the form twice invites once."""

    invitation = HiddenField(default=lambda: str(uuid7()))
    first_name = StringField()
    last_name = StringField()
    day = StringField(name="dob-day")
    month = StringField(name="dob-month")
    year = StringField(name="dob-year")
    email = StringField()
    phone = StringField()
    language = StringField(default="en")
    kept_email = HiddenField()
    """An address that looks like a slip, and was confirmed by sending it again."""

    def typed(self) -> dict[str, list[str]]:
        """The typed texts, by form name."""
        return {field.name: [field.data or ""] for field in self if field.name != "csrf_token"}

    def read(self, on: date, minimum_age: int) -> tuple[dict[str, Any], list[FormProblem]]:
        """The identity, as the patient's form stores it, and the problems to be mended.

        `on` is today at the clinic, `minimum_age` in years.
        """
        identity: dict[str, Any] = {}
        problems: list[FormProblem] = []
        for name in ASKED:
            try:
                identity[name] = self._read(name, on, minimum_age)
            except InvalidAnswer as refusal:
                problems.append({"text": refusal.message, "target": refusal.part})
        likely = likely_email(identity["email"]) if identity.get("email") else None
        if likely and self.kept_email.data != identity["email"]:
            self.kept_email.data = identity["email"]
            problems.append(
                {"text": f"Did they mean {likely}? Change it, or send again to keep it", "target": "email"}
            )
        if self.language.data not in LANGUAGES:
            problems.append({"text": "Pick the language they want to use", "target": "language"})
        return identity, problems

    def _read(self, name: str, on: date, minimum_age: int) -> Any:
        question = INTAKE.questions[name]
        answer = question.kind.read(question, self.typed(), on)
        if answer is None and name not in OPTIONAL:
            missing = {"dob": "Enter their date of birth", "email": "Enter their email address"}
            about = f"Enter their {question.label.lower()}"
            raise InvalidAnswer(missing.get(name, about), "dob-day" if name == "dob" else name)
        if answer in STATES:
            raise InvalidAnswer(f"Enter their {question.label.lower()}", name)
        if name == "dob" and age_on(date.fromisoformat(str(answer)), on) < minimum_age:
            raise InvalidAnswer(
                f"The form is for people aged {minimum_age} and over. Check the year", "dob-year"
            )
        return answer

    def id(self) -> UUID | None:
        """The id of the invitation to be made, or None when it was tampered with."""
        try:
            return UUID(str(self.invitation.data))
        except ValueError:
            return None
