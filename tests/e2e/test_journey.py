"""From the first page to the file: a patient in danger, the clinician who sees them first, the admin who exports."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping

import pytest

from app.questionnaire.intake import INTAKE
from tests.browsing import PASSWORD
from tests.e2e.site import Site
from tests.e2e.visitor import Visitor
from tests.people import HEALTHY, but

Arrive = Callable[..., Visitor]

MARK = "Zanahoria"
PATIENT = but(
    HEALTHY,
    {
        "first_name": f"Maren{MARK}",
        "last_name": f"Quill{MARK}",
        "preferred_name": f"Mo{MARK}",
        "phone": "555 707 0142",
        "email": f"maren.{MARK.lower()}@example.test",
        "ec_name": f"Ola{MARK}",
        "ec_phone": "555 707 0143",
        "reasons": ["pain", "opioids"],
        "antidepressant_count": None,
        "pain_sites": ["back"],
        "back_warning": "no",
        "goals": f"Carry my {MARK} up the stairs",
        "seizure_ever": "yes",
        "seizure_last": "over_5_years",
        "seizure_cause": ["epilepsy"],
        "cancer_now": "yes",
        "chemo_now": "yes",
        "chemo_last": "this_month",
        "chemo_notes": f"Pills named {MARK}",
        "cancer_team_knows": "not_sure",
        "allergy_any": "yes",
        "allergies": [
            {
                "allergy_to": f"{MARK} nuts",
                "allergy_reaction": ["rash", "swelling"],
                "allergy_when": "child",
                "allergy_hospital": "not_sure",
            }
        ],
        "med_classes": ["opioid", "seizure_medicine"],
        "medicines": [
            {"med_name": "Keppra", "med_strength": f"500 mg {MARK}", "med_often": "twice"},
            {"med_name": f"{MARK} drops", "med_for": f"my {MARK}", "med_often": "as_needed"},
        ],
        "scale_phq9": [2, 2, 1, 2, 1, 1, 1, 0, 2],
        "suicide_thoughts": "sometimes",
        "suicide_today": "no",
        "suicide_plan": "no",
        "callback": "today",
        "staying_safe": f"My sister {MARK}",
        "opioid_ever": "yes",
        "opioid_last": "week",
        "opioid_control": "yes",
        "opioid_which": ["oxy_hydro"],
        "opioid_source": ["prescribed", "bought"],
        "opioid_reason": ["back", "cope"],
        "opioid_amount": f"two {MARK} pills",
        "opioid_signs": ["craving"],
        "opioid_treatment": "no",
        "overdose_ever": "no",
        "substance_help": "maybe",
    },
)
NAME = f"{PATIENT['first_name']} {PATIENT['last_name']}"
CANARIES = (MARK, MARK.lower(), "707 0142", "7070142", "707 0143", "7070143", "1990-05-03", "oxy_hydro")


def begin(patient: Visitor) -> None:
    """Start a form, having pressed too early."""
    patient.go("/")
    patient.press("Start now")
    assert "Please check 2 answers" in patient.words
    assert patient.page.title().startswith("Error: ")
    assert "nhsuk-error-summary" in patient.page.evaluate("document.activeElement.className")
    patient.type(
        {"verify_dob-day": ["3"], "verify_dob-month": ["5"], "verify_dob-year": ["1990"], "language": ["en"]}
    )
    patient.press("Start now")
    assert patient.path == "/intake/right_now"


def fill_in(patient: Visitor) -> None:
    """The whole of part 1, with a look at the task list and at pages that must be mended."""
    patient.walk(PATIENT, until="/intake/safety_rows")
    assert patient.visited.count("/intake/measures") == 1, (
        "what an answer brings up comes at once, with a script"
    )
    patient.press("Continue")
    assert "Please check 10 answers" in patient.words
    patient.follow("All steps")
    assert "Started" not in patient.words.split("Your health\n")[0]
    patient.go("/intake/safety_rows")
    patient.walk(PATIENT, until="/intake/phq9")
    patient.fill(PATIENT)
    patient.press("Continue")

    assert patient.path == "/intake/help/crisis_now"
    assert patient.heading == "Thank you for telling us. Let's get you some help now"
    assert "We have told our team." in patient.words
    assert patient.page.get_by_role("link", name="Call 988").get_attribute("href") == "tel:988"
    box = patient.page.get_by_role("link", name="Call 988").bounding_box()
    assert box
    assert box["height"] >= 44
    patient.walk(PATIENT, helped={"callback": "today"})


def sign(patient: Visitor) -> None:
    """Check the answers, sign once with a slip, and send."""
    assert patient.heading == "Check, sign and send"
    for words in (f"Carry my {MARK} up the stairs", f"{MARK} nuts", "Keppra"):
        assert words in patient.words
    patient.press("Send my health check")
    assert "Please check 2 answers" in patient.words
    patient.type({"agree_screen": ["yes"], "sign_name": ["M Q"]})
    patient.press("Send my health check")
    assert "This is not the name we have. Is it right?" in patient.words
    patient.type({"agree_screen": ["yes"], "sign_name": [NAME]})
    patient.press("Send my health check")
    assert patient.path == "/intake/confirmation"
    assert patient.heading == "We have your answers", "nothing cheerful for somebody in danger"
    patient.page.reload()
    assert patient.path == "/intake/confirmation"


def review(clinician: Visitor, email: str, *, sent: bool) -> None:
    """Find the urgent case first, and read why."""
    clinician.sign_in(email, PASSWORD)
    assert clinician.path == "/review/"
    rows = clinician.page.locator("tbody tr")
    assert rows.count() == 2
    assert "URGENT" in rows.first.inner_text().upper()
    assert f"Mo{MARK}" in rows.first.inner_text()
    assert ("Not finished" in rows.first.inner_text()) is not sent
    assert MARK not in clinician.page.title()
    rows.first.get_by_role("link").first.click()
    clinician.page.wait_for_load_state()
    clinician.look()
    assert MARK not in clinician.page.title()
    assert MARK not in clinician.page.url
    flags = clinician.page.locator(".fr-flag")
    danger = flags.filter(has_text='PHQ-9 question 9 is above "Not at all"').first
    assert danger.is_visible()
    assert "Source:" in danger.inner_text()


def decide(clinician: Visitor) -> None:
    """Read the flags with the patient's own words, and record a decision."""
    words = clinician.page.content()
    for told in (f"My sister {MARK}", f"{MARK} drops", f"500 mg {MARK}", "Chemotherapy"):
        assert told in words
    chemo = clinician.page.locator(".fr-flag", has_text="Chemotherapy").first
    assert "Source:" in chemo.inner_text()
    assert chemo.locator("q").count()
    assert clinician.page.locator(".fr-flag", has_text="eizure").count()
    clinician.press("Record the decision")
    assert "Please check" in clinician.words
    clinician.type({"outcome": ["not_suitable_now"], "note": [f"Spoke with {MARK}"]})
    clinician.press("Record the decision")
    assert "Not suitable now" in clinician.words
    assert f"Spoke with {MARK}" in clinician.words
    clinician.press("Sign out")


def download(admin: Visitor, button: str) -> list[dict[str, str]]:
    """Press the button; returns the file's rows."""
    with admin.page.expect_download() as file:
        admin.page.get_by_role("button", name=button, exact=True).click()
    return list(csv.DictReader(io.StringIO(file.value.path().read_text("utf-8"))))


def export(admin: Visitor, email: str) -> Mapping[str, str]:
    """Download both files, having forgotten the reason once. Returns the patient's row."""
    admin.sign_in(email, PASSWORD)
    assert admin.path == "/export/"
    admin.press("Download all cases (CSV)")
    assert "Pick why you need this file" in admin.words
    admin.type({"reason": ["quality"]})
    rows = download(admin, "Download all cases (CSV)")
    assert len(rows) == 2
    flags = {row["rule"]: row for row in download(admin, "Download all flags (CSV)")}
    assert flags["chemotherapy"]["evidence"] == "article"
    assert flags["chemotherapy"]["because"].startswith("Chemotherapy now: Yes")
    return next(row for row in rows if any(NAME.split()[0] in value for value in row.values()))


def test_patient_clinician_admin(visitor: Arrive, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    patient, clinician, admin = visitor(), visitor(), visitor()

    begin(patient)
    fill_in(patient)
    review(clinician, site.clinician, sent=False)
    sign(patient)
    clinician.press("Sign out")
    review(clinician, site.clinician, sent=True)
    decide(clinician)
    row = export(admin, site.admin)

    for person in (patient, clinician, admin):
        person.clean()
    assert {f"/intake/{page.id}" for page in INTAKE.pages[1:]} <= set(patient.visited), "every page is met"
    assert row["seizure_last"] == "over_5_years"
    assert row["opioid_which"] == "oxy_hydro"
    nothing_leaked(site, capsys.readouterr().err, row)


def nothing_leaked(site: Site, log: str, row: Mapping[str, str]) -> None:
    """What the patient typed is nowhere on the disk or in the log in the clear; the search does find it in the file."""
    stored = site.stored()
    assert "clinic.sqlite" in stored
    assert sum(map(len, stored.values())) > 100_000
    assert '"endpoint":"intake.save"' in log
    assert '"endpoint":"review.case"' in log
    for canary in CANARIES:
        for name, content in stored.items():
            assert canary.encode() not in content, f"{canary} is in {name}"
        assert canary not in log, f"{canary} is in the log"
    plain = "\n".join(row.values())
    missed = [canary for canary in CANARIES if canary not in plain]
    assert set(missed) <= {"7070142", "7070143"}, "the search finds what is there"
