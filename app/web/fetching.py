"""What a page's script may ask: to be told where a form leads, instead of being led there.

A script cannot see where a redirect goes, and must know whether the form was taken before it lets go of the page.
"""

from flask import Flask, jsonify, request
from werkzeug.wrappers import Response

HEADER = "X-Foreroom-Fetch"


def init_app(app: Flask) -> None:
    """Answer scripts with the address that a form leads to."""
    app.after_request(_tell_where)


def _tell_where(response: Response) -> Response:
    if HEADER not in request.headers or response.status_code != 303:
        return response
    told = jsonify(go=response.headers["Location"])
    for name, value in response.headers:
        if name not in ("Content-Type", "Content-Length", "Location"):
            told.headers.add(name, value)
    return told
