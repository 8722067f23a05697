"""Where no mail server is set, in demonstrations and tests alone: a folder that mails are put into, and read from."""

import os
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from tempfile import mkstemp

from app.mail.smtp import Letter, message_bytes

NO_REPLY = "no-reply@foreroom.invalid"
MOST_SHOWN = 50
LINK = re.compile(r"https?://\S+")


def store_letter(folder: Path, letter: Letter) -> None:
    """Put a letter into the folder, whole or not at all, under its id: the same letter lies there once.

    Raises BadAddress.
    """
    text = message_bytes(letter, NO_REPLY)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, scratch = mkstemp(dir=folder, prefix=".")
    with os.fdopen(handle, "wb") as file:
        file.write(text)
    os.replace(scratch, folder / f"{letter.id}.eml")


@dataclass(frozen=True)
class MailboxLetter:
    """A mail of the folder, as a page shows it."""

    to: str
    """The address that it was sent to."""
    subject: str
    """Its subject."""
    date: str
    """When it was written, as its head says."""
    parts: tuple[tuple[str, bool], ...]
    """Its text, cut at each link; true for a link."""


def read_letters(folder: Path) -> list[MailboxLetter]:
    """The newest letters of the folder, newest first: ids begin with their time."""
    paths = sorted(folder.glob("*.eml"), reverse=True)[:MOST_SHOWN] if folder.is_dir() else []
    found = []
    for path in paths:
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        text = str(message.get_content()).replace("\r\n", "\n")
        cut, at = [], 0
        for link in LINK.finditer(text):
            cut += [(text[at : link.start()], False), (link.group(), True)]
            at = link.end()
        cut.append((text[at:], False))
        to, subject, date = (str(message[name]) for name in ("To", "Subject", "Date"))
        found.append(MailboxLetter(to, subject, date, tuple(cut)))
    return found
