"""What a page does beside being filled in: it saves itself, stays open while somebody is there, and is left quickly."""

from __future__ import annotations

from flask import Blueprint, abort, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.intake.form import service
from app.intake.form.forms import version_of
from app.intake.form.older_pages import page_posted_to, posted_or_stored
from app.intake.form.service import SaveMode
from app.intake.gate import (
    held_case,
    is_known_to_be_for_another_form,
    is_under_age,
    of_form,
    stale_token,
)
from app.intake.open_form import OpenForm
from app.intake.ownership_gate import page_of_earlier_form
from app.web.cookie import clear_session
from app.web.filters import time_words
from app.web.guards import patient, public
from app.web.patient_session import forget_earlier_form, hide_form
from app.web.transaction import in_transaction

bp = Blueprint("keeping", __name__)

# The storage too: nothing of ours is in it, and whoever looks next shall not have to believe that.
EVERYTHING = '"cache", "cookies", "storage"'
ALL_BUT_COOKIES = '"cache", "storage"'


@bp.post("/intake/<page_id>/draft")
@patient
@of_form("draft", keeps=True, silent=True)
def save_quietly(form: OpenForm, page_id: str) -> ResponseReturnValue:
    """Save a page while it is being filled in. What cannot be read is left for Continue to ask about."""
    asked = page_posted_to(form, page_id, request.form)
    older = asked.id != page_id
    if asked is form.progress.last_page or is_under_age(form, asked):
        abort(404)
    try:
        saved = service.save_page(
            form.act,
            form.case,
            asked,
            posted_or_stored(form, asked),
            form.progress.draft.saved.get(asked.id, 0) if older else version_of(request.form.get("version")),
            SaveMode.QUIET,
        )
    except service.PageConflict:
        return jsonify(conflict=True), 409
    return jsonify(version=saved.version, saved_at=time_words(form.act.now), whole=not saved.read.unread)


@bp.post("/intake/stay")
@patient
@of_form("any", silent=True)
def stay(form: OpenForm) -> ResponseReturnValue:
    """Somebody is still there: the session goes on from now."""
    return jsonify(stay=True)


@bp.post("/intake/quickly")
@public("leaving needs no right, and its form carries a CSRF token")
def leave_quickly() -> ResponseReturnValue:
    """Close the form in this browser, for someone who must not be seen at it. Saved answers stay.

    Another form that was opened here since stays in this browser, and is shown to nobody without its birth date.
    """
    response = redirect(url_for("keeping.closed"), 303)
    if is_known_to_be_for_another_form():
        if page_of_earlier_form():
            forget_earlier_form()
        hide_form()
        response.headers["Clear-Site-Data"] = ALL_BUT_COOKIES
    else:
        clear_session()
        response.headers["Clear-Site-Data"] = EVERYTHING
    return response


@bp.errorhandler(CSRFError)
def leave_despite_token(error: CSRFError) -> ResponseReturnValue:
    """Leave quickly also when the token of the page is over: who must not be seen at it cannot send it again.

    What another site sends comes without our cookie, and empties nothing.
    """
    if request.endpoint != f"{bp.name}.{leave_quickly.__name__}" or held_case() is None:
        return stale_token(error)
    left = in_transaction(leave_quickly)
    response = make_response(render_template("intake/closed_quickly.html"), 400)
    response.headers["Clear-Site-Data"] = left.headers["Clear-Site-Data"]
    return response


@bp.get("/closed")
@public("it says nothing of anyone, nor whose site this is")
def closed() -> ResponseReturnValue:
    """A page that could be anybody's."""
    return render_template("intake/closed_quickly.html")
