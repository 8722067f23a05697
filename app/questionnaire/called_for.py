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


def condition(interruption: Interruption, limits: Limits = USUAL) -> Expression:
    """What brings a help page up, with the clinic's own limits in."""
    by_limits = _BY_LIMITS.get(interruption.id)
    return by_limits(limits) if by_limits else interruption.calls


def fired(form: Questionnaire, reading: Reading, limits: Limits = USUAL) -> tuple[Interruption, ...]:
    """The interruptions that answers of this form call for, those outranked left out.

    What was told in a form before had its help then.
    """
    found = [i for i in INTERRUPTIONS if _told_in(form, condition(i, limits), reading)]
    outranked = {other for interruption in found for other in interruption.outranks}
    return tuple(interruption for interruption in found if interruption.id not in outranked)


def _told_in(form: Questionnaire, called_for: Expression, reading: Reading) -> bool:
    """Whether it holds, by an answer of this form."""
    return called_for.truth(reading) is True and any(
        name in form.questions for name in called_for.because(reading, True)
    )
