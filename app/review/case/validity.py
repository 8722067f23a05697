"""Until when a screening holds, and what the same answers come to when it does no more. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.models import Screening, unseal
from app.questionnaire.reading import Reading
from app.records import judging
from app.review.case.cards import StoredFlag, title_of
from app.screening.rules import ClinicRules


@dataclass(frozen=True, slots=True)
class ScreeningValidity:
    """`until` is the last day, `then` the rules that come out otherwise after it, by title.

    `today` is what that comes to, once the day is over.
    """

    until: date
    then: tuple[str, ...]
    today: ValidityChanges | None


@dataclass(frozen=True, slots=True)
class ValidityChanges:
    """How today's word on the same answers differs from the one stored, by the titles of rules."""

    come_up: tuple[str, ...]
    gone: tuple[str, ...]
    not_known: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether it does not differ."""
        return not (self.come_up or self.gone or self.not_known)


def read_validity(
    session: Session,
    screening: Screening | None,
    flags: Sequence[StoredFlag],
    reading: Reading,
    today: date,
    rules: ClinicRules,
    part: int | str,
) -> ScreeningValidity | None:
    """Until when a screening holds; None when that was not stored with it. `reading` is of the day it was made on."""
    stored = unseal(session, screening, "sealed_validity") if screening else None
    if stored is None:
        return None
    until = date.fromisoformat(stored["until"])
    since = _since(flags, reading, today, rules, part) if today > until else None
    return ScreeningValidity(until, _titles(stored["changes"]), since)


def _since(
    flags: Sequence[StoredFlag], reading: Reading, today: date, rules: ClinicRules, part: int | str
) -> ValidityChanges:
    told, where = reading.kept(), reading.jurisdiction
    asked = judging.judge(judging.submitted(told, today, where, part, reading.due, reading.on), rules)
    raised = [one.rule.slug for one in asked.screening.raised]
    unknown = [one.rule.slug for one in asked.screening.undetermined]
    # One whose answer was changed since is kept for a person to settle: the answers raise it no more.
    before = [flag.rule for flag in flags if flag.raised and not flag.evidence.get("changed")]
    open_before = {flag.rule for flag in flags if not flag.raised}
    return ValidityChanges(
        come_up=_titles(rule for rule in raised if rule not in before),
        gone=_titles(rule for rule in before if rule not in {*raised, *unknown}),
        not_known=_titles(rule for rule in unknown if rule not in open_before),
    )


def _titles(rules: Iterable[str]) -> tuple[str, ...]:
    return tuple(title_of(rule) for rule in rules)
