"""Filling in a form: task list, questions, check and send, confirmation."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.intake.draft import Progress
from app.intake.form import service, timing
from app.intake.form.forms import PageForm, form_for, version_of
from app.intake.form.rendering import (
    render_page,
    render_saved,
    render_sign,
    render_tasks,
    still_to_mend,
    words_of,
)
from app.intake.gate import BLOCKED, STALE, asked_page, blocked, bp, of_form, speak
from app.intake.help.rendering import support_block
from app.intake.help.support import in_danger_still
from app.intake.ownership_gate import let_in
from app.intake.start.ready import begin_ready, next_form_offer
from app.intake.store import AlreadySent, draft_of
from app.questionnaire.pages import Page
from app.questionnaire.posted import Problem
from app.questionnaire.wording import Words
from app.web import language
from app.web.act import current_act
from app.web.clock import today
from app.web.extensions import csrf
from app.web.guards import patient
from app.web.patient_session import patient_is_away
from app.web.questions import without_entry
from app.web.tablet_session import confirmation_idle
from app.web.transaction import keep_despite_errors, request_session

OTHER_WINDOW = Words("You changed this page in another window. Here is the newest version")
TO_DO = Words("Answer the parts that are still to do")


@bp.get("/intake/")
@patient
@of_form("draft")
def tasks(case: Any, progress: Progress) -> ResponseReturnValue:
    """The task list."""
    if blocked(progress, None):
        return redirect(url_for("intake.help_page", interruption=BLOCKED), 303)
    if len(progress.questionnaire.steps) == 1 and not progress.draft.saved:
        # A list of one step is a page to press through.
        return redirect(url_for("intake.page", page_id=progress.questionnaire.pages[0].id), 303)
    return render_tasks(case, progress, timing.means(request_session(), case.kind))


@bp.get("/intake/<page_id>")
@patient
@of_form("draft")
def page(case: Any, progress: Progress, page_id: str) -> ResponseReturnValue:
    """A page of questions, or the check page."""
    asked = asked_page(progress, page_id)
    if blocked(progress, asked):
        return redirect(url_for("intake.help_page", interruption=BLOCKED), 303)
    if asked is progress.last_page:
        return render_sign(progress, form_for(asked)(), None, ())
    return render_page(progress, asked, form_for(asked)(), problems=still_to_mend(progress, asked))


@bp.post("/intake/<page_id>")
@patient
@of_form("draft", keeps=True)
def save(case: Any, progress: Progress, page_id: str) -> ResponseReturnValue:
    """Save a page. Its form checks the CSRF token itself, so that a stale one costs no typed text."""
    asked = asked_page(progress, page_id)
    if blocked(progress, asked):
        return redirect(url_for("intake.help_page", interruption=BLOCKED), 303)
    form = form_for(asked)()
    posted = form.posted()
    if not form.validate():
        language.switched_to()
        stale = [Problem("", STALE, "main")]
        if asked is progress.last_page:
            return render_sign(progress, form, posted, stale), 422
        # It stays as old as it was: what another window saved since must not be overwritten.
        return render_page(progress, asked, form, posted, stale, version=form.version.data), 422
    switched = speak()
    if asked is progress.last_page and patient_is_away():
        # Keeping what was typed is one thing, signing another.
        abort(403)
    if asked is progress.last_page and switched:
        kept_name = request.form.get("kept_name", "")
        return render_sign(progress, form, posted, (), kept_name)
    if asked is progress.last_page:
        return _send(case, progress, form, posted)
    return _save_page(case, progress, asked, form, posted, switched)


def _save_page(
    case: Any, progress: Progress, asked: Page, form: PageForm, posted: dict[str, list[str]], switched: bool
) -> ResponseReturnValue:
    removed, later = request.form.get("remove"), "later" in request.form
    stays = bool(removed or request.form.get("add") or later)
    if removed:
        posted = without_entry(asked, posted, removed)
    version = version_of(form.version.data)
    try:
        saved = service.save_page(current_act(), case, asked, posted, version, stays=stays)
    except service.Conflict as conflict:
        progress = Progress.of(draft_of(request_session(), case), today(), case.jurisdiction)
        typed = words_of(asked, conflict, progress.draft.answers, posted)
        newest = [Problem("", OTHER_WINDOW, "main")]
        return render_page(progress, asked, form, None, newest, typed_elsewhere=typed), 409
    if "ask_me" in request.form and progress.questionnaire.step_of(asked.id).private:
        return _leave_to_voice(case, progress, asked)
    progress = Progress.of(draft_of(request_session(), case), today(), case.jurisdiction)
    if switched:
        return render_page(progress, asked, form, posted, opened=saved.read.opened)
    if removed or request.form.get("add"):
        return render_page(
            progress, asked, form, posted, opened=saved.read.opened, entries=1 if not removed else None
        )
    if saved.interruption:
        return redirect(url_for("intake.help_page", interruption=saved.interruption), 303)
    if saved.read.problems and not (later and not saved.read.refused):
        keep_despite_errors()
        return render_page(progress, asked, form, posted, saved.read.problems, opened=saved.read.opened), 422
    if later:
        return redirect(url_for("intake.saved"), 303)
    if saved.read.opened:
        anchor = saved.read.opened[0]
        return redirect(url_for("intake.page", page_id=asked.id, _anchor=anchor), 303)
    return redirect(url_for("intake.page", page_id=saved.next_page.id), 303)


def _leave_to_voice(case: Any, progress: Progress, asked: Page) -> ResponseReturnValue:
    """Leave the rest of a private step to a talk. What was picked on the page is saved before: it may be danger."""
    step = progress.questionnaire.step_of(asked.id)
    next_page = service.ask_by_voice(current_act(), case, step)
    pending = draft_of(request_session(), case).queued_help
    if pending:
        return redirect(url_for("intake.help_page", interruption=pending[0]), 303)
    return redirect(url_for("intake.page", page_id=next_page.id), 303)


def _send(case: Any, progress: Progress, form: PageForm, posted: dict[str, list[str]]) -> ResponseReturnValue:
    if "later" in request.form:
        return redirect(url_for("intake.saved"), 303)
    kept_name = request.form.get("kept_name", "")
    sent = service.submit(current_act(), case, posted, kept_name)
    if sent.open_pages and not sent.problems:
        return render_sign(progress, form, posted, [Problem("", TO_DO, "to-do")]), 422
    if sent.problems:
        typed_name = next(
            (values[0] for name, values in posted.items() if name.startswith("sign_") and values), ""
        )
        asks_name = any(problem.text == service.NOT_OUR_NAME for problem in sent.problems)
        kept = typed_name.strip() if asks_name else ""
        return render_sign(progress, form, posted, sent.problems, kept), 422
    return redirect(url_for("intake.confirmation"), 303)


@bp.get("/intake/saved")
@patient
@of_form("draft")
def saved(case: Any, progress: Progress) -> ResponseReturnValue:
    """Saved for later: how to come back."""
    return render_saved(case)


@bp.get("/intake/confirmation")
@patient
@of_form("sent")
def confirmation(case: Any) -> ResponseReturnValue:
    """The form is sent. Reached only after the commit."""
    name, next_form = next_form_offer(request_session(), case)
    support = support_block(case)
    # Nothing more is offered to somebody in danger, until staff have settled what it was about.
    in_danger = support is not None and support["grave"] and in_danger_still(request_session(), case)
    return render_template(
        "intake/confirmation.html",
        sent_at=case.submitted_at,
        name=name,
        next_form=None if in_danger else next_form,
        support=support,
        in_danger=in_danger,
        **confirmation_idle(),
    )


@bp.post("/intake/next")
@patient
@of_form("sent")
def begin_next(case: Any) -> ResponseReturnValue:
    """Go on to the form that comes after the one that was sent: getting ready."""
    following = begin_ready(current_act(), case)
    if following is None:
        return redirect(url_for("intake.confirmation"), 303)
    let_in(following)
    return redirect(url_for("intake.confirmation" if following.submitted_at else "intake.tasks"), 303)


@bp.errorhandler(AlreadySent)
def already_sent(_refused: AlreadySent) -> ResponseReturnValue:
    """Another window sent the form while this one was at it."""
    return redirect(url_for("intake.confirmation"), 303)


# Its form checks the token itself, and shows what was typed again when it is stale.
csrf.exempt(save)
