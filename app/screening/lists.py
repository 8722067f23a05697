"""What the medicine and allergy lists come to: classes taken, classes nothing explains, names not understood.

A list is closed only when the patient said "I take no medicine", or typed one in which every name was understood.
An open list can raise a flag but never clear one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..questionnaire.answers import STATES, is_blank
from ..questionnaire.conditions import any_truth
from .facts import Facts
from .logic import Band, Members, Said
from .medicines import Lookup, Medicine, look_up


def _is_name(typed: object) -> bool:
    return isinstance(typed, str) and bool(typed.strip()) and typed not in STATES


def _typed(facts: Facts) -> list[tuple[Said, Lookup]]:
    """Each medicine entry with what its name came to. No name, or a state as the name, is an unclear name."""
    entries = facts.value("medicines") if facts.applies("medicines") is True else None
    if not isinstance(entries, list):
        return []
    found = []
    for entry in entries:
        name = entry.get("med_name")
        found.append(
            (Said("medicines", name), look_up(name) if _is_name(name) else Lookup((), (), unclear=True))
        )
    return found


def _shop_bought(facts: Facts) -> list[tuple[Said, Lookup]]:
    """Names in the free list of herbs and cold pills. It can add members; it never opens or closes the list."""
    text = facts.value("otc_list") if facts.applies("otc_list") is True else None
    if not isinstance(text, str) or is_blank(text) or text in STATES:
        return []
    return [(Said("otc_list", text), look_up(text, near=False))]


def _closed(facts: Facts) -> bool:
    if facts.value("meds_how") == "none":
        return True
    typed = _typed(facts)
    return facts.value("meds_how") == "add" and bool(typed) and not any(found.unclear for _, found in typed)


def _recognised(facts: Facts) -> Iterator[tuple[Said, Medicine]]:
    for said, found in (*_typed(facts), *_shop_bought(facts)):
        for medicine in found.sure:
            yield said, medicine


def _members(
    sure: Iterable[tuple[Said, Medicine]], possible: Iterable[tuple[Said, Medicine]], is_open: bool
) -> Members:
    def by_class(found: Iterable[tuple[Said, Medicine]]) -> dict[str, tuple[Said, ...]]:
        classes: dict[str, tuple[Said, ...]] = {}
        for said, medicine in found:
            for name in medicine.classes:
                if said not in classes.get(name, ()):
                    classes[name] = (*classes.get(name, ()), said)
        return classes

    return Members(by_class(sure), by_class(possible), is_open)


def medicine_classes(facts: Facts) -> Members:
    """Classes of the recognised medicines (sure) and of near matches (possible)."""
    near = [(said, medicine) for said, found in _typed(facts) for medicine in found.possible]
    return _members(_recognised(facts), near, not _closed(facts))


def explained(facts: Facts, medicine: Medicine) -> bool | None:
    """Whether a fact the patient gave accounts for taking this medicine. Unknown when none does but one may."""
    return any_truth(facts.fact(key) for key in medicine.implies)


def unexplained_classes(facts: Facts) -> Members:
    """Classes of recognised medicines that every explaining fact says no to. Near matches are left out."""
    sure, possible = [], []
    for said, medicine in _recognised(facts):
        if medicine.implies:
            accounted = explained(facts, medicine)
            if accounted is False:
                sure.append((said, medicine))
            elif accounted is None:
                possible.append((said, medicine))
    return _members(sure, possible, facts.fact("meds.classes").open)


def _allergies(facts: Facts) -> list[tuple[Said, Lookup]]:
    """Each allergy entry that has a name, with what it came to."""
    entries = facts.value("allergies") if facts.applies("allergies") is True else None
    if not isinstance(entries, list):
        return []
    names = (entry.get("allergy_to") for entry in entries)
    return [(Said("allergies", name), look_up(name)) for name in names if _is_name(name)]


def allergy_classes(facts: Facts) -> Members:
    """Classes of every medicine named as an allergy."""
    if facts.value("allergy_any") == "no":
        return Members({}, {}, open=False)
    entries = facts.value("allergies") if facts.applies("allergies") is True else None
    if not isinstance(entries, list) or not entries:
        return Members({}, {}, open=True)
    found = _allergies(facts)
    return _members(
        [(said, medicine) for said, lookup in found for medicine in lookup.sure],
        [(said, medicine) for said, lookup in found for medicine in lookup.possible],
        is_open=False,
    )


def unclear_names(facts: Facts) -> int:
    """How many typed names were not understood, near matches among them. An entry counts once."""
    return sum(found.unclear for _, found in _typed(facts))


def medicine_names_to_ask(facts: Facts) -> tuple[str, ...]:
    """The medicine names, as typed, that were not understood; each once, in the order typed. Empty rows give none."""
    return _as_typed(said for said, found in (*_typed(facts), *_shop_bought(facts)) if found.unclear)


def allergy_names_to_ask(facts: Facts) -> tuple[str, ...]:
    """The allergy names, as typed, that were not understood; each once, in the order typed. Empty rows give none."""
    return _as_typed(said for said, found in _allergies(facts) if found.unclear)


def _as_typed(entries: Iterable[Said]) -> tuple[str, ...]:
    names = (said.answer.strip() for said in entries if _is_name(said.answer))
    return tuple(dict.fromkeys(names))


_DEPRESSANT_FAMILIES = frozenset({"opioid", "benzo_sleep", "gabapentin"})


def depressants(facts: Facts) -> Band:
    """How many medicines that slow the brain: the larger of those named and the families ticked, or more."""
    named = {medicine.generic for _, medicine in _recognised(facts) if "cns_depressant" in medicine.classes}
    ticked = facts.value("med_classes") or []
    families = [ticked] if isinstance(ticked, str) else ticked
    low = max(len(named), len(_DEPRESSANT_FAMILIES.intersection(families)))
    definite = bool(families) and not STATES.intersection(families)
    return Band(low, low if definite and _closed(facts) else None)


def why_medicines(facts: Facts, wanted: tuple[str, ...]) -> Iterator[str | Said]:
    """The entries that hold one of the classes; the whole list when none does."""
    members: Members = facts.fact("meds.classes")
    found = list(dict.fromkeys(said for name in wanted for said in members.sure.get(name, ())))
    yield from found
    if not found:
        yield "meds_how"


def why_unexplained(facts: Facts, wanted: tuple[str, ...]) -> Iterator[str | Said]:
    """Both sides: the medicine, and the answers that say no to what it is for."""
    for said, medicine in _recognised(facts):
        if set(medicine.classes) & set(wanted) and medicine.implies and explained(facts, medicine) is False:
            yield said
            for key in medicine.implies:
                yield from facts.fact_because(key, False, ())


def why_allergies(facts: Facts, wanted: tuple[str, ...]) -> Iterator[str | Said]:
    """The allergy entries that name one of the classes."""
    members: Members = facts.fact("allergy.classes")
    found = list(dict.fromkeys(said for name in wanted for said in members.sure.get(name, ())))
    yield from found
    if not found:
        yield "allergy_any"


def why_unclear(facts: Facts, wanted: tuple[str, ...]) -> Iterator[str | Said]:
    """The entries whose names were not understood."""
    yield from (said for said, found in _typed(facts) if found.unclear)


def why_depressants(facts: Facts, wanted: tuple[str, ...]) -> Iterator[str | Said]:
    """The named ones, and the families ticked."""
    for said, medicine in _recognised(facts):
        if "cns_depressant" in medicine.classes:
            yield said
    yield "med_classes"
