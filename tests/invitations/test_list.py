"""The list of invitations: what became of each, and what is said after a change."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.invitations import listing
from app.invitations.service import InvitationOutcome
from app.models import AuditEvent, Delivery, Mail
from app.screening.workflow import Status
from tests.browsing import post
from tests.factories import CANARY, NOW, Factory
from tests.intake.patient import Clock, Seen
from tests.invitations.test_invitations import LIST, NEW, invite, made, press, words
from tests.mailing import Post


def test_the_list_shows_a_name_and_half_an_address_and_says_that_it_was_seen(
    desk: FlaskClient, session: Session
) -> None:
    invite(desk)
    page = words(desk)
    assert "Robin Reed" in page
    assert "ro…@example.test" in page
    assert "robin@example.test" not in page
    assert "1985" not in page
    session.commit()
    events = [e.event for e in session.scalars(select(AuditEvent).order_by(AuditEvent.seq))]
    assert events == ["invitation.created", "invitations.viewed"]


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("failed", "Email could not be sent"),
        ("unsure", "Email may not have arrived"),
        ("dropped", "Email not sent"),
    ],
)
def test_a_mail_that_did_not_leave_is_told(desk: FlaskClient, make: Factory, state: str, told: str) -> None:
    invitation = make.mailed_invitation("a" * 43)
    make.mail(invitation, state=Delivery(state), ended_at=NOW)
    make.session.commit()
    assert told in words(desk)
    assert "Send again" in words(desk)


def test_what_became_of_each(desk: FlaskClient, make: Factory) -> None:
    make.invitation()
    make.mailed_invitation("b" * 43, case_id=make.case(status=Status.DRAFT).id)
    make.mailed_invitation("c" * 43, case_id=make.case().id)
    make.session.commit()
    page = words(desk)
    for told in ("Link given by hand", "Form begun", "Form sent"):
        assert told in page


CLAIMS = (
    "on its way",
    "no longer works",
    "works again",
    "can be opened again",
    "by invitation alone",
    "has changed",
    "no mail went",
    "pause is over",
)


@pytest.mark.parametrize(
    "result",
    [*InvitationOutcome, "form_unpaused", "no_start", "not_now"],
)
def test_no_address_makes_the_list_claim_anything(desk: FlaskClient, make: Factory, result: str) -> None:
    make.invitation(paused_at=NOW, misses=5)
    make.session.commit()
    page = Seen(desk.get(f"{LIST}?done={result}&notice={result}&notice_{result}=1")).words.casefold()
    assert [claim for claim in CLAIMS if claim in page] == []


@pytest.mark.parametrize(
    ("what", "columns", "told", "untold"),
    [
        ("unpause", {"paused_at": NOW, "misses": 5, "expires_at": NOW}, "has expired and does not", "works again"),
        ("unpause", {"cancelled_at": NOW, "paused_at": NOW, "misses": 5}, "has changed", "works again"),
        ("unpause", {"paused_at": NOW, "misses": 5}, "The link works again.", "has changed"),
        ("cancel", {}, "The link no longer works.", "has changed"),
    ],
)  # fmt: skip
def test_the_sentence_after_a_change_follows_what_came_of_it(
    desk: FlaskClient,
    make: Factory,
    session: Session,
    what: str,
    columns: dict[str, Any],
    told: str,
    untold: str,
) -> None:
    make.mailed_invitation("e" * 43, **({"created_at": NOW - timedelta(days=30)} | columns))
    make.session.commit()
    page = press(desk, session, what)
    assert told in page
    assert untold not in page


@pytest.mark.parametrize("state", ["sent", "failed"])
def test_a_link_that_does_not_go_again_is_not_called_on_its_way(
    desk: FlaskClient, make: Factory, session: Session, state: str
) -> None:
    make.mail(make.mailed_invitation("f" * 43), state=Delivery(state), ended_at=NOW)
    make.session.commit()
    page = press(desk, session, "send")
    assert "on its way" not in page
    assert "No mail went now" in page
    assert len(session.scalars(select(Mail)).all()) == 1


def test_an_invitation_cancelled_meanwhile_is_not_called_on_its_way(
    desk: FlaskClient, session: Session, post_office: Post
) -> None:
    opened = Seen(desk.get(NEW)).values["invitation"][0]
    invite(desk, invitation=opened)
    press(desk, session, "cancel")
    assert invite(desk, invitation=opened).status == 303
    page = words(desk)
    assert "on its way" not in page
    assert "was made before" in page


def test_a_notice_that_nobody_saw_in_time_is_dropped(
    desk: FlaskClient, make: Factory, session: Session, clock: Clock
) -> None:
    make.mailed_invitation("g" * 43)
    make.session.commit()
    post(desk, f"{LIST}/{made(session)[-1].id}/cancel")
    clock.wait(minutes=2)
    assert "no longer works" not in words(desk)


def test_a_long_list_comes_in_pages(desk: FlaskClient, make: Factory) -> None:
    for n in range(listing.PER_PAGE + 2):
        make.invitation(created_at=NOW - timedelta(minutes=n // 2))
    make.session.commit()
    names, path = [], LIST
    for _ in range(2):
        page = Seen(desk.get(path))
        names += re.findall(f"the link for (Anna{CANARY}[0-9]+)", page.words)
        path = next((link for link in page.links if "after=" in link), "")
    assert path == ""
    assert len(names) == len(set(names)) == listing.PER_PAGE + 2
    assert desk.get(f"{LIST}?after=nonsense").status_code == 200
