"""Whom to call or text in an emergency or a crisis, by country.

Every number of a crisis line stands in this module, and `.ci/house.py` refuses one elsewhere: a number that changes is
changed here, and in the catalogues, whose texts `flask texts` then asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .countries import Country
from .wording import Message

EMERGENCY_US, CRISIS_US, VETERANS_US = "911", "988", "838255"
EMERGENCY_UK, SAMARITANS_UK, SHOUT_UK, NHS_UK = "999", "116 123", "85258", "111"


@dataclass(frozen=True, slots=True)
class Contact:
    """Someone to turn to: one button of a help page."""

    label: str
    """The words on the button."""
    call: str | None = None
    """The number to call, without spaces."""
    text: str | None = None
    """The number to text."""
    word: str | None = None
    """What to text; None for anything."""
    note: str | None = None
    """The words under the button."""
    site: str | None = None
    """The host of a page to chat on."""
    talks: bool = True
    """Whether it is for a talk, free, day and night."""


CONTACTS: Mapping[Country, Mapping[str, Contact]] = {
    Country.US: {
        "emergency": Contact(
            f"Call {EMERGENCY_US}", call=EMERGENCY_US, note="Emergency: police, fire, ambulance", talks=False
        ),
        "crisis": Contact(
            f"Call {CRISIS_US}", call=CRISIS_US, note="Suicide and crisis line. Free, day and night"
        ),
        "crisis_text": Contact(f"Text {CRISIS_US}", text=CRISIS_US),
        "crisis_chat": Contact(f"Chat at {CRISIS_US}lifeline.org", site=f"{CRISIS_US}lifeline.org"),
        "spanish": Contact(
            f"Español: {CRISIS_US}", call=CRISIS_US, note=f"Oprima 2, o envíe AYUDA al {CRISIS_US}"
        ),
        "veterans": Contact(f"Veterans: {CRISIS_US}", call=CRISIS_US, note=f"Press 1, or text {VETERANS_US}"),
    },
    Country.UK: {
        "emergency": Contact(f"Call {EMERGENCY_UK}", call=EMERGENCY_UK, note="Or go to A&E", talks=False),
        "crisis": Contact(
            f"Samaritans {SAMARITANS_UK}", call=SAMARITANS_UK.replace(" ", ""), note="Free, any time"
        ),
        "crisis_text": Contact(
            f"Text SHOUT to {SHOUT_UK}", text=SHOUT_UK, word="SHOUT", note="Free, any time"
        ),
        "nhs_advice": Contact(f"NHS {NHS_UK}", call=NHS_UK, note="Health advice, day and night", talks=False),
        "nhs": Contact(
            f"NHS {NHS_UK}, option 2", call=NHS_UK, note="Choose the mental health option. Advice now"
        ),
    },
}
"""The contacts of each country, by the name that help pages call them by."""

# Whole sentences, so that they can be translated. The numbers in them are those above: a test compares.
HELP_NOW: Mapping[Country, Message] = {
    Country.US: Message(
        "If you need help now, call 911. To talk to someone, call or text 988. It is free, day and night."
    ),
    Country.UK: Message(
        "If you need help now, call 999. To talk to someone, call Samaritans on 116 123, or NHS 111 and pick the "
        "mental health option. It is free, day and night."
    ),
}
"""Said first on every copy of a form, whatever was answered: so it tells nothing to whoever finds one."""
DO_NOT_WAIT = Message(
    "If you need help right now, do not wait for a form. Call 911 in the US, or 999 in the UK."
)
"""Said in a mail, which does not tell in what country its reader is."""
