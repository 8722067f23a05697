"""The clinic: its name, telephone, hours and time zone, who is on call, and the limits it sets of the rulebook."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.hours import OpeningHours
from app.questionnaire.countries import Country
from app.screening.case_text import CaseRefused, read_text
from app.screening.cases import read_settings
from app.screening.levels import Level
from app.screening.rulebook import RULEBOOK
from app.screening.rules import ClinicRules
from app.settings.errors import ConfigError
from app.settings.mail import read_address

DEMO_CLINIC = {
    "FOREROOM_CLINIC_NAME": "Oak Street Clinic",
    "FOREROOM_CLINIC_PHONE": "555 010 0100",
    "FOREROOM_OPENING_HOURS": "mon-fri 09:00-18:00",
    "FOREROOM_TIMEZONE": "America/New_York",
    "FOREROOM_ON_CALL": "on-call@example.test",
}
AGE_RULE, DEFAULT_AGE = "under-minimum-age", 18


@dataclass(frozen=True)
class Clinic:
    """What patients read about the clinic, and the address that alerts are mailed to. Without it the patient's form
    stays switched off.
    """

    name: str
    """Its name, as patients read it."""
    phone: str
    """As it is shown, and dialled from a page."""
    hours: OpeningHours
    """When it is open."""
    timezone: ZoneInfo
    """The time zone of its clocks."""
    on_call: str
    """The e-mail address of whoever is on call: alerts are sent to it."""


def read_clinic(given: Mapping[str, str], missing: Collection[str]) -> Clinic | None:
    """The clinic, or None while anything is missing. What is there is checked all the same."""
    name, phone, hours, zone, on_call = (given.get(name) for name in DEMO_CLINIC)
    timezone = opening = None
    if phone is not None and sum(character.isdigit() for character in phone) < 3:
        raise ConfigError("FOREROOM_CLINIC_PHONE must be a telephone number.")
    if zone is not None:
        try:
            timezone = ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ConfigError("FOREROOM_TIMEZONE must be a zone's name, such as America/New_York.") from None
    if hours is not None:
        try:
            opening = OpeningHours.parse(hours)
        except ValueError as problem:
            raise ConfigError(f"FOREROOM_OPENING_HOURS: {problem}.") from None
    if on_call is not None:
        on_call = read_address("FOREROOM_ON_CALL", on_call, "of whoever is on call, like on-call@clinic.test")
    if missing or not (name and phone and opening and timezone and on_call):
        return None
    return Clinic(name, phone, opening, timezone, on_call)


def missing_settings(given: Mapping[str, str], jurisdiction: Country, env: str) -> tuple[str, ...]:
    """The settings still to be made: a patient in crisis must not be left with no number and no alert.

    Raises ConfigError when the crisis numbers that were tried are not those that patients are shown.
    """
    needed = list(DEMO_CLINIC)
    if env == "production":
        # Whoever is on call is reached by mail; and somebody has dialled the numbers on the pages of help.
        needed += ["FOREROOM_SMTP_HOST", "FOREROOM_CRISIS_NUMBERS"]
    tried = given.get("FOREROOM_CRISIS_NUMBERS")
    if tried is not None:
        country, _, day = tried.partition(" ")
        try:
            date.fromisoformat(day)
        except ValueError:
            country = ""
        if country not in tuple(Country):
            raise ConfigError(
                "FOREROOM_CRISIS_NUMBERS must be the country whose numbers were tried, and the day: US 2026-11-20."
            )
        if country != jurisdiction:
            raise ConfigError(
                f"FOREROOM_CRISIS_NUMBERS is of the {country}, and patients are shown those of the {jurisdiction}."
            )
    return tuple(name for name in needed if name not in given)


def read_age(value: str) -> int:
    """The lowest age of a patient, in years. Raises ConfigError."""
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 120:
        raise ConfigError("FOREROOM_MINIMUM_AGE must be a whole number of years.")
    return int(value)


def read_rules(file: str | None, env: str) -> ClinicRules:
    """The clinic's own limits, from a file with the `parameters` of the case format.

    What a marketing article alone supports is looked at before deciding; a clinic may make it stop, and in a
    demonstration it does.
    """
    usual = ClinicRules(article_exclusions_level=Level.REVIEW if env == "production" else Level.STOP)
    if file is None:
        return usual
    try:
        found = read_settings(read_text(Path(file).read_text(encoding="utf-8")), RULEBOOK, usual)
    except (OSError, ValueError) as problem:
        why = problem if isinstance(problem, CaseRefused) else "it cannot be read as a text file"
        raise ConfigError(f"FOREROOM_RULES_FILE: {why}.") from None
    if AGE_RULE in found.parameters:
        raise ConfigError("FOREROOM_RULES_FILE: set the lowest age by FOREROOM_MINIMUM_AGE alone.")
    return found
