"""Starting a form and coming back to it: the first page, a link, the language, leaving."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.intake.form.forms import posted_values
from app.intake.form.rendering import (
    START,
    render_by_invitation,
    render_paused,
    render_start,
)
from app.intake.gate import (
    STALE,
    UNDER_AGE,
    bp,
    give_back_unsaved,
    held_case,
    keep_switched_language,
    posted_for_another_form,
    refuse_other_link,
)
from app.intake.help.rendering import HelpPage, render_help
from app.intake.ownership_gate import (
    OF,
    address_mark,
    earlier_case,
    is_linked_from,
    is_linked_from_another,
    is_posted_for,
    mark_addresses,
    open_in_browser,
)
from app.intake.start import service
from app.intake.start.link_target import LinkTarget, link_target
from app.intake.start.service import EntryResult
from app.intake.unsaved_rendering import UnsavedReason
from app.invitations import codes
from app.questionnaire.intake import INTAKE
from app.questionnaire.interruption_triggers import BY_ID
from app.questionnaire.kinds import age_on
from app.questionnaire.posted import PageRead, Problem, read_page
from app.questionnaire.reading import Reading
from app.questionnaire.wording import Message
from app.web import language
from app.web.act import current_act
from app.web.clock import today
from app.web.extensions import csrf
from app.web.form_switch import is_form_on
from app.web.forms import PostForm
from app.web.guards import public
from app.web.patient_session import browser_mark, patient_is_away, switch_to_earlier_form
from app.web.settings import current_settings
from app.web.tablet_session import on_tablet
from app.web.transaction import keep_despite_errors, request_session

MISSED = Message("That date does not match our record. Check it and try again")
WARN_FROM_TRIES_LEFT = 2
"""The number of tries left from which on a message says what comes after them."""


def _missed_message(misses: int) -> Message:
    """Message for a wrong date; from the third on, with the number of tries left before a pause."""
    left = service.tries_left(misses)
    if left > WARN_FROM_TRIES_LEFT:
        return MISSED
    return Message(
        "That date does not match our record. Check it. Tries left before we pause this form for a while: {left}",
        left=left,
    )


OUR_PATH = re.compile(r"(/[\w.~-]+)+/?|/", re.ASCII)


@bp.get("/")
@public("the first page of the form; it shows nothing of anyone")
def start() -> ResponseReturnValue:
    """Start a form, or take up the one begun in this browser."""
    if not is_form_on(request_session()):
        return render_template("intake/closed.html"), 503
    case = held_case()
    back = case is not None
    if on_tablet() and (patient_is_away() or not back):
        return redirect(url_for("tablet.over" if patient_is_away() else "tablet.start"), 303)
    if case is not None and is_linked_from_another(case):
        return refuse_other_link()
    if case is not None:
        mark_addresses(case)
    elif not current_settings().self_start:
        return render_by_invitation()
    return render_start(PostForm(), {}, back=back)


@bp.post("/")
@public("whoever comes may start a form")
def begin() -> ResponseReturnValue:
    """Open a new form, or the one begun in this browser, with a birth date. Its form checks the CSRF token itself."""
    if not is_form_on(request_session()):
        return render_template("intake/closed.html"), 503
    case = held_case()
    if case is None and on_tablet():
        return redirect(url_for("tablet.start"), 303)
    if case is None and not current_settings().self_start:
        return render_by_invitation(), 403
    if case is not None and (
        is_linked_from_another(case) or not (is_posted_for(case) or is_linked_from(case))
    ):
        # Also a page that names no form: it was drawn before this one was opened, and may be somebody else's.
        return refuse_other_link()
    if case is not None:
        mark_addresses(case)
    if language.apply_language_switch():
        return render_start(PostForm(), _typed_on_start_page(), back=case is not None)
    form, read, problems = read_start_page(case is not None)
    if problems:
        return render_start(form, posted_values(START), problems, back=case is not None), 422
    born = read.answers["verify_dob"]
    if case is not None:
        opened = service.resume(current_act(), case, born)
        door = service.birth_date_misses(request_session(), case)
        return entry_response(opened, case, form, back=True, ends=door.pause_ends, misses=door.misses)
    return enter_uninvited(form, read, via="start")


def enter_uninvited(form: PostForm, read: PageRead, *, via: str) -> ResponseReturnValue:
    """Begin a form for someone who was not invited, unless their birth date says that they are too young."""
    born = read.answers["verify_dob"]
    if age_on(date.fromisoformat(born), today()) < current_settings().minimum_age:
        return render_help(HelpPage(BY_ID[UNDER_AGE]))
    known = {"dob": born, "language": read.answers.get("language")}
    return entry_response(EntryResult.OPEN, service.start_form(current_act(), known, via=via), form)


@bp.get("/i/<token>")
@public("an invitation reveals nothing: it only asks for a birth date")
def invitation(token: str) -> ResponseReturnValue:
    """A link from the clinic, in the language that it was sent in unless another was picked here."""
    if not is_form_on(request_session()):
        return render_template("intake/closed.html"), 503
    to = link_target(request_session(), token)
    if not language.is_language_chosen():
        language.choose_language(to.language if to else None)
    return render_start(PostForm(), {}, to=to)


@bp.post("/i/<token>")
@public(
    "the birth date sends a code to the address, or opens where there is none; five wrong ones pause the link"
)
def open_invitation(token: str) -> ResponseReturnValue:
    """Ask for the form behind a link with a birth date. Its form checks the CSRF token itself."""
    if not is_form_on(request_session()):
        return render_template("intake/closed.html"), 503
    to = link_target(request_session(), token)
    if language.apply_language_switch():
        return render_start(PostForm(), _typed_on_start_page(), to=to)
    form, read, problems = read_start_page(False)
    if problems:
        return render_start(form, posted_values(START), problems, to=to), 422
    wanted = read.answers.get("language") or "en"
    born = read.answers["verify_dob"]
    link = service.find_invitation(current_act(), token)
    opened, found = service.check_birth_date(current_act(), link, born)
    if found is None or opened is not EntryResult.OPEN:
        ends, misses = found.pause_ends if found else None, link.misses if link else 0
        return entry_response(opened, None, form, invited=True, to=to, ends=ends, misses=misses)
    if found.needs_code:
        if not codes.send_code(current_act(), found, browser_mark(), wanted):
            keep_despite_errors()
            return render_template("intake/code_limit.html"), 429
        return redirect(url_for("invited.code", token=token), 303)
    case = service.enter_invited(current_act(), found, wanted)
    return entry_response(opened, case, form, invited=True)


def read_start_page(back: bool) -> tuple[PostForm, PageRead, list[Problem]]:
    """The start page as it was posted: its form, what was read, and the problems. `back`: it asked the date alone."""
    form = PostForm()
    read = read_page(
        START, posted_values(START), Reading(INTAKE, {}, today(), current_settings().jurisdiction)
    )
    problems = [problem for problem in read.problems if not back or problem.question != "language"]
    if not form.validate():
        problems.append(Problem("verify_dob", STALE, "verify_dob-day"))
    if not problems and not back:
        language.choose_language(read.answers.get("language"))
    return form, read, problems


def _typed_on_start_page() -> dict[str, list[str]]:
    """The posted values of the start page, with the language that its switch picked."""
    return posted_values(START) | {"language": [language.language()]}


def entry_response(
    opened: EntryResult,
    case: Any,
    form: PostForm,
    *,
    back: bool = False,
    invited: bool = False,
    to: LinkTarget | None = None,
    ends: datetime | None = None,
    misses: int = 0,
) -> ResponseReturnValue:
    """Response to a birth date: into the form, or back with a message. `back`: the form was open in this browser
    before; `to`: the form that the link leads to; `ends`: when a pause ends; `misses`: wrong dates in a row.
    """
    if opened is EntryResult.OPEN:
        if back:
            language.choose_language(service.language_of(request_session(), case))
        elif current_settings().spanish:
            service.change_language(request_session(), case, language.language())
        open_in_browser(case)
        due = service.due_help_page(request_session(), case)
        if due:
            return redirect(url_for("intake.help_page", interruption=due), 303)
        return redirect(
            url_for(
                "intake.tasks" if back or invited else "intake.page",
                page_id=None if back or invited else "right_now",
            ),
            303,
        )
    # A miss and a link that is no more are counted, so the page comes back with its transaction kept.
    keep_despite_errors()
    if opened is EntryResult.GONE:
        return render_template("intake/link_gone.html"), 404
    if opened is EntryResult.PAUSED:
        mails = back and current_settings().sends_mail and not on_tablet()
        return render_paused(ends, mails=mails), 403
    typed = posted_values(START)
    problem = Problem(
        "verify_dob", _missed_message(misses), "verify_dob-day", again="verify_dob" in typed["again"]
    )
    return render_start(form, typed, [problem], back=back, to=to), 422


@bp.post("/language")
@public("it changes the words of a page and nothing else, and its form carries a CSRF token")
def switch_language() -> ResponseReturnValue:
    """Show the page that one came from in another language."""
    if posted_for_another_form():
        return give_back_unsaved(UnsavedReason.OTHER)
    keep_switched_language()
    path = request.form.get("page", "")
    return redirect(request.script_root + (path if OUR_PATH.fullmatch(path) else "/"), 303)


@bp.post("/intake/earlier")
@public("it opens nothing: the birth date is asked first, and its form carries a CSRF token")
def take_up_earlier() -> ResponseReturnValue:
    """Lead to the door of the form that was open in this browser before: of the one that the page asks for, though
    it was asked for before.
    """
    wanted, before = request.form.get(OF), earlier_case()
    if wanted is None or (before is not None and address_mark(before) == wanted):
        switch_to_earlier_form()
    elif posted_for_another_form():
        return refuse_other_link()
    return redirect(url_for("intake.start"), 303)


# Their forms check the token themselves, and show what was typed again when it is stale.
for _view in (begin, open_invitation):
    csrf.exempt(_view)
