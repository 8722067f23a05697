"""Pounds, stones, feet and inches to kilograms and centimeters.

A measure is stored as it was typed, {"unit": "ft_in", "feet": 5, "inches": 9}; these say what that is in metric. What
is typed with its unit, such as 5'7" or "72 kg", is read by the unit written there.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .contact import plain_signs
from .countries import Country
from .wording import Message

POUND_KG = 0.45359237
INCH_CM = 2.54
FOOT_CM = 30.48


@dataclass(frozen=True, slots=True)
class Part:
    """One box of a unit."""

    key: str
    """Its key in the stored value."""
    label: str
    """Its label."""
    example: str
    """What it may hold, for its hint."""
    written: str
    """What people write behind the number: a regular expression."""
    below: float | None = None
    """The number that it stays under; None for any."""
    whole: bool = False
    """Whether it holds whole numbers only."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit people type: its boxes, and what they come to in the metric unit."""

    code: str
    """Its code in the stored value."""
    label: str
    """What it is called."""
    example: str
    """A whole measure in it."""
    parts: tuple[Part, ...]
    """Its boxes, in order."""
    metric: Callable[[Mapping[str, float]], float]
    """Takes the number of each box; returns the metric value."""
    words: Callable[[Mapping[str, float]], str]
    """Takes the number of each box; returns the measure in words."""
    only_in: Country | None = None
    """The country that uses it; None for any."""

    def factor(self, part: Part) -> float:
        """What one of this part comes to in the metric unit."""
        return self.metric({each.key: float(each is part) for each in self.parts})

    def whole_numbers(self, metric: float, rounded: Callable[[float], int]) -> dict[str, int]:
        """The number of each box for a metric value, the last one `rounded` to a whole one."""
        *others, last = self.parts
        count = rounded(metric / self.factor(last))
        if not others:
            return {last.key: count}
        first, rest = divmod(count, int(last.below or count + 1))
        return {others[0].key: first, last.key: rest}


def plain_number(value: float) -> str:
    """Every digit as it was typed, never 1e-05: a page that shows it again must read the same."""
    return format(Decimal(repr(value)).normalize(), "f")


_POUNDS = r"lbs?|pounds?|libras?|\#"

CM = Unit(
    "cm",
    "centimeters",
    "168 centimeters",
    (Part("value", "Centimeters", "168", r"cms?|centimet(?:er|re)s?|cent[ií]metros?"),),
    lambda v: v["value"],
    lambda v: Message("{value} cm", value=plain_number(v["value"])),
)
FT_IN = Unit(
    "ft_in",
    "feet and inches",
    "5 feet 6 inches",
    (
        Part("feet", "Feet", "5", r"['’′´`]|f(?:ee|oo)?t|pies?", whole=True),
        Part("inches", "Inches", "6", r"[\"”″]|['’′´`]{2}|in(?:s|ch|ches)?|pulgadas?", below=12),
    ),
    lambda v: v["feet"] * FOOT_CM + v["inches"] * INCH_CM,
    lambda v: (
        Message("1 foot {inches} inches", inches=plain_number(v["inches"]))
        if v["feet"] == 1
        else Message(
            "{feet} feet {inches} inches", feet=plain_number(v["feet"]), inches=plain_number(v["inches"])
        )
    ),
)
KG = Unit(
    "kg",
    "kilograms",
    "72 kilograms",
    (Part("value", "Kilograms", "72", r"k|kgs?|kilos?|kilogram(?:me)?s?|kilogramos?"),),
    lambda v: v["value"],
    lambda v: Message("{value} kg", value=plain_number(v["value"])),
)
LB = Unit(
    "lb",
    "pounds",
    "160 pounds",
    (Part("value", "Pounds", "160", _POUNDS),),
    lambda v: v["value"] * POUND_KG,
    lambda v: Message("{pounds} pounds", pounds=plain_number(v["value"])),
)
ST_LB = Unit(
    "st_lb",
    "stones and pounds",
    "11 stones 6 pounds",
    (
        Part("stones", "Stones", "11", r"st|stones?", whole=True),
        Part("pounds", "Pounds", "6", _POUNDS, below=14),
    ),
    lambda v: (v["stones"] * 14 + v["pounds"]) * POUND_KG,
    lambda v: Message(
        "{stones} stones {pounds} pounds",
        stones=plain_number(v["stones"]),
        pounds=plain_number(v["pounds"]),
    ),
    only_in=Country.UK,
)

HEIGHT_UNITS = (FT_IN, CM)
WEIGHT_UNITS = (LB, KG, ST_LB)
UNITS: Mapping[str, Unit] = {unit.code: unit for unit in (*HEIGHT_UNITS, *WEIGHT_UNITS)}
"""Every unit, by its code."""
FIRST_UNIT: Mapping[tuple[str, str], str] = {
    ("cm", Country.US): "ft_in",
    ("cm", Country.UK): "cm",
    ("kg", Country.US): "lb",
    ("kg", Country.UK): "kg",
}
"""The unit chosen until the patient picks another: by metric unit and jurisdiction."""

AMOUNT = r"(\d{1,4}(?:[.,]\d{1,8})?)"
_METERS = re.compile(r"([12])\s*(?:[.,]\s*(\d{1,2})\s*)?(?:m|met(?:er|re)s?|metros?)\.?(?:\s*(\d{1,2}))?")


def written_measure(text: str, units: Iterable[Unit]) -> tuple[Unit, dict[str, float]] | None:
    """Return the unit and the numbers of a measure typed with its unit, or None when none is written there."""
    plain = plain_signs(text).strip().lower()
    for unit in units:
        if unit is CM and (meters := _METERS.fullmatch(plain)):
            whole, tenths, rest = meters.groups()
            if tenths is None or rest is None:
                return unit, {"value": int(whole) * 100 + int((tenths or rest or "0").ljust(2, "0"))}
        if found := _whole(plain, unit):
            return unit, found
    return None


def without_unit(text: str, part: Part) -> str:
    """Return what was typed into the box of a part, without that part's own unit behind the number."""
    plain = plain_signs(text).strip()
    found = re.fullmatch(rf"(.*\d.*?)\s*(?:{part.written})\.?", plain, re.IGNORECASE)
    return found[1] if found else plain


def _whole(plain: str, unit: Unit) -> dict[str, float] | None:
    """All parts of a measure in one text. The unit of the last may be left out, and so may the last: it is 0."""
    first, *others = unit.parts
    if not others:
        found = re.fullmatch(rf"{AMOUNT}\s*(?:{first.written})\.?", plain)
        return {first.key: amount(found[1])} if found else None
    (last,) = others
    found = re.fullmatch(
        rf"{AMOUNT}\s*(?:{first.written})\.?(?:[\s,-]*(?:and|y|&)?\s*{AMOUNT}\s*(?:{last.written})?\.?)?",
        plain,
    )
    if found:
        return {first.key: amount(found[1]), last.key: amount(found[2] or "0")}
    alone = re.fullmatch(rf"{AMOUNT}\s*(?:{last.written})\.?", plain)
    if unit is FT_IN and alone:
        feet, inches = divmod(amount(alone[1]), 12)
        return {first.key: int(feet), last.key: inches}
    return None


def possible_measures(
    text: str, units: Iterable[Unit], usual: tuple[float, float]
) -> list[tuple[Unit, dict[str, float]]]:
    """Return what a number alone can say in these units, where that is a usual measure: 1.70 is 170 cm, 5.7 is 5'7"."""
    whole, _, rest = text.replace(",", ".").partition(".")
    value = amount(text)
    found: list[tuple[Unit, dict[str, float]]] = []
    for unit in units:
        first, *others = unit.parts
        if others:
            last = others[0]
            if rest:
                found.append((unit, {first.key: int(whole), last.key: int(rest)}))
            else:
                found.append((unit, {first.key: value, last.key: 0}))
                found.append(
                    (unit, {first.key: value // 12, last.key: value % 12}) if unit is FT_IN else found[-1]
                )
        else:
            sizes = (1, 100, 0.1) if unit is CM else (1,)
            found += [(unit, {first.key: round(value * size, 4)}) for size in sizes]
    return [
        (unit, {key: int(number) if number == int(number) else number for key, number in numbers.items()})
        for place, (unit, numbers) in enumerate(found)
        if usual[0] <= unit.metric(numbers) <= usual[1]
        and all(part.below is None or numbers[part.key] < part.below for part in unit.parts)
        and (unit, numbers) not in found[:place]
    ]


def amount(text: str) -> float:
    """The number that such a text says."""
    value = float(text.replace(",", "."))
    return int(value) if value.is_integer() else value
