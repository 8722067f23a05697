"""What a help page is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .conditions import Expression, all_of, any_of, q
from .countries import Country
from .reading import Reading


@dataclass(frozen=True, slots=True)
class Limits:
    """What a clinic sets of the numbers that bring a help page up: the lowest age, and a pressure of the crisis range."""

    minimum_age: int = 18
    systolic_crisis: float = 180
    diastolic_crisis: float = 120


USUAL = Limits()


FORM_SAVED = "Your form is saved."


MISTAKE = "I picked this by mistake"


STANDS = "My answer is right. Go on with the form"
"""The quiet way on from a page that is left by saying it was a mistake, for whom it was none."""


@dataclass(frozen=True, slots=True)
class Interruption:
    """One help page. Texts that differ by country are keyed by it. `rules` are the flags raised at once with it.

    `not_sure`: answers "I'm not sure" that call for it as well, and `opening_unsure` what it then opens with.
    `saved` follows on the page itself. `bodily`: it is about an illness; later pages begin with its heading, and a copy
    has it too. `talk` stands above those contacts that are for a talk.
    `told_open` and `told_closed` are shown once whoever is on call is told of somebody who can be reached;
    `listed_open` and `listed_closed` before that, and promise nothing of it. `outranks`: when this page shows, those no
    longer do. `asks`: what it asks itself, of these the question of the form at hand. `carry_on` and `stop_here` are its
    buttons; a page without `carry_on` ends the form. `mistaken`: to carry on is to say that it was picked by mistake,
    and a quieter button goes on with an answer that is true. `of_typed_number`: it waits until a number far from usual
    was kept.
    """

    id: str
    when: Expression
    rules: tuple[str, ...]
    title: str
    heading: str
    opening: Mapping[Country, str]
    contacts: Mapping[Country, tuple[str, ...]]
    saved: str | None = None
    bodily: bool = False
    act_now: Mapping[Country, str] = field(default_factory=dict)
    act_today: Mapping[Country, str] = field(default_factory=dict)
    talk: str | None = None
    what_happens: Mapping[Country, str] = field(default_factory=dict)
    told_open: str | None = None
    told_closed: str | None = None
    listed_open: str | None = None
    listed_closed: str | None = None
    not_sure: Expression | None = None
    opening_unsure: Mapping[Country, str] = field(default_factory=dict)
    outranks: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    carry_on: str | None = "Save and carry on"
    stop_here: str | None = "Stop here for today"
    of_typed_number: bool = False

    @property
    def calls(self) -> Expression:
        """Every answer that calls for it: yes, or not sure."""
        return self.when if self.not_sure is None else any_of(self.when, self.not_sure)

    def unsure(self, reading: Reading) -> bool:
        """Whether only an "I'm not sure" calls for it."""
        return self.when.truth(reading) is not True and self.calls.truth(reading) is True

    def said(self, country: Country, *, unsure: bool) -> str:
        """What it opens with."""
        return (self.opening_unsure if unsure else self.opening)[country]

    def afterwards(self, country: Country, *, unsure: bool) -> tuple[str, ...]:
        """What later pages say of it: what to do where it has such lines, else what it opened with."""
        lines = tuple(text for text in (self.act_now.get(country), self.act_today.get(country)) if text)
        return lines or (self.said(country, unsure=unsure),)

    @property
    def mistaken(self) -> bool:
        """Whether to carry on is to say that the answer was picked by mistake."""
        return self.carry_on == MISTAKE


def too_young(limits: Limits) -> Expression:
    """Whether the patient is under the lowest age."""
    return q("age_years").lt(limits.minimum_age)


def pressure_crisis(limits: Limits) -> Expression:
    """Whether a reading of the last week is in the crisis range."""
    very_high = any_of(q("bp_top").gte(limits.systolic_crisis), q("bp_bottom").gte(limits.diastolic_crisis))
    return all_of(very_high, q("bp_when").is_("week"))
