"""What the medicine and allergy lists come to: classes taken, classes nothing explains, names not understood.

The medicine list is closed only when the patient said "I take no medicine", or typed one, and every name was understood
in it and among the things bought in shops. An open list can raise a flag but never clear one. So it is with allergies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..questionnaire.answers import Answers
from ..questionnaire.conditions import Truth, any_truth, q
from .facts import Facts
from .families import FAMILIES
from .logic import Band, DecidingAnswer, Members
from .medicines import Medicine
from .name_pieces import says_none
from .typed_lists import TypedName, allergy_entries, medicines, taken
from .typed_names import Lookup


def _closed(facts: Facts) -> bool:
    how = facts.value("meds_how")
    if how != "none" and not (how == "add" and medicines(facts)):
        return False
    return all(typed.found.understood for typed in taken(facts))


def _recognised(facts: Facts) -> list[tuple[DecidingAnswer, Medicine]]:
    found: list[tuple[DecidingAnswer, Medicine]] = facts.once("recognised medicines", _recognised_medicines)
    return found


def _recognised_medicines(facts: Facts) -> list[tuple[DecidingAnswer, Medicine]]:
    return [(typed.said, medicine) for typed in taken(facts) for medicine in typed.found.sure]


def _members(
    sure: Iterable[tuple[DecidingAnswer, Medicine]],
    possible: Iterable[tuple[DecidingAnswer, Medicine]],
    is_open: bool,
) -> Members:
    def by_class(found: Iterable[tuple[DecidingAnswer, Medicine]]) -> dict[str, tuple[DecidingAnswer, ...]]:
        classes: dict[str, tuple[DecidingAnswer, ...]] = {}
        for said, medicine in found:
            for name in medicine.classes:
                if said not in classes.get(name, ()):
                    classes[name] = (*classes.get(name, ()), said)
        return classes

    return Members(by_class(sure), by_class(possible), is_open)


def medicine_classes(facts: Facts) -> Members:
    """Classes of the recognised medicines (sure), and of near matches and of those said to be stopped (possible)."""
    may_be = [
        (typed.said, medicine)
        for typed in taken(facts)
        for medicine in (*typed.found.possible, *typed.found.past)
    ]
    return _members(_recognised(facts), may_be, not _closed(facts))


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


def _says_none(name: object) -> bool:
    return isinstance(name, str) and says_none(name)


def without_none(answers: Answers) -> Answers:
    """The answers without the allergy entries that say there is none ("NKDA"). When no other is left there is none."""
    entries = answers.get("allergies")
    if not isinstance(entries, list) or answers.get("allergy_any") != "yes":
        return answers
    left = [entry for entry in entries if not _says_none(entry.get("allergy_to"))]
    if len(left) == len(entries):
        return answers
    return {**answers, "allergies": left, "allergy_any": "yes" if left else "no"}


def _allergies(facts: Facts) -> list[TypedName]:
    return [typed for entry in allergy_entries(facts) for typed in entry]


def allergy_classes(facts: Facts) -> Members:
    """Classes of every medicine named as an allergy (sure), and of near matches (possible)."""
    if facts.value("allergy_any") == "no":
        return Members({}, {}, open=False)
    typed = _allergies(facts)
    return _members(
        [(one.said, medicine) for one in typed for medicine in one.found.sure],
        [(one.said, medicine) for one in typed for medicine in one.found.possible],
        is_open=not typed or any(one.found.unclear for one in typed),
    )


def allergy_near(facts: Facts) -> Members:
    """Classes of the names that are only near one of those named as an allergy. About what was typed: never open."""
    near = [(one.said, medicine) for one in _allergies(facts) for medicine in one.found.possible]
    return _members(near, (), is_open=False)


def unclear_allergies(facts: Facts) -> int:
    """How many allergy entries hold a name that was not understood, or none."""
    return sum(any(typed.found.unclear for typed in entry) for entry in allergy_entries(facts))


def unclear_names(facts: Facts) -> int:
    """How many typed medicine names were not understood and may matter, near matches among them."""
    return sum(typed.unclear for typed in taken(facts))


def unknown_names(facts: Facts) -> int:
    """How many typed medicine names are not known, and taken for a reason that no class treats."""
    return sum(typed.unknown for typed in taken(facts))


def past_names(facts: Facts) -> int:
    """How many typed medicines are said to be stopped. An entry counts once."""
    return sum(bool(typed.found.past) for typed in taken(facts))


def medicine_names_to_ask(facts: Facts) -> tuple[str, ...]:
    """The medicine names not understood, or said to be stopped, as typed, in quotes, each once. Empty rows give none.

    Behind a name that is known, and of which nobody has said what it means for the rules, its ingredients.
    """
    return _as_typed(taken(facts))


def allergy_names_to_ask(facts: Facts) -> tuple[str, ...]:
    """The allergy names that were not understood, as those of medicines are given."""
    return _as_typed(_allergies(facts))


def _as_typed(typed: Iterable[TypedName]) -> tuple[str, ...]:
    asked = (one for one in typed if one.name.strip() and not one.found.understood)
    return tuple(dict.fromkeys(f"“{one.name.strip()}”{_which_is(one.found)}" for one in asked))


def _which_is(found: Lookup) -> str:
    if found.unreviewed:
        return f" (which is {', '.join(medicine.generic for medicine in found.unreviewed)})"
    perhaps = " or ".join(medicine.generic for medicine in found.harmless_near)
    return f" (perhaps {perhaps})" if perhaps else ""


_DEPRESSANT_FAMILIES = {code: q("med_classes").has(code) for code in ("opioid", "benzo_sleep", "gabapentin")}
"""The families that slow the brain, each with the tick that says so."""


def _taken_family(facts: Facts, code: str) -> Truth:
    """Whether a medicine of a family is taken: by the list, which then was not asked for it, or else by its tick."""
    if any(FAMILIES[code].holds(medicine) for _, medicine in _recognised(facts)):
        return True
    return _DEPRESSANT_FAMILIES[code].truth(facts)


def depressants(facts: Facts) -> Band:
    """How many medicines that slow the brain: the larger of those named and the families taken, or more."""
    named = {medicine.generic for _, medicine in _recognised(facts) if "cns_depressant" in medicine.classes}
    families = [_taken_family(facts, code) for code in _DEPRESSANT_FAMILIES]
    low = max(len(named), families.count(True))
    return Band(low, low if None not in families and _closed(facts) else None)


def why_medicines(facts: Facts, wanted: tuple[str, ...]) -> Iterator[str | DecidingAnswer]:
    """The entries that hold one of the classes; the whole list when none does."""
    members: Members = facts.fact("meds.classes")
    found = list(dict.fromkeys(said for name in wanted for said in members.sure.get(name, ())))
    yield from found
    if not found:
        yield "meds_how"


def why_unexplained(facts: Facts, wanted: tuple[str, ...]) -> Iterator[str | DecidingAnswer]:
    """Both sides: the medicine, and the answers that say no to what it is for."""
    for said, medicine in _recognised(facts):
        if set(medicine.classes) & set(wanted) and medicine.implies and explained(facts, medicine) is False:
            yield said
            for key in medicine.implies:
                yield from facts.fact_because(key, False, ())


def why_allergies(facts: Facts, wanted: tuple[str, ...]) -> Iterator[str | DecidingAnswer]:
    """The allergy entries that name one of the classes."""
    members: Members = facts.fact("allergy.classes")
    found = list(dict.fromkeys(said for name in wanted for said in members.sure.get(name, ())))
    yield from found
    if not found:
        yield "allergy_any"


def why_near(facts: Facts, wanted: tuple[str, ...]) -> Iterator[str | DecidingAnswer]:
    """The allergy entries that are near a name of one of the classes."""
    members: Members = facts.fact("allergy.near_classes")
    yield from dict.fromkeys(said for name in wanted for said in members.sure.get(name, ()))


def why_unclear_allergies(facts: Facts, wanted: tuple[str, ...]) -> Iterator[str | DecidingAnswer]:
    """The allergy entries that hold a name that was not understood, or none."""
    yield from (one.said for one in _allergies(facts) if one.found.unclear)


def why_unclear(facts: Facts, wanted: tuple[str, ...]) -> Iterator[str | DecidingAnswer]:
    """The entries whose names were not understood and may matter."""
    yield from (typed.said for typed in taken(facts) if typed.unclear)


def why_unknown(facts: Facts, wanted: tuple[str, ...]) -> Iterator[str | DecidingAnswer]:
    """The entries whose names are not known, and taken for something plain."""
    yield from (typed.said for typed in taken(facts) if typed.unknown)


def why_past(facts: Facts, wanted: tuple[str, ...]) -> Iterator[str | DecidingAnswer]:
    """The entries with a medicine that is said to be stopped."""
    yield from (typed.said for typed in taken(facts) if typed.found.past)


def why_depressants(facts: Facts, wanted: tuple[str, ...]) -> Iterator[str | DecidingAnswer]:
    """The named ones, and the families ticked."""
    for said, medicine in _recognised(facts):
        if "cns_depressant" in medicine.classes:
            yield said
    yield "med_classes"
