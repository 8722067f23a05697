"""Invitations: who was sent a link, what became of it, inviting one more, sending again, ending."""

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
from app.web.act import current_act
from app.web.guards import requires
from app.web.request import current_settings, open_tablet, today

bp = Blueprint("clinic", __name__, url_prefix="/clinic")

DONE = {
    "invited": "The invitation is on its way.",
    "sent": "The link is on its way again.",
    "cancelled": "The link no longer works.",
    "unpaused": "The link works again.",
    "form_unpaused": "The form can be opened again with the birth date.",
    "no_start": "This clinic starts forms by invitation alone.",
    "not_now": "That could not be done: the invitation has changed. Here is how it stands now.",
}


@bp.get("/invitations")
@requires(Permission.INVITE)
def invitations() -> ResponseReturnValue:
    """Who was invited, newest first."""
    after = request.args.get("after", type=UUID)
    rows, further = listing.invitation_rows(current_act(), after)
    return render_template(
        "invitations/invitations.html",
        lines=rows,
        further=further,
        paused=pauses.paused_forms(current_act()) if after is None else [],
        first=after is None,
        done=DONE.get(request.args.get("done", ""), ""),
        sends_mail=current_settings().sends_mail,
        missing=current_settings().missing,
        may_start=current_settings().self_start,
    )


@bp.get("/invitations/new")
@requires(Permission.INVITE)
def new() -> ResponseReturnValue:
    """Whom to invite."""
    return _page(InviteForm(), [])


@bp.post("/invitations/new")
@requires(Permission.INVITE)
def invite() -> ResponseReturnValue:
    """Invite one person: the mail leaves after the commit."""
    form = InviteForm()
    identity, problems = form.read(today(), current_settings().minimum_age)
    wanted = form.id()
    if not current_settings().sends_mail or current_settings().clinic is None:
        abort(409)
    if problems or wanted is None:
        return _page(form, problems), 422
    service.invite_by_mail(current_act(), identity, form.language.data or "en", wanted)
    return redirect(url_for("clinic.invitations", done="invited"), 303)


def _page(form: InviteForm, problems: list[dict[str, str]]) -> str:
    settings = current_settings()
    return render_template(
        "invitations/invite.html",
        form=form,
        typed=form.typed(),
        errors=problems,
        choices=[{"code": code, "label": label, "hint": ""} for code, label in LANGUAGES.items()],
        order=settings.jurisdiction.date_order,
        ready=settings.sends_mail and settings.clinic is not None,
        named=settings.name_in_mail,
        spanish=settings.spanish,
    )


@bp.post("/invitations/<uuid:invitation_id>/send")
@requires(Permission.INVITE)
def send(invitation_id: UUID) -> ResponseReturnValue:
    """Send the link once more."""
    return _change(invitation_id, service.send_again, "sent")


@bp.post("/invitations/<uuid:invitation_id>/cancel")
@requires(Permission.INVITE)
def cancel(invitation_id: UUID) -> ResponseReturnValue:
    """End the link."""
    return _change(invitation_id, service.cancel, "cancelled")


@bp.post("/invitations/<uuid:invitation_id>/unpause")
@requires(Permission.INVITE)
def unpause(invitation_id: UUID) -> ResponseReturnValue:
    """Let a paused link work again."""
    return _change(invitation_id, service.unpause, "unpaused")


@bp.post("/forms/<uuid:case_id>/unpause")
@requires(Permission.INVITE)
def unpause_form(case_id: UUID) -> ResponseReturnValue:
    """Let a form be opened again that wrong birth dates paused in its browser, with an invitation or without."""
    if not pauses.end_pause(current_act(), case_id):
        abort(404)
    return redirect(url_for("clinic.invitations", done="form_unpaused"), 303)


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
        return redirect(url_for("clinic.invitations", done="no_start"), 303)
    return _handed_over(None)


def _handed_over(invitation: Any) -> ResponseReturnValue:
    try:
        service.hand_over(current_act(), invitation)
    except service.InvitationNotOpen:
        return redirect(url_for("clinic.invitations", done="not_now"), 303)
    logout_user()
    open_tablet(invitation and invitation.id)
    response = redirect(url_for("tablet.start"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _change(invitation_id: UUID, change: Callable[[Act, Any], object], done: str) -> ResponseReturnValue:
    found = service.invitation_for(current_act(), invitation_id)
    if found is None:
        abort(404)
    try:
        change(current_act(), found)
    except service.InvitationNotOpen:
        done = "not_now"
    return redirect(url_for("clinic.invitations", done=done), 303)
