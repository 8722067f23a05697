"""Who may open each view. Closed unless a view declares its guard, and the app does not start while one is missing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import structlog
from flask import Flask, current_app, redirect, request, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from app.core.access import Permission
from app.web.patient_session import patient_case_id
from app.web.staff_session import staff

View = TypeVar("View", bound=Callable[..., Any])

security_log = structlog.get_logger("foreroom.security")


class FormClosed(Forbidden):
    """A page of a form was sent by a browser that holds no form. What was typed is given back."""


class UnguardedView(Exception):
    """A view has no guard."""


@dataclass(frozen=True)
class Guard:
    """Who may open a view."""

    kind: Literal["public", "staff", "patient"]
    """Who may: anybody, staff, or the patient whose form is open in this browser."""
    permission: Permission | None = None
    """What staff must be allowed; None for any staff member."""
    reason: str = ""
    """Why a public view is public."""


# Views that are not ours to decorate.
OTHERS = {
    "static": Guard("public", reason="files of the page, the same for everyone"),
    "security.login": Guard("public", reason="the door itself"),
}


def public(reason: str) -> Callable[[View], View]:
    """Anyone may open it, because of `reason`."""
    return _marked(Guard("public", reason=reason))


def requires(permission: Permission) -> Callable[[View], View]:
    """Staff with `permission`. Nobody signed in: to the sign-in page. Somebody else: 403."""
    return _marked(Guard("staff", permission))


def signed_in(view: View) -> View:
    """Any staff member, whatever their role."""
    return _marked(Guard("staff"))(view)


def patient(view: View) -> View:
    """Whoever opened a case in this browser. Others go to the start page."""
    return _marked(Guard("patient"))(view)


def _marked(guard: Guard) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.guard = guard  # type: ignore[attr-defined] # a function takes any attribute
        return view

    return mark


def guard_of(app: Flask, endpoint: str) -> Guard | None:
    """The guard of the view of `endpoint`, or that of OTHERS for a view of a library; None where there is none."""
    found = getattr(app.view_functions.get(endpoint), "guard", None)
    return found if isinstance(found, Guard) else OTHERS.get(endpoint)


def refuse_unguarded(app: Flask) -> None:
    """Raise UnguardedView, with their names, when any view of `app` has no guard."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    if missing := sorted(name for name in endpoints if guard_of(app, name) is None):
        raise UnguardedView(f"Say who may open: {', '.join(missing)} (see app/web/guards.py).")


def refusal() -> Response | None:
    """The response in place of a view that the actor may not open; None when they may. Raises Forbidden, FormClosed.

    Asked for every request in one place, so that a view cannot be reached around its guard.
    """
    if request.endpoint is None:
        return None  # no view: the dispatcher answers 404 or 405
    guard = guard_of(current_app, request.endpoint)
    if guard is None:
        raise Forbidden
    if guard.kind == "public":
        return None
    if guard.kind == "patient":
        if patient_case_id():
            return None
        security_log.info("refused", endpoint=request.endpoint, reason="no open case")
        if request.method == "POST":
            raise FormClosed
        return redirect(f"{request.script_root}/", 303)
    person = staff()
    if person is None:
        security_log.info("refused", endpoint=request.endpoint, reason="not signed in")
        # Only a page can be gone back to, and only its path: what was searched for stays out of the address.
        back = request.path if request.method in ("GET", "HEAD") else None
        return redirect(url_for("security.login", next=back), 303)
    if guard.permission is not None and guard.permission not in person.permissions:
        security_log.warning(
            "refused", endpoint=request.endpoint, actor=str(person.id), permission=guard.permission.value
        )
        raise Forbidden
    return None
