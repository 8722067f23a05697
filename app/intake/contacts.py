"""Whom to call now: the buttons of a help page, for this clinic's country and the language of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.questionnaire.interruptions import BY_ID, CONTACTS, Contact
from app.web.language import SPANISH, language, say
from app.web.request import current_settings


def jurisdiction() -> str:
    """Where this clinic works: US or UK."""
    return current_settings().jurisdiction


def crisis_buttons() -> list[dict[str, Any]]:
    """The numbers for somebody of whom nothing is known but that they may need help now."""
    return contact_buttons(BY_ID["crisis_now"].contacts[jurisdiction()])


def contact_buttons(names: Sequence[str]) -> list[dict[str, Any]]:
    """The buttons of a help page. Whoever reads it in Spanish finds the line that speaks it before the others."""
    own = ("spanish",) if language() == SPANISH and "spanish" in names else ()
    first = tuple(name for name in names[:1] if name == "emergency")
    ordered = dict.fromkeys((*first, *own, *names))
    contacts = CONTACTS[jurisdiction()]
    return [_contact(contacts[name], strong=name in ("emergency", "crisis", *own)) for name in ordered]


def _contact(contact: Contact, *, strong: bool) -> dict[str, Any]:
    if contact.call:
        href = f"tel:{contact.call}"
    elif contact.text:
        href = f"sms:{contact.text}" + (f"?body={contact.word}" if contact.word else "")
    else:
        href = f"https://{contact.site}/"
    return {
        "label": say(contact.label),
        "href": href,
        "note": say(contact.note or ""),
        "strong": strong,
    }
