"""The cookie of a tablet that staff handed to a patient: it goes with the browser's window, and it closes soon."""

from datetime import timedelta
from hashlib import blake2b
from uuid import UUID

from flask import Flask, current_app, session

from app.web.cookie import clear_session, timestamp

TABLET_IDLE = timedelta(minutes=4), timedelta(minutes=5)
"""As patient_session.PATIENT_IDLE, on a tablet."""
TABLET_KEEPS = timedelta(minutes=30)
"""As patient_session.PATIENT_KEEPS, on a tablet."""
TABLET_SENT = timedelta(seconds=40), timedelta(seconds=60)
"""As TABLET_IDLE, on the page that says that a form is sent."""

TABLET, TABLET_FOR = "tablet", "tablet_for"
"""Keys of the cookie: when it was last touched, and the invitation it was handed over for."""
HANDED = "handed"
"""The hidden field by which the start page on a tablet names the invitation that the tablet was handed over for."""
_MARK_BYTES = 6


def init_app(app: Flask) -> None:
    """Let templates know of tablets."""
    # Read at each request, so that tests can shorten them.
    app.config.update(TABLET_IDLE=TABLET_IDLE, TABLET_SENT=TABLET_SENT)
    # A global, for macros know nothing of the page they are drawn on.
    app.add_template_global(on_tablet)


def open_tablet(invitation_id: UUID | None) -> None:
    """Make this browser a tablet that is handed over: for the form of one invitation, or for a new one."""
    clear_session()
    session.permanent = False
    session[TABLET] = timestamp()
    if invitation_id is not None:
        session[TABLET_FOR] = str(invitation_id)


def on_tablet() -> bool:
    """Whether staff handed this browser over."""
    return TABLET in session


def tablet_invitation_id() -> UUID | None:
    """The invitation that the tablet was handed over for, until its form is open."""
    found = session.get(TABLET_FOR)
    return UUID(found) if isinstance(found, str) else None


def handed_mark() -> str:
    """The mark by which the start page names that invitation; empty for a new form of somebody who was not invited."""
    handed_for = tablet_invitation_id()
    return blake2b(handed_for.bytes, digest_size=_MARK_BYTES).hexdigest() if handed_for else ""


def confirmation_idle() -> dict[str, dict[str, int]]:
    """Template values of the confirmation page: on a tablet {"idle": …} with its sooner end, elsewhere
    nothing.
    """
    return {"idle": idle_seconds("TABLET_SENT")} if on_tablet() else {}


def idle_seconds(name: str) -> dict[str, int]:
    """A pair of times of the app's config, in seconds: "notice", when a page asks whether anybody is there, and "end",
    when it closes.
    """
    notice, end = current_app.config[name]
    return {"notice": int(notice.total_seconds()), "end": int(end.total_seconds())}
