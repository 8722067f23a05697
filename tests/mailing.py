"""Mail of a test: sent when the test says so, and read from the folder that stands in for a server."""

import re
from dataclasses import dataclass

from flask import Flask

from app.jobs import sending
from app.mail import demo_mailbox


@dataclass(frozen=True)
class Post:
    """A post office: mail waits in the records until it is collected."""

    app: Flask

    def collect(self) -> list[str]:
        """Send what is due, and give the texts of all mails there are, oldest first."""
        sending.deliver_due(self.app)
        folder = self.app.config["SETTINGS"].mailbox
        return [
            "".join(text for text, _ in letter.parts)
            for letter in reversed(demo_mailbox.read_letters(folder))
        ]

    def link(self) -> str:
        """The path of the link in the newest mail that has one."""
        found = [re.search(r"http://localhost:8000(/i/\S+)", text) for text in self.collect()]
        return next(one[1] for one in reversed(found) if one)

    def code(self) -> str:
        """The code in the newest mail that has one."""
        found = [re.search(r"code is ([0-9]{6})\n", text) for text in self.collect()]
        return next(one[1] for one in reversed(found) if one)
