"""Answers for a page's script: the address that a form leads to, instead of a redirect.

A script cannot see where a redirect goes, and must know whether the form was taken before it lets go of the page.
"""

from flask import Flask, jsonify, request
from werkzeug.wrappers import Response

HEADER = "X-Foreroom-Fetch"


def init_app(app: Flask) -> None:
    """Answer scripts with the address that a form leads to."""
    app.after_request(_answer_with_address)


def _answer_with_address(response: Response) -> Response:
    if HEADER not in request.headers or response.status_code != 303:
        return response
    answer = jsonify(go=response.headers["Location"])
    for name, value in response.headers:
        if name not in ("Content-Type", "Content-Length", "Location"):
            answer.headers.add(name, value)
    return answer
