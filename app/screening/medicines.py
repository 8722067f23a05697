"""Names as people type them -> medicines -> classes. Exact names are sure, near ones only possible, never guessed.

The table is data/medicines.csv: generic, brands, other names and common misspellings, classes, the facts that would
explain taking it (`implies`), a note for the clinician, and the RxNorm code where it was verified. Recall is raised by
adding names to the table, never by loosening the rule below.

This product uses publicly available data from the US National Library of Medicine (RxNorm); NLM is not responsible for
it and does not endorse it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from unicodedata import ucd_3_2_0 as unicode_3_2

from rapidfuzz.distance import OSA

# Words of dose and form: never part of a name.
FORM_WORDS = frozenset(
    """mg mcg ug g ml tab tabs tablet tablets cap caps capsule capsules pill pills patch patches spray drops cream
    injection shot inhaler er xr sr xl cr la dr ec hcl hydrochloride sodium daily once twice a day the for at night
    morning as needed low dose generic""".split()
)
# Words that may stand beside a recognised name without making it unclear: never a word that changes which medicine it
# is (pm, d, plus, cold, sinus, duo), never a doubt (or, no, not, off, stopped).
FILLER_WORDS = frozenset(
    """and also my i am on of with in by from take takes taking took use using every each per other x time times
    two three four half one after before days week weeks weekly month months monthly hour hours hr hrs
    evening nightly bed bedtime breakfast lunch dinner food meal meals only when need prn po bid tid qid od
    bd tds qhs milligram milligrams microgram micrograms gram grams mgs mls unit units iu puff puffs strength
    extra regular high small baby tartrate succinate besylate besilate maleate fumarate hemifumarate oxalate
    mesylate mesilate pamoate sulfate sulphate phosphate citrate acetate potassium bromide hydrobromide hbr
    propionate furoate monohydrate release released extended modified slow sustained delayed prolonged
    immediate ir mr pr odt ds hfa oral sublingual eye ear nasal skin drop sprays inhalers injections shots
    pen pens vial film films strip strips chewable dissolving gel gels softgel softgels caplet caplets liquid
    syrup solution suspension ointment lotion medicine medicines medication medications med meds prescription
    prescribed brand name called rx solostar kwikpen flexpen diskus""".split()
)


@dataclass(frozen=True, slots=True)
class Medicine:
    """One line of the table."""

    generic: str
    names: tuple[str, ...]
    classes: tuple[str, ...]
    implies: tuple[str, ...]
    note: str
    rxcui: str

    @property
    def only_a_kind(self) -> bool:
        """A family such as "water pill": it counts, and its name is still to be asked for."""
        return self.generic.endswith("(not named)")


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a typed text came to. `unclear`: something in it was not understood."""

    sure: tuple[Medicine, ...]
    possible: tuple[Medicine, ...]
    unclear: bool


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


def _load() -> tuple[Medicine, ...]:
    table = resources.files("app.screening").joinpath("data/medicines.csv").read_text(encoding="utf-8")
    return tuple(
        Medicine(
            generic=row["generic"],
            names=tuple(filter(None, (row["generic"], *row["brands"].split(";"), *row["also"].split(";")))),
            classes=tuple(filter(None, row["classes"].split(";"))),
            implies=tuple(filter(None, row["implies"].split(";"))),
            note=row["note"],
            rxcui=row["rxcui"],
        )
        for row in csv.DictReader(table.splitlines())
    )


MEDICINES = _load()


def _index() -> dict[str, tuple[Medicine, ...]]:
    index: dict[str, tuple[Medicine, ...]] = {}
    for medicine in MEDICINES:
        for name in dict.fromkeys(normalise(name) for name in medicine.names):
            index[name] = (*index.get(name, ()), medicine)
    return index


_BY_NAME = _index()
_MOST_WORDS = max(name.count(" ") + 1 for name in _BY_NAME)


@lru_cache(maxsize=2_000)
def look_up(text: str, near: bool = True) -> Lookup:
    """Find the medicines a typed text names. With `near` False only whole names count (lists of shop-bought things)."""
    words = normalise(text).split()
    spans = [
        (start, end, name)
        for start in range(len(words))
        for end in range(start + 1, min(start + _MOST_WORDS, len(words)) + 1)
        if (name := " ".join(words[start:end])) in _BY_NAME
    ]
    taken: list[tuple[int, int, str]] = []
    for start, end, name in sorted(spans, key=lambda span: (-len(span[2]), span[0])):
        if all(end <= other[0] or start >= other[1] for other in taken):
            taken.append((start, end, name))
    if not taken:
        return Lookup((), _near(words), unclear=True) if near else Lookup((), (), unclear=bool(words))
    taken.sort()
    sure = tuple(dict.fromkeys(medicine for _, _, name in taken for medicine in _BY_NAME[name]))
    unclear = any(medicine.only_a_kind for medicine in sure) or _has_leftover(words, taken)
    return Lookup(sure, (), unclear)


def _has_leftover(words: list[str], taken: list[tuple[int, int, str]]) -> bool:
    """Whether a word stands beside the names that may change what was meant. What follows "for" is the reason."""
    covered = {place for start, end, _ in taken for place in range(start, end)}
    in_reason = False
    for place, word in enumerate(words):
        if place in covered:
            in_reason = False
        elif word == "for":
            in_reason = True
        elif not in_reason and not (
            word in FORM_WORDS or word in FILLER_WORDS or any(c.isdigit() for c in word)
        ):
            return True
    return False


def _near(words: list[str]) -> tuple[Medicine, ...]:
    """Every medicine at the smallest edit distance, when that is small for a word of this length."""
    left = [word for word in words if word not in FORM_WORDS and not any(c.isdigit() for c in word)]
    typed, letters = " ".join(left), sum(len(word) for word in left)
    allowed = 2 if letters >= 8 else 1 if letters >= 5 else 0
    if not allowed:
        return ()
    best: dict[Medicine, None] = {}
    for name, medicines in _BY_NAME.items():
        distance = OSA.distance(typed, name, score_cutoff=allowed)
        if distance > allowed:
            continue
        if distance < allowed:
            allowed, best = distance, {}
        best |= dict.fromkeys(medicines)
    return tuple(best)
