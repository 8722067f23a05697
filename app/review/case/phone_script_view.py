"""The phone script: what is still to be asked, and where each answer goes. Plain Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.answers import Answer
from app.questionnaire.kinds import Group
from app.questionnaire.pages import Page, Question
from app.review.case.flags import Settlement
from app.screening.levels import Level
from app.screening.settling import MUST_SETTLE
from app.screening.source_questions import item_of, items_of, question_of

ORDER: Mapping[str, int] = MappingProxyType(
    {
        name: number
        for number, name in enumerate(
            name for one in WHOLE.questions for name in (one, *(f"{one}-{item}" for item in items_of(one)))
        )
    }
)
"""The order of all questions on the forms, and of the items of their lists, by id."""


@dataclass(frozen=True, slots=True)
class ScriptQuestion:
    """A question of the script, or an item of a list that is asked by itself, with its place."""

    ask: Question
    """The question as it is put on a call: its wording is read aloud, and is that of its field."""
    words: str
    """Its answer until now, in words."""
    answer: Answer = None
    """The same as it is stored; None where there is none, or it is no definite one."""
    entries: tuple[tuple[str, bool], ...] = ()
    """The entries of a list until now, in words, and whether all of each is clear."""
    condition: str | None = None
    """When it is asked, as JSON for the page's own script; None when it is asked now."""

    @property
    def id(self) -> str:
        """The id of its place."""
        return self.ask.id

    def gone_names(self) -> list[str]:
        """The names that say of each entry until now that it is to be taken off the list."""
        kind = self.ask.kind
        columns = kind.entries[:1] if isinstance(kind, Group) else ()
        return [one.at(self.id, index).exit_name for one in columns for index in range(len(self.entries))]

    @property
    def question(self) -> str:
        """The id of the question that it is, or is an item of."""
        return question_of(self.id)

    @property
    def item(self) -> str:
        """The item of a list; "" for a whole question."""
        return item_of(self.id)


@dataclass(frozen=True, slots=True)
class WaitingRule:
    """A rule that waits for the answer."""

    title: str
    """The title of the rule."""
    level: Level
    """What it would come to."""
    settled: Settlement | None
    """How it was settled without an answer; None when it was not."""


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """A line of the script: one thing to ask."""

    key: str
    """The line's id, which its form fields begin with."""
    instruction: str
    """What the caller does besides asking; "" for nothing."""
    level: Level
    """The strongest level of the rules that wait."""
    waits: tuple[WaitingRule, ...]
    """The rules that wait for its answer."""
    fields: tuple[ScriptQuestion, ...]
    """The questions that this line asks."""
    above: tuple[tuple[str, str], ...]
    """Its questions that an earlier line asks: id and wording."""
    flags: tuple[tuple[UUID, int], ...]
    """The flags that can be settled without an answer, with their revisions: those that are open or still in the way,
    or all when none is.
    """
    open: bool
    """Whether a rule of it is neither answered nor settled."""
    also: tuple[ScriptLine, ...] = ()
    """The lines that the same answers settle, and so ask nothing of their own."""

    def in_order(self) -> list[tuple[str, str, ScriptQuestion | None]]:
        """Its questions in the order of the form, so that the first stands before what follows from it: id and
        wording, and the place; None for one that an earlier line asks.
        """
        own = [(place.id, place.ask.text, place) for place in self.fields]
        earlier = [(name, label, None) for name, label in self.above]
        return sorted([*own, *earlier], key=lambda one: ORDER[one[0]])

    @property
    def titles(self) -> str:
        """The titles of the rules that wait, in one line."""
        return "; ".join(one.title for one in self.waits)

    @property
    def settlements(self) -> list[Settlement]:
        """How rules that wait were settled without an answer: each act once, though it settled several."""
        found: dict[datetime, Settlement] = {}
        for one in self.waits:
            if one.settled:
                found.setdefault(one.settled.at, one.settled)
        return list(found.values())

    @property
    def in_the_way(self) -> bool:
        """Whether "suitable" is blocked until it is answered or settled."""
        return any(
            one.level in MUST_SETTLE and (one.settled is None or not one.settled.clears) for one in self.waits
        )


@dataclass(frozen=True, slots=True)
class ScriptSection:
    """The lines about one subject, in the order its questions are asked on the form."""

    name: str
    """The subject, in words."""
    asks: tuple[ScriptLine, ...]
    """Its lines."""


@dataclass(frozen=True)
class Script:
    """The whole phone script."""

    sections: tuple[ScriptSection, ...] = ()
    """Its parts, in order."""

    def asks(self) -> Iterator[ScriptLine]:
        """All its lines, in the order shown."""
        for section in self.sections:
            for ask in section.asks:
                yield ask
                yield from ask.also

    def places(self) -> dict[str, ScriptQuestion]:
        """Every question of it, in the order of the form."""
        found = {place.id: place for ask in self.asks() for place in ask.fields}
        return dict(sorted(found.items(), key=lambda item: ORDER[item[0]]))

    def page(self) -> Page:
        """Its whole questions as one page, to be read as such."""
        return Page("ask", "", tuple(place.ask for place in self.places().values() if not place.item))

    def form_names(self) -> dict[str, ScriptQuestion]:
        """Each name that its fields post, with the place it belongs to."""
        return {
            name: place
            for place in self.places().values()
            for name in (*place.ask.form_names(), *place.gone_names())
        }

    def has(self, key: str | None) -> bool:
        """Whether there is a line of this key."""
        return any(ask.key == key for ask in self.asks())

    def count(self) -> int:
        """How many lines are open, or still in the way."""
        return sum(ask.open or ask.in_the_way for ask in self.asks())
