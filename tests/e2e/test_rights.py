"""A patient comes back through their link, with and without scripts: sees, takes, asks, and withdraws another form."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy.orm import Session

from app.models import seal
from app.models.sealing import KeyRing
from app.screening.workflow import Status
from tests import databases
from tests.browsing import PASSWORD
from tests.conftest import make_settings
from tests.e2e.conftest import SIZES
from tests.e2e.site import Site
from tests.e2e.visitor import START, Visitor
from tests.factories import Factory
from tests.intake.reading_pdf import runs_of
from tests.people import HEALTHY

SENT, DRAFT = "the-link-to-what-was-sent", "the-link-to-a-draft"
BORN = {"verify_dob-day": ["3"], "verify_dob-month": ["5"], "verify_dob-year": ["1990"], "language": ["en"]}


@pytest.fixture
def forms(site: Site, tmp_path: Path) -> None:
    """One form that was sent and one that was not, each with its link."""
    url = f"sqlite:///{site.file}"
    settings = make_settings(url, tmp_path)
    info = {"ring": KeyRing(settings.sealing_keys, settings.newest_key), "audit_key": settings.audit_key}
    with databases.engine_for(url) as engine, Session(engine, info=info) as session:
        make = Factory(session)
        for link, status in ((SENT, Status.SUBMITTED), (DRAFT, Status.DRAFT)):
            person = make.person(dob="1990-05-03")
            case = make.case(person, status=status, answers=dict(HEALTHY))
            if status is Status.SUBMITTED:
                meaning = "The clinic may use my answers"
                signature = {"name": "Robin Ashdown", "meaning": meaning, "at": "2026-03-02T15:30:00+00:00"}
                seal(session, case, "sealed_signature", signature)
            else:
                make.flag(make.screening(case, interim=True), rule="harm-to-others", level="urgent")
            make.invitation(person, link, case_id=case.id, expires_at=case.updated_at.replace(year=2099))
        session.commit()


def open_link(patient: Visitor, link: str) -> None:
    patient.go(f"/i/{link}")
    patient.type(BORN)
    patient.press(START)


def take(patient: Visitor, name: str) -> tuple[str, bytes]:
    with patient.page.expect_download() as download:
        patient.page.get_by_role("button", name=name, exact=True).click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def use_rights(patient: Visitor) -> None:
    open_link(patient, SENT)
    assert patient.path == "/intake/confirmation"
    patient.follow("See, print or download what you told us")
    assert patient.heading == "What you told us"
    assert "Get back to the garden" in patient.words
    name, file = take(patient, "Download to read or print (PDF)")
    assert name == "foreroom-copy-2026-03-02.pdf"
    assert "Getbacktothegarden" in runs_of(file)
    name, file = take(patient, "Download for a computer program (JSON)")
    assert name == "foreroom-copy-2026-03-02.json"
    assert json.loads(file)["case"]["answers"]["goals"] == "Get back to the garden"
    patient.page.emulate_media(media="print")
    assert not patient.page.get_by_role("button", name="Download to read or print (PDF)").is_visible()
    assert patient.page.get_by_text("Get back to the garden").is_visible()
    patient.page.emulate_media(media="screen")
    patient.go("/intake/opened")
    assert "Opened the form with your date of birth" in patient.words
    patient.go("/intake/correction")
    patient.press("Send to the clinic")
    assert "Tell us what to correct" in patient.words
    patient.type({"correction": ["My birth date is the 4th"]})
    patient.press("Send to the clinic")
    assert "My birth date is the 4th" in patient.words
    assert "We got this on" in patient.words


def deal_with_it(clinician: Visitor, email: str) -> None:
    clinician.sign_in(email, PASSWORD)
    assert "Corrections that patients asked for: 1" in clinician.words
    clinician.page.locator("a[href$='#corrections']").first.click()
    clinician.page.wait_for_load_state()
    # The bar that stays in view covers half a link, wherever the page was left.
    clinician.page.evaluate("scrollTo(0, 0)")
    clinician.look()
    assert "My birth date is the 4th" in clinician.words
    clinician.press("Dealt with")
    assert "Dealt with by" in clinician.words
    clinician.clean()


def withdraw(patient: Visitor) -> None:
    open_link(patient, DRAFT)
    assert patient.path == "/intake/"
    patient.follow("Withdraw this form")
    assert patient.heading == "Do you want to withdraw this form?"
    patient.press("Yes, delete my answers")
    assert patient.heading == "Your form is withdrawn"
    assert "They may get in touch" in patient.words
    patient.go("/intake/")
    assert patient.path == "/"


@pytest.mark.usefixtures("forms")
def test_a_patient_uses_their_rights(visitor: Callable[..., Visitor], site: Site) -> None:
    patient = visitor(accept_downloads=True)
    use_rights(patient)
    deal_with_it(visitor(), site.clinician)
    patient.go("/intake/correction")
    assert "A clinician dealt with it" in patient.words
    patient.go("/intake/opened")
    assert "Opened your form" in patient.words
    withdraw(patient)
    patient.clean()


@pytest.mark.usefixtures("forms")
def test_and_needs_no_script_for_it(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport=SIZES["phone"], java_script_enabled=False)  # type: ignore[arg-type]
    patient = Visitor(context, site.url, scripts=False)
    use_rights(patient)
    withdraw(patient)
    patient.clean()
    context.close()
