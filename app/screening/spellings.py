"""The spellings of a name: glued to its dose or form, in the plural, or with one letter that sounds the same.

One such letter ("rasagaline", "suboxene", "brexpiprazol") makes a misspelling of one name and of no other: it is that
name, as a misspelling in the table is; so does one sound in other letters ("levotyroxine", "paxlovit").
Any other slip makes a name near, and a near one is never taken (`near_to`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .medicines import (
    Medicine,
    edits_allowed,
    every_name,
    medicines_called,
    names_of_tables,
    near_to,
    normalise,
)

FEWEST_LETTERS = 7
"""With fewer letters one slip may make another name."""
_MOST_WRITTEN = 2
"""How many letters one sound takes at most that is written otherwise: f for ph."""
FEWEST_GLUED = 5
"""With fewer letters, what stands before an ending may be a word of its own ("salts")."""

_GLUED = re.compile(r"([a-z]{3,})(\d[a-z0-9]*)")
_ENDINGS = ("xl", "xr", "sr", "er", "cr", "la", "ir", "dr", "odt", "hct", "hctz", "hfa", "s")
_LOOK_LIKE = str.maketrans("0134 5", "olea s")


def words_of(text: str) -> list[str]:
    """The words of a text, normalised. What is glued to a known name is a word of its own."""
    return [part for word in normalise(text.replace("%", " percent ")).split() for part in _parted(word)]


@cache
def _words_of_names() -> frozenset[str]:
    return frozenset(word for name in names_of_tables() for word in name.split())


@lru_cache(maxsize=4_000)
def _parted(word: str) -> tuple[str, ...]:
    if medicines_called(word) or word in _words_of_names():  # the "booster" of a vaccine is no Boost
        return (word,)
    if glued := _GLUED.fullmatch(word):
        before = _parted(glued[1])
        return (*before, glued[2]) if medicines_called(before[0]) else (word,)
    for ending in _ENDINGS:
        name = word.removesuffix(ending)
        if name != word and len(name) >= FEWEST_GLUED and medicines_called(name):
            return (name, ending) if ending != "s" else (name,)
    return (word,)


def with_letters(word: str) -> str:
    """The word with the letters that its digits look like: lexapr0 is lexapro."""
    return word.translate(_LOOK_LIKE)


_OTHERWISE = (
    ("ph", "f"),
    ("ch", "c"),
    ("rh", "r"),
    ("th", "t"),
    ("x", "ks"),
    ("cs", "ks"),
    ("qu", "kw"),
    ("v", "b"),
)
_LAST_D = re.compile("d(?=[aeiouy]*$)")
_DOUBLED = re.compile(r"([a-z])\1")
_SOFT_C = re.compile("c(?=[eiy])")
_HEARD = str.maketrans("zcqyeiou", "skkaaaaa")


def _sound(name: str) -> str:
    """The name as it is heard: whichever vowels, s or z or soft c, k or hard c, with or without a last vowel."""
    return _SOFT_C.sub("s", _plainly(name)).translate(_HEARD).rstrip("a")


def _plainly(name: str) -> str:
    """The name in plain letters: f for ph, no silent h, ks for x, kw for qu, b for v, a last t for d, none doubled."""
    for letters, plain in _OTHERWISE:
        name = name.replace(letters, plain)
    return _DOUBLED.sub(r"\1", _LAST_D.sub("t", name))


@cache
def _by_sound() -> Mapping[str, tuple[str, ...]]:
    """The names of our own tables by their sound."""
    found: dict[str, list[str]] = {}
    for name in names_of_tables():
        if len(name) >= FEWEST_LETTERS and not any(map(str.isdigit, name)):
            found.setdefault(_sound(name), []).append(name)
    return {sound: tuple(names) for sound, names in found.items()}


@lru_cache(maxsize=4_000)
def one_slip(typed: str) -> tuple[Medicine, ...]:
    """The medicines of the name that this is but for one letter, a last vowel, or letters for the same sound.

    None when there are two such names of different medicines, or another that matters is as near.
    """
    if len(typed) < FEWEST_LETTERS or any(map(str.isdigit, typed)):
        return ()
    found = {
        medicines_called(name)
        for name in _by_sound().get(_sound(typed), ())
        if _nothing_doubled(typed, name) and (_one_letter(typed, name) or _otherwise_written(typed, name))
    }
    if len(found) != 1:
        return ()
    medicines = found.pop()
    return medicines if set(near_to(typed)) <= set(medicines) else ()


def _one_letter(typed: str, name: str) -> bool:
    return OSA.distance(typed, name, score_cutoff=1) == 1 and _same_but_for_the_end(typed, name)


def _nothing_doubled(typed: str, name: str) -> bool:
    """Whether no letter is doubled that is single in the name: "Zolloft" is only near."""
    return set(_DOUBLED.findall(typed)) <= set(_DOUBLED.findall(name))


def _otherwise_written(typed: str, name: str) -> bool:
    """Whether both are one name in plain letters."""
    close = OSA.distance(typed, name, score_cutoff=_MOST_WRITTEN) <= _MOST_WRITTEN
    return close and _plainly(typed) == _plainly(name)


def _same_but_for_the_end(typed: str, name: str) -> bool:
    """A letter more or less is heard, but for a last vowel: Spanish and English names often differ in that alone."""
    if len(typed) == len(name):
        return True
    shorter, longer = sorted((typed, name), key=len)
    return longer[:-1] == shorter and shorter[-1] not in "aeiou"


@lru_cache(maxsize=4_000)
def near_harmless(typed: str) -> tuple[Medicine, ...]:
    """The harmless medicines whose name is nearest, when it is as near as one that matters would have to be.

    For a text that is near nothing that matters. None when no name is near, or when one as near is not harmless.
    """
    allowed = edits_allowed(typed)
    names = _by_first_letter().get(typed[:1], ())
    near = (
        process.extract(typed, names, scorer=OSA.distance, processor=None, score_cutoff=allowed, limit=None)
        if allowed
        else ()
    )
    if not near:
        return ()
    nearest = min(distance for _, distance, _ in near)
    found = [one for name, distance, _ in near if distance == nearest for one in medicines_called(name)]
    return () if any(one.classes or not one.reviewed for one in found) else tuple(dict.fromkeys(found))


@cache
def _by_first_letter() -> Mapping[str, tuple[str, ...]]:
    """Every name by its first letter, which is seldom wrong: so few are compared."""
    found: dict[str, list[str]] = {}
    for name in every_name():
        found.setdefault(name[0], []).append(name)
    return {letter: tuple(names) for letter, names in found.items()}
