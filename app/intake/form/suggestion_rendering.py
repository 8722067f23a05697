"""What a page with a list of medicines tells its script, static/medicine_list.js, so that it can offer names."""

from __future__ import annotations

import json

from app.intake.help.contact_rendering import jurisdiction
from app.questionnaire.wording import Message
from app.web.language import language, translate

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


def suggestions() -> dict[str, str]:
    """The country, the language and the words of forms, as templates/components/suggestions.html takes them."""
    forms = {form: translate(words) for form, words in MEDICINE_FORMS.items()}
    return {"country": jurisdiction().value, "language": language(), "forms": json.dumps(forms)}
