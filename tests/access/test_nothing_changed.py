"""Nothing is changed by a look, nor without the token of one's own form, nor of a case that is not there."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tests.access.table import ACTORS, CASE, TABLE
from tests.access.world import ALONE, World, changes, lines
from tests.browsing import token

# Those whose form checks the token itself, to show what was typed once more; they save nothing all the same.
OWN_TOKEN_CHECK = {
    ("intake.begin", "POST"),
    ("intake.open_invitation", "POST"),
    ("intake.save", "POST"),
    ("tablet.open_form", "POST"),
    ("rights.ask_correction", "POST"),
}


@ALONE
@lines(lambda key: not changes(key))
def test_a_page_that_is_only_looked_at_changes_nothing_but_the_audit(
    world: World, key: tuple[str, str]
) -> None:
    before = world.stored(but="audit_event")
    for actor in ACTORS:
        world.ask(key, world.browser(actor))
        assert world.stored(but="audit_event") == before, actor


@ALONE
@lines(changes)
@pytest.mark.parametrize("given", [{}, {"csrf_token": "forged"}], ids=["no token", "forged token"])
def test_nothing_is_done_without_the_token_of_ones_own_form(
    world: World, key: tuple[str, str], given: dict[str, str]
) -> None:
    before = world.stored(but="audit_event")
    for actor in ACTORS:
        client = world.browser(actor)
        token(client)  # the browser has one; the form does not
        fields = {name: value.format(world=world) for name, value in TABLE[key].fields.items()} | given
        response = world.ask(key, client, fields)
        assert response.status_code in ((422, 403, 303) if key in OWN_TOKEN_CHECK else (400, 403)), actor
        assert world.stored(but="audit_event") == before, actor


@ALONE
@lines(changes)
def test_a_token_of_another_browser_does_not_do(world: World, key: tuple[str, str]) -> None:
    foreign = world.app.test_client()
    with foreign.session_transaction() as cookie:
        cookie["csrf_token"] = "b" * 40
    before = world.stored(but="audit_event")
    for actor in ACTORS:
        client = world.browser(actor)
        token(client)
        fields = {name: value.format(world=world) for name, value in TABLE[key].fields.items()}
        response = world.ask(key, client, fields | {"csrf_token": token(foreign)})
        assert response.status_code in ((422, 403, 303) if key in OWN_TOKEN_CHECK else (400, 403)), actor
        assert world.stored(but="audit_event") == before, actor


@ALONE
@lines(lambda key: TABLE[key].path == CASE)
def test_a_case_that_is_not_there_is_not_found_and_leaves_no_trace(
    world: World, key: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = TABLE[key]
    monkeypatch.setitem(TABLE, key, replace(line, path={"case_id": str(uuid4())}))
    before = world.stored()
    assert world.ask(key, world.browser("clinician")).status_code == 404
    assert world.stored() == before
