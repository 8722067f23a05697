"""flask synth: invented patients, each filling in the form as it is filled in on a phone, page by page."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from app import audit
from app.access import Actor
from app.commands.database import SYSTEM, migrate, transaction
from app.demo.people import Invented
from app.intake import helping, opening, service
from app.intake.draft import SIGN_PAGE, START_PAGE, Way
from app.intake.forms import typed_again
from app.intake.store import Terms, draft_of, store
from app.models import CLINIC, Case
from app.questionnaire.intake import INTAKE
from app.questionnaire.pages import Page, Reading
from app.web.request import current_settings, local, now

AT_ONCE = 20
SPREAD = timedelta(days=3)
"""Over how long the forms of a run were sent."""
ROUNDS = 3
"""How often a form is gone through: a later answer can bring up a question on an earlier page."""


class InventedWrongly(RuntimeError):
    """An invented answer that the form refuses: a fault of the generator, or of the form."""


@click.command()
@click.argument("count", type=click.IntRange(1, 1_000_000))
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same people.")
@with_appcontext
def synth(count: int, seed: int) -> None:
    """Make COUNT invented patients, through the same steps a patient goes. Never among real ones."""
    if current_settings().kind == CLINIC:
        raise click.ClickException(
            "Invented patients never go among real ones: set FOREROOM_DEMO=1, or FOREROOM_ENV=test."
        )
    migrate()
    make_people(count, seed)


def make_people(count: int, seed: int) -> None:
    """Invent people and send their forms, a batch to a transaction, the newest last."""
    end, terms = now(), terms_here()
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, count))
        with transaction() as session:
            for number in numbers:
                at = end - SPREAD * (count - number) / count
                person = Invented.of(seed, number, local(at).date(), terms.jurisdiction)
                fill_in(session, person, at, SPREAD / count, terms)
            audit.record(session, SYSTEM, "synth.made", end, cases=len(numbers))
        click.echo(f"{numbers.stop:,} of {count:,}", err=True)


def terms_here() -> Terms:
    """This clinic's terms."""
    settings = current_settings()
    return Terms(settings.jurisdiction, settings.minimum_age, settings.rules)


def fill_in(session: Session, person: Invented, began: datetime, most: timedelta, terms: Terms) -> Case:
    """Fill in and send one form, or leave it where this person does, in a quarter of an hour or `most`.

    Raises InventedWrongly.
    """
    known = {"dob": person.fixed["dob"], "language": person.fixed["language"]}
    case = opening.start(session, SYSTEM, began, terms, known, via="synth")
    actor = Actor("patient", case.id, frozenset())
    pace = min(timedelta(minutes=15), most) / (len(INTAKE.pages) * ROUNDS)
    at, done = began, 0
    for page in [page for page in INTAKE.pages if page.id not in (START_PAGE, SIGN_PAGE)] * ROUNDS:
        today = local(at).date()
        draft = draft_of(session, case)
        way = Way.of(draft, today, case.jurisdiction)
        if not way.asked(page) or way.done(page):
            continue
        if done == person.stops_after:
            _forget_times(session, case)
            return case
        at, done = at + pace, done + 1
        posted = _posted(person, page, way)
        version = draft.saved.get(page.id, 0)
        saved = service.save_page(session, actor, at, today, terms, case, page, posted, version)
        _refuse(page, saved.read.problems)
        _read_help(session, actor, at, terms, case, person)
    _forget_times(session, case)
    way = Way.of(draft_of(session, case), local(at).date(), case.jurisdiction)
    posted = _posted(person, INTAKE.pages[-1], way)
    sent = service.submit(session, actor, at + pace, local(at).date(), terms, case, posted, "")
    _refuse(INTAKE.pages[-1], sent.problems or sent.open_pages)
    return case


def _forget_times(session: Session, case: Case) -> None:
    """Nobody took these minutes: what patients are promised is measured on people alone."""
    draft = draft_of(session, case)
    draft.took, draft.showing = {}, None
    store(session, case, draft)


def _posted(person: Invented, page: Page, way: Way) -> dict[str, list[str]]:
    """The page as this person's browser would send it: each question answered when those above bring it up."""
    answers: dict[str, Any] = dict(way.draft.answers)
    for question in page.questions:
        if Reading(INTAKE, answers, way.reading.on, way.reading.jurisdiction).shown(question.id):
            answers[question.id] = person.answer(question)
        else:
            answers.pop(question.id, None)
    return typed_again(page, answers)


def _read_help(
    session: Session, actor: Actor, at: datetime, terms: Terms, case: Case, person: Invented
) -> None:
    """Look at each help page that came up, and go on."""
    while pending := draft_of(session, case).pending:
        page, today = pending[0], local(at).date()
        if page != helping.NUMBER_CHECK:
            helping.see_interruption(session, actor, at, case, page)
        wish = {"callback": str(person.answer(INTAKE.questions["callback"]))}
        helping.leave_interruption(session, actor, at, today, terms, case, page, wish, confirm=True)


def _refuse(page: Page, problems: object) -> None:
    if problems:
        raise InventedWrongly(f"The page {page.id} does not take what was invented for it: {problems}")
