"""The code that a link asks for, and the link that a patient asks for. The link itself is in `routes.py`."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.intake.form.rendering import render_paused, render_saved
from app.intake.gate import held_case, of_form, posted_for_another_form, refuse_other_link
from app.intake.open_form import OpenForm
from app.intake.ownership_gate import open_in_browser
from app.intake.start import service
from app.invitations import codes
from app.invitations.codes import CodeResult
from app.questionnaire.wording import Message
from app.web import language
from app.web.act import current_act
from app.web.clock import now
from app.web.form_switch import is_form_on
from app.web.forms import PostForm
from app.web.guards import patient, public
from app.web.patient_session import known_browser_mark
from app.web.settings import current_settings
from app.web.tablet_session import on_tablet
from app.web.transaction import keep_despite_errors, request_session

bp = Blueprint("invited", __name__)

MOST_TYPED = 20
NOT_A_CODE = Message("Enter the 6 numbers in our email")
WRONG = Message("That code does not match the one in our newest email. Check it and try again")
SPENT = Message("That code no longer works. Ask for a new one")


@bp.get("/i/<token>/code")
@public("it shows nothing of anyone, and asks for a code that was mailed")
def code(token: str) -> ResponseReturnValue:
    """Where the code is typed."""
    if not is_form_on(request_session()):
        return render_template("intake/closed.html"), 503
    if known_browser_mark() is None:
        return redirect(url_for("intake.invitation", token=token), 303)
    return _page(token)


@bp.post("/i/<token>/code")
@public("the code is the key: it works once, for ten minutes, in the browser that asked")
def claim(token: str) -> ResponseReturnValue:
    """Open the form with the code."""
    settings = current_settings()
    if not is_form_on(request_session()):
        return render_template("intake/closed.html"), 503
    if language.apply_language_switch():
        return _page(token)
    typed = codes.digits_of(request.form.get("code", ""))
    if typed is None:
        return _page(token, NOT_A_CODE), 422
    invitation = service.find_invitation(current_act(), token)
    checked = codes.redeem(current_act(), invitation, known_browser_mark(), typed)
    if checked.invitation is not None:
        case = service.enter_invited(current_act(), checked.invitation, checked.language)
        if settings.spanish:
            service.change_language(request_session(), case, language.language())
        open_in_browser(case)
        due = service.due_help_page(request_session(), case)
        if due:
            return redirect(url_for("intake.help_page", interruption=due), 303)
        return redirect(url_for("intake.tasks"), 303)
    if checked.result is CodeResult.NOT_ASKED:
        return redirect(url_for("intake.invitation", token=token), 303)
    # What was tried is counted, so the page comes back with its transaction kept.
    keep_despite_errors()
    if checked.result is CodeResult.PAUSED:
        return render_paused(invitation.pause_ends if invitation else None), 403
    return _page(token, WRONG if checked.result is CodeResult.WRONG else SPENT), 422


def _page(token: str, problem: str = "") -> str:
    errors = [{"text": problem, "target": "code"}] if problem else []
    typed = request.form.get("code", "")[:MOST_TYPED]
    return render_template("intake/code.html", token=token, form=PostForm(), errors=errors, typed=typed)


@bp.post("/intake/paused")
@public("it says the same whether a mail leaves or not, and its form carries a CSRF token")
def mail_way_in() -> ResponseReturnValue:
    """Mail a link to the form that is paused in this browser: with its code, it opens the form and ends the pause."""
    if posted_for_another_form():
        return refuse_other_link()
    case = held_case()
    if case is None or on_tablet() or not current_settings().sends_mail:
        return redirect(url_for("intake.start"), 303)
    ends = service.birth_date_misses(request_session(), case).pause_ends
    if ends is None or ends <= now():
        return redirect(url_for("intake.start"), 303)
    service.mail_link(OpenForm(current_act(), case))
    return render_paused(ends, mails=True, asked=True)


@bp.post("/intake/saved")
@patient
@of_form("draft")
def mail_link(form: OpenForm) -> ResponseReturnValue:
    """Mail a link to this form, so that it can be taken up on another phone or computer."""
    if on_tablet() or not current_settings().sends_mail:
        abort(404)
    if not service.mail_link(form):
        # Not by way of an address: anybody can write one.
        return render_saved(form, refused=True), 429
    return redirect(url_for("intake.saved"), 303)
