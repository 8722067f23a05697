"""Nobody sees what is another's, nor a form that was left, and a browser keeps ids and times alone."""

import re
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from app.web.guards import guard_of
from tests.access.table import ACTORS, ALSO, AWAY, TABLE
from tests.access.world import ALONE, World, changes, left, lines
from tests.browsing import as_patient, cookie_contents, token
from tests.factories import CANARY, CANARY_PHONE

FETCH = {"X-Foreroom-Fetch": "1"}


@ALONE
@lines()
@pytest.mark.parametrize(
    ("given", "ago"),
    [
        ("token", timedelta(minutes=31)),
        ("token", timedelta(days=20)),
        ("no token", timedelta(minutes=31)),
        ("forged token", timedelta(hours=11)),
    ],
    ids=str,
)
def test_a_form_that_was_left_shows_nothing_whatever_is_asked_and_however(
    world: World, key: tuple[str, str], given: str, ago: timedelta
) -> None:
    """Neither its page, nor one to be mended, nor a script's answer, nor where it is sent. HEAD asks as GET does."""
    marks = world.words_of(world.draft) | world.words_of(world.others) | {CANARY, CANARY_PHONE}
    looked = [event for event in world.events() if event.endswith("viewed")]
    guard, line = guard_of(world.app, key[0]), TABLE[key].path
    paths = [{name: part} for name in line for part in ALSO.get(name, [line[name]])] or [{}]
    methods = ("GET", "HEAD") if key[1] == "GET" else (key[1],)
    for case, seen in ((world.draft, "case_seen"), (world.others, "case_seen"), (world.draft, "tablet")):
        client = left(as_patient(world.app.test_client(), case), ago, seen)
        own = {
            "no token": {},
            "forged token": {"csrf_token": "forged"},
            "token": {"csrf_token": token(client)},
        }
        ways: tuple[tuple[dict[str, str], dict[str, str]], ...] = (
            ({}, own[given]),
            (FETCH, own[given]),
            ({}, own[given] | {"switch_language": "es"}),
            ({}, own[given] | {"submission": ""}),
        )
        for (headers, fields), method, parts in product(ways, methods, paths):
            world.rest()
            response = world.ask(key, client, fields, method, headers, **parts)
            told = response.get_data(as_text=True) + str(response.headers)
            assert not [mark for mark in marks if mark in told], (seen, headers, method, parts)
            if guard and guard.kind == "patient":
                assert response.is_json or response.status_code in (303, 400, 403, 409), (seen, method, parts)
    assert [event for event in world.events() if event.endswith("viewed")] == looked, "nobody looked"


@ALONE
@lines()
def test_nobody_sees_anothers_words(world: World, key: tuple[str, str]) -> None:
    marks = world.words_of(world.draft) | world.words_of(world.sent)
    for actor in ("anonymous", "other patient", "disabled staff", *AWAY):
        page = world.ask(key, world.browser(actor)).data.decode(errors="replace")
        assert not [mark for mark in marks if mark in page], actor


@ALONE
@lines()
def test_the_cookie_never_holds_more_than_ids_and_times(world: World, key: tuple[str, str]) -> None:
    for actor in ACTORS:
        client = world.browser(actor)
        response = world.ask(key, client)
        for name, value in cookie_contents(client).items():
            is_time = isinstance(value, int | float)
            is_id = isinstance(value, str) and re.fullmatch("[0-9a-f-]{32,128}|a{40}", value)
            assert is_time or is_id or (name, value) in (("fs_cc", "set"), ("_fresh", True)), (
                actor,
                name,
                value,
            )
        for cookie in response.headers.getlist("Set-Cookie"):
            assert cookie.startswith("foreroom=")
            assert "HttpOnly" in cookie
            assert "SameSite=Lax" in cookie
            assert len(cookie) < 4096


@ALONE
@lines()
def test_whoever_stayed_away_too_long_is_nobody(world: World, key: tuple[str, str]) -> None:
    moment = int(datetime.now(UTC).timestamp())
    for actor, keys, age in (
        ("clinician", ("staff_seen",), timedelta(minutes=15)),
        ("admin", ("staff_since",), timedelta(hours=8)),
        ("patient", ("case_since", "case_seen"), timedelta(days=30)),
    ):
        client = world.browser(actor)
        with client.session_transaction() as cookie:
            cookie.update(dict.fromkeys(keys, moment - int(age.total_seconds())))
        response = world.ask(key, client)
        expected = TABLE[key].cells[0]
        found = response.headers.get("Location", "").partition("?")[0]
        # A form sent from a page of the session that is over carries its token, which is over too.
        refused = changes(key) and actor != "patient" and response.status_code == 400
        assert refused or expected in (response.status_code, found), actor
