"""Every form of a page names its case, and every page its person, where they are known."""

import re

import pytest

from tests.intake.patient import Patient
from tests.people import HEALTHY

pytestmark = pytest.mark.sqlite_alone("who is let in, and what is shown to whom")


def test_two_drafts_of_one_person_are_two_forms(patient: Patient) -> None:
    patient.have(HEALTHY)
    patient.sign()
    first = patient.case
    of_first = {"submission": str(first.submission_id)}
    patient.send("/intake/next")
    assert patient.case_id != first.id
    assert "Getting ready: Robin" in patient.open("/intake/").words
    assert patient.send("/intake/copy.json", of_first).status == 409


def test_every_form_of_every_page_names_its_case_and_each_page_its_person(patient: Patient) -> None:
    patient.have(HEALTHY | {"weight": {"unit": "lb", "value": 480}, "suicide_thoughts": "often"})
    paths = ["", "you", "reasons", "phq9", "sign", "saved", "withdraw", "help/number_check"]
    found = [patient.client.get(f"/intake/{path}").text for path in paths]
    patient.have(HEALTHY)
    patient.sign()
    found += [patient.client.get(f"/intake/{path}").text for path in ("confirmation", "copy", "correction")]
    mark = f'name="submission" value="{patient.case.submission_id}"'
    left = ("/intake/leave", "/intake/quickly")
    for page in found:
        forms = re.findall("(<form .*?</form>)", page, re.DOTALL)
        for form in forms:
            assert mark in form or any(path in form for path in left), form[:200]
        assert "Health check: <strong>Robin</strong>" in page
        assert "Robin" not in re.findall("<title>(.*?)</title>", page)[0]


def test_a_form_of_nobody_known_yet_says_when_it_was_begun(patient: Patient) -> None:
    assert "Health check, begun 2 March 2026, 10:30" in patient.open("/intake/").words


def test_no_name_stands_on_the_door(patient: Patient) -> None:
    patient.have(HEALTHY)
    patient.clock.wait(minutes=31)
    assert "Robin" not in patient.client.get("/").text
