"""Which help pages the answers of a form call for."""

from __future__ import annotations

from collections.abc import Mapping

from .conditions import Expression
from .interruption import USUAL, Interruption, Limits, pressure_crisis, too_young
from .interruptions import INTERRUPTIONS
from .pages import Questionnaire
from .reading import Reading

BY_ID: Mapping[str, Interruption] = {interruption.id: interruption for interruption in INTERRUPTIONS}


_BY_LIMITS = {"under_age": too_young, "pressure_crisis": pressure_crisis}


def trigger_of(interruption: Interruption, limits: Limits = USUAL) -> Expression:
    """The condition under which an interruption is shown, with the clinic's own limits in it."""
    by_limits = _BY_LIMITS.get(interruption.id)
    return by_limits(limits) if by_limits else interruption.calls


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
