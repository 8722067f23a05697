"""Kinds of picks that hardly go with what is picked elsewhere: the patient is asked whether both are right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..answers import Answer, is_blank
from .picks import Choice, Choices

if TYPE_CHECKING:
    from ..pages import Question


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two answers that hardly go together, so that the patient is asked whether both are right. Nothing is refused."""

    own: tuple[str, ...]
    """Options of the question that has it."""
    other: str
    """The id of the other question."""
    others: tuple[str, ...]
    """Options of the other question; none where any answer to it is meant, as to a list."""
    told: str
    """Both answers, said back."""

    def words(self, answer: Answer, answers: Mapping[str, Answer]) -> str | None:
        """What to ask about; None where the answers go together."""
        if not _picked(answer).intersection(self.own):
            return None
        other = answers.get(self.other)
        given = _picked(other).intersection(self.others) if self.others else not is_blank(other)
        return self.told if given else None


def _first(doubts: tuple[Doubt, ...], answer: Answer, answers: Mapping[str, Answer]) -> str | None:
    return next((words for doubt in doubts if (words := doubt.words(answer, answers))), None)


def _others(doubts: tuple[Doubt, ...]) -> tuple[str, ...]:
    return tuple(doubt.other for doubt in doubts)


def _picked(answer: Answer) -> set[str]:
    """The options that were picked, of an answer in any shape."""
    if isinstance(answer, dict):
        return {code for code, said in answer.items() if said == "yes"}
    return {answer} if isinstance(answer, str) else set(answer or ())


@dataclass(frozen=True, slots=True)
class DoubtedChoice(Choice):
    """Pick one, that hardly goes with what may be picked elsewhere."""

    doubts: tuple[Doubt, ...] = ()
    """What it hardly goes with."""

    def soft(self, question: Question, answer: Answer, answers: Mapping[str, Answer]) -> str | None:
        return _first(self.doubts, answer, answers)

    def beside(self) -> tuple[str, ...]:
        return _others(self.doubts)


@dataclass(frozen=True, slots=True)
class DoubtedChoices(Choices):
    """Pick all that apply, of which some hardly go with what may be picked elsewhere."""

    doubts: tuple[Doubt, ...] = ()
    """What they hardly go with."""

    def soft(self, question: Question, answer: Answer, answers: Mapping[str, Answer]) -> str | None:
        return _first(self.doubts, answer, answers)

    def beside(self) -> tuple[str, ...]:
        return _others(self.doubts)
