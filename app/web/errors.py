"""What people see when a request fails: plain words, how to mend it, and a reference. Never a trace."""

import sys
from datetime import timedelta

import structlog
from flask import Flask, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import (
    BadRequest,
    Conflict,
    Forbidden,
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
    ServiceUnavailable,
    TooManyRequests,
    UnsupportedMediaType,
)
from werkzeug.wrappers import Response

from app.core.installation import WrongDatabase
from app.models.sealing import SealBroken
from app.web.fetching import HEADER
from app.web.guards import guard_of
from app.web.log import where
from app.web.request import request_id

RETRY_AFTER_SECONDS = 30
PAGES = {
    error.code: f"errors/{error.code}.html"
    for error in (
        BadRequest,
        Forbidden,
        NotFound,
        MethodNotAllowed,
        Conflict,
        RequestEntityTooLarge,
        UnsupportedMediaType,
        TooManyRequests,
        InternalServerError,
        ServiceUnavailable,
    )
}
# When even the page of an error cannot be drawn.
LAST_WORDS = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Something went wrong</title></head>'
    "<body><main><h1>Something went wrong</h1><p>Nothing was changed. Go back and try again in a minute. "
    "If you or someone with you is in danger, call your emergency number now.</p>"
    "<p>Reference: {reference}</p></main></body></html>"
)

log = structlog.get_logger("foreroom.error")
security_log = structlog.get_logger("foreroom.security")


def init_app(app: Flask) -> None:
    """Answer every failure with a page of ours."""
    app.register_error_handler(HTTPException, expected)
    for failure in (OperationalError, InterfaceError, PoolTimeoutError):
        app.register_error_handler(failure, _database)
    app.register_error_handler(WrongDatabase, _not_ours)
    app.register_error_handler(SealBroken, _unreadable)
    app.register_error_handler(StaleDataError, _changed_meanwhile)
    app.register_error_handler(Exception, _unexpected)


def expected(error: HTTPException) -> Response:
    """The page of a failure that HTTP has a number for."""
    if error.response is not None or error.code is None or error.code < 400:
        return Response.force_type(error.get_response(request.environ))
    if isinstance(error, InternalServerError):
        return _unexpected(error.original_exception or error)
    if error.code == 429 or isinstance(error, CSRFError):
        log_refusal(error)
    if error.code == 503:
        return _try_later()
    wait = getattr(error, "retry_after", None) or RETRY_AFTER_SECONDS
    response = _page(error.code, stale_form=isinstance(error, CSRFError), wait=timedelta(seconds=wait))
    # What the standard asks of some answers: which methods are allowed, when to try again.
    for name, value in error.get_headers(request.environ):
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    if error.code == 429:
        response.headers.setdefault("Retry-After", str(wait))
    return response


def log_refusal(error: HTTPException) -> None:
    """Tell the security log of it, with no word of what was sent."""
    security_log.warning("refused", endpoint=request.endpoint, reason=type(error).__name__)


def _database(error: Exception) -> Response:
    """The database is away, full or locked by someone else: all pass, and trying again is right."""
    log.error("database unavailable", endpoint=request.endpoint, error=_name(error), where=_where(error))
    return _try_later()


def _not_ours(error: WrongDatabase) -> Response:
    """The settings are of another database, or the keys are. Nothing was read: somebody has to put them back."""
    log.error("database not of these settings", endpoint=request.endpoint, error=_name(error))
    return _try_later()


def _unreadable(error: SealBroken) -> Response:
    """A page that is of one record alone, and that one is damaged: trying again is of no use."""
    log.error("record unreadable", endpoint=request.endpoint, error=_name(error), where=_where(error))
    return _page(500, again=_typed() if _of_patient() else None, unreadable=True)


def _try_later() -> Response:
    response = _page(503, again=_typed())
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _changed_meanwhile(_error: StaleDataError) -> Response:
    """Another act saved the same record first, and is kept."""
    return _page(409)


def _unexpected(error: BaseException) -> Response:
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return _database(error)
    log.error("unexpected", endpoint=request.endpoint, error=_name(error), where=_where(error))
    return _page(500, again=_typed() if _of_patient() else None)


def _page(status: int, **context: object) -> Response:
    draw_without_database()
    try:
        template = PAGES.get(status, PAGES[400] if status < 500 else PAGES[500])
        body = render_template(
            template, reference=request_id(), **({"again": None, "unreadable": False} | context)
        )
    except Exception:
        log.error("error page failed", error=_name(sys.exception()), where=_where(sys.exception()))
        body = LAST_WORDS.format(reference=escape(request_id()))
    return current_app.response_class(body, status, mimetype="text/html")


def draw_without_database() -> None:
    """From here on the page is drawn without the database: it may be what failed, and its transaction is over."""
    request.environ["foreroom.failed"] = True


def _of_patient() -> bool:
    guard = guard_of(current_app, request.endpoint or "")
    return guard is not None and guard.kind == "patient"


def _typed() -> list[tuple[str, str]] | None:
    """What was sent, to be sent again by one button, so that nothing typed is lost. Never a password.

    A script that sent it keeps the page itself.
    """
    if request.method != "POST" or request.blueprint == "security" or HEADER in request.headers:
        return None
    token = current_app.config["WTF_CSRF_FIELD_NAME"]
    return [(name, value) for name, value in request.form.items(multi=True) if name != token]


def _name(error: BaseException | None) -> str:
    cause = getattr(error, "orig", None)
    return f"{type(error).__name__}/{type(cause).__name__}" if cause else type(error).__name__


def _where(error: BaseException | None) -> list[str]:
    return where(error.__traceback__) if error else []
