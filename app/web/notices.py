"""A sentence shown once on the page after an act, chosen by what the act came to and never by an address.

The signed cookie carries the name of the sentence and the time alone: no id, no name, no text.
"""

from datetime import timedelta

from flask import session

from app.web.clock import now

_PREFIX = "notice_"
LIFETIME = timedelta(minutes=1)
"""A notice that was not shown by then is dropped: what it says may no longer be so."""


def leave_notice(name: str) -> None:
    """Keep the name of a sentence for the next page that shows one."""
    session[f"{_PREFIX}{name}"] = int(now().timestamp())


def take_notice() -> str | None:
    """The name of the sentence to show now, at most once; None when there is none, or when it is too old."""
    left = {key: session.pop(key) for key in list(session) if key.startswith(_PREFIX)}
    key = max(left, key=lambda each: left[each], default="")
    fresh = key and 0 <= now().timestamp() - left[key] < LIFETIME.total_seconds()
    return key.removeprefix(_PREFIX) if fresh else None
