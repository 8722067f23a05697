"""Settings: read once from the environment, checked, and handed to create_app.

A default is safe in production or there is none. Messages never repeat a key or a password.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Literal, Self
from urllib.parse import urlsplit

from app.questionnaire.countries import Country
from app.screening.rules import ClinicRules
from app.settings.addresses import read_base_url, read_database_url
from app.settings.clinic import (
    AGE_RULE,
    DEFAULT_AGE,
    DEMO_CLINIC,
    Clinic,
    missing_settings,
    read_age,
    read_clinic,
    read_rules,
)
from app.settings.errors import ConfigError, one_of
from app.settings.keys import read_keys
from app.settings.mail import MailServer, read_mail_server

__all__ = ["NAMES", "Clinic", "ConfigError", "MailServer", "Settings"]

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


@dataclass(frozen=True)
class Settings:
    """Everything that differs between two installations. Keys stay out of its printed form."""

    env: Literal["production", "demo", "test"]
    instance: Path
    """The folder of this installation: its key file, and the database where no other is named."""
    database_url: str = field(repr=False)
    sealing_keys: Mapping[int, bytes] = field(repr=False)
    """The keys that patients' values are sealed with, by number."""
    newest_key: int
    """The number of the key that new values are sealed with."""
    audit_key: bytes = field(repr=False)
    """The key of the audit log's chain."""
    secret_key: bytes = field(repr=False)
    """The key that cookies are signed with."""
    base_url: str
    """What links in mails begin with, without a slash at its end."""
    trusted_hosts: tuple[str, ...] | None
    """The host names that requests may be for; None for any."""
    jurisdiction: Country
    """The country whose questions, rules and help numbers are used."""
    clinic: Clinic | None
    """None while a setting of it is missing: the patient's form is then switched off."""
    missing: tuple[str, ...]
    """The settings that are still to be made before the patient's form can be switched on. None: it is on."""
    minimum_age: int
    """The lowest age of a patient, in years."""
    own_rules: ClinicRules
    """What the clinic set of the rulebook in a file of its own."""
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
        database_url = read_database_url(given.get("FOREROOM_DATABASE_URL"), instance, env)
        sealing, audit, secret = read_keys(given, instance, database_url)
        base_url = read_base_url(given.get("FOREROOM_BASE_URL", "http://localhost:8000"), env)
        hosts = tuple(filter(None, re.split(r"[,\s]+", given.get("FOREROOM_TRUSTED_HOSTS", ""))))
        if not hosts and env == "production":
            hosts = (str(urlsplit(base_url).hostname),)
        jurisdiction = one_of(given, "FOREROOM_JURISDICTION", tuple(Country))
        mail, missing = read_mail_server(given), missing_settings(given, jurisdiction, env)
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
            clinic=read_clinic(given, missing),
            missing=missing,
            minimum_age=read_age(given.get("FOREROOM_MINIMUM_AGE", str(DEFAULT_AGE))),
            own_rules=read_rules(given.get("FOREROOM_RULES_FILE"), env),
            mail=mail,
            name_in_mail=one_of(given, "FOREROOM_NAME_IN_MAIL", ("0", "1")) == "1",
            self_start=one_of(given, "FOREROOM_SELF_START", _off_in_production(env)) == "1",
            spanish=one_of(given, "FOREROOM_SPANISH", _off_in_production(env)) == "1",
        )


def _off_in_production(env: str) -> tuple[str, str]:
    """The values of a switch, its default first."""
    return ("0", "1") if env == "production" else ("1", "0")


def _environment(given: Mapping[str, str]) -> Literal["production", "demo", "test"]:
    """The environment asked for. Where nothing at all is set it is the demonstration, and every page names it one."""
    if not given:
        return "demo"
    env: Literal["production", "demo", "test"] = one_of(given, "FOREROOM_ENV", ("production", "demo", "test"))
    if one_of(given, "FOREROOM_DEMO", ("0", "1")) == "0":
        return env
    if "FOREROOM_ENV" in given and env != "demo":
        raise ConfigError(
            f"FOREROOM_DEMO=1 cannot go with FOREROOM_ENV={env}: a demonstration is not a clinic."
        )
    return "demo"
