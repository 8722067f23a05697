"""The names that are known: medicines with their classes, and names that mean nothing for the rules.

data/medicines.csv has, for each medicine, generic, brands, other names and common misspellings, classes, the facts
that would explain taking it (`implies`), a note for the clinician, and the RxNorm code where it was verified. A
medicine with a class matters; one without is harmless. data/combinations.csv says which medicines a name of several
stands for: all of them, each as sure as the others. data/harmless_names.csv has more harmless names: name, other names,
kind; data/harmless_ingredients.toml has the ingredients that somebody has read and that no rule asks for. What none of
these names is looked up in the wide list of names of the world (`wide_names`). Recall is raised by adding names to the
tables, never by loosening how they are looked up (`typed_names`).

This product uses publicly available data from the US National Library of Medicine (RxNorm); NLM is not responsible for
it and does not endorse it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from unicodedata import ucd_3_2_0 as unicode_3_2

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .tables import table_rows, table_text
from .wide_names import MOST_WORDS, wide_names


@dataclass(frozen=True, slots=True)
class Medicine:
    """One line of a table. A harmless name is one without a class."""

    generic: str
    """Its generic name, or that of a family."""
    names: tuple[str, ...]
    """The names by which it is known, in lower case."""
    classes: tuple[str, ...] = ()
    """The classes that rules ask for; none for a harmless name."""
    implies: tuple[str, ...] = ()
    """Keys of the facts that would explain taking it."""
    note: str = ""
    """A note for the clinician; may be ""."""
    rxcui: str = ""
    """Its RxNorm code; "" where none was verified."""
    reviewed: bool = True
    """Whether somebody has said what it means for the rules. False for an ingredient that only the wide list knows."""

    def __hash__(self) -> int:
        return hash(self.generic)  # of all fields it would take longer than the look-up itself

    @property
    def only_a_kind(self) -> bool:
        """A family such as "water pill": it counts, and its name is still to be asked for."""
        return self.generic.endswith("(not named)")


FEWEST_NEAR = 6
"""How many letters a name of the wide list has at least that a misspelled one is compared with."""
_KEPT = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


def normalise(text: str) -> str:
    """Lower case without accents; everything but a-z and 0-9 is a space.

    By the one edition of Unicode that every Python has: newer ones take ever more signs for letters, and the same
    answers must be judged the same on every machine.
    """
    if not text.isascii():
        text = unicode_3_2.normalize("NFKD", text)
        text = "".join(c for c in text if not unicode_3_2.combining(c))
    return " ".join("".join(c if c in _KEPT else " " for c in text.lower()).split())


def _listed(*cells: str) -> tuple[str, ...]:
    return tuple(part for cell in cells for part in cell.split(";") if part)


def _load() -> tuple[Medicine, ...]:
    return tuple(
        Medicine(
            generic=row["generic"],
            names=(row["generic"], *_listed(row["brands"], row["also"])),
            classes=_listed(row["classes"]),
            implies=_listed(row["implies"]),
            note=row["note"],
            rxcui=row["rxcui"],
        )
        for row in table_rows("medicines.csv")
    )


MEDICINES = _load()

MEDICINE_KINDS = frozenset({"medicine", "supplement"})
"""Harmless names that are known where medicines are typed."""
EVERY_KIND = MEDICINE_KINDS | {"food", "substance"}
"""Harmless names that are known where allergies are typed."""


@cache
def harmless_names() -> Mapping[str, tuple[Medicine, ...]]:
    """The harmless names beside those of MEDICINES, by kind. Read when a name is first looked up."""
    found: dict[str, tuple[Medicine, ...]] = {}
    for row in table_rows("harmless_names.csv"):
        other = Medicine(row["name"], (row["name"], *_listed(row["also"])))
        found[row["kind"]] = (*found.get(row["kind"], ()), other)
    return found


@cache
def combinations() -> Mapping[str, tuple[Medicine, ...]]:
    """The names, normalised, that stand for several medicines of MEDICINES at once, with all of them."""
    by_generic = {medicine.generic: medicine for medicine in MEDICINES}
    return {
        normalise(name): tuple(by_generic[generic] for generic in _listed(row["ingredients"]))
        for row in table_rows("combinations.csv")
        for name in (row["name"], *_listed(row["also"]))
    }


@cache
def harmless_ingredients() -> Mapping[str, Medicine]:
    """The ingredients that somebody has read and that have none of the classes, by their normalised names."""
    found: dict[str, Medicine] = {}
    for group in tomllib.loads(table_text("harmless_ingredients.toml")).values():
        for written in group.split(","):
            names = tuple(" ".join(name.split()) for name in written.split("="))
            found |= dict.fromkeys(map(normalise, names), Medicine(names[0], names))
    return found


def _by_name(medicines: Iterable[Medicine]) -> dict[str, tuple[Medicine, ...]]:
    index: dict[str, tuple[Medicine, ...]] = {}
    for medicine in medicines:
        for name in dict.fromkeys(normalise(name) for name in medicine.names):
            index[name] = (*index.get(name, ()), medicine)
    return index


@cache
def _known(kinds: frozenset[str]) -> Mapping[str, tuple[Medicine, ...]]:
    """Every name of our own tables, with these kinds of harmless names."""
    others = [other for kind in sorted(kinds) for other in harmless_names().get(kind, ())]
    ingredients = {name: (medicine,) for name, medicine in harmless_ingredients().items()}
    return {**ingredients, **_by_name((*MEDICINES, *others)), **combinations()}


@cache
def _most_words(kinds: frozenset[str]) -> int:
    """How many words the longest name has."""
    return max(MOST_WORDS, *(name.count(" ") + 1 for name in _known(kinds)))


def list_of(name: str, kinds: frozenset[str] = MEDICINE_KINDS) -> str:
    """The file of the list by which a normalised name is known; "" when none has it."""
    if name in combinations():
        return "combinations.csv"
    if own := medicines_of_tables(name, kinds):
        for file, medicines in (
            ("medicines.csv", MEDICINES),
            ("harmless_ingredients.toml", tuple(harmless_ingredients().values())),
        ):
            if own[0] in medicines:
                return file
        return "harmless_names.csv"
    return "names.tsv" if name in wide_names() else ""


def medicines_called(name: str, kinds: frozenset[str] = MEDICINE_KINDS) -> tuple[Medicine, ...]:
    """All medicines that a normalised name stands for at once: by our own tables, else by the wide list; else none."""
    if own := medicines_of_tables(name, kinds):
        return own
    ingredients = wide_names().get(name)
    return _each_of(ingredients) if ingredients else ()


@cache
def _each_of(ingredients: str) -> tuple[Medicine, ...]:
    """What the ingredients of a line of the wide list are for us."""
    return tuple(dict.fromkeys(medicine for one in ingredients.split(";") for medicine in _ingredient(one)))


def medicines_of_tables(name: str, kinds: frozenset[str] = MEDICINE_KINDS) -> tuple[Medicine, ...]:
    """All medicines that a normalised name stands for at once by our own tables; none when they do not have it."""
    return _known(kinds).get(name, ())


def names_of_tables() -> Iterable[str]:
    """Every normalised name of a medicine by our own tables."""
    return _known(MEDICINE_KINDS).keys()


def every_name() -> Iterable[str]:
    """Every normalised name of a medicine, by our own tables or the wide list."""
    return dict.fromkeys((*names_of_tables(), *wide_names()))


def _ingredient(name: str) -> tuple[Medicine, ...]:
    own = medicines_of_tables(normalise(name))
    return own or (Medicine(name, (name,), reviewed=False),)


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A known name found in the words of a text."""

    start: int
    """The place of its first word in the text, from 0."""
    end: int
    """The place after its last word."""
    medicines: tuple[Medicine, ...]
    """What the name stands for: all of them at once."""


def names_in(words: list[str], kinds: frozenset[str]) -> list[NameMatch]:
    """The known names that occur as whole words, the longest first, no word twice; in the order they stand."""
    most = _most_words(kinds)
    spans = [
        (start, end, name, medicines)
        for start in range(len(words))
        for end in range(start + 1, min(start + most, len(words)) + 1)
        if (medicines := medicines_called(name := " ".join(words[start:end]), kinds))
    ]
    taken: list[NameMatch] = []
    for start, end, _, medicines in sorted(spans, key=lambda span: (-len(span[2]), span[0])):
        if all(end <= other.start or start >= other.end for other in taken):
            taken.append(NameMatch(start, end, medicines))
    return sorted(taken, key=lambda name: name.start)


@cache
def _that_matter() -> Mapping[tuple[int, str], tuple[tuple[str, ...], tuple[tuple[Medicine, ...], ...]]]:
    """The names of medicines with a class, ours and those of the wide list, with what each stands for.

    By length and one of their first two letters: of so many names few are compared.
    """
    found = dict(_known(MEDICINE_KINDS))
    for name, ingredients in wide_names().items():
        if len(name) >= FEWEST_NEAR and name not in found:
            found[name] = _each_of(ingredients)
    groups: dict[tuple[int, str], list[tuple[str, tuple[Medicine, ...]]]] = {}
    for name, medicines in found.items():
        if mattering := tuple(medicine for medicine in medicines if medicine.classes):
            for letter in set(name[:2]):
                groups.setdefault((len(name), letter), []).append((name, mattering))
    return {
        key: (tuple(name for name, _ in some), tuple(medicines for _, medicines in some))
        for key, some in groups.items()
    }


def edits_allowed(typed: str) -> int:
    """How many edits away a name may be to be near: by the number of letters."""
    letters = len(typed) - typed.count(" ")
    return 2 if letters >= 8 else 1 if letters >= 5 else 0


@lru_cache(maxsize=4_000)
def near_to(typed: str) -> tuple[Medicine, ...]:
    """Every medicine that matters at the smallest edit distance, when that is small for so many letters.

    One of the first two letters is one of the name's first two: hardly anybody errs twice in them.
    """
    allowed = edits_allowed(typed)
    best: dict[Medicine, None] = {}
    matter, far = _that_matter(), allowed
    for step, letter in product(range(2 * far + 1), dict.fromkeys(typed[:2])):
        off = (step + 1) // 2  # the same length first, for what is found there narrows the rest
        if not allowed or off > allowed:
            break
        names, medicines = matter.get((len(typed) + (off if step % 2 else -off), letter), ((), ()))
        for _, distance, place in process.extract(
            typed, names, scorer=OSA.distance, processor=None, score_cutoff=allowed, limit=None
        ):
            if distance < allowed:
                allowed, best = distance, {}
            if distance == allowed:
                best |= dict.fromkeys(medicines[place])
    return tuple(best)
