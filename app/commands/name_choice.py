"""Which names of the public lists the wide list takes, and what it says of them.

A wrong ingredient is worse than none: a name is left out when two sources contradict each other, when an ingredient of
it is not known, and when it is a chemical name, a research code or an ordinary word.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from app.commands.name_sources import Claim, parts_of
from app.screening.medicines import EVERY_KIND, medicines_of_tables, normalise
from app.screening.name_words import ALLERGY_WORDS, FILLER_WORDS, FORM_WORDS
from app.screening.wide_names import MOST_WORDS

DECIDED = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
SALTS = frozenset(DECIDED["salts"].split())
CALLED: Mapping[str, tuple[str, ...]] = {
    normalise(name): tuple(ours.split(";")) for name, ours in DECIDED["called"].items()
}
LEFT_OUT = frozenset(normalise(name) for text in DECIDED["left_out"].values() for name in text.split(","))
NOT_IN_NAMES = frozenset(DECIDED["not_in_names"].split())
ENDINGS = FORM_WORDS | frozenset(DECIDED["devices"].split())
MANY_NAMES = frozenset(normalise(name) for name in DECIDED["not_by_brand"].split(","))
OURS_IS_RIGHT = frozenset(
    normalise(name) for text in DECIDED["ours_is_right"].values() for name in text.split(",")
)
BY_HAND: Mapping[str, tuple[str, ...]] = {
    normalise(name): tuple(sorted(ours.split(";"))) for name, ours in DECIDED["names"].items()
}
"""The names whose ingredients were decided by hand."""
BESIDE = FORM_WORDS | FILLER_WORDS | ALLERGY_WORDS
CHEMICAL = re.compile(DECIDED["chemical"])
CODE = re.compile(r"^[a-z]{1,5}[ -]?\d{2,}[a-z]?$|\d{4}|^\d+$")
FEWEST_LETTERS = 4
MOST_LETTERS = 32


@dataclass(slots=True)
class ChosenNames:
    """The wide list, and what was left out of it."""

    names: dict[str, tuple[tuple[str, ...], str]] = field(default_factory=dict)
    """Ingredients and sources by name."""
    contradicted: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    """The names of which the sources say different things."""
    differing: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    """The names of ours of which they say something else, and nobody decided yet: ours, theirs."""
    dropped: Counter[str] = field(default_factory=Counter)
    """How many claims were left out, by the reason."""


def choose(claims: Iterable[Claim], paged: frozenset[str]) -> ChosenNames:
    """The names to take from some claims. `paged` are the ingredients that a public page of medicines is about."""
    known = frozenset(normalise(_bare(part)) for name in paged for part in (name, *parts_of(_bare(name))))
    found: dict[str, dict[tuple[str, ...], set[str]]] = defaultdict(lambda: defaultdict(set))
    choice = ChosenNames()
    partly: set[str] = set()
    for claim in claims:
        name = _name(claim)
        if refusal := _refusal(name, claim):
            choice.dropped[refusal] += 1
            continue
        ingredients = _ingredients(claim, known)
        if not ingredients:
            choice.dropped["an ingredient that is no known medicine"] += 1
            if len(claim.ingredients) > 1:
                partly.add(name)
            continue
        found[name][ingredients].add(claim.source)
    choice.names |= {name: (said, "hand") for name, said in BY_HAND.items() if not medicines_of_tables(name)}
    for name, said in sorted(found.items()):
        if name in BY_HAND:
            continue
        if name in partly and not medicines_of_tables(name):
            choice.dropped["of several ingredients one is no known medicine"] += 1
            continue
        if name.endswith("um") and not found.keys().isdisjoint((name[:-2], f"{name[:-2]}e")):
            choice.dropped["a Latin name"] += 1
            continue
        _settle(choice, name, said)
    return choice


def _settle(choice: ChosenNames, name: str, said: Mapping[tuple[str, ...], set[str]]) -> None:
    """Take a name, or note why not."""
    all_of_them = max(said, key=len)
    contradicted = any(not set(one) <= set(all_of_them) for one in said)
    if ours := tuple(sorted(medicine.generic for medicine in medicines_of_tables(name))):
        if (contradicted or ours != all_of_them) and name not in OURS_IS_RIGHT:
            choice.differing[name] = ours, all_of_them
        choice.dropped["ours already"] += 1
    elif contradicted:
        choice.contradicted[name] = sorted(said)
    else:
        sources = sorted({source for some in said.values() for source in some})
        choice.names[name] = all_of_them, "+".join(sources)


def _name(claim: Claim) -> str:
    """The name, without the words of forms and salts at its end."""
    words = normalise(claim.name).split()
    while len(words) > 1 and words[-1] in ENDINGS:
        words.pop()
    return " ".join(words)


def _refusal(name: str, claim: Claim) -> str:
    """Why a name is not taken; "" when nothing is against it."""
    words = name.split()
    if name in LEFT_OUT or not NOT_IN_NAMES.isdisjoint(words):
        return "left out by hand"
    if "," in claim.name or "[" in claim.name or CHEMICAL.search(claim.name.lower()):
        return "a chemical name"
    if not FEWEST_LETTERS <= len(name) <= MOST_LETTERS or len(words) > MOST_WORDS or CODE.search(name):
        return "a code, too short or too long"
    if max(map(len, words)) < FEWEST_LETTERS or any(word.isdigit() and len(word) > 2 for word in words):
        return "a code, too short or too long"
    if all(word in BESIDE or len(word) < 2 or word.isdigit() for word in words):
        return "words that stand beside names"
    if any(medicines_of_tables(word, EVERY_KIND) for word in words) and len(words) > 1 and words[-1] in SALTS:
        return "a salt of a name of ours"
    if (
        claim.source == "unii"
        and len(claim.ingredients) == 1
        and normalise(claim.ingredients[0]) in MANY_NAMES
    ):
        return "a trade name of something that is not only a medicine"
    return ""


def _ingredients(claim: Claim, known: frozenset[str]) -> tuple[str, ...]:
    """What we call its ingredients; () when one of them is not known."""
    each = [_ingredient(ingredient, known) for ingredient in claim.ingredients]
    found = tuple(sorted({name for names in each for name in names}))
    if not all(each) or any(name.endswith("(not named)") for name in found):
        return ()
    if len(found) == 2:
        one, other = found
        found = _ours(normalise(f"{one} with {other}")) or _ours(normalise(f"{other} with {one}")) or found
    within = {part for name in found for part in name.split(" with ") if part != name}
    return tuple(name for name in found if name not in within)


def _ingredient(text: str, known: frozenset[str]) -> tuple[str, ...]:
    bare = normalise(_bare(text))
    if ours := _ours(normalise(text)) or _ours(bare):
        return ours
    words = bare.split()
    while len(words) > 1 and words[-1] in SALTS:
        words.pop()
        if ours := _ours(" ".join(words)):
            return ours
    if " ".join(words) in known or bare in known:
        return (" ".join(words) if " ".join(words) in known else bare,)
    return ()


@cache
def _ours(name: str) -> tuple[str, ...]:
    """What a name is by the decisions, else by our own tables."""
    return CALLED.get(name) or tuple(sorted(medicine.generic for medicine in medicines_of_tables(name)))


def _bare(text: str) -> str:
    """An ingredient without what stands in brackets and the four letters that tell copies of antibodies apart."""
    return re.sub(r"(?<=[a-z]{6})-[a-z]{4}$", "", re.sub(r"\s*\([^)]*\)", "", text.lower()).strip())
