"""A link to a form that was begun is mailed: to whom, how often, and what the page says of it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.invitations import service as invitations
from app.models import Delivery, Invitation, Mail
from tests.intake.codes.asking import other_browser
from tests.intake.patient import Patient
from tests.mailing import Post
from tests.people import HEALTHY

# ---- A link the patient asks for


def test_whoever_began_by_themselves_can_have_a_link_mailed(someone: Patient, post_office: Post) -> None:
    someone.start()
    assert "Email me a link" not in someone.open("/intake/saved").words, "there is no address yet"
    assert someone.send("/intake/saved").status == 429
    someone.have(HEALTHY)
    assert "We can email you a link" in someone.open("/intake/saved").words
    assert someone.send("/intake/saved").location == "/intake/saved"
    seen = someone.open("/intake/saved")
    assert "A link is on its way to your email" in seen.words
    assert "use the link in our email" not in seen.words, "it is not sent yet"
    link = post_office.link()
    assert "use the link in our email, on any phone or computer" in someone.open("/intake/saved").words
    phone = other_browser(someone)
    assert phone.start(HEALTHY["dob"], link).path == f"{link}/code"
    assert phone.send(f"{link}/code", code=post_office.code()).path == "/intake/"
    assert phone.case_id == someone.case_id


@pytest.mark.parametrize("email", [HEALTHY["email"], "rather_not"])
def test_a_paused_form_mails_a_link_that_opens_it_and_never_says_if_there_is_an_address(
    someone: Patient, post_office: Post, email: str
) -> None:
    someone.start()
    someone.have(HEALTHY | {"email": email})
    assert someone.send("/intake/paused").path == "/", "it is not paused"
    someone.clock.wait(hours=1)
    paused = [someone.start("1990-05-04") for _ in range(5)][-1]
    assert "You can try again from" in paused.words
    assert "A link in an email opens it sooner" in paused.words
    assert "555 010 0100" in paused.words
    asked = someone.send("/intake/paused")
    assert "If your form has an email address, we will send a link to it" in asked.words
    assert "@" not in asked.words
    if email == "rather_not":
        assert post_office.collect() == []
        return
    link = post_office.link()
    assert someone.start(HEALTHY["dob"], link).path == f"{link}/code"
    assert someone.send(f"{link}/code", code=post_office.code()).path == "/intake/"


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (None, ""),
        (Delivery.WAITING, "A link is on its way"),
        (Delivery.SENT, "use the link in our email"),
        (Delivery.FAILED, "We could not send a link to your email"),
    ],
)
def test_the_saved_page_says_of_a_link_what_the_outbox_knows(
    someone: Patient, state: Delivery | None, told: str
) -> None:
    someone.start()
    someone.have(HEALTHY)
    if state is not None:
        someone.send("/intake/saved")
        for mail in someone.session.scalars(select(Mail).where(Mail.kind == "invitation")):
            mail.state = state
            mail.ended_at = None if state is Delivery.WAITING else someone.clock.now
        someone.session.commit()
    words = someone.open("/intake/saved?link=sent").words
    assert ("A link is on its way" in words) is (state is Delivery.WAITING)
    assert not told or told in words
    if state in (None, Delivery.FAILED):
        assert "Use the one you have" not in someone.open("/intake/saved?link=not_sent").words


COMING, FAILED = "A link is on its way to your email", "We could not send a link to your email"
BY_LINK, OFFERED = (
    "use the link in our email, on any phone or computer",
    "We can email you a link before you close it",
)
NO_LINK = "you need a link to it. If you have one that still works, use it. If you have no link, call us on"


@pytest.mark.parametrize(
    ("email", "state", "said"),
    [
        (HEALTHY["email"], Delivery.SENT, {BY_LINK}),
        (HEALTHY["email"], Delivery.WAITING, {COMING, NO_LINK}),
        (HEALTHY["email"], Delivery.FAILED, {FAILED, OFFERED, NO_LINK}),
        (HEALTHY["email"], None, {OFFERED, NO_LINK}),
        ("rather_not", None, {NO_LINK}),
    ],
    ids=["a link was sent", "one is on its way", "one failed", "an address, no link", "neither"],
)
def test_each_sentence_on_leaving_is_true_of_the_links_there_are(
    someone: Patient, email: str, state: Delivery | None, said: set[str]
) -> None:
    someone.start()
    someone.have(HEALTHY | {"email": email})
    if state is not None:
        someone.send("/intake/saved")
        for mail in someone.session.scalars(select(Mail).where(Mail.kind == "invitation")):
            mail.state, mail.ended_at = state, None if state is Delivery.WAITING else someone.clock.now
        someone.session.commit()
    asked = " ".join(someone.open("/intake/leave").words.split())
    assert {line for line in (COMING, FAILED, BY_LINK, OFFERED, NO_LINK) if line in asked} == said
    assert "You will need a link to open it again" in asked
    assert ("We ask for your date of birth, then email you a code" in asked) is (BY_LINK in said)
    saved = " ".join(someone.open("/intake/saved").words.split())
    assert (BY_LINK in saved, COMING in saved, FAILED in saved) == (
        BY_LINK in said, COMING in said, FAILED in said,
    )  # fmt: skip
    assert ("Email me a link" in saved) is (email != "rather_not" and state is not Delivery.SENT)
    assert "come back to this address in the same browser" in saved
    closed = " ".join(someone.send("/intake/leave").words.split())
    assert ((BY_LINK in closed), (NO_LINK in closed)) == (BY_LINK in said, NO_LINK in said)


def test_links_are_mailed_three_times_an_hour(someone: Patient, post_office: Post) -> None:
    someone.start()
    someone.have(HEALTHY)
    asked = [someone.send("/intake/saved") for _ in range(3)]
    assert [each.location for each in asked] == ["/intake/saved"] * 3
    assert len({post_office.link()}) == 1
    refused = someone.send("/intake/saved")
    assert refused.status == 429
    assert "We did not send another link" in refused.words
    for address in ("/intake/saved", "/intake/saved?link=not_sent"):
        assert "We did not send" not in someone.open(address).words, "an address is not believed"
    someone.session.commit()
    assert len(someone.session.scalars(select(Invitation)).all()) == 1, "the same link, each time"


def test_a_changed_address_gets_a_link_of_its_own(someone: Patient, post_office: Post) -> None:
    someone.start()
    someone.have(HEALTHY)
    someone.send("/intake/saved")
    someone.have(HEALTHY | {"email": "another@example.test"})
    someone.clock.wait(minutes=5)
    someone.send("/intake/saved")
    post_office.collect()
    someone.session.commit()
    made = someone.session.scalars(select(Invitation).order_by(Invitation.id)).all()
    sent_to = [link["email"] for one in made if (link := invitations.link_of(someone.session, one))]
    assert sent_to == [HEALTHY["email"], "another@example.test"]


@pytest.mark.parametrize("email", ["rather_not", "a,b@example.test", "zoë@example.test"])
def test_an_address_that_cannot_be_mailed(someone: Patient, post_office: Post, email: str) -> None:
    someone.start()
    someone.have(HEALTHY | {"email": email})
    assert "Email me a link" not in someone.open("/intake/saved").words
    assert someone.send("/intake/saved").status == 429
    assert post_office.collect() == []
