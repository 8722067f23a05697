"""Template filters: dates, times and levels in words, and the errors of a field."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask

from app.questionnaire import durations
from app.questionnaire.countries import Country
from app.questionnaire.crisis_contacts import CONTACTS
from app.questionnaire.kinds import date_words as day_words
from app.screening.levels import Level
from app.web.clock import local, now
from app.web.language import translate
from app.web.question_view import arrangement


def init_app(app: Flask) -> None:
    """Make known to templates the filters, how long things last, and whom to call in a crisis, by country."""
    app.jinja_env.globals.update(crisis_contacts=CONTACTS, Country=Country, durations=durations)
    for name in (
        date_words,
        time_words,
        moment_words,
        duration_words,
        waited,
        level_words,
        of_field,
        twice,
        arrangement,
    ):
        app.add_template_filter(name)


def date_words(value: date | str) -> str:
    """27 March 1985, from a date, an aware time (as the clinic's clocks show it) or an ISO date.

    Raises ValueError for any other text.
    """
    day = date.fromisoformat(value) if isinstance(value, str) else value
    if isinstance(day, datetime):
        day = local(day).date()
    return translate(day_words(day))


def time_words(value: datetime) -> str:
    """10:42, as the clinic's clocks show an aware time."""
    return f"{local(value):%H:%M}"


def moment_words(value: datetime) -> str:
    """27 March 2026, 10:42."""
    return f"{date_words(value)}, {time_words(value)}"


def duration_words(value: timedelta) -> str:
    """A duration in words: 30 days, an hour, 10 minutes."""
    return translate(durations.duration_words(value))


def waited(since: datetime, at: datetime | None = None) -> str:
    """How long ago an aware time was, in its largest whole unit: 3 hours. `at`: from when, None for now."""
    minutes = max(0, int(((at or now()) - since).total_seconds() // 60))
    for unit, size in (("day", 24 * 60), ("hour", 60), ("minute", 1)):
        if count := minutes // size:
            return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
    return "less than a minute"


def level_words(level: str) -> str:
    """The word for a level. Raises ValueError for one that does not exist."""
    return Level(level).word


def of_field(errors: Iterable[Any], *targets: str) -> list[Any]:
    """The errors that lead to one of these ids. Each is a Problem or a dict that has its "target"."""
    return [error for error in errors if _part(error, "target") in targets]


def twice(errors: Iterable[Any]) -> bool:
    """Whether one of these errors is of a field that was refused the last time too."""
    return any(_part(error, "again") for error in errors)


def _part(error: Any, name: str) -> Any:
    return error.get(name) if isinstance(error, dict) else getattr(error, name, None)
