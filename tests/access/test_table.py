"""Each person gets what the table says. Every route has a line in it, and every line is a route."""

import re

import pytest
from flask import Flask

from app.web.guards import OTHERS, Guard, guard_of
from tests.access.table import ACTORS, TABLE
from tests.access.world import ALONE, World, check, closed, lines
from tests.factories import CANARY


def routes(app: Flask) -> set[tuple[str, str]]:
    # HEAD is answered by whatever answers GET.
    return {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method != "HEAD"
    }


@ALONE
def test_every_route_is_in_the_table_and_every_line_is_a_route(app: Flask) -> None:
    assert routes(app) == TABLE.keys()


@ALONE
def test_what_the_door_lets_through_unasked_is_a_route(app: Flask) -> None:
    assert OTHERS.keys() <= {endpoint for endpoint, _ in routes(app)}


@lines()
def test_each_person_gets_what_the_table_says_and_nothing_more(world: World, key: tuple[str, str]) -> None:
    before = world.events()
    # Before what they do: one of them withdraws the form of another.
    browsers = {actor: world.browser(actor) for actor in ACTORS}
    for actor in ACTORS:
        world.rest()
        response = check(world, key, actor, browsers[actor])
        after = world.events()
        assert after[len(before) :] == list(TABLE[key].leaves.get(actor, ())), actor
        before = after
        assert CANARY not in response.headers.get("Location", "")
        found = re.search("<title>(.*?)</title>", response.data.decode(errors="replace"), re.DOTALL)
        assert CANARY not in (found[1] if found else ""), actor


ANSWERED_DIFFERENTLY = {"intake.leave", "tablet.over"}
"""Public views that answer a browser that holds a form otherwise than one that holds none."""


@ALONE
def test_every_guard_is_of_the_kind_that_the_table_says(app: Flask) -> None:
    """A patient's views find nothing without a cookie either, so that asking would not show a guard is gone."""
    for key, line in TABLE.items():
        guard = guard_of(app, key[0])
        assert guard
        of_patients = line.cells[0] != line.cells[1] and key[0] not in ANSWERED_DIFFERENTLY
        assert guard.kind == ("staff" if closed(key) else "patient" if of_patients else "public"), key


@ALONE
@lines(closed)
def test_the_table_notices_when_a_guard_is_gone(
    world: World, key: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.app.view_functions[key[0]], "guard", Guard("public", reason="a mutation"))
    with pytest.raises(AssertionError):
        check(world, key, "anonymous")
