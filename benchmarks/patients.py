"""Patients at their browsers: each goes through a whole health check, from the start page to the confirmation.

What they type is found once, against the product itself. A browser then goes the same way as often as is asked, as a
browser does: it sends a page's hidden fields back with what was typed, keeps its cookie, follows where it is led, and
takes pages compressed.
"""

from __future__ import annotations

import gzip
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Protocol
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from sqlalchemy import select

from app.commands.synth import posted_by
from app.demo.people import InventedPerson
from app.intake.draft import START_PAGE
from app.intake.help.interruptions import NUMBER_CHECK, HelpChoice, call_question
from app.intake.ownership_gate import SUBMISSION
from app.intake.progress import Progress
from app.intake.store import read_draft
from app.models import Case
from app.questionnaire.intake import INTAKE
from app.questionnaire.interruption_triggers import BY_ID
from app.web.act import system_act
from app.web.clock import today
from app.web.extensions import db
from benchmarks.people import SEED

START, SIGN, SENT, HELP = "/", "/intake/sign", "/intake/confirmation", "/intake/help/"
OPENED, SAVED, SIGNED, OTHER = "opened", "saved", "sent", "other"
"""What a request of a health check is: a page of questions opened, or saved; the form sent; and the start page, help
and thanks.
"""
MOST_PAGES = 200

_FORM = re.compile(r'<form[^>]*id="answers".*?</form>', re.DOTALL)
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)"')


@dataclass(frozen=True)
class Answer:
    """What came back for one request."""

    status: int
    location: str
    cookie: str | None
    """The Cookie header to go on with; None when none was set."""
    body: bytes
    compressed: bool

    @property
    def text(self) -> str:
        """The page."""
        return (gzip.decompress(self.body) if self.compressed else self.body).decode()


class Sends(Protocol):
    """A way to the product: in this process, or over a connection."""

    def __call__(self, method: str, path: str, cookie: str, body: str | None) -> Answer:
        """Send one request and read the whole answer."""


@dataclass(frozen=True)
class Patient:
    """What one invented person types into the pages of a health check, in the order of their way through it."""

    number: int
    typed: tuple[str, ...]
    """The form-encoded answers of each page that is sent."""


class WrongAnswer(RuntimeError):
    """The product did not answer as it does a patient whose answers it takes."""


def walk(send: Sends, typed: Callable[[str, str], str]) -> Iterator[str]:
    """Go through a health check; yields what each request was, once it is answered.

    `typed`: what is typed, form-encoded, into the page of an address, of the form with a submission id. Raises
    WrongAnswer.
    """
    path, cookie = START, ""
    for _ in range(MOST_PAGES):
        page = send("GET", path, cookie, None)
        if page.status != 200:
            raise WrongAnswer(f"GET {path}: {page.status} {page.location}")
        cookie, place = page.cookie or cookie, urlsplit(path).path
        yield kind_of("GET", place)
        if place == SENT:
            return
        form = _FORM.search(page.text)
        if form is None:
            raise WrongAnswer(f"{path} has no form.")
        hidden = [(name, unescape(value)) for name, value in _HIDDEN.findall(form[0])]
        body = f"{urlencode(hidden)}&{typed(place, dict(hidden).get(SUBMISSION, ''))}".rstrip("&")
        answer = send("POST", path, cookie, body)
        if answer.status != 303:
            raise WrongAnswer(f"POST {path}: {answer.status}")
        cookie, path = answer.cookie or cookie, answer.location.partition("#")[0]
        yield kind_of("POST", place)
    raise WrongAnswer("The health check has no end.")


def kind_of(method: str, place: str) -> str:
    """What a request of a health check is."""
    if place in (START, SENT) or place.startswith(HELP):
        return OTHER
    return OPENED if method == "GET" else SIGNED if place == SIGN else SAVED


def again(patient: Patient, send: Sends) -> Iterator[str]:
    """Go the way of a patient once more, as `walk` does."""
    typed = iter(patient.typed)
    return walk(send, lambda _place, _form: next(typed))


def invent_patients(send: Sends, count: int) -> list[Patient]:
    """So many invented people who finish their form, each gone through it once. Called in the context of the app that
    answers `send`, or of another on its database.
    """
    found: list[Patient] = []
    number = 0
    while len(found) < count:
        number += 1
        with db.sessionmaker() as session:
            act = system_act(session)
            person = InventedPerson.of(SEED, number, act.today, act.terms.jurisdiction)
        if person.stops_after is None:
            typed: list[str] = []

            def type_in(
                place: str, form: str, person: InventedPerson = person, typed: list[str] = typed
            ) -> str:
                typed.append(_typed(person, place, form))
                return typed[-1]

            deque(walk(send, type_in), maxlen=0)
            found.append(Patient(number, tuple(typed)))
    return found


def _typed(person: InventedPerson, place: str, form: str) -> str:
    """What a person types into the page of an address, of the form with this submission id."""
    if place == START:
        year, month, day = str(person.fixed["dob"]).split("-")
        language = str(person.fixed["language"])
        named = {
            "verify_dob-year": year,
            "verify_dob-month": month,
            "verify_dob-day": day,
            "language": language,
        }
        return urlencode(named)
    name = place.rpartition("/")[2]
    with db.sessionmaker() as session:
        case = session.scalars(select(Case).where(Case.submission_id == UUID(form))).one()
        draft = read_draft(session, case)
    if place.startswith(HELP):
        if name == NUMBER_CHECK:
            return urlencode({"answer": HelpChoice.KEEP})
        asked = call_question(BY_ID[name], draft)
        wish = {asked.id: str(person.answer(asked))} if asked else {}
        return urlencode({"answer": HelpChoice.CARRY_ON, **wish})
    page = INTAKE.page(name)
    if page is None or page.id == START_PAGE:
        raise WrongAnswer(f"Led to {place}, which is no page of questions.")
    progress = Progress.of(draft, today(), case.jurisdiction)
    return urlencode(posted_by(person, page, progress), doseq=True)
