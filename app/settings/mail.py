"""The server that takes mail."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.questionnaire.contact import read_email
from app.settings.errors import ConfigError, one_of

SMTPS_PORT = 465
HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class MailServer:
    """What takes our mail, and from whom it comes."""

    host: str
    """The name or address of the server."""
    port: int
    """The port it listens on."""
    sender: str
    """The address that our mail comes from."""
    user: str | None
    """None: the server asks for no name and password."""
    password: str | None = field(repr=False)
    """What it asks for beside the name; None when it asks for none."""
    starttls: bool
    """Whether encryption is switched on before anything is said."""

    @property
    def tls(self) -> bool:
        """Whether the whole connection is encrypted from its first byte, as on this port it always is."""
        return self.port == SMTPS_PORT


def read_mail_server(given: Mapping[str, str]) -> MailServer | None:
    """The server that takes mail, or None when none is named. Nothing goes over a network in the clear."""
    host = given.get("FOREROOM_SMTP_HOST")
    if host is None:
        if lone := sorted(name for name in given if name.startswith("FOREROOM_SMTP_")):
            raise ConfigError(f"{lone[0]} is set, but FOREROOM_SMTP_HOST is not.")
        return None
    port = given.get("FOREROOM_SMTP_PORT", "587")
    if not port.isascii() or not port.isdigit() or not 1 <= int(port) <= 65_535:
        raise ConfigError("FOREROOM_SMTP_PORT must be a port's number, such as 587.")
    sender = read_address(
        "FOREROOM_SMTP_FROM", given.get("FOREROOM_SMTP_FROM", ""), "mail comes from, like forms@clinic.test"
    )
    user, password = given.get("FOREROOM_SMTP_USER"), given.get("FOREROOM_SMTP_PASSWORD")
    if (user is None) != (password is None):
        raise ConfigError("FOREROOM_SMTP_USER and FOREROOM_SMTP_PASSWORD go together.")
    starttls = one_of(given, "FOREROOM_SMTP_STARTTLS", ("1", "0")) == "1"
    if not starttls and int(port) != SMTPS_PORT and host not in HERE:
        raise ConfigError(
            "FOREROOM_SMTP_STARTTLS=0 would send codes in the clear: it is for a server on this machine alone."
        )
    return MailServer(host, int(port), sender, user, password, starttls)


def read_address(name: str, value: str, whose: str) -> str:
    """The address as a mail server is given it. Raises ConfigError: at the start, not when an alert has to leave."""
    try:
        return read_email(value)
    except ValueError:
        raise ConfigError(f"{name} must be the one email address {whose}.") from None
