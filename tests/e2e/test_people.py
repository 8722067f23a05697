"""People whom the clinic meets, each from their first page to what a clinician then reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser

from app.jobs import sending
from benchmarks.form_people import PEOPLE
from tests.browsing import PASSWORD
from tests.e2e.conftest import SIZES
from tests.e2e.site import Site
from tests.e2e.test_invitation import BORN, invite, open_form, read_mail
from tests.e2e.test_journey import begin
from tests.e2e.visitor import START, Visitor
from tests.factories import NOW, Factory
from tests.judged import sent
from tests.people import CHECKED_IN, HEALTHY, but

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
    assert "Nothing raised" in clinician.words
    assert "every safety question has an answer" in clinician.words
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
    assert cards(clinician, "stop") == {"Chemotherapy and cancer", "Opioids and overdose"}
    assert cards(clinician, "urgent") == {"Suicide and self-harm"}
    assert clinician.page.locator(".fr-card--review", has_text="eizure").count()
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
    patient.go("/intake/right_now")
    patient.type({"urgent_now": ["end_life"]})
    patient.press("Continue")
    assert patient.heading == "Thank you for telling us. Let's get you some help now"
    assert "Your answers are saved." in patient.words
    assert "We have told our team." not in patient.words, "of somebody whom nobody can call"
    patient.type({"callback": ["today"], "phone": ["555 010 0199"]})
    patient.press("Stop here for today")
    assert patient.path == "/intake/saved"
    assert "We will call you today on 555 010 0199." in patient.words

    open_case(clinician, site.clinician, "Robin")
    assert "The form is not finished." in clinician.words
    assert cards(clinician, "urgent") == {"Suicide and self-harm"}
    assert "Patient asked for a call" in clinician.words

    open_form(phone, mailbox, link, 2)
    phone.go("/intake/right_now")
    assert phone.page.is_checked("[name=urgent_now][value=end_life]")
    phone.go("/intake/reasons")
    phone.type({"reasons": ["depression"], "reason_duration": ["years_1_to_5"], "goals": ["to sleep"]})
    phone.type({"tried_list": ["none"], "ketamine_before": ["none"]})
    phone.press("Continue")
    assert phone.path == "/intake/safety_rows"
    for person in (staff, patient, mailbox, phone, clinician):
        person.clean()


def test_a_helper_fills_in_for_somebody_and_the_private_part_is_left_to_a_talk(
    arrive: Arrive, site: Site
) -> None:
    helper, clinician = arrive(), arrive("desk")
    begin(helper)
    helped = {
        "filled_by": "for_patient",
        "filler_role": "typing",
        "helper_name": "Kit Ashdown",
        "private_part": "ask_me",
    }
    helper.walk(HEALTHY | helped)
    assert "/intake/phq9" not in helper.visited
    assert "Answer as if you are Robin. You means Robin." in helper.words
    send(helper)
    open_case(clinician, site.clinician, "Robin")
    assert "Thoughts of badly hurting someone else" in clinician.page.inner_text("ol.fr-asks, .fr-asks")
    assert "Until now: Ask me by phone or at the clinic" in clinician.words
    assert cards(clinician, "urgent") == set(), (
        "what nobody has said is to be asked, and is neither yes nor no"
    )
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
    assert "Filled in in Spanish" in clinician.page.inner_text(".fr-facts")
    assert str(clinician.page.get_attribute("html", "lang")).startswith("en")
    assert "wants help with depression or low mood (1 to 5 years)" in clinician.words
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
    clinician.type({"outcome": ["suitable"], "note": ["Nothing in the way"]})
    clinician.press("Record the decision")
    clinician.follow("Sessions and check-ins")
    clinician.type({"treated-day": ["2"], "treated-month": ["3"], "treated-year": ["2026"]})
    clinician.press("Record the session")
    assert "3 March 2026: Not due yet" in clinician.words

    moment = datetime.fromisoformat("2026-03-03T15:00:30+00:00")
    sending.deliver_due(site.app)
    patient.go(read_mail(mailbox, LINK))
    patient.type(BORN)
    patient.press(START)
    if patient.path.endswith("/code"):
        patient.type({"code": [read_mail(mailbox, "code is ([0-9]{6})")]})
        patient.press("Open my form")
    assert patient.heading == "How are you right now?"
    told = CHECKED_IN | {"fu_gad7": [1, 1, 0, 1, 0, 0, 0]}
    patient.walk(told, until="/intake/fu_next")
    patient.fill(told)
    patient.press("Send my answers")
    assert patient.path == "/intake/confirmation"
    open_case(clinician, site.clinician, "Robin")
    assert "Check-in" in clinician.page.inner_text(".fr-facts")
    clinician.follow("Sessions and check-ins")
    assert "3 March 2026: Form sent" in clinician.words
    for one in (clinician, patient, mailbox):
        one.clean()
