"""Handing mail to a mail server: encrypted, once or not at all. Its text is made in letters."""

import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Protocol
from uuid import UUID

TIMEOUT_SECONDS = 20
"""For each word of a server."""
LONGEST_SECONDS = 90
"""For a whole talk with it: one that drips its words would else hold a mail for ever."""


class ServerSettings(Protocol):
    """A mail server, and how to sign in to it: see config.MailServer."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def sender(self) -> str: ...
    @property
    def user(self) -> str | None: ...
    @property
    def password(self) -> str | None: ...
    @property
    def starttls(self) -> bool: ...
    @property
    def tls(self) -> bool: ...


class MailRefused(Exception):
    """The mail was not taken, and surely did not leave."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.for_good = for_good
        """Whether it never will leave, however often it is tried."""


class BadAddress(MailRefused):
    """The address cannot be written in a mail. No server was asked."""

    def __init__(self) -> None:
        super().__init__("address", for_good=True)


class DeliveryUnknown(Exception):
    """The server was given the text and did not answer: it may have taken the mail."""


@dataclass(frozen=True)
class Letter:
    """A mail as text. Its sender is the server's part."""

    id: UUID
    """Of the mail in the outbox."""
    to: str
    """One email address."""
    subject: str
    """Its subject, in one line."""
    body: str
    """Its plain text, with a line end at the end."""
    at: datetime
    """When it was written, aware."""

    def message(self, sender: str) -> EmailMessage:
        """The message as it is sent. Raises ValueError for an address that cannot be written in a header."""
        made = EmailMessage(policy=policy.SMTP)
        made["From"] = sender
        made["To"] = self.to
        made["Subject"] = self.subject
        made["Date"] = format_datetime(self.at)
        # The same at every try: a server that got it twice can tell.
        made["Message-ID"] = f"<{self.id}@{sender.rpartition('@')[2]}>"
        made["Auto-Submitted"] = "auto-generated"
        made.set_content(self.body)
        return made


def send(server: ServerSettings, letter: Letter, handing: Callable[[], bool]) -> bool:
    """Give a letter to the server. `handing` is called just before its text goes; when it is false, nothing is sent.

    Returns whether it was sent. Raises MailRefused, or DeliveryUnknown when the text went and no answer came.
    """
    text = message_bytes(letter, server.sender)
    with _connected(server) as smtp:
        _accepted(smtp.mail(server.sender), "sender")
        _accepted(smtp.rcpt(letter.to), "recipient", for_good=True)
        if not handing():
            return False
        try:
            reply, _ = smtp.data(text)
        except smtplib.SMTPDataError:
            raise MailRefused("text") from None
        except (OSError, smtplib.SMTPException):
            raise DeliveryUnknown from None
        if reply != 250:
            raise MailRefused("text", for_good=500 <= reply < 600)
        return True


def message_bytes(letter: Letter, sender: str) -> bytes:
    """The whole mail as it goes over the line. Raises BadAddress."""
    try:
        # The envelope carries it as it is: one that is not plain would be no address to any server.
        letter.to.encode("ascii")
        return letter.message(sender).as_bytes()
    except ValueError:
        raise BadAddress from None


@contextmanager
def _connected(server: ServerSettings) -> Iterator[smtplib.SMTP]:
    """A server that we have greeted, over an encrypted connection where there is a network, and signed in to."""
    try:
        if server.tls:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
    except (OSError, smtplib.SMTPException):
        raise MailRefused("connection") from None
    enough = threading.Timer(LONGEST_SECONDS, _hang_up, (smtp,))
    enough.daemon = True
    enough.start()
    try:
        try:
            smtp.ehlo_or_helo_if_needed()
            if server.starttls and not server.tls:
                # Raises when the server has none: never in the clear because somebody in between said so.
                smtp.starttls(context=ssl.create_default_context())
                smtp.ehlo()
            if server.user is not None and server.password is not None:
                smtp.login(server.user, server.password)
        except (OSError, smtplib.SMTPException, ValueError) as problem:
            raise MailRefused(type(problem).__name__) from None
        yield smtp
    except (OSError, smtplib.SMTPException):
        raise MailRefused("connection") from None
    finally:
        try:
            smtp.quit()
        except (OSError, smtplib.SMTPException):
            smtp.close()
        enough.cancel()


def _hang_up(smtp: smtplib.SMTP) -> None:
    """End a connection from another thread: a read that waits in it returns."""
    with suppress(OSError):
        if smtp.sock is not None:
            smtp.sock.shutdown(socket.SHUT_RDWR)


def _accepted(answer: tuple[int, bytes], what: str, *, for_good: bool = False) -> None:
    reply = answer[0]
    if reply not in (250, 251):
        raise MailRefused(what, for_good=for_good and 500 <= reply < 600)
