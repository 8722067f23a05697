"""Until when a screening holds, and what the same answers come to when it does no more. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.act import Act
from app.models import Screening, unseal
from app.questionnaire.reading import Reading
from app.records import judging
from app.review.case.flags import StoredFlag, title_of


@dataclass(frozen=True, slots=True)
class ScreeningValidity:
    """Until when a screening holds, and what it comes to after that."""

    until: date
    """The last day."""
    then: tuple[str, ...]
    """Titles of the rules that come out otherwise from the next day on."""
    today: ValidityChanges | None
    """What the same answers come to today; None while the screening holds."""


@dataclass(frozen=True, slots=True)
class ValidityChanges:
    """How today's screening of the same answers differs from the one stored, by the titles of rules."""

    come_up: tuple[str, ...]
    """Raised now, and not before."""
    gone: tuple[str, ...]
    """Raised before, and clear now."""
    not_known: tuple[str, ...]
    """Undetermined now, and not before."""

    @property
    def same(self) -> bool:
        """Whether it does not differ."""
        return not (self.come_up or self.gone or self.not_known)


def read_validity(
    act: Act, screening: Screening | None, flags: Sequence[StoredFlag], reading: Reading, part: int | str
) -> ScreeningValidity | None:
    """Until when a screening holds; None when that was not stored with it.

    `reading` is of the day the screening was made on, `part` the part of the questionnaire that was sent. Raises one
    of damage.READ_ERRORS.
    """
    stored = unseal(act.session, screening, "sealed_validity") if screening else None
    if stored is None:
        return None
    until = date.fromisoformat(stored["until"])
    since = _changes(act, flags, reading, part) if act.today > until else None
    return ScreeningValidity(until, _titles(stored["changes"]), since)


def _changes(act: Act, flags: Sequence[StoredFlag], reading: Reading, part: int | str) -> ValidityChanges:
    answers, where = reading.kept(), reading.jurisdiction
    case = judging.submitted(answers, act.today, where, part, reading.due, reading.on)
    asked = judging.judge(case, act.terms.rules)
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
