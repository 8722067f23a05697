"""People whom the clinic meets, each from their first page to what a clinician then reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser

from benchmarks.form_people import PEOPLE
from tests.browsing import PASSWORD
from tests.e2e.conftest import SIZES
from tests.e2e.site import Site
from tests.e2e.test_invitation import BORN, invite, open_form, read_mail
from tests.e2e.test_journey import begin
from tests.e2e.visitor import Visitor
from tests.factories import NOW, Factory
from tests.judged import sent
from tests.people import CHECKED_IN, HEALTHY, Answers, but

Arrive = Callable[..., Visitor]
IN_PAIN = but(PEOPLE[-1].answers, {"dob": HEALTHY["dob"]})
LINK = r"http://127\.0\.0\.1:[0-9]+(/i/[\w-]{43})"


@pytest.fixture
def arrive(browser: Browser, site: Site) -> Iterator[Arrive]:
    """Makes people at browsers who do not look at each page: others do."""
    contexts = []

    def come(size: str = "phone") -> Visitor:
        context = browser.new_context(viewport=SIZES[size])  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visitor(context, site.url, hurried=True)

    yield come
    for context in contexts:
        context.close()


def send(patient: Visitor, name: str = "Robin Ashdown", button: str = "Send my health check") -> None:
    patient.type({"agree_screen": ["yes"], "sign_name": [name]})
    patient.press(button)
    assert patient.path == "/intake/confirmation", patient.words[:600]


def open_case(clinician: Visitor, email: str, called: str) -> None:
    """Sign in, and open the case of this name in the list."""
    clinician.sign_in(email, PASSWORD)
    clinician.page.locator("tbody tr", has_text=called).get_by_role("link").first.click()
    clinician.page.wait_for_load_state()


def cards(clinician: Visitor, level: str) -> set[str]:
    return set(clinician.page.locator(f".fr-card--{level} > h3").all_inner_texts())


def test_a_healthy_adult_is_sent_with_nothing_that_stands_out(arrive: Arrive, site: Site) -> None:
    patient, clinician = arrive(), arrive("desk")
    begin(patient)
    patient.walk(HEALTHY)
    send(patient)
    open_case(clinician, site.clinician, "Robin")
    assert cards(clinician, "urgent") == cards(clinician, "stop") == cards(clinician, "review") == set()
    print(clinician.words[:1500])
    patient.clean()
    clinician.clean()


def test_pain_opioids_chemotherapy_and_eight_medicines_all_reach_the_clinician(
    arrive: Arrive, site: Site
) -> None:
    patient, clinician = arrive(), arrive("desk")
    begin(patient)
    patient.walk(IN_PAIN, helped={"callback": "visit"})
    assert "/intake/help/crisis_support" in patient.visited
    send(patient)
    open_case(clinician, site.clinician, "Robin")
    print(cards(clinician, "urgent"), cards(clinician, "stop"), cards(clinician, "review"))
    medicines = clinician.page.locator("table, dl", has_text="Capecitabine").first.inner_text()
    for each in IN_PAIN["medicines"]:
        assert each["med_name"] in medicines
    patient.clean()
    clinician.clean()


def test_somebody_in_crisis_gets_help_at_once_and_comes_back_later_on_another_phone(
    arrive: Arrive, site: Site
) -> None:
    staff, patient, mailbox, phone, clinician = (arrive() for _ in range(5))
    invite(staff, site)
    link = read_mail(mailbox, LINK)
    open_form(patient, mailbox, link, 1)
    patient.go("/intake/suicide")
    patient.type({"suicide_thoughts": ["often"], "suicide_attempt": ["no"]})
    patient.press("Continue")
    if "/help/" not in patient.path:
        patient.type({"suicide_today": ["yes"], "suicide_plan": ["yes"], "callback": ["today"]})
        print(patient.path, patient.words[:800])
        patient.press("Continue")
    assert patient.heading == "Thank you for telling us. Let's get you some help now"
    assert "We have told our team." in patient.words
    assert "Your answers are saved." in patient.words
    patient.type({"callback": ["today"]})
    patient.press("Stop here for today")
    assert patient.path == "/intake/saved"

    open_case(clinician, site.clinician, "Robin")
    assert "The form is not finished." in clinician.words
    print(cards(clinician, "urgent"))
    print(clinician.words[:1500])

    open_form(phone, mailbox, link, 2)
    phone.go("/intake/suicide")
    assert phone.page.is_checked("[name=suicide_thoughts][value=often]")
    for person in (staff, patient, mailbox, phone, clinician):
        person.clean()


def test_a_helper_fills_in_for_somebody_and_the_private_part_is_left_to_a_talk(
    arrive: Arrive, site: Site
) -> None:
    helper, clinician = arrive(), arrive("desk")
    begin(helper)
    helped = {"filled_by": "someone_else", "helper_name": "Kit Ashdown", "private_part": "ask_me"}
    helper.walk(HEALTHY | helped)
    assert "/intake/phq9" not in helper.visited
    print(helper.words[:1200])
    send(helper)
    open_case(clinician, site.clinician, "Robin")
    print(clinician.words[:2500])
    helper.clean()
    clinician.clean()


def test_somebody_who_reads_spanish_is_read_in_english(arrive: Arrive, site: Site) -> None:
    patient, clinician = arrive(), arrive("desk")
    patient.go("/")
    patient.press("Español")
    patient.type({**{name: [text] for name, text in
                  (("verify_dob-day", "3"), ("verify_dob-month", "5"), ("verify_dob-year", "1990"))},
                  "language": ["es"]})  # fmt: skip
    patient.press("Empezar ahora")
    patient.walk(HEALTHY, button="Continuar")
    assert patient.page.get_attribute("html", "lang") == "es"
    send(patient, button="Enviar mi chequeo de salud")
    assert patient.page.get_attribute("html", "lang") == "es"
    open_case(clinician, site.clinician, "Robin")
    assert "Filled in in Spanish" in clinician.words or "FILLED IN IN SPANISH" in clinician.words
    assert clinician.page.get_attribute("html", "lang").startswith("en")  # type: ignore[union-attr]
    assert "How often have you" in clinician.words or "Little interest" in clinician.words
    patient.clean()
    clinician.clean()


def test_a_treated_patient_comes_back_to_a_check_in_by_its_mailed_link(arrive: Arrive, site: Site) -> None:
    clinician, patient, mailbox = arrive("desk"), arrive(), arrive()
    moment = NOW
    site.app.config["CLOCK"] = lambda: moment
    with site.records() as session:
        make = Factory(session)
        person = make.person(dob="1985-03-27", first_name="Robin", email="robin@example.test")
        sent(make, person=person)
    open_case(clinician, site.clinician, "Robin")
    clinician.type({"outcome": ["suitable"]})
    clinician.press("Record the decision")
    clinician.follow("Sessions and check-ins")
    clinician.type({"treated-day": ["2"], "treated-month": ["3"], "treated-year": ["2026"]})
    clinician.press("Record the session")
    assert "3 March 2026: Being sent" in clinician.words

    moment = datetime.fromisoformat("2026-03-03T15:00:30+00:00")
    from app import jobs
    jobs.deliver_due(site.app)
    link = read_mail(mailbox, LINK)
    open_check_in(patient, mailbox, link)
    print(patient.path, patient.words[:500])
    patient.walk(CHECKED_IN, until="/intake/fu_next")
    patient.fill(CHECKED_IN)
    patient.press("Send my answers")
    assert patient.path == "/intake/confirmation"
    clinician.sign_in(site.clinician, PASSWORD)
    print(clinician.words[:800])
    for one in (clinician, patient, mailbox):
        one.clean()


def open_check_in(patient: Visitor, mailbox: Visitor, link: str) -> None:
    patient.go(link)
    patient.type(BORN)
    patient.press("Start now")
    print("after start:", patient.path, patient.words[:500])
    if patient.path.endswith("/code"):
        patient.type({"code": [read_mail(mailbox, "code is ([0-9]{6})")]})
        patient.press("Open my form")
