"""Flask-Security, set up: which of its parts are on, and what happens around its view."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from hashlib import sha256
from typing import Any

from flask import Flask, make_response, redirect, request, url_for
from flask_security import FSQLALiteUserDatastore, Security, user_authenticated
from werkzeug.wrappers import Response

from app.account import service
from app.account.forms import SignInForm
from app.core.access import Actor, permissions
from app.models import Role, User
from app.web.act import current_act
from app.web.clock import now
from app.web.extensions import db
from app.web.rates import limit_posts, sender_address
from app.web.staff_session import open_staff_session

# Only misses count, so that whoever knows their password is not kept waiting by their own work.
MISSES_PER_ACCOUNT = "5 per minute"
MISSES_PER_ADDRESS = "20 per minute"
REFUSED = 422
# A page of ours, and nothing that a browser could read as another site.
OWN_PATH = re.compile(r"/(?:[\w-]+/)*[\w-]*", re.ASCII)
# Argon2id as OWASP's least: 19 MiB, twice over, one lane. About 40 ms.
ARGON2 = {"argon2__memory_cost": 19_456, "argon2__time_cost": 2, "argon2__parallelism": 1}
PASSWORD_LETTERS_MIN = 15


class _Datastore(FSQLALiteUserDatastore):
    """Staff accounts, without commits of their own: the request's transaction decides what is kept."""

    def commit(self) -> None:
        """Send what changed to the database, inside the transaction."""
        self.db.session.flush()


def init_app(app: Flask) -> None:
    """Give `app` its sign-in and sign-out, below /account."""
    app.config.update(
        # It marks sessions by network address, and writes into those of patients too: telephones change theirs.
        SESSION_PROTECTION=None,
        SECURITY_URL_PREFIX="/account",
        SECURITY_STATIC_FOLDER=None,
        SECURITY_LOGIN_USER_TEMPLATE="account/sign_in.html",
        SECURITY_POST_LOGIN_VIEW="account.home",
        # Signing out is a view of ours: theirs shows a page of its own when the token is missing.
        SECURITY_LOGOUT_METHODS=None,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        # Messages would travel in the cookie, which holds ids and timestamps only.
        SECURITY_FLASH_MESSAGES=False,
        SECURITY_API_ENABLED_METHODS=["session"],
        # Without a freshness time there is no page to prove oneself again; that comes with the second factor.
        SECURITY_FRESHNESS=timedelta(-1),
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_PASSWORD_SINGLE_HASH={"argon2"},
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=ARGON2,
        SECURITY_PASSWORD_LENGTH_MIN=PASSWORD_LETTERS_MIN,
        SECURITY_DATETIME_FACTORY=now,
        # Accounts are made by our own commands, which write to the audit log.
        SECURITY_CLI_USERS_NAME=None,
        SECURITY_CLI_ROLES_NAME=None,
    )
    security = Security()
    security.init_app(app, _Datastore(db, User, Role), login_form=SignInForm)
    # Its answers for programs would hand out tokens that no clock of ours ends.
    security.want_json(lambda _request: False)
    # What Flask-Principal and "remember me" would do at every request, of patients too, nothing here asks for.
    app.before_request_funcs[None].remove(security.principal._on_before_request)
    app.after_request_funcs[None].remove(security.login_manager._update_remember_cookie)
    # One would read the user, and so the database, even to draw the page that says the database is down; what the
    # other adds no template of ours reads.
    app.template_context_processors[None] = [
        adds
        for adds in app.template_context_processors[None]
        if adds.__module__ not in ("flask_login.utils", "flask_security.core")
    ]
    user_authenticated.connect(_on_signed_in, app, weak=False)
    app.view_functions["security.login"] = _around(app.view_functions["security.login"])
    limit_posts(
        app,
        "security.login",
        (MISSES_PER_ACCOUNT, _account),
        (MISSES_PER_ADDRESS, sender_address),
        counted=lambda response: response.status_code == REFUSED,
    )


def _on_signed_in(_app: Flask, user: User, **_: Any) -> None:
    open_staff_session()
    who = Actor("staff", user.id, permissions(role.name for role in user.roles))
    service.signed_in(current_act().by(who), user)


def _around(view: Callable[..., Any]) -> Callable[..., Response]:
    """Around Flask-Security's view: a refusal has a status of its own, and the way on is ours to choose.

    It shows the form again with 200, and follows addresses that only a browser's leniency makes harmless.
    """

    @wraps(view)
    def sign_in(**values: Any) -> Response:
        response: Response = make_response(view(**values))
        if request.method == "POST" and response.status_code == 200:
            response.status_code = REFUSED
        elif response.status_code == 302:
            onward = request.args.get("next", "")
            wanted = (
                f"{request.script_root}{onward}" if OWN_PATH.fullmatch(onward) else url_for("account.home")
            )
            response = redirect(wanted, 303)
        return response

    return sign_in


def _account() -> str:
    """The account that is tried, whether it exists or not, in a form that can stand in a log."""
    return sha256(request.form.get("email", "").strip().casefold().encode()).hexdigest()
