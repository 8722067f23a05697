"""Pounds, stones, feet and inches to kilograms and centimeters.

A measure is stored as it was typed, {"unit": "ft_in", "feet": 5, "inches": 9}; these say what that is in metric.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .wording import Words

POUND_KG = 0.45359237
INCH_CM = 2.54
FOOT_CM = 30.48


@dataclass(frozen=True, slots=True)
class Part:
    """One box of a unit: its key in the stored value, its label, and the numbers it can hold."""

    key: str
    label: str
    below: float | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit people type: its boxes and what they come to in the metric unit."""

    code: str
    label: str
    parts: tuple[Part, ...]
    metric: Callable[[Mapping[str, float]], float]
    words: Callable[[Mapping[str, float]], str]
    only_in: str | None = None


def plain_number(value: float) -> str:
    """Every digit as it was typed, never 1e-05: a page that shows it again must read the same."""
    return format(Decimal(repr(value)).normalize(), "f")


CM = Unit(
    "cm",
    "centimeters",
    (Part("value", "Centimeters"),),
    lambda v: v["value"],
    lambda v: Words("{value} cm", value=plain_number(v["value"])),
)
FT_IN = Unit(
    "ft_in",
    "feet and inches",
    (Part("feet", "Feet", whole=True), Part("inches", "Inches", below=12)),
    lambda v: v["feet"] * FOOT_CM + v["inches"] * INCH_CM,
    lambda v: Words(
        "{feet} feet {inches} inches", feet=plain_number(v["feet"]), inches=plain_number(v["inches"])
    ),
)
KG = Unit(
    "kg",
    "kilograms",
    (Part("value", "Kilograms"),),
    lambda v: v["value"],
    lambda v: Words("{value} kg", value=plain_number(v["value"])),
)
LB = Unit(
    "lb",
    "pounds",
    (Part("value", "Pounds"),),
    lambda v: v["value"] * POUND_KG,
    lambda v: Words("{pounds} pounds", pounds=plain_number(v["value"])),
)
ST_LB = Unit(
    "st_lb",
    "stones and pounds",
    (Part("stones", "Stones", whole=True), Part("pounds", "Pounds", below=14)),
    lambda v: (v["stones"] * 14 + v["pounds"]) * POUND_KG,
    lambda v: Words(
        "{stones} stones {pounds} pounds",
        stones=plain_number(v["stones"]),
        pounds=plain_number(v["pounds"]),
    ),
    only_in="UK",
)

HEIGHT_UNITS = (FT_IN, CM)
WEIGHT_UNITS = (LB, KG, ST_LB)
FIRST_UNIT = {("cm", "US"): "ft_in", ("cm", "UK"): "cm", ("kg", "US"): "lb", ("kg", "UK"): "kg"}
"""The unit chosen until the patient picks another: by metric unit and jurisdiction."""
