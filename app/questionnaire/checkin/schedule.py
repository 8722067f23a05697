"""When check-ins follow a session, and which scales they ask for."""

from collections.abc import Mapping
from datetime import date

from ..reading import Reading

DAYS_AFTER = (1, 15)
"""Days after a session that a check-in is due: how it went, and two weeks later what came of it."""
HOUR = 10
"""Of the day, by the clinic's clocks, at which its link is mailed."""
SENT_WHEN = f"at {HOUR}:00, {' and '.join(str(days) for days in DAYS_AFTER)} days after the session"
OPEN_DAYS = 14
"""How long it can be filled in."""

SCALES: Mapping[str, tuple[str, str, int]] = {
    "phq9": ("fu_phq9", "scale_phq9", 14),
    "gad7": ("fu_gad7", "scale_gad7", 14),
    "peg": ("fu_peg", "scale_peg", 7),
}
"""Scale to its question in the check-in, the one asked before treatment, and the days that it looks back over."""


def due_scales(before: Reading, answered: Mapping[str, date]) -> list[str]:
    """The scales a check-in asks for, on the day of `before`, which reads what was told before treatment.

    Each that is asked of this person at all, once in the time it looks back over: `answered` is the day on which one
    was last answered in whole.
    """
    return [
        name
        for name, (_, first, days) in SCALES.items()
        if before.shown(first) and (name not in answered or (before.on - answered[name]).days >= days)
    ]
