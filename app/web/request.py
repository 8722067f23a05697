"""Who is asking and when: the only clock, and the only reader and writer of the session cookie.

The cookie holds ids, timestamps and the language of the pages, never a name or an answer. One cookie is one person:
starting a form signs staff out, and signing in closes an open form. A tablet that staff handed over is marked: its
cookie goes with the browser's window, and its form closes much sooner.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, cast
from uuid import UUID

from flask import Flask, current_app, g, request, session
from flask_login import current_user

from app.core.access import Actor, Permission, permissions

if TYPE_CHECKING:
    from config import Settings

PATIENT_LIFETIME = timedelta(days=30)
# After how long without contact a patient's page asks whether anybody is there, and closes the form.
PATIENT_IDLE = timedelta(minutes=25), timedelta(minutes=30)
TABLET_IDLE = timedelta(minutes=4), timedelta(minutes=5)
# After how long without contact nothing that is typed on a page of the form is kept any more.
PATIENT_KEEPS, TABLET_KEEPS = timedelta(hours=12), timedelta(minutes=30)
# The same for the page of a tablet that says a form is sent.
TABLET_SENT = timedelta(seconds=40), timedelta(seconds=60)
# How long after the last touch a page that is being filled in sends itself.
QUIET_AFTER = timedelta(seconds=3)
STAFF_IDLE = timedelta(minutes=15)
STAFF_LIFETIME = timedelta(hours=8)
# Two servers' clocks may differ by this much; a time further ahead means that a clock was set back.
CLOCK_SKEW = timedelta(minutes=1)

CASE, CASE_SINCE, CASE_SEEN = "case", "case_since", "case_seen"
TABLET, TABLET_FOR = "tablet", "tablet_for"
# The form that was open in this browser before: its door is the birth date, as after a pause.
EARLIER, EARLIER_SINCE = "earlier", "earlier_since"
BROWSER = "browser"
STAFF_SINCE, STAFF_SEEN = "staff_since", "staff_seen"
# Written by Flask-Login: whose session it is.
STAFF_ID = "_user_id"

NOBODY = Actor("anonymous", None, frozenset())


@dataclass(frozen=True)
class Staff:
    """The signed-in person, copied out of the database so that a page can name them after a rollback."""

    id: UUID
    name: str
    permissions: frozenset[Permission]


def current_settings() -> "Settings":
    """The settings this app was made with."""
    return cast("Settings", current_app.config["SETTINGS"])


def now() -> datetime:
    """The time, aware, in UTC. Tests set app.config["CLOCK"] to a function of no arguments."""
    clock: Callable[[], datetime] | None = current_app.config.get("CLOCK")
    return clock() if clock else datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """An aware time as the clinic's clocks show it (UTC while no clinic is set)."""
    clinic = current_settings().clinic
    return moment.astimezone(clinic.timezone if clinic else UTC)


def at_clinic(day: date, hour: int) -> datetime:
    """An hour of a day by the clinic's clocks, in UTC."""
    clinic = current_settings().clinic
    return datetime.combine(day, time(hour), clinic.timezone if clinic else UTC).astimezone(UTC)


def today() -> date:
    """The date at the clinic."""
    return local(now()).date()


def request_id() -> str:
    """A random reference for this request: on its log line, and on the page when it fails."""
    return cast(str, request.environ.setdefault("foreroom.request_id", secrets.token_hex(6)))


def staff() -> Staff | None:
    """Who is signed in, or None. Reads the database once a request, and not at all while a failure is shown."""
    if "foreroom.staff" not in request.environ:
        if "foreroom.failed" in request.environ or STAFF_ID not in session:
            return None
        user = current_user if current_user.is_authenticated else None
        request.environ["foreroom.staff"] = user and Staff(
            user.id, user.name, permissions(role.name for role in user.roles)
        )
    return cast(Staff | None, request.environ["foreroom.staff"])


def actor() -> Actor:
    """Whoever sent this request, as access and audit know them."""
    if person := staff():
        return Actor("staff", person.id, person.permissions)
    if case_id := patient_case_id():
        return Actor("patient", case_id, frozenset())
    return NOBODY


def patient_case_id() -> UUID | None:
    """The case this browser may fill in, or None when it has none or opened it more than 30 days ago."""
    return _case_of(CASE, CASE_SINCE)


def earlier_case_id() -> UUID | None:
    """The case that was open in this browser before the one that is now, under the same rule."""
    return _case_of(EARLIER, EARLIER_SINCE)


def _case_of(name: str, opened: str) -> UUID | None:
    case_id, since = session.get(name), session.get(opened)
    if not isinstance(case_id, str) or not isinstance(since, int):
        return None
    return UUID(case_id) if _within(PATIENT_LIFETIME, since) else None


def open_patient_session(case_id: UUID) -> None:
    """Let this browser fill in one case. Whoever was signed in here before is not any more.

    Its token stays: pages that are open here, and those that were given back, can be sent again, and each says itself
    of which form it is.
    """
    token = current_app.config["WTF_CSRF_FIELD_NAME"]
    kept = {name: session[name] for name in ("language", EARLIER, EARLIER_SINCE, token) if name in session}
    if CASE in session and session[CASE] != str(case_id) and not on_tablet():
        kept[EARLIER], kept[EARLIER_SINCE] = session[CASE], session[CASE_SINCE]
    close_form()
    session.update(kept)
    if session.get(EARLIER) == str(case_id):
        del session[EARLIER], session[EARLIER_SINCE]
    session.permanent = not on_tablet()
    session[CASE] = str(case_id)
    session[CASE_SINCE] = session[CASE_SEEN] = int(now().timestamp())


def take_up_earlier_form() -> None:
    """Hold the form that was open in this browser before, and the one that is now in its place. Each waits for its
    birth date.
    """
    found = earlier_case_id()
    if found is None:
        return
    session[CASE], session[EARLIER] = session[EARLIER], session[CASE]
    session[CASE_SINCE], session[EARLIER_SINCE] = session[EARLIER_SINCE], session[CASE_SINCE]
    session[CASE_SEEN] = 0


def open_tablet(invitation_id: UUID | None) -> None:
    """Make this browser a tablet that is handed over: for the form of one invitation, or for a new one."""
    forget_session()
    session.permanent = False
    session[TABLET] = int(now().timestamp())
    if invitation_id is not None:
        session[TABLET_FOR] = str(invitation_id)


def on_tablet() -> bool:
    """Whether staff handed this browser over."""
    return TABLET in session


def handed_invitation_id() -> UUID | None:
    """The invitation that the tablet was handed over for, until its form is open."""
    found = session.get(TABLET_FOR)
    return UUID(found) if isinstance(found, str) else None


def this_browser() -> str:
    """A random mark of this browser, made on the first call. Codes by mail are bound to it, and to nothing else."""
    return cast(str, session.setdefault(BROWSER, secrets.token_hex(32)))


def known_browser() -> str | None:
    """The mark of this browser, or None when it asked for no code."""
    found = session.get(BROWSER)
    return found if isinstance(found, str) else None


def patient_is_away() -> bool:
    """Whether the form lay untouched so long that the next person at this screen may be somebody else."""
    _, end = current_app.config["TABLET_IDLE" if on_tablet() else "PATIENT_IDLE"]
    return not _within(end, _last_seen())


def patient_may_keep() -> bool:
    """Whether what is typed on a page of the form is still kept, also while it is shown to nobody."""
    return _within(TABLET_KEEPS if on_tablet() else PATIENT_KEEPS, _last_seen())


def _last_seen() -> int:
    return cast(int, session.get(TABLET if on_tablet() else CASE_SEEN, 0))


def open_staff_session() -> None:
    """Start the clocks of a staff session that Flask-Login has just opened, and close any patient's form."""
    for key in (CASE, CASE_SINCE, CASE_SEEN, TABLET, TABLET_FOR, current_app.config["WTF_CSRF_FIELD_NAME"]):
        session.pop(key, None)
    g.pop(current_app.config["WTF_CSRF_FIELD_NAME"], None)
    session.permanent = False
    session[STAFF_SINCE] = session[STAFF_SEEN] = int(now().timestamp())


def forget_session() -> None:
    """Empty the cookie: nothing in it can be used again from this browser."""
    session.clear()
    # Flask-WTF keeps the token it made for this request; a form drawn later in it would carry a dead one.
    g.pop(current_app.config["WTF_CSRF_FIELD_NAME"], None)


def close_form() -> None:
    """Let go of the form that is open here. A tablet that was handed over stays one."""
    seen = session.get(TABLET)
    forget_session()
    if seen is not None:
        session[TABLET] = seen


def keep_time() -> None:
    """Before anything reads the user: note that they are here, and sign staff out after 15 idle minutes or 8 hours."""
    for seen, held in ((CASE_SEEN, CASE), (TABLET, TABLET)):
        if held in session and not patient_is_away():
            session[seen] = int(now().timestamp())
    if STAFF_ID not in session:
        return
    if _within(STAFF_IDLE, session.get(STAFF_SEEN, 0)) and _within(
        STAFF_LIFETIME, session.get(STAFF_SINCE, 0)
    ):
        session[STAFF_SEEN] = int(now().timestamp())
    else:
        forget_session()


def _within(lifetime: timedelta, since: int) -> bool:
    return -CLOCK_SKEW.total_seconds() <= now().timestamp() - since < lifetime.total_seconds()


def sent_on_tablet() -> dict[str, dict[str, int]]:
    """A page that says a form is sent closes by itself on a tablet, sooner than the others: what it is drawn with."""
    return {"idle": _seconds("TABLET_SENT")} if on_tablet() else {}


def _seconds(name: str) -> dict[str, int]:
    notice, end = current_app.config[name]
    return {"notice": int(notice.total_seconds()), "end": int(end.total_seconds())}


def _idle() -> dict[str, int] | None:
    """When a patient's page asks whether anybody is there, and closes, in seconds; None where nothing is open."""
    if (not on_tablet() and patient_case_id() is None) or patient_is_away():
        return None
    return _seconds("TABLET_IDLE" if on_tablet() else "PATIENT_IDLE")


def init_app(app: Flask) -> None:
    """Set the cookie's rules and what every template may know about the request."""
    settings: Settings = app.config["SETTINGS"]
    app.config.update(
        SECRET_KEY=settings.secret_key,
        # Browsers refuse a __Host- cookie that is not Secure, with no domain and for the whole site.
        SESSION_COOKIE_NAME="__Host-foreroom" if settings.secure_cookies else "foreroom",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        # Strict would drop the cookie of a patient who comes back through the link in an e-mail.
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=PATIENT_LIFETIME,
        # Read at each request, so that tests can shorten them.
        PATIENT_IDLE=PATIENT_IDLE,
        TABLET_IDLE=TABLET_IDLE,
        TABLET_SENT=TABLET_SENT,
        QUIET_AFTER=QUIET_AFTER,
    )
    app.before_request(keep_time)
    # A global, for macros know nothing of the page they are drawn on.
    app.add_template_global(on_tablet)

    @app.context_processor
    def page_context() -> dict[str, object]:
        return {
            "clinic": settings.clinic,
            "demo": settings.demo,
            "jurisdiction": settings.jurisdiction,
            "signed_in": staff(),
            "idle": _idle(),
            "self_start": current_settings().self_start,
        }
