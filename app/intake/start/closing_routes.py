"""Closing a form in its browser, and setting it aside for a new one."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.intake.gate import bp, held_case, of_form, posted_for_another_form, refuse_other_link
from app.intake.help.rendering import support_block
from app.intake.open_form import OpenForm
from app.intake.start import service
from app.web.act import current_act
from app.web.guards import patient, public
from app.web.patient_session import close_form, patient_is_away, set_form_aside
from app.web.settings import current_settings
from app.web.tablet_session import on_tablet


def _way_back(form: OpenForm) -> str:
    """How this form can be opened once it is closed here: see `service.resume_method`."""
    return service.resume_method(form) if current_settings().sends_mail else "browser"


@bp.get("/intake/leave")
@patient
@of_form("any", on_tablets=False)
def ask_to_leave(form: OpenForm) -> ResponseReturnValue:
    """Ask before a form is closed that this browser cannot open again."""
    sent = form.case.submitted_at is not None
    return render_template(
        "intake/leave.html",
        sent=sent,
        way_back=_way_back(form),
        mailed=service.link_mail_state(form.act.session, form.case),
        support=support_block(form),
    )


@bp.post("/intake/leave")
@public("leaving needs no right, and its form carries a CSRF token")
def leave() -> ResponseReturnValue:
    """Close the form in this browser. Saved answers stay."""
    if posted_for_another_form():
        return refuse_other_link()
    if on_tablet():
        return redirect(url_for("tablet.over"), 303)
    case = held_case()
    # Whoever comes after a pause is not told whether there is an address.
    way_back = _way_back(OpenForm(current_act(), case)) if case and not patient_is_away() else "browser"
    close_form()
    if case is None:
        return redirect(url_for("intake.start"), 303)
    return render_template("intake/left.html", way_back=way_back, idle=None)


@bp.post("/intake/new")
@public("it opens nothing, and its form carries a CSRF token")
def set_aside() -> ResponseReturnValue:
    """Start a new form. The one that is open here stays in this browser, as the one that was open before."""
    if posted_for_another_form():
        return refuse_other_link()
    if on_tablet():
        return redirect(url_for("tablet.over"), 303)
    set_form_aside()
    return redirect(url_for("intake.start"), 303)
