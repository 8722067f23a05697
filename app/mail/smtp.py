"""Handing mail to a mail server: encrypted, once or not at all. What it says is in letters."""

import os
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from tempfile import mkstemp
from typing import Protocol
from uuid import UUID

TIMEOUT_SECONDS = 20
"""For each word of a server."""
LONGEST_SECONDS = 90
"""For a whole talk with it: one that drips its words would else hold a mail for ever."""
NO_REPLY = "no-reply@foreroom.invalid"
KEPT = 50
"""How many mails the folder that stands in for a server shows."""
LINK = re.compile(r"https?://\S+")


class Server(Protocol):
    """What takes mail: see config.MailServer."""

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


class Refused(Exception):
    """The mail was not taken, and surely did not leave. `for_good`: it never will, however often it is tried."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.for_good = for_good


class BadAddress(Refused):
    """The address could stand in no mail: no server was asked."""

    def __init__(self) -> None:
        super().__init__("address", for_good=True)


class Unsure(Exception):
    """The server had the text, and then nothing more was heard of it."""


@dataclass(frozen=True)
class Letter:
    """A mail that somebody reads: who wrote it is the server's part."""

    id: UUID
    to: str
    subject: str
    body: str
    at: datetime

    def message(self, sender: str) -> EmailMessage:
        """As it is sent. Raises ValueError for an address that could not stand in a header."""
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


def send(server: Server, letter: Letter, handing: Callable[[], bool]) -> bool:
    """Give a letter to the server. `handing` is asked just before its text goes; when it says no, nothing is sent.

    Returns whether it was sent. Raises Refused, or Unsure when the text went and no answer came.
    """
    text = _text(letter, server.sender)
    with _connected(server) as smtp:
        _accepted(smtp.mail(server.sender), "sender")
        _accepted(smtp.rcpt(letter.to), "recipient", for_good=True)
        if not handing():
            return False
        try:
            reply, _ = smtp.data(text)
        except smtplib.SMTPDataError:
            raise Refused("text") from None
        except (OSError, smtplib.SMTPException):
            raise Unsure from None
        if reply != 250:
            raise Refused("text", for_good=500 <= reply < 600)
        return True


def _text(letter: Letter, sender: str) -> bytes:
    """The whole mail as it goes over the line. Raises BadAddress."""
    try:
        # The envelope carries it as it is: one that is not plain would be no address to any server.
        letter.to.encode("ascii")
        return letter.message(sender).as_bytes()
    except ValueError:
        raise BadAddress from None


@contextmanager
def _connected(server: Server) -> Iterator[smtplib.SMTP]:
    """A server that we have greeted, over an encrypted connection where there is a network, and signed in to."""
    try:
        if server.tls:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
    except (OSError, smtplib.SMTPException):
        raise Refused("connection") from None
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
            raise Refused(type(problem).__name__) from None
        yield smtp
    except (OSError, smtplib.SMTPException):
        raise Refused("connection") from None
    finally:
        try:
            smtp.quit()
        except (OSError, smtplib.SMTPException):
            smtp.close()
        enough.cancel()


def _hang_up(smtp: smtplib.SMTP) -> None:
    """End a talk from another thread: whoever waits in it for a word is told that none will come."""
    with suppress(OSError):
        if smtp.sock is not None:
            smtp.sock.shutdown(socket.SHUT_RDWR)


def _accepted(answer: tuple[int, bytes], what: str, *, for_good: bool = False) -> None:
    reply = answer[0]
    if reply not in (250, 251):
        raise Refused(what, for_good=for_good and 500 <= reply < 600)


# ---- Where no server is set: a folder, in demonstrations and tests alone


def keep(folder: Path, letter: Letter) -> None:
    """Put a letter into the folder, whole or not at all, under its id: the same letter lies there once.

    Raises BadAddress.
    """
    text = _text(letter, NO_REPLY)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, scratch = mkstemp(dir=folder, prefix=".")
    with os.fdopen(handle, "wb") as file:
        file.write(text)
    os.replace(scratch, folder / f"{letter.id}.eml")


@dataclass(frozen=True)
class Read:
    """A mail of the folder, in parts: its text, cut at each link."""

    to: str
    subject: str
    date: str
    parts: tuple[tuple[str, bool], ...]


def read(folder: Path) -> list[Read]:
    """What lies in the folder, newest first: ids begin with their time."""
    paths = sorted(folder.glob("*.eml"), reverse=True)[:KEPT] if folder.is_dir() else []
    found = []
    for path in paths:
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        text = str(message.get_content()).replace("\r\n", "\n")
        cut, at = [], 0
        for link in LINK.finditer(text):
            cut += [(text[at : link.start()], False), (link.group(), True)]
            at = link.end()
        cut.append((text[at:], False))
        found.append(Read(str(message["To"]), str(message["Subject"]), str(message["Date"]), tuple(cut)))
    return found
