"""An alert reaches whoever is on call, however long it takes: it may arrive twice, and never not at all."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.access import Actor, permissions
from app.jobs import sending
from app.mail import claims, letters, outbox
from app.models import Delivery, Mail, MailKind, Trouble
from app.review.case import service
from app.web.extensions import db
from tests.acts import act
from tests.browsing import as_staff, staff
from tests.factories import CANARY, NOW, Factory
from tests.jobs.workers import Killed, at, die
from tests.mail_server import Received, server

ON_CALL = "on-call@clinic.test"
CLINICIAN = permissions(("clinician",))


@pytest.fixture
def alert(own_app: Flask, received: Received, records: Callable[[], Any]) -> UUID:
    """An alert that is due, of a case that nobody took."""
    with records() as session:
        return outbox.post_alert(act(session, now=NOW), Factory(session).case().id).id


def stored(records: Callable[[], Any], mail_id: UUID) -> Mail:
    with records() as session:
        found: Mail = session.get_one(Mail, mail_id)
        session.expunge(found)
        return found


def desk_of(app: Flask, role: str = "clinician") -> FlaskClient:
    """The browser of a new member of staff."""
    with app.app_context():
        maker = db.sessionmaker
    with maker() as session:
        return as_staff(app.test_client(), staff(app, Factory(session), session, role))


def take(records: Callable[[], Any], mail_id: UUID, at: datetime = NOW) -> None:
    with records() as session:
        found = session.get_one(Mail, mail_id)
        user = Factory(session).user("clinician")
        service.take(act(session, Actor("staff", user.id, CLINICIAN), at), found.case_id, None)


def to(received: Received, address: str = ON_CALL) -> int:
    """How many mails came for whoever is on call."""
    return sum(recipients == [address] for _, recipients in received.envelopes)


def try_until(app: Flask, records: Callable[[], Any], mail_id: UUID, end: timedelta) -> list[timedelta]:
    """Let time pass, a minute at a time, and give the waits between tries."""
    tries, moment, last = stored(records, mail_id).tries, NOW, NOW
    waits = []
    while moment < NOW + end:
        at(app, moment)
        sending.deliver_due(app)
        if (count := stored(records, mail_id).tries) != tries:
            waits.append(moment - last)
            tries, last = count, moment
        moment += timedelta(minutes=1)
    return waits


def no_server(_app: Flask, received: Received) -> Callable[[], None]:
    before = _app.config["SETTINGS"]
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    _app.config["SETTINGS"] = replace(before, mail=server(port))
    return lambda: _app.config.update(SETTINGS=before)


def replying(**replies: str) -> Callable[[Flask, Received], Callable[[], None]]:
    def broken(_app: Flask, received: Received) -> Callable[[], None]:
        before = {name: getattr(received, name) for name in replies}
        vars(received).update(replies)
        return lambda: vars(received).update(before)

    return broken


def no_clinic(app: Flask, _received: Received) -> Callable[[], None]:
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, clinic=None)
    return lambda: app.config.update(SETTINGS=before)


@pytest.mark.parametrize(
    "broken",
    [
        no_server,
        no_clinic,
        replying(to_recipient="451 try later"),
        replying(to_recipient="550 no such user"),
        replying(to_text="554 spam"),
    ],
    ids=["down", "nobody is on call", "later", "no such user", "spam"],
)
def test_an_alert_is_tried_every_few_minutes_for_hours_and_then_arrives_once(
    own_app: Flask, received: Received, records: Callable[[], Any], alert: UUID, broken: Any
) -> None:
    mend = broken(own_app, received)
    waits = try_until(own_app, records, alert, timedelta(minutes=100))
    assert stored(records, alert).state is Delivery.WAITING
    assert max(waits) <= timedelta(minutes=5)
    assert len(waits) > 20
    mend()
    at(own_app, NOW + timedelta(minutes=105))
    for _ in range(3):
        sending.deliver_due(own_app)
    assert to(received) == 1
    assert stored(records, alert).state is Delivery.SENT


def test_an_alert_whose_answer_never_came_is_sent_again(
    own_app: Flask, received: Received, records: Callable[[], Any], alert: UUID
) -> None:
    received.to_text = None
    sending.deliver_due(own_app)
    assert stored(records, alert).state is Delivery.WAITING
    received.to_text = "250 taken"
    at(own_app, NOW + timedelta(minutes=1))
    sending.deliver_due(own_app)
    assert to(received) == 2, "twice is better than never"
    assert len({str(letter["Message-ID"]) for letter in received.letters}) == 1
    assert stored(records, alert).state is Delivery.SENT


def test_an_alert_in_the_hands_of_a_worker_that_died_is_sent_again(
    own_app: Flask,
    received: Received,
    records: Callable[[], Any],
    alert: UUID,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as killing:
        killing.setattr(claims, "mark_sent", die)
        with pytest.raises(Killed):
            sending.deliver(own_app, alert)
    assert stored(records, alert).state is Delivery.HANDING
    try_until(own_app, records, alert, timedelta(minutes=8))
    assert to(received) == 2
    assert stored(records, alert).state is Delivery.SENT


@pytest.mark.parametrize("how", ["waiting", "held"])
def test_an_alert_ends_when_somebody_takes_the_case(
    own_app: Flask,
    received: Received,
    records: Callable[[], Any],
    alert: UUID,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    received.to_recipient = "451 try later"
    if how == "held":
        with monkeypatch.context() as killing:
            killing.setattr(claims, "mark_refused", die)
            with pytest.raises(Killed):
                sending.deliver(own_app, alert)
    else:
        sending.deliver_due(own_app)
    take(records, alert)
    received.to_recipient = "250 OK"
    try_until(own_app, records, alert, timedelta(minutes=20))
    assert stored(records, alert).state is Delivery.DROPPED
    assert to(received) == 0


def test_an_alert_of_a_case_that_somebody_has_is_sent_all_the_same(
    own_app: Flask, received: Received, records: Callable[[], Any]
) -> None:
    """Whoever took it last week is asleep."""
    with records() as session:
        make = Factory(session)
        case = make.case(owner_id=make.user("clinician").id)
        outbox.post_alert(act(session, now=NOW), case.id)
    sending.deliver_due(own_app)
    assert to(received) == 1


@pytest.mark.parametrize("state", [Delivery.FAILED, Delivery.UNSURE])
def test_an_alert_that_was_given_up_before_the_upgrade_is_taken_up(
    own_app: Flask, received: Received, records: Callable[[], Any], state: Delivery
) -> None:
    long_ago = NOW - timedelta(days=9)
    with records() as session:
        make = Factory(session)
        old: dict[str, Any] = {
            "kind": "alert",
            "invitation_id": None,
            "state": state,
            "tries": 5,
            "ended_at": long_ago,
        }
        given_up = make.mail(case_id=make.case().id, due_at=long_ago, **old).id
        taken = make.mail(case_id=make.case(owner_id=make.user().id).id, due_at=long_ago, **old).id
    sending.deliver_due(own_app)
    assert to(received) == 1
    assert (stored(records, given_up).state, stored(records, taken).state) == (Delivery.SENT, state)


def test_a_clock_that_was_set_back_delays_no_alert(
    own_app: Flask, received: Received, records: Callable[[], Any]
) -> None:
    ahead = NOW + timedelta(hours=5)
    with records() as session:
        make = Factory(session)
        outbox.post_alert(act(session, now=ahead), make.case().id)
        make.mail(
            kind="alert", invitation_id=None, case_id=make.case().id, tries=1,
            state=Delivery.HANDING, claimed_at=ahead,
        )  # fmt: skip
    sending.deliver_due(own_app)
    assert to(received) == 1
    at(own_app, NOW + timedelta(minutes=1))
    sending.deliver_due(own_app)
    assert to(received) == 2


def test_an_alert_that_cannot_be_written_ends_and_the_queue_says_so(
    own_app: Flask,
    received: Received,
    records: Callable[[], Any],
    alert: UUID,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with records() as session:
        other = outbox.post(
            act(session, now=NOW), MailKind.INVITATION, Factory(session).mailed_invitation("a" * 43)
        ).id
    with monkeypatch.context() as broken:
        broken.setattr(letters, "alert", lambda *_: 1 / 0)
        waits = try_until(own_app, records, alert, timedelta(minutes=20))
    assert len(waits) == 1
    ended = stored(records, alert)
    assert (ended.state, ended.trouble) == (Delivery.FAILED, Trouble.TEXT)
    assert stored(records, other).state is Delivery.SENT
    queue = desk_of(own_app).get("/review/").text
    assert "An alert did not reach whoever is on call" in queue
    assert "its text could not be made" in queue
    assert own_app.test_client().get("/health/alerts").status_code == 503
    own_app.extensions["jobs"].alerts_retried = False  # Foreroom is started anew, mended
    sending.deliver_due(own_app)
    assert to(received) == 1


# ---- Saying so


def test_what_is_not_delivered_is_said_until_it_is(
    own_app: Flask, received: Received, records: Callable[[], Any], alert: UUID
) -> None:
    client, desk = own_app.test_client(), desk_of(own_app)
    with records() as session:
        case_id = session.get_one(Mail, alert).case_id

    def told() -> tuple[int, bool]:
        queue = desk.get("/review/").text
        return client.get("/health/alerts").status_code, "An alert did not reach whoever is on call" in queue

    assert told() == (200, False), "it has had no time yet"
    received.to_recipient = "550 no such user"
    sending.deliver_due(own_app)
    assert told() == (200, True)
    at(own_app, NOW + timedelta(minutes=6))
    sending.deliver_due(own_app)
    assert told() == (503, True)
    ready, watched = client.get("/health/ready"), client.get("/health/alerts")
    assert ready.status_code == 200, "a load balancer must not take the clinic away with the mail server"
    assert ready.json
    assert (ready.json["status"], ready.json["checks"]) == ("degraded", {"database": "ok", "alerts": "late"})
    for said in (ready.text, watched.text):
        assert "An alert has not reached whoever is on call" in said
        assert case_id.hex not in said.replace("-", "")
        assert CANARY not in said
    assert client.get("/health/live").status_code == 200, "a restart would not mend it"
    assert client.get("/").status_code == 200
    received.to_recipient = "250 OK"
    at(own_app, NOW + timedelta(minutes=12))
    sending.deliver_due(own_app)
    assert told() == (200, False)
    assert client.get("/health/ready").json == {"status": "ok", "checks": {"database": "ok", "alerts": "ok"}}


def test_nobody_is_told_of_a_case_that_was_taken(
    own_app: Flask, received: Received, records: Callable[[], Any], alert: UUID
) -> None:
    received.to_recipient = "550 no such user"
    sending.deliver_due(own_app)
    take(records, alert)
    at(own_app, NOW + timedelta(hours=1))
    assert own_app.test_client().get("/health/alerts").status_code == 200
    with records() as session:
        late = session.execute(outbox.undelivered_query(), outbox.late_times(NOW + timedelta(hours=1)))
        assert outbox.undelivered_of(late) == []
