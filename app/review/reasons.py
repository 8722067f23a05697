"""Why a clinician may settle a flag: a short list for each card, declared once.

A flag must be settled, with a reason from its card's list, before anyone is marked suitable. A reason that does not
`clear` says what happens instead of treatment: it settles the flag, and "suitable" stays refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Reason:
    """One way to settle a flag. `code` is stored and stable for good; `words` are what staff pick."""

    code: str
    words: str
    clears: bool = True


MISTAKE = Reason("mistake", "The answer was a mistake, checked with the patient")
FINISHED = Reason("finished", "It is over, checked with the patient")
SPECIALIST = Reason("specialist_agrees", "A specialist agrees (who, and the letter's date, in the note)")
PLAN = Reason("plan_written", "The benefit outweighs the risk, and a plan is written")
WAIT = Reason("wait", "Wait, and look again later", clears=False)
ASK_SPECIALIST = Reason("ask_specialist", "Ask a specialist first", clears=False)
NOT_GOING_ON = Reason("not_going_on", "Not going on with treatment", clears=False)
ANOTHER = Reason(OTHER, "Another reason, in the note")

GENERAL = (FINISHED, MISTAKE, SPECIALIST, PLAN, WAIT, NOT_GOING_ON, ANOTHER)
"""For a card without a list of its own."""

_SAFE_NOW = Reason("safe_now", "Reached the patient: safe now")
_SENT_TO_CARE = Reason("sent_to_care", "Sent to emergency or crisis care", clears=False)
_ASSESSED = Reason("risk_assessed", "Risk assessed with the patient, and a safety plan is written")

BY_CARD: Mapping[str, tuple[Reason, ...]] = MappingProxyType(
    {
        "emergency": (_SAFE_NOW, MISTAKE, _SENT_TO_CARE, WAIT, NOT_GOING_ON, ANOTHER),
        "suicide": (_ASSESSED, MISTAKE, SPECIALIST, _SENT_TO_CARE, WAIT, NOT_GOING_ON, ANOTHER),
        "harm_others": (_ASSESSED, MISTAKE, SPECIALIST, _SENT_TO_CARE, WAIT, NOT_GOING_ON, ANOTHER),
        "seizures": (
            Reason("childhood_fever", "Only with fever, as a small child"),
            Reason("controlled", "Controlled, and the nerve doctor agrees (the letter's date in the note)"),
            MISTAKE,
            PLAN,
            ASK_SPECIALIST,
            NOT_GOING_ON,
            ANOTHER,
        ),
        "cancer": (
            Reason("finished", "Treatment is finished"),
            Reason("specialist_agrees", "The cancer team agrees (who, and the letter's date, in the note)"),
            MISTAKE,
            Reason("wait", "Wait until treatment ends", clears=False),
            NOT_GOING_ON,
            ANOTHER,
        ),
        "surgery": (
            Reason("healed", "Healed, and the surgeon agrees or has let the patient go"),
            SPECIALIST,
            MISTAKE,
            PLAN,
            Reason("wait", "Wait until it has healed", clears=False),
            NOT_GOING_ON,
            ANOTHER,
        ),
        "anesthetic": (
            Reason("tested", "Tested: no allergy to what would be used"),
            SPECIALIST,
            MISTAKE,
            PLAN,
            ASK_SPECIALIST,
            NOT_GOING_ON,
            ANOTHER,
        ),
        "pregnancy": (
            Reason("test_negative", "A test is negative"),
            MISTAKE,
            SPECIALIST,
            WAIT,
            NOT_GOING_ON,
            ANOTHER,
        ),
    }
)


def reasons_for(card: str) -> tuple[Reason, ...]:
    """The list of a card."""
    return BY_CARD.get(card, GENERAL)


def reason(card: str, code: str) -> Reason | None:
    """The reason with this code on the card's list."""
    return next((one for one in reasons_for(card) if one.code == code), None)
