"""From frozen flags to what a clinician reads: cards, strongest first. Plain Python.

A card groups the flags of one subject. Nothing is judged again here: levels, outcomes and the patient's words are
those that were stored when the form was sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.questionnaire.whole import WHOLE
from app.screening.asking import Line, lines
from app.screening.cards import CARDS
from app.screening.levels import LEVEL_ORDER, Level
from app.screening.rulebook import RULEBOOK
from app.screening.settling import (
    FOR_UNKNOWN,
    MUST_SETTLE,
    WAITS_FOR_ANSWER,
    Reason,
    reason_stored,
    reasons_for,
)
from app.screening.sources import SOURCES
from app.screening.standing import Mark


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a flag was settled: by whom (a name), when, the reason's words, the note; the reason's code as stored."""

    by: str
    at: datetime
    reason: str
    note: str
    clears: bool
    code: str = ""


@dataclass(frozen=True, slots=True)
class StoredFlag:
    """A flag as it is stored, opened. `evidence` and `settlements` are as in the table; newest settlement last."""

    id: UUID
    revision: int
    rule: str
    level: Level
    card: str
    raised: bool
    open: bool
    evidence: Mapping[str, Any]
    settlements: tuple[Settlement, ...] = ()
    broken: bool = False
    """Its evidence or a note of it cannot be read: the rest is what its row says."""

    @property
    def unknown(self) -> tuple[str, ...]:
        """The facts that leave it undecided."""
        return tuple(self.evidence.get("unknown") or ())

    @property
    def ask(self) -> str | None:
        """The rule's own sentence for the to-ask list."""
        return self.evidence.get("ask")

    @property
    def held(self) -> Settlement | None:
        """How it stands settled, if that keeps "suitable" blocked."""
        last = self.settlements[-1] if self.settlements and not self.open else None
        return last if last and not last.clears else None

    @property
    def carried(self) -> bool:
        """Whether a condition may carry it: it is not known, may be grave, and somebody still looks for the answer."""
        waits = self.open or (self.held is not None and self.held.code in WAITS_FOR_ANSWER)
        return not self.raised and self.level in MUST_SETTLE and waits

    def mark(self) -> Mark:
        """What counts of it in the queue."""
        return Mark(
            self.rule,
            self.card,
            self.level,
            self.raised,
            self.open,
            self.unknown,
            self.ask,
            self.held is not None,
        )


@dataclass(frozen=True, slots=True)
class QuotedAnswer:
    """An answer in the patient's words. `anchor` is the question's id when its answer is on the page."""

    question: str
    words: str
    anchor: str | None


@dataclass(frozen=True, slots=True)
class FlagView:
    """One flag as it is shown. `changed`: the patient changed the answer after the alert was raised."""

    id: UUID
    revision: int
    rule: str
    level: Level
    title: str
    evidence: str
    evidence_kind: str
    rationale: str
    action: str
    sources: tuple[str, ...]
    because: tuple[QuotedAnswer, ...]
    changed: bool
    broken: bool
    open: bool
    must_settle: bool
    reasons: tuple[Reason, ...]
    settlements: tuple[Settlement, ...]

    @property
    def settled(self) -> Settlement | None:
        """How it stands settled."""
        return self.settlements[-1] if self.settlements and not self.open else None

    @property
    def held(self) -> bool:
        """Whether how it stands settled clears nothing: "suitable" stays blocked, and it never looks done."""
        return not self.open and self.must_settle and not (self.settled and self.settled.clears)


@dataclass(frozen=True, slots=True)
class Card:
    """The flags of one subject. `open` are those that are open or only held, `settled` those that are cleared;
    `level` is the strongest open one's, or the strongest settled one's when none is open.
    """

    id: str
    name: str
    level: Level
    open: tuple[FlagView, ...]
    settled: tuple[FlagView, ...]

    @property
    def flags(self) -> tuple[FlagView, ...]:
        """All of them, the open ones first."""
        return self.open + self.settled

    @property
    def titles(self) -> str:
        """The titles of the open ones, in one line."""
        return "; ".join(flag.title for flag in self.open)

    def has_settled(self, flag_id: UUID | None) -> bool:
        """Whether the flag of this id is among the settled ones."""
        return any(flag.id == flag_id for flag in self.settled)


def cards(flags: Iterable[StoredFlag]) -> tuple[Card, ...]:
    """The cards of the raised flags: those with something open first, strongest first."""
    by_card: dict[str, list[FlagView]] = {}
    for flag in sorted(flags, key=lambda flag: (LEVEL_ORDER[flag.level], flag.rule)):
        if flag.raised:
            by_card.setdefault(flag.card, []).append(_view(flag))
    made = [_card(name, views) for name, views in by_card.items()]
    return tuple(sorted(made, key=lambda card: (not card.open, LEVEL_ORDER[card.level])))


def _card(name: str, views: Sequence[FlagView]) -> Card:
    still = tuple(view for view in views if view.open or view.held)
    settled = tuple(view for view in views if not (view.open or view.held))
    return Card(name, CARDS.get(name, name), (still or settled)[0].level, still, settled)


def _view(flag: StoredFlag) -> FlagView:
    rule = RULEBOOK.by_slug.get(flag.rule)
    return FlagView(
        id=flag.id,
        revision=flag.revision,
        rule=flag.rule,
        level=flag.level,
        title=title_of(flag.rule),
        evidence=rule.evidence.word if rule else "No evidence on record",
        evidence_kind=rule.evidence.value if rule else "",
        rationale=rule.rationale if rule else "This rule is no longer in the rulebook.",
        action=rule.action if rule else "",
        sources=tuple(SOURCES[key].citation for key in rule.sources) if rule else (),
        because=tuple(_said(one) for one in flag.evidence.get("because") or ()),
        changed=bool(flag.evidence.get("changed")),
        broken=flag.broken,
        open=flag.open,
        must_settle=flag.level in MUST_SETTLE,
        reasons=reasons_for(flag.rule, flag.card) if flag.raised else FOR_UNKNOWN,
        settlements=flag.settlements,
    )


def _said(one: Mapping[str, Any]) -> QuotedAnswer:
    question = WHOLE.questions.get(one["question"])
    return QuotedAnswer(
        question.text if question else one["question"], one["words"], question.id if question else None
    )


def titles(rules: Iterable[str]) -> str:
    """The titles of some rules, in one line."""
    return "; ".join(map(title_of, rules))


def title_of(slug: str) -> str:
    """A rule's title; its slug when it is no longer in the rulebook."""
    rule = RULEBOOK.by_slug.get(slug)
    return rule.title if rule else slug


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A flag in the way of "suitable", and how it stands in words. `anchor` is its card, or its line of the script.

    `unknown`: it waits for an answer; `open`: it is not settled; `carried`: a condition may carry it.
    """

    rule: str
    title: str
    words: str
    anchor: str
    unknown: bool
    open: bool
    carried: bool


def obstacles(flags: Iterable[StoredFlag]) -> list[Obstacle]:
    """Why nobody can be marked suitable yet: flags that are open, or settled by not going on, strongest first.

    One that could not be decided stands in the way as one that is raised does: an unknown is never a no.
    """
    every = list(flags)
    anchors = {rule: f"ask-{line.key}" for line in reversed(to_ask_lines(every)) for rule in line.rules}
    told = []
    for flag in sorted(every, key=lambda flag: (LEVEL_ORDER[flag.level], flag.rule)):
        if not flag.mark().stands_in_the_way:
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


def to_ask_lines(flags: Iterable[StoredFlag]) -> tuple[Line, ...]:
    """The lines of the flags that could not be decided, settled or not."""
    return lines(flag for flag in flags if not flag.raised)


def carriable_lines(flags: Iterable[StoredFlag]) -> tuple[Line, ...]:
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


def settlement(rule: str, card: str, by: str, at: datetime, code: str, note: str) -> Settlement:
    """A settlement as stored, in words. A reason that is on no list any more keeps its code, and clears nothing."""
    known = reason_stored(rule, card, code)
    return Settlement(by, at, known.words if known else code, note, known.clears if known else False, code)
