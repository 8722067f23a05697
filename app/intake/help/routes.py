"""Help pages: what is shown the moment an answer calls for it, and going on from there."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.intake.gate import bp, in_switched_language, of_form
from app.intake.help import calls, interruptions
from app.intake.help.interruptions import HelpChoice, HelpReply
from app.intake.help.rendering import HelpPage, render_help, render_number_check
from app.intake.help.support import called_for, settled_call, was_alerted
from app.intake.open_form import OpenForm
from app.questionnaire.interruption_triggers import BY_ID
from app.questionnaire.posted import Problem
from app.web.guards import patient
from app.web.transaction import keep_despite_errors


@bp.get("/intake/help/<interruption>")
@patient
@of_form("draft", audited=True)
def help_page(form: OpenForm, interruption: str) -> ResponseReturnValue:
    """Help, the moment an answer calls for it."""
    if interruption == interruptions.NUMBER_CHECK:
        unusual = interruptions.unusual_answers(form.progress)
        return render_number_check(form, unusual) if unusual else redirect(url_for("intake.tasks"), 303)
    if interruption not in BY_ID or not _calls_for(form, interruption):
        abort(404)
    interruptions.audit_help_shown(form.act, form.case, interruption)
    return _help(form, interruption)


def _help(form: OpenForm, interruption: str, problems: Sequence[Problem] = ()) -> str:
    found, draft = BY_ID[interruption], form.draft
    asked = interruptions.call_question(found, draft)
    typed = {name: request.form.getlist(name) for name in request.form}
    if asked and not typed and draft.refused_reach and not calls.known_answer(draft, calls.PHONE):
        # Somebody comes back to a number that could not be taken.
        typed = {name: [text] for name, text in draft.refused_reach.items()}
        problems = calls.read_reach(draft, typed, form.act.today, call=calls.wanted_call(draft) is not None)[
            1
        ]
    listed = interruptions.listed_rules(form.act.session, form.case, found)
    also = [page for page in called_for(form) if page.id != interruption]
    page = HelpPage(
        found,
        also=also,
        unsure={page.id for page in (found, *also) if page.unsure(form.progress.reading)},
        # Only an alert that is stored, and of which no delivery has failed, was told.
        alerted=was_alerted(form, listed),
        listed=bool(listed),
        draft=draft,
        asked=asked,
        # Whoever is called needs a number. Where no call is offered, nothing stands between the patient and help.
        reach=calls.reach_questions(draft, typed) if asked else (),
        call_alerted=was_alerted(form, calls.ASKED_FOR),
        settled=settled_call(form.act.session, form.case, draft),
    )
    return render_help(page, typed, problems)


def _calls_for(form: OpenForm, interruption: str) -> bool:
    """Whether the answers bring up this help page, or did so and it was not seen yet."""
    return interruption in {page.id for page in called_for(form)} or interruption in form.draft.queued_help


def _posted_reply(form: OpenForm, interruption: str) -> tuple[HelpReply, list[Problem]]:
    """What was sent from a help page, and what is to be mended of the name and number typed on it."""
    choice = HelpChoice(request.form.get("answer", ""))
    asked = interruptions.call_question(BY_ID[interruption], form.draft) if interruption in BY_ID else None
    if asked is None:
        return HelpReply(choice), []
    wish = request.form.get(asked.id)
    if choice is HelpChoice.MISTAKE:
        return HelpReply(choice, wish), []
    posted = {name: request.form.getlist(name) for name in request.form}
    wanted = wish in calls.WISHES[asked.id]
    reach, problems = calls.read_reach(form.draft, posted, form.act.today, call=wanted)
    refused = {problem.question: request.form.get(problem.question, "") for problem in problems}
    return HelpReply(choice, wish, reach, refused), problems


@bp.post("/intake/help/<interruption>")
@patient
@of_form("draft", keeps=True)
def leave_help(form: OpenForm, interruption: str) -> ResponseReturnValue:
    """Go on from a help page, or stop for today."""
    if interruption not in BY_ID and interruption != interruptions.NUMBER_CHECK:
        abort(404)
    if interruption in BY_ID and not _calls_for(form, interruption):
        # Help that was left before it is called for would not be shown when it is.
        return redirect(url_for("intake.tasks"), 303)
    switched = in_switched_language(form)
    form = switched or form
    if switched and interruption in BY_ID:
        return _help(form, interruption)
    reply, problems = _posted_reply(form, interruption)
    cause = interruptions.causing_page(form.progress, interruption, form.act.terms.limits)
    result = interruptions.leave_interruption(form.act, form.case, interruption, reply)
    form = form.with_draft(result.draft)
    if not result.left:
        keep_despite_errors()
        return _help(form, interruption, problems), 422
    if reply.choice is HelpChoice.STOP:
        return redirect(url_for("intake.saved"), 303)
    if reply.choice in (HelpChoice.CHANGE, HelpChoice.MISTAKE):
        return redirect(url_for("intake.page", page_id=cause.id), 303)
    if form.draft.queued_help:
        return redirect(url_for("intake.help_page", interruption=form.draft.queued_help[0]), 303)
    progress = form.progress
    following = (
        cause if progress.is_asked(cause) and not progress.is_done(cause) else progress.page_after(cause)
    )
    return redirect(url_for("intake.page", page_id=following.id), 303)
