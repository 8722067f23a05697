"""Cards: one subject a clinician thinks about at once. A rule names its card; a card groups the flags of a subject."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from .levels import LEVEL_ORDER, Level

CARDS: Mapping[str, str] = MappingProxyType(
    {
        "emergency": "Unwell right now",
        "suicide": "Suicide and self-harm",
        "harm_others": "Risk to other people",
        "unsafe_home": "Safety with the people at home",
        "capacity": "Consent, and who is answering",
        "seizures": "Seizures and convulsions",
        "psychosis": "Psychosis",
        "mania": "Mania",
        "mental_health": "Mental health history",
        "cancer": "Chemotherapy and cancer",
        "anesthetic": "Anesthetic reactions",
        "steroids": "Steroid allergy",
        "surgery": "Surgery",
        "ketamine": "Ketamine: past reactions and use",
        "allergies": "Other allergies",
        "heart": "Heart and blood pressure",
        "vessels": "Stroke and blood vessels",
        "head": "Head, brain and eye pressure",
        "breathing": "Breathing and airway",
        "stomach": "Stomach",
        "liver": "Liver",
        "bladder": "Bladder and kidney",
        "hormones": "Thyroid and diabetes",
        "other_health": "Other illness",
        "medicines": "Medicine interactions",
        "opioids": "Opioids and overdose",
        "substances": "Alcohol and other drugs",
        "pregnancy": "Pregnancy and breastfeeding",
        "measures": "Height and weight",
        "fit": "Has other care been tried",
        "family": "Family history not known",
        "home": "Getting home and care at home",
        "doctors": "Other doctors",
        "after_session": "After a session",
        "answers": "Answers that disagree, or are missing",
    }
)
"""Card id to its name on a case's own page."""

SAFETY = ("suicide", "harm_others", "unsafe_home")
"""The cards of danger to life. They come first among those of one level, and are unfolded while open: what a patient
wrote about suicide may be one of ten things to look at.
"""

LIST_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "suicide": "Safety",
        "harm_others": "Safety",
        "unsafe_home": "Safety",
        "opioids": "Substances",
        "substances": "Substances",
        "ketamine": "Substances",
    }
)
"""Names for lists, where they differ: a list is seen by passers-by."""


def list_names(cards: Iterable[str]) -> list[str]:
    """The names of cards for a list, each once, in the order given."""
    return list(dict.fromkeys(LIST_NAMES.get(card) or CARDS.get(card, card) for card in cards))


def card_place(level: Level, card: str) -> tuple[int, int]:
    """The sort key of a card for staff to read: strongest first, and within a level those of SAFETY in their order."""
    return LEVEL_ORDER[level], SAFETY.index(card) if card in SAFETY else len(SAFETY)


def flag_place(level: Level, card: str, rule: str) -> tuple[tuple[int, int], str]:
    """The sort key of a flag for staff to read: as its card, then by its rule's slug."""
    return card_place(level, card), rule
