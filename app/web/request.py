"""Who sent this request, and what every template may know about it."""

import secrets
from typing import TYPE_CHECKING, cast

from flask import Flask, request

from app.core.access import ANONYMOUS, Actor
from app.web import cookie, patient_session, tablet_session
from app.web.patient_session import page_idle, patient_case_id, refresh_patient_session
from app.web.settings import current_settings
from app.web.staff_session import refresh_staff_session, staff

if TYPE_CHECKING:
    from config import Settings


def request_id() -> str:
    """A random reference for this request: on its log line, and on the page when it fails."""
    return cast(str, request.environ.setdefault("foreroom.request_id", secrets.token_hex(6)))


def actor() -> Actor:
    """Who sent this request, as access and audit know them."""
    if person := staff():
        return Actor("staff", person.id, person.permissions)
    if case_id := patient_case_id():
        return Actor("patient", case_id, frozenset())
    return ANONYMOUS


def refresh_sessions() -> None:
    """Before anything reads the user: note that they are here, and end what was left for too long."""
    refresh_patient_session()
    refresh_staff_session()


def init_app(app: Flask) -> None:
    """Set the cookie's rules and what every template may know about the request."""
    settings: Settings = app.config["SETTINGS"]
    for module in (cookie, patient_session, tablet_session):
        module.init_app(app)
    app.before_request(refresh_sessions)

    @app.context_processor
    def page_context() -> dict[str, object]:
        return {
            "clinic": settings.clinic,
            "demo": settings.demo,
            "jurisdiction": settings.jurisdiction,
            "signed_in": staff(),
            "idle": page_idle(),
            "self_start": current_settings().self_start,
        }
