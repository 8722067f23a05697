"""An act: who does something, when, under which terms, and in which transaction."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.core.access import Actor
from app.questionnaire.countries import Country
from app.questionnaire.interruption import Limits
from app.questionnaire.wording import Translate
from app.screening.rulebook import RULEBOOK
from app.screening.rules import DEFAULT_RULES, ClinicRules


@dataclass(frozen=True, slots=True)
class Terms:
    """The clinic's settings that a form is asked and judged by, and the language of its pages."""

    jurisdiction: Country = Country.US
    """The country of the clinic."""
    minimum_age: int = 18
    """In years."""
    rules: ClinicRules = DEFAULT_RULES
    """The clinic's settings of rules."""
    locale: str = "en"
    """The locale of the pages: "en", "en_GB" or "es"."""
    translate: Translate = str
    """Translates into that language."""
    closes: datetime | None = None
    """When the clinic closes, aware; None while it is closed."""
    opens: datetime | None = None
    """When the clinic opens next, aware; None where no clinic is set."""

    @property
    def limits(self) -> Limits:
        """The numbers that bring a help page up, those of a rule as the clinic set them."""
        rule = RULEBOOK.by_slug["blood-pressure-crisis"]
        pressure = rule.defaults | dict(self.rules.parameters.get(rule.slug, {}))
        return Limits(self.minimum_age, pressure["systolic_crisis"], pressure["diastolic_crisis"])


@dataclass(frozen=True, slots=True)
class Act:
    """One act of one actor. Services take it first; it is made at the edge, once for each request, job or command."""

    session: Session
    """The session of the transaction that the act is part of. Services never commit it."""
    actor: Actor
    """Who acts."""
    now: datetime
    """Aware, in UTC."""
    today: date
    """The date at the clinic."""
    terms: Terms = field(default_factory=Terms)
    """The clinic's terms."""

    def by(self, actor: Actor) -> Act:
        """The same act, done by another actor."""
        return replace(self, actor=actor)
