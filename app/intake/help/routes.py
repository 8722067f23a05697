"""Help pages: what is shown the moment an answer calls for it, and going on from there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.intake.draft import Progress
from app.intake.gate import bp, of_form, speak
from app.intake.help import calls
from app.intake.help import interruptions as helping
from app.intake.help.rendering import render_help, render_number_check
from app.intake.help.support import was_told
from app.intake.store import draft_of
from app.questionnaire.answers import Answer
from app.questionnaire.called_for import BY_ID, fired
from app.questionnaire.interruption import Interruption
from app.questionnaire.posted import Problem
from app.web.act import current_act, terms
from app.web.clock import today
from app.web.forms import PostForm
from app.web.guards import patient
from app.web.transaction import keep_despite_errors, request_session


@bp.get("/intake/help/<interruption>")
@patient
@of_form("draft", audited=True)
def help_page(case: Any, progress: Progress, interruption: str) -> ResponseReturnValue:
    """Help, the moment an answer calls for it."""
    if interruption == helping.NUMBER_CHECK:
        told = helping.unusual_answers(progress)
        if not told:
            return redirect(url_for("intake.tasks"), 303)
        return render_number_check(PostForm(), told)
    if interruption not in BY_ID or not _calls_for(progress, interruption):
        abort(404)
    helping.see_interruption(current_act(), case, interruption)
    return _help(case, progress, interruption)


def _help(case: Any, progress: Progress, interruption: str, problems: Sequence[Problem] = ()) -> str:
    found, draft = BY_ID[interruption], progress.draft
    asked = helping.call_back(found, draft)
    typed = {name: request.form.getlist(name) for name in request.form}
    if asked and not typed and draft.refused_reach and not calls.known(draft, calls.PHONE):
        # Somebody comes back to a number that could not be taken.
        typed = {name: [text] for name, text in draft.refused_reach.items()}
        problems = calls.read_reach(draft, typed, today(), call=calls.wish(draft) is not None)[1]
    listed = helping.listed_rules(request_session(), case, found)
    also = [page for page in _called_for(progress) if page.id != interruption]
    # Only an alert that is stored, and of which no delivery has failed, was told.
    told = was_told(current_act(), case, draft, tuple(listed))
    return render_help(
        found,
        PostForm(),
        limits=terms().limits,
        told=told,
        listed=bool(listed),
        unsure={page.id for page in (found, *also) if page.unsure(progress.reading)},
        also=also,
        progress=progress,
        asked=asked,
        # Whoever is called needs a number. Where no call is offered, nothing stands between the patient and help.
        reach=calls.reach_questions(draft, typed) if asked else (),
        reached=was_told(current_act(), case, draft, calls.ASKED_FOR),
        typed=typed,
        problems=problems,
    )


def _posted_reach(progress: Progress, interruption: str) -> tuple[dict[str, Answer], list[Problem]]:
    """The name and number typed on a help page, and what is to be mended of them."""
    asked = helping.call_back(BY_ID[interruption], progress.draft) if interruption in BY_ID else None
    if asked is None:
        return {}, []
    wished = request.form.get(asked.id) in calls.WISHES[asked.id]
    posted = {name: request.form.getlist(name) for name in request.form}
    return calls.read_reach(progress.draft, posted, today(), call=wished)


def _calls_for(progress: Progress, interruption: str) -> bool:
    """Whether the answers bring up this help page, or did so and it was not seen yet."""
    called_for = {found.id for found in _called_for(progress)}
    return interruption in called_for or interruption in progress.draft.queued_help


def _called_for(progress: Progress) -> tuple[Interruption, ...]:
    return fired(progress.questionnaire, progress.reading, terms().limits)


@bp.post("/intake/help/<interruption>")
@patient
@of_form("draft", keeps=True)
def leave_help(case: Any, progress: Progress, interruption: str) -> ResponseReturnValue:
    """Go on from a help page, or stop for today."""
    if interruption not in BY_ID and interruption != helping.NUMBER_CHECK:
        abort(404)
    if interruption in BY_ID and not _calls_for(progress, interruption):
        # Help that was left before it is called for would not be shown when it is.
        return redirect(url_for("intake.tasks"), 303)
    if speak() and interruption in BY_ID:
        return _help(case, progress, interruption)
    choice = request.form.get("answer", "")
    reach, problems = _posted_reach(progress, interruption) if choice != "mistake" else ({}, [])
    cause = helping.page_of(progress, interruption, terms().limits)
    refused = {problem.question: request.form.get(problem.question, "") for problem in problems}
    left = helping.leave_interruption(
        current_act(),
        case,
        interruption,
        request.form,
        reach,
        refused=refused,
        goes_on=choice == "carry_on",
        confirm=choice == "keep",
        mistaken=choice == "mistake",
    )
    progress = Progress.of(draft_of(request_session(), case), today(), case.jurisdiction)
    if not left:
        keep_despite_errors()
        return _help(case, progress, interruption, problems), 422
    if choice == "stop":
        return redirect(url_for("intake.saved"), 303)
    if choice in ("change", "mistake"):
        return redirect(url_for("intake.page", page_id=cause.id), 303)
    if progress.draft.queued_help:
        return redirect(url_for("intake.help_page", interruption=progress.draft.queued_help[0]), 303)
    following = (
        cause if progress.is_asked(cause) and not progress.is_done(cause) else progress.page_after(cause)
    )
    return redirect(url_for("intake.page", page_id=following.id), 303)
