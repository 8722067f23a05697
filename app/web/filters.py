"""Words for dates, times and levels in templates."""

from datetime import date, datetime

from flask import Flask

from app.questionnaire.kinds import date_words as day_words
from app.web.language import say
from app.web.request import local, now

LEVEL_WORDS = {
    "urgent": "Urgent",
    "stop": "Stop",
    "review": "Review",
    "conflict": "Conflict",
    "note": "Note",
}


def init_app(app: Flask) -> None:
    """Make the filters known to templates."""
    for name in (date_words, time_words, moment_words, waited, level_words):
        app.add_template_filter(name)


def date_words(value: date | str) -> str:
    """27 March 1985, from a date, an aware time (as the clinic's clocks show it) or an ISO date.

    Raises ValueError for any other text.
    """
    day = date.fromisoformat(value) if isinstance(value, str) else value
    if isinstance(day, datetime):
        day = local(day).date()
    return say(day_words(day))


def time_words(value: datetime) -> str:
    """10:42, as the clinic's clocks show an aware time."""
    return f"{local(value):%H:%M}"


def moment_words(value: datetime) -> str:
    """27 March 2026, 10:42."""
    return f"{date_words(value)}, {time_words(value)}"


def waited(since: datetime) -> str:
    """How long ago an aware time was, in its largest whole unit: 3 hours."""
    minutes = max(0, int((now() - since).total_seconds() // 60))
    for unit, size in (("day", 24 * 60), ("hour", 60), ("minute", 1)):
        if count := minutes // size:
            return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
    return "less than a minute"


def level_words(level: str) -> str:
    """The word for a level. Raises KeyError for one that does not exist."""
    return LEVEL_WORDS[level]
