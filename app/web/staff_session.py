"""The cookie of a signed-in staff member: who it is, and when the session ends."""

from datetime import timedelta
from typing import cast

from flask import current_app, request, session

from app.core.access import Staff, find_staff
from app.web.cookie import clear_session, forget_request_token, is_within, timestamp
from app.web.extensions import db
from app.web.patient_session import CASE, CASE_SEEN, CASE_SINCE
from app.web.tablet_session import TABLET, TABLET_FOR

STAFF_IDLE = timedelta(minutes=15)
STAFF_LIFETIME = timedelta(hours=8)
STAFF_SINCE, STAFF_SEEN = "staff_since", "staff_seen"
"""Keys of the cookie: when they signed in, and when they last opened a page."""
# Written by Flask-Login: whose session it is.
STAFF_ID = "_user_id"


def staff() -> Staff | None:
    """Who is signed in, or None. Reads the database once a request, and not at all while a failure is shown.

    Nothing is kept from one request to the next: who left, or changed roles, is refused at once.
    """
    if "foreroom.staff" not in request.environ:
        if "foreroom.failed" in request.environ or STAFF_ID not in session:
            return None
        request.environ["foreroom.staff"] = find_staff(db.session, session[STAFF_ID])
    return cast(Staff | None, request.environ["foreroom.staff"])


def open_staff_session() -> None:
    """Start the clocks of a staff session that Flask-Login has just opened, and close any patient's form."""
    for key in (CASE, CASE_SINCE, CASE_SEEN, TABLET, TABLET_FOR, current_app.config["WTF_CSRF_FIELD_NAME"]):
        session.pop(key, None)
    forget_request_token()
    session.permanent = False
    session[STAFF_SINCE] = session[STAFF_SEEN] = timestamp()


def refresh_staff_session() -> None:
    """Note that staff are here, or sign them out after 15 idle minutes or 8 hours."""
    if STAFF_ID not in session:
        return
    if is_within(STAFF_IDLE, session.get(STAFF_SEEN, 0)) and is_within(
        STAFF_LIFETIME, session.get(STAFF_SINCE, 0)
    ):
        session[STAFF_SEEN] = timestamp()
    else:
        clear_session()
