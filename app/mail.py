"""What mail says, and handing it to a mail server. No name, no health, and the clinic only if it allows that.

Nothing a person typed goes into a mail but the address it is sent to. A name that carries a line end has no way in.
"""

import os
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
NO_REPLY = "no-reply@foreroom.invalid"
KEPT = 50
"""How many mails the folder that stands in for a server shows."""
LINK = re.compile(r"https?://\S+")

INVITATION = """\
Hello,

{opening} It takes about 12 minutes. You can stop at any time and come back with this same link.

{link}

We ask for your date of birth first. Then we email you a code.
{questions}
If you did not expect this, you do not need to do anything.
"""
REMINDER = """\
Hello,

{opening} What you told us so far is saved. You can stop at any time and come back with this same link.

{link}

If it is too much, tell us: you can answer by phone.
{questions}
We keep a form that is not sent for 30 days. Then we delete it.
"""
CHECK_IN = """\
Hello,

{opening} It takes 2 to 4 minutes.

{link}

We ask for your date of birth first. Then we email you a code.
{questions}
If you need help right now, do not wait for a form. Call 911 in the US, or 999 in the UK.
"""
ERASED = """\
Hello,

A form that you began was not sent within 30 days, so we deleted all that was in it.
{questions}
You do not need to do anything.
"""
ALERT = """\
Someone has told us something in their form that needs a person now.

{link}

Sign in to see who it is, and what they need. This mail does not say, so that nobody else can read it.
Number {number}. Sent {at}.
"""
CODE = """\
Hello,

Your code is {code}

Type it on the page where you asked for it. It works once, for 10 minutes.

We never ask you for this code by phone or email. Do not give it to anyone.
If you did not ask for a code, you do not need to do anything.
"""


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


def invitation(mail_id: UUID, at: datetime, to: str, link: str, clinic: tuple[str, str] | None) -> Letter:
    """A link to a form. `clinic`: name and telephone, where it allows to be named."""
    said = ("A form for you to fill in", "You have a form to fill in.", "{} has sent you a form to fill in.")
    return _letter(mail_id, at, to, link, clinic, INVITATION, said)


def reminder(mail_id: UUID, at: datetime, to: str, link: str, clinic: tuple[str, str] | None) -> Letter:
    """That a form is not sent yet."""
    said = ("Your form is waiting for you", "Your form is not sent yet.", "Your form for {} is not sent yet.")
    return _letter(mail_id, at, to, link, clinic, REMINDER, said)


def check_in(mail_id: UUID, at: datetime, to: str, link: str, clinic: tuple[str, str] | None) -> Letter:
    """A link to a check-in. That somebody was treated is a secret too."""
    said = ("A short form for you", "You have a short form to fill in.", "{} has a short form for you.")
    return _letter(mail_id, at, to, link, clinic, CHECK_IN, said)


def erased(mail_id: UUID, at: datetime, to: str, clinic: tuple[str, str] | None) -> Letter:
    """That the answers of an unfinished form were deleted."""
    return _letter(mail_id, at, to, "", clinic, ERASED, ("Your form was deleted", "", ""))


def alert(mail_id: UUID, at: datetime, to: str, link: str, number: str, told_at: str) -> Letter:
    """To whoever is on call, with nothing of who it is or what was said. `number` is the case's, made of its id."""
    text = ALERT.format(link=link, number=number, at=told_at)
    return Letter(mail_id, to, "Foreroom: someone needs a person now", text, at)


def _letter(
    mail_id: UUID, at: datetime, to: str, link: str, clinic: tuple[str, str] | None, text: str,
    said: tuple[str, str, str],
) -> Letter:  # fmt: skip
    """`said`: its subject, how it begins where the clinic is not named, and how where it is."""
    subject, opening, named = said
    questions = ""
    if clinic is not None:
        name, phone = (" ".join(part.split()) for part in clinic)
        subject, opening = f"{name}: {subject[0].lower()}{subject[1:]}", named.format(name)
        questions = f"\nQuestions? Call us on {phone}.\n"
    return Letter(mail_id, to, subject, text.format(opening=opening, link=link, questions=questions), at)


def code(mail_id: UUID, at: datetime, to: str, digits: str) -> Letter:
    """A code that opens a form."""
    return Letter(mail_id, to, "Your code", CODE.format(code=digits), at)


def send(server: Server, letter: Letter, handing: Callable[[], bool]) -> bool:
    """Give a letter to the server. `handing` is asked just before its text goes; when it says no, nothing is sent.

    Returns whether it was sent. Raises Refused, or Unsure when the text went and no answer came.
    """
    try:
        text = letter.message(server.sender).as_bytes()
    except ValueError:
        raise Refused("address", for_good=True) from None
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


def _accepted(answer: tuple[int, bytes], what: str, *, for_good: bool = False) -> None:
    reply = answer[0]
    if reply not in (250, 251):
        raise Refused(what, for_good=for_good and 500 <= reply < 600)


# ---- Where no server is set: a folder, in demonstrations and tests alone


def keep(folder: Path, letter: Letter) -> None:
    """Put a letter into the folder, whole or not at all, under its id: the same letter lies there once."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, scratch = mkstemp(dir=folder, prefix=".")
    with os.fdopen(handle, "wb") as file:
        file.write(letter.message(NO_REPLY).as_bytes())
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
