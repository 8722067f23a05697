"""The treatment sessions of a patient: which there were, recording one, taking one back."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.access import Permission
from app.questionnaire.checkin.schedule import HOUR, SENT_WHEN
from app.questionnaire.posted import Problem
from app.review.case.service import CaseNotFound
from app.review.sessions import treatments
from app.web.act import current_act
from app.web.clock import at_clinic
from app.web.forms import PostForm
from app.web.guards import requires
from app.web.questions import draw
from app.web.request import actor
from app.web.transaction import keep_despite_errors

bp = Blueprint("treatments", __name__, url_prefix="/review")


@bp.get("/<uuid:case_id>/sessions")
@requires(Permission.REVIEW)
def home(case_id: UUID) -> ResponseReturnValue:
    """The sessions, with their check-ins, and how the scales went."""
    return _page(case_id)


@bp.post("/<uuid:case_id>/sessions")
@requires(Permission.DECIDE)
def record(case_id: UUID) -> ResponseReturnValue:
    """Record a session: its check-ins are sent by themselves."""
    posted = {name: request.form.getlist(name) for name in request.form}
    try:
        problem = treatments.record(current_act(), case_id, posted, _when_mail_is_sent)
    except CaseNotFound:
        abort(404)
    if problem:
        return _redraw(case_id, [problem])
    return redirect(url_for("treatments.home", case_id=case_id), 303)


@bp.post("/<uuid:case_id>/sessions/<uuid:treatment_id>/remove")
@requires(Permission.DECIDE)
def remove(case_id: UUID, treatment_id: UUID) -> ResponseReturnValue:
    """Take back a session that was entered by mistake."""
    try:
        treatments.remove(current_act(), case_id, treatment_id)
    except CaseNotFound:
        abort(404)
    except treatments.CheckInBegun:
        return _redraw(case_id, [Problem("", treatments.ANSWERED, "sessions")])
    return redirect(url_for("treatments.home", case_id=case_id), 303)


def _when_mail_is_sent(day: date) -> datetime:
    return at_clinic(day, HOUR)


def _redraw(case_id: UUID, problems: Sequence[Problem]) -> ResponseReturnValue:
    shown = _page(case_id, problems)
    keep_despite_errors()  # nothing but who looked: a record was shown
    return shown, 422


def _page(case_id: UUID, problems: Sequence[Problem] = ()) -> str:
    shown = treatments.read_treatments(current_act(), case_id)
    if shown is None:
        abort(404)
    typed = {name: request.form.getlist(name) for name in request.form}
    return render_template(
        "review/treatments.html",
        page=shown,
        form=PostForm(),
        field=draw(treatments.SESSION, shown.jurisdiction, typed, [one for one in problems if one.question]),
        errors=problems,
        sent_when=SENT_WHEN,
        can_record=Permission.DECIDE in actor().permissions and shown.ready,
    )
