"""Kinds of picks that hardly go with what is picked elsewhere: the patient is asked whether both are right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..answers import Answer
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
    """Options of the other question."""
    told: str
    """Both answers, said back."""

    def words(self, answer: Answer, answers: Mapping[str, Answer]) -> str | None:
        """What to ask about; None where the answers go together."""
        both = _picked(answer).intersection(self.own) and _picked(answers.get(self.other)).intersection(
            self.others
        )
        return self.told if both else None


def _picked(answer: Answer) -> set[str]:
    """The options that were picked, of an answer in any shape."""
    if isinstance(answer, dict):
        return {code for code, said in answer.items() if said == "yes"}
    return {answer} if isinstance(answer, str) else set(answer or ())


@dataclass(frozen=True, slots=True)
class DoubtedChoice(Choice):
    """Pick one, that hardly goes with what may be picked elsewhere."""

    doubt: Doubt | None = None
    """What it hardly goes with."""

    def soft(self, question: Question, answer: Answer, answers: Mapping[str, Answer]) -> str | None:
        return self.doubt.words(answer, answers) if self.doubt else None

    def beside(self) -> tuple[str, ...]:
        return (self.doubt.other,) if self.doubt else ()


@dataclass(frozen=True, slots=True)
class DoubtedChoices(Choices):
    """Pick all that apply, of which some hardly go with what may be picked elsewhere."""

    doubt: Doubt | None = None
    """What they hardly go with."""

    def soft(self, question: Question, answer: Answer, answers: Mapping[str, Answer]) -> str | None:
        return self.doubt.words(answer, answers) if self.doubt else None

    def beside(self) -> tuple[str, ...]:
        return (self.doubt.other,) if self.doubt else ()
