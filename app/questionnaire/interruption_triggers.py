"""Which help pages the answers of a form call for."""

from __future__ import annotations

from collections.abc import Mapping

from .answers import Answer
from .conditions import Expression, Has, In, walk
from .interruption import USUAL, Interruption, Limits, pressure_crisis, too_young
from .interruptions import INTERRUPTIONS
from .kinds import Choices, Posted
from .pages import Question, Questionnaire
from .reading import Reading

BY_ID: Mapping[str, Interruption] = {interruption.id: interruption for interruption in INTERRUPTIONS}


_BY_LIMITS = {"under_age": too_young, "pressure_crisis": pressure_crisis}


def trigger_of(interruption: Interruption, limits: Limits = USUAL) -> Expression:
    """The condition under which an interruption is shown, with the clinic's own limits in it."""
    by_limits = _BY_LIMITS.get(interruption.id)
    return by_limits(limits) if by_limits else interruption.calls


def _options_that_call() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for interruption in INTERRUPTIONS:
        for part in walk(interruption.calls):
            if isinstance(part, In | Has):
                found[part.name] = (*found.get(part.name, ()), *part.wanted)
    return found


_CALLING: Mapping[str, tuple[str, ...]] = _options_that_call()
"""By question id, the options that call for help when picked, in the order of the help pages, "Not sure" last."""


def picked_danger(question: Question, posted: Posted) -> Answer:
    """What calls for help among the options posted for a question, as an answer without the others; None for nothing.

    So danger counts also where it was picked together with what denies it, and the answer as a whole is refused.
    """
    picked = posted.get(question.id, ())
    danger = [code for code in _CALLING.get(question.id, ()) if code in picked]
    if isinstance(question.kind, Choices):
        return danger or None
    return danger[0] if danger else None


def triggered_interruptions(
    form: Questionnaire, reading: Reading, limits: Limits = USUAL
) -> tuple[Interruption, ...]:
    """The interruptions that answers of this form call for, those outranked left out.

    An answer of an earlier form calls for none: it had its help in that form.
    """
    found = [i for i in INTERRUPTIONS if is_triggered(i, form, reading, limits)]
    outranked = {other for interruption in found for other in interruption.outranks}
    return tuple(interruption for interruption in found if interruption.id not in outranked)


def is_triggered(
    interruption: Interruption, form: Questionnaire, reading: Reading, limits: Limits = USUAL
) -> bool:
    """Whether an answer of this form calls for an interruption, be it outranked or not."""
    trigger = trigger_of(interruption, limits)
    return trigger.truth(reading) is True and any(
        name in form.questions for name in trigger.because(reading, True)
    )
