"""The cookie of a patient's browser: which form is open in it, which was before, and when it was last touched."""

import secrets
from datetime import timedelta
from typing import cast
from uuid import UUID

from flask import Flask, current_app, session

from app.questionnaire.durations import BROWSER_KEEPS
from app.web.cookie import clear_session, is_within, timestamp
from app.web.tablet_session import TABLET, TABLET_KEEPS, idle_seconds, on_tablet

PATIENT_IDLE = timedelta(minutes=25), timedelta(minutes=30)
"""After how long without contact a patient's page asks whether anybody is there, and closes the form."""
PATIENT_KEEPS = timedelta(hours=12)
"""After how long without contact nothing that is typed on a page of the form is kept any more."""
QUIET_AFTER = timedelta(seconds=3)
"""How long after the last touch a page that is being filled in sends itself."""

CASE, CASE_SINCE, CASE_SEEN = "case", "case_since", "case_seen"
"""Keys of the cookie: the case that is open, when it was opened, and when it was last touched."""
# The form that was open in this browser before: its door is the birth date, as after a pause.
EARLIER, EARLIER_SINCE = "earlier", "earlier_since"
BROWSER = "browser"


def init_app(app: Flask) -> None:
    """Set the times of a patient's page."""
    # Read at each request, so that tests can shorten them.
    app.config.update(PATIENT_IDLE=PATIENT_IDLE, QUIET_AFTER=QUIET_AFTER)


def patient_case_id() -> UUID | None:
    """The case this browser may fill in, or None when it has none or opened it longer ago than BROWSER_KEEPS."""
    return _case_of(CASE, CASE_SINCE)


def earlier_case_id() -> UUID | None:
    """The case that was open in this browser before the one that is now, under the same rule."""
    return _case_of(EARLIER, EARLIER_SINCE)


def _case_of(name: str, opened: str) -> UUID | None:
    case_id, since = session.get(name), session.get(opened)
    if not isinstance(case_id, str) or not isinstance(since, int):
        return None
    return UUID(case_id) if is_within(BROWSER_KEEPS, since) else None


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
        forget_earlier_form()
    session.permanent = not on_tablet()
    session[CASE] = str(case_id)
    session[CASE_SINCE] = session[CASE_SEEN] = timestamp()


def switch_to_earlier_form() -> None:
    """Hold the form that was open in this browser before, and the one that is now in its place. Each waits for its
    birth date.
    """
    found = earlier_case_id()
    if found is None:
        return
    wanted = {CASE: session[EARLIER], CASE_SINCE: session[EARLIER_SINCE], CASE_SEEN: 0}
    forget_earlier_form()
    set_form_aside()
    session.update(wanted)


def close_form() -> None:
    """Let go of the form that is open here. A tablet that was handed over stays one, and the form that was open in this
    browser before can still be opened.
    """
    kept = {name: session[name] for name in (TABLET, EARLIER, EARLIER_SINCE) if name in session}
    clear_session()
    session.update(kept)
    session.permanent = EARLIER in session


def set_form_aside() -> None:
    """Keep the form that is open here as the one that was open before, and hold none. It waits for its birth date."""
    held = {name: session.pop(name, None) for name in (CASE, CASE_SINCE, CASE_SEEN)}
    if held[CASE] is not None:
        session[EARLIER], session[EARLIER_SINCE] = held[CASE], held[CASE_SINCE]


def forget_earlier_form() -> None:
    """Let go of the form that was open in this browser before the one that is now."""
    session.pop(EARLIER, None)
    session.pop(EARLIER_SINCE, None)


def hide_form() -> None:
    """Show the form that is open here to nobody without its birth date, as after a pause. What is typed is kept."""
    if CASE in session:
        away = timestamp() - int(current_app.config["PATIENT_IDLE"][1].total_seconds())
        session[CASE_SEEN] = min(session.get(CASE_SEEN, 0), away)


def browser_mark() -> str:
    """A random mark of this browser, made on the first call. Codes by mail are bound to it, and to nothing else."""
    return cast(str, session.setdefault(BROWSER, secrets.token_hex(32)))


def known_browser_mark() -> str | None:
    """The mark of this browser, or None when it asked for no code."""
    found = session.get(BROWSER)
    return found if isinstance(found, str) else None


def patient_is_away() -> bool:
    """Whether the form lay untouched so long that the next person at this screen may be somebody else."""
    _, end = current_app.config["TABLET_IDLE" if on_tablet() else "PATIENT_IDLE"]
    return not is_within(end, _last_seen())


def patient_text_is_kept() -> bool:
    """Whether what is typed on a page of the form is still stored, also while the form is shown to nobody."""
    return is_within(TABLET_KEEPS if on_tablet() else PATIENT_KEEPS, _last_seen())


def _last_seen() -> int:
    return cast(int, session.get(TABLET if on_tablet() else CASE_SEEN, 0))


def page_idle() -> dict[str, int] | None:
    """When a patient's page asks whether anybody is there, and closes, in seconds; None where nothing is open."""
    if (not on_tablet() and patient_case_id() is None) or patient_is_away():
        return None
    return idle_seconds("TABLET_IDLE" if on_tablet() else "PATIENT_IDLE")


def refresh_patient_session() -> None:
    """Note the time of this contact, of a patient or on a tablet; not for a form that was away."""
    at = timestamp()
    for seen, held in ((CASE_SEEN, CASE), (TABLET, TABLET)):
        # A cookie that says so already, since the page that led here, need not be made, signed and sent again.
        if held in session and session.get(seen) != at and not patient_is_away():
            session[seen] = at
