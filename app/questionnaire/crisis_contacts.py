"""Whom to call or text in an emergency or a crisis, by country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .countries import Country


@dataclass(frozen=True, slots=True)
class Contact:
    """Someone to turn to. `call` and `text` are numbers; `word` is what to text; `note` stands under the button. `talks`:
    for a talk, free, day and night.
    """

    label: str
    call: str | None = None
    text: str | None = None
    word: str | None = None
    note: str | None = None
    site: str | None = None
    talks: bool = True


CONTACTS: Mapping[Country, Mapping[str, Contact]] = {
    Country.US: {
        "emergency": Contact("Call 911", call="911", note="Emergency: police, fire, ambulance", talks=False),
        "crisis": Contact("Call 988", call="988", note="Suicide and crisis line. Free, day and night"),
        "crisis_text": Contact("Text 988", text="988"),
        "crisis_chat": Contact("Chat at 988lifeline.org", site="988lifeline.org"),
        "spanish": Contact("Español: 988", call="988", note="Oprima 2, o envíe AYUDA al 988"),
        "veterans": Contact("Veterans: 988", call="988", note="Press 1, or text 838255"),
    },
    Country.UK: {
        "emergency": Contact("Call 999", call="999", note="Or go to A&E", talks=False),
        "crisis": Contact("Samaritans 116 123", call="116123", note="Free, any time"),
        "crisis_text": Contact("Text SHOUT to 85258", text="85258", word="SHOUT", note="Free, any time"),
        "nhs_advice": Contact("NHS 111", call="111", note="Health advice, day and night", talks=False),
        "nhs": Contact("NHS 111, option 2", call="111", note="Choose the mental health option. Advice now"),
    },
}
