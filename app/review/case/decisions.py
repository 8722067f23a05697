"""The decisions about a case, as its page shows them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.models import Case, Decision
from app.review.case.flags import titles
from app.review.case.obstacles import Obstacle
from app.review.case.stored import CONDITIONS_UNREAD, conditions_of, note_of
from app.review.words import OUTCOME_WORDS
from app.screening.workflow import Outcome, Status


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision, opened and in words."""

    outcome: str
    """What was decided, in words."""
    suitable: bool
    """Whether it is for treatment, with conditions or without."""
    note: str
    """The note with it; may be ""."""
    conditions: tuple[tuple[str, str], ...]
    """Each with what was not known: (titles of rules, condition)."""
    carried: frozenset[str]
    """Slugs of the rules that its conditions name."""
    readable: bool
    """Whether its conditions can be read."""
    by: str
    """The name of who decided."""
    at: datetime
    """When it was decided, aware."""
    stands: bool
    """Whether it is in force: false once a later decision or answers from a call ended it."""
    by_call: bool
    """Whether answers from a call ended it."""

    @property
    def ended_by(self) -> str:
        """What ended it, in words; "" while it stands."""
        if self.by_call:
            return "answers from a call"
        return "" if self.stands else "a later decision"


def outcomes() -> tuple[tuple[str, str], ...]:
    """What can be decided: code and words."""
    return tuple((outcome.value, OUTCOME_WORDS[outcome]) for outcome in Outcome)


def overlooked(
    case: Case, decisions: Iterable[DecisionView], blocked: Iterable[Obstacle]
) -> Iterator[Obstacle]:
    """What waits for an answer though the decision in force is for treatment, and none of its conditions names it.

    Decisions of the time when an unknown blocked nothing are kept as they were made.
    """
    if case.status is not Status.DECIDED:
        return
    carried = {rule for one in decisions if one.stands for rule in one.carried}
    if any(one.stands and one.suitable for one in decisions):
        yield from (one for one in blocked if one.unknown and one.rule not in carried)


def decision_view(
    session: Session, decision: Decision, names: Mapping[UUID, str], calls: Collection[datetime]
) -> DecisionView:
    """A decision, opened. `names` are those of staff, by id; `calls` the times when answers from a call were stored."""
    conditions = conditions_of(session, decision)
    return DecisionView(
        outcome=OUTCOME_WORDS[decision.outcome],
        suitable=decision.outcome is not Outcome.NOT_SUITABLE_NOW,
        note=note_of(session, decision),
        conditions=tuple((titles(one["rules"]), one["condition"]) for one in conditions),
        carried=frozenset(rule for one in conditions for rule in one["rules"]),
        readable=all(one["condition"] != CONDITIONS_UNREAD for one in conditions),
        by=names.get(decision.made_by, ""),
        at=decision.made_at,
        stands=decision.invalidated_at is None,
        by_call=decision.invalidated_at in calls,
    )
