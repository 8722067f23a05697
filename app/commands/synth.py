"""flask synth: invented patients, each filling in the form as it is filled in on a phone, page by page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from app.commands.database import migrate, transaction
from app.core import audit
from app.core.access import Actor
from app.core.act import Act
from app.demo.people import InventedPerson
from app.intake.draft import SIGN_PAGE, START_PAGE
from app.intake.form import service
from app.intake.form.forms import form_values
from app.intake.help import interruptions
from app.intake.help.interruptions import HelpChoice, HelpReply
from app.intake.progress import Progress
from app.intake.start import service as opening
from app.intake.store import read_draft, store_draft
from app.models import CLINIC, Case
from app.questionnaire.intake import INTAKE
from app.questionnaire.pages import Page
from app.questionnaire.reading import Reading
from app.web.act import system_act
from app.web.clock import local, now
from app.web.settings import current_settings

AT_ONCE = 20
SPREAD = timedelta(days=3)
"""Over how long the forms of a run were sent."""
ROUNDS = 3
"""How often a form is gone through: a later answer can bring up a question on an earlier page."""


class InventedAnswersRefused(RuntimeError):
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
    end = now()
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, count))
        with transaction() as session:
            for number in numbers:
                at = end - SPREAD * (count - number) / count
                act = system_act(session, at)
                person = InventedPerson.of(seed, number, act.today, act.terms.jurisdiction)
                fill_in(act, person, SPREAD / count)
            audit.record(system_act(session, end), "synth.made", cases=len(numbers))
        click.echo(f"{numbers.stop:,} of {count:,}", err=True)


def fill_in(began: Act, person: InventedPerson, most: timedelta) -> Case:
    """Fill in and send one form, or leave it where this person does, in a quarter of an hour or `most`.

    Raises InventedAnswersRefused.
    """
    known = {"dob": person.fixed["dob"], "language": person.fixed["language"]}
    case = opening.start_form(began, known, via="synth")
    act, session = began.by(Actor("patient", case.id, frozenset())), began.session
    pace = min(timedelta(minutes=15), most) / (len(INTAKE.pages) * ROUNDS)
    done = 0
    for page in [page for page in INTAKE.pages if page.id not in (START_PAGE, SIGN_PAGE)] * ROUNDS:
        draft = read_draft(session, case)
        progress = Progress.of(draft, act.today, case.jurisdiction)
        if not progress.is_asked(page) or progress.is_done(page):
            continue
        if done == person.stops_after:
            _forget_times(session, case)
            return case
        act, done = _later(act, pace), done + 1
        posted = posted_by(person, page, progress)
        version = draft.saved.get(page.id, 0)
        saved = service.save_page(act, case, page, posted, version)
        _refuse(page, saved.read.problems)
        _read_help(act, case, person)
    _forget_times(session, case)
    progress = Progress.of(read_draft(session, case), act.today, case.jurisdiction)
    posted = posted_by(person, INTAKE.pages[-1], progress)
    sent = service.submit(_later(act, pace), case, posted, "")
    _refuse(INTAKE.pages[-1], sent.problems or sent.open_pages)
    return case


def _later(act: Act, pace: timedelta) -> Act:
    at = act.now + pace
    return replace(act, now=at, today=local(at).date())


def _forget_times(session: Session, case: Case) -> None:
    """Nobody took these minutes: what patients are promised is measured on people alone."""
    draft = read_draft(session, case)
    draft.page_seconds, draft.page_clock = {}, None
    store_draft(session, case, draft)


def posted_by(person: InventedPerson, page: Page, progress: Progress) -> dict[str, list[str]]:
    """The page as this person's browser would send it: each question answered when those above bring it up."""
    answers: dict[str, Any] = dict(progress.draft.answers)
    for question in page.questions:
        if Reading(INTAKE, answers, progress.reading.on, progress.reading.jurisdiction).shown(question.id):
            answers[question.id] = person.answer(question)
        else:
            answers.pop(question.id, None)
    return form_values(page, answers)


def _read_help(act: Act, case: Case, person: InventedPerson) -> None:
    """Look at each help page that came up, and go on."""
    while pending := read_draft(act.session, case).queued_help:
        page = pending[0]
        if page != interruptions.NUMBER_CHECK:
            interruptions.audit_help_shown(act, case, page)
        wish = str(person.answer(INTAKE.questions["callback"]))
        interruptions.leave_interruption(act, case, page, HelpReply(HelpChoice.KEEP, wish))


def _refuse(page: Page, problems: object) -> None:
    if problems:
        raise InventedAnswersRefused(f"The page {page.id} does not take what was invented for it: {problems}")
