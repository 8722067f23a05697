"""What is in the way of "suitable", and what a condition may carry. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.review.case.flags import StoredFlag, title_of
from app.screening.cards import flag_place
from app.screening.to_ask import ToAskItem, to_ask_items


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A flag in the way of "suitable"."""

    rule: str
    """The slug of its rule; "" for what cannot be read."""
    title: str
    """The title of the rule."""
    words: str
    """How it is settled, or that it is open or not known."""
    anchor: str
    """The id on the page of its card, or of its line of the phone script."""
    unknown: bool
    """Whether it waits for an answer."""
    open: bool
    """Whether it is not settled."""
    carried: bool
    """Whether a condition may carry it."""


def obstacles(flags: Iterable[StoredFlag]) -> list[Obstacle]:
    """The flags that block "suitable": those that are open, or settled by not going on, strongest first.

    One that could not be decided stands in the way as one that is raised does: an unknown is never a no.
    """
    every = list(flags)
    anchors = {rule: f"ask-{line.key}" for line in reversed(to_ask_lines(every)) for rule in line.rules}
    told = []
    for flag in sorted(every, key=lambda flag: flag_place(flag.level, flag.card, flag.rule)):
        if not flag.mark().blocks_suitable:
            continue
        words = (
            f"settled with “{flag.held.reason}”, which keeps it open"
            if flag.held
            else ""
            if flag.raised
            else "not known"
        )
        anchor = f"card-{flag.card}" if flag.raised else anchors[flag.rule]
        told.append(
            Obstacle(
                flag.rule,
                title_of(flag.rule),
                words or "open",
                anchor,
                not flag.raised,
                flag.open,
                flag.carried,
            )
        )
    return told


def to_ask_lines(flags: Iterable[StoredFlag]) -> tuple[ToAskItem, ...]:
    """The lines of the flags that could not be decided, settled or not."""
    return to_ask_items(flag for flag in flags if not flag.raised)


def carriable_lines(flags: Iterable[StoredFlag]) -> tuple[ToAskItem, ...]:
    """The lines that "suitable with conditions" may carry, each with a condition of its own: what is not known, and
    would stand in the way. `rules` are those of them that do.
    """
    every = list(flags)
    grave = {flag.rule for flag in every if flag.carried}
    found = (
        replace(line, rules=tuple(rule for rule in line.rules if rule in grave))
        for line in to_ask_lines(every)
    )
    return tuple(line for line in found if line.rules)
