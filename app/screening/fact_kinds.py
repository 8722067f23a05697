"""The kinds of fact, and how each is worked out from the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from ..questionnaire.answers import STATES, Answer, is_blank
from ..questionnaire.conditions import NONE, Expression, NoValue, Truth
from ..questionnaire.kinds import Kind, Scale
from .facts import Fact, Facts
from .logic import Band, DecidingAnswer


@dataclass(frozen=True, slots=True)
class Tri(Fact):
    """Yes, no or unknown."""

    kind: ClassVar[str] = "yes/no"
    when: Expression = None  # type: ignore[assignment] # always given
    """When it is yes."""
    unknown_if: Expression | None = None
    """When it is unknown, whatever `when` says; None for never."""

    def work_out(self, facts: Facts) -> Truth:
        if self.unknown_if is not None and self.unknown_if.truth(facts) is True:
            return None
        return self.when.truth(facts)

    def because(self, facts: Facts, outcome: bool, wanted: tuple[str, ...]) -> Iterator[str | DecidingAnswer]:
        yield from self.when.because(facts, outcome)


@dataclass(frozen=True, slots=True)
class Recent(Tri):
    """A yes that holds for some days after the answer to `question` was given. Then it says nothing about today: it is
    unknown.
    """

    moves: ClassVar[bool] = True
    question: str = ""
    """The id of the question whose answer has a date."""
    days: int = 0
    """How many days after that a yes holds."""

    def work_out(self, facts: Facts) -> Truth:
        truth = Tri.work_out(self, facts)
        grown_old = truth and facts.age > self.days and facts.applies(self.question) is True
        return None if grown_old else truth


@dataclass(frozen=True, slots=True)
class AnsweredNumber(Fact):
    """A number question or derived name, in metric units; NONE when the question does not apply."""

    kind: ClassVar[str] = "number"
    unit: str = ""
    """The unit that it is counted in."""
    question: str = ""
    """The question's id, or a derived name."""
    unknown_if: Expression | None = None
    """When it is unknown, whatever was answered; None for never."""

    def work_out(self, facts: Facts) -> float | NoValue | None:
        if self.unknown_if is not None and self.unknown_if.truth(facts) is True:
            return None
        return facts.number(self.question)

    def because(self, facts: Facts, outcome: bool, wanted: tuple[str, ...]) -> Iterator[str | DecidingAnswer]:
        yield from facts.behind(self.question)


@dataclass(frozen=True, slots=True)
class Age(AnsweredNumber):
    """Whole years from the birth date to the day of judging."""

    moves: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class BodyMassIndex(Fact):
    """kg / m², not rounded. Unknown when either measure is."""

    kind: ClassVar[str] = "number"
    unit: str = "kg/m2"
    """The unit that it is counted in."""

    def work_out(self, facts: Facts) -> float | NoValue | None:
        return self.of(facts.number("height"), facts.number("weight"))

    def of(self, height: float | NoValue | None, weight: float | NoValue | None) -> float | None:
        """The index of a height in centimeters and a weight in kilograms."""
        if height is None or weight is None or isinstance(height, NoValue) or isinstance(weight, NoValue):
            return None
        return weight / (height / 100) ** 2

    def because(self, facts: Facts, outcome: bool, wanted: tuple[str, ...]) -> Iterator[str | DecidingAnswer]:
        yield from ("height", "weight")


@dataclass(frozen=True, slots=True)
class Score(Fact):
    """The total of an instrument, or one item of it (from 1)."""

    kind: ClassVar[str] = "number"
    unit: str = ""
    """Its lowest and highest score, such as "0-27"."""
    question: str = ""
    """The id of the question that asks the instrument."""
    item: int | None = None
    """The number of the item, from 1; None for the total."""

    def work_out(self, facts: Facts) -> float | NoValue | None:
        applies = facts.applies(self.question)
        if applies is not True:
            return NONE if applies is False else None
        kind = facts.reading.questionnaire.questions[self.question].kind
        return self.of(facts.value(self.question), kind)

    def of(self, scores: Answer, kind: Kind) -> float | None:
        """The total, or the item, of the answer to a scale of this kind. Raises TypeError for another kind."""
        if not isinstance(scores, list) or not scores:
            return None
        if self.item is not None:
            score: int | None = scores[self.item - 1]
            return score
        if not isinstance(kind, Scale):
            raise TypeError(f"{self.question} is no scale.")
        return kind.instrument.total(scores)

    def because(self, facts: Facts, outcome: bool, wanted: tuple[str, ...]) -> Iterator[str | DecidingAnswer]:
        yield from facts.behind(self.question)


@dataclass(frozen=True, slots=True)
class Days(Fact):
    """How many days ago, as a band per option. Options in `never` mean it did not happen.

    With time what happened lies further back. What may go on or come again (`recurs`), such as drug use or psychosis
    now, may also be as near as it was: only its far end moves.
    """

    kind: ClassVar[str] = "days"
    moves: ClassVar[bool] = True
    question: str = ""
    """The question's id."""
    bands: Mapping[str, Band] = None  # type: ignore[assignment] # always given
    """How many days ago each option says that it was, by its code."""
    never: tuple[str, ...] = ()
    """Codes of the options that say that it did not happen."""
    recurs: bool = False
    """Whether it may go on or come again, so that it may be as near as it was."""

    def work_out(self, facts: Facts) -> Band | NoValue | None:
        applies = facts.applies(self.question)
        if applies is not True:
            return NONE if applies is False else None
        answer = facts.value(self.question)
        if is_blank(answer):
            return None
        if answer in self.never:
            return NONE
        return self.aged(self.bands.get(str(answer)), facts.age)

    def aged(self, band: Band | NoValue | None, age: int) -> Band | NoValue | None:
        """The band of an answer that was given so many days ago."""
        if not isinstance(band, Band) or not age:
            return band
        high = None if band.high is None else band.high + age
        return Band(band.low if self.recurs else band.low + age, high)

    def because(self, facts: Facts, outcome: bool, wanted: tuple[str, ...]) -> Iterator[str | DecidingAnswer]:
        yield from facts.behind(self.question)


@dataclass(frozen=True, slots=True)
class OneOf(Fact):
    """One of several values, from the options of a question."""

    kind: ClassVar[str] = "one of"
    question: str = ""
    """The question's id."""
    values: Mapping[str, str] = None  # type: ignore[assignment] # always given
    """The value for each option, by its code."""

    def work_out(self, facts: Facts) -> str | None:
        answer = facts.value(self.question) if facts.applies(self.question) is True else None
        return None if is_blank(answer) or answer in STATES else self.values.get(str(answer))

    def because(self, facts: Facts, outcome: bool, wanted: tuple[str, ...]) -> Iterator[str | DecidingAnswer]:
        yield from facts.behind(self.question)


@dataclass(frozen=True, slots=True)
class Entered(Fact):
    """What staff entered when treatment is planned or on the day; unknown until then, and never from the form."""

    kind: ClassVar[str] = "entered by staff"
    values: tuple[str, ...] = ()
    """The choices of one of several; none for a yes/no fact or a number."""
    unit: str = ""
    """The unit of a number; "" for a fact that is none."""
    banded: bool = False
    """Whether it is a whole number, or a list [low, high] that it lies in; a high of null is no upper end."""
    or_none: bool = False
    """Whether it may be "none": there was never one."""

    def work_out(self, facts: Facts) -> Any:
        return self.of(facts.staff.get(self.key))

    def of(self, entered: Any) -> Any:
        """The value of what was entered; None for nothing."""
        if entered == "none":
            return NONE
        if isinstance(entered, list):
            return Band(*entered)
        return entered == "yes" if entered in ("yes", "no") else entered

    def because(self, facts: Facts, outcome: bool, wanted: tuple[str, ...]) -> Iterator[str | DecidingAnswer]:
        yield DecidingAnswer(self.key, facts.staff.get(self.key))

    def refusal(self, entered: object) -> str | None:
        """Why this cannot be what staff entered; None when it can."""
        if self.or_none and entered == "none":
            return None
        if self.banded:
            if _is_band(entered if isinstance(entered, list) else [entered, entered]):
                return None
            return f"must be a whole number from 0, or [low, high]{', or none' if self.or_none else ''}"
        if self.unit:
            sound = isinstance(entered, (int, float)) and not isinstance(entered, bool) and entered >= 0
            return None if sound else "must be a number from 0"
        allowed = self.values or ("yes", "no")
        return None if entered in allowed else f"must be {', '.join(allowed[:-1])} or {allowed[-1]}"


def _is_band(entered: list[Any]) -> bool:
    """Whether it is [low, high], in whole numbers from 0; a high of None is no upper end."""
    if len(entered) != 2:
        return False
    low, high = entered
    if high is None:
        high = low
    return type(low) is int and type(high) is int and 0 <= low <= high


@dataclass(frozen=True, slots=True)
class Computed(Fact):
    """Worked out from the medicine and allergy lists (see `lists`)."""

    kind: ClassVar[str] = "from lists"
    of: Callable[[Facts], Any] = None  # type: ignore[assignment] # always given
    """Works out its value from the other facts."""
    why: Callable[[Facts, tuple[str, ...]], Iterator[str | DecidingAnswer]] = None  # type: ignore[assignment] # always given
    """Names the words behind a member of its value."""

    def work_out(self, facts: Facts) -> Any:
        return self.of(facts)

    def because(self, facts: Facts, outcome: bool, wanted: tuple[str, ...]) -> Iterator[str | DecidingAnswer]:
        yield from self.why(facts, wanted)


@dataclass(frozen=True, slots=True)
class Mentioned(Fact):
    """Whether a free text mentions a subject that the patient did not tell where it is asked. Never unknown."""

    kind: ClassVar[str] = "mention"
    subject: str = ""
    """The subject that is looked for."""
    told: tuple[str, ...] = ()
    """Keys of the facts that, when yes, say the same."""

    def work_out(self, facts: Facts) -> bool:
        return self.subject in facts.mentioned() and not any(facts.fact(key) is True for key in self.told)

    def because(self, facts: Facts, outcome: bool, wanted: tuple[str, ...]) -> Iterator[str | DecidingAnswer]:
        yield from facts.mentioned().get(self.subject, ())
        for key in self.told:
            # The other side: what was asked about it, and denied.
            if facts.fact(key) is False:
                yield from facts.fact_because(key, False, ())
