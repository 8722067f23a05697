"""Filling in a form: task list, questions, check and send, confirmation."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.intake.form import service, timing
from app.intake.form.forms import TypedPage, version_of
from app.intake.form.mending import remaining_problems, stored_page
from app.intake.form.older_pages import is_gone, page_posted_to, posted_or_stored
from app.intake.form.pasted_list import split_page
from app.intake.form.rendering import render_page, render_saved, render_sign, render_tasks, typed_in_words
from app.intake.form.service import SaveMode
from app.intake.gate import STALE, UNDER_AGE, bp, in_switched_language, is_under_age, of_form, page_or_404
from app.intake.help import calls
from app.intake.help.rendering import support_block
from app.intake.help.support import in_danger_still
from app.intake.open_form import OpenForm
from app.intake.ownership_gate import open_in_browser
from app.intake.start.ready import begin_ready, next_form_offer
from app.intake.store import AlreadySent
from app.questionnaire.interruption_triggers import BY_ID
from app.questionnaire.pages import Page
from app.questionnaire.posted import Problem
from app.questionnaire.wording import Message
from app.web import language
from app.web.extensions import csrf
from app.web.forms import PostForm
from app.web.guards import patient
from app.web.patient_session import patient_is_away
from app.web.questions import without_entry
from app.web.tablet_session import confirmation_idle
from app.web.transaction import keep_despite_errors

OTHER_WINDOW = Message("You changed this page in another window. Here is the newest version")
TO_DO = Message("Answer the parts that are still to do")


@bp.get("/intake/")
@patient
@of_form("draft")
def tasks(form: OpenForm) -> ResponseReturnValue:
    """The task list."""
    if is_under_age(form, None):
        return redirect(url_for("intake.help_page", interruption=UNDER_AGE), 303)
    asked = form.progress.questionnaire
    if len(asked.steps) == 1 and not form.draft.saved:
        # A list of one step is a page to press through.
        return redirect(url_for("intake.page", page_id=asked.pages[0].id), 303)
    return render_tasks(form, timing.mean_seconds(form.act.session, form.case.kind))


@bp.get("/intake/<page_id>")
@patient
@of_form("draft")
def page(form: OpenForm, page_id: str) -> ResponseReturnValue:
    """A page of questions, or the check page. From one that is gone since it was opened, the task list goes on."""
    if is_gone(form.progress, page_id):
        return redirect(url_for("intake.tasks"), 303)
    asked, progress = page_or_404(form, page_id), form.progress
    if is_under_age(form, asked):
        return redirect(url_for("intake.help_page", interruption=UNDER_AGE), 303)
    if asked is progress.last_page:
        return render_sign(form, PostForm(), None, ())
    stored = stored_page(progress, asked, remaining_problems(progress, asked))
    return render_page(form, asked, PostForm(), stored)


@bp.post("/intake/<page_id>")
@patient
@of_form("draft", keeps=True)
def save(form: OpenForm, page_id: str) -> ResponseReturnValue:
    """Save a page. Its form checks the CSRF token itself, so that a stale one costs no typed text."""
    asked, progress = page_posted_to(form, page_id, request.form), form.progress
    if is_under_age(form, asked):
        return redirect(url_for("intake.help_page", interruption=UNDER_AGE), 303)
    page_form, posted = PostForm(), posted_or_stored(form, asked)
    if not page_form.validate():
        language.apply_language_switch()
        stale = [Problem("", STALE, "main")]
        if asked is progress.last_page:
            return render_sign(form, page_form, posted, stale), 422
        # It stays as old as it was: what another window saved since must not be overwritten.
        content = TypedPage(posted, stale)
        return render_page(form, asked, page_form, content, version=request.form.get("version", "0")), 422
    switched = in_switched_language(form)
    form = switched or form
    if asked is progress.last_page and patient_is_away():
        # Keeping what was typed is one thing, signing another.
        abort(403)
    if asked is progress.last_page and switched:
        kept_name = request.form.get("kept_name", "")
        return render_sign(form, page_form, posted, (), kept_name)
    if asked is progress.last_page:
        return _send(form, page_form, posted)
    if asked.id != page_id:
        return _save_older(form, asked, posted)
    return _save_page(form, asked, page_form, posted, switched=switched is not None)


def _save_older(form: OpenForm, asked: Page, posted: dict[str, list[str]]) -> ResponseReturnValue:
    """Save a page that is a part of another one now, and show that one."""
    version = form.progress.draft.saved.get(asked.id, 0)
    saved = service.save_page(form.act, form.case, asked, posted, version, SaveMode.STAY)
    if saved.interruption:
        return redirect(url_for("intake.help_page", interruption=saved.interruption), 303)
    return redirect(url_for("intake.page", page_id=asked.id), 303)


def _save_page(
    form: OpenForm, asked: Page, page_form: PostForm, posted: dict[str, list[str]], *, switched: bool
) -> ResponseReturnValue:
    removed, added, later = request.form.get("remove"), request.form.get("add"), "later" in request.form
    if removed:
        posted = without_entry(asked, posted, removed)
    split = None if later or switched else split_page(asked, posted)
    posted = split.posted if split else posted
    version = version_of(request.form.get("version"))
    mode = SaveMode.STAY if removed or added or later or split else SaveMode.GO_ON
    try:
        saved = service.save_page(form.act, form.case, asked, posted, version, mode)
    except service.PageConflict as conflict:
        newest = form.with_draft(conflict.newest)
        content = stored_page(newest.progress, asked, [Problem("", OTHER_WINDOW, "main")])
        typed = typed_in_words(asked, conflict, posted)
        return render_page(newest, asked, page_form, content, typed_elsewhere=typed), 409
    if "ask_me" in request.form and form.progress.questionnaire.step_of(asked.id).private:
        return _leave_to_voice(form, asked)
    form, opened = form.with_draft(saved.draft), saved.read.opened
    if saved.interruption in BY_ID:
        # Whatever was pressed: what is typed is kept, and is here again after it.
        return redirect(url_for("intake.help_page", interruption=saved.interruption), 303)
    if switched:
        return render_page(form, asked, page_form, TypedPage(posted, opened=opened))
    if split:
        return render_page(form, asked, page_form, TypedPage(posted, opened=opened, told=split.told))
    if removed or added:
        entries = TypedPage(posted, opened=opened, entries=1 if not removed else None)
        return render_page(form, asked, page_form, entries)
    if saved.interruption:
        return redirect(url_for("intake.help_page", interruption=saved.interruption), 303)
    if saved.read.problems and not later:
        keep_despite_errors()
        mended = TypedPage(posted, saved.read.problems, opened)
        return render_page(form, asked, page_form, mended), 422
    if later:
        return redirect(url_for("intake.saved"), 303)
    if opened:
        return redirect(url_for("intake.page", page_id=asked.id, _anchor=opened[0]), 303)
    return redirect(url_for("intake.page", page_id=saved.next_page.id), 303)


def _leave_to_voice(form: OpenForm, asked: Page) -> ResponseReturnValue:
    """Leave the rest of a private step to a talk. What was picked on the page is saved before: it may be danger."""
    step = form.progress.questionnaire.step_of(asked.id)
    progress = service.ask_by_voice(form.act, form.case, step)
    if progress.draft.queued_help:
        return redirect(url_for("intake.help_page", interruption=progress.draft.queued_help[0]), 303)
    return redirect(url_for("intake.page", page_id=progress.page_after(step.pages[-1]).id), 303)


def _send(form: OpenForm, page_form: PostForm, posted: dict[str, list[str]]) -> ResponseReturnValue:
    if "later" in request.form:
        return redirect(url_for("intake.saved"), 303)
    kept_name = request.form.get("kept_name", "")
    sent = service.submit(form.act, form.case, posted, kept_name)
    if sent.open_pages and not sent.problems:
        return render_sign(form, page_form, posted, [Problem("", TO_DO, "to-do")]), 422
    if sent.problems:
        typed_name = next(
            (values[0] for name, values in posted.items() if name.startswith("sign_") and values), ""
        )
        asks_name = any(problem.text == service.NOT_OUR_NAME for problem in sent.problems)
        kept = typed_name.strip() if asks_name else ""
        return render_sign(form, page_form, posted, sent.problems, kept), 422
    return redirect(url_for("intake.confirmation"), 303)


@bp.get("/intake/saved")
@patient
@of_form("draft")
def saved(form: OpenForm) -> ResponseReturnValue:
    """Saved for later: how to come back."""
    return render_saved(form)


@bp.get("/intake/confirmation")
@patient
@of_form("sent")
def confirmation(form: OpenForm) -> ResponseReturnValue:
    """The form is sent. Reached only after the commit."""
    name, next_form = next_form_offer(form.act.session, form.case)
    support = support_block(form)
    # Nothing more is offered to somebody in danger, until staff have settled what it was about.
    in_danger = support is not None and support["grave"] and in_danger_still(form.act.session, form.case)
    return render_template(
        "intake/confirmation.html",
        sent_at=form.sent_at,
        name=name,
        next_form=None if in_danger else next_form,
        support=support,
        in_danger=in_danger,
        reached_by=calls.reached_by(form.draft),
        **confirmation_idle(),
    )


@bp.post("/intake/next")
@patient
@of_form("sent")
def begin_next(form: OpenForm) -> ResponseReturnValue:
    """Go on to the form that comes after the one that was sent: getting ready."""
    following = begin_ready(form.act, form.case)
    if following is None:
        return redirect(url_for("intake.confirmation"), 303)
    open_in_browser(following)
    return redirect(url_for("intake.confirmation" if following.submitted_at else "intake.tasks"), 303)


@bp.errorhandler(AlreadySent)
def already_sent(_refused: AlreadySent) -> ResponseReturnValue:
    """Another window sent the form while this one was at it."""
    return redirect(url_for("intake.confirmation"), 303)


# Its form checks the token itself, and shows what was typed again when it is stale.
csrf.exempt(save)
