"""Where staff arrive and leave. Signing in is Flask-Security's view, set up in `sign_in.py`."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import logout_user

from app.account import service
from app.web.act import current_act
from app.web.cookie import clear_session
from app.web.features import own_menu
from app.web.guards import public, signed_in
from app.web.request import actor

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("/")
@signed_in
def home() -> ResponseReturnValue:
    """To one's own desk, or 403 for someone who has none."""
    desks = own_menu()
    if not desks:
        abort(403)
    return redirect(f"{request.script_root}{desks[0].path}", 303)


@bp.post("/logout")
@public("leaving needs no right, and its form carries a CSRF token")
def sign_out() -> ResponseReturnValue:
    """End the session in this browser, and empty what the browser kept, for another person may use it next."""
    who = actor()
    if who.kind == "staff":
        logout_user()
        service.signed_out(current_act().by(who))
    clear_session()
    response = redirect(url_for("security.login"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
