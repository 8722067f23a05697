"""Invited by mail: the patient opens a link with a date and a code, stops, and comes back on another phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import monotonic, sleep

from playwright.sync_api import Browser

from tests.browsing import PASSWORD
from tests.e2e.conftest import SIZES
from tests.e2e.site import Site
from tests.e2e.visitor import START, Visitor

Arrive = Callable[..., Visitor]
BORN = {"verify_dob-day": ["27"], "verify_dob-month": ["3"], "verify_dob-year": ["1985"], "language": ["en"]}
INVITED = {
    "first_name": ["Robin"],
    "last_name": ["Reed"],
    "dob-day": ["27"],
    "dob-month": ["3"],
    "dob-year": ["1985"],
    "email": ["robin@example.test"],
    "language": ["en"],
}


def read_mail(visitor: Visitor, pattern: str, number: int = 1) -> str:
    """The newest match in the mailbox once it holds `number` mails like it: they leave within seconds."""
    end = monotonic() + 20
    while True:
        visitor.go("/demo/mailbox")
        found = re.findall(pattern, visitor.words)
        if len(found) >= number:
            return str(found[0])
        assert monotonic() < end, visitor.words
        sleep(0.3)


def invite(staff: Visitor, site: Site) -> None:
    """Invite Robin, having forgotten the address once."""
    staff.sign_in(site.admin, PASSWORD)
    staff.follow("Invitations")
    staff.press("Invite someone")
    staff.type(INVITED | {"email": [""]})
    staff.press("Send the invitation")
    assert "Enter their email address" in staff.words
    staff.type({"email": ["robin@example.test"]})
    staff.press("Send the invitation")
    assert staff.path == "/clinic/invitations"
    assert "The invitation is on its way." in staff.words


def open_form(patient: Visitor, mailbox: Visitor, link: str, number: int) -> None:
    """The link, the birth date, a wrong code, and the right one."""
    patient.go(link)
    patient.type(BORN)
    patient.press(START)
    assert patient.heading == "Enter the code we emailed you"
    code = read_mail(mailbox, "code is ([0-9]{6})", number)
    patient.type({"code": [f"{(int(code) + 1) % 10**6:06}"]})
    patient.press("Open my form")
    assert "That code does not match" in patient.words
    patient.type({"code": [f"{code[:3]} {code[3:]}"]})
    patient.press("Open my form")
    assert patient.path == "/intake/"


def walk(staff: Visitor, patient: Visitor, phone: Visitor, mailbox: Visitor, site: Site) -> None:
    invite(staff, site)
    link = read_mail(mailbox, r"http://127\.0\.0\.1:[0-9]+(/i/[\w-]{43})")
    open_form(patient, mailbox, link, 1)
    patient.go("/intake/reasons")
    patient.type({"reasons": ["pain"], "goals": ["to climb stairs"]})
    patient.press("Save for later")
    assert "on any phone or computer" in patient.words
    patient.press("Email me the link again")
    assert "A link is on its way to your email" in patient.words
    open_form(phone, mailbox, link, 2)
    phone.go("/intake/reasons")
    assert phone.page.input_value('[name="goals"]') == "to climb stairs"
    staff.go("/clinic/invitations")
    assert "FORM BEGUN" in staff.words.upper()
    staff.press("Cancel the link for Robin Reed")
    assert "CANCELLED" in staff.words.upper()
    stranger = phone
    stranger.go(link)
    stranger.type(BORN)
    stranger.press(START)
    assert stranger.heading == "This link no longer works"
    for person in (staff, patient, phone, mailbox):
        person.clean()


def test_invited_by_mail_and_back_on_another_phone(visitor: Arrive, site: Site) -> None:
    walk(visitor(), visitor(), visitor(), visitor(), site)


def test_the_same_without_scripts(browser: Browser, site: Site) -> None:
    contexts = [
        browser.new_context(viewport=SIZES["phone"], java_script_enabled=False)  # type: ignore[arg-type]
        for _ in range(4)
    ]
    walk(*(Visitor(context, site.url, scripts=False) for context in contexts), site)  # type: ignore[call-arg, arg-type]
    for context in contexts:
        context.close()
