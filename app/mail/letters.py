"""The texts of mail. No name, no health, and the clinic only if it allows that: to be its patient is a secret too.

Nothing a person typed goes into a mail but the address it is sent to. A name that carries a line end has no way in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.mail.smtp import Letter
from app.questionnaire import durations
from app.questionnaire.crisis_contacts import DO_NOT_WAIT
from app.questionnaire.durations import duration_words
from app.questionnaire.timing import PROMISED
from app.questionnaire.wording import Message, Translate, UserText

HELLO = Message("Hello,")
STOP_ANY_TIME = Message("You can stop at any time and come back with this same link.")
THEN_A_CODE = Message("We ask for your date of birth first. Then we email you a code.")
NOTHING_TO_DO = Message("You do not need to do anything.")


@dataclass(frozen=True)
class Envelope:
    """What every letter needs beside its words."""

    id: UUID
    """Of the mail in the outbox."""
    at: datetime
    """When it is written, aware."""
    to: str
    """One email address."""
    clinic: tuple[str, str] | None = None
    """The clinic's name and telephone, where it allows to be named."""
    translate: Translate = str
    """Translates into the language of the letter."""

    @property
    def name(self) -> UserText:
        """The clinic's name, in one line."""
        return UserText(" ".join(self.clinic[0].split()) if self.clinic else "")

    def letter(self, subject: Message, *paragraphs: tuple[str, ...]) -> Letter:
        """The letter of a subject and paragraphs of sentences; an empty paragraph is left out."""
        subject = (
            Message("{clinic}: {subject}", clinic=self.name, subject=subject) if self.clinic else subject
        )
        said = [
            " ".join(self.translate(sentence) for sentence in sentences)
            for sentences in paragraphs
            if sentences
        ]
        return Letter(self.id, self.to, self.translate(subject), "\n\n".join(said) + "\n", self.at)

    @property
    def questions(self) -> tuple[str, ...]:
        """The paragraph that says whom to ask; empty where the clinic is not named."""
        if self.clinic is None:
            return ()
        return (Message("Questions? Call us on {phone}.", phone=UserText(" ".join(self.clinic[1].split()))),)


def invitation(to: Envelope, link: str) -> Letter:
    """A link to a form."""
    opening = Message("You have a form to fill in.")
    if to.clinic:
        opening = Message("{clinic} has sent you a form to fill in.", clinic=to.name)
    return to.letter(
        Message("A form for you to fill in"),
        (HELLO,),
        (opening, Message("It takes about {minutes} minutes.", minutes=PROMISED), STOP_ANY_TIME),
        (UserText(link),),
        (THEN_A_CODE,),
        to.questions,
        (Message("If you did not expect this, you do not need to do anything."),),
    )


def reminder(to: Envelope, link: str) -> Letter:
    """That a form is not sent yet."""
    kept = duration_words(durations.FORM_KEPT)
    return to.letter(
        Message("Your form is waiting for you"),
        (HELLO,),
        (Message("Your form is not sent yet. What you told us so far is saved."), STOP_ANY_TIME),
        (UserText(link),),
        (Message("If it is too much, tell us: you can answer by phone."),),
        to.questions,
        (Message("We keep a form that is not sent for {time}. Then we delete it.", time=kept),),
    )


def check_in(to: Envelope, link: str) -> Letter:
    """A link to a check-in. That somebody was treated is a secret too."""
    return to.letter(
        Message("A short form for you"),
        (HELLO,),
        (Message("You have a short form to fill in. It takes 2 to 4 minutes."),),
        (UserText(link),),
        (THEN_A_CODE,),
        to.questions,
        (DO_NOT_WAIT,),
    )


def erased(to: Envelope) -> Letter:
    """That the answers of an unfinished form were deleted."""
    kept = duration_words(durations.FORM_KEPT)
    return to.letter(
        Message("Your form was deleted"),
        (HELLO,),
        (
            Message(
                "A form that you began was not sent within {time}, so we deleted all that was in it.",
                time=kept,
            ),
        ),
        to.questions,
        (NOTHING_TO_DO,),
    )


def code(to: Envelope, digits: str) -> Letter:
    """A code that opens a form."""
    works = duration_words(durations.CODE_WORKS)
    return Envelope(to.id, to.at, to.to, translate=to.translate).letter(
        Message("Your code"),
        (HELLO,),
        (Message("Your code is {code}", code=UserText(digits)),),
        (Message("Type it on the page where you asked for it. It works once, for {time}.", time=works),),
        (Message("We never ask you for this code by phone or email. Do not give it to anyone."),),
        (Message("If you did not ask for a code, you do not need to do anything."),),
    )


def alert(to: Envelope, link: str, number: str, sent_at: str) -> Letter:
    """An alert to the person on call, with nothing of who it is about or why. `number` is the short id of the case."""
    lines = (
        "Someone has told us something in their form that needs a person now.",
        link,
        "Sign in to see who it is, and what they need. This mail does not say, so that nobody else can read it.",
        f"Number {number}. Sent {sent_at}.",
    )
    return Letter(to.id, to.to, "Foreroom: someone needs a person now", "\n\n".join(lines) + "\n", to.at)
