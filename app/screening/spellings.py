"""The spellings of a name: glued to its dose or form, in the plural, or with one letter that sounds the same.

One such letter ("rasagaline", "suboxene", "brexpiprazol") makes a misspelling of one name and of no other: it is that
name, as a misspelling in the table is. Any other slip makes a name near, and a near one is never taken (`near_to`).
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


_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("c(?=[eiy])|z", "s"),
        ("c|q", "k"),
        ("y", "i"),
        ("[aeiou]+$", ""),
        ("[aeiou]", "a"),
    )
]


def _sound(name: str) -> str:
    """The name as it is heard: whichever vowels, s or z or soft c, k or hard c, with or without a last vowel."""
    for pattern, sound in _SOUNDS:
        name = pattern.sub(sound, name)
    return name


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
    """The medicines of the name that this is but for one letter that sounds the same, or a last vowel.

    None when there are two such names of different medicines, or another that matters is as near.
    """
    if len(typed) < FEWEST_LETTERS or any(map(str.isdigit, typed)):
        return ()
    found = {
        medicines_called(name)
        for name in _by_sound().get(_sound(typed), ())
        if OSA.distance(typed, name, score_cutoff=1) == 1 and _same_but_for_the_end(typed, name)
    }
    if len(found) != 1:
        return ()
    medicines = found.pop()
    return medicines if set(near_to(typed)) <= set(medicines) else ()


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
