"""The staff pages of invitations: the list, a new one, sending again, ending, and handing a tablet over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import logout_user

from app.core.access import Permission
from app.core.act import Act
from app.invitations import listing, pauses, service
from app.invitations.forms import LANGUAGES, InviteForm
from app.invitations.service import InvitationOutcome
from app.web.act import current_act
from app.web.clock import today
from app.web.form_switch import is_form_on, missing_for_form
from app.web.guards import requires
from app.web.notices import leave_notice, take_notice
from app.web.settings import current_settings
from app.web.tablet_session import open_tablet
from app.web.transaction import request_session

bp = Blueprint("clinic", __name__, url_prefix="/clinic")

NO_START, NOT_NOW, FORM_UNPAUSED = "no_start", "not_now", "form_unpaused"
SENTENCES = {
    InvitationOutcome.INVITED: "The invitation is on its way.",
    InvitationOutcome.INVITED_BEFORE: (
        "This invitation was made before, and no mail went now. Here is how it stands now."
    ),
    InvitationOutcome.SENT: "The link is on its way again.",
    InvitationOutcome.SENT_JUST_NOW: (
        "No mail went now: the last one was made less than a minute ago. Here is how it stands now."
    ),
    InvitationOutcome.CANCELLED: "The link no longer works.",
    InvitationOutcome.UNPAUSED: "The link works again.",
    InvitationOutcome.UNPAUSED_EXPIRED: (
        "The pause is over, but the link has expired and does not work. Send it again, or invite the person again."
    ),
    FORM_UNPAUSED: "The form can be opened again with the birth date.",
    NO_START: "This clinic starts forms by invitation alone.",
    NOT_NOW: "That could not be done: the invitation has changed. Here is how it stands now.",
}


@bp.get("/invitations")
@requires(Permission.INVITE)
def invitations() -> ResponseReturnValue:
    """The list of invitations, newest first, with the forms that are paused."""
    after = request.args.get("after", type=UUID)
    rows, further = listing.invitation_rows(current_act(), after)
    return render_template(
        "invitations/invitations.html",
        lines=rows,
        further=further,
        paused=pauses.paused_forms(current_act()) if after is None else [],
        first=after is None,
        done=SENTENCES.get(take_notice() or "", ""),
        sends_mail=current_settings().sends_mail,
        missing=missing_for_form(request_session()),
        may_start=current_settings().self_start,
    )


@bp.get("/invitations/new")
@requires(Permission.INVITE)
def new() -> ResponseReturnValue:
    """The form for a new invitation."""
    return _page(InviteForm(), [])


@bp.post("/invitations/new")
@requires(Permission.INVITE)
def invite() -> ResponseReturnValue:
    """Invite one person: the mail leaves after the commit."""
    form = InviteForm()
    identity, problems = form.read(today(), current_settings().minimum_age)
    wanted = form.id()
    if not current_settings().sends_mail or not is_form_on(request_session()):
        abort(409)
    if problems or wanted is None:
        return _page(form, problems), 422
    return _to_list(service.invite_by_mail(current_act(), identity, form.language.data or "en", wanted))


def _page(form: InviteForm, problems: list[dict[str, str]]) -> str:
    settings = current_settings()
    return render_template(
        "invitations/invite.html",
        form=form,
        typed=form.typed(),
        errors=problems,
        choices=[{"code": code, "label": label, "hint": ""} for code, label in LANGUAGES.items()],
        order=settings.jurisdiction.date_order,
        ready=settings.sends_mail and is_form_on(request_session()),
        named=settings.name_in_mail,
        spanish=settings.spanish,
    )


@bp.post("/invitations/<uuid:invitation_id>/send")
@requires(Permission.INVITE)
def send(invitation_id: UUID) -> ResponseReturnValue:
    """Send the link once more."""
    if not current_settings().sends_mail:
        abort(409)
    return _change(invitation_id, service.send_again)


@bp.post("/invitations/<uuid:invitation_id>/cancel")
@requires(Permission.INVITE)
def cancel(invitation_id: UUID) -> ResponseReturnValue:
    """End the link."""
    return _change(invitation_id, service.cancel)


@bp.post("/invitations/<uuid:invitation_id>/unpause")
@requires(Permission.INVITE)
def unpause(invitation_id: UUID) -> ResponseReturnValue:
    """Let a paused link work again."""
    return _change(invitation_id, service.unpause)


@bp.post("/forms/<uuid:case_id>/unpause")
@requires(Permission.INVITE)
def unpause_form(case_id: UUID) -> ResponseReturnValue:
    """Let a form be opened again that wrong birth dates paused in its browser, with an invitation or without."""
    if not pauses.end_pause(current_act(), case_id):
        abort(404)
    return _to_list(FORM_UNPAUSED)


@bp.post("/invitations/<uuid:invitation_id>/tablet")
@requires(Permission.INVITE)
def hand_over(invitation_id: UUID) -> ResponseReturnValue:
    """Sign out here, and open this person's form for them to fill in."""
    found = service.invitation_for(current_act(), invitation_id)
    return _handed_over(found) if found is not None else abort(404)


@bp.post("/tablet")
@requires(Permission.INVITE)
def start_on_tablet() -> ResponseReturnValue:
    """Sign out here, and open a new form for somebody to fill in."""
    if not current_settings().self_start:
        return _to_list(NO_START)
    return _handed_over(None)


def _handed_over(invitation: Any) -> ResponseReturnValue:
    try:
        service.hand_over(current_act(), invitation)
    except service.InvitationNotOpen:
        return _to_list(NOT_NOW)
    logout_user()
    open_tablet(invitation and invitation.id)
    response = redirect(url_for("tablet.start"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _change(invitation_id: UUID, change: Callable[[Act, Any], InvitationOutcome]) -> ResponseReturnValue:
    found = service.invitation_for(current_act(), invitation_id)
    if found is None:
        abort(404)
    try:
        return _to_list(change(current_act(), found))
    except service.InvitationNotOpen:
        return _to_list(NOT_NOW)


def _to_list(result: str) -> ResponseReturnValue:
    """Redirect to the list, which shows the sentence of this result once."""
    leave_notice(result)
    return redirect(url_for("clinic.invitations"), 303)
