"""Settings: read once from the environment, checked, and handed to create_app.

A default is safe in production or there is none. Messages never repeat a key or a password.
"""

import base64
import binascii
import json
import os
import re
import secrets
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Literal, Self, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from app.hours import OpeningHours
from app.questionnaire.contact import read_email
from app.questionnaire.countries import Country
from app.screening.cases import CaseRefused, read_settings, read_text
from app.screening.rulebook import RULEBOOK
from app.screening.rules import ClinicRules

KEY_BYTES = 32
NAMES = frozenset(
    "FOREROOM_" + name
    for name in (
        *(
            "ENV",
            "DEMO",
            "INSTANCE",
            "DATABASE_URL",
            "KEYS",
            "AUDIT_KEY",
            "SECRET_KEY",
            "BASE_URL",
            "TRUSTED_HOSTS",
        ),
        *("JURISDICTION", "CLINIC_NAME", "CLINIC_PHONE", "OPENING_HOURS", "TIMEZONE", "MINIMUM_AGE"),
        *("ON_CALL", "CRISIS_NUMBERS"),
        "RULES_FILE",
        *("SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD", "SMTP_STARTTLS", "SMTP_FROM"),
        *("NAME_IN_MAIL", "SELF_START", "SPANISH"),
    )
)
DEMO_CLINIC = {
    "FOREROOM_CLINIC_NAME": "Oak Street Clinic",
    "FOREROOM_CLINIC_PHONE": "555 010 0100",
    "FOREROOM_OPENING_HOURS": "mon-fri 09:00-18:00",
    "FOREROOM_TIMEZONE": "America/New_York",
    "FOREROOM_ON_CALL": "on-call@example.test",
}
SMTPS_PORT = 465
HERE = ("localhost", "127.0.0.1", "::1")
AGE_RULE, DEFAULT_AGE = "under-minimum-age", 18
PLACEHOLDERS = ("change", "example", "secret", "password", "foreroom")

Word = TypeVar("Word", bound=str)


class ConfigError(Exception):
    """A setting is missing, unsafe or unreadable. The message says which, in plain words."""


@dataclass(frozen=True)
class Clinic:
    """What patients are told about the clinic, and whom an urgent answer is mailed to. Without it the patient's form
    stays switched off.
    """

    name: str
    phone: str
    hours: OpeningHours
    timezone: ZoneInfo
    on_call: str


@dataclass(frozen=True)
class MailServer:
    """What takes our mail, and from whom it comes."""

    host: str
    port: int
    sender: str
    user: str | None
    password: str | None = field(repr=False)
    starttls: bool

    @property
    def tls(self) -> bool:
        """Whether the whole connection is encrypted from its first byte, as on this port it always is."""
        return self.port == SMTPS_PORT


@dataclass(frozen=True)
class Settings:
    """Everything that differs between two installations. Keys stay out of its printed form."""

    env: Literal["production", "demo", "test"]
    instance: Path
    database_url: str = field(repr=False)
    sealing_keys: Mapping[int, bytes] = field(repr=False)
    newest_key: int
    audit_key: bytes = field(repr=False)
    secret_key: bytes = field(repr=False)
    base_url: str
    trusted_hosts: tuple[str, ...] | None
    jurisdiction: Country
    clinic: Clinic | None
    missing: tuple[str, ...]
    """The settings that are still to be made before the patient's form can be switched on. None: it is on."""
    minimum_age: int
    own_rules: ClinicRules
    mail: MailServer | None = None
    """None: no mail leaves. A demonstration and a test then keep it in a folder, to be read on a page."""
    name_in_mail: bool = False
    """Whether mail may say which clinic it is from: to be a patient there is a secret too."""
    self_start: bool = False
    """Whether anyone may start a form from the first page, without a link of the clinic's."""
    spanish: bool = False
    """Whether patients may fill in forms in Spanish. A clinic's own translator signs the texts off first."""

    @property
    def mailbox(self) -> Path | None:
        """The folder that stands in for a mail server, where no real patient is."""
        return None if self.mail or self.env == "production" else self.instance / "mailbox"

    @property
    def sends_mail(self) -> bool:
        """Whether anybody can be written to."""
        return self.mail is not None or self.mailbox is not None

    @property
    def rules(self) -> ClinicRules:
        """What the clinic set of the rulebook: who may not fill in the form also raises the flag."""
        if self.minimum_age == DEFAULT_AGE:
            return self.own_rules
        return replace(
            self.own_rules,
            parameters={**self.own_rules.parameters, AGE_RULE: {"minimum_age": self.minimum_age}},
        )

    @property
    def kind(self) -> Literal["clinic", "demo"]:
        """What a database must be of to be used with these settings: real people and invented ones never meet."""
        return "clinic" if self.env == "production" else "demo"

    @property
    def demo(self) -> bool:
        """Whether this is a demonstration, which every page must say."""
        return self.env == "demo"

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies are bound to TLS: always, but for demonstrations and tests on plain http."""
        return self.env == "production"

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """Read and check the FOREROOM_ variables.

        On the first run it makes the instance folder and its key file. Raises ConfigError.
        """
        given = {
            name: value.strip()
            for name, value in environ.items()
            if name.startswith("FOREROOM_") and value.strip()
        }
        if unknown := sorted(given.keys() - NAMES):
            raise ConfigError(f"{unknown[0]} is not a setting of Foreroom.")
        env = _environment(given)
        if env == "demo":
            given = DEMO_CLINIC | given
        # A demonstration has its own folder: its invented patients never land among a clinic's real ones.
        default = "instance/demo" if env == "demo" else "instance"
        instance = Path(given.get("FOREROOM_INSTANCE", default)).resolve()
        database_url = _database_url(given.get("FOREROOM_DATABASE_URL"), instance, env)
        sealing, audit, secret = _keys(given, instance, database_url)
        base_url = _base_url(given.get("FOREROOM_BASE_URL", "http://localhost:8000"), env)
        hosts = tuple(filter(None, re.split(r"[,\s]+", given.get("FOREROOM_TRUSTED_HOSTS", ""))))
        if not hosts and env == "production":
            hosts = (str(urlsplit(base_url).hostname),)
        jurisdiction = _one_of(given, "FOREROOM_JURISDICTION", tuple(Country))
        mail, missing = _mail(given), _missing(given, jurisdiction, env)
        return cls(
            env=env,
            instance=instance,
            database_url=database_url,
            sealing_keys=MappingProxyType(sealing),
            newest_key=next(iter(sealing)),
            audit_key=audit,
            secret_key=secret,
            base_url=base_url,
            trusted_hosts=hosts or None,
            jurisdiction=jurisdiction,
            clinic=_clinic(given, missing),
            missing=missing,
            minimum_age=_age(given.get("FOREROOM_MINIMUM_AGE", str(DEFAULT_AGE))),
            own_rules=_rules(given.get("FOREROOM_RULES_FILE")),
            mail=mail,
            name_in_mail=_one_of(given, "FOREROOM_NAME_IN_MAIL", ("0", "1")) == "1",
            self_start=_one_of(given, "FOREROOM_SELF_START", _off_in_production(env)) == "1",
            spanish=_one_of(given, "FOREROOM_SPANISH", _off_in_production(env)) == "1",
        )


def _one_of(given: Mapping[str, str], name: str, allowed: tuple[Word, ...]) -> Word:
    """The value of `name`, by default the first of those allowed."""
    value = given.get(name, allowed[0])
    for word in allowed:
        if value == word:
            return word
    raise ConfigError(f"{name} must be one of: {', '.join(allowed)}.")


def _off_in_production(env: str) -> tuple[str, str]:
    """What a switch may say, its default first."""
    return ("0", "1") if env == "production" else ("1", "0")


def _environment(given: Mapping[str, str]) -> Literal["production", "demo", "test"]:
    """What was asked for. Where nothing at all is set it is the demonstration, and every page says so."""
    if not given:
        return "demo"
    env: Literal["production", "demo", "test"] = _one_of(
        given, "FOREROOM_ENV", ("production", "demo", "test")
    )
    if _one_of(given, "FOREROOM_DEMO", ("0", "1")) == "0":
        return env
    if "FOREROOM_ENV" in given and env != "demo":
        raise ConfigError(
            f"FOREROOM_DEMO=1 cannot go with FOREROOM_ENV={env}: a demonstration is not a clinic."
        )
    return "demo"


def _database_url(value: str | None, instance: Path, env: str) -> str:
    if value is None:
        return f"sqlite:///{instance / 'foreroom.sqlite'}"
    try:
        url = make_url(value)
    except ArgumentError:
        raise ConfigError("FOREROOM_DATABASE_URL is not a database address.") from None
    if url.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    if url.drivername != "sqlite":
        raise ConfigError("FOREROOM_DATABASE_URL must be of SQLite or PostgreSQL.")
    if env != "test" and url.database in (None, "", ":memory:"):
        raise ConfigError(
            "FOREROOM_DATABASE_URL must name a file: records kept in memory are lost at the end."
        )
    return value


def _base_url(value: str, env: str) -> str:
    parts = urlsplit(value)
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.path.strip("/")
        or parts.query
        or parts.fragment
    ):
        raise ConfigError(
            "FOREROOM_BASE_URL must look like https://intake.clinic.test, with nothing after the host."
        )
    if env == "production" and parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1"):
        raise ConfigError(
            "FOREROOM_BASE_URL must begin with https:// so that what patients send cannot be read on its way."
        )
    return value.rstrip("/")


def _age(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 120:
        raise ConfigError("FOREROOM_MINIMUM_AGE must be a whole number of years.")
    return int(value)


def _rules(file: str | None) -> ClinicRules:
    """The clinic's own limits, from a file with the `parameters` of the case format."""
    if file is None:
        return ClinicRules()
    try:
        found = read_settings(read_text(Path(file).read_text(encoding="utf-8")), RULEBOOK)
    except (OSError, ValueError) as problem:
        why = problem if isinstance(problem, CaseRefused) else "it cannot be read as a text file"
        raise ConfigError(f"FOREROOM_RULES_FILE: {why}.") from None
    if AGE_RULE in found.parameters:
        raise ConfigError("FOREROOM_RULES_FILE: set the lowest age by FOREROOM_MINIMUM_AGE alone.")
    return found


def _missing(given: Mapping[str, str], jurisdiction: str, env: str) -> tuple[str, ...]:
    """What is still to be set: a patient in crisis must not be left with no number, and with nobody told of them.

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


def _clinic(given: Mapping[str, str], missing: Collection[str]) -> Clinic | None:
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
        on_call = _address("FOREROOM_ON_CALL", on_call, "of whoever is on call, like on-call@clinic.test")
    if missing or not (name and phone and opening and timezone and on_call):
        return None
    return Clinic(name, phone, opening, timezone, on_call)


def _mail(given: Mapping[str, str]) -> MailServer | None:
    """The server that takes mail, or None when none is named. Nothing goes over a network in the clear."""
    host = given.get("FOREROOM_SMTP_HOST")
    if host is None:
        if lone := sorted(name for name in given if name.startswith("FOREROOM_SMTP_")):
            raise ConfigError(f"{lone[0]} is set, but FOREROOM_SMTP_HOST is not.")
        return None
    port = given.get("FOREROOM_SMTP_PORT", "587")
    if not port.isascii() or not port.isdigit() or not 1 <= int(port) <= 65_535:
        raise ConfigError("FOREROOM_SMTP_PORT must be a port's number, such as 587.")
    sender = _address(
        "FOREROOM_SMTP_FROM", given.get("FOREROOM_SMTP_FROM", ""), "mail comes from, like forms@clinic.test"
    )
    user, password = given.get("FOREROOM_SMTP_USER"), given.get("FOREROOM_SMTP_PASSWORD")
    if (user is None) != (password is None):
        raise ConfigError("FOREROOM_SMTP_USER and FOREROOM_SMTP_PASSWORD go together.")
    starttls = _one_of(given, "FOREROOM_SMTP_STARTTLS", ("1", "0")) == "1"
    if not starttls and int(port) != SMTPS_PORT and host not in HERE:
        raise ConfigError(
            "FOREROOM_SMTP_STARTTLS=0 would send codes in the clear: it is for a server on this machine alone."
        )
    return MailServer(host, int(port), sender, user, password, starttls)


def _address(name: str, value: str, whose: str) -> str:
    """The address as a mail server is given it. Raises ConfigError: at the start, not when an alert has to leave."""
    try:
        return read_email(value)
    except ValueError:
        raise ConfigError(f"{name} must be the one email address {whose}.") from None


def _keys(
    given: Mapping[str, str], instance: Path, database_url: str
) -> tuple[dict[int, bytes], bytes, bytes]:
    """The sealing keys (newest first), the audit chain's key and the cookies' key, all different."""
    if "FOREROOM_KEYS" in given:
        sealing = _sealing_from_text(given["FOREROOM_KEYS"])
        # Never made up beside keys that someone set: a second machine would make up others.
        for name in ("FOREROOM_AUDIT_KEY", "FOREROOM_SECRET_KEY"):
            if name not in given:
                raise ConfigError(f"{name} must be set when FOREROOM_KEYS is.")
        audit, secret = _decoded("FOREROOM_AUDIT_KEY", given["FOREROOM_AUDIT_KEY"]), b""
    elif "FOREROOM_AUDIT_KEY" in given:
        raise ConfigError("FOREROOM_KEYS must be set when FOREROOM_AUDIT_KEY is.")
    else:
        sealing, audit, secret = _keys_from_file(instance, database_url)
    if "FOREROOM_SECRET_KEY" in given:
        secret = given["FOREROOM_SECRET_KEY"].encode()
        if any(word in given["FOREROOM_SECRET_KEY"].lower() for word in PLACEHOLDERS):
            raise ConfigError("FOREROOM_SECRET_KEY is a placeholder: put 32 random bytes in its place.")
    every = [*sealing.values(), audit, secret]
    for name, key in zip(
        [*("FOREROOM_KEYS" for _ in sealing), "FOREROOM_AUDIT_KEY", "FOREROOM_SECRET_KEY"], every, strict=True
    ):
        # Random bytes of this length hold about 30 different values; 32 hexadecimal digits about 14.
        if len(key) < KEY_BYTES or len(set(key)) < 8:
            raise ConfigError(
                f"{name} holds a key that is too short or too regular: use {KEY_BYTES} random bytes."
            )
    if len(set(every)) < len(every):
        raise ConfigError("The same key is used for two purposes: each needs its own.")
    return sealing, audit, secret


def _decoded(name: str, text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise ConfigError(f"{name} must hold {KEY_BYTES} random bytes in base64.")
    return key


def _sealing_from_text(text: str) -> dict[int, bytes]:
    sealing: dict[int, bytes] = {}
    for part in text.split(","):
        number, colon, key = part.strip().partition(":")
        if not colon or not number.isascii() or not number.isdigit() or not 1 <= int(number) <= 255:
            raise ConfigError(
                'FOREROOM_KEYS must look like "2:KEY,1:KEY", newest first, numbered from 1 to 255.'
            )
        if int(number) in sealing:
            raise ConfigError(f"FOREROOM_KEYS has two keys with the number {int(number)}.")
        sealing[int(number)] = _decoded("FOREROOM_KEYS", key)
    return sealing


def _keys_from_file(instance: Path, database_url: str) -> tuple[dict[int, bytes], bytes, bytes]:
    path = instance / "keys.json"
    if not path.exists():
        _write_keys(path, database_url)
    try:
        if path.stat().st_mode & 0o077:
            raise ConfigError(f"{path.name} in the instance folder can be read by others: chmod 600 it.")
        found = json.loads(path.read_text())
        sealing = {int(number): _decoded(path.name, key) for number, key in found["sealing"].items()}
        if not sealing or not all(1 <= number <= 255 for number in sealing):
            raise ValueError
        newest_first = dict(sorted(sealing.items(), reverse=True))
        return newest_first, _decoded(path.name, found["audit"]), _decoded(path.name, found["session"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ConfigError(f"{path.name} in the instance folder cannot be read as a set of keys.") from None


def _write_keys(path: Path, database_url: str) -> None:
    """Make the keys of a first run, once, even when two processes start together: for a database with nothing in it."""
    from app.core.installation import has_rows  # brings the tables along, that settings alone do without

    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or Path(url.database or "").is_file():
        try:
            lost = has_rows(database_url)
        except SQLAlchemyError:
            raise ConfigError(
                f"There is no {path.name}, and the database cannot be asked whether it is new, so none was made. Start "
                f"the database first; or put {path.name} back, or FOREROOM_KEYS."
            ) from None
        if lost and not path.exists():
            # New keys would open nothing in it, and hide that the old ones are lost.
            raise ConfigError(
                f"The database holds records but its {path.name} is not in the instance folder. Put the keys back: "
                f"{path.name} there, or FOREROOM_KEYS, FOREROOM_AUDIT_KEY and FOREROOM_SECRET_KEY."
            )
    numbers = {"sealing": {"1": _fresh()}, "audit": _fresh(), "session": _fresh()}
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=".keys-")
        try:
            with os.fdopen(handle, "w") as file:
                json.dump(numbers, file)
                file.flush()
                os.fsync(file.fileno())
            os.link(scratch, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(scratch)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as problem:
        raise ConfigError(f"Cannot make {path.name} in the instance folder: {problem.strerror}.") from None


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
