"""What a page offers: options that can be picked now, and names of medicines for its script to find."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from app.intake import asked_families
from app.intake.form.pasted_list import LIST
from app.intake.help import calls
from app.intake.help.contact_rendering import jurisdiction
from app.intake.help.rendering import call_options
from app.intake.progress import Progress
from app.questionnaire.wording import Message
from app.web.language import language, translate
from app.web.question_view import Shown

MEDICINE_FORMS = {
    "inhaler": Message("inhaler"),
    "nasal": Message("nasal spray"),
    "drops": Message("eye drops"),
    "cream": Message("cream"),
    "injection": Message("injection"),
    "patch": Message("patch"),
    "tablets": Message("tablets"),
}
"""The forms of medicine_names.csv that are told beside a name, in words."""


def suggestions(fields: Iterable[Shown]) -> dict[str, str] | None:
    """What templates/components/suggestions.html takes; None for a page with no list in which names are offered.

    Nobody is allergic to a form, so that is told of medicines alone.
    """
    listed = next((field.question.id for field in fields if field.blank), None)
    if listed is None:
        return None
    forms = {form: translate(words) for form, words in MEDICINE_FORMS.items() if listed == LIST}
    return {"country": jurisdiction().value, "language": language(), "forms": json.dumps(forms)}


def offered(field: Shown, progress: Progress) -> Shown:
    """A question with the options that are offered now: calls that can be promised, families that nobody named."""
    if field.question.id in calls.WISHES:
        return replace(field, options=call_options(field.question, progress.draft), untouched=False)
    if field.question.id == asked_families.ASKED:
        hidden = asked_families.left_out(progress.draft.answers)
        left = [option for option in field.options if option.code not in hidden]
        return replace(field, options=left, untouched=False)
    return field
