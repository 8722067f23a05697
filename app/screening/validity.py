"""Until when a screening holds. "Surgery in the last 6 weeks" is not true for ever, and birthdays come.

What is reckoned here is time alone, as if nothing new had happened. That is why no screening holds longer than LONGEST:
by then too much may have changed that nobody was asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor

from ..questionnaire.conditions import NoValue
from .evaluation import ScreeningResult, facts_later
from .facts import Facts
from .logic import Band, FactCompare, Truth
from .rules import ClinicRules, Rulebook, Submitted

LONGEST = timedelta(days=183)
"""After the answers were given. This project's own judgement, which a clinic must confirm."""


@dataclass(frozen=True, slots=True)
class Validity:
    """Until when a screening holds, and what changes then."""

    until: date
    """The last day on which the screening holds."""
    changes: tuple[str, ...]
    """Slugs of the rules that come out otherwise after it; none when the answers have only grown old."""


def validity(
    rulebook: Rulebook, case: Submitted, settings: ClinicRules, screening: ScreeningResult
) -> Validity:
    """Until when the screening of a case, as `evaluate` gave it, holds."""
    answered_on = case.answered_on or case.on
    # What staff enter is about the treatment of that day.
    last = case.on if case.staff else answered_on + LONGEST
    ready = rulebook.ready(case, settings)
    now = ready.moving.truths(screening.facts)
    for days in sorted(set(_turns(ready.limits, screening.facts))):
        day = case.on + timedelta(days)
        if day > last:
            break
        facts = facts_later(rulebook, screening.facts, answered_on, day)
        outcomes = zip(ready.moving.each, now, ready.moving.truths(facts), strict=True)
        changes = [one.rule.slug for one, before, after in outcomes if not _holds(before, after)]
        if changes:
            return Validity(day - timedelta(days=1), tuple(sorted(changes)))
    return Validity(last, ())


def _holds(now: Truth, later: Truth) -> bool:
    """Whether an outcome still holds. A flag that may still be right does: of surgery in the last 6 weeks nobody knows
    the day on which it becomes longer ago.
    """
    return now is later or (now is True and later is None)


def _turns(limits: Iterable[FactCompare], facts: Facts) -> Iterator[int]:
    """In how many days, from one, something that time moves may pass a limit."""
    for leaf in limits:
        value = facts.fact(leaf.key)
        if isinstance(value, Band):
            # "At least" and "under" turn when the limit is reached, "over" and "at most" when it is passed.
            on_passing = leaf.operator in ("gt", "lte")
            turn = floor(leaf.bound) + 1 if on_passing else ceil(leaf.bound)
            yield from (turn - end for end in (value.low, value.high) if end is not None and turn > end)
        elif value is not None and not isinstance(value, NoValue):
            yield _to_birthday(date.fromisoformat(facts.value("dob")), facts.reading.on)


def _to_birthday(born: date, on: date) -> int:
    """Days until the next one, from 1. That of 29 February is on 1 March in other years."""
    this_year, next_year = (_birthday(born, year) for year in (on.year, on.year + 1))
    return ((this_year if this_year > on else next_year) - on).days


def _birthday(born: date, year: int) -> date:
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
