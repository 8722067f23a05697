"""Each limit lets its last byte through and stops the next, before anything parses what was sent."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.browsing import SIGN_IN, token

pytestmark = pytest.mark.sqlite_alone("who is let in, and what is shown to whom")

FORM = "application/x-www-form-urlencoded"
# An address without a view: what passes the limits ends at 404, and nothing else can be the reason of a refusal.
NOWHERE = "/nowhere"


def send(client: FlaskClient, body: bytes, content_type: str | None = FORM) -> int:
    return client.post(NOWHERE, data=body, content_type=content_type).status_code


def fields(count: int) -> bytes:
    return b"&".join(b"a=1" for _ in range(count))


def body(length: int) -> bytes:
    """Of exactly this many bytes, in values that are each allowed."""
    part = b"a=" + b"b" * 8_000 + b"&"
    whole = part * (length // len(part))
    return whole + b"c=" + b"d" * (length - len(whole) - 2)


@pytest.mark.parametrize(
    ("inside", "beyond"),
    [
        pytest.param(body(262_144), body(262_145), id="whole body, 256 KiB"),
        pytest.param(fields(500), fields(501), id="500 fields"),
        pytest.param(b"&" * 499, b"&" * 500, id="500 empty fields"),
        pytest.param(b"k" * 100 + b"=1", b"k" * 101 + b"=1", id="key of 100 bytes"),
        pytest.param(b"%6b" * 100 + b"=1", b"%6b" * 101 + b"=1", id="key of 100 encoded bytes"),
        pytest.param(b"a=" + b"v" * 10_000, b"a=" + b"v" * 10_001, id="value of 10 kB"),
        pytest.param(
            b"a=" + b"%C3%A9" * 5_000, b"a=" + b"%C3%A9" * 5_000 + b"v", id="value of 10 kB, encoded"
        ),
        pytest.param(b"a=" + b"+" * 10_000, b"a=" + b"+" * 10_001, id="value of 10 kB of spaces"),
    ],
)
def test_a_form_at_its_limit_passes_and_one_over_it_does_not(
    client: FlaskClient, inside: bytes, beyond: bytes
) -> None:
    assert send(client, inside) == 404
    assert send(client, beyond) == 413


def test_the_limits_hold_where_there_is_a_view(client: FlaskClient) -> None:
    filled = {"csrf_token": token(client), "email": "a@example.test", "password": "wrong"}
    more = {f"field{n}": "1" for n in range(497)}
    assert client.post(SIGN_IN, data=filled | more).status_code == 422
    assert client.post(SIGN_IN, data=filled | more | {"one-more": "1"}).status_code == 413


def test_a_query_is_limited_too(client: FlaskClient) -> None:
    assert client.get(f"{NOWHERE}?a={'b' * 4_094}").status_code == 404
    assert client.get(f"{NOWHERE}?a={'b' * 4_095}").status_code == 400
    assert client.get(f"{NOWHERE}?{'&' * 500}").status_code == 413


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/form-data; boundary=x",
        "application/json",
        "text/plain",
        "text/xml",
        f"{FORM}; charset=utf-16",
        "",
        None,
    ],
)
def test_only_url_encoded_forms_are_read(client: FlaskClient, content_type: str | None) -> None:
    assert send(client, b"a=1", content_type) == 415


def test_a_compressed_form_is_refused(client: FlaskClient) -> None:
    headers = {"Content-Encoding": "gzip"}
    response = client.post(NOWHERE, data=b"a=1", content_type=FORM, headers=headers)
    assert response.status_code == 415


def test_a_form_without_a_body_needs_no_type(client: FlaskClient) -> None:
    assert send(client, b"", None) == 404


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("%00", id="NUL"),
        pytest.param(quote("\u202e"), id="right-to-left override"),
        pytest.param(quote("\u202d"), id="left-to-right override"),
        pytest.param("%ff", id="no UTF-8"),
        pytest.param("%c0%80", id="overlong NUL"),
        pytest.param("%ed%a0%80", id="half a surrogate pair"),
        pytest.param("%e2%82", id="cut short"),
    ],
)
def test_texts_that_deceive_are_refused_wherever_they_stand(client: FlaskClient, text: str) -> None:
    assert send(client, f"a=b{text}c".encode()) == 400
    assert send(client, f"a{text}=b".encode()) == 400
    assert client.get(f"{NOWHERE}?a={text}").status_code == 400


@pytest.mark.parametrize(
    "text",
    [
        "José Núñez",
        "عمر",
        "👩🏽‍⚕️",
        "two\r\nlines\tand a tab",
        pytest.param("\u202a555 010 0199\u202c", id="a number as telephones copy it"),
        "= 1 + 1",
    ],
)
def test_what_people_write_passes(client: FlaskClient, text: str) -> None:
    assert send(client, f"a={quote(text)}".encode()) == 404
