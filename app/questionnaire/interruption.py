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
    """The lowest age, in years, that the clinic treats."""
    systolic_crisis: float = 180
    """The top number from which a pressure is in the crisis range, in mmHg."""
    diastolic_crisis: float = 120
    """The bottom number from which it is, in mmHg."""


USUAL = Limits()


FORM_SAVED = "Your form is saved."


MISTAKE = "I picked this by mistake"


STANDS = "My answer is right. Go on with the form"
"""The quiet way on from a page that is left by saying it was a mistake, for whom it was none."""


@dataclass(frozen=True, slots=True)
class Interruption:
    """One help page. Texts that differ by country are keyed by it."""

    id: str
    """Its id, which is in addresses and in the audit log."""
    when: Expression
    """The answers that bring it up."""
    rules: tuple[str, ...]
    """Slugs of the rules whose flags are raised at once with it."""
    title: str
    """The browser's title, which passers-by may read."""
    heading: str
    """The heading of the page."""
    opening: Mapping[Country, str]
    """The first lines, before the contacts."""
    contacts: Mapping[Country, tuple[str, ...]]
    """Names of the contacts, in the order they are shown."""
    saved: str | None = None
    """Follows on the page itself, and nowhere else."""
    bodily: bool = False
    """Whether it is about an illness: later pages begin with its heading, and a copy has it too."""
    act_now: Mapping[Country, str] = field(default_factory=dict)
    """What to do at once, above the contacts."""
    act_today: Mapping[Country, str] = field(default_factory=dict)
    """What to do today, below them."""
    talk: str | None = None
    """Stands above those contacts that are for a talk."""
    what_happens: Mapping[Country, str] = field(default_factory=dict)
    """What happens when one calls."""
    told_open: str | None = None
    """Said while the clinic is open, once whoever is on call is told of somebody who can be reached."""
    told_closed: str | None = None
    """The same while it is closed."""
    listed_open: str | None = None
    """Said while the clinic is open, before anybody is told; it promises nothing of that."""
    listed_closed: str | None = None
    """The same while it is closed."""
    not_sure: Expression | None = None
    """Answers of "Not sure" that bring it up as well."""
    opening_unsure: Mapping[Country, str] = field(default_factory=dict)
    """What it opens with after one of those."""
    outranks: tuple[str, ...] = ()
    """Ids of the pages that do not show when it does."""
    asks: tuple[str, ...] = ()
    """Ids of questions, of which it asks the one of the form at hand."""
    carry_on: str | None = "Save and carry on"
    """The button that goes on; a page without one ends the form."""
    stop_here: str | None = "Stop here for today"
    """The button that stops for today."""
    of_typed_number: bool = False
    """Whether it waits until a number far from usual was confirmed."""

    @property
    def calls(self) -> Expression:
        """Every answer that calls for it: yes, or not sure."""
        return self.when if self.not_sure is None else any_of(self.when, self.not_sure)

    def unsure(self, reading: Reading) -> bool:
        """Whether only an "Not sure" calls for it."""
        return self.when.truth(reading) is not True and self.calls.truth(reading) is True

    def said(self, country: Country, *, unsure: bool) -> str:
        """What it opens with."""
        return (self.opening_unsure if unsure else self.opening)[country]

    def afterwards(self, country: Country, *, unsure: bool) -> tuple[str, ...]:
        """What later pages say of it: what to do where it has such lines, else what it opened with."""
        lines = tuple(text for text in (self.act_now.get(country), self.act_today.get(country)) if text)
        return lines or (self.said(country, unsure=unsure),)

    @property
    def has_buttons(self) -> bool:
        """Whether it has a button to go on or to stop."""
        return bool(self.carry_on or self.stop_here)

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
