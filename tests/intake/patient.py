"""A patient at a browser: sees a page, fills it in, sends it, and goes where it leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.intake.draft import Draft
from app.intake.form.forms import form_values
from app.models import AuditEvent, Case, Flag, Screening, seal, unseal
from app.questionnaire.all_forms import WHOLE
from app.questionnaire.countries import Country
from app.questionnaire.intake import INTAKE
from tests.browsing import cookie_contents, token, unmarked
from tests.factories import NOW
from tests.intake.answers import signature_fields
from tests.people import HEALTHY, Answers

Fields = Mapping[str, str | Sequence[str]]

BORN = HEALTHY["dob"]
VIEWED = "intake.viewed"
UNNAMED = frozenset({"csrf_token", "page"})


class Seen(HTMLParser):
    """What a page shows: its words, the problems it lists, and what its forms would send as they stand."""

    def __init__(self, response: TestResponse) -> None:
        super().__init__(convert_charrefs=True)
        self.status = response.status_code
        location = response.headers.get("Location")
        self.location: str | None = None if location is None else unmarked(location)
        self.title = self.heading = self.words = ""
        self.values: dict[str, list[str]] = {}
        self.boxes: set[str] = set()
        self.ids: set[str] = set()
        self.questions: dict[str, bool] = {}
        """Questions drawn, and whether each is in view."""
        self.problems: list[tuple[str, str]] = []
        """What to mend, and the id it leads to."""
        self.buttons: dict[str, list[str]] = {}
        self.links: dict[str, str] = {}
        """Where its links lead, without the mark of its form, and their words."""
        self.addresses: set[str] = set()
        """Where its links lead, as they stand there."""
        self.tasks: dict[str, str] = {}
        """Steps of the task list, and how far each has come."""
        self._task: list[str] | None = None
        self._inside: list[str] = []
        self._summary = False
        self._link = self._area = ""
        self.html: str = response.text
        self.feed(self.html)
        # As a browser shows them: how a template breaks its lines is nothing that a page says.
        self.words = " ".join(self.words.split())

    @property
    def path(self) -> str:
        """Where a redirect leads, without its anchor."""
        return urlsplit(self.location or "").path

    @property
    def in_view(self) -> list[str]:
        """The questions that are asked on this page as it stands."""
        return [name for name, shown in self.questions.items() if shown]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "template":
            self._inside.append(tag)
        if "template" in self._inside:
            return  # what a script may show one day is not on the page
        if tag in ("title", "h1", "a", "button", "style", "script", "textarea"):
            self._inside.append(tag)
        self.ids.add(given.get("id", ""))
        if "data-question" in given:
            self.questions[given["data-question"]] = "hidden" not in given
        self._summary = self._summary or "nhsuk-error-summary" in given.get("class", "")
        if tag == "a":
            self.addresses.add(given["href"])
            self._link = unmarked(given["href"])
            self.links[self._link] = ""
            if self._summary:
                self.problems.append(("", self._link.removeprefix("#")))
        if "nhsuk-task-list__item" in given.get("class", ""):
            self._task = []
        if tag == "button" and "name" in given:
            self.buttons.setdefault(given["name"], []).append(given.get("value", ""))
        if tag not in ("input", "textarea") or given["name"] in UNNAMED:
            return
        name = given["name"]
        self.boxes.add(name)
        if tag == "textarea":
            self._area = name
            self.values[name] = [""]
        elif given["type"] not in ("radio", "checkbox") or "checked" in given:
            self.values.setdefault(name, []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()
        if tag == "textarea":
            # A browser leaves out the line end that directly follows the tag.
            self.values[self._area] = [self.values[self._area][0].removeprefix("\n")]
        if tag == "ul":
            self._summary = False
        if tag == "li" and self._task:
            self.tasks[self._task[0]] = self._task[-1]
            self._task = None

    def handle_data(self, data: str) -> None:
        within = self._inside[-1] if self._inside else ""
        if within in ("style", "script", "template"):
            return
        if within == "textarea":
            self.values[self._area][0] += data
        elif within == "title":
            self.title += data
        elif within == "h1":
            self.heading += data
        elif within == "a":
            self.links[self._link] += data
            if self._summary:
                self.problems[-1] = (self.problems[-1][0] + data, self.problems[-1][1])
        if self._task is not None and data.strip():
            self._task.append(data.strip())
        self.words += data if within != "title" else ""


@dataclass
class Clock:
    """The time, which passes only when told to. A Monday at half past ten at the clinic, which is open."""

    now: datetime

    def wait(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)

    @property
    def today(self) -> date:
        """The date, here and at the clinic while nobody waits past midnight."""
        return self.now.date()


@dataclass
class Patient:
    """Someone with a browser, and a look into the database behind it."""

    client: FlaskClient
    session: Session
    clock: Clock
    visited: list[str] = field(default_factory=list)

    def open(self, path: str) -> Seen:
        """Go to an address, and no further."""
        self.session.commit()
        return Seen(self.client.get(path))

    def send(self, path: str, fields: Fields | None = None, /, **more: str | Sequence[str]) -> Seen:
        """Send a form with its token and the mark of its case. What is given among the fields takes their place."""
        # What the test looked at must not lock out those who write.
        self.session.commit()
        case = self.session.get(Case, self.case_id) if self.case_id else None
        of = {"submission": str(case.submission_id)} if case else {}
        self.session.commit()
        given = {"csrf_token": token(self.client)} | of | dict(fields or {}) | more
        return Seen(self.client.post(path, data=given))

    def start(self, born: str = BORN, path: str = "/", **more: str) -> Seen:
        """Give a birth date on the start page, on a link, or on a tablet, whose page says for whom it was drawn."""
        if path == "/tablet/":
            more = {"handed": "".join(self.open(path).values.get("handed", ()))} | more
        return self.send(path, birth_date(born) | {"language": "en"} | more)

    def save(self, page_id: str, answers: Answers | None = None, /, **fields: str | Sequence[str]) -> Seen:
        """Send a page as its newest window would: these answers in it, and further fields as they are typed."""
        page = WHOLE.page(page_id)
        assert page is not None
        typed = form_values(page, answers or {})
        version = str(self.draft.saved.get(page_id, 0))
        return self.send(f"/intake/{page_id}", {"version": version} | typed | fields)

    def walk(self, answers: Answers, until: str = "sign") -> Seen:
        """Fill in page after page with these answers, in the order they come, up to the page `until`."""
        seen = self.open("/intake/")
        at = next(path for path in seen.links if path.startswith("/intake/") and path != "/intake/")
        for _ in range(2 * len(INTAKE.pages)):
            page_id = at.rsplit("/", 1)[1]
            self.visited.append(page_id)
            if page_id == until:
                return self.open(at)
            seen = self.send(at, answer="carry_on") if "/help/" in at else self.save(page_id, answers)
            assert seen.status == 303, (at, seen.problems)
            at = seen.path
        raise AssertionError(f"It goes round and round: {self.visited[-4:]}")

    def have(self, answers: Answers, **draft: Any) -> None:
        """Have these answers on every page, all of them saved, as if they had been filled in before."""
        case = self.case
        saved = {page.id: 1 for page in INTAKE.pages if page.id != "sign"}
        given = Draft(dict(answers), **{"saved": saved, "notices": read_notices(), **draft})
        seal(self.session, case, "sealed_answers", given.as_json())
        case.answers_version = 1
        self.session.commit()

    def sign(self, name: str = "Robin Ashdown", **more: str) -> Seen:
        """Sign and send, with what a healthy adult says on that page."""
        return self.send("/intake/sign", {**signature_fields(name), **more})

    @property
    def case_id(self) -> UUID | None:
        """The case that the cookie holds."""
        held = cookie_contents(self.client).get("case")
        return UUID(str(held)) if held else None

    @property
    def case(self) -> Case:
        """The case as it is now."""
        # What other sessions did is seen after a commit, and an open savepoint would undo theirs.
        self.session.commit()
        return self.session.get_one(Case, self.case_id)

    @property
    def draft(self) -> Draft:
        """The answers as they are stored now."""
        return Draft.from_json(unseal(self.session, self.case, "sealed_answers"))

    @property
    def events(self) -> list[str]:
        """What the audit log tells of this case, the looks at its pages apart: see `looks`."""
        self.session.commit()
        told = select(AuditEvent.event).where(AuditEvent.case_id == self.case_id, AuditEvent.event != VIEWED)
        return list(self.session.scalars(told.order_by(AuditEvent.seq)))

    @property
    def looks(self) -> list[str]:
        """The pages of this case that the audit log says were shown to its patient."""
        return [facts["page"] for facts in self.facts(VIEWED)]

    def facts(self, event: str) -> list[dict[str, Any]]:
        """What the audit log says of each event of this name."""
        self.session.commit()
        told = select(AuditEvent).where(AuditEvent.case_id == self.case_id, AuditEvent.event == event)
        return [row.facts for row in self.session.scalars(told.order_by(AuditEvent.seq))]

    @property
    def screenings(self) -> list[Screening]:
        """Every screening of the case, in order."""
        self.session.commit()
        found = select(Screening).where(Screening.case_id == self.case_id).order_by(Screening.id)
        return list(self.session.scalars(found))

    def flags(self, screening: Screening | None = None) -> dict[str, dict[str, Any]]:
        """Raised rules and their evidence: of the newest screening."""
        newest = screening or self.screenings[-1]
        found = self.session.scalars(
            select(Flag).where(Flag.screening_id == newest.id, Flag.outcome == "raised")
        )
        return {flag.rule: dict(unseal(self.session, flag, "sealed_evidence")) for flag in found}


def read_notices() -> dict[str, dict[str, Any]]:
    """What a draft holds of somebody who read every notice, in English in the US, and ticked that they did."""
    reader = Draft({"privacy_ok": True, "agree_facts": True})
    for page in WHOLE.pages:
        reader.record_notices(page, NOW, Country.US, "en", str)
    return reader.notices


def birth_date(iso: str, name: str = "verify_dob") -> dict[str, str]:
    """The three boxes of a date."""
    year, month, day = iso.split("-")
    return {f"{name}-day": str(int(day)), f"{name}-month": str(int(month)), f"{name}-year": year}
