"""The blueprint that the pages of the queue and of a case share, and what both read from a request."""

from uuid import UUID

from flask import Blueprint, abort

bp = Blueprint("review", __name__, url_prefix="/review")


def posted_id(text: str | None) -> UUID | None:
    """An id from an address or a form; None when there is none. Ends the request with 400 for anything else."""
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        abort(400)
