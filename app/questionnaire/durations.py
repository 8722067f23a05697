"""How long things last, where a text says so: the text and what holds to it read the same value."""

from datetime import timedelta
from math import ceil

from .wording import Message

CODE_WORKS = timedelta(minutes=10)
"""From when a code was mailed until it opens nothing."""
COUNTED_WITHIN = timedelta(hours=1)
"""The time in which codes and links mailed for one form are counted."""
FORM_KEPT = timedelta(days=30)
"""From the last touch of a form that is not sent until it is erased."""
BROWSER_KEEPS = timedelta(days=30)
"""From the last opening of a form until its browser forgets which one it was."""
LINK_WORKS = timedelta(days=30)
"""From when an invitation was made or sent again until its link opens nothing."""

MINUTES_AN_HOUR, MINUTES_A_DAY = 60, 24 * 60


def duration_words(duration: timedelta) -> Message:
    """A duration in the largest unit that it is a whole number of, a minute at least: 30 days, an hour, 10 minutes."""
    minutes = max(1, ceil(duration.total_seconds() / 60))
    if minutes % MINUTES_A_DAY == 0:
        days = minutes // MINUTES_A_DAY
        return Message("1 day") if days == 1 else Message("{days} days", days=days)
    if minutes % MINUTES_AN_HOUR == 0:
        hours = minutes // MINUTES_AN_HOUR
        return Message("an hour") if hours == 1 else Message("{hours} hours", hours=hours)
    return Message("1 minute") if minutes == 1 else Message("{minutes} minutes", minutes=minutes)
