"""Whom to call now: the buttons of a help page, for this clinic's country and the language of the page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.questionnaire.countries import Country
from app.questionnaire.crisis_contacts import CONTACTS, Contact
from app.questionnaire.interruption import Interruption
from app.questionnaire.interruption_triggers import BY_ID
from app.questionnaire.wording import Message
from app.web.language import SPANISH, language, translate
from app.web.settings import current_settings

YOU_CAN_ALSO = Message("You can also call")


def jurisdiction() -> Country:
    """Where this clinic works: US or UK."""
    return current_settings().jurisdiction


def crisis_buttons() -> list[dict[str, Any]]:
    """The numbers for somebody of whom nothing is known but that they may need help now."""
    return contact_buttons(BY_ID["crisis_now"].contacts[jurisdiction()])


def contact_buttons(names: Sequence[str]) -> list[dict[str, Any]]:
    """The buttons of a help page. In Spanish, the line that speaks it comes before the others."""
    own = ("spanish",) if language() == SPANISH and "spanish" in names else ()
    first = tuple(name for name in names[:1] if name == "emergency")
    ordered = dict.fromkeys((*first, *own, *names))
    contacts = CONTACTS[jurisdiction()]
    return [_contact(contacts[name], strong=name in ("emergency", "crisis", *own)) for name in ordered]


def contact_groups(
    page: Interruption, also: Sequence[Interruption], unsure: Collection[str], words: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The numbers of a help page under what is true of all of them, and after them those of the pages that hold as well
    (`also`), as far as they are others. `unsure`: those pages which only a "Not sure" called for; `words`: what
    their texts leave open.
    """
    country = jurisdiction()
    names = page.contacts[country]
    talks = tuple(name for name in names if page.talk and CONTACTS[country][name].talks)
    others = tuple(name for name in names if name not in talks)
    lines = [translate(page.act_now.get(country, ""))]
    groups = [_group(others, lines=lines), _group(talks, page.talk)] if talks else [_group(others)]
    if names[0] in talks:
        groups.reverse()
    seen = set(names)
    for other in also:
        more = tuple(name for name in other.contacts[country] if name not in seen)
        seen.update(more)
        if not more:
            continue
        talk = other.talk if all(CONTACTS[country][name].talks for name in more) else None
        said = other.afterwards(country, unsure=other.id in unsure) if other.bodily else ()
        heading = talk or (other.heading if other.bodily else YOU_CAN_ALSO)
        groups.append(_group(more, heading, [translate(Message(text, **words)) for text in said]))
    return groups


def _group(names: Sequence[str], heading: str | None = None, lines: Sequence[str] = ()) -> dict[str, Any]:
    return {
        "heading": translate(heading or ""),
        "lines": [line for line in lines if line],
        "contacts": contact_buttons(names),
    }


def _contact(contact: Contact, *, strong: bool) -> dict[str, Any]:
    if contact.call:
        href = f"tel:{contact.call}"
    elif contact.text:
        href = f"sms:{contact.text}" + (f"?body={contact.word}" if contact.word else "")
    else:
        href = f"https://{contact.site}/"
    return {
        "label": translate(contact.label),
        "href": href,
        "note": translate(contact.note or ""),
        "strong": strong,
    }
