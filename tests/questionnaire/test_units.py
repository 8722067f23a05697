"""Pounds, stones, feet and inches."""

import pytest

from app.questionnaire.units import (
    CM,
    FIRST_UNIT,
    FT_IN,
    HEIGHT_UNITS,
    KG,
    LB,
    ST_LB,
    WEIGHT_UNITS,
    Unit,
    plain_number,
)


@pytest.mark.parametrize(
    ("unit", "typed", "metric"),
    [
        (CM, {"value": 175}, 175),
        (FT_IN, {"feet": 5, "inches": 9}, 175.26),
        (FT_IN, {"feet": 0, "inches": 1}, 2.54),
        (KG, {"value": 81.5}, 81.5),
        (LB, {"value": 1}, 0.45359237),
        (LB, {"value": 180}, 81.6466266),
        (ST_LB, {"stones": 1, "pounds": 0}, 6.35029318),
        (ST_LB, {"stones": 12, "pounds": 5}, 78.47148001),
    ],
)
def test_in_metric(unit: Unit, typed: dict[str, float], metric: float) -> None:
    assert unit.metric(typed) == pytest.approx(metric, abs=1e-9)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (5, "5"),
        (5.0, "5"),
        (0, "0"),
        (100, "100"),
        (9.5, "9.5"),
        (180.1234567, "180.1234567"),
        (1e-05, "0.00001"),
    ],
)
def test_a_number_is_shown_digit_by_digit(number: float, text: str) -> None:
    assert plain_number(number) == text


def test_the_unit_first_shown_is_one_that_is_offered() -> None:
    codes = {unit.code: unit for unit in (*HEIGHT_UNITS, *WEIGHT_UNITS)}
    assert {("cm", "US"), ("cm", "UK"), ("kg", "US"), ("kg", "UK")} == set(FIRST_UNIT)
    for (_, jurisdiction), code in FIRST_UNIT.items():
        assert codes[code].only_in in (None, jurisdiction)
    assert (FIRST_UNIT["cm", "US"], FIRST_UNIT["kg", "UK"]) == ("ft_in", "kg")
