"""The only clock of the app, and the time at the clinic."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

from flask import current_app

from app.web.settings import current_settings


def now() -> datetime:
    """The time, aware, in UTC. Tests set app.config["CLOCK"] to a function of no arguments."""
    clock: Callable[[], datetime] | None = current_app.config.get("CLOCK")
    return clock() if clock else datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """An aware time as the clinic's clocks show it (UTC while no clinic is set)."""
    clinic = current_settings().clinic
    return moment.astimezone(clinic.timezone if clinic else UTC)


def at_clinic(day: date, hour: int) -> datetime:
    """An hour of a day by the clinic's clocks, in UTC."""
    clinic = current_settings().clinic
    return datetime.combine(day, time(hour), clinic.timezone if clinic else UTC).astimezone(UTC)


def today() -> date:
    """The date at the clinic."""
    return local(now()).date()
