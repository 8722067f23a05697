"""A tablet that staff handed to a patient: its form is opened here, and here the tablet is handed back."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.intake.form.autosave_routes import EVERYTHING
from app.intake.form.forms import posted_values
from app.intake.form.rendering import START, render_start
from app.intake.gate import posted_for_another_form, refuse_other_link
from app.intake.start import service, tablet_audit
from app.intake.start.link_target import LinkTarget, tablet_target
from app.intake.start.routes import enter_uninvited, entry_response, read_start_page
from app.intake.start.service import EntryResult
from app.web.act import current_act
from app.web.cookie import clear_session
from app.web.extensions import csrf
from app.web.form_switch import is_form_on
from app.web.forms import PostForm
from app.web.guards import public
from app.web.patient_session import patient_case_id, patient_is_away
from app.web.settings import current_settings
from app.web.staff_session import staff
from app.web.tablet_session import HANDED, handed_mark, on_tablet, tablet_invitation_id
from app.web.transaction import request_session

bp = Blueprint("tablet", __name__, url_prefix="/tablet")

REASONS = ("pressed", "idle", "sent")


def _leading_elsewhere() -> ResponseReturnValue | None:
    """Response for a browser that has nothing to open here; None for one that has."""
    if not is_form_on(request_session()):
        return render_template("intake/closed.html"), 503
    if not on_tablet():
        return redirect(url_for("intake.start"), 303)
    if patient_is_away() or not (
        tablet_invitation_id() or patient_case_id() or current_settings().self_start
    ):
        return redirect(url_for("tablet.over"), 303)
    if patient_case_id():
        return redirect(url_for("intake.tasks"), 303)
    return None


def _target_of_tablet() -> LinkTarget | None:
    return tablet_target(request_session(), tablet_invitation_id())


@bp.get("/")
@public(
    "it shows nothing of anyone: it only asks for a birth date, and only on a tablet that was handed over"
)
def start() -> ResponseReturnValue:
    """The page where the person who was handed the tablet types their birth date."""
    return _leading_elsewhere() or render_start(PostForm(), {}, to=_target_of_tablet())


@bp.post("/")
@public("the birth date opens the form, for staff stand by; five wrong ones pause it")
def open_form() -> ResponseReturnValue:
    """Open the form that the tablet was handed over for. Its form checks the CSRF token itself."""
    elsewhere = _leading_elsewhere()
    if elsewhere is not None:
        return elsewhere
    if request.form.get(HANDED, "") != handed_mark():
        # Drawn for another person, before the tablet was handed over for this one: no try of theirs counts here.
        return redirect(url_for("tablet.start"), 303)
    form, read, problems = read_start_page(False)
    if problems:
        return render_start(form, posted_values(START), problems, to=_target_of_tablet()), 422
    handed = tablet_invitation_id()
    if handed is None:
        return enter_uninvited(form, read, via="tablet")
    invitation = service.invitation_of_tablet(current_act(), handed)
    opened, found = service.check_birth_date(current_act(), invitation, read.answers["verify_dob"])
    wanted = read.answers.get("language") or "en"
    if opened is not EntryResult.OPEN or found is None:
        ends, misses = found.pause_ends if found else None, invitation.misses if invitation else 0
        return entry_response(
            opened, None, form, invited=True, to=_target_of_tablet(), ends=ends, misses=misses
        )
    case = service.enter_invited(current_act(), found, wanted, via="tablet")
    return entry_response(opened, case, form, invited=True)


csrf.exempt(open_form)


@bp.post("/over")
@public("handing back needs no right, and its form carries a CSRF token")
def hand_back() -> ResponseReturnValue:
    """Finish, and empty what the tablet kept. Saved answers stay."""
    if posted_for_another_form():
        return refuse_other_link()
    because = request.form.get("because", "")
    return _end_tablet(
        because if because in REASONS else "pressed", lambda: redirect(url_for("tablet.over"), 303)
    )


@bp.get("/over")
@public("it shows nothing of anyone")
def over() -> ResponseReturnValue:
    """Please hand it back. A form that lay untouched ends by coming here. A browser that is no tablet and still holds a
    form or a staff session is led to the start: to it, nothing on the page is true.
    """
    if not on_tablet() and (patient_case_id() or staff()):
        return redirect(url_for("intake.start"), 303)

    def shown() -> Response:
        # No switch of languages: its form would leave a cookie behind.
        return make_response(render_template("intake/handed_back.html", page_languages=[]))

    # The page of another form ends nothing of the one that is open now.
    return _end_tablet("idle", shown) if on_tablet() and not posted_for_another_form() else shown()


def _end_tablet(because: str, drawn: Callable[[], Response]) -> Response:
    if on_tablet():
        tablet_audit.record_hand_back(current_act(), because)
    clear_session()
    response = drawn()
    response.headers["Clear-Site-Data"] = EVERYTHING
    return response
