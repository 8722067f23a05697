"""What the form of a medicine says: a cream, an eye drop or an inhaler stays where it is put; a pill does not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cache

from .medicines import Medicine
from .name_words import BODY_FORMS, LOCAL_FORMS, LOCAL_NAMES, LUNG_FORMS, LUNG_NAMES, SKIN_FORMS

_SYSTEMIC, _LOCAL, _LUNGS = "corticosteroid_systemic", "corticosteroid_local", "airway_agent"


_ALSO_ON_SKIN = frozenset({"ketoconazole", "erythromycin", "ciprofloxacin", "minoxidil", "roflumilast"})
"""What counts as a pill, and does nothing elsewhere in the body from the skin, an eye or an ear."""


def by_form(medicines: Iterable[Medicine], named: Collection[str], words: Collection[str]) -> list[Medicine]:
    """The medicines as the words of their name (`named`) and those beside it make them. Most have one form and stay."""
    pill = not BODY_FORMS.isdisjoint(words)
    if not pill and not SKIN_FORMS.isdisjoint(words):
        medicines = [_on_skin(one) if one.generic in _ALSO_ON_SKIN else one for one in medicines]
    inhaled = not LUNG_NAMES.isdisjoint(named)
    if inhaled or not (LOCAL_NAMES.isdisjoint(named) and LOCAL_FORMS.isdisjoint(words)):
        lungs = inhaled or not LUNG_FORMS.isdisjoint(words)
        return [_made(medicine, _SYSTEMIC, _LOCAL, lungs) for medicine in medicines]
    if pill:
        return [_made(medicine, _LOCAL, _SYSTEMIC, False) for medicine in medicines]
    return list(medicines)


@cache
def _on_skin(medicine: Medicine) -> Medicine:
    return replace(medicine, classes=(), implies=(), note="")


@cache
def _made(medicine: Medicine, from_class: str, to_class: str, lungs: bool) -> Medicine:
    if not {_SYSTEMIC, _LOCAL} & set(medicine.classes):
        return medicine
    classes = (to_class if name == from_class else name for name in medicine.classes)
    return replace(medicine, classes=tuple(dict.fromkeys([*classes, *[_LUNGS] * lungs])))
