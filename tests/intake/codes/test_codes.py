"""A link that was mailed opens nothing: the birth date mails a code, and the code opens the form once."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from app.invitations import codes
from app.models import AuditEvent, Invitation, Mail, SignInCode
from tests.browsing import cookie_contents
from tests.factories import CANARY, CANARY_PHONE, NOW
from tests.intake.codes.asking import BORN, CODE, LINK, TOKEN, WRONG, ask, other_browser
from tests.intake.patient import Patient
from tests.mailing import Post
from tests.people import HEALTHY

NO_MATCH = "That code does not match the one in our newest email. Check it and try again"
SPENT = "That code no longer works. Ask for a new one"


def again(invitation: Invitation, someone: Patient) -> Invitation:
    someone.session.commit()
    someone.session.expire_all()
    return someone.session.get_one(Invitation, invitation.id)


def other(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_a_birth_date_and_the_code_by_mail_open_the_form(
    someone: Patient, invitation: Invitation, post_office: Post
) -> None:
    ask(someone)
    assert "case" not in cookie_contents(someone.client)
    assert someone.open("/intake/").path == "/"
    assert someone.open(CODE).boxes == {"code"}
    seen = someone.send(CODE, code=post_office.code())
    assert seen.path == "/intake/"
    assert someone.open("/intake/you").values["dob-year"] == ["1985"]
    assert again(invitation, someone).case_id == someone.case_id
    assert again(invitation, someone).opened_at == NOW
    assert someone.draft.answers["language"] == "en"
    events = [e.event for e in someone.session.scalars(select(AuditEvent).order_by(AuditEvent.seq))]
    assert events == ["code.asked", "mail.ended", "code.used", "intake.started", "intake.viewed"]


def test_a_begun_form_is_taken_up_on_another_phone_with_a_new_code(
    someone: Patient, invitation: Invitation, post_office: Post
) -> None:
    ask(someone)
    someone.send(CODE, code=post_office.code())
    someone.save("reasons", HEALTHY)
    phone = other_browser(someone)
    someone.clock.wait(days=3)
    assert phone.open("/intake/reasons").path == "/"
    ask(phone)
    assert phone.send(CODE, code=post_office.code()).path == "/intake/"
    assert phone.case_id == someone.case_id
    assert phone.open("/intake/reasons").values["goals"] == [HEALTHY["goals"]]
    assert phone.events[-1] == "intake.resumed"


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "{1} {2}", "{1}-{2}"])
def test_a_code_may_be_typed_with_spaces(
    someone: Patient, invitation: Invitation, post_office: Post, typed: str
) -> None:
    ask(someone)
    code = post_office.code()
    assert someone.send(CODE, code=typed.format(code, code[:3], code[3:])).path == "/intake/"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "12345٦"])
def test_what_is_no_code_is_not_counted(
    someone: Patient, invitation: Invitation, post_office: Post, typed: str
) -> None:
    ask(someone)
    for _ in range(codes.MOST_TRIES + 1):
        seen = someone.send(CODE, code=typed)
        assert (seen.status, seen.problems) == (422, [("Enter the 6 numbers in our email", "code")])
        assert seen.title.startswith("Error: ")
        assert seen.values["code"] == [typed]
    assert someone.send(CODE, code=post_office.code()).path == "/intake/"


def test_a_code_works_once(someone: Patient, invitation: Invitation, post_office: Post) -> None:
    ask(someone)
    code = post_office.code()
    with someone.client.session_transaction() as cookie:
        asking = dict(cookie)
    assert someone.send(CODE, code=code).path == "/intake/"
    thief = other_browser(someone)
    with thief.client.session_transaction() as cookie:
        cookie.update(asking)
    seen = thief.send(CODE, code=code)
    assert (seen.status, seen.problems) == (422, [(SPENT, "code")])
    assert "case" not in cookie_contents(thief.client)


def test_a_code_works_in_the_browser_that_asked_for_it_alone(
    someone: Patient, invitation: Invitation, post_office: Post
) -> None:
    ask(someone)
    code = post_office.code()
    thief = other_browser(someone)
    assert thief.open(CODE).path == LINK
    assert thief.send(CODE, code=code).path == LINK
    with thief.client.session_transaction() as cookie:
        cookie["browser"] = "f" * 64
    assert thief.send(CODE, code=code).path == LINK
    assert "case" not in cookie_contents(thief.client)
    assert someone.send(CODE, code=code).path == "/intake/"


def test_a_newer_code_ends_the_older_one(someone: Patient, invitation: Invitation, post_office: Post) -> None:
    ask(someone)
    first = post_office.code()
    someone.clock.wait(seconds=30)
    phone = other_browser(someone)
    ask(phone)
    assert someone.send(CODE, code=first).problems == [(SPENT, "code")]
    assert phone.send(CODE, code=post_office.code()).path == "/intake/"


@pytest.mark.parametrize(("seconds", "works"), [(599, True), (600, False), (601, False)])
def test_a_code_works_for_ten_minutes(
    someone: Patient, invitation: Invitation, post_office: Post, seconds: int, works: bool
) -> None:
    ask(someone)
    code = post_office.code()
    someone.clock.wait(seconds=seconds)
    seen = someone.send(CODE, code=code)
    assert (seen.path == "/intake/") is works
    if not works:
        assert seen.problems == [(SPENT, "code")]


def test_five_wrong_codes_end_it(someone: Patient, invitation: Invitation, post_office: Post) -> None:
    ask(someone)
    code = post_office.code()
    for _ in range(codes.MOST_TRIES - 1):
        seen = someone.send(CODE, code=other(code))
        assert (seen.status, seen.problems) == (422, [(NO_MATCH, "code")])
    assert someone.send(CODE, code=other(code)).problems == [(SPENT, "code")]
    assert someone.send(CODE, code=code).problems == [(SPENT, "code")]
    assert "case" not in cookie_contents(someone.client)
    ask(someone)
    assert someone.send(CODE, code=post_office.code()).path == "/intake/"
    assert again(invitation, someone).code_misses == 0


def test_fifteen_wrong_codes_in_a_row_pause_the_link(
    someone: Patient, invitation: Invitation, post_office: Post
) -> None:
    statuses, code = [], ""
    for _ in range(3):
        ask(someone)
        code = post_office.code()
        statuses += [someone.send(CODE, code=other(code)).status for _ in range(codes.MOST_TRIES)]
        someone.clock.wait(minutes=1)
    assert statuses == [422] * 14 + [403]
    seen = someone.send(CODE, code=code)
    assert seen.status == 403
    assert "we paused it after several wrong tries. You can try again from" in seen.words
    assert someone.start(BORN, LINK).status == 403
    assert again(invitation, someone).paused_at


def test_codes_are_mailed_five_times_an_hour(
    someone: Patient, invitation: Invitation, post_office: Post
) -> None:
    for _ in range(codes.MOST_MAILED):
        ask(someone)
        someone.clock.wait(minutes=2)
    seen = someone.start(BORN, LINK)
    assert (seen.status, seen.heading) == (429, "Please wait a while")
    assert other_browser(someone).start(BORN, LINK).status == 429
    post_office.collect()
    someone.session.commit()
    kinds = list(someone.session.scalars(select(Mail.kind)))
    assert kinds == ["code"] * codes.MOST_MAILED
    someone.clock.wait(minutes=51)
    ask(someone)
    assert someone.send(CODE, code=post_office.code()).path == "/intake/"


def test_a_code_nobody_waits_for_any_more_is_not_mailed(
    someone: Patient, invitation: Invitation, post_office: Post
) -> None:
    ask(someone)
    someone.clock.wait(minutes=10)
    assert post_office.collect() == []


def test_five_wrong_dates_pause_it_and_mail_nothing(
    someone: Patient, invitation: Invitation, post_office: Post
) -> None:
    statuses = [someone.start(WRONG, LINK).status for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 403]
    assert someone.start(BORN, LINK).status == 403
    assert post_office.collect() == []


@pytest.mark.parametrize("column", ["cancelled_at", "expires_at"])
def test_a_link_that_ends_ends_its_code(
    someone: Patient, invitation: Invitation, post_office: Post, column: str
) -> None:
    ask(someone)
    code = post_office.code()
    someone.clock.wait(seconds=1)
    setattr(again(invitation, someone), column, someone.clock.now)
    assert someone.send(CODE, code=code).path == LINK
    assert someone.start(BORN, LINK).status == 404
    assert "case" not in cookie_contents(someone.client)


def test_looking_at_the_page_uses_up_nothing(
    someone: Patient, invitation: Invitation, post_office: Post
) -> None:
    """A scanner of mail opens every link, many times."""
    for _ in range(20):
        assert someone.open(LINK).status == 200
        assert someone.client.head(LINK).status_code == 200
    someone.session.commit()
    assert someone.session.scalars(select(SignInCode)).all() == []
    ask(someone)
    code = post_office.code()
    for _ in range(20):
        assert someone.open(f"{CODE}?code={code}").status == 200
    assert someone.send(CODE, code=code).path == "/intake/"


def test_a_link_tells_nobody_that_it_exists(someone: Patient, invitation: Invitation) -> None:
    unknown = "/i/no-such-link"
    known, absent = someone.open(LINK), someone.open(unknown)
    assert (known.status, known.words) == (absent.status, absent.words) == (200, known.words)
    known, absent = someone.open(CODE), someone.open(f"{unknown}/code")
    assert (known.status, known.path, absent.status, absent.path) == (303, LINK, 303, unknown)
    known, absent = (someone.send(f"{path}/code", code="123456") for path in (LINK, unknown))
    assert (known.status, known.path, absent.status, absent.path) == (303, LINK, 303, unknown)
    ask(someone)
    known, absent = someone.open(CODE), someone.open(f"{unknown}/code")
    assert known.words == absent.words
    assert someone.send(f"{unknown}/code", code="123456").path == unknown


def test_only_a_keyed_hash_of_the_code_is_stored_and_nothing_of_it_in_the_cookie(
    someone: Patient, invitation: Invitation, post_office: Post, capfd: pytest.CaptureFixture[str]
) -> None:
    ask(someone)
    someone.session.commit()
    (row,) = someone.session.scalars(select(SignInCode))
    assert (row.code_mac, row.expires_at) == (None, None), "nobody knows it before it is mailed"
    code = post_office.code()
    someone.session.expire_all()
    (row,) = someone.session.scalars(select(SignInCode))
    stored = repr({column.name: getattr(row, column.name) for column in SignInCode.__table__.columns})
    assert len(row.code_mac or b"") == 32
    held = cookie_contents(someone.client)
    assert held.keys() <= {"browser", "csrf_token", "language"}
    assert str(held["browser"]) not in stored
    assert code not in re.sub("[^0-9]+", " ", stored).split()
    log = capfd.readouterr().err
    assert "intake.open_invitation" in log
    for secret in (code, TOKEN, CANARY, CANARY.lower(), CANARY_PHONE, BORN, "example.test"):
        assert secret not in log


def test_mail_holds_no_word_of_the_patient(
    someone: Patient, invitation: Invitation, post_office: Post, app: Flask
) -> None:
    ask(someone)
    someone.send(CODE, code=post_office.code())
    someone.have(HEALTHY | {"dob": BORN, "email": f"new.{CANARY}@example.test"})
    assert someone.send("/intake/saved").status == 303
    texts = post_office.collect()
    assert len(texts) == 2
    folder = app.config["SETTINGS"].mailbox
    for path in folder.glob("*.eml"):
        head, _, body = path.read_text().partition("\n\n")
        assert CANARY.lower() not in body.lower()
        without_address = [line for line in head.splitlines() if not line.startswith("To: ")]
        assert CANARY.lower() not in "\n".join(without_address).lower()
        for words in ("Oak Street", "Robin", "Ashdown", "pain"):
            assert words not in head + body


# ---- A clinic that sends links only


@pytest.fixture
def by_invitation(app: Flask) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], self_start=False)


@pytest.mark.usefixtures("by_invitation")
def test_the_first_page_says_that_the_clinic_sends_a_link(someone: Patient) -> None:
    seen = someone.open("/")
    assert (seen.status, seen.heading) == (200, "Your clinic sends you a link")
    assert seen.questions == {}
    for number in ("tel:5550100100", "tel:911", "tel:988", "sms:988"):
        assert number in seen.links
    refused = someone.start()
    assert (refused.status, refused.heading) == (403, "Your clinic sends you a link")
    assert "case" not in cookie_contents(someone.client)


@pytest.mark.usefixtures("by_invitation")
def test_a_begun_form_is_taken_up_in_the_same_browser(
    someone: Patient, invitation: Invitation, post_office: Post
) -> None:
    ask(someone)
    someone.send(CODE, code=post_office.code())
    someone.clock.wait(hours=2)
    seen = someone.open("/")
    assert seen.heading == "Welcome back"
    assert "Start a new form instead" not in seen.words
    assert someone.start(BORN).path == "/intake/"
