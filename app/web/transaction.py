"""The only commit. Every view runs inside one transaction, and its answer leaves after the commit or not at all.

On SQLite, where one transaction writes at a time, a view that is only looked at reads in a transaction apart. Its event
is committed after that, and still before the answer leaves.
"""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from flask import Flask, current_app, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import ImmutableDict
from werkzeug.wrappers import Response

from app.core import audit
from app.models import read_only
from app.web.extensions import db
from app.web.guards import refusal
from app.web.templates import PageEnvironment

_OVER = "foreroom.transaction_over"
_KEEP = "foreroom.keep"


def request_session() -> Session:
    """The session of this request. It is committed when the view answers with a status below 400.

    Raises RuntimeError once the view has answered: the body of a stream is sent after that, and what it reads or
    writes through this session would be in a transaction that nobody ends.
    """
    if _OVER in request.environ:
        raise RuntimeError("The request's transaction is over; a stream needs a session of its own.")
    return db.session


def keep_despite_errors() -> None:
    """Commit although the response is an error: its good answers, or a sign of danger, may not be lost."""
    request.environ[_KEEP] = True


def is_kept_despite_errors() -> bool:
    """Whether the transaction is committed although the response is an error."""
    return _KEEP in request.environ


class Application(Flask):
    """Flask, with a guard before every view and one transaction around it, also around those of libraries."""

    # What Flask makes its environment of, which loads every template.
    jinja_environment = PageEnvironment

    # Routes answer to the methods they list and no other. Here, because the static route is added before any setting.
    default_config = ImmutableDict(Flask.default_config | {"PROVIDE_AUTOMATIC_OPTIONS": False})

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is. No view and no hook is asynchronous; Flask looks at each of seventeen anew."""
        return func

    def dispatch_request(self) -> ResponseReturnValue:
        """Answer with the view's response after its commit. Raises what the view or the commit raises."""
        return in_transaction(lambda: refusal() or super(Application, self).dispatch_request())


def in_transaction(view: Callable[[], ResponseReturnValue]) -> Response:
    """The response of `view`, run in a transaction of its own: also for a request refused before it had one."""
    before, database = dict(session.items()), db.session
    request.environ.pop(_OVER, None)
    try:
        with audit.deferred(database):
            with read_only() if _only_reads() else nullcontext() as block:
                response = current_app.make_response(view())
            if response.status_code < 400 or request.environ.pop(_KEEP, False):
                events = audit.take_waiting(database)
                if block is not None and block.begun:
                    _write_who_looked(database, events)
                else:
                    audit.write(database, events)
                    database.commit()
            else:
                database.rollback()
    except BaseException:
        # What was not saved did not happen: not in the database, and not in the cookie either.
        _restore_cookie(before)
        raise
    finally:
        request.environ[_OVER] = True
        # Closing rolls back whatever a failure left open and returns the connection before a body is streamed.
        database.close()
    return response


def _write_who_looked(database: Session, events: list[dict[str, Any]]) -> None:
    """Commit these events in a short transaction of its own, after the one that read: drawing the page kept nobody
    waiting.
    """
    database.close()
    if events:
        with db.engine.begin() as connection:
            audit.write_on(connection, database.info, events)


def _only_reads() -> bool:
    """Whether this request changes nothing but the log of who looked. The first ones may: whoever asks a database first
    leaves the fingerprints of its keys.
    """
    return request.method in ("GET", "HEAD") and current_app.extensions["installation_check"].passed


def _restore_cookie(before: dict[str, Any]) -> None:
    """Undo what the view did to the cookie, but keep the token of the form that the next page will carry."""
    token = session.get(current_app.config["WTF_CSRF_FIELD_NAME"])
    session.clear()
    session.update(before)
    if token is not None:
        session[current_app.config["WTF_CSRF_FIELD_NAME"]] = token
