"""Yes, no and unknown: the tables everything else rests on."""

import operator as operators
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest

from app.questionnaire.conditions import NONE, Leaf, Truth, any_truth, not_truth, unknown_names
from app.screening.logic import (
    Band,
    DecidingAnswer,
    Members,
    all_of,
    any_of,
    bound,
    comparisons,
    fact,
    lead,
    not_,
    param,
)

Y, N, U = True, False, None
TRUTHS = (Y, N, U)

# a, b, all(a, b), any(a, b), lead a or_yes b, not a
TABLE = [
    (Y, Y, Y, Y, Y, N),
    (Y, N, N, Y, Y, N),
    (Y, U, U, Y, Y, N),
    (N, Y, N, Y, Y, Y),
    (N, N, N, N, N, Y),
    (N, U, N, U, N, Y),
    (U, Y, U, Y, Y, U),
    (U, N, N, U, U, U),
    (U, U, U, U, U, U),
]


@dataclass(frozen=True, slots=True)
class Told(Leaf):
    """A leaf that says what it is told to."""

    says: Truth

    def truth(self, reading: Any) -> Truth:
        return self.says

    def because(self, reading: Any, outcome: bool) -> Iterator[str]:
        yield self.name


def test_the_table_is_whole() -> None:
    assert {row[:2] for row in TABLE} == set(product(TRUTHS, repeat=2))


@pytest.mark.parametrize(("a", "b", "both", "either", "led", "turned"), TABLE)
def test_joining_two(a: Truth, b: Truth, both: Truth, either: Truth, led: Truth, turned: Truth) -> None:
    first, second = Told("first", a), Told("second", b)
    assert all_of(first, second).truth(None) is both
    assert any_of(first, second).truth(None) is either
    assert lead(first, or_yes=second).truth(None) is led
    assert not_(first).truth(None) is turned
    assert any_truth((a, b)) is either
    assert not_truth(a) is turned


@pytest.mark.parametrize("parts", list(product(TRUTHS, repeat=3)))
def test_joining_three_in_any_order(parts: tuple[Truth, ...]) -> None:
    weight = {N: 0, U: 1, Y: 2}
    told = [Told("part", part) for part in parts]
    assert weight[all_of(*told).truth(None)] == min(weight[part] for part in parts)
    assert weight[any_truth(parts)] == max(weight[part] for part in parts)


def test_joining_nothing() -> None:
    assert all_of().truth(None) is True
    assert any_truth(()) is False


@pytest.mark.parametrize("parts", list(product(TRUTHS, repeat=3)))
@pytest.mark.parametrize("join", [all_of, any_of])
def test_evidence_is_the_parts_that_decided(join: Callable[..., Any], parts: tuple[Truth, ...]) -> None:
    leaves = [Told(f"part {number}", says) for number, says in enumerate(parts)]
    joined = join(*leaves)
    outcome = joined.truth(None)
    if outcome is not None:
        told = list(joined.because(None, outcome))
        assert told == [leaf.name for leaf in leaves if leaf.says is outcome]
        assert told


def test_evidence_of_a_lead_names_whichever_said_yes() -> None:
    def told(first: Truth, second: Truth) -> list[str]:
        return list(lead(Told("plain", first), or_yes=Told("typed", second)).because(None, True))

    assert told(Y, N) == ["plain"]
    assert told(N, Y) == ["typed"]
    assert told(Y, Y) == ["plain", "typed"]
    assert list(lead(Told("plain", N), or_yes=Told("typed", U)).because(None, False)) == ["plain"]
    assert list(not_(Told("turned", N)).because(None, True)) == ["turned"]


# band, then what it says to: gte limit, gt limit, lte limit, lt limit
BANDS = [
    (Band(32, 365), 365, (U, N, Y, U)),
    (Band(32, 365), 366, (N, N, Y, Y)),
    (Band(32, 365), 90, (U, U, U, U)),
    (Band(32, 365), 32, (Y, U, U, N)),
    (Band(32, 365), 31, (Y, Y, N, N)),
    (Band(32, 365), 14, (Y, Y, N, N)),
    (Band(366, None), 365, (Y, Y, N, N)),
    (Band(366, None), 366, (Y, U, U, N)),
    (Band(366, None), 1000, (U, U, U, U)),
    (Band(2, 2), 2, (Y, N, Y, N)),
    (Band(1, 1), 2, (N, N, Y, Y)),
    (Band(1, None), 2, (U, U, U, U)),
    (Band(0, 0), 0, (Y, N, Y, N)),
]


@pytest.mark.parametrize(("band", "limit", "says"), BANDS)
def test_a_band_is_sure_only_when_every_day_in_it_agrees(
    band: Band, limit: int, says: tuple[Truth, ...]
) -> None:
    assert tuple(band.compare(operator, limit) for operator in ("gte", "gt", "lte", "lt")) == says


@pytest.mark.parametrize("low", range(4))
@pytest.mark.parametrize("wide", [0, 1, 2, None])
@pytest.mark.parametrize("limit", range(7))
def test_a_band_agrees_with_each_of_its_days(low: int, wide: int | None, limit: int) -> None:
    high = None if wide is None else low + wide
    days = range(low, (high if high is not None else 1000) + 1)
    for operator, holds in (
        ("gte", operators.ge),
        ("gt", operators.gt),
        ("lte", operators.le),
        ("lt", operators.lt),
    ):
        verdicts = {holds(day, limit) for day in days}
        assert Band(low, high).compare(operator, limit) is (verdicts.pop() if len(verdicts) == 1 else None)


class Known:
    """Facts by name."""

    def __init__(self, **values: Any) -> None:
        self.values = values

    def fact(self, key: str) -> Any:
        return self.values[key]

    def fact_because(self, key: str, outcome: bool, wanted: tuple[str, ...]) -> Iterator[str]:
        yield key


class Asked(Known):
    """Says what it was asked for."""

    def fact_because(self, key: str, outcome: bool, wanted: tuple[str, ...]) -> Iterator[Any]:
        yield key, outcome, wanted


@pytest.mark.parametrize("outcome", [True, False])
def test_a_leaf_asks_for_the_evidence_of_how_its_fact_came_out(outcome: bool) -> None:
    """That "is it no" holds is shown by the answers that say no."""
    for leaf, asked in (
        (fact("said").is_("yes"), ("said", outcome, ())),
        (fact("said").is_("no"), ("said", not outcome, ())),
        (fact("days").lte(3), ("days", outcome, ())),
        (fact("classes").has("a", "b"), ("classes", outcome, ("a", "b"))),
    ):
        assert list(leaf.because(Asked(), outcome)) == [asked]


@pytest.mark.parametrize("operator", ["gte", "gt", "lte", "lt"])
def test_a_number_of_a_question_that_does_not_apply_compares_as_no(operator: str) -> None:
    leaf = getattr(fact("age"), operator)(18)
    assert leaf.truth(Known(age=NONE)) is False
    assert leaf.truth(Known(age=None)) is None


@pytest.mark.parametrize(
    ("age", "says"), [(17, (N, N, Y, Y)), (18, (Y, N, Y, N)), (19, (Y, Y, N, N)), (18.5, (Y, Y, N, N))]
)
def test_a_number_against_a_limit(age: float, says: tuple[Truth, ...]) -> None:
    known = Known(age=age)
    given = fact("age")
    limits = (given.gte(18), given.gt(18), given.lte(18), given.lt(18))
    assert tuple(leaf.truth(known) for leaf in limits) == says


WORDS = (DecidingAnswer("medicines", "Xanax"),)


@pytest.mark.parametrize(
    ("sure", "possible", "is_open", "says"),
    [
        ((), (), False, N),
        ((), (), True, U),
        ((), ("a",), False, U),
        ((), ("x",), False, N),
        (("x",), (), False, N),
        (("x",), (), True, U),
        (("a",), (), False, Y),
        (("b", "x"), ("a",), True, Y),
    ],
)
def test_a_set(sure: tuple[str, ...], possible: tuple[str, ...], is_open: bool, says: Truth) -> None:
    members = Members(dict.fromkeys(sure, WORDS), dict.fromkeys(possible, WORDS), is_open)
    assert fact("classes").has("a", "b").truth(Known(classes=members)) is says


@pytest.mark.parametrize("value", TRUTHS)
def test_a_fact_asked_for_no_is_its_not(value: Truth) -> None:
    known = Known(said=value)
    assert fact("said").is_("yes").truth(known) is value
    assert fact("said").is_("no").truth(known) is not_truth(value)


def test_a_fact_of_several_values() -> None:
    assert fact("sex").is_("male").truth(Known(sex="male")) is True
    assert fact("sex").is_("male").truth(Known(sex="not_stated")) is False
    assert fact("sex").is_("male").truth(Known(sex=None)) is None


def test_unknown_names_are_named_once_in_the_order_met_and_only_where_they_matter() -> None:
    known = Known(yes=True, no=False, one=None, two=None, led=None, typed=None, limit=None)
    rule = any_of(
        all_of(fact("yes").is_("yes"), fact("one").is_("yes")),
        all_of(fact("no").is_("yes"), fact("two").is_("yes")),  # settled by its no
        not_(any_of(fact("no").is_("yes"), fact("one").is_("no"))),
        # the plain question is the one to ask
        lead(all_of(fact("yes").is_("yes"), fact("led").is_("yes")), or_yes=fact("typed").is_("yes")),
        fact("limit").gte(param("days")),
    )
    trigger = bound(rule, {"days": 3})
    assert trigger.truth(known) is None
    assert list(dict.fromkeys(unknown_names(trigger, known))) == ["one", "led", "limit"]


def test_a_parameter_must_be_given() -> None:
    recent = fact("days").lte(param("recent"))
    rule = any_of(not_(lead(recent, or_yes=all_of(recent))))
    assert bound(rule, {"recent": 3}).truth(Known(days=Band(0, 3))) is False
    with pytest.raises(KeyError):
        bound(rule, {})


def test_limits_are_found_wherever_they_stand() -> None:
    """Those that are missed would not be asked when time moves them."""
    a, b, c, d = fact("a").gte(1), fact("b").lte(2), fact("c").gt(3), fact("d").lt(4)
    rule = any_of(all_of(a, fact("said").is_("yes")), not_(b), lead(c, or_yes=not_(d)))
    assert list(comparisons(rule)) == [a, b, c, d]
