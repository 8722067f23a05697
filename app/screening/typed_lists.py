"""The names in the medicine and allergy lists, each with what it came to. A list is read once a case."""

from __future__ import annotations

from typing import NamedTuple

from ..questionnaire.answers import STATES
from ..questionnaire.kinds import says_something
from .facts import Facts
from .logic import DecidingAnswer
from .name_pieces import pieces
from .name_reasons import plainly_explained
from .typed_names import NOTHING_TYPED, Lookup, NameField, look_up


class TypedName(NamedTuple):
    """A name as typed, what it came to, and the answer that it stands in."""

    said: DecidingAnswer
    """The answer that it stands in."""
    name: str
    """The name as it was typed."""
    found: Lookup
    """What the look-up of the name came to."""
    reason: object = None
    """What the patient takes it for, as stored; None where that is not asked or not answered."""

    @property
    def unknown(self) -> bool:
        """Whether it is not known, near nothing that matters, and near a harmless name or taken for something that no
        class treats.
        """
        near_harmless = bool(self.found.harmless_near)
        return self.found.unmatched and (near_harmless or plainly_explained(self.found.reason, self.reason))

    @property
    def unclear(self) -> bool:
        """Whether it was not understood and may be something that matters."""
        return self.found.unclear and not self.unknown


def _is_name(typed: object) -> bool:
    return isinstance(typed, str) and bool(typed.strip()) and typed not in STATES


def medicines(facts: Facts) -> list[TypedName]:
    """Each medicine entry with what its name came to. No name, or a state as the name, is an unclear name."""
    entries: list[TypedName] = facts.once("medicine entries", _medicine_entries)
    return entries


def _medicine_entries(facts: Facts) -> list[TypedName]:
    entries = facts.value("medicines") if facts.applies("medicines") is True else None
    if not isinstance(entries, list):
        return []
    typed = []
    for entry in entries:
        name = entry.get("med_name")
        found = look_up(name) if _is_name(name) else NOTHING_TYPED
        typed.append(
            TypedName(
                DecidingAnswer("medicines", name), name if _is_name(name) else "", found, entry.get("med_for")
            )
        )
    return typed


def _shop_bought(facts: Facts) -> list[TypedName]:
    """Each name in the free list of herbs and cold pills. A state in its place, or no word, is an unclear name."""
    text = facts.value("otc_list") if facts.applies("otc_list") is True else None
    if not isinstance(text, str):
        return []
    said = DecidingAnswer("otc_list", text)
    if text in STATES or not says_something(text):
        return [TypedName(said, "", NOTHING_TYPED)]
    return [TypedName(said, piece, look_up(piece, NameField.SHOP)) for piece in pieces(text)]


def taken(facts: Facts) -> list[TypedName]:
    """Each name of a medicine, from the list and from shops."""
    found: list[TypedName] = facts.once("typed medicines", _typed_medicines)
    return found


def _typed_medicines(facts: Facts) -> list[TypedName]:
    return [*medicines(facts), *_shop_bought(facts)]


def allergy_entries(facts: Facts) -> list[tuple[TypedName, ...]]:
    """The names of each allergy entry. No name, or a state as the name, is an unclear name."""
    entries: list[tuple[TypedName, ...]] = facts.once("allergy entries", _typed_allergies)
    return entries


def _typed_allergies(facts: Facts) -> list[tuple[TypedName, ...]]:
    entries = facts.value("allergies") if facts.applies("allergies") is True else None
    if not isinstance(entries, list):
        return []
    found = []
    for entry in entries:
        name = entry.get("allergy_to")
        said = DecidingAnswer("allergies", name)
        named = pieces(name) if _is_name(name) else ()
        found.append(
            tuple(TypedName(said, piece, look_up(piece, NameField.ALLERGIES)) for piece in named)
            or (TypedName(said, name if _is_name(name) else "", NOTHING_TYPED),)
        )
    return found
