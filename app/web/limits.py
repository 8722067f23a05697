"""How much a request may carry, and in what form. Checked before anything parses it.

Werkzeug's own limits on parts and memory do not hold for url-encoded forms, so fields are counted here.
"""

import re
from urllib.parse import unquote_to_bytes

from flask import Flask, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

BODY_BYTES = 256 * 1024
QUERY_BYTES = 4 * 1024
FIELDS = 500
KEY_BYTES = 100
VALUE_BYTES = 10_000

FORM = "application/x-www-form-urlencoded"
# NUL ends a text early in other programs, and an override shows a reader other words than are stored. Marks that
# only embed a direction stay: telephones put them around a number that is copied from their contacts.
REFUSED = re.compile("[\x00\u202d\u202e]")


def init_app(app: Flask) -> None:
    """Refuse what is too large or in the wrong form. Register it before anything that reads the form."""
    app.config.update(MAX_CONTENT_LENGTH=BODY_BYTES, MAX_FORM_MEMORY_SIZE=BODY_BYTES, MAX_FORM_PARTS=FIELDS)
    app.before_request(check_request)


def check_request() -> None:
    """Raises RequestEntityTooLarge, UnsupportedMediaType or BadRequest."""
    if len(request.query_string) > QUERY_BYTES:
        raise BadRequest
    check_fields(request.query_string)
    if REFUSED.search(request.path):
        raise BadRequest
    if request.method in ("GET", "HEAD"):
        return
    body = request.get_data(cache=True)  # raises RequestEntityTooLarge beyond BODY_BYTES
    if not body:
        return
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype != FORM or charset != "utf-8" or request.headers.get("Content-Encoding"):
        raise UnsupportedMediaType
    check_fields(body)


def check_fields(encoded: bytes) -> None:
    """Check a url-encoded body or query. Raises RequestEntityTooLarge or BadRequest."""
    if not encoded:
        return
    if encoded.count(b"&") >= FIELDS:
        raise RequestEntityTooLarge
    plain = encoded.replace(b"+", b" ")
    for field in plain.split(b"&"):
        key, _, value = field.partition(b"=")
        # Decoded it is no longer than it is here.
        if (len(key) > KEY_BYTES and len(unquote_to_bytes(key)) > KEY_BYTES) or (
            len(value) > VALUE_BYTES and len(unquote_to_bytes(value)) > VALUE_BYTES
        ):
            raise RequestEntityTooLarge
    try:
        text = unquote_to_bytes(plain).decode()
    except UnicodeDecodeError:
        raise BadRequest from None
    if REFUSED.search(text):
        raise BadRequest
