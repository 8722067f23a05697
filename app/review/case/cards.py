"""From frozen flags to what a clinician reads: cards, strongest first. Plain Python.

A card groups the flags of one subject. Nothing is judged again here: levels, outcomes and the patient's words are
those that were stored when the form was sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.questionnaire.all_forms import WHOLE
from app.review.case.flags import Settlement, StoredFlag, title_of
from app.screening.cards import CARDS, SAFETY, card_place, flag_place
from app.screening.levels import Level
from app.screening.rulebook import RULEBOOK
from app.screening.settling import (
    FOR_UNKNOWN,
    MUST_SETTLE,
    Reason,
    reasons_for,
)
from app.screening.sources import SOURCES

CHANGED_BY = {
    "patient": "The patient changed this answer since",
    "call": "An answer written down on a call since no longer raises this",
}
"""Who changed the answers behind a flag, as stored in its evidence, in words."""


@dataclass(frozen=True, slots=True)
class QuotedAnswer:
    """An answer in the patient's words."""

    question: str
    """The question's wording."""
    words: str
    """The answer in words."""
    anchor: str | None
    """The question's id when its answer is on the page."""
    dropped: bool
    """Whether its question is not asked any more."""


@dataclass(frozen=True, slots=True)
class FlagView:
    """One flag as it is shown."""

    id: UUID
    """The flag's id."""
    revision: int
    """Posted with a change of the flag, which is refused when it has another by then."""
    rule: str
    """The slug of its rule."""
    level: Level
    """How soon it asks for a person."""
    title: str
    """The title of its rule."""
    evidence: str
    """What the rule rests on, in words."""
    evidence_kind: str
    """The same as a code."""
    rationale: str
    """Why the rule is there."""
    action: str
    """What to do."""
    sources: tuple[str, ...]
    """Citations."""
    because: tuple[QuotedAnswer, ...]
    """The answers that raised it."""
    changed: str
    """That the answers raise it no more, or are others now, and by whom; "" while they are the same."""
    broken: bool
    """Whether part of it cannot be read."""
    open: bool
    """Whether it is not settled."""
    must_settle: bool
    """Whether it blocks "suitable" until it is settled."""
    reasons: tuple[Reason, ...]
    """Those it can be settled with."""
    settlements: tuple[Settlement, ...]
    """Oldest first."""

    @property
    def settled(self) -> Settlement | None:
        """The settlement in force; None while it is open."""
        return self.settlements[-1] if self.settlements and not self.open else None

    @property
    def held(self) -> bool:
        """Whether the settlement in force clears nothing: "suitable" stays blocked, and it never looks done."""
        return not self.open and self.must_settle and not (self.settled and self.settled.clears)


@dataclass(frozen=True, slots=True)
class Card:
    """The flags of one subject."""

    id: str
    """The card's id, which is its anchor on the page."""
    name: str
    """The subject, in words."""
    level: Level
    """The strongest open flag's, or the strongest settled one's when none is open."""
    open: tuple[FlagView, ...]
    """Those that are open, or settled with a reason that keeps them in the way."""
    settled: tuple[FlagView, ...]
    """Those that are cleared."""

    @property
    def flags(self) -> tuple[FlagView, ...]:
        """All of them, the open ones first."""
        return self.open + self.settled

    @property
    def folds(self) -> bool:
        """Whether it may stand folded where its flags are for the clinician's judgement."""
        return self.id not in SAFETY

    @property
    def titles(self) -> str:
        """The titles of the open ones, in one line."""
        return "; ".join(flag.title for flag in self.open)

    @property
    def settlement(self) -> Settlement | None:
        """The settlement in force of the first one that is cleared; None when there is none."""
        return self.settled[0].settled if self.settled else None

    def has_settled(self, flag_id: UUID | None) -> bool:
        """Whether the flag of this id is among the settled ones."""
        return any(flag.id == flag_id for flag in self.settled)


def cards(
    flags: Iterable[StoredFlag], shown: Mapping[str, bool], *, confirmed: bool = False
) -> tuple[Card, ...]:
    """The cards of the raised flags: those with something open first, strongest first.

    `shown`: by question whose answer the page would show, whether it is asked of this patient. `confirmed`: somebody at
    the clinic signed the rulebook.
    """
    by_card: dict[str, list[FlagView]] = {}
    for flag in sorted(flags, key=lambda flag: flag_place(flag.level, flag.card, flag.rule)):
        if flag.raised:
            by_card.setdefault(flag.card, []).append(_view(flag, shown, confirmed))
    made = [_card(name, views) for name, views in by_card.items()]
    return tuple(sorted(made, key=lambda card: (not card.open, card_place(card.level, card.id))))


def _card(name: str, views: Sequence[FlagView]) -> Card:
    still = tuple(view for view in views if view.open or view.held)
    settled = tuple(view for view in views if not (view.open or view.held))
    return Card(name, CARDS.get(name, name), (still or settled)[0].level, still, settled)


def _view(flag: StoredFlag, shown: Mapping[str, bool], confirmed: bool) -> FlagView:
    rule = RULEBOOK.by_slug.get(flag.rule)
    return FlagView(
        id=flag.id,
        revision=flag.revision,
        rule=flag.rule,
        level=flag.level,
        title=title_of(flag.rule),
        evidence=rule.evidence.word(confirmed=confirmed) if rule else "No evidence on record",
        evidence_kind=rule.evidence.value if rule else "",
        rationale=rule.rationale if rule else "This rule is no longer in the rulebook.",
        action=rule.action if rule else "",
        sources=tuple(SOURCES[key].citation for key in rule.sources) if rule else (),
        because=tuple(_quoted(one, shown) for one in flag.evidence.get("because") or ()),
        changed=_changed(flag.evidence),
        broken=flag.broken,
        open=flag.open,
        must_settle=flag.level in MUST_SETTLE,
        reasons=reasons_for(flag.rule, flag.card) if flag.raised else FOR_UNKNOWN,
        settlements=flag.settlements,
    )


def _changed(evidence: Mapping[str, Any]) -> str:
    if not evidence.get("changed"):
        return ""
    return CHANGED_BY.get(evidence.get("changed_by") or "", "The answers no longer raise this")


def _quoted(one: Mapping[str, Any], shown: Mapping[str, bool]) -> QuotedAnswer:
    question = WHOLE.questions.get(one["question"])
    if question is None:
        return QuotedAnswer(one["question"], one["words"], None, dropped=False)
    on_page = shown.get(question.id)
    return QuotedAnswer(
        question.text, one["words"], question.id if on_page else None, dropped=on_page is False
    )
